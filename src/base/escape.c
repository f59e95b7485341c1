/* escape.c - text into HTML, XML, JSON and URLs, and back out of HTML.
 *
 * The writers copy runs: bytes that need no work go out in one piece.
 * Written in this order: HTML and XML, JSON, URLs, entities, text of HTML. */
#include "base/escape.h"

#include "base/utf8.h"

/* --- HTML and XML ----------------------------------------------------- */

static str html_escape_of(char c)
{
    switch (c) {
    case '&': return S("&amp;");
    case '<': return S("&lt;");
    case '>': return S("&gt;");
    case '"': return S("&quot;");
    case '\'': return S("&#39;");
    default: return (str){0};
    }
}

/* How runs that need no work are found: so many bytes together, without a branch for each, so that
 * the compiler looks at them at once; then byte by byte. */
enum { STRETCH = 16 };

/* & and ' differ in one bit, < and > too: gcc makes a shift of a row of five comparisons. */
#define IS_HTML_SPECIAL(c) ((((c) | 1) == '\'') | (((c) | 2) == '>') | ((c) == '"'))

static bool is_plain_html(const unsigned char *p)
{
    unsigned char special = 0;
    for (int i = 0; i < STRETCH; i++) special |= IS_HTML_SPECIAL(p[i]);
    return !special;
}

ptrdiff_t html_plain_run(str text, ptrdiff_t from)
{
    const unsigned char *p = (const unsigned char *)text.p;
    ptrdiff_t i = from;
    while (text.len - i >= STRETCH && is_plain_html(p + i)) i += STRETCH;
    while (i < text.len && !IS_HTML_SPECIAL(p[i])) i++;
    return i - from;
}

void buf_html(struct buf *buf, str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t run = html_plain_run(text, at);
        buf_add(buf, str_of(text.p + at, run));
        at += run;
        if (at < text.len) buf_add(buf, html_escape_of(text.p[at++]));
    }
}

/* Length of "&name;", "&#12;" or "&#xA0;" at the start of `text`, or 0. */
static ptrdiff_t entity_length(str text)
{
    ptrdiff_t i = 1;
    bool is_number = text.len > 2 && text.p[1] == '#', is_hex = false;
    if (is_number) {
        is_hex = text.p[2] == 'x' || text.p[2] == 'X';
        i = is_hex ? 3 : 2;
    }
    ptrdiff_t first = i;
    for (; i < text.len && i < first + 32; i++) {
        char c = text.p[i];
        bool is_digit = char_is_digit(c), is_hex_letter = char_lower(c) >= 'a' && char_lower(c) <= 'f';
        bool fits = is_number ? is_digit || (is_hex && is_hex_letter)
                              : char_is_alpha(c) || (is_digit && i > first);
        if (!fits) break;
    }
    return i > first && i < text.len && text.p[i] == ';' ? i + 1 : 0;
}

void buf_html_once(struct buf *buf, str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t run = html_plain_run(text, at);
        buf_add(buf, str_of(text.p + at, run));
        at += run;
        if (at >= text.len) break;
        ptrdiff_t entity = text.p[at] == '&' ? entity_length(str_from(text, at)) : 0;
        buf_add(buf, entity ? str_of(text.p + at, entity) : html_escape_of(text.p[at]));
        at += entity ? entity : 1;
    }
}

/* What XML 1.0 has no way to write: controls but tab and newlines, U+FFFE and
 * U+FFFF. */
static bool is_xml_forbidden(uint32_t rune)
{
    bool is_control = rune < 0x20 && rune != '\t' && rune != '\n' && rune != '\r';
    return is_control || rune == 0xFFFE || rune == 0xFFFF;
}

/* Bytes of valid text that are to be looked at more closely; 0xEF starts U+FFFE and U+FFFF.  A
 * formula for many at a time, a table of it for one. */
