/* tags_host.c - tags of the host: shortcodes, {% img %}.
 *
 * Arguments are separated by blanks or commas, `name: value` or `name=value`
 * are named.  A word that is no expression, or a name nobody knows, is its own
 * text: {% youtube dQw4w9WgXcQ %} needs no quotes. */
#include "coerce.h"
#include "renderer.h"
#include "tags.h"

struct host_argument {
    str name;                               /* empty: positional */
    str text;
    const struct expression *expression;    /* NULL: `text` */
};

struct host_tag {
    const struct liquid_extension *extension;
    struct host_argument *items;
    ptrdiff_t count, capacity;
    struct block body;
};

const struct liquid_extension *tag_host_find(const struct liquid_env *env, str name)
{
    for (ptrdiff_t i = 0; i < env->tag_count; i++)
        if (str_equal(env->tags[i].name, name)) return &env->tags[i];
    return NULL;
}

/* Length of one argument: quotes and brackets are kept together. */
static ptrdiff_t host_word_len(str text)
{
    int depth = 0;
    ptrdiff_t at = 0;
    for (; at < text.len; at++) {
        char c = text.p[at];
        if (c == '"' || c == '\'') {
            ptrdiff_t close = str_find_char(str_from(text, at + 1), c);
            if (close >= 0) at += close + 1;
        } else if (c == '(' || c == '[') {
            depth++;
        } else if (c == ')' || c == ']') {
            depth--;
        } else if (depth <= 0 && (char_is_space(c) || c == ',')) {
            break;
        }
    }
    return at;
}

/* "width:" or "width=" before a value; not the "https:" of an address. */
static ptrdiff_t host_name_len(str text)
{
    ptrdiff_t len = 0;
    while (len < text.len && (lexer_is_name_char(text.p[len]) || text.p[len] == '-')) len++;
    if (!len || len >= text.len) return 0;
    if (text.p[len] == '=' && !str_starts(str_from(text, len), S("=="))) return len;
    return text.p[len] == ':' && !str_starts(str_from(text, len), S(":/")) ? len : 0;
}

static const struct expression *host_expression(struct parser *parser, str text)
{
    struct diags quiet = diags_in(parser->arena), *diags = parser->diags;
    bool failed = parser->failed;
    struct lexer lexer;
    parser->diags = &quiet;
    lexer_start(&lexer, text);
    const struct expression *expression = expression_parse(parser, &lexer);
    if (expression && lexer.word.kind != LEX_END) expression = NULL;
    parser->diags = diags;
    parser->failed = failed;
    return expression;
}

static void host_arguments(struct parser *parser, str markup, struct host_tag *tag)
{
    for (;;) {
        markup = str_trim_left(markup);
        if (str_starts(markup, S(","))) {
            markup = str_from(markup, 1);
            continue;
        }
        if (!markup.len) return;
        struct host_argument argument = {0};
        ptrdiff_t len = host_name_len(markup);
        if (len) {
            argument.name = str_slice(markup, 0, len);
            markup = str_trim_left(str_from(markup, len + 1));
        }
        len = host_word_len(markup);
        argument.text = str_slice(markup, 0, len);
        argument.expression = host_expression(parser, argument.text);
        markup = str_from(markup, len);
        ARENA_PUSH(parser->arena, tag->items, tag->count, tag->capacity) = argument;
    }
}

static bool host_value(struct renderer *renderer, const struct host_argument *argument, value *out)
{
    const struct expression *expression = argument->expression;
    *out = value_str(argument->text);
    if (!expression) return true;
    if (expression->kind == EXPRESSION_LOOKUP && !expression->as.lookup.dynamic
        && !scope_get(renderer, &expression->as.lookup.name, out)) {
        *out = value_str(argument->text);
        return true;
    }
    return evaluate(renderer, expression, out);
}

static bool host_render(struct renderer *renderer, const struct node *node)
{
    const struct host_tag *tag = node->as.data;
    const struct liquid_extension *extension = tag->extension;
    value named = value_map(renderer->arena), positional = value_list(renderer->arena), v;
    str body = {0};
    for (ptrdiff_t i = 0; i < tag->count; i++) {
        if (!host_value(renderer, &tag->items[i], &v)) return false;
        if (tag->items[i].name.len) value_set(renderer->arena, &named, tag->items[i].name, v);
        else value_push(renderer->arena, &positional, v);
    }
    if (extension->block && !renderer_capture(renderer, &tag->body, &body)) return false;
    struct liquid_call call = {
        .name = extension->name, .data = extension->data, .user = renderer->job->user,
        .arguments = positional.as.list->items, .argument_count = positional.as.list->count,
        .named = named, .body = body, .at = node->at, .arena = renderer->arena, .diags = renderer->diags};
    if (!extension->call(&call)) return false;
    renderer_write(renderer, call.result);
    return true;
}

bool tag_host(struct parser *parser, const struct token *token, const struct liquid_extension *extension,
              struct block *into)
{
    struct host_tag *tag = ARENA_NEW(parser->arena, struct host_tag);
    struct block_end end;
    tag->extension = extension;
    host_arguments(parser, token->markup, tag);
    if (extension->block) {
        const char *name = str_z(parser->arena, str_concat(parser->arena, S("end"), extension->name));
        if (!parser_block(parser, token, name, &tag->body, &end)) return false;
    }
    struct node node = {.render = host_render, .at = parser_span(parser, token->whole), .as.data = tag};
    parser_push(parser, into, node, false);
    return true;
}
