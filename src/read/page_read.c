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

static bool load(struct page *page, str *bytes)
{
    return file_read(page->arena, path_join(page->arena, page->site->root, page->disk), bytes, &page->diags);
}

bool page_load(struct page *page, str *bytes)
{
    page->failed = !load(page, bytes);
    return !page->failed;
}

bool page_load_body(struct page *page, struct sources *sources)
{
    str bytes, text;
    if (!load(page, &bytes) || !text_repair(page->arena, bytes, page->file, sources, &page->diags, &text)) return false;
    page->body = str_from(text, page->body_offset < text.len ? page->body_offset : text.len);
    return true;
}

bool page_read(struct page *page, const struct config *config, struct sources *sources, str bytes)
{
    str text;
    page->failed = !text_repair(page->arena, bytes, page->file, sources, &page->diags, &text) ||
                   !read_front_matter(page, config, text);
    if (!page->failed && page->format == FORMAT_TEXT) read_text_head(page);
    return !page->failed;
}

/* --- the title in the body ---------------------------------------------------- */

/* The line without up to three blanks before it; more make it code ("" then). */
static str unindented(str line)
{
    ptrdiff_t blanks = 0;
    while (blanks < line.len && line.p[blanks] == ' ') blanks++;
    return blanks > 3 || str_starts(str_from(line, blanks), S("\t")) ? (str){0} : str_from(line, blanks);
}

/* "# Title", "# Title #"; the title, or "". */
static str atx_title(str line)
{
    line = str_trim_right(unindented(line));
    if (!str_starts(line, S("# ")) && !str_starts(line, S("#\t"))) return (str){0};
    ptrdiff_t end = line.len;
    while (line.p[end - 1] == '#') end--;
    if (char_is_space(line.p[end - 1])) line = str_slice(line, 0, end);
    return str_trim(str_from(line, 1));
}

/* Whether a line begins something else than text: a quote, item, fence, rule, tag, definition. */
static bool begins_block(str line)
{
    ptrdiff_t digits = 0;
    while (digits < line.len && char_is_digit(line.p[digits])) digits++;
    str behind = str_from(line, digits > 0 ? digits : 1);
    bool mark = digits > 0 ? str_starts(behind, S(".")) || str_starts(behind, S(")"))
                           : line.len > 0 && strchr("-+*", line.p[0]);
    if (digits > 0 && mark) behind = str_from(behind, 1);
    if (mark && (behind.len == 0 || char_is_space(behind.p[0]))) return true;
    return line.len == 0 || strchr("><{=", line.p[0]) || str_starts(line, S("```")) || str_starts(line, S("~~~")) ||
           str_starts(line, S("***")) || str_starts(line, S("---")) || str_starts(line, S("___")) ||
           str_starts(line, S("##")) || (line.p[0] == '[' && str_contains(line, S("]:")));
}

/* A line of text with "=====" under it. */
static str setext_title(str line, str under)
{
    line = str_trim_right(unindented(line));
    under = str_trim_right(unindented(under));
    bool is_rule = under.len > 0 && str_trim_char(under, '=').len == 0;
    return is_rule && !begins_block(line) ? line : (str){0};
}

/* Behind `start` at the front of the line, as a whole word; -1: something else stands there.
 * "{%raw" stands for "{%- raw" too. */
static ptrdiff_t behind_start(str line, str start)
{
    ptrdiff_t i = 0, k = 0;
    for (; k < start.len && i < line.len; i++) {
        if (line.p[i] == start.p[k]) k++;
        else if (k != 2 || start.p[1] != '%' || (line.p[i] != ' ' && line.p[i] != '-')) return -1;
    }
    bool cut = i < line.len && char_is_alpha(start.p[start.len - 1]) && char_is_alpha(line.p[i]);
    return k == start.len && !cut ? i : -1;
}

