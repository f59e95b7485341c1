/* scanner.c - finding '{{' and '{%' and their ends.
 *
 * The end is searched without looking at quotes, and an output that meets a
 * single '}' is broken: both are Ruby's rules, and themes rely on them. */
#include "scanner.h"

#include "lexer.h"

/* The verbatim range `at` lies in, or NULL.  Ranges are sorted. */
static const struct liquid_range *scanner_verbatim(const struct scanner *scanner, ptrdiff_t at)
{
    ptrdiff_t low = 0, high = scanner->verbatim_count;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (scanner->verbatim[middle].end <= at) low = middle + 1;
        else high = middle;
    }
    if (low == scanner->verbatim_count || scanner->verbatim[low].start > at) return NULL;
    return &scanner->verbatim[low];
}

/* Offset of the next '{{' or '{%' from `at` on, or the length of the text. */
static ptrdiff_t scanner_opening(const struct scanner *scanner, ptrdiff_t at)
{
    const str text = scanner->text;
    while (at + 1 < text.len) {
        const char *brace = memchr(text.p + at, '{', (size_t)(text.len - 1 - at));
        if (!brace) break;
        at = brace - text.p;
        if (brace[1] == '{' || brace[1] == '%') {
            const struct liquid_range *range = scanner_verbatim(scanner, at);
            if (!range) return at;
            at = range->end;
        } else {
            at++;
        }
    }
    return text.len;
}

static void scanner_line(struct scanner *scanner, struct token *token)
{
    while (scanner->at < scanner->text.len) {
        str rest = str_from(scanner->text, scanner->at);
        ptrdiff_t len = str_find_char(rest, '\n');
        if (len < 0) len = rest.len;
        scanner->at += len + 1;
        str line = str_trim(str_slice(rest, 0, len));
        if (!line.len) continue;
        token->kind = TOKEN_TAG;
        token->whole = line;
        return;
    }
    token->kind = TOKEN_END;
}

/* Name and markup out of what stands between '{%' and '%}'. */
static void scanner_tag(struct token *token, str inside)
{
    inside = str_trim(inside);
    ptrdiff_t len = 0;
    if (inside.len && inside.p[0] == '#') {
        len = 1;
    } else {
        while (len < inside.len
               && (lexer_is_name_char(inside.p[len])
                   || (inside.p[len] == '-' && len + 1 < inside.len && lexer_is_name_char(inside.p[len + 1]))))
            len++;
    }
    token->name = str_slice(inside, 0, len);
    token->markup = str_trim(str_from(inside, len));
}

static void scanner_broken(struct scanner *scanner, struct token *token, ptrdiff_t from)
{
    token->kind = TOKEN_BROKEN;
    token->text = str_slice(scanner->text, from, from + 2);
    token->whole = str_from(scanner->text, from);
    scanner->at = scanner->text.len;
}

/* Offset of the next '}' or '%}' behind `from`, or -1.  Remembered, so that a
 * text full of openings is not searched to its end for each of them. */
static ptrdiff_t scanner_closing(struct scanner *scanner, ptrdiff_t from, bool output)
{
    ptrdiff_t *next = output ? &scanner->next_brace : &scanner->next_percent;
    if (*next < from) {
        str rest = str_from(scanner->text, from);
        ptrdiff_t found = output ? str_find_char(rest, '}') : str_find(rest, S("%}"));
        *next = found < 0 ? PTRDIFF_MAX : from + found;
    }
    return *next == PTRDIFF_MAX ? -1 : *next;
}

/* An output or tag that starts at `from`. */
static void scanner_braces(struct scanner *scanner, struct token *token, ptrdiff_t from)
{
    const str text = scanner->text;
    bool output = text.p[from + 1] == '{';
    ptrdiff_t end = scanner_closing(scanner, from + 2, output);
    if (end < 0 || end + 1 >= text.len || (output && text.p[end + 1] != '}')
        || scanner_verbatim(scanner, end)) {
        scanner_broken(scanner, token, from);
        return;
    }
    str inside = str_slice(text, from + 2, end);
    token->whole = str_slice(text, from, end + 2);
    token->trims_left = str_starts(inside, S("-"));
    if (token->trims_left) inside = str_from(inside, 1);
    token->trims_right = str_ends(inside, S("-"));
    if (token->trims_right) inside = str_slice(inside, 0, inside.len - 1);
    token->kind = output ? TOKEN_OUTPUT : TOKEN_TAG;
    token->text = inside;
    if (!output) scanner_tag(token, inside);
    scanner->at = end + 2;
    scanner->trim_next = token->trims_right;
}

void scanner_next(struct scanner *scanner, struct token *token)
{
    *token = (struct token){.kind = TOKEN_END};
    if (scanner->lines) {
        scanner_line(scanner, token);
        if (token->kind == TOKEN_TAG) scanner_tag(token, token->whole);
        return;
    }
    if (scanner->at >= scanner->text.len) return;
    ptrdiff_t open = scanner_opening(scanner, scanner->at);
    if (open == scanner->at) {
        scanner_braces(scanner, token, open);
        return;
    }
    token->kind = TOKEN_TEXT;
    token->text = token->whole = str_slice(scanner->text, scanner->at, open);
    if (scanner->trim_next) token->text = str_trim_left(token->text);
    scanner->trim_next = false;
    scanner->at = open;
}

/* In {% liquid %}: everything up to a line that is the end tag. */
static bool scanner_raw_lines(struct scanner *scanner, str name, str *body, struct token *end)
{
    ptrdiff_t from = scanner->at, to = from;
    for (;;) {
        scanner_next(scanner, end);
        if (end->kind == TOKEN_END) return false;
        if (str_equal(end->name, name)) break;
        to = scanner->at < scanner->text.len ? scanner->at : scanner->text.len;
    }
    *body = str_slice(scanner->text, from, to);
    return true;
}

bool scanner_raw(struct scanner *scanner, str name, str *body, struct token *end)
{
    if (scanner->lines) return scanner_raw_lines(scanner, name, body, end);
    ptrdiff_t from = scanner->at;
    bool trim = scanner->trim_next;
    for (ptrdiff_t at = from;; at += 2) {
        ptrdiff_t found = str_find(str_from(scanner->text, at), S("{%"));
        if (found < 0) return false;
        at += found;
        *end = (struct token){.kind = TOKEN_END};
        scanner_braces(scanner, end, at);
        if (end->kind == TOKEN_TAG && str_equal(end->name, name) && !end->markup.len) {
            *body = str_slice(scanner->text, from, at);
            if (trim) *body = str_trim_left(*body);
            if (end->trims_left) *body = str_trim_right(*body);
            return true;
        }
    }
}

void scanner_back(struct scanner *scanner, const struct token *token, struct token *text)
{
    str open = str_slice(token->whole, 0, 2);
    *text = (struct token){.kind = TOKEN_TEXT, .text = open, .whole = open};
    scanner->at = open.p + open.len - scanner->text.p;
    scanner->trim_next = false;
}
