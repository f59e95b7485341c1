/* tags_assign.c - tags that set names or write one value: assign, capture,
 * increment, decrement, echo, cycle, ifchanged. */
#include "coerce.h"
#include "renderer.h"
#include "tags.h"

struct assign {
    struct name name;
    const struct pipeline *pipeline;
};

/* The name a tag sets: name characters, '-', '.' and brackets, as in Ruby. */
static bool assign_name(struct parser *parser, str text, const struct token *token, struct name *out)
{
    bool good = text.len > 0;
    if (!good) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'%" STR_F "' wants a name", STR_A(token->name));
        return false;
    }
    for (ptrdiff_t i = 0; i < text.len && good; i++)
        good = lexer_is_name_char(text.p[i]) || strchr("-.[]()'\"", text.p[i]);
    if (!good) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, text, "'%" STR_F "' is not a name", STR_A(text));
        return false;
    }
    *out = name_make(str_trim_char(str_trim_char(text, '\''), '"'));
    parser_assigns(parser, out->text);
    return true;
}

static bool assign_render(struct renderer *renderer, const struct node *node)
{
    const struct assign *assign = node->as.data;
    value v;
    if (!evaluate_pipeline(renderer, assign->pipeline, &v)) return false;
    scope_assign(renderer, &assign->name, v);
    return true;
}

bool tag_assign(struct parser *parser, const struct token *token, struct block *into)
{
    struct assign *assign = ARENA_NEW(parser->arena, struct assign);
    ptrdiff_t equals = str_find_char(token->markup, '=');
    if (equals < 0) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'assign' wants NAME = VALUE");
        return false;
    }
    if (!assign_name(parser, str_trim(str_slice(token->markup, 0, equals)), token, &assign->name)) return false;
    struct lexer lexer;
    lexer_start(&lexer, str_from(token->markup, equals + 1), parser->lax);
    if (lexer.word.kind == LEX_END && !parser->lax) return parser_unexpected(parser, &lexer, "a value");
    assign->pipeline = expression_pipeline(parser, &lexer);
    if (!assign->pipeline || !expression_end(parser, &lexer)) return false;
    struct node node = {.render = assign_render, .at = parser_span(parser, token->whole), .as.data = assign};
    parser_push(parser, into, node, true);
    return true;
}

/* --- capture --- */

struct capture {
    struct name name;
    struct block body;
};

static bool capture_render(struct renderer *renderer, const struct node *node)
{
    const struct capture *capture = node->as.data;
    str text;
    if (!renderer_capture(renderer, &capture->body, &text)) return false;
    scope_assign(renderer, &capture->name, value_str(text));
    return true;
}

bool tag_capture(struct parser *parser, const struct token *token, struct block *into)
{
    struct capture *capture = ARENA_NEW(parser->arena, struct capture);
    struct block_end end;
    str name = token->markup;
    ptrdiff_t blank = str_find_char(name, ' ');
    if (parser->lax && blank > 0) name = str_slice(name, 0, blank);
    bool good = assign_name(parser, name, token, &capture->name);
    if (!parser_block(parser, token, "endcapture", &capture->body, &end) || !good) return false;
    struct node node = {.render = capture_render, .at = parser_span(parser, token->whole), .as.data = capture};
    parser_push(parser, into, node, true);
    return true;
}

/* --- counters --- */

struct counter {
    struct name name;
    bool down;
};

static bool counter_render(struct renderer *renderer, const struct node *node)
{
    const struct counter *counter = node->as.data;
    struct name_table *counters = &renderer->scope->counters;
    value *now = name_table_get(counters, &counter->name);
    int64_t number = now ? coerce_int_lenient(*now) : 0;
    if (!now) {
        value global = value_null();
        const value *seen = name_table_get(&renderer->scope->cache, &counter->name);
        if (seen) global = *seen;
        else global = value_get(renderer->job->globals, counter->name.text, renderer->arena);
        if (global.kind == VALUE_INT) number = global.as.integer;
    }
    int64_t after = counter->down ? number - 1 : number + 1;
    buf_int(renderer->out, counter->down ? after : number);
    name_table_set(renderer->arena, counters, &counter->name, value_int(after));
    return true;
}

