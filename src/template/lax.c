/* lax.c - fragments, what one of them means, filters and conditions, as
 * Ruby's regular expressions read them.
 *
 * The names in brackets are those of Ruby's constants. */
#include "lax.h"

#include "filters.h"

enum { MOST_UNCLOSED = 100 };

/* --- fragments --- */

static bool lax_is_word(char c)
{
    return lexer_is_name_char(c);
}

/* Bytes of the quoted text that `text` starts with; 0: none, or never closed. */
ptrdiff_t lax_quoted_len(str text)
{
    if (!text.len || (text.p[0] != '"' && text.p[0] != '\'')) return 0;
    ptrdiff_t len = str_find_char(str_from(text, 1), text.p[0]);
    return len < 0 ? 0 : len + 2;
}

ptrdiff_t lax_fragment_len(str text)
{
    ptrdiff_t at = lax_quoted_len(text);
    if (at) return at;
    while (at < text.len) {
        char c = text.p[at];
        ptrdiff_t quoted = lax_quoted_len(str_from(text, at));
        if (!quoted && (char_is_space(c) || c == ',' || c == '|' || c == '"' || c == '\'')) break;
        at += quoted ? quoted : 1;
    }
    return at;
}

bool lax_fragment(str *rest, str *out)
{
    ptrdiff_t len = 0;
    while (rest->len && !(len = lax_fragment_len(*rest))) *rest = str_from(*rest, 1);
    *out = str_slice(*rest, 0, len);
    *rest = str_from(*rest, len);
    return len > 0;
}

bool lax_fragments(str *rest, str *out)
{
    if (!lax_fragment(rest, out)) return false;
    for (ptrdiff_t len; (len = lax_fragment_len(*rest)) > 0;) {
        out->len += len;
        *rest = str_from(*rest, len);
    }
    return true;
}

str lax_word(str *rest)
{
    ptrdiff_t len = 0;
    while (len < rest->len && (lax_is_word(rest->p[len]) || rest->p[len] == '-')) len++;
    str word = str_slice(*rest, 0, len);
    *rest = str_from(*rest, len);
    return word;
}

bool lax_take(str *rest, str word)
{
    str behind = str_trim_left(*rest);
    if (behind.len == rest->len || !str_starts(behind, word)) return false;
    behind = str_from(behind, word.len);
    str after = str_trim_left(behind);
    if (after.len == behind.len) return false;
    *rest = after;
    return true;
}

/* [TagAttributes] */
bool lax_attribute(str *rest, str *name, str *out)
{
    while (rest->len) {
        if (!lax_is_word(rest->p[0])) {
            *rest = str_from(*rest, 1);
            continue;
        }
        *name = lax_word(rest);
        str behind = str_trim_left(*rest);
        if (!str_starts(behind, S(":"))) continue;
        behind = str_trim_left(str_from(behind, 1));
        ptrdiff_t len = lax_fragment_len(behind);
        if (!len) continue;
        *out = str_slice(behind, 0, len);
        *rest = str_from(behind, len);
        return true;
    }
    return false;
}

/* --- values --- */

/* "-12", "1.5", and the odd ones: "1." is 1.0, "1.2.3" is 1.2. */
static bool lax_number(str text, value *out)
{
    ptrdiff_t dot = -1, end = text.len, first = str_starts(text, S("-")) ? 1 : 0;
    if (first >= text.len || !char_is_digit(text.p[first])) return false;
    for (ptrdiff_t i = first; i < text.len; i++) {
        if (text.p[i] == '.' && dot >= 0 && end == text.len) end = i;
        else if (text.p[i] == '.' && dot < 0) dot = i;
        else if (text.p[i] != '.' && !char_is_digit(text.p[i])) return false;
    }
    *out = value_int(0);
    if (dot < 0 && str_to_int(text, &out->as.integer)) return true;
    if (end == dot + 1) end = dot;
    *out = value_float(0);
    return str_to_float(str_slice(text, 0, end), &out->as.number);
}

