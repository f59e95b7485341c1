/* content_text.c - what a body says, as plain text: for search, counts, summary.
 *
 * Code is counted apart and not searched.  The summary is what stands before
 * <!--more-->, else whole sentences of the first paragraphs, at most 120
 * characters. */
#include "base/escape.h"
#include "base/utf8.h"
#include "passes.h"

enum { SUMMARY_LENGTH = 120, HEAD_BYTES = 1024 };    /* a summary of sentences needs no more than that */

/* --- sentences ------------------------------------------------------------------ */

static bool is_closing(uint32_t rune)
{
    return rune == '"' || rune == '\'' || rune == ')' || rune == ']' || rune == 0x201D ||
           rune == 0x2019 || rune == 0x300D || rune == 0x300F || rune == 0x300B || rune == '*' || rune == '~';
}

static bool is_end_mark(uint32_t rune)
{
    return rune == '.' || rune == '!' || rune == '?' || rune == 0x2026 || rune == 0x3002 ||
           rune == 0xFF01 || rune == 0xFF1F;
}

/* "Dr. Vogels", "1. 첫째", "vs. ": a dot that ends no sentence. */
static bool is_abbreviation(str text, ptrdiff_t dot)
{
    ptrdiff_t start = dot;
    while (start > 0 && (char_is_alpha(text.p[start - 1]) || char_is_digit(text.p[start - 1]))) start--;
    ptrdiff_t len = dot - start;
    if (len == 0 || (start > 0 && (unsigned char)text.p[start - 1] >= 0x80)) return false;
    bool digits = true;
    for (ptrdiff_t i = start; i < dot; i++) digits &= char_is_digit(text.p[i]);
    return digits ? start == 0 || text.p[start - 1] == ' ' : len <= 2 || str_equal(str_slice(text, start, dot), S("etc"));
}

/* The end of the sentence that starts at `from`. */
static ptrdiff_t sentence_end(str text, ptrdiff_t from)
{
    for (ptrdiff_t at = from; at < text.len;) {
        ptrdiff_t mark = at;
        uint32_t rune = utf8_next(text, &at);
        if (!is_end_mark(rune) || (rune == '.' && is_abbreviation(text, mark))) continue;
        ptrdiff_t end = at;
        while (at < text.len) {
            rune = utf8_next(text, &at);
            if (!is_end_mark(rune) && !is_closing(rune)) break;
            end = at;
        }
        if (end == text.len || char_is_space(text.p[end])) return end;
        at = end;
    }
    return text.len;
}

/* The first characters up to a blank, with "…". */
static str cut_words(struct arena *arena, str text)
{
    ptrdiff_t end = utf8_offset(text, SUMMARY_LENGTH - 1);
    ptrdiff_t blank = str_find_last(str_slice(text, 0, end), ' ');
    if (blank > end / 2) end = blank;
    return str_concat(arena, str_trim_right(str_slice(text, 0, end)), S("…"));
}

static str first_sentences(struct arena *arena, str text)
{
    ptrdiff_t end = 0;
    while (end < text.len) {
        ptrdiff_t next = sentence_end(text, end);
        if (utf8_count(str_slice(text, 0, next)) > SUMMARY_LENGTH) break;
        end = next;
        while (end < text.len && char_is_space(text.p[end])) end++;
    }
    if (text.len == 0) return S("");
    return end > 0 ? str_copy(arena, str_trim(str_slice(text, 0, end))) : cut_words(arena, text);
}

/* --- gathering --------------------------------------------------------------------- */

struct measure {
    struct document *document;
    struct buf text, code, head;    /* head: what the summary is made of */
    bool before_more, has_more, may_have_more;
    ptrdiff_t opening;              /* length of `head` at the first heading behind text; 0: none yet */
    ptrdiff_t asides;               /* how many of them are open */
};

static void add_blank(struct buf *out, char blank)
{
    if (out->len > 0 && !char_is_space(out->p[out->len - 1])) buf_char(out, blank);
}

/* Whether so many bytes may be copied as they are: there is no white space in them but single blanks.
 * One more byte stands behind them.  Without a branch, so that the compiler looks at many at once. */
enum { STRETCH = 16 };

static bool is_folded(const char *p)
{
    unsigned char odd = 0;
    for (int i = 0; i < STRETCH; i++) {
        unsigned char c = (unsigned char)p[i], next = (unsigned char)p[i + 1];
        odd |= ((unsigned char)(c - '\t') < 5) | ((c == ' ') & (next == ' '));
    }
    return !odd;
}

