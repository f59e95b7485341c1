/* inline_scan.c - pure scanners for what stands between < >, ( ) and [ ], by
 * the grammar of CommonMark 0.31.2.  Every one is linear in what it reads and
 * stops at the first character that cannot belong to it. */
#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm.h>
#include <cmark-gfm/houdini.h>

#include "inlines.h"

static char char_at(str text, ptrdiff_t at) { return at >= 0 && at < text.len ? text.p[at] : '\0'; }

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
static bool is_alnum(char c) { return char_is_alpha(c) || char_is_digit(c); }
static bool is_punctuation(char c)
{
    return c > ' ' && c < 0x7F && !is_alnum(c);
}

ptrdiff_t scan_blanks(str text, ptrdiff_t at)
{
    ptrdiff_t i = at;
    bool line = false;
    for (; i < text.len && is_blank(text.p[i]); i++) {
        if (text.p[i] != '\n') continue;
        if (line) break;
        line = true;
    }
    return i - at;
}

/* --- <addresses> ------------------------------------------------------ */

ptrdiff_t scan_uri_link(str text, ptrdiff_t at)
{
    ptrdiff_t i = at + 1;
    if (!char_is_alpha(char_at(text, i))) return 0;
    for (; is_alnum(char_at(text, i)) || char_at(text, i) == '+' || char_at(text, i) == '.' ||
           char_at(text, i) == '-'; i++) {}
    if (char_at(text, i) != ':' || i - at - 1 < 2 || i - at - 1 > 32) return 0;
    for (i++; i < text.len; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '>') return i + 1 - at;
        if (c <= ' ' || c == '<' || c == 0x7F) return 0;
    }
    return 0;
}

/* One label of a host name behind '@': up to 63 letters, digits and inner '-'. */
static ptrdiff_t scan_host_label(str text, ptrdiff_t at)
{
    ptrdiff_t i = at;
    while (is_alnum(char_at(text, i)) || char_at(text, i) == '-') i++;
    bool fits = i > at && i - at <= 63 && text.p[at] != '-' && text.p[i - 1] != '-';
    return fits ? i - at : 0;
}

ptrdiff_t scan_mail_link(str text, ptrdiff_t at)
{
    ptrdiff_t i = at + 1;
    for (; i < text.len; i++)
        if (!is_alnum(text.p[i]) && (text.p[i] == '\0' || !strchr(".!#$%&'*+/=?^_`{|}~-", text.p[i]))) break;
    if (i == at + 1 || char_at(text, i) != '@') return 0;
    do {
        ptrdiff_t label = scan_host_label(text, i + 1);
        if (label == 0) return 0;
        i += 1 + label;
    } while (char_at(text, i) == '.');
    return char_at(text, i) == '>' ? i + 1 - at : 0;
}

/* --- tags ------------------------------------------------------------- */

static ptrdiff_t scan_attribute_value(str text, ptrdiff_t i)
{
    char quote = char_at(text, i);
    if (quote == '"' || quote == '\'') {
        const char *end = i + 1 < text.len ? memchr(text.p + i + 1, quote, (size_t)(text.len - i - 1)) : NULL;
        return end ? end - text.p + 1 : -1;
    }
    ptrdiff_t start = i;
    for (; i < text.len && !is_blank(text.p[i]) && text.p[i] != '\0' && !strchr("\"'=<>`", text.p[i]); i++) {}
    return i > start ? i : -1;
}

static bool is_attribute_start(char c) { return char_is_alpha(c) || c == '_' || c == ':'; }
static bool is_attribute_part(char c)
{
    return is_attribute_start(c) || char_is_digit(c) || c == '.' || c == '-';
}

static ptrdiff_t skip_blanks(str text, ptrdiff_t i)
{
    while (i < text.len && (is_blank(text.p[i]) || text.p[i] == '\f' || text.p[i] == '\v')) i++;
    return i;
}

static ptrdiff_t scan_open_tag(str text, ptrdiff_t at)
{
    ptrdiff_t i = at + 1;
    while (is_alnum(char_at(text, i)) || char_at(text, i) == '-') i++;
    for (;;) {
        ptrdiff_t name = skip_blanks(text, i);
        if (name == i || !is_attribute_start(char_at(text, name))) {
            i = name;
            break;
        }
        for (i = name; is_attribute_part(char_at(text, i)); i++) {}
        ptrdiff_t equals = skip_blanks(text, i);
        if (char_at(text, equals) != '=') continue;
        i = scan_attribute_value(text, skip_blanks(text, equals + 1));
        if (i < 0) return 0;
    }
    if (char_at(text, i) == '/') i++;
    return char_at(text, i) == '>' ? i + 1 - at : 0;
}

ptrdiff_t scan_html_tag(str text, ptrdiff_t at)
{
    if (char_is_alpha(char_at(text, at + 1))) return scan_open_tag(text, at);
    if (char_at(text, at + 1) != '/' || !char_is_alpha(char_at(text, at + 2))) return 0;
    ptrdiff_t i = at + 2;
    while (is_alnum(char_at(text, i)) || char_at(text, i) == '-') i++;
    i = skip_blanks(text, i);
    return char_at(text, i) == '>' ? i + 1 - at : 0;
}

