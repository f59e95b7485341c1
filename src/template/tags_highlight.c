/* tags_highlight.c - {% highlight LANGUAGE [linenos] %}: code as Jekyll frames
 * it, without the spans of a highlighter; a post's is the host's to show. */
#include "base/escape.h"
#include "renderer.h"
#include "tags.h"

struct highlight {
    str language;               /* in lower case */
    str options;                /* as written */
    bool numbers, ends_line;
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
    highlight->options = rest;
    bool good = len > 0 && (!rest.len || char_is_space(rest.p[0]));
    if (good && parser->source->lenient) {      /* Hugo's options too */
        highlight->numbers = str_contains(rest, S("linenos"));
        return true;
    }
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

static void highlight_frame(struct buf *out, const struct highlight *highlight, str code)
{
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
}

static bool highlight_render(struct renderer *renderer, const struct node *node)
{
    const struct highlight *highlight = node->as.data;
    const struct liquid_render *job = renderer->job;
    str code, written = buf_str(renderer->out);
    if (!renderer_capture(renderer, &highlight->body, &code)) return false;
    if (!job->code_block || !renderer->frame->template_->lenient) {
        highlight_frame(renderer->out, highlight, code);
        return true;
    }
    struct liquid_code block = {
        .info = str_concat(renderer->arena, highlight->language, highlight->options), .text = code,
        .before = str_from(written, str_find_last(written, '\n') + 1), .ends_line = highlight->ends_line,
    };
    buf_add(renderer->out, job->code_block(job->user, &block, renderer->arena));
    return true;
}

static bool highlight_ends_line(const struct scanner *scanner)
{
    str rest = str_from(scanner->text, scanner->at);
    while (rest.len && char_is_space(rest.p[0]) && rest.p[0] != '\n') rest = str_from(rest, 1);
    return !scanner->trim_next && (!rest.len || rest.p[0] == '\n');
}

bool tag_highlight(struct parser *parser, const struct token *token, struct block *into)
{
    struct highlight *highlight = ARENA_NEW(parser->arena, struct highlight);
    struct block_end end;
    bool good = highlight_markup(parser, token, highlight);
    if (!parser_block(parser, token, "endhighlight", &highlight->body, &end) || !good) return false;
    highlight->ends_line = highlight_ends_line(&parser->scanner);
    struct node node = {.render = highlight_render, .at = parser_span(parser, token->whole), .as.data = highlight};
    parser_push(parser, into, node, false);
    return true;
}