/* White space runs become one blank; at the very start they are nothing. */
static void add_folded(struct buf *out, str text)
{
    if (text.len == 0) return;
    buf_reserve(out, text.len);
    char *to = out->p + out->len;
    bool after_space = out->len == 0 || char_is_space(to[-1]);
    for (ptrdiff_t i = 0; i < text.len;) {
        bool space = char_is_space(text.p[i]);
        if (text.len - i > STRETCH && !(space && after_space) && is_folded(text.p + i)) {
            memcpy(to, text.p + i, STRETCH);
            to += STRETCH;
            i += STRETCH;
            after_space = to[-1] == ' ';
            continue;
        }
        for (ptrdiff_t end = i + STRETCH; i < text.len && i < end; i++) {   /* without a branch, too */
            space = char_is_space(text.p[i]);
            *to = space ? ' ' : text.p[i];
            to += !(space && after_space);
            after_space = space;
        }
    }
    out->len = to - out->p;
}

/* Blocks whose text is no summary. */
static bool is_aside(const struct node *node)
{
    return node->kind == NODE_FOOTNOTE || node->kind == NODE_TABLE || node->kind == NODE_HEADING;
}

static void add_html(struct measure *measure, str html, bool inline_)
{
    if (str_find_char(html, '<') == 0 && inline_) return;      /* one tag: no text */
    add_folded(&measure->text, html_text(measure->document->scratch, html));
}

static void measure_node(struct measure *measure, struct node *node)
{
    struct content *content = measure->document->out;
    switch ((enum node_kind)node->kind) {
    case NODE_TEXT:
    case NODE_CODE: add_folded(&measure->text, node->text); break;
    case NODE_SOFT_BREAK:
    case NODE_HARD_BREAK: add_blank(&measure->text, ' '); break;
    case NODE_MATH:
    case NODE_MATH_BLOCK: content->has_math = true; break;
    case NODE_HTML: add_html(measure, node->text, true); break;
    case NODE_HTML_BLOCK: add_html(measure, node->text, false); break;
    case NODE_CODE_BLOCK:
        buf_add(&measure->code, node->text);
        content->has_code = true;
        content->has_mermaid |= str_starts(node->url, S("mermaid"));
        break;
    case NODE_MORE:
        if (!measure->has_more) measure->before_more = false;
        measure->has_more = true;
        break;
    default: break;
    }
}

/* Whether the summary may still want what comes. */
static bool is_head_open(const struct measure *measure)
{
    if (!measure->before_more || measure->asides > 0) return false;
    return measure->may_have_more || (measure->opening == 0 && measure->head.len < HEAD_BYTES);
}

static void measure_below(struct measure *measure, struct node *root)
{
    for (struct walk w = walk_start(root); walk_next(&w);) {
        ptrdiff_t start = measure->text.len;
        if (is_aside(w.node)) measure->asides += w.enter ? 1 : -1;
        if (w.node->kind == NODE_HEADING && measure->opening == 0) measure->opening = measure->head.len;
        if (w.enter && node_is_block(w.node)) add_blank(&measure->text, '\n');
        if (w.enter && w.node->kind == NODE_IMAGE) {
            walk_skip(&w);
            continue;
        }
        if (w.enter) measure_node(measure, w.node);
        bool wanted = measure->text.len > start && is_head_open(measure);
        if (wanted && (w.node->kind == NODE_HTML_BLOCK || !node_is_block(w.node))) buf_add(&measure->head, str_from(buf_str(&measure->text), start));
        if (!w.enter && node_is_block(w.node)) add_blank(&measure->head, ' ');
    }
}

void content_measure(struct document *document)
{
    struct content *content = document->out;
    struct arena *arena = document->arena, *scratch = document->scratch;
    struct measure measure = {.document = document, .text = buf_in(arena), .code = buf_in(scratch),
                              .head = buf_in(scratch), .before_more = true,
                              .may_have_more = str_contains(document->text, S("<!--"))};
    buf_reserve(&measure.text, document->text.len + 64);
    measure_below(&measure, document->root);
    measure.before_more = false;
    for (ptrdiff_t i = 0; i < document->footnote_count; i++)
        measure_below(&measure, document->footnote_order[i]);

    str head = buf_str(&measure.head);
    if (!measure.has_more && measure.opening > 0) head = str_slice(head, 0, measure.opening);
    head = str_trim(head);
    content->text = str_trim(buf_finish(&measure.text));
    content->summary = measure.has_more ? str_copy(arena, head) : first_sentences(arena, head);
    content->prose = hangul_count(content->text);
    content->code = hangul_count(buf_str(&measure.code));
    content->photo_count = content->picture_count;
    content->reading_minutes = hangul_reading_minutes(content->prose, content->code, content->photo_count);
}
