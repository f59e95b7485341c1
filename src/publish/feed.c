/* feed.c - Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1 of a listing.
 *
 * The newest dated posts, with their full text and absolute addresses.  The
 * feed's own time is that of its newest post, never the clock's. */
#include "publish/publish.h"
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

static void atom_link(xmlTextWriterPtr writer, const char *rel, const char *type, str href, struct arena *arena)
{
    xmlTextWriterStartElement(writer, BAD_CAST "link");
    if (rel) xml_attribute(writer, "rel", str_c(rel), arena);
    xml_attribute(writer, "type", str_c(type), arena);
    xml_attribute(writer, "href", href, arena);
    xmlTextWriterEndElement(writer);
}

static void atom_authors(xmlTextWriterPtr writer, const struct feed *feed, const struct page *page)
{
    for (ptrdiff_t i = 0; i < page->author_count; i++) {
        xmlTextWriterStartElement(writer, BAD_CAST "author");
        xml_element(writer, "name", page->authors[i]->name, feed->arena);
        xmlTextWriterEndElement(writer);
    }
}

static void atom_text(xmlTextWriterPtr writer, const char *name, const char *type, str text, struct arena *arena)
{
    xmlTextWriterStartElement(writer, BAD_CAST name);
    xml_attribute(writer, "type", str_c(type), arena);
    struct buf clean = buf_in(arena);
    buf_xml(&clean, text);
    if (clean.len) xmlTextWriterWriteRawLen(writer, BAD_CAST clean.p, (int)clean.len);
    xmlTextWriterEndElement(writer);
}

static void atom_categories(xmlTextWriterPtr writer, const struct feed *feed, const struct page *page)
{
    const struct str_list *taxonomies = &feed->publish->site->config->taxonomies;
    for (ptrdiff_t t = 0; t < taxonomies->count; t++) {
        if (!str_equal(taxonomies->items[t], S("tags")) && !str_equal(taxonomies->items[t], S("categories"))) continue;
        for (const struct term **term = page->terms[t]; *term; term++) {
            xmlTextWriterStartElement(writer, BAD_CAST "category");
            xml_attribute(writer, "term", (*term)->name, feed->arena);
            xmlTextWriterEndElement(writer);
        }
    }
}

static void atom_entry(xmlTextWriterPtr writer, const struct feed *feed, const struct page *page)
{
    struct arena *arena = feed->arena;
    xmlTextWriterStartElement(writer, BAD_CAST "entry");
    xml_element(writer, "title", page->title, arena);
    atom_link(writer, NULL, "text/html", absolute(feed, page->url), arena);
    xml_element(writer, "id", absolute(feed, page->url), arena);
    xml_element(writer, "published", date_rfc3339(arena, page->date), arena);
    xml_element(writer, "updated", date_rfc3339(arena, changed(page)), arena);
    atom_authors(writer, feed, page);
    atom_categories(writer, feed, page);
    if (summary_of(page).len) xml_element(writer, "summary", summary_of(page), arena);
    atom_text(writer, "content", "html", content_of(feed, page), arena);
    xmlTextWriterEndElement(writer);
}

static bool write_atom(const struct feed *feed, str *out)
{
    struct xml_document document;
    if (!xml_begin(&document)) return false;
    xmlTextWriterPtr writer = document.writer;
    struct arena *arena = feed->arena;
    const struct config *config = feed->publish->site->config;
    xmlTextWriterStartElement(writer, BAD_CAST "feed");
    xml_attribute(writer, "xmlns", S("http://www.w3.org/2005/Atom"), arena);
    xml_attribute(writer, "xml:lang", feed->listing->locale->language->code, arena);
    xml_element(writer, "title", feed->title.len ? feed->title : feed->home, arena);
    if (config->description.len) xml_element(writer, "subtitle", config->description, arena);
    atom_link(writer, "self", "application/atom+xml", feed->self, arena);
    atom_link(writer, "alternate", "text/html", feed->home, arena);
    xml_element(writer, "id", feed->home, arena);
    xml_element(writer, "updated", date_rfc3339(arena, feed->updated), arena);
    xmlTextWriterStartElement(writer, BAD_CAST "author");
    xml_element(writer, "name", config->author.len ? config->author : site_title(feed), arena);
    xmlTextWriterEndElement(writer);
    xml_element(writer, "generator", S("hugi"), arena);
    for (ptrdiff_t i = 0; i < feed->count; i++) atom_entry(writer, feed, feed->posts[i]);
    xmlTextWriterEndElement(writer);
    return xml_end(&document, arena, out);
}

