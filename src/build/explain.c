/* explain.c - tells a page's or file's trip, one line per step. */
#include "explain.h"

#include "base/path.h"

static void step(struct buf *out, const char *name) { buf_printf(out, "  %-8s ", name); }

static void join(struct buf *out, str text, bool *first)
{
    if (!*first) buf_add(out, S(", "));
    buf_add(out, text);
    *first = false;
}

static void explain_read(const struct page *page, struct buf *out)
{
    static const char *const formats[] = {"Markdown", "text", "HTML"};
    step(out, "read");
    buf_printf(out, "%lld bytes of %s; body from byte %u; front matter:", (long long)page->stat.size, formats[page->format], page->body_offset);
    bool first = true;
    if (page->meta.kind == VALUE_MAP)
        for (ptrdiff_t i = 0; i < page->meta.as.map->count; i++) {
            if (first) buf_char(out, ' ');
            join(out, page->meta.as.map->pairs[i].key, &first);
        }
    buf_add(out, first ? S(" none\n") : S("\n"));
}

static void explain_terms(const struct page *page, struct buf *out)
{
    for (ptrdiff_t t = 0; page->terms && t < page->site->config->taxonomies.count; t++) {
        if (!page->terms[t] || !page->terms[t][0]) continue;
        step(out, "");
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
    step(out, "arrange");
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

static void explain_markup(const struct page *page, struct buf *out)
{
    const struct content *content = site_content(page, out->arena);
    step(out, "expand");
    buf_printf(out, "%s\n", content->liquid ? "Liquid was run" : "no Liquid in the body");
    step(out, "markup");
    buf_printf(out, "%td headings, %td pictures, %td links of this site; %lld syllables, %lld other words; %d minutes\n",
               content->heading_count, (ptrdiff_t)content->photo_count, content->link_count,
               (long long)content->prose.syllables, (long long)content->prose.words, content->reading_minutes);
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

static void explain_output(const struct output *output, struct buf *out)
{
    step(out, "make");
    buf_printf(out, "%s %" STR_F, output_kind_name(output->kind), STR_A(output->path));
    if (output->layout.len) buf_printf(out, " by layout '%" STR_F "'", STR_A(output->layout));
    buf_printf(out, ", %lld bytes, %s\n", (long long)output->size,
               output->failed ? "failed" : output->unchanged ? "unchanged" : "written");
}

static bool shows_asset(const struct page *page, const struct asset *asset)
{
    for (ptrdiff_t i = 0; i < page->content.picture_count; i++)
        if (page->content.pictures[i].asset == asset) return true;
    return page->cover.asset == asset;
}

static void explain_page_outputs(const struct plan *plan, const struct page *page, struct buf *out)
{
    bool first = true;
    for (ptrdiff_t i = 0; i < plan->count; i++) {
        const struct output *output = &plan->outputs[i];
        bool own = output->page == page && !output->listing;
        bool picture = output->kind == OUTPUT_VARIANT && shows_asset(page, output->asset);
        if (own || picture) explain_output(output, out);
    }
    for (ptrdiff_t i = 0; i < plan->count; i++) {
        if (!shows(&plan->outputs[i], page)) continue;
        if (first) step(out, "shown in");
        join(out, plan->outputs[i].path, &first);
    }
    if (!first) buf_char(out, '\n');
}

static const struct page *find_page(const struct site *site, str file, struct arena *arena)
{
    const struct page *page = map_get(&site->page_by_path, file);
    return page ? page : map_get(&site->page_by_path, path_join(arena, S("content"), file));
}

static const struct asset *find_asset(const struct site *site, str file, struct arena *arena)
{
    const struct asset *asset = map_get(&site->asset_by_path, file);
    return asset ? asset : map_get(&site->asset_by_path, path_join(arena, S("content"), file));
}

static void explain_asset(const struct plan *plan, const struct asset *asset, struct buf *out)
{
    buf_add(out, asset->path);
    buf_char(out, '\n');
    step(out, "probe");
    if (asset->is_picture)
        buf_printf(out, "%s, %d x %d pixels%s\n", image_kind_info(asset->info.kind)->name, asset->info.width, asset->info.height,
                   image_tells(&asset->info, TRACE_LOCATION) ? ", with a location that is removed" : "");
    else
        buf_add(out, S("no picture\n"));
    for (ptrdiff_t i = 0; plan && i < plan->count; i++)
        if (plan->outputs[i].asset == asset) explain_output(&plan->outputs[i], out);
}

void explain_file(const struct site *site, const struct plan *plan, str file, struct buf *out)
{
    str path;
    if (!path_normalize(out->arena, file, &path)) path = file;
    const struct page *page = find_page(site, path, out->arena);
    const struct asset *asset = page ? NULL : find_asset(site, path, out->arena);
    if (asset) {
        explain_asset(plan, asset, out);
        return;
    }
    if (!page) {
        buf_printf(out, "%" STR_F " is no page or file of this site\n", STR_A(file));
        return;
    }
    buf_add(out, page->path);
    buf_char(out, '\n');
    explain_read(page, out);
    explain_arrange(page, out);
    if (!page->published) return;
    explain_markup(page, out);
    if (plan) explain_page_outputs(plan, page, out);
}
