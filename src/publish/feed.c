/* feed.c - Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 of a listing.
 *
 * The newest dated posts, with their full text and absolute addresses.  The
 * feed's own time is that of its newest post, never the clock's. */
#include "publish/publish.h"
#include "feed_entries.h"
#include "xml_text.h"

#include "base/escape.h"
#include "base/json.h"
#include "base/path.h"

struct feed {
    const struct publish *publish;
    const struct view *view;
    const struct listing *listing;
    struct arena *arena;
    const struct page **posts;
    ptrdiff_t count;
    str title, self, home;          /* addresses are absolute */
    instant updated;
};

static str absolute(const struct feed *feed, str url)
{
    return str_concat(feed->arena, feed->publish->site->config->base_url, url);
}

static instant changed(const struct page *page)
{
    bool newer = page->has_updated && page->updated.seconds > page->date.seconds;
    return newer ? page->updated : page->date;
}

static str site_title(const struct feed *feed)
{
    str own = feed->listing->locale->language->title;
    return own.len ? own : feed->publish->site->config->title;
}

static void prepare(struct feed *feed, const struct output *output)
{
    const struct listing *listing = feed->listing;
    ptrdiff_t most = feed->publish->site->config->feeds.items;
    feed->posts = ARENA_NEWS(feed->arena, const struct page *, most);
    for (ptrdiff_t i = 0; i < listing->page_count && feed->count < most; i++) {
        const struct page *page = listing->pages[i];
        if (!page->has_date) continue;
        feed->posts[feed->count++] = page;
        instant at = changed(page);
        if (at.seconds > feed->updated.seconds || feed->count == 1) feed->updated = at;
    }
    feed->title = site_title(feed);
    if (listing->term)
        feed->title = str_format(feed->arena, "%" STR_F " · %" STR_F, STR_A(listing->title), STR_A(feed->title));
    feed->self = absolute(feed, output->url);
    feed->home = absolute(feed, listing->url);
}

static str content_of(const struct feed *feed, const struct page *page)
{
    str html = view_content(feed->view, page, feed->arena);
    return urls_rebase(html, feed->publish->site->config->base_url, feed->arena);
}

static str summary_of(const struct page *page)
{
    if (page->summary.len) return page->summary;
    return page->description.len ? page->description : page->content.summary;
}

/* --- Atom ---------------------------------------------------------------- */

static void atom_link(struct xml *xml, const char *rel, const char *type, str href)
{
    xml_open(xml, "link");
    if (rel) xml_attribute(xml, "rel", str_c(rel));
    xml_attribute(xml, "type", str_c(type));
    xml_attribute(xml, "href", href);
    xml_close(xml);
}

static void atom_author(struct xml *xml, str name)
{
    xml_open(xml, "author");
    xml_element(xml, "name", name);
    xml_close(xml);
}

static void atom_categories(struct xml *xml, const struct feed *feed, const struct page *page)
{
    const struct str_list *taxonomies = &feed->publish->site->config->taxonomies;
    for (ptrdiff_t t = 0; t < taxonomies->count; t++) {
        if (!str_equal(taxonomies->items[t], S("tags")) && !str_equal(taxonomies->items[t], S("categories"))) continue;
        for (const struct term **term = page->terms[t]; *term; term++) {
            xml_open(xml, "category");
            xml_attribute(xml, "term", (*term)->name);
            xml_close(xml);
        }
    }
}

static void atom_entry(struct xml *xml, const struct feed *feed, const struct page *page)
{
    struct arena *arena = feed->arena;
    xml_open(xml, "entry");
    xml_element(xml, "title", page->title);
    atom_link(xml, NULL, "text/html", absolute(feed, page->url));
    xml_element(xml, "id", absolute(feed, page->url));
    xml_element(xml, "published", date_rfc3339(arena, page->date));
    xml_element(xml, "updated", date_rfc3339(arena, changed(page)));
    for (ptrdiff_t i = 0; i < page->author_count; i++) atom_author(xml, page->authors[i]->name);
    atom_categories(xml, feed, page);
    if (summary_of(page).len) xml_element(xml, "summary", summary_of(page));
    xml_open(xml, "content");
    xml_attribute(xml, "type", S("html"));
    xml_html(xml, content_of(feed, page));
    xml_close(xml);
    xml_close(xml);
}

/* The same in every feed the post is in: in the site's and in those of its tags. */
static str entry_of(const struct xml *xml, const struct feed *feed, const struct page *page)
{
    struct feed_entries *entries = feed->publish->entries;
    str entry;
    if (entries_find(entries, page, &entry)) return entry;
    struct xml part = xml_part(feed->arena, xml);
    atom_entry(&part, feed, page);
    entry = xml_bytes(&part);
    entries_keep(entries, page, entry);
    return entry;
}

static void add_entries(struct xml *xml, const struct feed *feed)
{
    str *entries = ARENA_NEWS(feed->arena, str, feed->count);
    ptrdiff_t bytes = 64;
    for (ptrdiff_t i = 0; i < feed->count; i++) {
        entries[i] = entry_of(xml, feed, feed->posts[i]);
        bytes += entries[i].len;
    }
    buf_reserve(&xml->out, bytes);
    for (ptrdiff_t i = 0; i < feed->count; i++) xml_raw(xml, entries[i]);
}