static bool tag_counter(struct parser *parser, const struct token *token, struct block *into, bool down)
{
    struct counter *counter = ARENA_NEW(parser->arena, struct counter);
    counter->down = down;
    if (!assign_name(parser, token->markup, token, &counter->name)) return false;
    struct node node = {.render = counter_render, .at = parser_span(parser, token->whole), .as.data = counter};
    parser_push(parser, into, node, false);
    return true;
}

bool tag_increment(struct parser *parser, const struct token *token, struct block *into)
{
    return tag_counter(parser, token, into, false);
}

bool tag_decrement(struct parser *parser, const struct token *token, struct block *into)
{
    return tag_counter(parser, token, into, true);
}

/* --- echo --- */

bool tag_echo(struct parser *parser, const struct token *token, struct block *into)
{
    struct lexer lexer;
    lexer_start(&lexer, token->markup, parser->lax);
    const struct pipeline *pipeline = expression_pipeline(parser, &lexer);
    if (!pipeline || !expression_end(parser, &lexer)) return false;
    struct node node = {.render = renderer_output, .at = parser_span(parser, token->whole),
                        .as.pipeline = pipeline};
    parser_push(parser, into, node, false);
    return true;
}

/* --- cycle --- */

struct cycle {
    const struct expression *group;     /* NULL: the items' own text names the cycle */
    str key;
    const struct expression **items;
    ptrdiff_t count, capacity;
};

static bool cycle_render(struct renderer *renderer, const struct node *node)
{
    const struct cycle *cycle = node->as.data;
    str key = cycle->key;
    if (cycle->group) {
        value group;
        if (!evaluate(renderer, cycle->group, &group)) return false;
        key = str_concat(renderer->arena, S("="), coerce_text(group, renderer->arena));
    }
    int64_t *turn = map_get(&renderer->cycles, key);
    if (!turn) {
        turn = ARENA_NEW(renderer->arena, int64_t);
        map_put(renderer->arena, &renderer->cycles, key, turn);
    }
    value v = value_null();
    if (*turn < cycle->count && !evaluate(renderer, cycle->items[*turn], &v)) return false;
    *turn = *turn + 1 >= cycle->count ? 0 : *turn + 1;
    renderer_write(renderer, v);
    return true;
}

bool tag_cycle(struct parser *parser, const struct token *token, struct block *into)
{
    struct cycle *cycle = ARENA_NEW(parser->arena, struct cycle);
    struct lexer lexer;
    lexer_start(&lexer, token->markup, parser->lax);
    if (lexer.word.kind == LEX_END) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'cycle' wants at least one value");
        return false;
    }
    const struct expression *first = expression_parse(parser, &lexer);
    if (!first) return false;
    if (lexer_take(&lexer, LEX_COLON)) cycle->group = first;
    else ARENA_PUSH(parser->arena, cycle->items, cycle->count, cycle->capacity) = first;
    while (cycle->count == 0 || lexer_take(&lexer, LEX_COMMA)) {
        if (lexer.word.kind == LEX_END) break;
        const struct expression *item = expression_parse(parser, &lexer);
        if (!item) return false;
        ARENA_PUSH(parser->arena, cycle->items, cycle->count, cycle->capacity) = item;
    }
    if (!expression_end(parser, &lexer)) return false;
    cycle->key = token->markup;
    struct node node = {.render = cycle_render, .at = parser_span(parser, token->whole), .as.data = cycle};
    parser_push(parser, into, node, false);
    return true;
}

/* --- ifchanged --- */

static bool ifchanged_render(struct renderer *renderer, const struct node *node)
{
    str text;
    if (!renderer_capture(renderer, node->as.data, &text)) return false;
    if (renderer->has_changed && str_equal(text, renderer->changed)) return true;
    renderer->has_changed = true;
    renderer->changed = text;
    renderer_write_str(renderer, text);
    return true;
}

bool tag_ifchanged(struct parser *parser, const struct token *token, struct block *into)
{
    struct block *body = ARENA_NEW(parser->arena, struct block);
    struct block_end end;
    if (!parser_block(parser, token, "endifchanged", body, &end)) return false;
    struct node node = {.render = ifchanged_render, .at = parser_span(parser, token->whole), .as.data = body};
    parser_push(parser, into, node, body->blank);
    return true;
}
