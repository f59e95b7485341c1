/* tags_text.c - tags about the template's own text: comment, #, doc, raw,
 * liquid, highlight. */
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

/* --- highlight --- */

struct highlight {
    str language;
    bool numbers;
    struct block body;
};

/* LANGUAGE [linenos[=table]] [mark_lines="1 2"] */
static bool highlight_markup(struct parser *parser, const struct token *token, struct highlight *highlight)
{
    str rest = token->markup;
    ptrdiff_t len = 0;
    while (len < rest.len && (lexer_is_name_char(rest.p[len]) || strchr(".+#-", rest.p[len]))) len++;
    highlight->language = str_slice(rest, 0, len);
    rest = str_from(rest, len);
    bool good = len > 0 && (!rest.len || char_is_space(rest.p[0]));
    for (rest = str_trim(rest); rest.len && good; rest = str_trim(rest)) {
        len = 0;
        while (len < rest.len && lexer_is_name_char(rest.p[len])) len++;
        good = len > 0;
        if (str_equal(str_slice(rest, 0, len), S("linenos"))) highlight->numbers = true;
        rest = str_from(rest, len);
        if (!str_starts(rest, S("="))) continue;
        bool quoted = rest.len > 1 && rest.p[1] == '"';
        for (len = quoted ? 2 : 1; len < rest.len; len++)
            if (quoted ? !(char_is_digit(rest.p[len]) || rest.p[len] == ' ') : !lexer_is_name_char(rest.p[len])) break;
        good = good && (quoted ? len < rest.len && rest.p[len] == '"' : len > 1);
        rest = str_from(rest, quoted ? len + 1 : len);
    }
    if (!good) parser_error(parser, DIAG_LIQUID_SYNTAX, token->whole, "'highlight' wants LANGUAGE [linenos]");
    return good;
}

static void highlight_escape(struct buf *out, str code)
{
    for (ptrdiff_t i = 0; i < code.len; i++) {
        if (code.p[i] == '&') buf_add(out, S("&amp;"));
        else if (code.p[i] == '<') buf_add(out, S("&lt;"));
        else if (code.p[i] == '>') buf_add(out, S("&gt;"));
        else buf_char(out, code.p[i]);
    }
}

/* As Jekyll frames it, without the spans of a highlighter. */
static bool highlight_render(struct renderer *renderer, const struct node *node)
{
    const struct highlight *highlight = node->as.data;
    struct buf *out = renderer->out;
    str code;
    if (!renderer_capture(renderer, &highlight->body, &code)) return false;
    while (code.len && (code.p[0] == '\n' || code.p[0] == '\r')) code = str_from(code, 1);
    while (code.len && (code.p[code.len - 1] == '\n' || code.p[code.len - 1] == '\r')) code.len--;
    buf_printf(out, "<figure class=\"highlight\"><pre><code class=\"language-");
    for (ptrdiff_t i = 0; i < highlight->language.len; i++)
        buf_char(out, highlight->language.p[i] == '+' ? '-' : highlight->language.p[i]);
    buf_add(out, S("\" data-lang=\""));
    buf_add(out, highlight->language);
    buf_add(out, S("\">"));
    if (highlight->numbers) {
        buf_add(out, S("<table class=\"rouge-table\"><tbody><tr><td class=\"gutter gl\"><pre class=\"lineno\">"));
        str rest = code, line;
        for (int number = 1; str_line(&rest, &line); number++) buf_printf(out, "%d\n", number);
        buf_add(out, S("</pre></td><td class=\"code\"><pre>"));
    }
    highlight_escape(out, code);
    if (highlight->numbers) buf_add(out, S("\n</pre></td></tr></tbody></table>"));
    buf_add(out, S("</code></pre></figure>"));
    return true;
}

bool tag_highlight(struct parser *parser, const struct token *token, struct block *into)
{
    struct highlight *highlight = ARENA_NEW(parser->arena, struct highlight);
    struct block_end end;
    bool good = highlight_markup(parser, token, highlight);
    if (!parser_block(parser, token, "endhighlight", &highlight->body, &end) || !good) return false;
    struct node node = {.render = highlight_render, .at = parser_span(parser, token->whole), .as.data = highlight};
    parser_push(parser, into, node, false);
    return true;
}
