/* view_lists.c - what templates and hooks see of terms, lists and their pages.
 *
 * A listing and its paginator are seen through the output that shows one page of it. */
#include "fields.h"

#define FIELD(name) \
    static value name(const struct view *view, const void *thing, struct arena *arena)
#define TERM const struct term *term = thing; (void)view, (void)arena
#define OUTPUT const struct output *output = thing; const struct listing *listing = output->listing; \
    (void)view, (void)arena, (void)listing

static const struct term_page *page_of(const struct view *view, const struct term *term)
{
    return view->plan ? &view->plan->terms[term->index] : NULL;
}

FIELD(term_name) { TERM; return value_str(term->name); }
FIELD(term_slug) { TERM; return value_str(term->slug); }
FIELD(term_count) { TERM; return value_int(term->page_count); }
FIELD(term_taxonomy) { TERM; return value_str(term->taxonomy); }
FIELD(term_language) { TERM; return value_str(term->language->code); }
FIELD(term_prefix) { TERM; return value_str(term->language->prefix); }
FIELD(term_default_url) { TERM; return value_str(term->default_url); }
FIELD(term_pages) { TERM; return view_page_list(view, term->pages, term->page_count, arena); }
FIELD(term_own_page) { TERM; return view_page(view, term->page); }

FIELD(term_url)
{
    TERM;
    const struct term_page *page = page_of(view, term);
    return page && page->exists ? value_str(page->url) : value_null();
}

FIELD(term_feed_url)
{
    TERM;
    const struct term_page *page = page_of(view, term);
    bool has_feed = page && page->exists && page->feed && view->site->config->base_url.len && view->site->config->feeds.atom;
    return has_feed ? value_str(str_concat(arena, page->url, S("feed.xml"))) : value_null();
}

static str term_as_text(const struct view *view, const void *thing, struct arena *arena)
{
    TERM;
    return term->name;
}

static const struct view_field term_rows[] = {
    {STR_INIT("name"), term_name, STR_INIT("as most pages write it")},
    {STR_INIT("slug"), term_slug, STR_INIT("name in addresses")},
    {STR_INIT("url"), term_url, STR_INIT("its page, or nil when the tag hook gave it none")},
    {STR_INIT("count"), term_count, STR_INIT("number of posts")},
    {STR_INIT("pages"), term_pages, STR_INIT("its posts, newest first")},
    {STR_INIT("taxonomy"), term_taxonomy, STR_INIT("\"tags\"")},
    {STR_INIT("feed_url"), term_feed_url, STR_INIT("its feed, or nil")},
    {STR_INIT("page"), term_own_page, STR_INIT("authors: their page of content/authors/, or nil")},
    {STR_INIT("language"), term_language, STR_INIT("\"ko\"")},
    {STR_INIT("prefix"), term_prefix, STR_INIT("\"\" or \"/en\"")},
    {STR_INIT("default_url"), term_default_url, STR_INIT("where the shipped tag hook puts it")},
};
const struct view_fields term_fields = {
    .class_ = STR_INIT("term"), .rows = term_rows, .count = sizeof term_rows / sizeof *term_rows,
    .text = term_as_text};

/* --- listings ---------------------------------------------------------- */

FIELD(listing_title) { OUTPUT; return view_text(output->title.len ? output->title : listing ? listing->title : S("")); }
FIELD(listing_url) { OUTPUT; return value_str(output->url); }
FIELD(listing_taxonomy) { OUTPUT; return listing ? view_text(listing->taxonomy) : value_null(); }
FIELD(listing_layout) { OUTPUT; return value_str(output->layout); }
FIELD(listing_kind) { OUTPUT; return value_str(S("list")); }

FIELD(listing_language)
{
    OUTPUT;
    return value_str(listing ? listing->locale->language->code : view->site->config->languages[0].code);
}

FIELD(listing_permalink)
{
    OUTPUT;
    str base = view->site->config->base_url;
    return base.len ? value_str(str_concat(arena, base, output->url)) : value_null();
}

FIELD(listing_social_image)
{
    OUTPUT;
    ptrdiff_t language = listing ? listing->locale->language - view->site->config->languages : 0;
    return view->plan ? view_text(view->plan->site_cards[language].url) : value_null();
}

FIELD(listing_feed_url) { OUTPUT; return listing ? view_text(listing->feed_url) : value_null(); }

FIELD(listing_terms)
{
    OUTPUT;
    value list = value_list(arena);
    for (ptrdiff_t t = 0; listing && t < view->site->config->taxonomies.count; t++) {
        const struct taxonomy *taxonomy = &listing->locale->taxonomies[t];
        if (!str_equal(taxonomy->name, listing->taxonomy)) continue;
        for (ptrdiff_t i = 0; i < taxonomy->count; i++) value_push(arena, &list, view_term(view, taxonomy->terms[i]));
    }
    return list;
}

static const struct view_field listing_rows[] = {
    {STR_INIT("title"), listing_title, STR_INIT("title, or nil (home)")},
    {STR_INIT("url"), listing_url, STR_INIT("address of this page of the list")},
    {STR_INIT("permalink"), listing_permalink, STR_INIT("absolute address; nil without base_url")},
    {STR_INIT("taxonomy"), listing_taxonomy, STR_INIT("of a page of all terms, else nil")},
    {STR_INIT("terms"), listing_terms, STR_INIT("all terms of that taxonomy")},
    {STR_INIT("feed_url"), listing_feed_url, STR_INIT("its feed, or nil")},
    {STR_INIT("social_image"), listing_social_image, STR_INIT("address of the site's card, or nil")},
    {STR_INIT("language"), listing_language, STR_INIT("\"ko\"")},
    {STR_INIT("layout"), listing_layout, STR_INIT("\"home\"")},
    {STR_INIT("kind"), listing_kind, STR_INIT("\"list\"")},
};

