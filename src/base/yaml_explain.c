/* yaml_explain.c - libyaml's errors in the author's words.
 *
 * libyaml names the rule that was broken; an author wants to know which
 * character, and what to write instead.  A table maps each of libyaml's messages
 * to a function that looks at the line in question; nearly always the way out is
 * to put a value in quotes, and the hint then shows the whole line so written.
 *
 * Written in this order: reporting, the line, quoting, one function per kind of
 * error, the table. */
#include "yaml_explain.h"

#include "base/utf8.h"

/* --- reporting -------------------------------------------------------- */

span yaml_span(const struct yaml_text *yaml, ptrdiff_t from, ptrdiff_t to)
{
    return (span){yaml->file, yaml->offset + (uint32_t)from, (uint32_t)(to > from ? to - from : 0)};
}

static struct diag *report(const struct yaml_text *yaml, ptrdiff_t from, ptrdiff_t to, const char *message)
{
    return diag_report(yaml->diags, DIAG_YAML, yaml_span(yaml, from, to), "%s", message);
}

/* Behind the character at `at`. */
static ptrdiff_t next_character(str text, ptrdiff_t at)
{
    if (at < text.len) utf8_next(text, &at);
    return at;
}

/* --- the line --------------------------------------------------------- */

/* One line of the text, taken apart as "  - key: value". */
struct line {
    ptrdiff_t start, end;           /* without the newline */
    ptrdiff_t first;                /* its first character that is no blank */
    ptrdiff_t key, key_end;         /* equal when it has no "key:" */
    ptrdiff_t value;                /* behind "- " and "key: " */
};

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

static char char_at(str text, ptrdiff_t at) { return at >= 0 && at < text.len ? text.p[at] : ' '; }

static ptrdiff_t skip_blanks(str text, ptrdiff_t at, ptrdiff_t end)
{
    while (at < end && is_blank(text.p[at])) at++;
    return at;
}

/* A ':' that ends a key: a blank or the end of the line follows. */
static bool is_key_end(str text, ptrdiff_t at, ptrdiff_t end)
{
    return text.p[at] == ':' && (at + 1 >= end || is_blank(text.p[at + 1]));
}

static struct line line_at(str text, ptrdiff_t at)
{
    struct line l = {.start = at < text.len ? at : text.len};
    while (l.start > 0 && text.p[l.start - 1] != '\n') l.start--;
    ptrdiff_t length = str_find_char(str_from(text, l.start), '\n');
    l.end = length < 0 ? text.len : l.start + length;
    while (l.end > l.start && is_blank(text.p[l.end - 1])) l.end--;
    l.first = l.value = skip_blanks(text, l.start, l.end);
    while (l.value + 1 < l.end && text.p[l.value] == '-' && is_blank(text.p[l.value + 1]))
        l.value = skip_blanks(text, l.value + 1, l.end);
    l.key = l.key_end = l.value;
    bool is_flow = char_at(text, l.value) == '{' || char_at(text, l.value) == '[';
    for (ptrdiff_t i = l.value; i < l.end && !is_flow; i++)
        if (is_key_end(text, i, l.end)) {
            l.key_end = i;
            l.value = skip_blanks(text, i + 1, l.end);
            break;
        }
    return l;
}

/* The nearest line above that is neither empty nor a comment; false at the top. */
static bool line_above(str text, struct line below, struct line *above)
{
    while (below.start > 0) {
        below = line_at(text, below.start - 1);
        if (below.first >= below.end || text.p[below.first] == '#') continue;
        *above = below;
        return true;
    }
    return false;
}

static bool has_key(const struct line *l) { return l->key_end > l->key; }

static str key_of(str text, const struct line *l) { return str_slice(text, l->key, l->key_end); }

/* --- quoting ---------------------------------------------------------- */

/* `value` in double quotes; in single ones when it holds '"' or '\'. */
static str quoted(struct arena *arena, str value)
{
    char quote = value.len > 1 ? value.p[0] : 0;
    bool is_wrapped = (quote == '"' || quote == '\'') && value.p[value.len - 1] == quote;
    if (is_wrapped) value = str_slice(value, 1, value.len - 1);
    bool fits_double = str_find_char(value, '"') < 0 && str_find_char(value, '\\') < 0;
    if (fits_double) return str_concat3(arena, S("\""), value, S("\""));
    return str_concat3(arena, S("'"), str_replace(arena, value, S("'"), S("''")), S("'"));
}

/* Hint with the line rewritten: what stands before `from` stays, the rest is
 * quoted up to `to`, and what follows stays. */
