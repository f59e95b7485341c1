/* json.c - RFC 8259, strictly, by recursive descent; and the writer.
 *
 * Every parse_ function stands on the first byte of its value and leaves the
 * parser behind the last, or reports one error and returns false.  Strings
 * without escapes are slices of the text. */
#include "base/json.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/escape.h"
#include "base/utf8.h"

enum { DEEPEST = 200, RANGE_MOST = 1000000 };

struct parser {
    struct arena *arena;
    str text;
    ptrdiff_t at;
    uint32_t file;
    struct diags *diags;
};

/* --- errors ----------------------------------------------------------- */

static span span_of(const struct parser *p, ptrdiff_t from, ptrdiff_t to)
{
    return (span){p->file, (uint32_t)from, (uint32_t)(to - from)};
}

/* One error from `from` to `to`; returns false.  `hint` may be NULL. */
static bool fail(struct parser *p, ptrdiff_t from, ptrdiff_t to, const char *message, const char *hint)
{
    struct diag *diag = diag_report(p->diags, DIAG_JSON, span_of(p, from, to), "%s", message);
    if (hint) diag_hint(p->diags, diag, "%s", hint);
    return false;
}

static bool is_word_char(char c) { return char_is_alpha(c) || char_is_digit(c) || c == '_'; }

/* The end of the word at `from`, at least one character. */
static ptrdiff_t word_end(const struct parser *p, ptrdiff_t from)
{
    ptrdiff_t i = from;
    while (i < p->text.len && is_word_char(p->text.p[i])) i++;
    if (i == from && i < p->text.len) utf8_next(p->text, &i);
    return i;
}

static char peek(const struct parser *p) { return p->at < p->text.len ? p->text.p[p->at] : 0; }

/* What stands where a value, key or ',' should: the usual slips by name. */
static bool fail_unexpected(struct parser *p, const char *wanted)
{
    ptrdiff_t at = p->at, end = word_end(p, at);
    str word = str_slice(p->text, at, end);
    if (at >= p->text.len) {
        str message = str_format(p->arena, "the text ends where %s should be", wanted);
        return fail(p, at, at, str_z(p->arena, message), NULL);
    }
    str message = str_format(p->arena, "'%" STR_F "' where %s should be", STR_A(word), wanted);
    const char *hint = NULL;
    if (word.p[0] == '\'') hint = "JSON text stands in double quotes";
    if (word.p[0] == '/' || word.p[0] == '#') hint = "JSON has no comments: remove it";
    bool is_python = str_equal(word, S("True")) || str_equal(word, S("False")) || str_equal(word,
                                                                                            S("None"));
    if (is_python)
        hint = "JSON writes true, false and null";
    else if (char_is_alpha(word.p[0]))
        hint = "JSON text, keys too, stands in double quotes";
    return fail(p, at, end, str_z(p->arena, message), hint);
}

static bool fail_unclosed(struct parser *p, ptrdiff_t open)
{
    str message = str_format(p->arena, "the '%c' that opens here is not closed", p->text.p[open]);
    return fail(p, open, open + 1, str_z(p->arena, message), NULL);
}

/* --- parsing ---------------------------------------------------------- */

