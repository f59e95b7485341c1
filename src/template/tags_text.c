/* tags_text.c - tags about the template's own text: comment, #, doc, raw,
 * liquid. */
#include "base/escape.h"
#include "coerce.h"
#include "renderer.h"
#include "tags.h"

static bool text_unclosed(struct parser *parser, const struct token *token)
{
    parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'%" STR_F "' is never closed", STR_A(token->name));
    return false;
}

/* --- comment, # --- */

/* Comments nest; what stands between is not parsed, but `raw` inside hides an
 * `endcomment`. */
bool tag_comment(struct parser *parser, const struct token *open, struct block *into)
{
    (void)into;
    for (int depth = 1; depth > 0;) {
        struct token token, text;
        str body;
        scanner_next(&parser->scanner, &token);
        if (token.kind == TOKEN_END) return text_unclosed(parser, open);
        if (token.kind == TOKEN_BROKEN) scanner_back(&parser->scanner, &token, &text);
        if (token.kind != TOKEN_TAG) continue;
        if (str_equal(token.name, S("comment"))) depth++;
        else if (str_equal(token.name, S("endcomment"))) depth--;
        else if (str_equal(token.name, S("raw")) && !scanner_raw(&parser->scanner, S("endraw"), &body, &token))
            return text_unclosed(parser, open);
    }
    return true;
}

/* {% # note %}: every further line starts with '#' too. */
bool tag_inline_comment(struct parser *parser, const struct token *token, struct block *into)
{
    (void)into;
    str rest = token->markup, line;
    str_line(&rest, &line);
    while (str_line(&rest, &line)) {
        line = str_trim(line);
        if (!line.len || line.p[0] == '#') continue;
        parser_error(parser, DIAG_LIQUID_SYNTAX, line, "every line of an inline comment starts with '#'");
        return false;
    }
    return true;
}

/* --- doc --- */

/* "@param {string} [name] - text": the names a partial may be given. */
static void doc_params(struct parser *parser, str body)
{
    for (str line; str_line(&body, &line);) {
        line = str_trim(line);
        if (!str_starts(line, S("@param"))) continue;
        line = str_trim(str_from(line, 6));
        if (str_starts(line, S("{"))) line = str_trim(str_from(line, str_find_char(line, '}') + 1));
        if (str_starts(line, S("["))) line = str_from(line, 1);
        ptrdiff_t len = 0;
        while (len < line.len && (lexer_is_name_char(line.p[len]) || line.p[len] == '-')) len++;
        if (len) parser_assigns(parser, str_slice(line, 0, len));
    }
}

bool tag_doc(struct parser *parser, const struct token *token, struct block *into)
{
    struct token end;
    str body;
    (void)into;
    if (!scanner_raw(&parser->scanner, S("enddoc"), &body, &end)) return text_unclosed(parser, token);
    if (token->markup.len) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->markup, "'doc' takes no arguments");
        return false;
    }
    if (str_contains(body, S("{% doc %}"))) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'doc' cannot stand inside 'doc'");
        return false;
    }
    doc_params(parser, body);
    return true;
}

/* --- raw --- */

bool tag_raw(struct parser *parser, const struct token *token, struct block *into)
{
    struct token end;
    str body;
    if (!scanner_raw(&parser->scanner, S("endraw"), &body, &end)) return text_unclosed(parser, token);
    if (token->markup.len) {
        parser_error(parser, DIAG_LIQUID_SYNTAX, token->markup, "'raw' takes no arguments");
        return false;
    }
    struct node node = {.render = renderer_raw, .at = parser_span(parser, body), .as.text = body};
    parser_push(parser, into, node, body.len == 0);
    return true;
}

/* --- liquid --- */

/* Every line is a tag.  Its nodes join the block the tag stands in. */
bool tag_liquid(struct parser *parser, const struct token *token, struct block *into)
{
    struct scanner outer = parser->scanner;
    const struct open_block *open = parser->open;
    struct block lines;
    struct block_end end;
    parser->scanner = (struct scanner){.text = token->markup, .lines = true};
    parser->open = NULL;        /* its lines close no block around it */
    parser_nodes(parser, NULL, &lines, &end);
    parser->open = open;
    parser->scanner = outer;
    for (ptrdiff_t i = 0; i < lines.count; i++) parser_push(parser, into, lines.nodes[i], true);
    if (!lines.blank) into->blank = false;
    return true;
}
