/* html_parts.c - escaping as cmark does it, so that output can be compared byte for byte. */
#include "base/escape.h"
#include "html_write.h"

static str entity_of(char c)
{
    switch (c) {
    case '&': return S("&amp;");
    case '<': return S("&lt;");
    case '>': return S("&gt;");
    case '"': return S("&quot;");
    default: return S("'");     /* other writers have an entity for it */
    }
}

void html_text_escape(struct buf *out, str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t run = html_plain_run(text, at);
        buf_add(out, str_of(text.p + at, run));
        at += run;
        if (at < text.len) buf_add(out, entity_of(text.p[at++]));
    }
}

/* Characters that stand in an address as they are, besides letters and digits. */
static bool is_href_safe(char c)
{
    static const bool is_safe[256] = {
        ['-'] = true, ['_'] = true, ['.'] = true, ['+'] = true, ['!'] = true, ['*'] = true, ['('] = true, [')'] = true,
        [','] = true, ['%'] = true, ['#'] = true, ['@'] = true, ['?'] = true, ['='] = true, [';'] = true, [':'] = true,
        ['/'] = true, ['$'] = true, ['~'] = true,
    };
    return char_is_alpha(c) || char_is_digit(c) || is_safe[(unsigned char)c];
}

void html_href_escape(struct buf *out, str url)
{
    static const char digits[] = "0123456789ABCDEF";
    for (ptrdiff_t i = 0; i < url.len;) {
        ptrdiff_t from = i;
        while (i < url.len && is_href_safe(url.p[i])) i++;
        buf_add(out, str_slice(url, from, i));
        if (i == url.len) break;
        unsigned char c = (unsigned char)url.p[i++];
        if (c == '&') {
            buf_add(out, S("&amp;"));
        } else if (c == '\'') {
            buf_add(out, S("&#x27;"));
        } else {
            buf_char(out, '%');
            buf_char(out, digits[c >> 4]);
            buf_char(out, digits[c & 15]);
        }
    }
}

void html_attributes(struct buf *out, const struct attributes *attributes)
{
    for (ptrdiff_t i = 0; attributes && i < attributes->count; i++) {
        buf_char(out, ' ');
        buf_add(out, attributes->items[i].name);
        buf_add(out, S("=\""));
        html_text_escape(out, attributes->items[i].value);
        buf_char(out, '"');
    }
}

void html_newline(struct buf *out)
{
    if (out->len > 0 && out->p[out->len - 1] != '\n') buf_char(out, '\n');
}

/* --- GFM's tag filter ---------------------------------------------------- */

static bool is_filtered(str html, ptrdiff_t at)
{
    static const str names[] = {STR_INIT("title"), STR_INIT("textarea"), STR_INIT("style"),
                                STR_INIT("xmp"), STR_INIT("iframe"), STR_INIT("noembed"),
                                STR_INIT("noframes"), STR_INIT("script"), STR_INIT("plaintext")};
    str rest = str_from(html, at + 1);
    if (str_starts(rest, S("/"))) rest = str_from(rest, 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!str_equal_ascii_case(str_slice(rest, 0, names[i].len), names[i])) continue;
        char end = rest.len > names[i].len ? rest.p[names[i].len] : '\0';
        if (char_is_space(end) || end == '>') return true;
        if (end == '/' && rest.len > names[i].len + 1 && rest.p[names[i].len + 1] == '>') return true;
    }
    return false;
}

void html_tagfilter(struct buf *out, str html)
{
    for (ptrdiff_t i = 0; i < html.len; i++) {
        if (html.p[i] == '<' && is_filtered(html, i)) buf_add(out, S("&lt;"));
        else buf_char(out, html.p[i]);
    }
}
