/* tags_loop.c - for, tablerow, break, continue, and the drops `forloop` and
 * `tablerowloop`.
 *
 * A loop never copies what it walks over: it takes the items from `from` up to
 * `to`, one by one. */
#include "tags_loop.h"

#include "coerce.h"
#include "lax.h"
#include "renderer.h"

/* --- drops --- */

static bool loop_get(const void *self, str key, struct arena *arena, value *out)
{
    const struct loop *loop = self;
    (void)arena;
    if (str_equal(key, S("index"))) *out = value_int(loop->index + 1);
    else if (str_equal(key, S("index0"))) *out = value_int(loop->index);
    else if (str_equal(key, S("rindex"))) *out = value_int(loop->length - loop->index);
    else if (str_equal(key, S("rindex0"))) *out = value_int(loop->length - loop->index - 1);
    else if (str_equal(key, S("first"))) *out = value_bool(loop->index == 0);
    else if (str_equal(key, S("last"))) *out = value_bool(loop->index == loop->length - 1);
    else if (str_equal(key, S("length"))) *out = value_int(loop->length);
    else if (str_equal(key, S("name"))) *out = value_str(loop->name);
    else if (str_equal(key, S("parentloop"))) *out = loop->parent ? loop_drop((struct loop *)loop->parent) : value_null();
    else return false;
    return true;
}

static bool table_get(const void *self, str key, struct arena *arena, value *out)
{
    const struct loop *loop = self;
    if (str_equal(key, S("row"))) *out = value_int(loop->row);
    else if (str_equal(key, S("col"))) *out = value_int(loop->column);
    else if (str_equal(key, S("col0"))) *out = value_int(loop->column - 1);
    else if (str_equal(key, S("col_first"))) *out = value_bool(loop->column == 1);
    else if (str_equal(key, S("col_last"))) *out = value_bool(loop->columns == loop->column);
    else return loop_get(self, key, arena, out);
    return true;
}

static value loop_keys(const void *self, struct arena *arena)
{
    static const char *const keys[] = {"index", "index0", "rindex", "rindex0", "first",
                                       "last", "length", "name", "parentloop"};
    value list = value_list(arena);
    (void)self;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) value_push(arena, &list, value_str(str_c(keys[i])));
    return list;
}

static const struct drop_class loop_class = {.name = "forloop", .get = loop_get, .keys = loop_keys};
static const struct drop_class table_class = {.name = "tablerowloop", .get = table_get, .keys = loop_keys};

value loop_drop(struct loop *loop)
{
    return value_drop(&loop_class, loop);
}

/* --- parsing --- */

struct for_tag {
    struct name variable;
    const struct expression *collection;
    str source;                             /* the text of `collection` */
    str name;                               /* "item-site.posts" */
    struct name drop;                       /* "forloop" */
    const struct expression *limit, *offset, *columns;
    bool table;                             /* tablerow */
    bool from_last;                         /* offset: continue */
    bool reversed;
    struct block body, otherwise;
};

/* An option of `for` or `tablerow`; false: it has none of that name. */
static bool for_set(struct for_tag *tag, str name, const struct expression *v)
{
    if (str_equal(name, S("limit"))) tag->limit = v;
    else if (str_equal(name, S("offset"))) tag->offset = v;
    else if (tag->table && str_equal(name, S("cols"))) tag->columns = v;
    else if (!tag->table || !str_equal(name, S("range"))) return false;
    return true;
}

static bool for_option(struct parser *parser, struct lexer *lexer, struct for_tag *tag)
{
    str name = lexer->word.text;
    if (str_equal(name, S("reversed"))) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, name, tag->table ? "'tablerow' cannot be 'reversed'"
                                                                  : "'reversed' stands before 'limit' and 'offset'");
        return false;
    }
    lexer_next(lexer);
    if (!lexer_take(lexer, LEX_COLON)) return parser_unexpected(parser, lexer, "':'");
    if (!tag->table && str_equal(name, S("offset")) && lexer_take_name(lexer, S("continue"))) {
        tag->from_last = true;
        return true;
    }
    const struct expression *v = expression_parse(parser, lexer);
    if (!v) return false;
    tag->from_last = tag->from_last && !str_equal(name, S("offset"));
    if (for_set(tag, name, v)) return true;
    parser_error(parser, DIAG_LIQUID_SYNTAX, name, "unknown option '%" STR_F "' (want %s)", STR_A(name),
                 tag->table ? "cols, limit or offset" : "limit or offset");
    return false;
}

