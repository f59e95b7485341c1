/* pipeline.c - the grammar of filters, and the named arguments of tags:
 *
 *     pipeline   value ('|' name (':' argument (',' argument)*)?)*
 *     argument   (name ':')? value
 *
 * A filter is looked up here, once; rendering finds a function. */
#include "filters.h"
#include "hints.h"
#include "parser.h"

/* --- filters --- */

struct argument_list {
    const struct expression **items;
    ptrdiff_t count, capacity;
};
struct named_list {
    struct named_argument *items;
    ptrdiff_t count, capacity;
};

static bool expression_argument(struct parser *parser, struct lexer *lexer, struct argument_list *arguments,
                                struct named_list *named)
{
    struct lexer ahead = *lexer;
    lexer_next(&ahead);
    if (lexer->word.kind == LEX_NAME && ahead.word.kind == LEX_COLON) {
        struct name name = name_make(lexer->word.text);
        *lexer = ahead;
        lexer_next(lexer);
        const struct expression *value_ = expression_parse(parser, lexer);
        if (!value_) return false;
        struct named_argument argument = {name, value_};
        ARENA_PUSH(parser->arena, named->items, named->count, named->capacity) = argument;
        return true;
    }
    const struct expression *value_ = expression_parse(parser, lexer);
    if (!value_) return false;
    ARENA_PUSH(parser->arena, arguments->items, arguments->count, arguments->capacity) = value_;
    return true;
}

static bool expression_arguments(struct parser *parser, struct lexer *lexer, struct filter_use *use)
{
    struct argument_list arguments = {0};
    struct named_list named = {0};
    do {
        if (lexer->word.kind == LEX_PIPE || lexer->word.kind == LEX_END) break;
        if (!expression_argument(parser, lexer, &arguments, &named)) return false;
    } while (lexer_take(lexer, LEX_COMMA));
    use->arguments = arguments.items;
    use->argument_count = arguments.count;
    use->named = named.items;
    use->named_count = named.count;
    return true;
}

/* Which function it is, and whether so many arguments fit (strict mode; the
 * others find out when they render). */
static bool expression_resolve(struct parser *parser, struct filter_use *use)
{
    filters_resolve(parser->env, use);
    if (parser->lax) return true;
    if (!use->filter && !use->extension) {
        struct diag *diag = parser_error(parser, DIAG_LIQUID_FILTER, use->name, "unknown filter '%" STR_F "'",
                                         STR_A(use->name));
        str near = filters_nearest(parser->env, use->name, parser->arena);
        const char *hint = hint_for_filter(use->name);
        if (hint) diag_hint(parser->diags, diag, "%s", hint);
        else if (near.len) diag_hint(parser->diags, diag, "did you mean '%" STR_F "'?", STR_A(near));
        return false;
    }
    const char *wrong = filters_check_count(use, parser->arena);
    if (!wrong) return true;
    parser_error(parser, DIAG_LIQUID_ARGUMENT, use->name, "%s", wrong);
    return false;
}

static bool expression_starts_value(const struct lexer *lexer)
{
    enum lex_kind kind = lexer->word.kind;
    return kind == LEX_NAME || kind == LEX_STRING || kind == LEX_INT || kind == LEX_FLOAT;
}

static bool expression_filter(struct parser *parser, struct lexer *lexer, struct filter_use *use)
{
    *use = (struct filter_use){.name = lexer->word.text, .at = parser_span(parser, lexer->word.text)};
    lexer_next(lexer);
    if (lexer_take(lexer, LEX_COLON)) {
        if (!parser->lax && lexer->word.kind == LEX_END) return parser_unexpected(parser, lexer, "an argument");
        if (!expression_arguments(parser, lexer, use)) return false;
        if (!parser->lax && expression_starts_value(lexer))
            return parser_unexpected(parser, lexer, "',' between arguments, '|' before a filter");
    } else if (!parser->lax && expression_starts_value(lexer)) {
        return parser_unexpected(parser, lexer, "':' before a filter's arguments, '|' before a filter");
    }
    return expression_resolve(parser, use);
}

const struct pipeline *expression_pipeline(struct parser *parser, struct lexer *lexer)
{
    struct pipeline *pipeline = ARENA_NEW(parser->arena, struct pipeline);
    pipeline->at = parser_span(parser, str_trim(lexer_rest(lexer)));
    if (lexer->word.kind == LEX_END) return pipeline;
    pipeline->input = expression_parse(parser, lexer);
    if (!pipeline->input) return NULL;
    struct filter_use *uses = NULL;
    ptrdiff_t count = 0, capacity = 0;
    bool good = true;
    while (lexer_take(lexer, LEX_PIPE)) {
        if (lexer->word.kind != LEX_NAME) return parser_unexpected(parser, lexer, "a filter's name"), NULL;
        struct filter_use use;
        if (!expression_filter(parser, lexer, &use)) {
            /* An unknown filter: its arguments are read, so that the next one is looked at too. */
            if (lexer->word.kind != LEX_PIPE) return NULL;
            good = false;
            continue;
        }
        ARENA_PUSH(parser->arena, uses, count, capacity) = use;
    }
    pipeline->filters = uses;
    pipeline->filter_count = count;
    return good ? pipeline : NULL;
}

/* --- named arguments of tags --- */

bool expression_named(struct parser *parser, struct lexer *lexer, const struct named_argument **named,
                      ptrdiff_t *count)
{
    struct named_list list = {0};
    while (lexer->word.kind != LEX_END) {
        if (lexer_take(lexer, LEX_COMMA)) continue;
        struct lexer ahead = *lexer;
        lexer_next(&ahead);
        if (lexer->word.kind != LEX_NAME || ahead.word.kind != LEX_COLON) {
            return parser_unexpected(parser, lexer, "'name: value'");
        }
        struct name name = name_make(lexer->word.text);
        *lexer = ahead;
        lexer_next(lexer);
        const struct expression *value_ = expression_parse(parser, lexer);
        if (!value_) return false;
        struct named_argument argument = {name, value_};
        ARENA_PUSH(parser->arena, list.items, list.count, list.capacity) = argument;
    }
    *named = list.items;
    *count = list.count;
    return true;
}
