/* expression.c - the grammar of values and conditions.  Filters are in
 * pipeline.c.
 *
 *     condition  term (('and' | 'or') term)*
 *     term       'not' term | '(' condition ')' | value (comparison value)?
 *     value      literal | (value '..' value) | name ('.' name | '[' value ']')*
 *
 * `not` and the parentheses of conditions are hugi's own.  What does not fit
 * is an error; what is done about it in lax mode is in lax.c.
 *
 * In the file: reports, values, conditions. */
#include "hints.h"
#include "parser.h"

enum { EXPRESSION_DEPTH = 100 };

bool parser_unexpected(struct parser *parser, const struct lexer *lexer, const char *wanted)
{
    const struct word *word = &lexer->word;
    str at = str_of(word->start, word->end - word->start);
    struct diag *diag;
    if (word->kind == LEX_END)
        diag = parser_error(parser, DIAG_LIQUID_SYNTAX, at, "%s is missing at the end of the tag", wanted);
    else if (str_equal(at, S("\"")) || str_equal(at, S("'")))
        diag = parser_error(parser, DIAG_LIQUID_SYNTAX, lexer_rest(lexer), "the text that begins here is never closed");
    else
        diag = parser_error(parser, DIAG_LIQUID_SYNTAX, at, "'%" STR_F "' is unexpected here (want %s)", STR_A(at),
                            wanted);
    const char *hint = hint_for_word(lexer);
    if (hint) diag_hint(parser->diags, diag, "%s", hint);
    return false;
}

struct expression *expression_new(struct parser *parser, enum expression_kind kind, str at)
{
    struct expression *expression = ARENA_NEW(parser->arena, struct expression);
    expression->kind = kind;
    expression->at = parser_span(parser, at);
    return expression;
}

const struct expression *expression_literal(struct parser *parser, str at, value literal)
{
    struct expression *expression = expression_new(parser, EXPRESSION_LITERAL, at);
    expression->as.literal = literal;
    return expression;
}

/* Brackets nested too deep for the parser's own stack. */
bool expression_enter(struct parser *parser, str at)
{
    if (parser->depth < EXPRESSION_DEPTH) {
        parser->depth++;
        return true;
    }
    parser_error(parser, DIAG_LIQUID_LIMIT, at, "nested deeper than %d levels", EXPRESSION_DEPTH);
    return false;
}

/* --- values --- */

enum command_kind expression_command(str key)
{
    if (str_equal(key, S("size"))) return COMMAND_SIZE;
    if (str_equal(key, S("first"))) return COMMAND_FIRST;
    if (str_equal(key, S("last"))) return COMMAND_LAST;
    return COMMAND_NONE;
}

struct step_list {
    struct step *items;
    ptrdiff_t count, capacity;
};

static bool expression_key(struct parser *parser, struct lexer *lexer, struct step_list *steps)
{
    if (lexer->word.kind != LEX_NAME && lexer->word.operator_ != OPERATOR_CONTAINS)
        return parser_unexpected(parser, lexer, "a name behind '.'");
    struct step step = {.key = name_make(lexer->word.text), .command = expression_command(lexer->word.text)};
    ARENA_PUSH(parser->arena, steps->items, steps->count, steps->capacity) = step;
    lexer_next(lexer);
    return true;
}

static bool expression_index(struct parser *parser, struct lexer *lexer, struct step_list *steps)
{
    if (!expression_enter(parser, lexer->word.text)) return false;
    const struct expression *index = expression_parse(parser, lexer);
    parser->depth--;
    if (!index) return false;
    if (!lexer_take(lexer, LEX_CLOSE_BRACKET)) return parser_unexpected(parser, lexer, "']'");
    struct step step = {.index = index};
    if (index->kind == EXPRESSION_LITERAL && index->as.literal.kind == VALUE_STR)
        step = (struct step){.key = name_make(index->as.literal.as.text)};
    ARENA_PUSH(parser->arena, steps->items, steps->count, steps->capacity) = step;
    return true;
}