/* NAME in VALUE [reversed] [limit: N] [offset: N] ..., commas between as one likes. */
static bool for_strict(struct parser *parser, const struct markup *markup, void *data)
{
    struct for_tag *tag = data;
    struct lexer lexer;
    lexer_start(&lexer, markup->text);
    if (lexer.word.kind != LEX_NAME) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, markup->whole, "'%" STR_F "' wants NAME in LIST",
                     STR_A(markup->name));
        return false;
    }
    tag->variable = name_make(lexer.word.text);
    lexer_next(&lexer);
    if (!lexer_take_name(&lexer, S("in"))) return parser_unexpected(parser, &lexer, "'in'");
    if (lexer.word.kind == LEX_END) return parser_unexpected(parser, &lexer, "a list");
    const char *start = lexer.word.start;
    tag->collection = expression_parse(parser, &lexer);
    if (!tag->collection) return false;
    tag->source = str_trim(str_of(start, lexer.word.start - start));
    tag->reversed = !tag->table && lexer_take_name(&lexer, S("reversed"));
    while (lexer.word.kind != LEX_END) {
        if (lexer_take(&lexer, LEX_COMMA)) continue;
        if (lexer.word.kind != LEX_NAME)
            return parser_unexpected(parser, &lexer, tag->table ? "an option" : "'limit:' or 'offset:'");
        if (!for_option(parser, &lexer, tag)) return false;
    }
    return true;
}

/* The NAME before ' in ': for `for` it is what the markup starts with. */
static bool for_lax_variable(const struct for_tag *tag, str *rest, str *name)
{
    while (rest->len) {
        *name = lax_word(rest);
        if (name->len && lax_take(rest, S("in"))) return true;
        if (!tag->table) return false;
        if (!name->len) *rest = str_from(*rest, 1);
    }
    return false;
}

static bool for_lax(struct parser *parser, const struct markup *markup, void *data)
{
    struct for_tag *tag = data;
    str rest = markup->text, name, text;
    if (!for_lax_variable(tag, &rest, &name) || !lax_fragment_len(rest)) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, markup->whole, "'%" STR_F "' wants NAME in LIST",
                     STR_A(markup->name));
        return false;
    }
    tag->variable = name_make(name);
    lax_fragments(&rest, &tag->source);
    tag->collection = lax_value(parser, tag->source);
    if (!tag->collection) return false;
    tag->reversed = !tag->table && str_starts(str_trim_left(rest), S("reversed"));
    for (rest = markup->text; lax_attribute(&rest, &name, &text);) {
        bool offset = str_equal(name, S("offset"));
        bool from_last = offset && !tag->table && str_equal(text, S("continue"));
        if (offset) tag->from_last = from_last;
        const struct expression *v = lax_value(parser, text);
        if (!v) return false;
        if (!from_last) for_set(tag, name, v);
    }
    return true;
}

static bool for_markup(struct parser *parser, const struct token *token, struct for_tag *tag)
{
    struct markup markup = {token->markup, token->whole, token->name};
    if (!parser_markup(parser, &markup, tag, sizeof *tag, for_strict, for_lax)) return false;
    parser_assigns(parser, tag->variable.text);
    tag->name = str_concat3(parser->arena, tag->variable.text, S("-"), tag->source);
    return true;
}

/* --- rendering --- */

typedef bool number_fn(struct renderer *renderer, const struct expression *expression, int64_t *out);

static bool for_number(struct renderer *renderer, const struct expression *expression, int64_t *out)
{
    value v;
    if (!evaluate(renderer, expression, &v)) return false;
    if (v.kind == VALUE_NULL) return true;
    if (coerce_int(v, out)) return true;
    return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, expression->at, "want a whole number, not %s",
                          coerce_describe(v, renderer->arena));
}

/* Outside of strict mode `tablerow` takes what it is given for a number: null
 * is 0, "2x" is 2. */
