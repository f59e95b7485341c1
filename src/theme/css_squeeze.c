/* css_squeeze.c - a stylesheet without its comments and indentation: nobody reads them in a browser,
 * everybody loads them.
 *
 * Texts in quotes and unquoted url()s are copied as they are, and so are comments
 * that begin with an exclamation mark: those are licences. */
#include "base/buf.h"
#include "theme_internal.h"

/* The end of what begins at `at` and is not looked into; `at` when nothing does. */
static ptrdiff_t opaque_end(str css, ptrdiff_t at)
{
    char first = css.p[at];
    bool url = char_lower(first) == 'u' && str_equal_ascii_case(str_slice(css, at, at + 4), S("url("));
    if (first != '"' && first != '\'' && !url) return at;
    ptrdiff_t end = at + (url ? 4 : 1);
    if (url && end < css.len && (css.p[end] == '"' || css.p[end] == '\'')) return end;
    for (char last = url ? ')' : first; end < css.len && css.p[end] != last; end++)
        if (css.p[end] == '\\' && end + 1 < css.len) end++;
    return end < css.len ? end + 1 : css.len;
}

/* The end of the comment at `at`; `at` when there is none or it stays. */
static ptrdiff_t comment_end(str css, ptrdiff_t at)
{
    str rest = str_from(css, at);
    if (css.p[at] != '/' || !str_starts(rest, S("/*")) || str_starts(rest, S("/*!"))) return at;
    ptrdiff_t end = str_find(str_from(rest, 2), S("*/"));
    return end < 0 ? css.len : at + 2 + end + 2;
}

/* May two tokens meet here that a comment held apart? */
static bool parts_tokens(const struct buf *out)
{
    return out->len > 0 && str_find_char(S(" \t\r\n{};,:()"), out->p[out->len - 1]) < 0;
}

str css_squeeze(struct arena *arena, str css)
{
    struct buf out = buf_in(arena);
    buf_reserve(&out, css.len);
    for (ptrdiff_t at = 0; at < css.len;) {
        ptrdiff_t end = comment_end(css, at);
        if (end > at) {
            if (parts_tokens(&out)) buf_add(&out, S("/**/"));
            at = end;
            continue;
        }
        bool line_begins = out.len == 0 || out.p[out.len - 1] == '\n';
        end = opaque_end(css, at);
        if (end > at) buf_add(&out, str_slice(css, at, end));
        else if (!line_begins || !char_is_space(css.p[at])) buf_char(&out, css.p[at]);
        at = end > at ? end : at + 1;
    }
    return buf_str(&out);
}