/* [RANGES_REGEX] "(a..b)": the last ".." of the first run of characters counts. */
static bool lax_range_ends(str text, str *left, str *right)
{
    if (text.len < 2 || text.p[0] != '(' || text.p[text.len - 1] != ')') return false;
    text = str_trim(str_slice(text, 1, text.len - 1));
    ptrdiff_t run = 0, dots = -1;
    while (run < text.len && !char_is_space(text.p[run])) run++;
    str behind = str_trim_left(str_from(text, run));
    if (str_starts(behind, S(".."))) dots = run;
    else behind = text;
    for (ptrdiff_t i = run - 2; i > 0 && dots < 0; i--)
        if (text.p[i] == '.' && text.p[i + 1] == '.') dots = i, behind = str_from(text, i);
    if (dots <= 0) return false;
    *left = str_slice(text, 0, dots);
    *right = str_trim(str_from(behind, 2));
    for (ptrdiff_t i = 0; i < right->len; i++)
        if (char_is_space(right->p[i])) return false;
    return right->len > 0;
}

/* What stands between this '[' and its ']'; 0: it is never closed. */
static ptrdiff_t lax_bracket_len(str text)
{
    ptrdiff_t depth = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (text.p[i] == '[') depth++;
        else if (text.p[i] == ']' && --depth == 0) return i + 1;
    }
    return 0;
}

/* The next part of a lookup [VariableParser].  A '[' that is never closed is
 * skipped; after many of them all are, so that they cost no time. */
static bool lax_part(str *rest, int *unclosed, str *out)
{
    while (rest->len) {
        ptrdiff_t len = 0;
        if (rest->p[0] == '[' && *unclosed < MOST_UNCLOSED) {
            len = lax_bracket_len(*rest);
            *unclosed += !len;
        } else if (rest->p[0] != '[') {
            while (len < rest->len && (lax_is_word(rest->p[len]) || rest->p[len] == '-')) len++;
            if (len && len < rest->len && rest->p[len] == '?') len++;
        }
        *out = str_slice(*rest, 0, len);
        *rest = str_from(*rest, len ? len : 1);
        if (len) return true;
    }
    return false;
}

static const struct expression *lax_index(struct parser *parser, str part)
{
    if (!expression_enter(parser, part)) return NULL;
    const struct expression *index = lax_value(parser, str_slice(part, 1, part.len - 1));
    parser->depth--;
    return index;
}

/* Whatever is not in brackets and no name is skipped: a+b is a.b. */
static const struct expression *lax_lookup(struct parser *parser, str text)
{
    struct expression *lookup = expression_new(parser, EXPRESSION_LOOKUP, text);
    struct step *steps = NULL;
    ptrdiff_t count = 0, capacity = 0;
    int unclosed = 0;
    str rest = text, part;
    if (!lax_part(&rest, &unclosed, &part)) return expression_literal(parser, text, value_null());
    lookup->as.lookup.name = name_make(part);
    if (part.p[0] == '[' && !(lookup->as.lookup.dynamic = lax_index(parser, part))) return NULL;
    while (lax_part(&rest, &unclosed, &part)) {
        struct step step = {.key = name_make(part), .command = expression_command(part)};
        if (part.p[0] == '[' && !(step.index = lax_index(parser, part))) return NULL;
        ARENA_PUSH(parser->arena, steps, count, capacity) = step;
    }
    lookup->as.lookup.steps = steps;
    lookup->as.lookup.step_count = count;
    return lookup;
}

static const struct expression *lax_range(struct parser *parser, str text, str left, str right)
{
    struct expression *range = expression_new(parser, EXPRESSION_RANGE, text);
    if (!expression_enter(parser, text)) return NULL;
    range->as.pair.left = lax_value(parser, left);
    range->as.pair.right = lax_value(parser, right);
    parser->depth--;
    return range->as.pair.left && range->as.pair.right ? range : NULL;
}

/* [Expression.parse] */
const struct expression *lax_value(struct parser *parser, str text)
{
    value literal = value_null();
    str left, right;
    text = str_trim(text);
    if (!text.len) return expression_literal(parser, text, literal);
    char quote = text.p[0];
    if ((quote == '"' || quote == '\'') && text.p[text.len - 1] == quote)
        return expression_literal(parser, text, value_str(str_slice(text, 1, text.len > 1 ? text.len - 1 : 1)));
    if (expression_constant(parser, text, &literal)) return expression_literal(parser, text, literal);
    if (lax_range_ends(text, &left, &right)) return lax_range(parser, text, left, right);
    if (lax_number(text, &literal)) return expression_literal(parser, text, literal);
    return lax_lookup(parser, text);
}