static const struct expression *expression_lookup(struct parser *parser, struct lexer *lexer)
{
    const char *start = lexer->word.start;
    struct expression *lookup = expression_new(parser, EXPRESSION_LOOKUP, lexer->word.text);
    struct step_list steps = {0};
    if (lexer->word.kind == LEX_OPEN_BRACKET) {
        lexer_next(lexer);
        if (!expression_index(parser, lexer, &steps)) return NULL;
        lookup->as.lookup.dynamic = steps.items[0].index;
        lookup->as.lookup.name = steps.items[0].key;
        steps.count = 0;
    } else {
        lookup->as.lookup.name = name_make(lexer->word.text);
        lexer_next(lexer);
    }
    const char *end = lexer->word.start;
    for (;;) {
        if (lexer_take(lexer, LEX_DOT)) {
            if (!expression_key(parser, lexer, &steps)) return NULL;
        } else if (lexer_take(lexer, LEX_OPEN_BRACKET)) {
            if (!expression_index(parser, lexer, &steps)) return NULL;
        } else {
            break;
        }
        end = lexer->word.start;
    }
    lookup->as.lookup.steps = steps.items;
    lookup->as.lookup.step_count = steps.count;
    lookup->at = parser_span(parser, str_trim(str_of(start, end - start)));
    return lookup;
}

bool expression_mark(const struct parser *parser, str word, value *out)
{
    bool empty = str_equal(word, S("empty"));
    if (parser->marks_are_text || (!empty && !str_equal(word, S("blank")))) return false;
    *out = (value){.kind = VALUE_MARK, .as.mark = !empty};
    return true;
}

/* `empty` and `blank` are "" but for where something is compared with them; in
 * Jekyll's Liquid 4 they are themselves everywhere but in where_exp. */
bool expression_constant(const struct parser *parser, str word, value *out)
{
    static const struct {
        str name;
        value is;
    } constants[] = {
        {STR_INIT("nil"), {.kind = VALUE_NULL}},
        {STR_INIT("null"), {.kind = VALUE_NULL}},
        {STR_INIT("true"), {.kind = VALUE_BOOL, .as.boolean = true}},
        {STR_INIT("false"), {.kind = VALUE_BOOL, .as.boolean = false}},
        {STR_INIT("empty"), {.kind = VALUE_STR, .as.text = STR_INIT("")}},
        {STR_INIT("blank"), {.kind = VALUE_STR, .as.text = STR_INIT("")}},
    };
    if (parser->env->mode == LIQUID_JEKYLL && expression_mark(parser, word, out)) return true;
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        if (!str_equal(word, constants[i].name)) continue;
        *out = constants[i].is;
        return true;
    }
    return false;
}

static const struct expression *expression_name(struct parser *parser, struct lexer *lexer)
{
    value constant;
    struct lexer ahead = *lexer;
    lexer_next(&ahead);
    if (ahead.word.kind != LEX_DOT && ahead.word.kind != LEX_OPEN_BRACKET
        && expression_constant(parser, lexer->word.text, &constant)) {
        const struct expression *literal = expression_literal(parser, lexer->word.text, constant);
        *lexer = ahead;
        return literal;
    }
    return expression_lookup(parser, lexer);
}

static const struct expression *expression_number(struct parser *parser, struct lexer *lexer)
{
    str word = lexer->word.text;
    value number = value_int(0);
    if (lexer->word.kind == LEX_FLOAT || !str_to_int(word, &number.as.integer)) {
        double f = 0;
        str_to_float(word, &f);
        number = value_float(f);
    }
    lexer_next(lexer);
    return expression_literal(parser, word, number);
}

/* '(' a '..' b ')'; in a condition also '(' condition ')'. */
static const struct expression *expression_range(struct parser *parser, struct lexer *lexer)
{
    const char *start = lexer->word.start;
    lexer_next(lexer);
    if (!expression_enter(parser, lexer->word.text)) return NULL;
    const struct expression *left = expression_parse(parser, lexer);
    parser->depth--;
    if (!left) return NULL;
    if (!lexer_take(lexer, LEX_DOTS)) {
        parser_unexpected(parser, lexer, "'..'");
        return NULL;
    }
    if (!expression_enter(parser, lexer->word.text)) return NULL;
    const struct expression *right = expression_parse(parser, lexer);
    parser->depth--;
    if (!right) return NULL;
    const char *end = lexer->word.end;
    if (!lexer_take(lexer, LEX_CLOSE)) {
        parser_unexpected(parser, lexer, "')'");
        return NULL;
    }
    struct expression *range = expression_new(parser, EXPRESSION_RANGE, str_of(start, end - start));
    range->as.pair.left = left;
    range->as.pair.right = right;
    return range;
}

