/* recover.c - one report for one mistake: tags that close the wrong block, and
 * tags that are not closed themselves.
 *
 * An end tag of a block further out ends all between; one of no open block
 * ends the innermost, as the likeliest slip is a wrong name ({% endfor %} for
 * {% endif %}).  Either way an end tag that comes too late, at the level where
 * the block stood, is not told again: it is kept in parser->forgiven. */
#include "tags.h"

static int recover_level(const struct open_block *open)
{
    int level = 0;
    for (; open; open = open->outer) level++;
    return level;
}

static void recover_forgive(struct parser *parser, str name, int level)
{
    enum { MOST = 64 };         /* every stray end tag looks through them */
    struct forgiven_list *list = &parser->forgiven;
    if (list->count < MOST) ARENA_PUSH(parser->arena, list->items, list->count, list->capacity) = (struct forgiven){name, level};
}

void parser_forgive(struct parser *parser, str name)
{
    recover_forgive(parser, name, recover_level(parser->open));
}

static bool recover_is_forgiven(const struct parser *parser, str name)
{
    int level = recover_level(parser->open);
    for (ptrdiff_t i = 0; i < parser->forgiven.count; i++)
        if (parser->forgiven.items[i].level == level && str_equal(parser->forgiven.items[i].name, name)) return true;
    return false;
}

static bool recover_is_known(const struct parser *parser, str name)
{
    return tags_find(parser->env->mode, name) || tag_host_find(parser->env, name);
}

/* {% if %} {% for %} {% endif %}: the loop was left open. */
static void recover_inner(struct parser *parser, const struct token *token)
{
    const struct open_block *open = parser->open;
    struct diag *diag = parser_error(parser, DIAG_LIQUID_SYNTAX, open->whole, "'%" STR_F "' is never closed",
                                     STR_A(open->name));
    diag_hint(parser->diags, diag, "want {%% end%" STR_F " %%} before {%% %" STR_F " %%}", STR_A(open->name),
              STR_A(token->name));
    diag_relate(parser->diags, diag, parser_span(parser, token->whole), S("before this"));
}

/* {% if %} {% endfor %}: a wrong name. */
static void recover_name(struct parser *parser, const struct token *token, bool known)
{
    const struct open_block *open = parser->open;
    struct diag *diag = known ? parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'%" STR_F "' closes no '%" STR_F "'",
                                             STR_A(token->name), STR_A(str_from(token->name, 3)))
                              : parser_error(parser, DIAG_LIQUID_TAG, token->name, "unknown tag '%" STR_F "'",
                                             STR_A(token->name));
    diag_hint(parser->diags, diag, "'%" STR_F "' ends with {%% end%" STR_F " %%}", STR_A(open->name), STR_A(open->name));
    diag_relate(parser->diags, diag, parser_span(parser, open->whole), S("opened here"));
}

enum recovery parser_recover(struct parser *parser, const struct token *token)
{
    if (!str_starts(token->name, S("end"))) return RECOVER_NOT;
    str name = str_from(token->name, 3);
    bool known = recover_is_known(parser, name);
    if (recover_is_forgiven(parser, name)) return RECOVER_SKIP;
    if (!parser->open || (!known && parser->source->lenient)) return RECOVER_NOT;
    int level = recover_level(parser->open) - 1;
    for (const struct open_block *outer = parser->open->outer; outer; outer = outer->outer) {
        if (!str_equal(outer->name, name)) continue;
        recover_inner(parser, token);
        recover_forgive(parser, parser->open->name, recover_level(outer) - 1);
        parser->scanner.at = token->whole.p - parser->scanner.text.p;
        return RECOVER_OUTER;
    }
    recover_name(parser, token, known);
    recover_forgive(parser, parser->open->name, level);
    return RECOVER_ENDS;
}

/* --- tags that swallowed the next one --- */

static bool recover_in_quotes(str before)
{
    char quote = 0;
    for (ptrdiff_t i = 0; i < before.len; i++) {
        char c = before.p[i];
        if (quote ? c == quote : c == '"' || c == '\'') quote = quote ? 0 : c;
    }
    return quote != 0;
}

bool parser_repair(struct parser *parser, struct token *token)
{
    ptrdiff_t next = str_find(token->markup, S("{%")), wrong = str_find(token->markup, S("}}"));
    str before = str_slice(token->markup, 0, next < 0 ? 0 : next);
    bool tolerant = parser->lax || parser->source->lenient || parser->scanner.lines;
    if (tolerant || next < 0 || recover_in_quotes(before)) return true;
    if (wrong >= 0 && wrong < next && !str_contains(before, S("{{"))) {
        struct diag *diag = parser_error(parser, DIAG_LIQUID_SYNTAX, str_slice(token->markup, wrong, wrong + 2),
                                         "'}}' closes an output, not a tag");
        diag_hint(parser->diags, diag, "want '%%}'");
        parser->scanner.at = token->markup.p + wrong + 2 - parser->scanner.text.p;
        token->whole.len = token->markup.p + wrong + 2 - token->whole.p;
        token->markup = str_trim(str_slice(token->markup, 0, wrong));
        parser->scanner.trim_next = false;
        return true;
    }
    parser_error(parser, DIAG_LIQUID_SYNTAX, str_slice(token->whole, 0, 2), "'{%%' is not closed with '%%}'");
    parser_forgive(parser, token->name);
    parser->scanner.at = token->markup.p + next - parser->scanner.text.p;
    parser->scanner.trim_next = false;
    return false;
}
