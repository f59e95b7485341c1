/* tags_flow.c - if, unless, case. */
#include "coerce.h"
#include "lax.h"
#include "renderer.h"
#include "tags.h"

/* One arm; in a `case`, one for every value of a `when`. */
struct branch {
    const struct expression *condition;     /* NULL: else */
    bool negated;                           /* unless */
    struct block *body;                     /* shared by the values of one `when` */
};

struct branches {
    const struct expression *subject;       /* case */
    struct branch *items;
    ptrdiff_t count, capacity;
};

static void branches_add(struct parser *parser, struct branches *branches, struct branch branch)
{
    ARENA_PUSH(parser->arena, branches->items, branches->count, branches->capacity) = branch;
}

/* A tag whose arms write nothing at all loses their white space. */
static void branches_push(struct parser *parser, const struct token *token, struct block *into,
                          struct branches *branches, node_render_fn *render)
{
    bool blank = true;
    for (ptrdiff_t i = 0; i < branches->count; i++) blank = blank && branches->items[i].body->blank;
    for (ptrdiff_t i = 0; i < branches->count && blank; i++) parser_drop_blank(branches->items[i].body);
    struct node node = {.render = render, .at = parser_span(parser, token->whole), .as.data = branches};
    parser_push(parser, into, node, blank);
}

/* --- if, unless --- */

static bool if_render(struct renderer *renderer, const struct node *node)
{
    const struct branches *branches = node->as.data;
    for (ptrdiff_t i = 0; i < branches->count; i++) {
        const struct branch *branch = &branches->items[i];
        bool truth = true;
        if (branch->condition && !evaluate_condition(renderer, branch->condition, &truth)) return false;
        if (truth != branch->negated) return renderer_block(renderer, branch->body);
    }
    return true;
}

/* "else if x": Liquid skips what stands behind `else`; here somebody meant it. */
static bool if_else(struct parser *parser, const struct block_end *end)
{
    if (parser->lax || !str_starts(end->markup, S("if "))) return true;
    struct diag *diag = parser_error(parser, DIAG_LIQUID_SYNTAX, end->markup, "'else' takes no condition");
    diag_hint(parser->diags, diag, "did you mean 'elsif'?");
    return false;
}

static bool if_parse(struct parser *parser, const struct token *token, struct block *into, const char *ends,
                     bool negated)
{
    struct branches *branches = ARENA_NEW(parser->arena, struct branches);
    struct branch branch = {.negated = negated};
    struct block_end end;
    bool good = true;
    branch.condition = parser_condition(parser, &(struct markup){token->markup, token->whole, token->name});
    good = branch.condition != NULL;
    for (;;) {
        branch.body = ARENA_NEW(parser->arena, struct block);
        if (!parser_block(parser, token, ends, branch.body, &end)) return false;
        branches_add(parser, branches, branch);
        branch = (struct branch){0};
        if (str_starts(end.name, S("end"))) break;
        if (str_equal(end.name, S("elsif"))) {
            branch.condition = parser_condition(parser, &(struct markup){end.markup, end.whole, end.name});
            good = good && branch.condition;
        } else {
            good = if_else(parser, &end) && good;
        }
    }
    if (good) branches_push(parser, token, into, branches, if_render);
    return good;
}

bool tag_if(struct parser *parser, const struct token *token, struct block *into)
{
    return if_parse(parser, token, into, "elsif else endif", false);
}

bool tag_unless(struct parser *parser, const struct token *token, struct block *into)
{
    return if_parse(parser, token, into, "elsif else endunless", true);
}

/* --- case --- */

/* Every `when` value that fits renders its arm; `else` arms render as long as
 * none did (Ruby's rule, which lets a template repeat them). */