#define IS_XML_SPECIAL(c) (IS_HTML_SPECIAL(c) | (((c) < 0x20) & ((c) != '\n')) | ((c) == 0xEF))
#define OF_4(c) IS_XML_SPECIAL(c), IS_XML_SPECIAL((c) + 1), IS_XML_SPECIAL((c) + 2), IS_XML_SPECIAL((c) + 3)
#define OF_16(c) OF_4(c), OF_4((c) + 4), OF_4((c) + 8), OF_4((c) + 12)
#define OF_64(c) OF_16(c), OF_16((c) + 16), OF_16((c) + 32), OF_16((c) + 48)
static const bool xml_special[256] = {OF_64(0), OF_64(64), OF_64(128), OF_64(192)};

static bool is_plain_xml(const unsigned char *p)
{
    unsigned char special = 0;
    for (int i = 0; i < STRETCH; i++) special |= IS_XML_SPECIAL(p[i]);
    return !special;
}

static ptrdiff_t plain_xml_run(str text, ptrdiff_t from)
{
    const unsigned char *p = (const unsigned char *)text.p;
    ptrdiff_t i = from, near = text.len - from < STRETCH ? text.len : from + STRETCH;
    while (i < near && !xml_special[p[i]]) i++;     /* between tags runs are short */
    if (i < near) return i - from;
    while (text.len - i >= STRETCH && is_plain_xml(p + i)) i += STRETCH;
    while (i < text.len && !xml_special[p[i]]) i++;
    return i - from;
}

void buf_xml(struct buf *buf, str text)
{
    bool is_valid = utf8_is_ascii(text) || utf8_invalid(text) < 0;
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t start = is_valid ? at + plain_xml_run(text, at) : at;
        buf_add(buf, str_slice(text, at, start));
        at = start;
        if (at == text.len) break;
        str written = html_escape_of(text.p[at]);
        uint32_t rune = utf8_next(text, &at);
        bool is_bad = rune == RUNE_BAD && at - start == 1;
        if (is_bad) buf_rune(buf, RUNE_BAD);
        else if (!is_xml_forbidden(rune)) buf_add(buf, written.len ? written : str_slice(text, start, at));
    }
}

/* --- JSON ------------------------------------------------------------- */

static void json_escape(struct buf *buf, uint32_t rune)
{
    static const char shorts[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *at = rune && rune < 0x80 ? strchr(shorts, (int)rune) : NULL;
    if (at) {
        buf_char(buf, '\\');
        buf_char(buf, letters[at - shorts]);
    } else {
        buf_printf(buf, "\\u%04x", (unsigned)rune);
    }
}

/* Inside <script>, "</script" would end the element and "<!--" could hide its
 * end: the character behind '<' is what makes them, so one of the two is written
 * as an escape. */
void buf_json(struct buf *buf, str text)
{
    ptrdiff_t from = 0;
    buf_char(buf, '"');
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t start = at;
        if (char_is_alpha(text.p[at]) || text.p[at] == ' ') {
            at++;
            continue;
        }
        uint32_t rune = utf8_next(text, &at);
        char next = at < text.len ? text.p[at] : 0;
        bool is_bad = rune == RUNE_BAD && at - start == 1;
        bool is_tag = rune == '<' && (next == '/' || next == '!');
        bool is_escaped = rune < 0x20 || rune == '"' || rune == '\\' || rune == 0x2028 || rune == 0x2029;
        if (!is_bad && !is_tag && !is_escaped) continue;
        buf_add(buf, str_slice(text, from, start));
        from = at;
        if (is_bad)
            buf_rune(buf, RUNE_BAD);
        else if (is_tag && next == '/')
            buf_add(buf, S("<\\"));
        else
            json_escape(buf, rune);
    }
    buf_add(buf, str_from(text, from));
    buf_char(buf, '"');
}

/* --- URLs ------------------------------------------------------------- */