static void hint_quoted(const struct yaml_text *yaml, struct diag *diag, const struct line *l,
                        ptrdiff_t from, ptrdiff_t to)
{
    str text = yaml->text;
    if (to <= from || l->end - l->first > 200) {
        diag_hint(yaml->diags, diag, "write the text in quotes");
        return;
    }
    diag_hint(yaml->diags, diag, "write it in quotes: %" STR_F "%" STR_F "%" STR_F,
              STR_A(str_slice(text, l->first, from)),
              STR_A(quoted(yaml->diags->arena, str_slice(text, from, to))),
              STR_A(str_slice(text, to, l->end)));
}

void yaml_hint_quotes(const struct yaml_text *yaml, struct diag *diag, ptrdiff_t at)
{
    struct line l = line_at(yaml->text, at);
    hint_quoted(yaml, diag, &l, l.value, l.end);
}

static bool is_flow_mark(char c) { return c != 0 && strchr(",[]{}", c) != NULL; }

/* The item of [a, b] or {k: a} that `at` is in: back to ',' '[' '{' or ": ",
 * forward to ',' ']' '}'. */
static void flow_item(str text, const struct line *l, ptrdiff_t at, ptrdiff_t *from, ptrdiff_t *to)
{
    *from = *to = at;
    while (*from > l->value && !is_flow_mark(text.p[*from - 1]) &&
           (*from == at || !is_key_end(text, *from - 1, l->end)))
        --*from;
    *from = skip_blanks(text, *from, l->end);
    while (*to < l->end && !is_flow_mark(text.p[*to])) ++*to;
    while (*to > *from && is_blank(text.p[*to - 1])) --*to;
}

/* Inside [a, @b] only the item at `at` is quoted, elsewhere, and where Liquid
 * stands, the whole value. */
static void hint_quotes_at(const struct yaml_text *yaml, struct diag *diag, ptrdiff_t at)
{
    str text = yaml->text;
    struct line l = line_at(text, at);
    str value = str_slice(text, l.value, l.end);
    bool is_liquid = str_starts(value, S("{{")) || str_starts(value, S("{%"));
    bool is_flow = str_starts(value, S("[")) || str_starts(value, S("{"));
    ptrdiff_t from = l.value, to = l.end;
    if (is_flow && !is_liquid && at > l.value) flow_item(text, &l, at, &from, &to);
    hint_quoted(yaml, diag, &l, from, to);
}

/* --- one function per kind of error ----------------------------------- */

typedef void explain_fn(const struct yaml_text *yaml, const struct yaml_problem *problem);

static void explain_tab(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    str text = yaml->text;
    struct line l = line_at(text, problem->at);
    ptrdiff_t from = l.start;
    while (from < l.end && text.p[from] != '\t') from++;
    if (from >= l.end) from = problem->at;
    ptrdiff_t to = from;
    while (to < text.len && text.p[to] == '\t') to++;
    struct diag *diag = report(yaml, from, to, "a tab in the indent");
    diag_hint(yaml->diags, diag, "YAML indents with blanks: write two blanks for each tab");
}

/* "title: a" and then a line "  sub: b" that is indented deeper. */
static void explain_deeper_line(const struct yaml_text *yaml, const struct line *l,
                                const struct line *above)
{
    str text = yaml->text, key = key_of(text, l), parent = key_of(text, above);
    struct diag *diag = report(yaml, l->key, l->key_end,
                               "a line indented deeper than the one above, which has a value");
    diag_hint(yaml->diags, diag, "begin '%" STR_F "' in the same column as '%" STR_F "', or leave '%" STR_F
              ":' without a value of its own", STR_A(key), STR_A(parent), STR_A(parent));
}

static void explain_missing_colon(const struct yaml_text *yaml, const struct line *l)
{
    str text = yaml->text, word = str_slice(text, l->value, l->end);
    ptrdiff_t colon = str_find_char(word, ':');
    struct diag *diag;
    if (colon > 0) {
        diag = report(yaml, l->value + colon, l->value + colon + 1, "a ':' without a blank behind it");
        diag_hint(yaml->diags, diag, "write %" STR_F ": %" STR_F, STR_A(str_slice(word, 0, colon)),
                  STR_A(str_from(word, colon + 1)));
        return;
    }
    diag = report(yaml, l->value, l->end, "a line without ':' where 'key: value' should stand");
    if (word.len <= 40)
        diag_hint(yaml->diags, diag, "write '%" STR_F ": ...'; a line that goes on with the value above "
                  "is indented deeper than its key", STR_A(word));
    else
        diag_hint(yaml->diags, diag,
                  "a line that goes on with the value above is indented deeper than its key");
}