/* [Condition.parse_expression] */
const struct expression *lax_operand(struct parser *parser, str text)
{
    value mark;
    if (expression_mark(parser, text, &mark)) return expression_literal(parser, text, mark);
    return lax_value(parser, text);
}

/* --- filters --- */

/* [FilterArgsRegex] The next argument behind a ':' or ','. */
static bool lax_argument(str *rest, str *out)
{
    while (rest->len) {
        char c = rest->p[0];
        *rest = str_from(*rest, 1);
        if (c != ':' && c != ',') continue;
        str text = str_trim_left(*rest), named = text, name, fragment;
        ptrdiff_t len = lax_fragment_len(text);
        if (lax_attribute(&named, &name, &fragment) && name.p == text.p) len = fragment.p + fragment.len - text.p;
        if (!len) continue;
        *out = str_slice(text, 0, len);
        *rest = str_from(text, len);
        return true;
    }
    return false;
}

static bool lax_arguments(struct parser *parser, str rest, struct filter_use *use)
{
    const struct expression **values = NULL;
    struct named_argument *named = NULL;
    ptrdiff_t value_capacity = 0, named_capacity = 0;
    for (str argument, name, fragment; lax_argument(&rest, &argument);) {
        str attribute = argument;
        bool is_named = lax_attribute(&attribute, &name, &fragment) && name.p == argument.p && !attribute.len;
        const struct expression *v = lax_value(parser, is_named ? fragment : argument);
        if (!v) return false;
        if (is_named)
            ARENA_PUSH(parser->arena, named, use->named_count, named_capacity) =
                (struct named_argument){name_make(name), v};
        else
            ARENA_PUSH(parser->arena, values, use->argument_count, value_capacity) = v;
    }
    use->arguments = values;
    use->named = named;
    return true;
}

/* [FilterParser] Everything up to the next '|' that is not in quotes. */
static str lax_filter_text(str *rest)
{
    ptrdiff_t at = 0;
    while (at < rest->len) {
        ptrdiff_t len = lax_fragment_len(str_from(*rest, at));
        if (!len && !char_is_space(rest->p[at]) && rest->p[at] != ',') break;
        at += len ? len : 1;
    }
    str text = str_slice(*rest, 0, at);
    *rest = str_from(*rest, at ? at : 1);
    return text;
}

static bool lax_filter(struct parser *parser, str text, struct filter_use *use)
{
    ptrdiff_t len = 0;
    while (text.len && !lax_is_word(text.p[0])) text = str_from(text, 1);
    while (len < text.len && lax_is_word(text.p[len])) len++;
    *use = (struct filter_use){.name = str_slice(text, 0, len)};
    use->at = parser_span(parser, use->name);
    if (!len) return true;      /* no name, no filter */
    filters_resolve(parser->env, use);
    return lax_arguments(parser, text, use);
}

/* [Variable] */
const struct pipeline *lax_pipeline(struct parser *parser, str markup)
{
    struct pipeline *pipeline = ARENA_NEW(parser->arena, struct pipeline);
    struct filter_use *uses = NULL, use;
    ptrdiff_t capacity = 0;
    str rest = markup, fragment;
    pipeline->at = parser_span(parser, markup);
    if (!lax_fragment(&rest, &fragment)) return pipeline;
    pipeline->input = lax_value(parser, fragment);
    if (!pipeline->input) return NULL;
    ptrdiff_t bar = str_find_char(rest, '|');
    if (bar < 0) return pipeline;
    rest = str_from(rest, bar + 1);
    while (rest.len) {
        if (!lax_filter(parser, lax_filter_text(&rest), &use)) return NULL;
        if (use.name.len) ARENA_PUSH(parser->arena, uses, pipeline->filter_count, capacity) = use;
    }
    pipeline->filters = uses;
    return pipeline;
}

