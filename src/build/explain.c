/* explain.c - tells a page's or file's trip, one line per step, and below it why it was made or kept.
 *
 * Written in this order: the trip of a page, of a file, of a result; what a name means. */
#include "explain.h"

#include "base/path.h"
#include "base/utf8.h"

void explain_step(struct buf *out, const char *name) { buf_printf(out, "  %-8s ", name); }

void explain_count(struct buf *out, ptrdiff_t count, const char *one) { buf_printf(out, "%td %s%s", count, one, count == 1 ? "" : "s"); }

static void join(struct buf *out, str text, bool *first)
{
    if (!*first) buf_add(out, S(", "));
    buf_add(out, text);
    *first = false;
}

static void why(const struct explain *explain, const struct page *page, void (*tell)(const struct explain *explain, const struct page *page))
{
    if (!explain->memory || page->generated) return;
    explain_step(explain->out, "");
    tell(explain, page);
}

static void explain_read(const struct explain *explain, const struct page *page)
{
    struct buf *out = explain->out;
    static const char *const formats[] = {"Markdown", "text", "HTML"};
    explain_step(out, "read");
    explain_count(out, (ptrdiff_t)page->stat.size, "byte");
    buf_printf(out, " of %s; body from byte %u; front matter:", formats[page->format], page->body_offset);
    bool first = true;
    if (page->meta.kind == VALUE_MAP)
        for (ptrdiff_t i = 0; i < page->meta.as.map->count; i++) {
            if (first) buf_char(out, ' ');
            join(out, page->meta.as.map->pairs[i].key, &first);
        }
    buf_add(out, first ? S(" none\n") : S("\n"));
    why(explain, page, explain_why_read);
}

static void explain_terms(const struct page *page, struct buf *out)
{
    for (ptrdiff_t t = 0; page->terms && t < page->site->config->taxonomies.count; t++) {
        if (!page->terms[t] || !page->terms[t][0]) continue;
        explain_step(out, "");
        buf_add(out, page->site->config->taxonomies.items[t]);
        buf_add(out, S(": "));
        bool first = true;
        for (const struct term **term = page->terms[t]; *term; term++) join(out, (*term)->name, &first);
        buf_char(out, '\n');
    }
}

static void explain_arrange(const struct page *page, struct buf *out)
{
    static const char *const kinds[] = {"post", "event", "author", "page"};
    explain_step(out, "arrange");
    if (!page->published) {
        buf_add(out, page->failed ? S("left out: it has errors\n") : page->draft ? S("left out: a draft\n") : S("left out: its date is in the future, or it has expired\n"));
        return;
    }
    buf_printf(out, "%s in '%" STR_F "' at %" STR_F, kinds[page->kind], STR_A(page->language), STR_A(page->url));
    if (page->has_date) buf_printf(out, ", dated %" STR_F, STR_A(date_rfc3339(out->arena, page->date)));
    if (page->event) buf_printf(out, ", about %" STR_F, STR_A(page->event->label));
    buf_char(out, '\n');
    explain_terms(page, out);
}

static void explain_markup(const struct explain *explain, const struct page *page)
{
    struct buf *out = explain->out;
    const struct content *content = site_content(page, out->arena);
    explain_step(out, "expand");
    buf_printf(out, "%s\n", content->liquid ? "Liquid was run" : "no Liquid in the body");
    explain_step(out, "markup");
    const struct {
        int64_t count;
        const char *one, *then;
    } counts[] = {{content->heading_count, "heading", ", "}, {content->photo_count, "picture", ", "}, {content->link_count, "link", " of this site; "},
                  {content->prose.syllables, "syllable", ", "}, {content->prose.words, "other word", "; "}, {content->reading_minutes, "minute", "\n"}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        explain_count(out, (ptrdiff_t)counts[i].count, counts[i].one);
        buf_add(out, str_c(counts[i].then));
    }
    why(explain, page, explain_why_markup);
}

void explain_output(const struct explain *explain, const struct output *output, const char *name)
{
    struct buf *out = explain->out;
    explain_step(out, name);
    buf_printf(out, "%s %" STR_F, output_kind_name(output->kind), STR_A(output->path));
    if (output->layout.len) buf_printf(out, " by layout '%" STR_F "'", STR_A(output->layout));
    buf_add(out, S(", "));
    explain_count(out, (ptrdiff_t)output->size, "byte");
    buf_printf(out, ", %s\n", output->failed ? "failed" : output->unchanged ? "unchanged" : "written");
    if (!explain->memory || !explain->memory->outputs || output->failed) return;
    explain_step(out, "");
    explain_why_output(explain, output);
}