/* A ": " where no key can end. */
static void explain_mapping_value(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    str text = yaml->text;
    struct line l = line_at(text, problem->at), above;
    if (has_key(&l) && l.key_end < problem->at) {
        bool is_quoted = char_at(text, l.value) == '"' || char_at(text, l.value) == '\'';
        const char *message = is_quoted ? "': ' behind a value in quotes" : "': ' inside an unquoted value";
        struct diag *diag = report(yaml, problem->at, problem->at + 1, message);
        hint_quoted(yaml, diag, &l, l.value, l.end);
        return;
    }
    if (l.key_end - l.key > 1000) {
        report(yaml, l.key, l.key_end, "a key longer than 1,000 characters");
        return;
    }
    bool has_above = line_above(text, l, &above);
    if (has_above && has_key(&above) && l.first - l.start > above.first - above.start)
        explain_deeper_line(yaml, &l, &above);
    else if (has_above && !has_key(&above))
        explain_missing_colon(yaml, &above);
    else
        report(yaml, problem->at, problem->at + 1, "a ':' where no key can end");
}

static void explain_simple_key(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    struct line l = line_at(yaml->text, problem->context_at);
    explain_missing_colon(yaml, &l);
}

static void explain_list_in_line(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    struct line l = line_at(yaml->text, problem->at);
    struct diag *diag = report(yaml, problem->at, problem->at + 1, "a list item '- ' where none can begin");
    if (l.first < problem->at)
        diag_hint(yaml->diags, diag,
                  "put each '- ' on a line of its own, write [a, b], or put the text in quotes");
    else
        diag_hint(yaml->diags, diag,
                  "the key above has a value already, or the indent differs from the items above");
}

/* A character that has a meaning in YAML, where text was meant: @ ` % * & ! */
static void explain_character(const struct yaml_text *yaml, ptrdiff_t at)
{
    str text = yaml->text;
    ptrdiff_t end = next_character(text, at);
    struct diag *diag = diag_report(yaml->diags, DIAG_YAML, yaml_span(yaml, at, end),
                                    "'%" STR_F "' cannot begin an unquoted value",
                                    STR_A(str_slice(text, at, end)));
    hint_quotes_at(yaml, diag, at);
}

static void explain_token(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    if (problem->at < yaml->text.len && yaml->text.p[problem->at] == '\t')
        explain_tab(yaml, problem);
    else
        explain_character(yaml, problem->at);
}

static void explain_prefix(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    explain_character(yaml, problem->context_at);
}

static void explain_open_quote(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    str text = yaml->text;
    ptrdiff_t open = problem->context_at;
    struct line l = line_at(text, open);
    struct diag *diag = report(yaml, open, open + 1, "the quote that opens here is not closed");
    if (open == l.value && l.end - l.first <= 200)
        diag_hint(yaml->diags, diag, "close it: %" STR_F "%c",
                  STR_A(str_slice(text, l.first, l.end)), char_at(text, open));
}

static void explain_escape(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    str text = yaml->text;
    struct line l = line_at(text, problem->context_at);
    ptrdiff_t end = next_character(text, next_character(text, problem->at));
    struct diag *diag = diag_report(yaml->diags, DIAG_YAML, yaml_span(yaml, problem->at, end),
                                    "'%" STR_F "' is no escape that YAML knows",
                                    STR_A(str_slice(text, problem->at, end)));
    if (problem->context_at == l.value && l.end - l.first <= 200)
        diag_hint(yaml->diags, diag, "write \\\\ for a backslash, or single quotes: %" STR_F "%" STR_F,
                  STR_A(str_slice(text, l.first, l.value)),
                  STR_A(quoted(yaml->diags->arena, str_slice(text, l.value, l.end))));
    else
        diag_hint(yaml->diags, diag, "write \\\\ for a backslash, or use single quotes");
}

static void explain_number_escape(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    struct diag *diag = report(yaml, problem->at,
                               next_character(yaml->text, next_character(yaml->text, problem->at)),
                               "an escape that names no character");
    diag_hint(yaml->diags, diag, "write the character itself; \\x takes 2, \\u 4 and \\U 8 hex digits");
}

static void explain_block_header(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    struct diag *diag = diag_report(yaml->diags, DIAG_YAML,
                                    yaml_span(yaml, problem->context_at, problem->context_at + 1),
                                    "text behind '%c', which begins a text of several lines",
                                    char_at(yaml->text, problem->context_at));
    hint_quotes_at(yaml, diag, problem->context_at);
}

/* A quote that its author forgot to close ends in a later line, at the next
 * quote: the error shows there, its cause is where the quote opened. */
