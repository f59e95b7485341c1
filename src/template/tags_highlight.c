/* tags_highlight.c - {% highlight LANGUAGE [linenos] %}: code as Jekyll frames
 * it, without the spans of a highlighter. */
#include "base/escape.h"
#include "renderer.h"
#include "tags.h"

struct highlight {
    str language;               /* in lower case */
    bool numbers;
    struct block body;
};

static bool highlight_is_word(char c) { return char_is_alpha(c) || char_is_digit(c) || c == '_'; }

static ptrdiff_t highlight_word_len(str text)
{
    ptrdiff_t len = 0;
    while (len < text.len && highlight_is_word(text.p[len])) len++;
    return len;
}

/* "1 2 3" in quotes: numbers with one blank between; 0: something else. */
static ptrdiff_t highlight_numbers_len(str text)
{
    bool digit = false;
    for (ptrdiff_t at = 1; at < text.len; at++) {
        char c = text.p[at];
        if (c == '"') return digit ? at + 1 : 0;
        if (!char_is_digit(c) && !(digit && char_is_space(c))) return 0;
        digit = char_is_digit(c);
    }
    return 0;
}

/* name, name=value or name="1 2" */
static bool highlight_option(str *rest, struct highlight *highlight)
{
    ptrdiff_t len = highlight_word_len(*rest);
    if (!len) return false;
    if (str_equal(str_slice(*rest, 0, len), S("linenos"))) highlight->numbers = true;
    *rest = str_from(*rest, len);
    if (str_starts(*rest, S("="))) {
        *rest = str_from(*rest, 1);
        len = str_starts(*rest, S("\"")) ? highlight_numbers_len(*rest) : highlight_word_len(*rest);
        if (!len) return false;
        *rest = str_from(*rest, len);
    }
    return !rest->len || char_is_space(rest->p[0]);
}

static bool highlight_markup(struct parser *parser, const struct token *token, struct highlight *highlight)
{
    str rest = token->markup;
    ptrdiff_t len = 0;
    while (len < rest.len && (highlight_is_word(rest.p[len]) || strchr(".+#-", rest.p[len]))) len++;
    highlight->language = str_lower_ascii(parser->arena, str_slice(rest, 0, len));
    rest = str_from(rest, len);
    bool good = len > 0 && (!rest.len || char_is_space(rest.p[0]));
    for (rest = str_trim(rest); rest.len && good; rest = str_trim(rest)) good = highlight_option(&rest, highlight);
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

static void highlight_table(struct buf *out, str code)
{
    buf_add(out, S("<table class=\"rouge-table\"><tbody><tr><td class=\"gutter gl\"><pre class=\"lineno\">"));
    int lines = 1;
    for (ptrdiff_t i = 0; i < code.len; i++) lines += code.p[i] == '\n';
    for (int line = 1; line <= lines; line++) buf_printf(out, "%d\n", line);
    buf_add(out, S("</pre></td><td class=\"code\"><pre>"));
    highlight_escape(out, code);
    buf_add(out, S("\n</pre></td></tr></tbody></table>"));
}

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
    (highlight->numbers ? highlight_table : highlight_escape)(out, code);
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