static str write_atom(const struct feed *feed)
{
    struct arena *arena = feed->arena;
    struct xml xml = xml_begin(arena);
    const struct config *config = feed->publish->site->config;
    xml_open(&xml, "feed");
    xml_attribute(&xml, "xmlns", S("http://www.w3.org/2005/Atom"));
    xml_attribute(&xml, "xml:lang", feed->listing->locale->language->code);
    xml_element(&xml, "title", feed->title.len ? feed->title : feed->home);
    if (config->description.len) xml_element(&xml, "subtitle", config->description);
    atom_link(&xml, "self", "application/atom+xml", feed->self);
    atom_link(&xml, "alternate", "text/html", feed->home);
    xml_element(&xml, "id", feed->home);
    xml_element(&xml, "updated", date_rfc3339(arena, feed->updated));
    atom_author(&xml, config->author.len ? config->author : site_title(feed));
    xml_element(&xml, "generator", S("hugi"));
    add_entries(&xml, feed);
    xml_close(&xml);
    return xml_bytes(&xml);
}

/* --- RSS ------------------------------------------------------------------ */

static void rss_item(struct xml *xml, const struct feed *feed, const struct page *page)
{
    struct arena *arena = feed->arena;
    xml_open(xml, "item");
    xml_element(xml, "title", page->title);
    xml_element(xml, "link", absolute(feed, page->url));
    xml_element(xml, "guid", absolute(feed, page->url));
    xml_element(xml, "pubDate", date_rfc822(arena, page->date));
    for (ptrdiff_t i = 0; i < page->author_count; i++) xml_element(xml, "dc:creator", page->authors[i]->name);
    if (summary_of(page).len) xml_element(xml, "description", summary_of(page));
    xml_element(xml, "content:encoded", content_of(feed, page));
    xml_close(xml);
}

static str write_rss(const struct feed *feed)
{
    struct arena *arena = feed->arena;
    struct xml xml = xml_begin(arena);
    str description = feed->publish->site->config->description;
    xml_open(&xml, "rss");
    xml_attribute(&xml, "version", S("2.0"));
    xml_attribute(&xml, "xmlns:atom", S("http://www.w3.org/2005/Atom"));
    xml_attribute(&xml, "xmlns:content", S("http://purl.org/rss/1.0/modules/content/"));
    xml_attribute(&xml, "xmlns:dc", S("http://purl.org/dc/elements/1.1/"));
    xml_open(&xml, "channel");
    xml_element(&xml, "title", feed->title.len ? feed->title : feed->home);
    xml_element(&xml, "link", feed->home);
    xml_element(&xml, "description", description.len ? description : feed->title);
    xml_element(&xml, "language", feed->listing->locale->language->code);
    xml_open(&xml, "atom:link");
    xml_attribute(&xml, "rel", S("self"));
    xml_attribute(&xml, "type", S("application/rss+xml"));
    xml_attribute(&xml, "href", feed->self);
    xml_close(&xml);
    if (feed->count) xml_element(&xml, "lastBuildDate", date_rfc822(arena, feed->updated));
    for (ptrdiff_t i = 0; i < feed->count; i++) rss_item(&xml, feed, feed->posts[i]);
    xml_close(&xml);
    xml_close(&xml);
    return xml_bytes(&xml);
}

/* --- JSON Feed -------------------------------------------------------------- */

static void set_text(struct arena *arena, value *map, str key, str text)
{
    if (text.len) value_set(arena, map, key, value_str(text));
}

static value json_item(const struct feed *feed, const struct page *page)
{
    struct arena *arena = feed->arena;
    value item = value_map(arena), authors = value_list(arena);
    set_text(arena, &item, S("id"), absolute(feed, page->url));
    set_text(arena, &item, S("url"), absolute(feed, page->url));
    set_text(arena, &item, S("title"), page->title);
    set_text(arena, &item, S("summary"), summary_of(page));
    value_set(arena, &item, S("content_html"), value_str(content_of(feed, page)));
    set_text(arena, &item, S("date_published"), date_rfc3339(arena, page->date));
    set_text(arena, &item, S("date_modified"), date_rfc3339(arena, changed(page)));
    for (ptrdiff_t i = 0; i < page->author_count; i++) {
        value author = value_map(arena);
        set_text(arena, &author, S("name"), page->authors[i]->name);
        value_push(arena, &authors, author);
    }
    if (page->author_count) value_set(arena, &item, S("authors"), authors);
    return item;
}

static str write_json(const struct feed *feed)
{
    struct arena *arena = feed->arena;
    value root = value_map(arena), items = value_list(arena);
    set_text(arena, &root, S("version"), S("https://jsonfeed.org/version/1.1"));
    set_text(arena, &root, S("title"), feed->title.len ? feed->title : feed->home);
    set_text(arena, &root, S("home_page_url"), feed->home);
    set_text(arena, &root, S("feed_url"), feed->self);
    set_text(arena, &root, S("description"), feed->publish->site->config->description);
    set_text(arena, &root, S("language"), feed->listing->locale->language->code);
    for (ptrdiff_t i = 0; i < feed->count; i++) value_push(arena, &items, json_item(feed, feed->posts[i]));
    value_set(arena, &root, S("items"), items);
    struct buf buf = buf_in(arena);
    buf_json_value(&buf, root, 2, arena);
    buf_char(&buf, '\n');
    return buf_finish(&buf);
}

str feed_write(const struct publish *publish, const struct view *view, const struct output *output, struct arena *arena)
{
    struct feed feed = {.publish = publish, .view = view, .listing = output->listing, .arena = arena};
    prepare(&feed, output);
    switch (output->feed) {
    case FEED_ATOM: return write_atom(&feed);
    case FEED_RSS: return write_rss(&feed);
    default: return write_json(&feed);
    }
}
