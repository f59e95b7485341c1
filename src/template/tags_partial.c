/* tags_partial.c - include and render, as Shopify writes them:
 *
 *     {% include 'card' with post as p, wide: true %}   sees and sets the names around it
 *     {% render  'card' for posts as post, wide: true %} sees its parameters and the globals only
 *
 * Jekyll's {% include card.html wide=true %} is in tags_jekyll.c. */
#include "tags_partial.h"

#include "coerce.h"
#include "lax.h"
#include "renderer.h"
#include "tags_loop.h"

struct partial {
    const struct expression *name;
    const struct expression *subject;       /* with/for */
    bool each;                              /* for */
    bool isolated;                          /* render */
    struct name alias;                      /* as; empty: the partial's own name */
    struct name forloop;
    const struct named_argument *named;
    ptrdiff_t named_count;
};

const struct liquid_template *partial_find(struct renderer *renderer, str name, span at)
{
    const struct liquid_env *env = renderer->env;
    bool outside = str_starts(name, S("/")) || str_contains(name, S(".."));
    ptrdiff_t told = renderer->diags->count;
    if (renderer->job->watch) renderer->job->watch->partial(renderer->job->user, name);
    const struct liquid_template *found = outside || !env->partial ? NULL : env->partial(env, name);
    if (found) return found;
    if (renderer->diags->count > told) {        /* it is there, and has mistakes */
        for (ptrdiff_t i = told; i < renderer->diags->count; i++) renderer_relate(renderer, &renderer->diags->items[i], at);
        return NULL;
    }
    if (renderer_reported(renderer, DIAG_LIQUID_PARTIAL, at)) return renderer->failed = true, NULL;
    str nearest = env->nearest_partial ? env->nearest_partial(env, name, renderer->arena) : (str){0};
    renderer_error_hint(renderer, DIAG_LIQUID_PARTIAL, at, nearest, "there is no partial '%" STR_F "'", STR_A(name));
    return NULL;
}

/* The name the subject gets: the alias, or the last part of the partial's. */
static const struct name *partial_subject_name(struct renderer *renderer, const struct partial *partial, str file)
{
    if (partial->alias.text.len) return &partial->alias;
    struct name name = name_make(str_from(file, str_find_last(file, '/') + 1));
    return arena_copy(renderer->arena, &name, sizeof name);
}

static bool partial_arguments(struct renderer *renderer, const struct partial *partial, struct binding_list *out)
{
    for (ptrdiff_t i = 0; i < partial->named_count; i++) {
        value v;
        if (!evaluate(renderer, partial->named[i].value, &v)) return false;
        ARENA_PUSH(renderer->arena, out->items, out->count, out->capacity) =
            (struct binding){&partial->named[i].name, v};
    }
    return true;
}

/* --- include --- */

static bool include_render(struct renderer *renderer, const struct node *node, const struct partial *partial,
                           const struct liquid_template *template_, str file, value subject)
{
    struct binding_list arguments = {0};
    const struct name *name = partial_subject_name(renderer, partial, file);
    if (!partial_arguments(renderer, partial, &arguments)) return false;
    ptrdiff_t mark = scope_mark(renderer);
    for (ptrdiff_t i = 0; i < arguments.count; i++)
        scope_push(renderer, arguments.items[i].name, arguments.items[i].value);
    bool many = partial->subject && subject.kind == VALUE_LIST, good = true;
    ptrdiff_t count = many ? value_count(subject) : 1;
    for (ptrdiff_t i = 0; i < count && good && !renderer->interrupt; i++) {
        ptrdiff_t inner = scope_mark(renderer);
        if (partial->subject)
            scope_push(renderer, name, many ? coerce_item(subject, i, renderer->arena) : subject);
        good = renderer_step(renderer, node->at) && renderer_template(renderer, template_, node->at);
        scope_pop(renderer, inner);
    }
    scope_pop(renderer, mark);
    return good;
}

/* --- render --- */