const struct expression *expression_parse(struct parser *parser, struct lexer *lexer)
{
    const struct expression *result;
    switch (lexer->word.kind) {
    case LEX_STRING:
        result = expression_literal(parser, lexer->word.text, value_str(lexer->word.text));
        lexer_next(lexer);
        return result;
    case LEX_INT:
    case LEX_FLOAT: return expression_number(parser, lexer);
    case LEX_NAME: return expression_name(parser, lexer);
    case LEX_OPEN_BRACKET: return expression_lookup(parser, lexer);
    case LEX_OPEN: return expression_range(parser, lexer);
    default:
        parser_unexpected(parser, lexer, "a value");
        return NULL;
    }
}

bool expression_end(struct parser *parser, struct lexer *lexer)
{
    if (lexer->word.kind == LEX_END) return true;
    return parser_unexpected(parser, lexer, "the end of the tag");
}

/* --- conditions --- */

const struct expression *expression_operand(struct parser *parser, struct lexer *lexer)
{
    value constant;
    struct lexer ahead = *lexer;
    lexer_next(&ahead);
    if (lexer->word.kind != LEX_NAME || ahead.word.kind == LEX_DOT || ahead.word.kind == LEX_OPEN_BRACKET
        || !expression_mark(parser, lexer->word.text, &constant))
        return expression_parse(parser, lexer);
    const struct expression *mark = expression_literal(parser, lexer->word.text, constant);
    *lexer = ahead;
    return mark;
}

/* "a > b", or "a" alone. */
static const struct expression *expression_test(struct parser *parser, struct lexer *lexer,
                                                const struct expression *left)
{
    if (lexer->word.kind != LEX_COMPARE) return left;
    struct expression *test = expression_new(parser, EXPRESSION_TEST, lexer->word.text);
    test->operator_ = lexer->word.operator_;
    lexer_next(lexer);
    test->as.pair.left = left;
    test->as.pair.right = expression_operand(parser, lexer);
    return test->as.pair.right ? test : NULL;
}

/* Does the '(' here open a condition, not a range?  Looks for '..' before the
 * matching ')'. */
static bool expression_is_group(const struct lexer *lexer)
{
    struct lexer ahead = *lexer;
    int depth = 0;
    do {
        if (ahead.word.kind == LEX_OPEN) depth++;
        if (ahead.word.kind == LEX_CLOSE) depth--;
        if (ahead.word.kind == LEX_DOTS && depth == 1) return false;
        if (ahead.word.kind == LEX_END || ahead.word.kind == LEX_PIPE) return false;
        lexer_next(&ahead);
    } while (depth > 0);
    return true;
}

static const struct expression *expression_term(struct parser *parser, struct lexer *lexer)
{
    if (lexer_is_name(lexer, S("not"))) {
        struct expression *not_ = expression_new(parser, EXPRESSION_NOT, lexer->word.text);
        lexer_next(lexer);
        parser->extended = true;
        if (!expression_enter(parser, lexer->word.text)) return NULL;
        not_->as.pair.left = expression_term(parser, lexer);
        parser->depth--;
        return not_->as.pair.left ? not_ : NULL;
    }
    const struct expression *left;
    if (lexer->word.kind == LEX_OPEN && expression_is_group(lexer)) {
        parser->extended = true;
        lexer_next(lexer);
        if (!expression_enter(parser, lexer->word.text)) return NULL;
        left = expression_condition(parser, lexer);
        parser->depth--;
        if (!left) return NULL;
        if (!lexer_take(lexer, LEX_CLOSE)) {
            parser_unexpected(parser, lexer, "')'");
            return NULL;
        }
    } else {
        left = expression_operand(parser, lexer);
    }
    return left ? expression_test(parser, lexer, left) : NULL;
}

const struct expression *expression_condition(struct parser *parser, struct lexer *lexer)
{
    struct expression *chain = expression_new(parser, EXPRESSION_CHAIN, lexer_rest(lexer));
    struct link *links = NULL;
    ptrdiff_t count = 0, capacity = 0;
    for (;;) {
        const struct expression *operand = expression_term(parser, lexer);
        if (!operand) return NULL;
        struct link link = {.operand = operand, .next = OPERATOR_NONE};
        if (lexer_take_name(lexer, S("and"))) link.next = OPERATOR_AND;
        else if (lexer_take_name(lexer, S("or"))) link.next = OPERATOR_OR;
        ARENA_PUSH(parser->arena, links, count, capacity) = link;
        if (link.next == OPERATOR_NONE) break;
    }
    if (count == 1) return links[0].operand;
    chain->as.chain.links = links;
    chain->as.chain.count = count;
    return chain;
}
