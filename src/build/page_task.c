/* page_task.c - one page through read, then through expand and markup. */
#include "page_task.h"

#include "arrange/arrange.h"
#include "base/escape.h"
#include "base/stopwatch.h"
#include "expand/expand.h"
#include "markup/markup.h"
#include "read/read.h"
#include "targets.h"

static struct reads *reads_of(const struct page_step *step, const struct worker *worker)
{
    return step->memory ? step->memory->reads[worker->index] : NULL;
}

/* From the file to typed fields.  True when there was nothing to tell. */
static bool read_file(const struct page_step *step, struct worker *worker, struct page *page, str *bytes)
{
    if ((!bytes->p && !page_load(page, bytes)) || !page_read(page, step->site->config, step->site->sources, *bytes)) return false;
    if (step->hooks && !hooks_page_read(step->hooks, worker->index, page)) page->failed = true;
    bool clean = page->diags.count == 0 && !page->failed;
    page_type(page, step->site->config);
    return clean;
}

/* All pages' files at once would be too much: the file is read in passing, and what follows from
 * it is taken from its packed form. */
static bool read_in_passing(const struct page_step *step, struct worker *worker, struct page *page, str *bytes)
{
    struct page passing = *page;
    passing.arena = &worker->scratch;
    passing.diags = diags_in(&worker->scratch);
    reads_begin(reads_of(step, worker), true);
    bool clean = read_file(step, worker, &passing, bytes);
    step->site->sources->items[page->file - 1].text = (str){0};
    return clean && remember_head(step->memory, &passing, worker, *bytes) && recall_fresh_head(step->memory, page);
}

void page_task_read(struct worker *worker, ptrdiff_t index, void *context)
{
    struct page_step *step = context;
    struct page *page = step->site->pages[index];
    page->arena = &worker->arena;
    page->diags = diags_in(&worker->arena);
    stopwatch_begin(worker->stopwatch, TIME_PAGE, page->path);
    str bytes = {0};
    bool known = step->memory && (recall_head(step->memory, page, worker, &bytes) || read_in_passing(step, worker, page, &bytes));
    if (known) page_type(page, step->site->config);
    else read_file(step, worker, page, &(str){0});
    stopwatch_end(worker->stopwatch);
}

void page_task_place(struct worker *worker, ptrdiff_t index, void *context)
{
    const struct page_step *step = context;
    struct page *page = step->site->pages[index];
    page->arena = page->diags.arena = &worker->arena;
    arrange_page(page, step->site->config);
}

/* --- markup ------------------------------------------------------------------- */

struct resolver {
    const struct page *page;
    struct buf *targets;        /* NULL: nobody wants to know them */
};

/* A picture in its address ("data:image/jpeg;base64,...") is cleaned like one that is a file. */
static bool resolve_data(const struct page *page, str address, span at, struct arena *arena, struct diags *diags, str *out)
{
    struct image_limits limits = asset_limits(page->site->config);
    if (image_clean_data(address, &limits, arena, out)) return true;
    struct diag *diag = diag_report(diags, DIAG_IMAGE_UNCLEANED, at, "left out, because what this picture says of place and owner cannot be removed");
    diag_hint(diags, diag, "save it as a file beside the text");
    *out = (str){0};
    return false;
}

static bool resolve(void *context, str destination, bool picture, span at, struct arena *arena,
                    struct diags *diags, struct markup_target *out)
{
    const struct resolver *resolver = context;
    const struct page *page = resolver->page;
    struct target target = {0};
    if (url_is_picture(destination)) {
        *out = (struct markup_target){.remote = true};
        return resolve_data(page, destination, at, arena, diags, &out->url);
    }
    resolve_target(page->site, page, destination, picture, at, arena, diags, &target);
    bool elsewhere = url_is_absolute(destination);      /* another host's address leads where it says, whatever the site holds */
    if (resolver->targets && !elsewhere) targets_add(resolver->targets, destination, picture, &target);
    *out = (struct markup_target){target.url, target.asset, target.remote};
    return target.found;
}