struct isolation {
    struct scope *scope;
    const struct loop *loop;
    struct map offsets, cycles;
    str changed;
    bool has_changed;
};

static void isolation_begin(struct renderer *renderer, struct scope *scope, struct isolation *saved)
{
    *saved = (struct isolation){renderer->scope, renderer->loop, renderer->offsets, renderer->cycles,
                                renderer->changed, renderer->has_changed};
    renderer->scope = scope;
    renderer->loop = NULL;
    renderer->offsets = renderer->cycles = (struct map){0};
    renderer->has_changed = false;
}

static void isolation_end(struct renderer *renderer, const struct isolation *saved)
{
    renderer->scope = saved->scope;
    renderer->loop = saved->loop;
    renderer->offsets = saved->offsets;
    renderer->cycles = saved->cycles;
    renderer->changed = saved->changed;
    renderer->has_changed = saved->has_changed;
    renderer->interrupt = INTERRUPT_NONE;
}

static bool render_render(struct renderer *renderer, const struct node *node, const struct partial *partial,
                          const struct liquid_template *template_, str file, value subject)
{
    struct binding_list arguments = {0};
    const struct name *name = partial_subject_name(renderer, partial, file);
    if (!partial_arguments(renderer, partial, &arguments)) return false;
    bool many = partial->each && (coerce_is_sequence(subject) || subject.kind == VALUE_MAP), good = true;
    ptrdiff_t count = many ? value_count(subject) : 1;
    struct loop *loop = ARENA_NEW(renderer->arena, struct loop);
    *loop = (struct loop){.name = file, .length = count};
    struct name_table cache = {0};
    for (ptrdiff_t i = 0; i < count && good; i++, loop->index++) {
        struct scope scope = {.isolated = true, .cache = cache};
        struct isolation saved;
        isolation_begin(renderer, &scope, &saved);
        if (many) scope_push(renderer, &partial->forloop, loop_drop(loop));
        if (partial->subject)
            scope_assign(renderer, name, many ? coerce_item(subject, i, renderer->arena) : subject);
        for (ptrdiff_t j = 0; j < arguments.count; j++)     /* assigned, so that the partial may set them anew */
            scope_assign(renderer, arguments.items[j].name, arguments.items[j].value);
        good = renderer_step(renderer, node->at) && renderer_template(renderer, template_, node->at);
        cache = scope.cache;
        isolation_end(renderer, &saved);
    }
    return good;
}

/* --- both --- */

bool partial_name(struct renderer *renderer, const struct expression *expression, value *out)
{
    bool bare = expression->kind == EXPRESSION_LOOKUP && !expression->as.lookup.dynamic && !expression->as.lookup.step_count;
    if (!bare || renderer->env->mode != LIQUID_STRICT || scope_get(renderer, &expression->as.lookup.name, out)
        || scope_may_be_unset(renderer, &expression->as.lookup.name))
        return evaluate(renderer, expression, out);
    str name = expression->as.lookup.name.text;
    return renderer_error(renderer, DIAG_LIQUID_NAME, expression->at,
                          "unknown name '%" STR_F "' (the name of a file stands in quotes)", STR_A(name));
}

static bool partial_render(struct renderer *renderer, const struct node *node)
{
    const struct partial *partial = node->as.data;
    value name, subject = value_null();
    if (!partial_name(renderer, partial->name, &name)) return false;
    if (name.kind != VALUE_STR)
        return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, node->at, "the name of a partial is %s, not a text",
                              coerce_describe(name, renderer->arena));
    if (partial->subject && !evaluate(renderer, partial->subject, &subject)) return false;
    const struct liquid_template *template_ = partial_find(renderer, name.as.text, partial->name->at);
    if (!template_) return false;
    return (partial->isolated ? render_render : include_render)(renderer, node, partial, template_, name.as.text,
                                                                subject);
}