static void skip_blanks(struct parser *p)
{
    while (p->at < p->text.len) {
        char c = p->text.p[p->at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') break;
        p->at++;
    }
}

static bool take(struct parser *p, char c)
{
    if (peek(p) != c) return false;
    p->at++;
    return true;
}

static ptrdiff_t skip_digits(struct parser *p)
{
    ptrdiff_t from = p->at;
    while (char_is_digit(peek(p))) p->at++;
    return p->at - from;
}

static bool number_value(struct parser *p, ptrdiff_t from, bool is_whole, value *out)
{
    str digits = str_slice(p->text, from, p->at);
    int64_t whole;
    if (is_whole && str_to_int(digits, &whole)) {
        *out = value_int(whole);
        return true;
    }
    double number = strtod(str_z(p->arena, digits), NULL);
    if (!isfinite(number)) return fail(p, from, p->at, "a number too large", NULL);
    *out = value_float(number);
    return true;
}

static bool parse_number(struct parser *p, value *out)
{
    ptrdiff_t from = p->at;
    bool is_whole = true;
    take(p, '-');
    ptrdiff_t first = p->at, digits = skip_digits(p);
    if (digits == 0) return fail_unexpected(p, "a digit");
    if (digits > 1 && p->text.p[first] == '0')
        return fail(p, from, p->at, "a number that begins with 0", "put it in quotes, or drop the 0");
    if (take(p, '.')) {
        is_whole = false;
        if (skip_digits(p) == 0) return fail_unexpected(p, "a digit");
    }
    if (peek(p) == 'e' || peek(p) == 'E') {
        is_whole = false;
        p->at++;
        if (!take(p, '+')) take(p, '-');
        if (skip_digits(p) == 0) return fail_unexpected(p, "a digit");
    }
    return number_value(p, from, is_whole, out);
}

/* Four hex digits at `at`, or -1. */
static int hex4(str text, ptrdiff_t at)
{
    int n = 0;
    if (text.len - at < 4) return -1;
    for (int i = 0; i < 4; i++) {
        char c = char_lower(text.p[at + i]);
        if (!char_is_digit(c) && (c < 'a' || c > 'f')) return -1;
        n = n * 16 + (char_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return n;
}

/* Behind "\u"; two halves make one character. */
static bool parse_unicode_escape(struct parser *p, struct buf *out)
{
    ptrdiff_t from = p->at - 2;
    int high = hex4(p->text, p->at);
    if (high < 0) return fail(p, from, p->at, "'\\u' without four hex digits", NULL);
    p->at += 4;
    uint32_t rune = (uint32_t)high;
    if (high >= 0xD800 && high <= 0xDFFF) {
        bool has_more = high < 0xDC00 && peek(p) == '\\' && p->at + 1 < p->text.len &&
                        p->text.p[p->at + 1] == 'u';
        int low = has_more ? hex4(p->text, p->at + 2) : -1;
        if (low < 0xDC00 || low > 0xDFFF)
            return fail(p, from, p->at, "half of a character: '\\ud800' to '\\udfff' come in pairs", NULL);
        p->at += 6;
        rune = 0x10000u + (((uint32_t)high & 0x3FF) << 10) + ((uint32_t)low & 0x3FF);
    }
    buf_rune(out, rune);
    return true;
}

static bool parse_escape(struct parser *p, struct buf *out)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    ptrdiff_t from = p->at++;
    if (take(p, 'u')) return parse_unicode_escape(p, out);
    char c = peek(p);
    const char *at = c ? strchr(letters, c) : NULL;
    if (!at)
        return fail(p, from, word_end(p, p->at), "an escape that JSON does not know",
                    "a backslash itself is written \\\\");
    buf_char(out, meanings[at - letters]);
    p->at++;
    return true;
}

/* Stands on the '"'. */
static bool parse_text(struct parser *p, str *out)
{
    ptrdiff_t open = p->at++, from = p->at;
    struct buf text = buf_in(p->arena);
    for (; p->at < p->text.len;) {
        unsigned char c = (unsigned char)p->text.p[p->at];
        if (c == '"') break;
        if (c == '\n') return fail(p, open, p->at, "text that does not end on its line",
                                   "write a line break as \\n");
        if (c < 0x20)
            return fail(p, p->at, p->at + 1, "a control character inside text",
                        "write a tab as \\t, others as \\u00XX");
        if (c != '\\') {
            p->at++;
            continue;
        }
        buf_add(&text, str_slice(p->text, from, p->at));
        if (!parse_escape(p, &text)) return false;
        from = p->at;
    }
    if (p->at >= p->text.len) return fail_unclosed(p, open);
    str last = str_slice(p->text, from, p->at++);
    if (text.capacity > 0) buf_add(&text, last);
    *out = text.capacity > 0 ? buf_str(&text) : last;
    return true;
}

static bool parse_value(struct parser *p, int depth, value *out);

/* Behind an item: true when another follows, false at the end or after an
 * error; *ok says which. */
static bool next_item(struct parser *p, ptrdiff_t open, char close, bool *ok)
{
    *ok = true;
    skip_blanks(p);
    if (take(p, close)) return false;
    ptrdiff_t comma = p->at;
    if (!take(p, ',')) {
        *ok = p->at >= p->text.len ? fail_unclosed(p, open)
                                   : fail_unexpected(p, close == ']' ? "',' or ']'" : "',' or '}'");
        return false;
    }
    skip_blanks(p);
    if (peek(p) == close) {
        *ok = fail(p, comma, comma + 1, "a ',' behind the last item", "remove it");
        return false;
    }
    return true;
}

static bool parse_list(struct parser *p, int depth, value *out)
{
    ptrdiff_t open = p->at++;
    bool ok = true, more;
    *out = value_list(p->arena);
    skip_blanks(p);
    if (take(p, ']')) return true;
    if (p->at >= p->text.len) return fail_unclosed(p, open);
    do {
        value item;
        if (!parse_value(p, depth + 1, &item)) return false;
        value_push(p->arena, out, item);
        more = next_item(p, open, ']', &ok);
    } while (more);
    return ok;
}

/* "key": value.  Of two equal keys the last wins, as in every JSON reader. */
static bool parse_pair(struct parser *p, int depth, value *map)
{
    ptrdiff_t from = p->at;
    str key;
    value item;
    if (peek(p) != '"') return fail_unexpected(p, "a key in double quotes");
    if (!parse_text(p, &key)) return false;
    span key_at = span_of(p, from, p->at);
    skip_blanks(p);
    if (!take(p, ':')) return fail_unexpected(p, "':'");
    skip_blanks(p);
    if (!parse_value(p, depth + 1, &item)) return false;
    value_set_at(p->arena, map, key, key_at, item);
    return true;
}

static bool parse_map(struct parser *p, int depth, value *out)
{
    ptrdiff_t open = p->at++;
    bool ok = true, more;
    *out = value_map(p->arena);
    skip_blanks(p);
    if (take(p, '}')) return true;
    if (p->at >= p->text.len) return fail_unclosed(p, open);
    do {
        if (!parse_pair(p, depth, out)) return false;
        more = next_item(p, open, '}', &ok);
    } while (more);
    return ok;
}

static bool parse_word(struct parser *p, value *out)
{
    static const struct {
        str word;
        value meaning;
    } words[] = {
        {STR_INIT("true"), {.kind = VALUE_BOOL, .as.boolean = true}},
        {STR_INIT("false"), {.kind = VALUE_BOOL, .as.boolean = false}},
        {STR_INIT("null"), {.kind = VALUE_NULL}},
    };
    str word = str_slice(p->text, p->at, word_end(p, p->at));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal(word, words[i].word)) {
            p->at += word.len;
            *out = words[i].meaning;
            return true;
        }
    return fail_unexpected(p, "a value");
}

static bool parse_kind(struct parser *p, int depth, value *out)
{
    char c = peek(p);
    if (c == '{') return parse_map(p, depth, out);
    if (c == '[') return parse_list(p, depth, out);
    if (c == '-' || char_is_digit(c)) return parse_number(p, out);
    if (c != '"') return parse_word(p, out);
    str text;
    if (!parse_text(p, &text)) return false;
    *out = value_str(text);
    return true;
}

static bool parse_value(struct parser *p, int depth, value *out)
{
    ptrdiff_t from = p->at;
    if (depth > DEEPEST) return fail(p, from, from + 1, "nested more than 200 deep", NULL);
    if (!parse_kind(p, depth, out)) return false;
    out->at = span_of(p, from, p->at);
    return true;
}

bool json_parse(struct arena *arena, str text, uint32_t file, struct diags *diags, value *out)
{
    struct parser p = {arena, text, 0, file, diags};
    ptrdiff_t bad = utf8_invalid(text);
    if (bad >= 0) return fail(&p, bad, bad + 1, "a byte that is not UTF-8", "save the file as UTF-8");
    if (str_starts(text, S("\xef\xbb\xbf"))) p.at = 3;      /* a byte-order mark */
    skip_blanks(&p);
    if (p.at == text.len) return fail(&p, p.at, p.at, "no JSON: the text is empty", NULL);
    if (!parse_value(&p, 1, out)) return false;
    skip_blanks(&p);
    if (p.at == text.len) return true;
    return fail(&p, p.at, word_end(&p, p.at), "text behind the end of the JSON", NULL);
}

/* --- writing ---------------------------------------------------------- */

struct json_writer {
    struct buf *out;
    struct arena *arena;
    int indent;
};

/* `in_drop`: inside a lazy value.  A page leads to its neighbours, those to
 * theirs: a drop within a drop is therefore written as its text. */
static void write_value(struct json_writer *w, value v, int depth, bool in_drop);

static void new_line(struct json_writer *w, int depth)
{
    if (w->indent <= 0) return;
    buf_char(w->out, '\n');
    buf_repeat(w->out, ' ', (ptrdiff_t)w->indent * depth);
}

static void write_list(struct json_writer *w, value v, int depth, bool in_drop)
{
    ptrdiff_t count = value_count(v);
    if (v.kind == VALUE_RANGE && count > RANGE_MOST) count = RANGE_MOST;
    buf_char(w->out, '[');
    for (ptrdiff_t i = 0; i < count; i++) {
        if (i) buf_char(w->out, ',');
        new_line(w, depth + 1);
        write_value(w, value_at(v, i, w->arena), depth + 1, in_drop);
    }
    if (count > 0) new_line(w, depth);
    buf_char(w->out, ']');
}

static void write_pair(struct json_writer *w, str key, value item, int depth, bool in_drop)
{
    new_line(w, depth);
    buf_json(w->out, key);
    buf_add(w->out, w->indent > 0 ? S(": ") : S(":"));
    write_value(w, item, depth, in_drop);
}

static void write_map(struct json_writer *w, const struct value_map *map, int depth, bool in_drop)
{
    buf_char(w->out, '{');
    for (ptrdiff_t i = 0; i < map->count; i++) {
        if (i) buf_char(w->out, ',');
        write_pair(w, map->pairs[i].key, map->pairs[i].value, depth + 1, in_drop);
    }
    if (map->count > 0) new_line(w, depth);
    buf_char(w->out, '}');
}

static void write_drop(struct json_writer *w, value v, int depth, bool in_drop)
{
    const struct drop_class *class_ = v.as.drop.class_;
    if (in_drop || !class_->keys) {
        if (class_->at && class_->count && !in_drop)
            write_list(w, v, depth, true);
        else if (class_->text)
            buf_json(w->out, class_->text(v.as.drop.self, w->arena));
        else
            buf_add(w->out, S("null"));
        return;
    }
    value keys = class_->keys(v.as.drop.self, w->arena);
    ptrdiff_t count = value_count(keys);
    buf_char(w->out, '{');
    for (ptrdiff_t i = 0; i < count; i++) {
        str key = value_print(value_at(keys, i, w->arena), w->arena);
        if (i) buf_char(w->out, ',');
        write_pair(w, key, value_get(v, key, w->arena), depth + 1, true);
    }
    if (count > 0) new_line(w, depth);
    buf_char(w->out, '}');
}

static void write_value(struct json_writer *w, value v, int depth, bool in_drop)
{
    if (depth > DEEPEST) {
        buf_add(w->out, S("null"));
        return;
    }
    switch (v.kind) {
    case VALUE_BOOL: buf_add(w->out, v.as.boolean ? S("true") : S("false")); break;
    case VALUE_INT: buf_int(w->out, v.as.integer); break;
    case VALUE_FLOAT:
        buf_add(w->out, isfinite(v.as.number) ? value_print(v, w->arena) : S("null"));
        break;
    case VALUE_STR: buf_json(w->out, v.as.text); break;
    case VALUE_TIME: buf_json(w->out, date_rfc3339(w->arena, v.as.time)); break;
    case VALUE_LIST:
    case VALUE_RANGE: write_list(w, v, depth, in_drop); break;
    case VALUE_MAP: write_map(w, v.as.map, depth, in_drop); break;
    case VALUE_DROP: write_drop(w, v, depth, in_drop); break;
    default: buf_add(w->out, S("null")); break;
    }
}

void buf_json_value(struct buf *buf, value v, int indent, struct arena *arena)
{
    struct json_writer w = {buf, arena, indent};
    write_value(&w, v, 0, false);
}
