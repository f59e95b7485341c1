/* page_task.c - one page through read, then through expand and markup. */
#include "page_task.h"

#include "arrange/arrange.h"
#include "expand/expand.h"
#include "markup/markup.h"
#include "read/read.h"

/* A generated page has body and meta already. */
void page_task_read(struct worker *worker, ptrdiff_t index, void *context)
{
    struct page_step *step = context;
    struct page *page = step->site->pages[index];
    page->arena = &worker->arena;
    page->diags = diags_in(&worker->arena);
    if (!page_read(page, step->site->config, step->site->sources)) return;
    if (step->hooks && !hooks_page_read(step->hooks, worker->index, page)) page->failed = true;
    page_type(page, step->site->config);
}

static bool resolve(void *context, str destination, bool picture, span at, struct arena *arena,
                    struct diags *diags, struct markup_target *out)
{
    const struct page *page = context;
    struct target target;
    resolve_target(page->site, page, destination, picture, at, arena, diags, &target);
    *out = (struct markup_target){target.url, target.asset, target.remote};
    return target.found;
}

static bool render_markup(struct page *page, struct highlight *highlight, struct arena *scratch)
{
    const struct config *config = page->site->config;
    struct markup_options options = {
        .profile = MARKUP_HUGI,
        .demote = true,                     /* the theme's h1 is the page's title */
        .html = config->markdown.html,
        .smart = config->markdown.smart,
        .language = page->language,
        .highlight = highlight,
    };
    struct markup_input input = {
        .format = page->format,
        .text = page->source,
        .file = page->file,
        .offset = page->body_offset,
        .segments = &page->segments,
        .resolve = resolve,
        .resolve_context = page,
    };
    return markup_render(&options, &input, page->arena, scratch, &page->diags, &page->content);
}

/* The cover is a picture of the site, or another host's. */
static void resolve_cover(struct page *page)
{
    if (page->cover.url.len == 0) return;
    struct target target;
    resolve_target(page->site, page, page->cover.url, true, page->cover.at, page->arena, &page->diags, &target);
    page->cover.asset = target.asset;
    page->cover.url = target.found ? target.url : (str){0};
}

void page_task_markup(struct worker *worker, ptrdiff_t index, void *context)
{
    struct page_step *step = context;
    struct page *page = step->site->pages[index];
    if (page->failed || !page->published) return;
    page->arena = &worker->arena;
    page->diags.arena = &worker->arena;
    struct stash stash = {.arena = page->arena};
    struct expand expand = {step->post_env, step->hooks, step->view, worker->index};
    bool ok = expand_page(&expand, page, &worker->scratch, &stash);
    if (!ok) page->source = page->body;     /* its other mistakes are told all the same */
    ok = render_markup(page, step->highlight, &worker->scratch) && ok;
    resolve_cover(page);
    if (ok && stash.count) page->content.html = expand_restore(&stash, page->content.html, page->arena);
    if (ok && step->hooks) ok = hooks_page_html(step->hooks, worker->index, page, step->view);
    if (!ok) page->failed = true;
}
