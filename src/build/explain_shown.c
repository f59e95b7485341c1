/* explain_shown.c - where a page or a picture is to be seen: lists, feeds, the event's page, and
 * whatever else has read something of it. */
#include "explain.h"

/* --- pages ------------------------------------------------------------------- */

static bool lists(const struct listing *listing, ptrdiff_t from, ptrdiff_t to, const struct page *page)
{
    for (ptrdiff_t i = from < 0 ? 0 : from; i < to && i < listing->page_count; i++)
        if (listing->pages[i] == page) return true;
    return false;
}

/* A feed has the newest that have a date. */
static bool feeds(const struct listing *listing, ptrdiff_t most, const struct page *page)
{
    for (ptrdiff_t i = 0; i < listing->page_count && most > 0; i++) {
        if (!listing->pages[i]->has_date) continue;
        if (listing->pages[i] == page) return true;
        most--;
    }
    return false;
}

static bool shows(const struct explain *explain, const struct output *output, const struct page *page)
{
    const struct listing *listing = output->listing;
    if (output->page == page) return false;
    if (!listing) return output->kind == OUTPUT_PAGE && output->page && page->event && output->page == page->event->page;
    if (output->kind == OUTPUT_FEED) return feeds(listing, explain->site->config->feeds.items, page);
    ptrdiff_t from = (ptrdiff_t)(output->number - 1) * listing->per_page;
    return listing->per_page > 0 ? lists(listing, from, from + listing->per_page, page) : lists(listing, 0, listing->page_count, page);
}

/* Lists are named with what they read; of posts there may be hundreds. */
static void add_reader(const struct explain *explain, const struct output *output, const struct reading *reading, struct tally *posts)
{
    struct buf *out = explain->out;
    if (output->kind == OUTPUT_PAGE && output->page && output->page->kind == KIND_POST) {
        explain_tally(posts, output->path, reading->remade);
        return;
    }
    explain_step(out, "read by");
    buf_printf(out, "%s %" STR_F ": %" STR_F "\n", output_kind_name(output->kind), STR_A(output->path), STR_A(buf_str(&reading->fields)));
}

static void explain_readers(const struct explain *explain, const struct page *page)
{
    const struct plan *plan = explain->plan;
    struct wanted wanted = {.kind = READ_PAGE, .page = page};
    struct tally posts = {.names = buf_in(explain->out->arena)};
    for (ptrdiff_t i = 0; i < plan->count; i++) {
        const struct output *output = &plan->outputs[i];
        if (output->page == page || shows(explain, output, page)) continue;
        struct reading reading = explain_output_reading(explain, i, &wanted);
        if (reading.reads) add_reader(explain, output, &reading, &posts);
    }
    if (posts.readers == 0) return;
    explain_step(explain->out, "read by");
    explain_count(explain->out, posts.readers, "other post");
    buf_add(explain->out, posts.readers == 1 ? S(", which reads something of it: ") : S(", which read something of it: "));
    explain_tally_names(&posts, explain->out);
}

void explain_page_shown(const struct explain *explain, const struct page *page)
{
    for (ptrdiff_t i = 0; i < explain->plan->count; i++)
        if (shows(explain, &explain->plan->outputs[i], page)) explain_output(explain, &explain->plan->outputs[i], "shown in");
    if (explain->memory && explain->memory->outputs) explain_readers(explain, page);
}

/* --- pictures ------------------------------------------------------------------ */

bool explain_same_picture(const struct asset *a, const struct asset *b)
{
    return a == b || (a && b && a->is_picture && b->is_picture && (a->hash.low || a->hash.high) && a->hash.low == b->hash.low && a->hash.high == b->hash.high);
}

bool explain_page_has_picture(const struct page *page, const struct asset *asset)
{
    for (ptrdiff_t i = 0; i < page->content.picture_count; i++)
        if (explain_same_picture(page->content.pictures[i].asset, asset)) return true;
    return page->cover.asset && explain_same_picture(page->cover.asset, asset);
}

static bool names(const struct page *page, const struct asset *asset)
{
    for (ptrdiff_t i = 0; i < page->content.picture_count; i++)
        if (page->content.pictures[i].asset == asset) return true;
    return false;
}

static bool links_to(const struct page *page, const struct asset *asset)
{
    for (ptrdiff_t i = 0; i < page->content.link_count; i++)
        if (page->content.links[i].asset == asset) return true;
    return false;
}

static void explain_place(const struct explain *explain, const char *step, const struct page *page, const char *how)
{
    explain_step(explain->out, step);
    buf_printf(explain->out, "%" STR_F ", at %" STR_F "%s\n", STR_A(page->path), STR_A(page->url), how);
}

static void explain_places(const struct explain *explain, const struct asset *asset)
{
    for (ptrdiff_t i = 0; i < explain->site->page_count; i++) {
        const struct page *page = explain->site->pages[i];
        if (!page->published) continue;
        if (names(page, asset)) explain_place(explain, "shown in", page, "");
        if (page->cover.asset == asset) explain_place(explain, "shown in", page, ", as its cover");
        if (links_to(page, asset)) explain_place(explain, "named in", page, ", by a link");
    }
}

void explain_asset_shown(const struct explain *explain, const struct asset *asset)
{
    struct buf *out = explain->out;
    for (ptrdiff_t i = 0; i < explain->site->asset_count; i++) {
        const struct asset *other = explain->site->assets[i];
        if (other == asset || !explain_same_picture(other, asset)) continue;
        explain_step(out, "");
        buf_printf(out, "the same picture as %" STR_F ": its sizes are made once\n", STR_A(other->path));
    }
    for (ptrdiff_t i = 0; explain->plan && i < explain->plan->count; i++) {
        const struct output *output = &explain->plan->outputs[i];
        if (output->asset == asset || (output->kind == OUTPUT_VARIANT && explain_same_picture(output->asset, asset))) explain_output(explain, output, "make");
    }
    explain_places(explain, asset);
}