static bool table_number(struct renderer *renderer, const struct expression *expression, int64_t *out)
{
    value v;
    if (renderer->env->mode == LIQUID_STRICT) return for_number(renderer, expression, out);
    if (!evaluate(renderer, expression, &v)) return false;
    *out = coerce_int_lenient(v);
    if (v.kind == VALUE_NULL || v.kind == VALUE_INT || v.kind == VALUE_FLOAT || v.kind == VALUE_STR) return true;
    return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, expression->at, "want a whole number, not %s",
                          coerce_describe(v, renderer->arena));
}

struct segment {
    value items;
    ptrdiff_t from, to;
};

/* What there is to walk over: a text is one item, all but lists and maps are none. */
static ptrdiff_t for_items(struct renderer *renderer, value *items)
{
    if (items->kind == VALUE_STR && items->as.text.len) {
        value list = value_list(renderer->arena);
        value_push(renderer->arena, &list, *items);
        *items = list;
    }
    if (items->kind != VALUE_MAP && !coerce_is_sequence(*items)) return 0;
    return value_count(*items);
}

static bool for_segment(struct renderer *renderer, const struct for_tag *tag, struct segment *out)
{
    int64_t offset = 0, limit = INT64_MAX;
    if (!evaluate(renderer, tag->collection, &out->items)) return false;
    int64_t *last = map_get(&renderer->offsets, tag->name);
    number_fn *number = tag->table ? table_number : for_number;
    if (tag->from_last) offset = last ? *last : 0;
    else if (tag->offset && !number(renderer, tag->offset, &offset)) return false;
    if (tag->limit && !number(renderer, tag->limit, &limit)) return false;
    ptrdiff_t count = for_items(renderer, &out->items);
    int64_t to;
    if (__builtin_add_overflow(offset, limit, &to)) to = INT64_MAX;
    out->from = offset < 0 ? 0 : offset > count ? count : (ptrdiff_t)offset;
    out->to = to < out->from ? out->from : to > count ? count : (ptrdiff_t)to;
    if (tag->table) return true;
    if (!last) {
        last = ARENA_NEW(renderer->arena, int64_t);
        map_put(renderer->arena, &renderer->offsets, tag->name, last);
    }
    *last = offset + (out->to - out->from);
    return true;
}

static bool for_turns(struct renderer *renderer, const struct node *node, const struct for_tag *tag,
                      const struct segment *segment, struct loop *loop)
{
    ptrdiff_t mark = scope_mark(renderer);
    scope_push(renderer, &tag->drop, loop_drop(loop));
    scope_push(renderer, &tag->variable, value_null());
    ptrdiff_t slot = scope_mark(renderer) - 1;
    bool good = true;
    for (; loop->index < loop->length && good; loop->index++) {
        ptrdiff_t at = tag->reversed ? segment->to - 1 - loop->index : segment->from + loop->index;
        renderer->scope->stack.items[slot].value = coerce_item(segment->items, at, renderer->arena);
        good = renderer_step(renderer, node->at) && renderer_block(renderer, &tag->body);
        enum interrupt interrupt = renderer->interrupt;
        renderer->interrupt = INTERRUPT_NONE;
        if (interrupt == INTERRUPT_BREAK) break;
    }
    scope_pop(renderer, mark);
    return good;
}

static bool for_render(struct renderer *renderer, const struct node *node)
{
    const struct for_tag *tag = node->as.data;
    struct segment segment;
    if (!for_segment(renderer, tag, &segment)) return false;
    if (segment.from == segment.to) return renderer_block(renderer, &tag->otherwise);
    struct loop *loop = ARENA_NEW(renderer->arena, struct loop);
    *loop = (struct loop){.parent = renderer->loop, .name = tag->name, .length = segment.to - segment.from};
    renderer->loop = loop;
    bool good = for_turns(renderer, node, tag, &segment, loop);
    renderer->loop = loop->parent;
    return good;
}