static bool is_unreserved(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static bool is_path_char(char c)
{
    return is_unreserved(c) || (c != 0 && strchr("!$&'()*+,;=:@/", c) != NULL);
}

static int hex_value(char c)
{
    if (char_is_digit(c)) return c - '0';
    c = char_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Is there %XX at `at`? */
static bool is_percent_form(str text, ptrdiff_t at)
{
    return text.p[at] == '%' && text.len - at >= 3 && hex_value(text.p[at + 1]) >= 0 &&
           hex_value(text.p[at + 2]) >= 0;
}

static void add_percent(struct buf *buf, char c)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char byte = (unsigned char)c;
    buf_char(buf, '%');
    buf_char(buf, digits[byte >> 4]);
    buf_char(buf, digits[byte & 15]);
}

void buf_url_path(struct buf *buf, str path, bool keep_percent)
{
    for (ptrdiff_t i = 0; i < path.len; i++)
        if (is_path_char(path.p[i]) || (keep_percent && is_percent_form(path, i)))
            buf_char(buf, path.p[i]);
        else
            add_percent(buf, path.p[i]);
}

void buf_url_part(struct buf *buf, str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (is_unreserved(text.p[i]))
            buf_char(buf, text.p[i]);
        else
            add_percent(buf, text.p[i]);
}

str url_decode(struct arena *arena, str text)
{
    if (str_find_char(text, '%') < 0) return text;
    struct buf out = buf_in(arena);
    buf_reserve(&out, text.len);
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (is_percent_form(text, i)) {
            buf_char(&out, (char)(hex_value(text.p[i + 1]) * 16 + hex_value(text.p[i + 2])));
            i += 2;
        } else {
            buf_char(&out, text.p[i]);
        }
    }
    return buf_str(&out);
}

/* Browsers read '\' as '/', so "/\host" and "\\host" leave the site as well. */
bool url_is_absolute(str url)
{
    url = str_trim_left(url);
    if (url.len >= 2 && (url.p[0] == '/' || url.p[0] == '\\') && (url.p[1] == '/' || url.p[1] == '\\'))
        return true;
    if (url.len == 0 || !char_is_alpha(url.p[0])) return false;
    ptrdiff_t i = 1;
    while (i < url.len && (char_is_alpha(url.p[i]) || char_is_digit(url.p[i]) || url.p[i] == '+' ||
                           url.p[i] == '-' || url.p[i] == '.'))
        i++;
    return i < url.len && url.p[i] == ':';
}

bool url_is_picture(str url) { return str_equal_ascii_case(str_slice(url, 0, 11), S("data:image/")); }

/* --- entities --------------------------------------------------------- */

static const struct entity {
    str name;
    uint32_t rune;
} entity_table[] = {
#include "entity_table.h"
};

/* 0 when the name is unknown. */
static uint32_t named_rune(str name)
{
    size_t low = 0, high = sizeof entity_table / sizeof *entity_table;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(name, entity_table[middle].name);
        if (order == 0) return entity_table[middle].rune;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

/* "#12" or "#xA0".  As browsers do: what is no character is U+FFFD, and 128 to
 * 159 mean what they meant in Windows-1252 (&#146; is an apostrophe). */
static uint32_t numbered_rune(str number)
{
    static const uint16_t windows_1252[] = {
        0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
        0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
    };
    bool is_hex = char_lower(number.p[1]) == 'x';
    uint32_t rune = 0;
    for (ptrdiff_t i = is_hex ? 2 : 1; i < number.len && rune <= 0x10FFFF; i++)
        rune = rune * (is_hex ? 16 : 10) + (uint32_t)hex_value(number.p[i]);
    if (rune >= 0x80 && rune <= 0x9F) return windows_1252[rune - 0x80];
    bool is_surrogate = rune >= 0xD800 && rune <= 0xDFFF;
    return rune == 0 || rune > 0x10FFFF || is_surrogate ? RUNE_BAD : rune;
}

/* The character of the entity at the start of `text`, 0 when there is none;
 * *len gets its length. */
static uint32_t entity_rune(str text, ptrdiff_t *len)
{
    *len = entity_length(text);
    if (*len == 0) return 0;
    str name = str_slice(text, 1, *len - 1);
    return name.p[0] == '#' ? numbered_rune(name) : named_rune(name);
}

str html_decode(struct arena *arena, str text)
{
    if (str_find_char(text, '&') < 0) return text;
    struct buf out = buf_in(arena);
    buf_reserve(&out, text.len);
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t len, run = str_find_char(str_from(text, at), '&');
        if (run < 0) run = text.len - at;
        buf_add(&out, str_of(text.p + at, run));
        at += run;
        if (at >= text.len) break;
        uint32_t rune = entity_rune(str_from(text, at), &len);
        if (rune)
            buf_rune(&out, rune);
        else
            buf_char(&out, '&');
        at += rune ? len : 1;
    }
    return buf_str(&out);
}

