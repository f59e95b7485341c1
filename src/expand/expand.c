/* expand.c - a post's Liquid, between its file and Markdown. */
#include "expand/expand.h"

#include "code_tags.h"
#include "expand/shortcodes.h"

#include "base/file.h"
#include "base/map.h"
#include "base/path.h"
#include "base/text_repair.h"
#include "hook/render_user.h"
#include "markup/markup.h"
#include "view/reads.h"

/* The last one is known in a file that was included only. */
static const str known_names[] = {
    STR_INIT("site"), STR_INIT("page"), STR_INIT("hugi"), STR_INIT("theme"), STR_INIT("params"), STR_INIT("include"),
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

/* Code is left alone, and only what hugi knows is run.  `file` is 0 for one that was included. */
static const struct liquid_template *parse_post(const struct liquid_env *env, str text, bool markdown, uint32_t file,
                                                uint32_t offset, struct arena *arena, struct diags *diags)
{
    struct markup_range *code = NULL;
    ptrdiff_t count = markdown ? markup_code_ranges(code_tags_hide(text, arena), arena, &code) : 0;
    struct liquid_range *verbatim = ARENA_NEWS(arena, struct liquid_range, count);
    for (ptrdiff_t i = 0; i < count; i++) verbatim[i] = (struct liquid_range){code[i].start, code[i].end};
    struct liquid_parse parse = {
        .text = shortcodes_as_tags(env, text, verbatim, count, arena), .file = file, .offset = offset, .lenient = true,
        .known_names = known_names,
        .known_name_count = (ptrdiff_t)(sizeof known_names / sizeof *known_names) - (file > 0),
        .verbatim = verbatim, .verbatim_count = count,
    };
    return liquid_parse(env, arena, &parse, diags);
}

/* --- include_relative ------------------------------------------------------------ */

/* What one page's files are found with, and those that were. */
struct beside {
    const struct page *page;
    struct reads *reads;
    struct arena *arena;
    struct map known;
};

/* Its text, when the file is inside the site after all links are followed. */
static bool read_beside(const struct beside *beside, str path, str *out, struct diags *diags)
{
    str top = file_absolute(beside->arena, beside->page->site->root);
    str real = file_absolute(beside->arena, path_join(beside->arena, top, path));
    struct file_stat stat;
    reads_note_name(beside->reads, READ_FILE, 0, path);
    return path_is_inside(top, real) && file_stat(real, &stat) && stat.is_file &&
           file_read(beside->arena, real, out, diags);
}

/* Its places are in no file of the site's: the first mistake is told at the tag. */
static void report_beside(str name, str text, const struct diags *mistakes, span at, struct diags *diags)
{
    int line = 1;
    for (ptrdiff_t i = 0; i < (ptrdiff_t)mistakes->items[0].at.start && i < text.len; i++) line += text.p[i] == '\n';
    diag_report(diags, mistakes->items[0].code, at, "%" STR_F ", line %d: %" STR_F, STR_A(name), line,
                STR_A(mistakes->items[0].message));
}

/* Beside the page; what it gives is Markdown of the page. */
static const struct liquid_template *find_beside(const struct liquid_env *env, str name, span at, struct diags *diags)
{
    struct beside *beside = env->relative_data;
    str path, text;
    if (!path_normalize(beside->arena, path_join(beside->arena, path_dir(beside->page->disk), name), &path)) return NULL;
    const struct liquid_template *known = map_get(&beside->known, path);
    if (known || !read_beside(beside, path, &text, diags)) return known;
    struct diags mistakes = diags_in(beside->arena);
    struct source source = {0};
    struct sources alone = {&source, 1, 1, beside->arena};
    if (text_repair(beside->arena, text, 1, &alone, &mistakes, &text))
        known = parse_post(env, text, beside->page->format == FORMAT_MARKDOWN, 0, 0, beside->arena, &mistakes);
    if (known) map_put(beside->arena, &beside->known, path, (void *)known);
    else report_beside(name, text, &mistakes, at, diags);
    return known;
}

/* --- a page --------------------------------------------------------------------------- */

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
    struct beside beside = {page, view_reads(expand->view), scratch, {0}};
    env.language = page->language;
    env.relative = page->generated ? NULL : find_beside;
    env.relative_data = &beside;
    struct liquid_render render = {
        .template_ = template_,
        .globals = view_post_globals(expand->view, page, scratch),
        .user = &user,
        .watch = render_watch_of(expand->hooks),
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