bool tag_for(struct parser *parser, const struct token *token, struct block *into)
{
    struct for_tag *tag = ARENA_NEW(parser->arena, struct for_tag);
    struct block_end end;
    struct block ignored;
    tag->drop = name_make(S("forloop"));
    tag->otherwise.blank = true;
    bool good = for_markup(parser, token, tag);
    if (!parser_block(parser, token, "else endfor", &tag->body, &end)) return false;
    if (str_equal(end.name, S("else"))
        && !parser_block(parser, token, "else endfor", &tag->otherwise, &end)) return false;
    while (!str_equal(end.name, S("endfor")))
        if (!parser_block(parser, token, "else endfor", &ignored, &end)) return false;
    if (!good) return false;
    bool blank = tag->body.blank && tag->otherwise.blank;
    if (blank) parser_drop_blank(&tag->body), parser_drop_blank(&tag->otherwise);
    struct node node = {.render = for_render, .at = parser_span(parser, token->whole), .as.data = tag};
    parser_push(parser, into, node, blank);
    return true;
}

/* --- tablerow --- */

static bool table_cells(struct renderer *renderer, const struct node *node, const struct for_tag *tag,
                        const struct segment *segment, struct loop *loop)
{
    bool good = true;
    for (; loop->index < loop->length && good; loop->index++) {
        value item = coerce_item(segment->items, segment->from + loop->index, renderer->arena);
        renderer->scope->stack.items[scope_mark(renderer) - 1].value = item;
        buf_printf(renderer->out, "<td class=\"col%d\">", (int)loop->column);
        good = renderer_step(renderer, node->at) && renderer_block(renderer, &tag->body);
        renderer_write_str(renderer, S("</td>"));
        enum interrupt interrupt = renderer->interrupt;
        renderer->interrupt = INTERRUPT_NONE;
        if (interrupt == INTERRUPT_BREAK) break;
        if (loop->column != loop->columns) {
            loop->column++;
            continue;
        }
        loop->column = 1;
        loop->row++;
        if (loop->index + 1 < loop->length)
            buf_printf(renderer->out, "</tr>\n<tr class=\"row%d\">", (int)loop->row);
    }
    return good;
}

static bool table_render(struct renderer *renderer, const struct node *node)
{
    const struct for_tag *tag = node->as.data;
    struct segment segment;
    if (!for_segment(renderer, tag, &segment)) return false;
    int64_t columns = segment.to - segment.from;
    if (segment.items.kind == VALUE_NULL) return true;
    if (tag->columns && !table_number(renderer, tag->columns, &columns)) return false;
    struct loop *loop = ARENA_NEW(renderer->arena, struct loop);
    *loop = (struct loop){.name = tag->name, .length = segment.to - segment.from, .row = 1, .column = 1,
                          .columns = columns};
    ptrdiff_t mark = scope_mark(renderer);
    scope_push(renderer, &tag->drop, value_drop(&table_class, loop));
    scope_push(renderer, &tag->variable, value_null());
    renderer_write_str(renderer, S("<tr class=\"row1\">\n"));
    bool good = table_cells(renderer, node, tag, &segment, loop);
    renderer_write_str(renderer, S("</tr>\n"));
    scope_pop(renderer, mark);
    return good;
}

bool tag_tablerow(struct parser *parser, const struct token *token, struct block *into)
{
    struct for_tag *tag = ARENA_NEW(parser->arena, struct for_tag);
    struct block_end end;
    tag->drop = name_make(S("tablerowloop"));
    tag->table = true;
    bool good = for_markup(parser, token, tag);
    if (!parser_block(parser, token, "endtablerow", &tag->body, &end) || !good) return false;
    struct node node = {.render = table_render, .at = parser_span(parser, token->whole), .as.data = tag};
    parser_push(parser, into, node, false);
    return true;
}

/* --- break, continue --- */

static bool break_render(struct renderer *renderer, const struct node *node)
{
    (void)node;
    renderer->interrupt = INTERRUPT_BREAK;
    return true;
}

static bool continue_render(struct renderer *renderer, const struct node *node)
{
    (void)node;
    renderer->interrupt = INTERRUPT_CONTINUE;
    return true;
}

bool tag_break(struct parser *parser, const struct token *token, struct block *into)
{
    struct node node = {.render = break_render, .at = parser_span(parser, token->whole)};
    parser_push(parser, into, node, false);
    return true;
}

bool tag_continue(struct parser *parser, const struct token *token, struct block *into)
{
    struct node node = {.render = continue_render, .at = parser_span(parser, token->whole)};
    parser_push(parser, into, node, false);
    return true;
}