static bool render_markup(struct page *page, struct highlight *highlight, struct buf *targets, struct arena *scratch)
{
    const struct config *config = page->site->config;
    struct markup_options options = {
        .profile = MARKUP_HUGI,
        .demote = true,                     /* the theme's h1 is the page's title */
        .html = config->markdown.html,
        .smart = config->markdown.smart,
        .style = config->markdown.style,
        .language = page->language,
        .highlight = highlight,
    };
    struct resolver resolver = {page, targets};
    struct markup_input input = {
        .format = page->format,
        .text = page->source,
        .file = page->file,
        .offset = page->body_offset,
        .segments = &page->segments,
        .resolve = resolve,
        .resolve_context = &resolver,
    };
    return markup_render(&options, &input, page->arena, scratch, &page->diags, &page->content);
}

/* The cover is a picture of the site, or another host's. */
static void resolve_cover(struct page *page)
{
    if (page->cover.url.len == 0) return;
    struct target target;
    if (url_is_picture(page->cover.url)) {
        resolve_data(page, page->cover.url, page->cover.at, page->arena, &page->diags, &page->cover.url);
        return;
    }
    resolve_target(page->site, page, page->cover.url, true, page->cover.at, page->arena, &page->diags, &target);
    page->cover.asset = target.asset;
    page->cover.url = target.found ? target.url : (str){0};
}

/* Liquid, Markdown, the hook: page->content, in page->arena; and what it names, if wanted.  What goes wrong is told, and nothing
 * is published then; page->failed is not touched any more, other workers look at it. */
static void make_content(const struct page_step *step, struct worker *worker, struct page *page, struct buf *targets)
{
    const struct view *view = step->views[worker->index];
    struct stash stash = {.arena = page->arena};
    struct expand expand = {step->post_env, step->hooks, view, worker->index};
    bool ok = expand_page(&expand, page, &worker->scratch, &stash);
    if (!ok) page->source = page->body;     /* its other mistakes are told all the same */
    ok = render_markup(page, step->highlight, targets, &worker->scratch) && ok;
    if (ok && stash.count) page->content.html = expand_restore(&stash, page->content.html, page->arena);
    if (ok && step->hooks) hooks_page_html(step->hooks, worker->index, page, view);
}

/* A line of it will be shown: the text has to stay. */
static void keep_text(struct page *page, struct worker *worker)
{
    str *text = &page->site->sources->items[page->file - 1].text;
    *text = str_copy(&worker->arena, *text);
}

/* With a cache, the body and what is made of it live only until it is packed. */
static void mark_up_in_passing(const struct page_step *step, struct worker *worker, struct page *page)
{
    struct memory *memory = step->memory;
    ptrdiff_t told = page->diags.count;
    bool unread = !page->body.p && !page->generated;
    page->arena = &memory->work[worker->index];
    struct arena_mark mark = arena_mark(page->arena);
    reads_begin(reads_of(step, worker), true);
    if (unread && !page_load_body(page, step->site->sources)) return;
    struct buf targets = buf_in(page->arena);
    make_content(step, worker, page, &targets);
    page->content.liquid = page->segments.count > 0;
    bool clean = page->diags.count == told && !(page->content.has_code && step->unhighlighted);
    remember_content(memory, page, worker, buf_str(&targets), clean);
    if (unread && page->diags.count > told) keep_text(page, worker);
    else if (unread) page->site->sources->items[page->file - 1].text = (str){0};
    arena_rewind(page->arena, mark);
    page->source = (str){0};
    page->segments = (struct segments){0};
    if (unread) page->body = (str){0};
}

void page_task_markup(struct worker *worker, ptrdiff_t index, void *context)
{
    const struct page_step *step = context;
    struct page *page = step->site->pages[index];
    if (page->failed || !page->published) return;
    page->arena = page->diags.arena = &worker->arena;
    stopwatch_begin(worker->stopwatch, TIME_PAGE, page->path);
    if (!step->memory) make_content(step, worker, page, NULL);
    else if (!recall_content(step->memory, page, worker)) mark_up_in_passing(step, worker, page);
    page->arena = &worker->arena;
    resolve_cover(page);
    stopwatch_end(worker->stopwatch);
}
