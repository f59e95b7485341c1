/* yaml.c - libyaml's events to values; the only file that sees yaml.h.
 *
 * One recursive descent over the events: build_node takes the event that begins
 * a node and reads on to the one that ends it.  Spans come from libyaml's
 * marks, which count characters: a cursor that moves along with them turns them
 * into bytes.  What libyaml's errors mean is told in yaml_explain.c.
 *
 * Written in this order: places, plain scalars, tags, nodes, the document. */
#include "base/yaml.h"

#include <math.h>
#include <yaml.h>

#include "base/map.h"
#include "base/utf8.h"
#include "yaml_explain.h"

enum { DEEPEST = 100, NODES_MOST = 1000000 };

struct reader {
    struct arena *arena;
    struct yaml_text yaml;
    yaml_parser_t parser;
    size_t cursor_chars;        /* the same place, twice */
    ptrdiff_t cursor_bytes;
    struct map anchors;         /* name -> struct anchor */
    ptrdiff_t nodes;
    ptrdiff_t quote_from, quote_to;
};

struct anchor {
    value value;
    ptrdiff_t nodes;            /* what one more use of it costs */
};

/* --- places ----------------------------------------------------------- */

static bool is_inner_byte(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static ptrdiff_t byte_of(struct reader *r, size_t chars)
{
    str text = r->yaml.text;
    while (r->cursor_chars < chars && r->cursor_bytes < text.len) {
        r->cursor_bytes++;
        while (r->cursor_bytes < text.len && is_inner_byte(text.p[r->cursor_bytes])) r->cursor_bytes++;
        r->cursor_chars++;
    }
    while (r->cursor_chars > chars && r->cursor_bytes > 0) {
        r->cursor_bytes--;
        while (r->cursor_bytes > 0 && is_inner_byte(text.p[r->cursor_bytes])) r->cursor_bytes--;
        r->cursor_chars--;
    }
    return r->cursor_bytes;
}

static span event_span(struct reader *r, const yaml_event_t *event)
{
    ptrdiff_t from = byte_of(r, event->start_mark.index);
    return yaml_span(&r->yaml, from, byte_of(r, event->end_mark.index));
}

/* From the start of `first` to the end of `last`. */
static span join_spans(span first, span last)
{
    first.len = last.start + last.len - first.start;
    return first;
}

static ptrdiff_t byte_in_text(const struct reader *r, span at)
{
    return (ptrdiff_t)(at.start - r->yaml.offset);
}

static bool explain_error(struct reader *r)
{
    const yaml_parser_t *parser = &r->parser;
    struct yaml_problem problem = {
        .problem = parser->problem ? parser->problem : "out of memory",
        .context = parser->context,
        .quote_from = r->quote_from,
        .quote_to = r->quote_to,
    };
    problem.at = parser->error == YAML_READER_ERROR ? (ptrdiff_t)parser->problem_offset
                                                    : byte_of(r, parser->problem_mark.index);
    problem.context_at = parser->context ? byte_of(r, parser->context_mark.index) : problem.at;
    yaml_explain(&r->yaml, &problem);
    return false;
}

static bool next_event(struct reader *r, yaml_event_t *event)
{
    return yaml_parser_parse(&r->parser, event) || explain_error(r);
}

static str text_of(const yaml_char_t *z) { return str_c((const char *)z); }

/* --- plain scalars ---------------------------------------------------- */

/* YAML 1.2's core schema.  A number that does not fit stays text: an author
 * who writes a long one means its digits. */

static bool is_one_of(str s, const char *a, const char *b, const char *c)
{
    return str_equal(s, str_c(a)) || str_equal(s, str_c(b)) || str_equal(s, str_c(c));
}

/* 0o17 and 0x1F. */
static bool parse_radix(str s, int64_t *out)
{
    if (s.len < 3 || s.len > 18 || s.p[0] != '0' || (s.p[1] != 'o' && s.p[1] != 'x')) return false;
    uint64_t n = 0, radix = s.p[1] == 'x' ? 16 : 8;
    for (ptrdiff_t i = 2; i < s.len; i++) {
        char c = char_lower(s.p[i]);
        bool is_letter = c >= 'a' && c <= 'f';
        if (!char_is_digit(c) && !is_letter) return false;
        uint64_t digit = is_letter ? (uint64_t)(c - 'a' + 10) : (uint64_t)(c - '0');
        if (digit >= radix || n > ((uint64_t)INT64_MAX - digit) / radix) return false;
        n = n * radix + digit;
    }
    *out = (int64_t)n;
    return true;
}

static ptrdiff_t skip_digits(str s, ptrdiff_t i)
{
    while (i < s.len && char_is_digit(s.p[i])) i++;
    return i;
}

/* [-+]? ( .5 | 1 | 1. | 1.5 ) ( e[-+]?3 )? */
static bool is_float_form(str s)
{
    ptrdiff_t i = s.p[0] == '-' || s.p[0] == '+', whole = skip_digits(s, i);
    bool has_digits = whole > i;
    i = whole;
    if (i < s.len && s.p[i] == '.') {
        ptrdiff_t end = skip_digits(s, i + 1);
        has_digits |= end > i + 1;
        i = end;
    }
    if (!has_digits) return false;
    if (i < s.len && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i += i + 1 < s.len && (s.p[i + 1] == '-' || s.p[i + 1] == '+') ? 2 : 1;
        ptrdiff_t end = skip_digits(s, i);
        if (end == i) return false;
        i = end;
    }
    return i == s.len;
}

static bool parse_number(str s, value *out)
{
    int64_t whole;
    double number;
    if (str_to_int(s, &whole) || parse_radix(s, &whole)) {
        *out = value_int(whole);
        return true;
    }
    bool is_negative = s.p[0] == '-';
    str unsigned_part = str_from(s, is_negative || s.p[0] == '+');
    if (is_one_of(unsigned_part, ".inf", ".Inf", ".INF"))
        number = is_negative ? -INFINITY : INFINITY;
    else if (is_one_of(s, ".nan", ".NaN", ".NAN"))
        number = NAN;
    else if (skip_digits(unsigned_part, 0) == unsigned_part.len || !is_float_form(s) ||
             !str_to_float(s, &number))
        return false;
    *out = value_float(number);
    return true;
}

static value plain_value(struct reader *r, str s)
{
    value out;
    if (s.len == 0 || str_equal(s, S("~")) || is_one_of(s, "null", "Null", "NULL")) return value_null();
    if (is_one_of(s, "true", "True", "TRUE")) return value_bool(true);
    if (is_one_of(s, "false", "False", "FALSE")) return value_bool(false);
    bool may_be_number = char_is_digit(s.p[0]) || s.p[0] == '-' || s.p[0] == '+' || s.p[0] == '.';
    if (may_be_number && parse_number(s, &out)) return out;
    return value_str(str_copy(r->arena, s));
}

/* --- tags ------------------------------------------------------------- */

static const char standard_prefix[] = "tag:yaml.org,2002:";

/* The name of a standard tag ("str" of !!str), or an empty str. */
static str standard_name(str tag)
{
    return str_starts(tag, str_c(standard_prefix)) ? str_from(tag, sizeof standard_prefix - 1) : (str){0};
}

static bool fail_tag(struct reader *r, span at, str tag)
{
    str name = standard_name(tag), shown = name.len ? name : tag;
    struct diag *diag = diag_report(r->yaml.diags, DIAG_YAML, at, "unknown tag '%s%" STR_F "'",
                                    name.len ? "!!" : "", STR_A(shown));
    yaml_hint_quotes(&r->yaml, diag, byte_in_text(r, at));
    return false;
}

static bool is_collection_tag(str tag)
{
    str name = standard_name(tag);
    return tag.len == 0 || str_equal(tag, S("!")) || is_one_of(name, "map", "seq", "set") ||
           is_one_of(name, "omap", "pairs", "map");
}

/* A scalar with an explicit tag: !!str and ! make text, the others of the core
 * schema must find what they name. */
static bool tagged_value(struct reader *r, str tag, str text, span at, value *out)
{
    str name = standard_name(tag);
    *out = value_str(str_copy(r->arena, text));
    if (str_equal(tag, S("!")) || is_one_of(name, "str", "timestamp", "binary")) return true;
    if (!is_one_of(name, "null", "bool", "int") && !str_equal(name, S("float"))) return fail_tag(r,
                                                                                                 at, tag);
    *out = plain_value(r, text);
    bool fits = str_equal(name, S("null"))   ? out->kind == VALUE_NULL
                : str_equal(name, S("bool")) ? out->kind == VALUE_BOOL
                : str_equal(name, S("int"))  ? out->kind == VALUE_INT
                                             : out->kind == VALUE_INT || out->kind == VALUE_FLOAT;
    if (fits && str_equal(name, S("float")) && out->kind == VALUE_INT)
        *out = value_float((double)out->as.integer);
    if (!fits)
        diag_report(r->yaml.diags, DIAG_YAML, at, "'%" STR_F "' is no !!%" STR_F, STR_A(text), STR_A(name));
    return fits;
}

/* --- nodes ------------------------------------------------------------ */

static bool build_node(struct reader *r, yaml_event_t *event, int depth, value *out);

static bool count_nodes(struct reader *r, ptrdiff_t more, span at)
{
    r->nodes += more;
    if (r->nodes <= NODES_MOST) return true;
    diag_report(r->yaml.diags, DIAG_YAML, at, "more than %d values, those behind aliases counted",
                NODES_MOST);
    return false;
}

static bool build_scalar(struct reader *r, const yaml_event_t *event, value *out)
{
    span at = event_span(r, event);
    str text = str_of((const char *)event->data.scalar.value, (ptrdiff_t)event->data.scalar.length);
    yaml_scalar_style_t style = event->data.scalar.style;
    if (style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) {
        r->quote_from = byte_in_text(r, at);
        r->quote_to = r->quote_from + (ptrdiff_t)at.len;
    }
    bool has_bang = at.len > 0 && r->yaml.text.p[byte_in_text(r, at)] == '!';
    if (!event->data.scalar.tag)        /* libyaml drops the tag "!", which makes text */
        *out = style == YAML_PLAIN_SCALAR_STYLE && !has_bang ? plain_value(r, text)
                                                             : value_str(str_copy(r->arena, text));
    else if (!tagged_value(r, text_of(event->data.scalar.tag), text, at, out))
        return false;
    out->at = at;
    return true;
}

/* An alias stands for the value of its anchor, at the place where it is used. */
static bool build_alias(struct reader *r, const yaml_event_t *event, value *out)
{
    span at = event_span(r, event);
    str name = text_of(event->data.alias.anchor);
    const struct anchor *anchor = map_get(&r->anchors, name);
    if (!anchor) {
        struct diag *diag = diag_report(r->yaml.diags, DIAG_YAML, at, "unknown alias '*%" STR_F "'",
                                        STR_A(name));
        yaml_hint_quotes(&r->yaml, diag, byte_in_text(r, at));
        return false;
    }
    *out = anchor->value;
    out->at = at;
    return count_nodes(r, anchor->nodes, at);
}

/* The end of [...] and {...} is a character, that of a block is nowhere. */
static span to_bracket(struct reader *r, const yaml_event_t *end, span so_far, span start)
{
    bool is_bracket = end->end_mark.index > end->start_mark.index;
    return is_bracket ? join_spans(start, event_span(r, end)) : so_far;
}

static bool build_list(struct reader *r, span start, int depth, value *out)
{
    *out = value_list(r->arena);
    out->at = start;
    for (;;) {
        yaml_event_t event;
        value item;
        if (!next_event(r, &event)) return false;
        if (event.type == YAML_SEQUENCE_END_EVENT) {
            out->at = to_bracket(r, &event, out->at, start);
            return true;
        }
        if (!build_node(r, &event, depth + 1, &item)) return false;
        value_push(r->arena, out, item);
        out->at = join_spans(start, item.at);
    }
}

/* A pasted no-break space looks like an indent and would become part of the key. */
static bool check_key_start(struct reader *r, str key, span at)
{
    ptrdiff_t behind = 0;
    uint32_t first = key.len > 0 ? utf8_next(key, &behind) : 0;
    if (at.len == 0) {
        diag_report(r->yaml.diags, DIAG_YAML, at, "a ':' without a key in front of it");
        return false;
    }
    if (first < 0x80 || !rune_is_space(first)) return true;
    at.len = (uint32_t)behind;
    struct diag *diag = diag_report(r->yaml.diags, DIAG_YAML, at,
                                    "a wide or no-break space (U+%04X) in front of a key",
                                    (unsigned)first);
    diag_hint(r->yaml.diags, diag, "write a plain blank");
    return false;
}

/* A key is text as it is written: 2023 and true are keys like any other. */
static bool build_key(struct reader *r, yaml_event_t *event, int depth, str *key, span *at, bool *is_merge)
{
    bool is_scalar = event->type == YAML_SCALAR_EVENT;
    *is_merge = is_scalar && event->data.scalar.plain_implicit &&
                str_equal(text_of(event->data.scalar.value), S("<<"));
    str written = is_scalar ? str_copy(r->arena, str_of((const char *)event->data.scalar.value,
                                                        (ptrdiff_t)event->data.scalar.length))
                            : (str){0};
    value node;
    if (!build_node(r, event, depth, &node)) return false;
    *at = node.at;
    if (is_scalar && !check_key_start(r, written, *at)) return false;
    *key = is_scalar ? written : value_print(node, r->arena);
    if (node.kind != VALUE_LIST && node.kind != VALUE_MAP) return true;
    struct diag *diag = diag_report(r->yaml.diags, DIAG_YAML, *at, "a key must be text, not %s",
                                    value_kind_name(node));
    yaml_hint_quotes(&r->yaml, diag, byte_in_text(r, *at));
    return false;
}

static bool check_new_key(struct reader *r, const value *map, str key, span at)
{
    const struct value_pair *former = value_pair(map, key);
    if (!former) return true;
    struct diag *diag = diag_report(r->yaml.diags, DIAG_YAML, at,
                                    "the key '%" STR_F "' is there twice", STR_A(key));
    diag_relate(r->yaml.diags, diag, former->key_at, S("the first one"));
    return false;
}

/* Pairs of `from` whose keys `map` does not have. */
static bool merge_map(struct reader *r, value *map, value from)
{
    if (!count_nodes(r, value_count(from), from.at)) return false;
    for (ptrdiff_t i = 0; i < from.as.map->count; i++) {
        const struct value_pair *pair = &from.as.map->pairs[i];
        if (!value_pair(map, pair->key))
            value_set_at(r->arena, map, pair->key, pair->key_at, pair->value);
    }
    return true;
}

/* `merge` is what stands behind <<: a map, or a list of maps of which the
 * earlier ones win. */
static bool merge_into(struct reader *r, value *map, value merge)
{
    if (merge.kind == VALUE_MAP) return merge_map(r, map, merge);
    bool is_good = merge.kind == VALUE_LIST;
    for (ptrdiff_t i = 0; is_good && i < merge.as.list->count; i++)
        is_good = merge.as.list->items[i].kind == VALUE_MAP;
    if (!is_good) {
        diag_report(r->yaml.diags, DIAG_YAML, merge.at, "'<<' takes a map or a list of maps, not %s",
                    value_kind_name(merge));
        return false;
    }
    for (ptrdiff_t i = 0; i < merge.as.list->count; i++)
        if (!merge_map(r, map, merge.as.list->items[i])) return false;
    return true;
}

static bool build_pair(struct reader *r, yaml_event_t *event, int depth, value *map, value *merges)
{
    str key;
    span key_at;
    bool is_merge;
    value item;
    if (!build_key(r, event, depth + 1, &key, &key_at, &is_merge)) return false;
    if (!is_merge && !check_new_key(r, map, key, key_at)) return false;
    if (!next_event(r, event) || !build_node(r, event, depth + 1, &item)) return false;
    if (is_merge)
        value_push(r->arena, merges, item);
    else
        value_set_at(r->arena, map, key, key_at, item);
    map->at = join_spans(map->at, item.at);
    return true;
}

/* Merged pairs come last, so that the map's own win wherever << stands. */
static bool build_map(struct reader *r, span start, int depth, value *out)
{
    value merges = value_list(r->arena);
    *out = value_map(r->arena);
    out->at = start;
    for (;;) {
        yaml_event_t event;
        if (!next_event(r, &event)) return false;
        if (event.type == YAML_MAPPING_END_EVENT) {
            out->at = to_bracket(r, &event, out->at, start);
            break;
        }
        if (!build_pair(r, &event, depth, out, &merges)) return false;
    }
    for (ptrdiff_t i = 0; i < merges.as.list->count; i++)
        if (!merge_into(r, out, merges.as.list->items[i])) return false;
    return true;
}

static bool build_collection(struct reader *r, const yaml_event_t *event, int depth, value *out)
{
    bool is_list = event->type == YAML_SEQUENCE_START_EVENT;
    span start = event_span(r, event);
    str tag = text_of(is_list ? event->data.sequence_start.tag : event->data.mapping_start.tag);
    if (!is_collection_tag(tag)) return fail_tag(r, start, tag);
    if (depth > DEEPEST) {
        diag_report(r->yaml.diags, DIAG_YAML, start, "nested more than %d deep", DEEPEST);
        return false;
    }
    return is_list ? build_list(r, start, depth, out) : build_map(r, start, depth, out);
}

static str anchor_of(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT: return text_of(event->data.scalar.anchor);
    case YAML_SEQUENCE_START_EVENT: return text_of(event->data.sequence_start.anchor);
    case YAML_MAPPING_START_EVENT: return text_of(event->data.mapping_start.anchor);
    default: return (str){0};
    }
}

