/* tags_assign.c - tags that set names or write one value: assign, capture,
 * increment, decrement, echo, cycle, ifchanged. */
#include "coerce.h"
#include "lax.h"
#include "renderer.h"
#include "tags.h"

struct assign {
    struct name name;
    const struct pipeline *pipeline;
};

static bool assign_is_name_char(char c)
{
    return lexer_is_name_char(c) || c == '-' || c == '.' || c == '[' || c == ']' || c == '(' || c == ')';
}

/* The name a tag sets: name characters, '-', '.' and brackets, as in Ruby. */
static bool assign_name(struct parser *parser, str text, const struct token *token, struct name *out)
{
    bool good = text.len > 0;
    if (!good) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'%" STR_F "' wants a name", STR_A(token->name));
        return false;
    }
    for (ptrdiff_t i = 0; i < text.len && good; i++) good = assign_is_name_char(text.p[i]);
    if (!good) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, text, "'%" STR_F "' is not a name", STR_A(text));
        return false;
    }
    *out = name_make(text);
    parser_assigns(parser, out->text);
    return true;
}

/* Lax: the first such run in `text`; before a '=' when there has to be one,
 * which `rest` then begins behind. */
static str assign_find_name(str text, bool equals, str *rest)
{
    while (text.len) {
        ptrdiff_t len = 0;
        while (len < text.len && assign_is_name_char(text.p[len])) len++;
        *rest = str_trim_left(str_from(text, len));
        bool any = false;       /* no name is made of nothing but parentheses */
        for (ptrdiff_t i = 0; i < len; i++) any = any || (text.p[i] != '(' && text.p[i] != ')');
        if (any && (!equals || str_starts(*rest, S("=")))) {
            if (equals) *rest = str_from(*rest, 1);
            return str_slice(text, 0, len);
        }
        text = str_from(text, len ? len : 1);
    }
    return (str){0};
}

static bool assign_render(struct renderer *renderer, const struct node *node)
{
    const struct assign *assign = node->as.data;
    value v;
    if (!evaluate_lasting(renderer, assign->pipeline, &v)) return false;
    scope_assign(renderer, &assign->name, v);
    return true;
}

bool tag_assign(struct parser *parser, const struct token *token, struct block *into)
{
    struct assign *assign = ARENA_NEW(parser->arena, struct assign);
    ptrdiff_t equals = str_find_char(token->markup, '=');
    str name = str_trim(str_slice(token->markup, 0, equals < 0 ? 0 : equals));
    str text = str_from(token->markup, equals + 1);
    if (parser->lax) name = assign_find_name(token->markup, true, &text);
    if (equals < 0 || (parser->lax && !name.len)) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'assign' wants NAME = VALUE");
        return false;
    }
    if (!assign_name(parser, name, token, &assign->name)) return false;
    assign->pipeline = parser_pipeline(parser, text);
    if (!assign->pipeline) return false;
    if (!assign->pipeline->input && !parser->lax) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'assign' wants a value behind '='");
        return false;
    }
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
    str rest, name = str_trim_char(str_trim_char(token->markup, '\''), '"');
    if (parser->lax) name = assign_find_name(name, false, &rest);
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
    counter->name = name_make(token->markup);       /* lax: whatever stands there */
    if (!parser->lax && !assign_name(parser, token->markup, token, &counter->name)) return false;
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
    const struct pipeline *pipeline = parser_pipeline(parser, token->markup);
    if (!pipeline) return false;
    struct node node = {.render = renderer_output, .at = parser_span(parser, token->whole),
                        .as.pipeline = pipeline};
    parser_push(parser, into, node, false);
    return true;
}

/* --- cycle --- */

struct cycle {
    const struct expression *group;     /* NULL: `key` names the cycle */
    str key;
    const struct expression **items;
    ptrdiff_t count, capacity;
};

