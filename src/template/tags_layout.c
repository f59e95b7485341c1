/* tags_layout.c - layout and block, hugi's extension:
 *
 *     {% layout 'base' %}                       in a page's template
 *     {% block main %}..{{ block.super }}..{% endblock %}
 *
 * A template with a layout renders in two steps: its own body, in which blocks
 * are only noted and other text is gathered as `content`; then the layout, in
 * which every block gives way to the noted one of its name.  Layouts nest: the
 * first noted block, the one furthest from the base, wins, and `block.super`
 * is the next one. */
#include "coerce.h"
#include "renderer.h"
#include "tags_partial.h"

struct block_tag {
    struct name name;
    struct name variable;               /* "block" */
    struct block body;
};

/* Blocks noted so far, the outermost child's first. */
struct override {
    struct override *next;
    const struct block_tag *tag;
    const struct frame *frame;
};

bool layout_render(struct renderer *renderer, const struct liquid_template *template_);

/* --- block --- */

/* `block` inside a block: which one, and what comes after it. */
struct super {
    struct renderer *renderer;
    const struct block_tag *tag;
    const struct override *next;        /* candidates behind the one being rendered */
    const struct block_tag *own;        /* the layout's own block, the last candidate */
    span at;
};

static bool block_show(struct renderer *renderer, const struct block_tag *tag, const struct override *next,
                       const struct block_tag *own, span at);

static const struct override *override_find(const struct override *from, const struct name *name)
{
    while (from && !name_equal(&from->tag->name, name)) from = from->next;
    return from;
}

static bool super_get(const void *self, str key, struct arena *arena, value *out)
{
    const struct super *super = self;
    struct renderer *renderer = super->renderer;
    (void)arena;
    if (str_equal(key, S("name"))) {
        *out = value_str(super->tag->name.text);
        return true;
    }
    if (!str_equal(key, S("super"))) return false;
    *out = value_null();
    const struct override *next = override_find(super->next, &super->tag->name);
    const struct block_tag *tag = next ? next->tag : super->own;
    if (!tag) return true;
    struct buf text = buf_in(renderer->arena), *outer = renderer->out;
    struct liquid_segments *segments = renderer->segments;
    renderer->written += outer->len;
    renderer->out = &text;
    renderer->segments = NULL;
    if (!block_show(renderer, tag, next ? next->next : NULL, next ? super->own : NULL, super->at))
        renderer->failed = true;
    renderer->segments = segments;
    renderer->out = outer;
    renderer->written += text.len - outer->len;
    *out = value_html(buf_str(&text));
    return true;
}

static const struct drop_class super_class = {.name = "block", .get = super_get};

static bool block_show(struct renderer *renderer, const struct block_tag *tag, const struct override *next,
                       const struct block_tag *own, span at)
{
    if (!renderer_enter(renderer, at)) return false;
    struct super *super = ARENA_NEW(renderer->arena, struct super);
    *super = (struct super){renderer, tag, next, own, at};
    ptrdiff_t mark = scope_mark(renderer);
    scope_push(renderer, &tag->variable, value_drop(&super_class, super));
    bool good = renderer_block(renderer, &tag->body);
    scope_pop(renderer, mark);
    renderer_leave(renderer);
    return good;
}

static bool block_render(struct renderer *renderer, const struct node *node)
{
    const struct block_tag *own = node->as.data;
    if (renderer->frame->collecting) {
        struct override **last = &renderer->overrides;
        while (*last) last = &(*last)->next;
        *last = ARENA_NEW(renderer->arena, struct override);
        **last = (struct override){.tag = own, .frame = renderer->frame};
        return true;
    }
    const struct override *first = override_find(renderer->overrides, &own->name);
    if (!first) return block_show(renderer, own, NULL, NULL, node->at);
    return block_show(renderer, first->tag, first->next, own, node->at);
}

bool tag_block(struct parser *parser, const struct token *token, struct block *into)
{
    struct block_tag *tag = ARENA_NEW(parser->arena, struct block_tag);
    struct block_end end;
    str name = str_trim_char(str_trim_char(token->markup, '"'), '\'');
    bool good = name.len > 0;
    if (!good) parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'block' wants a name");
    tag->name = name_make(name);
    tag->variable = name_make(S("block"));
    if (!parser_block(parser, token, "endblock", &tag->body, &end) || !good) return false;
    struct node node = {.render = block_render, .at = parser_span(parser, token->whole), .as.data = tag};
    parser_push(parser, into, node, false);
    return true;
}

/* --- layout --- */

bool layout_render(struct renderer *renderer, const struct liquid_template *template_)
{
    value name;
    struct frame *frame = (struct frame *)renderer->frame;
    str content;
    frame->collecting = true;
    bool good = renderer_capture(renderer, &template_->body, &content);
    frame->collecting = false;
    renderer->interrupt = INTERRUPT_NONE;
    if (!good || !partial_name(renderer, template_->layout, &name)) return false;
    if (name.kind == VALUE_NULL || (name.kind == VALUE_BOOL && !name.as.boolean)) {
        renderer_write_str(renderer, content);
        return true;
    }
    const struct liquid_template *layout = partial_find(renderer, coerce_text(name, renderer->arena),
                                                        template_->layout_at);
    if (!layout) return false;
    if (str_trim(content).len) {
        struct name *variable = ARENA_NEW(renderer->arena, struct name);
        *variable = name_make(S("content"));
        scope_assign(renderer, variable, value_html(content));
    }
    return renderer_template(renderer, layout, template_->layout_at);
}

/* Says which layout; the template as a whole acts on it. */
bool tag_layout(struct parser *parser, const struct token *token, struct block *into)
{
    struct lexer lexer;
    (void)into;
    if (parser->template_->layout) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "a template has one 'layout'");
        return false;
    }
    lexer_start(&lexer, token->markup);
    if (lexer.word.kind == LEX_END) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'layout' wants the name of a layout");
        return false;
    }
    if (lexer_is_name(&lexer, S("none"))) return true;
    parser->template_->layout = expression_parse(parser, &lexer);
    parser->template_->layout_at = parser_span(parser, token->whole);
    return parser->template_->layout && expression_end(parser, &lexer);
}