/* Takes `event` over and deletes it.  An anchor is known only once its node is
 * complete, so no value can hold itself. */
static bool build_node(struct reader *r, yaml_event_t *event, int depth, value *out)
{
    ptrdiff_t nodes_before = r->nodes;
    str anchor_name = str_copy(r->arena, anchor_of(event));
    bool ok;
    if (event->type == YAML_ALIAS_EVENT)
        ok = build_alias(r, event, out);
    else if (event->type == YAML_SCALAR_EVENT)
        ok = count_nodes(r, 1, event_span(r, event)) && build_scalar(r, event, out);
    else
        ok = count_nodes(r, 1, event_span(r, event)) && build_collection(r, event, depth, out);
    yaml_event_delete(event);
    if (ok && anchor_name.len > 0) {
        struct anchor *anchor = ARENA_NEW(r->arena, struct anchor);
        *anchor = (struct anchor){*out, r->nodes - nodes_before};
        map_put(r->arena, &r->anchors, anchor_name, anchor);
    }
    return ok;
}

/* --- the document ----------------------------------------------------- */

/* The stream's events: start, one document (start, node, end) or none, end. */
static bool build_document(struct reader *r, value *out)
{
    yaml_event_t event;
    *out = value_null();
    for (bool has_document = false; next_event(r, &event);) {
        yaml_event_type_t type = event.type;
        if (type == YAML_STREAM_END_EVENT) return true;
        if (type == YAML_DOCUMENT_START_EVENT && has_document) {
            diag_report(r->yaml.diags, DIAG_YAML, event_span(r, &event),
                        "a second document begins here, and one is read");
            yaml_event_delete(&event);
            return false;
        }
        bool is_node = type == YAML_ALIAS_EVENT || type == YAML_SCALAR_EVENT ||
                       type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT;
        has_document |= type == YAML_DOCUMENT_START_EVENT;
        if (!is_node)
            yaml_event_delete(&event);
        else if (!build_node(r, &event, 1, out))
            return false;
    }
    return false;
}

/* Editors leave tabs on lines that look empty, and libyaml takes them for an
 * indent: on such lines they become blanks.  No byte moves. */
static str blank_empty_lines(struct arena *arena, str text)
{
    if (str_find_char(text, '\t') < 0) return text;
    char *p = arena_copy(arena, text.p, (size_t)text.len);
    for (ptrdiff_t start = 0, i = 0; i <= text.len; i++) {
        if (i < text.len && (p[i] == ' ' || p[i] == '\t')) continue;
        if (i == text.len || p[i] == '\n') memset(p + start, ' ', (size_t)(i - start));
        while (i < text.len && p[i] != '\n') i++;
        start = i + 1;
    }
    return str_of(p, text.len);
}

bool yaml_parse(struct arena *arena, str text, uint32_t file, uint32_t offset,
                struct diags *diags, value *out)
{
    text = blank_empty_lines(arena, text);
    struct reader r = {.arena = arena, .yaml = {text, file, offset, diags}};
    if (!yaml_parser_initialize(&r.parser)) return explain_error(&r);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(text.len ? text.p : ""),
                                 (size_t)text.len);
    bool ok = build_document(&r, out);
    yaml_parser_delete(&r.parser);
    return ok;
}