/* A group is the value it has: 1 and "1" are two. */
static bool cycle_key(struct renderer *renderer, const struct cycle *cycle, str *key)
{
    struct buf text = buf_in(renderer->arena);
    value group;
    *key = cycle->key;
    if (!cycle->group) return true;
    if (!evaluate(renderer, cycle->group, &group) || !renderer_weigh(renderer, cycle->group->at, group)) return false;
    buf_char(&text, '=');
    coerce_inspect(&text, group, renderer->arena);
    *key = buf_str(&text);
    return true;
}

static bool cycle_render(struct renderer *renderer, const struct node *node)
{
    const struct cycle *cycle = node->as.data;
    str key;
    if (!cycle_key(renderer, cycle, &key)) return false;
    int64_t *turn = map_get(&renderer->cycles, key);
    if (!turn) {
        turn = ARENA_NEW(renderer->arena, int64_t);
        map_put(renderer->arena, &renderer->cycles, key, turn);
    }
    value v = value_null();
    if (*turn < cycle->count && !evaluate(renderer, cycle->items[*turn], &v)) return false;
    *turn = *turn + 1 >= cycle->count ? 0 : *turn + 1;
    if (!renderer_weigh(renderer, node->at, v)) return false;
    renderer_write(renderer, v);
    return true;
}

static bool cycle_strict(struct parser *parser, const struct markup *markup, void *tag)
{
    struct cycle *cycle = tag;
    struct lexer lexer;
    lexer_start(&lexer, markup->text);
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
    return expression_end(parser, &lexer);
}

/* "name: ..." at the start of *rest, which then begins behind the colon: the
 * name is a fragment, or as much of one as a colon follows. */
static str cycle_lax_group(str *rest)
{
    ptrdiff_t len = lax_fragment_len(*rest);
    str behind = str_trim_left(str_from(*rest, len));
    if (len && str_starts(behind, S(":"))) {
        str name = str_slice(*rest, 0, len);
        *rest = str_from(behind, 1);
        return name;
    }
    ptrdiff_t colon = str_find_last(str_slice(*rest, 0, len), ':');
    if (colon <= 0 || rest->p[0] == '"' || rest->p[0] == '\'') return (str){0};
    str name = str_slice(*rest, 0, colon);
    *rest = str_from(*rest, colon + 1);
    return name;
}

/* Values end at every comma, one in a quoted text too. */
static bool cycle_lax(struct parser *parser, const struct markup *markup, void *tag)
{
    struct cycle *cycle = tag;
    str rest = markup->text, part, fragment, group = cycle_lax_group(&rest);
    if (group.len && !(cycle->group = lax_value(parser, group))) return false;
    while (str_split(&rest, ',', &part)) {
        if (!lax_fragment(&part, &fragment)) continue;
        const struct expression *item = lax_value(parser, fragment);
        if (!item) return false;
        ARENA_PUSH(parser->arena, cycle->items, cycle->count, cycle->capacity) = item;
    }
    return true;
}

/* What names a cycle without a group: its values; with a name among them it is
 * one of its own. */
static str cycle_own_key(struct parser *parser, const struct cycle *cycle)
{
    struct buf key = buf_in(parser->arena);
    for (ptrdiff_t i = 0; i < cycle->count; i++) {
        if (cycle->items[i]->kind != EXPRESSION_LITERAL) buf_printf(&key, "%p", (const void *)cycle);
        else coerce_inspect(&key, cycle->items[i]->as.literal, parser->arena);
        buf_char(&key, ',');
    }
    return buf_str(&key);
}

bool tag_cycle(struct parser *parser, const struct token *token, struct block *into)
{
    struct cycle *cycle = ARENA_NEW(parser->arena, struct cycle);
    struct markup markup = {token->markup, token->whole, token->name};
    if (!token->markup.len || (parser->lax && !lax_fragment_len(token->markup))) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'cycle' wants at least one value");
        return false;
    }
    if (!parser_markup(parser, &markup, cycle, sizeof *cycle, cycle_strict, cycle_lax)) return false;
    cycle->key = cycle_own_key(parser, cycle);
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