static bool is_long_quote(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    bool is_before = problem->quote_to > problem->quote_from && problem->quote_to <= problem->at;
    str quote = str_slice(yaml->text, problem->quote_from, problem->quote_to);
    str between = str_slice(yaml->text, problem->quote_to, problem->at);
    return is_before && str_find_char(quote, '\n') >= 0 && str_find_char(between, '\n') < 0;
}

static bool is_item(str text, const struct line *l)
{
    return char_at(text, l->first) == '-' && is_blank(char_at(text, l->first + 1));
}

static void report_indent(const struct yaml_text *yaml, const struct line *l)
{
    struct diag *diag = report(yaml, l->first, has_key(l) ? l->key_end : l->end,
                               "an indent that fits no line above");
    diag_hint(yaml->diags, diag, "%s that belong together begin in the same column",
              is_item(yaml->text, l) ? "list items" : "keys");
}

/* Something else than the next key of a map. */
static void explain_expected_key(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    str text = yaml->text;
    struct line l = line_at(text, problem->at), above;
    struct diag *diag;
    if (is_long_quote(yaml, problem)) {
        diag = report(yaml, problem->quote_from, problem->quote_from + 1,
                      "the quote that opens here ends in a later line");
        diag_relate(yaml->diags, diag, yaml_span(yaml, problem->quote_to - 1, problem->quote_to),
                    S("it ends here"));
        diag_hint(yaml->diags, diag, "close it on its own line");
    } else if (problem->at > l.first) {
        ptrdiff_t before = problem->at;
        while (before > l.first && is_blank(text.p[before - 1])) before--;
        diag = diag_report(yaml->diags, DIAG_YAML, yaml_span(yaml, problem->at, l.end),
                           "text behind the closing '%c'", char_at(text, before - 1));
        if (l.end - problem->at > 1) hint_quoted(yaml, diag, &l, l.value, l.end);
    } else if (char_at(text, problem->at) == ':') {
        report(yaml, problem->at, problem->at + 1, "a ':' without a key in front of it");
    } else if (is_item(text, &l) && line_above(text, l, &above) && is_item(text, &above)) {
        report_indent(yaml, &l);
    } else if (is_item(text, &l)) {
        diag = report(yaml, l.first, l.first + 1, "a list item where the next 'key:' should be");
        if (line_above(text, l, &above) && has_key(&above))
            diag_hint(yaml->diags, diag, "a list stands below a key that has no value: '%" STR_F ":'",
                      STR_A(key_of(text, &above)));
    } else {
        report_indent(yaml, &l);
    }
}

static void explain_expected_item(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    struct line l = line_at(yaml->text, problem->at);
    if (problem->at > l.first || is_long_quote(yaml, problem)) {
        explain_expected_key(yaml, problem);
        return;
    }
    struct diag *diag = report(yaml, problem->at, l.end,
                               "a line among list items that does not begin with '- '");
    diag_hint(yaml->diags, diag, "begin it with '- ', or give it the indent of the key that it belongs to");
}

/* In [...] or {...}. */
static void explain_flow(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    str text = yaml->text;
    char open = char_at(text, problem->context_at), found = char_at(text, problem->at);
    bool is_later_line = str_find_char(str_slice(text, problem->context_at, problem->at), '\n') >= 0;
    if (problem->at >= text.len || is_later_line) {
        diag_report(yaml->diags, DIAG_YAML, yaml_span(yaml, problem->context_at, problem->context_at + 1),
                    "the '%c' that opens here is not closed", open);
        return;
    }
    span at = yaml_span(yaml, problem->at, next_character(text, problem->at));
    struct diag *diag = found == ':' ? diag_report(yaml->diags, DIAG_YAML, at,
                                                   "': ' inside an unquoted value")
                                     : diag_report(yaml->diags, DIAG_YAML, at,
                                                   "a ',' or '%c' is missing here",
                                                   open == '[' ? ']' : '}');
    if (!is_flow_mark(found)) hint_quotes_at(yaml, diag, problem->at);
}

static void explain_no_value(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    str text = yaml->text;
    if (problem->at >= text.len) {
        report(yaml, problem->context_at, next_character(text, problem->context_at),
               "the text ends where a value should be");
        return;
    }
    ptrdiff_t end = next_character(text, problem->at);
    struct diag *diag = diag_report(yaml->diags, DIAG_YAML, yaml_span(yaml, problem->at, end),
                                    "'%" STR_F "' where a value should be",
                                    STR_A(str_slice(text, problem->at, end)));
    if (char_at(text, problem->at) != ',') hint_quotes_at(yaml, diag, problem->at);
}