static void explain_page_outputs(const struct explain *explain, const struct page *page)
{
    const struct plan *plan = explain->plan;
    for (ptrdiff_t i = 0; i < plan->count; i++) {
        const struct output *output = &plan->outputs[i];
        bool own = output->page == page && !output->listing;
        bool picture = output->kind == OUTPUT_VARIANT && explain_page_has_picture(page, output->asset);
        if (own || picture) explain_output(explain, output, "make");
    }
    explain_page_shown(explain, page);
}

static void explain_asset(const struct explain *explain, const struct asset *asset)
{
    struct buf *out = explain->out;
    buf_add(out, asset->path);
    buf_char(out, '\n');
    explain_step(out, "probe");
    if (asset->is_picture)
        buf_printf(out, "%s, %d x %d pixels%s\n", image_kind_info(asset->info.kind)->name, asset->info.width, asset->info.height,
                   image_tells(&asset->info, TRACE_LOCATION) ? ", with a location that is removed" : "");
    else
        buf_add(out, S("no picture\n"));
    explain_asset_shown(explain, asset);
}

static void explain_page(const struct explain *explain, const struct page *page)
{
    buf_add(explain->out, page->path);
    buf_char(explain->out, '\n');
    explain_read(explain, page);
    explain_arrange(page, explain->out);
    if (!page->published) return;
    explain_markup(explain, page);
    if (explain->plan) explain_page_outputs(explain, page);
}

/* Where it comes from, and then it. */
static void explain_result(const struct explain *explain, const struct output *output)
{
    struct buf *out = explain->out;
    buf_add(out, output->path);
    buf_char(out, '\n');
    if (output->page || output->asset) {
        explain_step(out, "made of");
        buf_printf(out, "%" STR_F "\n", STR_A(output->page ? output->page->path : output->asset->path));
    }
    explain_output(explain, output, "make");
}

/* --- what a name means ----------------------------------------------------- */

/* "content/posts/a.md", or "posts/a.md". */
static void *find_source(const struct map *by_path, str file, struct arena *arena)
{
    void *found = map_get(by_path, file);
    return found ? found : map_get(by_path, path_join(arena, S("content"), file));
}

/* "public/posts/a/index.html", "posts/a/index.html", "/posts/a/". */
static const struct output *find_output(const struct explain *explain, str file)
{
    const struct plan *plan = explain->plan;
    struct arena *arena = explain->out->arena;
    str inside = str_concat(arena, path_name(explain->destination), S("/"));
    if (str_starts(file, inside)) file = str_from(file, inside.len);
    str folder = path_join(arena, file, S("index.html"));
    for (ptrdiff_t i = 0; plan && i < plan->count; i++)
        if (str_equal(plan->outputs[i].path, file) || str_equal(plan->outputs[i].path, folder)) return &plan->outputs[i];
    return NULL;
}

/* A page that a hook added goes by its script, which is more than that page. */
static const struct page *find_page(const struct explain *explain, str path)
{
    const struct page *page = find_source(&explain->site->page_by_path, path, explain->out->arena);
    return page && !page->generated ? page : NULL;
}

static bool was_page(const struct explain *explain, str path)
{
    return explain->memory && cache_find_page(explain->memory->cache, path);
}

/* A path from the site's folder, or an address. */
static bool explain_named(const struct explain *explain, str path)
{
    struct arena *arena = explain->out->arena;
    const struct page *page = find_page(explain, path);
    const struct asset *asset = page ? NULL : find_source(&explain->site->asset_by_path, path, arena);
    const struct output *output = page || asset ? NULL : find_output(explain, path);
    str below = path_join(arena, S("content"), path);
    if (page) explain_page(explain, page);
    else if (asset) explain_asset(explain, asset);
    else if (output) explain_result(explain, output);
    else if (explain_users(explain, path)) return true;
    else if (was_page(explain, path)) explain_gone_page(explain, path);
    else if (was_page(explain, below)) explain_gone_page(explain, below);
    else return false;
    return true;
}