/* --- conditions --- */

/* Is there a word boundary before text[at]? */
static bool lax_is_boundary(str text, ptrdiff_t at)
{
    bool before = at > 0 && lax_is_word(text.p[at - 1]), behind = at < text.len && lax_is_word(text.p[at]);
    return before != behind;
}

/* Bytes of an `and` or `or` at text[at], a blank before and behind it included; 0: none. */
static ptrdiff_t lax_junction_len(str text, ptrdiff_t at)
{
    ptrdiff_t end = at;
    if (!lax_is_boundary(text, at)) return 0;
    if (end < text.len && char_is_space(text.p[end])) end++;
    if (str_starts(str_from(text, end), S("and"))) end += 3;
    else if (str_starts(str_from(text, end), S("or"))) end += 2;
    else return 0;
    if (end < text.len && char_is_space(text.p[end]) && lax_is_boundary(text, end + 1)) return end + 1 - at;
    return lax_is_boundary(text, end) ? end - at : 0;
}

/* The next `and`/`or`, or all up to it [ExpressionsAndOperators]. */
static str lax_clause(str text, ptrdiff_t *at)
{
    ptrdiff_t from = *at, len = lax_junction_len(text, from);
    for (*at += len; !len && *at < text.len;) {
        ptrdiff_t word = *at;
        while (word < text.len && char_is_space(text.p[word])) word++;
        if (word == text.len || lax_junction_len(text, word)) {
            *at = word;
            break;
        }
        ptrdiff_t run = lax_fragment_len(str_from(text, word));
        if (!run)
            while (word + run < text.len && !char_is_space(text.p[word + run])) run++;
        *at = word + run;
    }
    return str_slice(text, from, *at);
}

static bool lax_is_operator(char c)
{
    return (c >= 'a' && c <= 'z') || c == '=' || c == '!' || c == '<' || c == '>' || c == '_';
}

/* "a > b" [If::Syntax]; NULL without a report: there is no value at all. */
static const struct expression *lax_test(struct parser *parser, str clause)
{
    str left, right = {0};
    ptrdiff_t len = 0;
    if (!lax_fragment(&clause, &left)) return NULL;
    const struct expression *value_ = lax_operand(parser, left);
    clause = str_trim_left(clause);
    while (len < clause.len && lax_is_operator(clause.p[len])) len++;
    if (!len || !value_) return value_;
    struct expression *test = expression_new(parser, EXPRESSION_TEST, str_slice(clause, 0, len));
    test->operator_ = lexer_operator(str_slice(clause, 0, len));
    clause = str_trim_left(str_from(clause, len));
    right = str_slice(clause, 0, lax_fragment_len(clause));
    test->as.pair.left = value_;
    test->as.pair.right = lax_operand(parser, right);
    return test->as.pair.right ? test : NULL;
}

const struct expression *lax_condition(struct parser *parser, const struct markup *markup)
{
    struct expression *chain = expression_new(parser, EXPRESSION_CHAIN, markup->text);
    struct link *links = NULL;
    ptrdiff_t count = 0, capacity = 0, at = 0;
    bool good = true, junction = false;
    ptrdiff_t errors = parser->diags->count;
    while (at < markup->text.len && good) {
        ptrdiff_t from = at;
        str clause = str_trim(lax_clause(markup->text, &at));
        if (!clause.len && at > from) continue;
        if (junction) {
            good = str_equal(clause, S("and")) || str_equal(clause, S("or"));
            if (good) links[count - 1].next = clause.p[0] == 'a' ? OPERATOR_AND : OPERATOR_OR;
        } else {
            struct link link = {.operand = lax_test(parser, clause), .next = OPERATOR_NONE};
            ARENA_PUSH(parser->arena, links, count, capacity) = link;
            good = link.operand;
        }
        junction = !junction;
    }
    chain->as.chain.links = links;
    chain->as.chain.count = count;
    if (good && junction) return count == 1 ? links[0].operand : chain;
    if (parser->diags->count == errors)
        parser_error(parser, DIAG_LIQUID_SYNTAX, markup->whole, "'%" STR_F "' wants a condition",
                     STR_A(markup->name));
    return NULL;
}