static void explain_flow_colon(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    struct diag *diag = report(yaml, problem->at, problem->at + 1, "':' at the start of an unquoted value");
    hint_quotes_at(yaml, diag, problem->at);
}

/* The document's one value is complete, and more follows. */
static void explain_after_document(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    str text = yaml->text;
    struct line l = line_at(text, problem->at), above;
    bool has_above = line_above(text, l, &above);
    if (has_above && char_at(text, above.start) == '%') {
        report(yaml, above.start, above.end, "a line with '%' that no '---' follows");
    } else if (has_above && str_equal(str_slice(text, above.start, above.end), S("..."))) {
        report(yaml, l.first, l.end, "text behind '...', which ends the YAML");
    } else if (problem->at == l.first && (has_key(&l) || is_item(text, &l))) {
        report_indent(yaml, &l);
    } else {
        struct diag *diag = report(yaml, problem->at, l.end, "text behind the end of the value");
        yaml_hint_quotes(yaml, diag, problem->at);
    }
}

static void explain_directive(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    explain_character(yaml, problem->context ? problem->context_at : problem->at);
}

static void explain_control(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    ptrdiff_t end = problem->at;
    uint32_t rune = end < yaml->text.len ? utf8_next(yaml->text, &end) : 0;
    struct diag *diag = diag_report(yaml->diags, DIAG_YAML, yaml_span(yaml, problem->at, end),
                                    "a control character (U+%04X)", (unsigned)rune);
    diag_hint(yaml->diags, diag, "remove it; it cannot be seen in most editors");
}

static void explain_encoding(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    ptrdiff_t first = utf8_invalid(yaml->text), at = first >= 0 ? first : problem->at;
    struct diag *diag = report(yaml, at, at + 1, "a byte that is not UTF-8");
    diag_hint(yaml->diags, diag, "save the file as UTF-8");
}

/* --- the table -------------------------------------------------------- */

static const struct {
    const char *problem;        /* how libyaml's message begins */
    const char *context;        /* and its context, where one problem has several; or NULL */
    explain_fn *explain;
} explanations[] = {
    {"mapping values are not allowed", NULL, explain_mapping_value},
    {"could not find expected ':'", NULL, explain_simple_key},
    {"block sequence entries are not allowed", NULL, explain_list_in_line},
    {"found character that cannot start", NULL, explain_token},
    {"did not find expected alphabetic or numeric character", NULL, explain_prefix},
    {"did not find expected whitespace", "while scanning a tag", explain_prefix},
    {"found undefined tag handle", NULL, explain_prefix},
    {"did not find expected tag URI", NULL, explain_prefix},
    {"did not find expected '!'", NULL, explain_prefix},
    {"found unexpected end of stream", "while scanning a quoted scalar", explain_open_quote},
    {"found unexpected document indicator", NULL, explain_open_quote},
    {"found unknown escape character", NULL, explain_escape},
    {"did not find expected hexdecimal number", NULL, explain_number_escape},
    {"found invalid Unicode character escape code", NULL, explain_number_escape},
    {"found a tab character", NULL, explain_tab},
    {"did not find expected comment or line break", "while scanning a block scalar", explain_block_header},
    {"found an indentation indicator", NULL, explain_block_header},
    {"did not find expected key", NULL, explain_expected_key},
    {"did not find expected '-' indicator", NULL, explain_expected_item},
    {"did not find expected ',' or", NULL, explain_flow},
    {"did not find expected node content", NULL, explain_no_value},
    {"found unexpected ':'", NULL, explain_flow_colon},
    {"did not find expected <document start>", NULL, explain_after_document},
    {"control characters are not allowed", NULL, explain_control},
    {"invalid ", NULL, explain_encoding},
    {"incomplete UTF-8", NULL, explain_encoding},
    {"could not find expected directive name", NULL, explain_directive},
    {"found unknown directive name", NULL, explain_directive},
};

void yaml_explain(const struct yaml_text *yaml, const struct yaml_problem *problem)
{
    str said = str_c(problem->problem), context = str_c(problem->context);
    for (size_t i = 0; i < sizeof explanations / sizeof *explanations; i++) {
        bool fits = str_starts(said, str_c(explanations[i].problem)) &&
                    (!explanations[i].context || str_equal(context, str_c(explanations[i].context)));
        if (fits) {
            explanations[i].explain(yaml, problem);
            return;
        }
    }
    diag_report(yaml->diags, DIAG_YAML, yaml_span(yaml, problem->at, problem->at),
                "YAML that cannot be read: %s",
                problem->problem);
}