/* What a path of the system is below the site's folder, or the destination; empty: it lies elsewhere.
 * The last part is not resolved: a link in the site goes by its own name. */
static str below_site(const struct explain *explain, str file)
{
    struct arena *arena = explain->out->arena;
    str dir = path_dir(file), root = file_absolute(arena, explain->site->root);
    while (file.len > 1 && file.p[file.len - 1] == '/') file.len--;
    if (dir.len == 0 && file.p[0] == '/') dir = S("/");
    str whole = path_join(arena, file_absolute_new(arena, dir), path_name(file));
    if (path_is_inside(explain->destination_path, whole)) return str_trim_char(str_from(whole, explain->destination_path.len), '/');
    return path_is_inside(root, whole) ? str_trim_char(str_from(whole, root.len), '/') : (str){0};
}

/* What tells files apart that are all called index: their folders. */
static str telling_name(str path)
{
    return str_equal(path_stem(path), S("index")) && path_dir(path).len ? path_name(path_dir(path)) : path_name(path);
}

struct names {
    str *paths, *telling;
    ptrdiff_t count, capacity, telling_count, telling_capacity;
};

static void add_name(struct names *names, str path, struct arena *arena)
{
    ARENA_PUSH(arena, names->paths, names->count, names->capacity) = path;
    ARENA_PUSH(arena, names->telling, names->telling_count, names->telling_capacity) = telling_name(path);
}

/* All that could have been meant; sources are also templates, scripts and data. */
static struct names all_names(const struct explain *explain)
{
    struct arena *arena = explain->out->arena;
    const struct site *site = explain->site;
    struct names names = {0};
    for (ptrdiff_t i = 0; i < site->sources->count; i++)
        if (!str_starts(site->sources->items[i].path, S("<generated>/"))) add_name(&names, site->sources->items[i].path, arena);
    for (ptrdiff_t i = 0; i < site->asset_count; i++) add_name(&names, site->assets[i]->path, arena);
    for (ptrdiff_t i = 0; explain->plan && i < explain->plan->count; i++) add_name(&names, explain->plan->outputs[i].path, arena);
    return names;
}

/* By the whole path; else by the name alone: it may lie in another folder. */
static str nearest_name(const struct names *names, str path)
{
    str nearest = str_nearest(path, names->paths, names->count);
    if (nearest.len) return nearest;
    str name = str_nearest(telling_name(path), names->telling, names->telling_count);
    for (ptrdiff_t i = 0; name.len && i < names->count; i++)
        if (names->telling[i].p == name.p) return names->paths[i];
    return (str){0};
}

static str first_inside(const struct names *names, str folder)
{
    for (ptrdiff_t i = 0; i < names->count; i++)
        if (path_is_inside(folder, names->paths[i])) return names->paths[i];
    return (str){0};
}

static str say_unknown(const struct explain *explain, str file, str path)
{
    struct arena *arena = explain->out->arena;
    struct names names = all_names(explain);
    struct file_stat stat;
    bool folder = file_stat(path_join(arena, explain->site->root, path), &stat) && stat.is_dir;
    str hint = folder ? first_inside(&names, path) : nearest_name(&names, path);
    struct buf out = buf_in(arena);
    buf_printf(&out, folder ? "'%" STR_F "' is a folder; --explain wants a file" : "there is no page, file or output '%" STR_F "' in this site", STR_A(file));
    if (hint.len) buf_printf(&out, folder ? ", such as %" STR_F : "; did you mean %" STR_F "?", STR_A(hint));
    return buf_str(&out);
}

bool explain_file(const struct explain *explain, str file, str *unknown)
{
    struct arena *arena = explain->out->arena;
    str named, on_disk = file.len ? utf8_nfc(arena, below_site(explain, file)) : file;
    if (!path_normalize(arena, str_trim_char(file, '/'), &named)) named = on_disk;
    named = utf8_nfc(arena, named);
    bool absolute = file.len && file.p[0] == '/' && on_disk.len;
    if (explain_named(explain, absolute ? on_disk : named)) return true;
    if (!absolute && on_disk.len && !str_equal(on_disk, named) && explain_named(explain, on_disk)) return true;
    *unknown = say_unknown(explain, file, absolute ? on_disk : named);
    return false;
}
