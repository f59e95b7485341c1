/* expand.c - a post's Liquid, between its file and Markdown. */
#include "expand/expand.h"

#include "code_tags.h"
#include "expand/shortcodes.h"

#include "hook/render_user.h"
#include "markup/markup.h"

static const str known_names[] = {
    STR_INIT("site"), STR_INIT("page"), STR_INIT("hugi"), STR_INIT("theme"), STR_INIT("params"),
};

/* What a post's render hands to extensions. */
struct post_user {
    struct render_user render;          /* first: extensions know this part */
    struct stash *stash;
};

static str put_aside(void *user, str html)
{
    struct stash *stash = ((struct post_user *)user)->stash;
    str mark = str_format(stash->arena, "<hugi-stash n=\"%td\">", stash->count);
    ARENA_PUSH(stash->arena, stash->items, stash->count, stash->capacity) = str_copy(stash->arena, html);
    return mark;
}

static void copy_segments(struct page *page, const struct liquid_segments *from)
{
    page->segments.items = ARENA_NEWS(page->arena, struct segment, from->count);
    page->segments.count = from->count;
    for (ptrdiff_t i = 0; i < from->count; i++)
        page->segments.items[i] = (struct segment){from->items[i].output, from->items[i].source, from->items[i].copied};
}

static bool render_body(const struct expand *expand, struct page *page, const struct liquid_template *template_,
                        struct arena *scratch, struct stash *stash)
{
    struct post_user user = {
        .render = {.hook = {expand->hooks, expand->worker, expand->view, page},
                   .theme = page->site->theme, .language = page->language},
        .stash = stash,
    };
    struct liquid_segments segments = {0};
    struct liquid_env env = *expand->env;
    env.language = page->language;
    struct liquid_render render = {
        .template_ = template_,
        .globals = view_post_globals(expand->view, page, scratch),
        .user = &user,
        .watch = &render_watch,
        .segments = &segments,
        .put_aside = put_aside,
        .code_block = page->format == FORMAT_MARKDOWN ? code_tags_fence : NULL,
    };
    struct buf out = buf_in(page->arena);
    if (!liquid_render(&env, &render, scratch, &out, &page->diags)) return false;
    page->source = buf_str(&out);
    copy_segments(page, &segments);
    return true;
}

/* Code is left alone, and only what hugi knows is run. */
static const struct liquid_template *parse_post(const struct liquid_env *env, str text, bool markdown, uint32_t file,
                                                uint32_t offset, struct arena *arena, struct diags *diags)
{
    struct markup_range *code = NULL;
    ptrdiff_t count = markdown ? markup_code_ranges(code_tags_hide(text, arena), arena, &code) : 0;
    struct liquid_range *verbatim = ARENA_NEWS(arena, struct liquid_range, count);
    for (ptrdiff_t i = 0; i < count; i++) verbatim[i] = (struct liquid_range){code[i].start, code[i].end};
    struct liquid_parse parse = {
        .text = shortcodes_as_tags(env, text, verbatim, count, arena), .file = file, .offset = offset, .lenient = true,
        .known_names = known_names, .known_name_count = sizeof known_names / sizeof *known_names,
        .verbatim = verbatim, .verbatim_count = count,
    };
    return liquid_parse(env, arena, &parse, diags);
}

bool expand_page(const struct expand *expand, struct page *page, struct arena *scratch, struct stash *stash)
{
    page->source = page->body;
    bool liquid = page->site->config->markdown.liquid && page->format != FORMAT_TEXT;
    if (!liquid || (!str_contains(page->body, S("{{")) && !str_contains(page->body, S("{%")))) return true;
    const struct liquid_template *template_ = parse_post(expand->env, page->body, page->format == FORMAT_MARKDOWN, page->file,
                                                         page->body_offset, scratch, &page->diags);
    if (!template_) return false;
    return liquid_is_plain(template_) || render_body(expand, page, template_, scratch, stash);
}

str expand_restore(const struct stash *stash, str html, struct arena *arena)
{
    for (ptrdiff_t i = 0; i < stash->count; i++)
        html = str_replace(arena, html, str_format(arena, "<hugi-stash n=\"%td\">", i), stash->items[i]);
    return html;
}