/* What ends the lines in which "# x" is no heading, when `line` begins such: a fence (its
 * characters), raw HTML, a Liquid block.  "" when it does not. */
static str end_of_verbatim(str line)
{
    static const struct { str start, end; } rows[] = {
        {STR_INIT("<!--"), STR_INIT("-->")},           {STR_INIT("<pre"), STR_INIT("</pre>")},
        {STR_INIT("<script"), STR_INIT("</script>")},  {STR_INIT("<style"), STR_INIT("</style>")},
        {STR_INIT("<textarea"), STR_INIT("</textarea>")},
        {STR_INIT("{%highlight"), STR_INIT("endhighlight")}, {STR_INIT("{%raw"), STR_INIT("endraw")},
        {STR_INIT("{%comment"), STR_INIT("endcomment")},
        {STR_INIT("{::comment}"), STR_INIT("{:/")},    {STR_INIT("{::nomarkdown}"), STR_INIT("{:/")},
    };
    while (line.len > 0 && (strchr("-+*> \t.)", line.p[0]) || char_is_digit(line.p[0]))) line = str_from(line, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ptrdiff_t behind = behind_start(line, rows[i].start);
        if (behind > 0) return str_contains(str_from(line, behind), rows[i].end) ? (str){0} : rows[i].end;
    }
    ptrdiff_t ticks = 0;
    while (ticks < line.len && line.p[ticks] == line.p[0] && strchr("`~", line.p[0])) ticks++;
    bool fence = ticks >= 3 && (line.p[0] == '~' || str_find_char(str_from(line, ticks), '`') < 0);
    return fence ? str_slice(line, 0, ticks) : (str){0};
}

static bool ends_verbatim(str line, str end)
{
    if (end.p[0] != '`' && end.p[0] != '~') return str_contains(line, end);
    while (line.len > 0 && (line.p[0] == '>' || char_is_space(line.p[0]))) line = str_from(line, 1);
    return str_starts(line, end) && str_trim_char(str_trim(line), end.p[0]).len == 0;
}

/* The first "# Title" that is a heading, wherever it stands. */
static str later_title(str body)
{
    str end = {0};
    for (str rest = body, line; str_line(&rest, &line);) {
        str title = end.len == 0 ? atx_title(line) : (str){0};
        if (title.len > 0) return title;
        if (end.len == 0) end = end_of_verbatim(line);
        else if (ends_verbatim(line, end)) end = (str){0};
    }
    return (str){0};
}

/* The first heading of a Markdown body, "# Title" or a line with "=====" under it.  As the
 * first thing of the body it is not repeated there; a later "# Title" stays in its place. */
static void title_from_heading(struct page *page)
{
    if (page->format != FORMAT_MARKDOWN) return;
    str rest = page->body, line, under;
    do {
        if (!str_line(&rest, &line)) return;
    } while (str_trim(line).len == 0);
    str title = atx_title(line), behind = rest;
    if (title.len == 0 && str_line(&behind, &under)) title = setext_title(line, under);
    if (title.len > 0 && atx_title(line).len == 0) rest = behind;
    bool first = title.len > 0;
    if (!first) title = later_title(page->body);
    ptrdiff_t attributes = str_find(title, S(" {"));
    if (attributes > 0 && str_ends(title, S("}"))) title = str_trim(str_slice(title, 0, attributes));
    if (title.len == 0) return;
    page->title = text_plain(page->arena, title);
    if (!first) return;
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
    if (page->translation.len == 0) page->translation = name.twin_key;
    if (page->language.len == 0) page->language = name.language.len ? name.language : config->language_count ? config->languages[0].code : S("ko");
    if (page->title.len == 0) page->title = own_name(page);
    if (page->title.len == 0) page->title = page->body_title;
    if (page->title.len == 0) title_from_heading(page);
    if (page->title.len == 0) page->title = page->name;
    page->title = utf8_nfc(page->arena, page->title);
    return !page->failed;
}
