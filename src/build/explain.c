/* explain.c - tells a page's or file's trip, one line per step, and below it why it was made or kept. */
#include "explain.h"

#include "base/path.h"
#include "base/utf8.h"

void explain_step(struct buf *out, const char *name) { buf_printf(out, "  %-8s ", name); }

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
    buf_printf(out, "%lld bytes of %s; body from byte %u; front matter:", (long long)page->stat.size, formats[page->format], page->body_offset);
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
    buf_printf(out, "%td headings, %td pictures, %td links of this site; %lld syllables, %lld other words; %d minutes\n",
               content->heading_count, (ptrdiff_t)content->photo_count, content->link_count,
               (long long)content->prose.syllables, (long long)content->prose.words, content->reading_minutes);
    why(explain, page, explain_why_markup);
}

static bool shows(const struct output *output, const struct page *page)
{
    if (!output->listing || output->page == page) return false;
    const struct listing *listing = output->listing;
    ptrdiff_t from = listing->per_page > 0 ? (ptrdiff_t)(output->number - 1) * listing->per_page : 0;
    ptrdiff_t to = listing->per_page > 0 ? from + listing->per_page : listing->page_count;
    for (ptrdiff_t i = from < 0 ? 0 : from; i < to && i < listing->page_count; i++)
        if (listing->pages[i] == page) return true;
    return false;
}

static void explain_output(const struct explain *explain, const struct output *output, const char *name)
{
    struct buf *out = explain->out;
    explain_step(out, name);
    buf_printf(out, "%s %" STR_F, output_kind_name(output->kind), STR_A(output->path));
    if (output->layout.len) buf_printf(out, " by layout '%" STR_F "'", STR_A(output->layout));
    buf_printf(out, ", %lld bytes, %s\n", (long long)output->size,
               output->failed ? "failed" : output->unchanged ? "unchanged" : "written");
    if (!explain->memory || !explain->memory->outputs || output->failed) return;
    explain_step(out, "");
    explain_why_output(explain, output);
}

static bool shows_asset(const struct page *page, const struct asset *asset)
{
    for (ptrdiff_t i = 0; i < page->content.picture_count; i++)
        if (page->content.pictures[i].asset == asset) return true;
    return page->cover.asset == asset;
}

static void explain_page_outputs(const struct explain *explain, const struct page *page)
{
    const struct plan *plan = explain->plan;
    for (ptrdiff_t i = 0; i < plan->count; i++) {
        const struct output *output = &plan->outputs[i];
        bool own = output->page == page && !output->listing;
        bool picture = output->kind == OUTPUT_VARIANT && shows_asset(page, output->asset);
        if (own || picture) explain_output(explain, output, "make");
    }
    for (ptrdiff_t i = 0; i < plan->count; i++)
        if (shows(&plan->outputs[i], page)) explain_output(explain, &plan->outputs[i], "shown in");
}

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
    for (ptrdiff_t i = 0; explain->plan && i < explain->plan->count; i++)
        if (explain->plan->outputs[i].asset == asset) explain_output(explain, &explain->plan->outputs[i], "make");
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

void explain_file(const struct explain *explain, str file)
{
    struct arena *arena = explain->out->arena;
    str path;
    if (!path_normalize(arena, str_trim_char(file, '/'), &path)) path = file;
    path = utf8_nfc(arena, path);
    const struct page *page = find_source(&explain->site->page_by_path, path, arena);
    const struct asset *asset = page ? NULL : find_source(&explain->site->asset_by_path, path, arena);
    const struct output *output = page || asset ? NULL : find_output(explain, path);
    if (page) explain_page(explain, page);
    else if (asset) explain_asset(explain, asset);
    else if (output) explain_result(explain, output);
    else if (!explain_users(explain, path)) buf_printf(explain->out, "%" STR_F " is no page, file or output of this site\n", STR_A(file));
}