/* --- text of HTML ----------------------------------------------------- */

/* Tags that stand inside a word or sentence; every other one parts words. */
static bool is_inline_tag(str name)
{
    static const str names[] = {
        STR_INIT("a"),    STR_INIT("abbr"), STR_INIT("b"),      STR_INIT("bdi"),  STR_INIT("bdo"),
        STR_INIT("cite"), STR_INIT("code"), STR_INIT("data"),   STR_INIT("del"),  STR_INIT("dfn"),
        STR_INIT("em"),   STR_INIT("font"), STR_INIT("i"),      STR_INIT("ins"),  STR_INIT("kbd"),
        STR_INIT("mark"), STR_INIT("q"),    STR_INIT("ruby"),   STR_INIT("s"),    STR_INIT("samp"),
        STR_INIT("small"), STR_INIT("span"), STR_INIT("strong"), STR_INIT("sub"), STR_INIT("sup"),
        STR_INIT("time"), STR_INIT("tt"),   STR_INIT("u"),      STR_INIT("var"),  STR_INIT("wbr"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_ascii_case(name, names[i])) return true;
    return false;
}

static str tag_name(str html, ptrdiff_t at)
{
    ptrdiff_t i = at;
    while (i < html.len && (char_is_alpha(html.p[i]) || char_is_digit(html.p[i]))) i++;
    return str_slice(html, at, i);
}

/* Behind the '>' of the tag whose '<' is at `at`; quoted values may hold '>'.
 * A tag that does not end reaches to the end of the text. */
static ptrdiff_t tag_end(str html, ptrdiff_t at)
{
    if (str_starts(str_from(html, at), S("<!--"))) {
        ptrdiff_t end = str_find(str_from(html, at + 4), S("-->"));
        return end < 0 ? html.len : at + 4 + end + 3;
    }
    char quote = 0;
    for (ptrdiff_t i = at + 1; i < html.len; i++) {
        char c = html.p[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return html.len;
}

/* Behind "</name" that ends a <script> or <style> whose content starts at `at`. */
static ptrdiff_t raw_end(str html, ptrdiff_t at, str name)
{
    for (;;) {
        ptrdiff_t open = str_find(str_from(html, at), S("</"));
        if (open < 0) return html.len;
        at += open + 2;
        if (str_equal_ascii_case(tag_name(html, at), name)) return tag_end(html, at - 2);
    }
}

static bool is_tag_start(str html, ptrdiff_t at)
{
    char next = at + 1 < html.len ? html.p[at + 1] : ' ';
    return html.p[at] == '<' && (char_is_alpha(next) || next == '/' || next == '!' || next == '?');
}

/* Skips the tag at *at; true when it parts words. */
static bool skip_tag(str html, ptrdiff_t *at)
{
    bool is_close = html.p[*at + 1] == '/';
    str name = tag_name(html, *at + (is_close ? 2 : 1));
    bool is_raw = !is_close && (str_equal_ascii_case(name,
                                                     S("script")) || str_equal_ascii_case(name,
                                                                                          S("style")));
    bool is_comment = name.len == 0;
    *at = tag_end(html, *at);
    if (is_raw) *at = raw_end(html, *at, name);
    return !is_comment && !is_inline_tag(name);
}

str html_text(struct arena *arena, str html)
{
    struct buf out = buf_in(arena);
    buf_reserve(&out, html.len);
    bool gap = false;
    for (ptrdiff_t at = 0; at < html.len;) {
        if (is_tag_start(html, at)) {
            gap |= skip_tag(html, &at);
            continue;
        }
        ptrdiff_t len = 0;
        uint32_t rune = html.p[at] == '&' ? entity_rune(str_from(html, at), &len) : 0;
        if (rune)
            at += len;
        else
            rune = utf8_next(html, &at);
        if (rune_is_space(rune)) {
            gap = true;
            continue;
        }
        if (gap && out.len > 0) buf_char(&out, ' ');
        gap = false;
        buf_rune(&out, rune);
    }
    return buf_str(&out);
}