/* --- RSS ------------------------------------------------------------------ */

static void rss_item(xmlTextWriterPtr writer, const struct feed *feed, const struct page *page)
{
    struct arena *arena = feed->arena;
    xmlTextWriterStartElement(writer, BAD_CAST "item");
    xml_element(writer, "title", page->title, arena);
    xml_element(writer, "link", absolute(feed, page->url), arena);
    xml_element(writer, "guid", absolute(feed, page->url), arena);
    xml_element(writer, "pubDate", date_rfc822(arena, page->date), arena);
    for (ptrdiff_t i = 0; i < page->author_count; i++) xml_element(writer, "dc:creator", page->authors[i]->name, arena);
    if (summary_of(page).len) xml_element(writer, "description", summary_of(page), arena);
    xml_element(writer, "content:encoded", content_of(feed, page), arena);
    xmlTextWriterEndElement(writer);
}

static bool write_rss(const struct feed *feed, str *out)
{
    struct xml_document document;
    if (!xml_begin(&document)) return false;
    xmlTextWriterPtr writer = document.writer;
    struct arena *arena = feed->arena;
    str description = feed->publish->site->config->description;
    xmlTextWriterStartElement(writer, BAD_CAST "rss");
    xml_attribute(writer, "version", S("2.0"), arena);
    xml_attribute(writer, "xmlns:atom", S("http://www.w3.org/2005/Atom"), arena);
    xml_attribute(writer, "xmlns:content", S("http://purl.org/rss/1.0/modules/content/"), arena);
    xml_attribute(writer, "xmlns:dc", S("http://purl.org/dc/elements/1.1/"), arena);
    xmlTextWriterStartElement(writer, BAD_CAST "channel");
    xml_element(writer, "title", feed->title.len ? feed->title : feed->home, arena);
    xml_element(writer, "link", feed->home, arena);
    xml_element(writer, "description", description.len ? description : feed->title, arena);
    xml_element(writer, "language", feed->listing->locale->language->code, arena);
    xmlTextWriterStartElement(writer, BAD_CAST "atom:link");
    xml_attribute(writer, "rel", S("self"), arena);
    xml_attribute(writer, "type", S("application/rss+xml"), arena);
    xml_attribute(writer, "href", feed->self, arena);
    xmlTextWriterEndElement(writer);
    if (feed->count) xml_element(writer, "lastBuildDate", date_rfc822(arena, feed->updated), arena);
    for (ptrdiff_t i = 0; i < feed->count; i++) rss_item(writer, feed, feed->posts[i]);
    xmlTextWriterEndElement(writer);
    xmlTextWriterEndElement(writer);
    return xml_end(&document, arena, out);
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

static bool write_json(const struct feed *feed, str *out)
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
    *out = buf_str(&buf);
    return true;
}

bool feed_write(const struct publish *publish, const struct view *view, const struct output *output, struct arena *arena, str *out)
{
    struct feed feed = {.publish = publish, .view = view, .listing = output->listing, .arena = arena};
    prepare(&feed, output);
    switch (output->feed) {
    case FEED_ATOM: return write_atom(&feed, out);
    case FEED_RSS: return write_rss(&feed, out);
    default: return write_json(&feed, out);
    }
}
