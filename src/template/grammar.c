/* grammar.c - which grammar reads the markup of a tag: the strict one
 * (expression.c, pipeline.c) or Ruby's regular expressions (lax.c).
 *
 * Outputs are read strictly first in every mode, as in Ruby; tags are in
 * jekyll mode only, whose default is "warn". */
#include "lax.h"

/* What reading leaves behind in the parser, so that it can be undone. */
struct attempt {
    struct diags quiet, *diags;
    bool failed;
};

static void attempt_begin(struct parser *parser, struct attempt *attempt)
{
    *attempt = (struct attempt){.quiet = diags_in(parser->arena), .diags = parser->diags, .failed = parser->failed};
    parser->diags = &attempt->quiet;
    parser->extended = false;
}

static void attempt_end(struct parser *parser, const struct attempt *attempt)
{
    parser->diags = attempt->diags;
    parser->failed = attempt->failed;
}

bool parser_markup(struct parser *parser, const struct markup *markup, void *tag, size_t size, markup_fn *strict,
                   markup_fn *lax)
{
    struct attempt attempt;
    if (!parser->lax) return strict(parser, markup, tag);
    if (parser->env->mode != LIQUID_JEKYLL) return lax(parser, markup, tag);
    const void *before = arena_copy(parser->arena, tag, size);
    attempt_begin(parser, &attempt);
    bool good = strict(parser, markup, tag);
    attempt_end(parser, &attempt);
    if (good) return true;
    memcpy(tag, before, size);
    return lax(parser, markup, tag);
}

static const struct pipeline *pipeline_strict(struct parser *parser, str text)
{
    struct lexer lexer;
    lexer_start(&lexer, text);
    const struct pipeline *pipeline = expression_pipeline(parser, &lexer);
    return pipeline && expression_end(parser, &lexer) ? pipeline : NULL;
}

const struct pipeline *parser_pipeline(struct parser *parser, str text)
{
    struct attempt attempt;
    if (!parser->lax) return pipeline_strict(parser, text);
    attempt_begin(parser, &attempt);
    const struct pipeline *pipeline = pipeline_strict(parser, text);
    attempt_end(parser, &attempt);
    return pipeline ? pipeline : lax_pipeline(parser, text);
}

static const struct expression *condition_strict(struct parser *parser, const struct markup *markup)
{
    struct lexer lexer;
    if (!markup->text.len) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, markup->whole, "'%" STR_F "' wants a condition", STR_A(markup->name));
        return NULL;
    }
    lexer_start(&lexer, markup->text);
    const struct expression *condition = expression_condition(parser, &lexer);
    return condition && expression_end(parser, &lexer) ? condition : NULL;
}

/* `not` and parentheses are there in lax mode too: no regular expression could read them. */
const struct expression *parser_condition(struct parser *parser, const struct markup *markup)
{
    struct attempt attempt;
    if (!parser->lax) return condition_strict(parser, markup);
    attempt_begin(parser, &attempt);
    const struct expression *condition = condition_strict(parser, markup);
    attempt_end(parser, &attempt);
    if (condition && (parser->extended || parser->env->mode == LIQUID_JEKYLL)) return condition;
    return lax_condition(parser, markup);
}