/* A list stands in for `page`; what only real pages have is nil there. */
static bool listing_other(const struct view *view, const void *thing, str key, struct arena *arena, value *out)
{
    (void)view, (void)thing, (void)key, (void)arena;
    *out = value_null();
    return true;
}

const struct view_fields listing_fields = {
    .class_ = STR_INIT("listing"), .rows = listing_rows, .count = sizeof listing_rows / sizeof *listing_rows,
    .other = listing_other};

/* --- paginators --------------------------------------------------------- */

static int page_total(const struct listing *listing)
{
    if (listing->per_page <= 0 || listing->page_count == 0) return 1;
    return (int)((listing->page_count + listing->per_page - 1) / listing->per_page);
}

static str number_url(const struct listing *listing, int number, struct arena *arena)
{
    if (number == 1) return listing->url;
    struct buf url = buf_in(arena);
    buf_add(&url, listing->url);
    buf_add(&url, S("page/"));
    buf_int(&url, number);
    buf_char(&url, '/');
    return buf_finish(&url);
}

FIELD(paginator_items)
{
    OUTPUT;
    if (listing->per_page <= 0) return view_page_list(view, listing->pages, listing->page_count, arena);
    ptrdiff_t from = (ptrdiff_t)(output->number - 1) * listing->per_page;
    ptrdiff_t count = listing->page_count - from < listing->per_page ? listing->page_count - from : listing->per_page;
    return view_page_list(view, listing->pages + from, count, arena);
}

FIELD(paginator_number) { OUTPUT; return value_int(output->number); }
FIELD(paginator_pages) { OUTPUT; return value_int(page_total(listing)); }
FIELD(paginator_total) { OUTPUT; return value_int(listing->page_count); }
FIELD(paginator_per_page) { OUTPUT; return value_int(listing->per_page); }
FIELD(paginator_first_url) { OUTPUT; return value_str(listing->url); }
FIELD(paginator_last_url) { OUTPUT; return value_str(number_url(listing, page_total(listing), arena)); }

FIELD(paginator_previous_url)
{
    OUTPUT;
    return output->number > 1 ? value_str(number_url(listing, output->number - 1, arena)) : value_null();
}

FIELD(paginator_next_url)
{
    OUTPUT;
    return output->number < page_total(listing) ? value_str(number_url(listing, output->number + 1, arena)) : value_null();
}

static void add_number(value *list, const struct output *output, int number, struct arena *arena)
{
    value item = value_map(arena);
    value_set(arena, &item, S("number"), value_int(number));
    value_set(arena, &item, S("url"), value_str(number_url(output->listing, number, arena)));
    value_set(arena, &item, S("current"), value_bool(number == output->number));
    value_push(arena, list, item);
}

FIELD(paginator_numbers)
{
    OUTPUT;
    value list = value_list(arena);
    for (int number = 1; number <= page_total(listing); number++) add_number(&list, output, number, arena);
    return list;
}

/* A list of a thousand pages has a thousand rows of numbers, which no reader wants and which
 * would be a million turns of a loop. */
FIELD(paginator_near)
{
    OUTPUT;
    enum { NEAR = 2 };
    int last = page_total(listing), first_near = output->number - NEAR, last_near = output->number + NEAR;
    value list = value_list(arena), gap = value_map(arena);
    value_set(arena, &gap, S("gap"), value_bool(true));
    for (int number = 1; number <= last; number++) {
        bool before = number > 1 && number < first_near, behind = number > last_near && number < last;
        if (before || behind) {
            value_push(arena, &list, gap);
            number = (before ? first_near : last) - 1;
        } else {
            add_number(&list, output, number, arena);
        }
    }
    return list;
}

static const struct view_field paginator_rows[] = {
    {STR_INIT("items"), paginator_items, STR_INIT("posts of this page")},
    {STR_INIT("number"), paginator_number, STR_INIT("this page, from 1")},
    {STR_INIT("pages"), paginator_pages, STR_INIT("number of pages")},
    {STR_INIT("total"), paginator_total, STR_INIT("number of posts")},
    {STR_INIT("per_page"), paginator_per_page, STR_INIT("posts on a page")},
    {STR_INIT("previous_url"), paginator_previous_url, STR_INIT("newer posts, or nil")},
    {STR_INIT("next_url"), paginator_next_url, STR_INIT("older posts, or nil")},
    {STR_INIT("first_url"), paginator_first_url, STR_INIT("address of page 1")},
    {STR_INIT("last_url"), paginator_last_url, STR_INIT("address of the last page")},
    {STR_INIT("numbers"), paginator_numbers, STR_INIT("list: number, url, current")},
    {STR_INIT("near"), paginator_near, STR_INIT("the first, the last and those around this page; where some are left out, `gap` is true")},
};
const struct view_fields paginator_fields = {
    .class_ = STR_INIT("paginator"), .rows = paginator_rows, .count = sizeof paginator_rows / sizeof *paginator_rows};
