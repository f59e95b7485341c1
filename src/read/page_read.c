/* page_read.c - one source file: bytes, front matter, and what follows from
 * its name and first lines when the front matter is silent. */
#include "base/path.h"
#include "base/text_repair.h"
#include "base/utf8.h"
#include "read/front_matter.h"
#include "read/read.h"
#include "read/text_head.h"

static bool read_front_matter(struct page *page, const struct config *config, str text)
{
    str yaml = {0};
    uint32_t yaml_offset = 0;
    if (!front_matter_split(text, &yaml, &yaml_offset, &page->body, &page->body_offset, page->file, &page->diags))
        return false;
    page->meta = value_map(page->arena);
    return front_matter_read(page, config, yaml, yaml_offset, &page->diags);
}

static void set_when_absent(struct page *page, str key, str text)
{
    if (text.len == 0 || value_pair(&page->meta, key)) return;
    value item = value_str(text);
    item.at = (span){page->file, (uint32_t)(text.p - page->site->sources->items[page->file - 1].text.p),
                     (uint32_t)text.len};
    value_set_at(page->arena, &page->meta, key, item.at, item);
}

/* A text file's first line is its title, a name under it its author. */
static void read_text_head(struct page *page)
{
    str title = {0}, byline = {0};
    if (value_pair(&page->meta, S("title"))) return;
    ptrdiff_t skip = text_head(page->body, &title, &byline);
    set_when_absent(page, S("title"), title);
    set_when_absent(page, S("authors"), byline);
    page->body = str_from(page->body, skip);
    page->body_offset += (uint32_t)skip;
}

bool page_read(struct page *page, const struct config *config, struct sources *sources)
{
    str bytes, text;
    str full = path_join(page->arena, page->site->root, page->disk);
    page->failed = !file_read(page->arena, full, &bytes, &page->diags) ||
                   !text_repair(page->arena, bytes, page->file, sources, &page->diags, &text) ||
                   !read_front_matter(page, config, text);
    if (!page->failed && page->format == FORMAT_TEXT) read_text_head(page);
    return !page->failed;
}

/* "# Title" as the first thing of a Markdown body is the title and not repeated. */
static void title_from_heading(struct page *page)
{
    if (page->format != FORMAT_MARKDOWN) return;
    str rest = page->body, line;
    do {
        if (!str_line(&rest, &line)) return;
    } while (str_trim(line).len == 0);
    if (!str_starts(line, S("# "))) return;
    str title = str_trim(str_trim_char(str_trim(str_from(line, 2)), '#'));
    ptrdiff_t attributes = str_find(title, S(" {"));
    if (attributes > 0 && str_ends(title, S("}"))) title = str_trim(str_slice(title, 0, attributes));
    if (title.len == 0) return;
    page->title = text_plain(page->arena, title);
    ptrdiff_t skip = rest.p - page->body.p;
    page->body = rest;
    page->body_offset += (uint32_t)skip;
}

static void read_terms(struct page *page, const struct config *config)
{
    page->term_names = ARENA_NEWS(page->arena, struct str_list, config->taxonomies.count);
    for (ptrdiff_t i = 0; i < config->taxonomies.count; i++)
        page->term_names[i] = front_matter_terms(page, config->taxonomies.items[i], page->arena);
}

/* A page in events/ is an event itself; a post names one or describes it. */
static bool read_event(struct page *page, const struct config *config)
{
    value given = value_get(page->meta, S("event"), page->arena);
    bool is_event = str_starts(page->below, S("events/"));
    if (is_event) given = page->meta;
    if (given.kind == VALUE_STR || given.kind == VALUE_INT) {
        page->event_name = str_trim(value_print(given, page->arena));
    } else if (given.kind == VALUE_MAP) {
        page->event_given = ARENA_NEW(page->arena, struct event);
        return front_matter_event(page, given, config, page->event_given, &page->diags);
    } else if (given.kind != VALUE_NULL) {
        diag_report(&page->diags, DIAG_FIELD, given.at, "'event' is %s (want an event's id or name, or a map)", value_kind_name(given));
        return false;
    }
    return true;
}

static bool read_sessions(struct page *page, const struct config *config)
{
    if (page->event_given && str_starts(page->below, S("events/"))) return true;
    value given = value_get(page->meta, S("sessions"), page->arena);
    const struct zone *zone = page->event_given ? page->event_given->zone : config->zone;
    return given.kind == VALUE_NULL ||
           front_matter_sessions(page, given, zone, &page->sessions, &page->session_count, &page->diags);
}

/* Event and author pages are called what they are about. */
static str own_name(const struct page *page)
{
    if (page->event_given && str_starts(page->below, S("events/"))) return page->event_given->label;
    if (str_starts(page->below, S("authors/"))) return value_text(value_get(page->meta, S("name"), page->arena));
    return (str){0};
}

bool page_type(struct page *page, const struct config *config)
{
    struct page_name name = {0};
    front_matter_name(page->below, config, page->arena, &name);
    page->name = name.name;
    if (!front_matter_apply(page, config, &page->diags)) page->failed = true;
    if (!read_event(page, config)) page->failed = true;
    if (!read_sessions(page, config)) page->failed = true;
    read_terms(page, config);
    if (!page->has_date && name.has_date) {
        page->has_date = true;
        page->date = name.date;
    }
    if (page->language.len == 0) page->language = name.language.len ? name.language : config->language_count ? config->languages[0].code : S("ko");
    if (page->title.len == 0) page->title = own_name(page);
    page->title_is_given = page->title.len > 0;
    if (!page->title_is_given) title_from_heading(page);
    if (page->title.len == 0) page->title = page->name;
    page->title = utf8_nfc(page->arena, page->title);
    return !page->failed;
}