static bool partial_strict(struct parser *parser, const struct markup *markup, void *tag)
{
    struct partial *partial = tag;
    struct lexer lexer;
    lexer_start(&lexer, markup->text);
    if (lexer.word.kind == LEX_END || (partial->isolated && lexer.word.kind != LEX_STRING)) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, markup->whole, "'%" STR_F "' wants the quoted name of a partial",
                     STR_A(markup->name));
        return false;
    }
    partial->name = expression_parse(parser, &lexer);
    if (!partial->name) return false;
    lexer_take(&lexer, LEX_COMMA);
    struct lexer ahead = lexer;
    lexer_next(&ahead);
    if (ahead.word.kind != LEX_COLON && (lexer_is_name(&lexer, S("for")) || lexer_is_name(&lexer, S("with")))) {
        partial->each = lexer_is_name(&lexer, S("for"));
        lexer_next(&lexer);
        partial->subject = expression_parse(parser, &lexer);
        if (!partial->subject) return false;
    }
    ahead = lexer;
    lexer_next(&ahead);
    if (ahead.word.kind != LEX_COLON && lexer_take_name(&lexer, S("as"))) {
        if (lexer.word.kind != LEX_NAME) return parser_unexpected(parser, &lexer, "a name");
        partial->alias = name_make(lexer.word.text);
        lexer_next(&lexer);
    }
    return expression_named(parser, &lexer, &partial->named, &partial->named_count);
}

/* What names the partial: any fragment, for `render` one that is quoted. */
static bool partial_lax_name(bool quoted, str *rest, str *name)
{
    while (quoted && rest->len && !lax_quoted_len(*rest)) *rest = str_from(*rest, 1);
    return lax_fragments(rest, name);
}

static bool partial_lax_subject(struct parser *parser, struct partial *partial, str *rest)
{
    str behind = *rest, text;
    bool each = lax_take(&behind, S("for"));
    if ((!each && !lax_take(&behind, S("with"))) || !lax_fragment_len(behind)) return true;
    lax_fragments(&behind, &text);
    *rest = behind;
    partial->each = each;
    partial->subject = lax_value(parser, text);
    return partial->subject != NULL;
}

static bool partial_lax(struct parser *parser, const struct markup *markup, void *tag)
{
    struct partial *partial = tag;
    struct named_argument *named = NULL;
    ptrdiff_t capacity = 0;
    str rest = markup->text, name, text;
    if (!partial_lax_name(partial->isolated, &rest, &name)) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, markup->whole, "'%" STR_F "' wants the quoted name of a partial",
                     STR_A(markup->name));
        return false;
    }
    partial->name = lax_value(parser, name);
    if (!partial->name || !partial_lax_subject(parser, partial, &rest)) return false;
    if (lax_take(&rest, S("as"))) partial->alias = name_make(lax_word(&rest));
    for (rest = markup->text; lax_attribute(&rest, &name, &text);) {
        struct named_argument argument = {name_make(name), lax_value(parser, text)};
        if (!argument.value) return false;
        ARENA_PUSH(parser->arena, named, partial->named_count, capacity) = argument;
    }
    partial->named = named;
    return true;
}

static bool partial_parse(struct parser *parser, const struct token *token, struct block *into, bool isolated)
{
    struct partial *partial = ARENA_NEW(parser->arena, struct partial);
    struct markup markup = {token->markup, token->whole, token->name};
    partial->isolated = isolated;
    partial->forloop = name_make(S("forloop"));
    if (!parser_markup(parser, &markup, partial, sizeof *partial, partial_strict, partial_lax)) return false;
    struct node node = {.render = partial_render, .at = parser_span(parser, token->whole), .as.data = partial};
    parser_push(parser, into, node, false);
    return true;
}

bool tag_include(struct parser *parser, const struct token *token, struct block *into)
{
    if (jekyll_is_include(parser, token)) return jekyll_include(parser, token, into);
    return partial_parse(parser, token, into, false);
}

bool tag_render(struct parser *parser, const struct token *token, struct block *into)
{
    return partial_parse(parser, token, into, true);
}