static bool case_render(struct renderer *renderer, const struct node *node)
{
    const struct branches *branches = node->as.data;
    value subject, candidate;
    bool matched = false;
    if (!evaluate(renderer, branches->subject, &subject)) return false;
    for (ptrdiff_t i = 0; i < branches->count; i++) {
        const struct branch *branch = &branches->items[i];
        if (branch->condition) {
            if (!evaluate(renderer, branch->condition, &candidate)) return false;
            if (!coerce_equal(subject, candidate, renderer->arena)) continue;
            matched = true;
        } else if (matched) {
            continue;
        }
        if (!renderer_block(renderer, branch->body)) return false;
        if (renderer->interrupt) return true;
    }
    return true;
}

/* The values of a `when`: one branch each, without their body yet. */
static bool when_strict(struct parser *parser, const struct markup *markup, void *tag)
{
    struct lexer lexer;
    lexer_start(&lexer, markup->text);
    do {
        struct branch branch = {.condition = expression_operand(parser, &lexer)};
        if (!branch.condition) return false;
        branches_add(parser, tag, branch);
    } while (lexer_take(&lexer, LEX_COMMA) || lexer_take_name(&lexer, S("or")));
    return expression_end(parser, &lexer);
}

static bool when_lax(struct parser *parser, const struct markup *markup, void *tag)
{
    str rest = markup->text, fragment;
    for (bool more = true; more && lax_fragment(&rest, &fragment);) {
        struct branch branch = {.condition = lax_operand(parser, fragment)};
        if (!branch.condition) return false;
        branches_add(parser, tag, branch);
        more = lax_take(&rest, S("or"));
        if (more) continue;
        rest = str_trim_left(rest);
        more = str_starts(rest, S(","));
        if (more) rest = str_trim_left(str_from(rest, 1));
        more = more && lax_fragment_len(rest) > 0;
    }
    return true;
}

static bool case_values(struct parser *parser, struct branches *branches, const struct block_end *when)
{
    struct markup markup = {when->markup, when->whole, when->name};
    str rest = when->markup, fragment;
    if (!lax_fragment(&rest, &fragment)) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, when->whole, "'when' wants at least one value");
        return false;
    }
    return parser_markup(parser, &markup, branches, sizeof *branches, when_strict, when_lax);
}

static bool case_strict(struct parser *parser, const struct markup *markup, void *tag)
{
    struct branches *branches = tag;
    struct lexer lexer;
    lexer_start(&lexer, markup->text);
    branches->subject = expression_parse(parser, &lexer);
    return branches->subject && expression_end(parser, &lexer);
}

static bool case_lax(struct parser *parser, const struct markup *markup, void *tag)
{
    struct branches *branches = tag;
    str rest = markup->text, fragment;
    if (lax_fragment(&rest, &fragment)) branches->subject = lax_value(parser, fragment);
    return branches->subject != NULL;
}

/* The arms up to `endcase`; what stands before the first of them is ignored. */
static bool case_arms(struct parser *parser, const struct token *token, struct branches *branches)
{
    struct block_end end;
    struct block before, *body;
    bool good = true;
    if (!parser_block(parser, token, "when else endcase", &before, &end)) return false;
    while (!str_equal(end.name, S("endcase"))) {
        ptrdiff_t first = branches->count;
        if (str_equal(end.name, S("when"))) good = case_values(parser, branches, &end) && good;
        else branches_add(parser, branches, (struct branch){0});
        body = ARENA_NEW(parser->arena, struct block);
        if (!parser_block(parser, token, "when else endcase", body, &end)) return false;
        for (ptrdiff_t i = first; i < branches->count; i++) branches->items[i].body = body;
    }
    return good;
}

bool tag_case(struct parser *parser, const struct token *token, struct block *into)
{
    struct branches *branches = ARENA_NEW(parser->arena, struct branches);
    struct markup markup = {token->markup, token->whole, token->name};
    str rest = token->markup, fragment;
    bool good = lax_fragment(&rest, &fragment);
    if (!good) parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'case' wants a value");
    else good = parser_markup(parser, &markup, branches, sizeof *branches, case_strict, case_lax);
    if (!case_arms(parser, token, branches) || !good) return false;
    branches_push(parser, token, into, branches, case_render);
    return true;
}