/* --- links ------------------------------------------------------------ */

static ptrdiff_t scan_angle_destination(str text, ptrdiff_t at, str *inner)
{
    for (ptrdiff_t i = at + 1; i < text.len; i++) {
        char c = text.p[i];
        if (c == '>') {
            *inner = str_slice(text, at + 1, i);
            return i + 1 - at;
        }
        if (c == '\n' || c == '<') return -1;
        if (c == '\\' && is_punctuation(char_at(text, i + 1))) i++;
    }
    return -1;
}

ptrdiff_t scan_destination(str text, ptrdiff_t at, str *inner)
{
    enum { MAX_PARENS = 32 };
    if (char_at(text, at) == '<') return scan_angle_destination(text, at, inner);
    int depth = 0;
    ptrdiff_t i = at;
    for (; i < text.len; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '\\' && is_punctuation(char_at(text, i + 1))) {
            i++;
        } else if (c == '(') {
            if (++depth > MAX_PARENS) return -1;
        } else if (c == ')') {
            if (depth == 0) break;
            depth--;
        } else if (c <= ' ' || c == 0x7F) {
            break;
        }
    }
    if (depth != 0) return -1;
    *inner = str_slice(text, at, i);
    return i - at;
}

ptrdiff_t scan_title(str text, ptrdiff_t at, str *inner)
{
    char open = char_at(text, at);
    char close = open == '(' ? ')' : open;
    if (open != '"' && open != '\'' && open != '(') return 0;
    for (ptrdiff_t i = at + 1; i < text.len; i++) {
        char c = text.p[i];
        if (c == close) {
            *inner = str_slice(text, at + 1, i);
            return i + 1 - at;
        }
        if (c == '(' && open == '(') return 0;
        if (c == '\\' && is_punctuation(char_at(text, i + 1))) i++;
    }
    return 0;
}

ptrdiff_t scan_label(str text, ptrdiff_t at, str *inner)
{
    enum { MAX_LABEL = 1000 };
    if (char_at(text, at) != '[') return 0;
    for (ptrdiff_t i = at + 1; i < text.len && i - at <= MAX_LABEL; i++) {
        char c = text.p[i];
        if (c == ']') {
            *inner = str_trim(str_slice(text, at + 1, i));
            return i + 1 - at;
        }
        if (c == '[') return 0;
        if (c == '\\' && is_punctuation(char_at(text, i + 1))) i++;
    }
    return 0;
}

/* --- entities --------------------------------------------------------- */

/* &#35; &#x22; : at most 7 decimal or 6 hexadecimal digits. */
static ptrdiff_t scan_number_entity(struct arena *arena, str text, ptrdiff_t at, str *out)
{
    bool hex = char_lower(char_at(text, at + 2)) == 'x';
    ptrdiff_t start = at + (hex ? 3 : 2), i = start;
    uint32_t rune = 0;
    for (; i < text.len && i - start < (hex ? 6 : 7); i++) {
        char c = char_lower(text.p[i]);
        if (char_is_digit(c)) rune = rune * (hex ? 16 : 10) + (uint32_t)(c - '0');
        else if (hex && c >= 'a' && c <= 'f') rune = rune * 16 + (uint32_t)(c - 'a' + 10);
        else break;
    }
    if (i == start || char_at(text, i) != ';') return 0;
    if (rune == 0 || rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000)) rune = 0xFFFD;
    struct buf buf = buf_in(arena);
    buf_rune(&buf, rune);
    *out = buf_str(&buf);
    return i + 1 - at;
}

ptrdiff_t scan_entity(struct arena *arena, str text, ptrdiff_t at, str *out)
{
    enum { LONGEST = 40 };
    if (char_at(text, at + 1) == '#') return scan_number_entity(arena, text, at, out);
    if (!char_is_alpha(char_at(text, at + 1))) return 0;
    ptrdiff_t left = text.len - at - 1;
    cmark_strbuf found;
    cmark_strbuf_init(cmark_get_default_mem_allocator(), &found, 0);
    bufsize_t used = houdini_unescape_ent(&found, (const uint8_t *)text.p + at + 1,
                                          (bufsize_t)(left < LONGEST ? left : LONGEST));
    if (used > 0) *out = str_copy(arena, str_of((const char *)found.ptr, found.size));
    cmark_strbuf_free(&found);
    return used > 0 ? used + 1 : 0;
}

str unescape(struct arena *arena, str text)
{
    ptrdiff_t first = 0;
    while (first < text.len && text.p[first] != '\\' && text.p[first] != '&') first++;
    if (first == text.len) return text;
    struct buf out = buf_in(arena);
    for (ptrdiff_t i = 0; i < text.len;) {
        str entity;
        ptrdiff_t len = text.p[i] == '&' ? scan_entity(arena, text, i, &entity) : 0;
        if (len > 0) {
            buf_add(&out, entity);
            i += len;
            continue;
        }
        if (text.p[i] == '\\' && is_punctuation(char_at(text, i + 1))) i++;
        buf_char(&out, text.p[i++]);
    }
    return buf_str(&out);
}
