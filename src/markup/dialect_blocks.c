/* dialect_blocks.c - blocks beyond CommonMark, made from paragraphs and quotes
 * before their inlines are parsed: task lists, callouts, display math,
 * <!--more-->. */
#include "base/escape.h"
#include "inline_more.h"
#include "kramdown_blocks.h"
#include "passes.h"
#include "raw_html.h"

/* --- task lists: - [ ] x --------------------------------------------------- */

static void make_task(struct document *document, struct node *item)
{
    struct node *paragraph = item->first;
    str text = paragraph ? paragraph->text : (str){0};
    if (!paragraph || paragraph->kind != NODE_PARAGRAPH || text.len < 3 || text.p[0] != '[' || text.p[2] != ']') return;
    bool checked = text.p[1] == 'x' || text.p[1] == 'X';
    if ((!checked && text.p[1] != ' ') || (text.len > 3 && !char_is_space(text.p[3]))) return;
    item->checked = checked;
    item->fenced = true;        /* a task: the box is added once its text is parsed */
    paragraph->text = str_trim_left(str_from(text, 3));
    if (document->features & FEATURE_HUGI)
        attributes_set(document->scratch, &item->attributes, S("class"), S("task-list-item"));
}

void dialect_tasks(struct document *document)
{
    for (struct walk w = walk_start(document->root); walk_next(&w);)
        if (w.enter && w.node->kind == NODE_ITEM) make_task(document, w.node);
}

/* --- callouts: > [!NOTE] title ------------------------------------------------ */

static const struct callout {
    str name, class, korean, english;
} callouts[] = {
    {STR_INIT("NOTE"), STR_INIT("callout callout-note"), STR_INIT("참고"), STR_INIT("Note")},
    {STR_INIT("INFO"), STR_INIT("callout callout-note"), STR_INIT("정보"), STR_INIT("Info")},
    {STR_INIT("TIP"), STR_INIT("callout callout-tip"), STR_INIT("팁"), STR_INIT("Tip")},
    {STR_INIT("IMPORTANT"), STR_INIT("callout callout-important"), STR_INIT("중요"), STR_INIT("Important")},
    {STR_INIT("WARNING"), STR_INIT("callout callout-warning"), STR_INIT("주의"), STR_INIT("Warning")},
    {STR_INIT("CAUTION"), STR_INIT("callout callout-danger"), STR_INIT("경고"), STR_INIT("Caution")},
    {STR_INIT("DANGER"), STR_INIT("callout callout-danger"), STR_INIT("위험"), STR_INIT("Danger")},
    {STR_INIT("QUESTION"), STR_INIT("callout callout-note"), STR_INIT("질문"), STR_INIT("Question")},
    {STR_INIT("QUOTE"), STR_INIT("callout callout-quote"), STR_INIT("인용"), STR_INIT("Quote")},
    {STR_INIT("EXAMPLE"), STR_INIT("callout callout-note"), STR_INIT("예"), STR_INIT("Example")},
    {STR_INIT("SUMMARY"), STR_INIT("callout callout-note"), STR_INIT("요약"), STR_INIT("Summary")},
    {STR_INIT("ABSTRACT"), STR_INIT("callout callout-note"), STR_INIT("요약"), STR_INIT("Abstract")},
    {STR_INIT("TLDR"), STR_INIT("callout callout-note"), STR_INIT("요약"), STR_INIT("TL;DR")},
    {STR_INIT("TODO"), STR_INIT("callout callout-note"), STR_INIT("할 일"), STR_INIT("To do")},
    {STR_INIT("HINT"), STR_INIT("callout callout-tip"), STR_INIT("힌트"), STR_INIT("Hint")},
    {STR_INIT("SUCCESS"), STR_INIT("callout callout-tip"), STR_INIT("성공"), STR_INIT("Success")},
    {STR_INIT("CHECK"), STR_INIT("callout callout-tip"), STR_INIT("확인"), STR_INIT("Check")},
    {STR_INIT("DONE"), STR_INIT("callout callout-tip"), STR_INIT("완료"), STR_INIT("Done")},
    {STR_INIT("HELP"), STR_INIT("callout callout-note"), STR_INIT("도움"), STR_INIT("Help")},
    {STR_INIT("FAQ"), STR_INIT("callout callout-note"), STR_INIT("자주 묻는 질문"), STR_INIT("FAQ")},
    {STR_INIT("ATTENTION"), STR_INIT("callout callout-warning"), STR_INIT("주의"), STR_INIT("Attention")},
    {STR_INIT("FAILURE"), STR_INIT("callout callout-danger"), STR_INIT("실패"), STR_INIT("Failure")},
    {STR_INIT("FAIL"), STR_INIT("callout callout-danger"), STR_INIT("실패"), STR_INIT("Failure")},
    {STR_INIT("MISSING"), STR_INIT("callout callout-danger"), STR_INIT("없음"), STR_INIT("Missing")},
    {STR_INIT("ERROR"), STR_INIT("callout callout-danger"), STR_INIT("오류"), STR_INIT("Error")},
    {STR_INIT("BUG"), STR_INIT("callout callout-danger"), STR_INIT("버그"), STR_INIT("Bug")},
    {STR_INIT("CITE"), STR_INIT("callout callout-quote"), STR_INIT("인용"), STR_INIT("Quote")},
};

static const struct callout *find_callout(str name)
{
    for (size_t i = 0; i < sizeof callouts / sizeof *callouts; i++)
        if (str_equal_ascii_case(name, callouts[i].name)) return &callouts[i];
    return NULL;
}

/* What the author wrote behind [!NOTE] is Markdown; the usual title is not, and no text of the page. */
static void add_title(struct document *document, struct node *paragraph, str text)
{
    struct node *title = tree_new(document->scratch, NODE_CAPTION);
    title->text = text;
    title->line = title->last_line = paragraph->line;
    tree_insert_before(paragraph, title);
}

static void make_callout(struct document *document, struct node *quote)
{
    struct node *paragraph = quote->first;
    if (!paragraph || paragraph->kind != NODE_PARAGRAPH || !str_starts(paragraph->text, S("[!"))) return;
    str text = paragraph->text;
    ptrdiff_t end = str_find_char(text, ']');
    const struct callout *callout = end > 2 ? find_callout(str_slice(text, 2, end)) : NULL;
    if (!callout) return;
    ptrdiff_t at = end + 1, line = str_find_char(text, '\n');
    if (line < 0) line = text.len;
    bool folds = at < text.len && (text.p[at] == '-' || text.p[at] == '+');
    bool open = folds && text.p[at] == '+';
    if (at > line) return;
    str title = str_trim(str_slice(text, at + folds, line));
    quote->kind = NODE_ALERT;
    quote->checked = folds;
    bool english = str_starts(document->options->language, S("en"));
    if (title.len > 0) add_title(document, paragraph, title);
    else quote->title = english ? callout->english : callout->korean;
    attributes_set(document->scratch, &quote->attributes, S("class"), callout->class);
    if (open) attributes_set(document->scratch, &quote->attributes, S("open"), S(""));
    paragraph->text = str_trim_left(str_from(text, line));
    if (paragraph->text.len == 0) tree_unlink(paragraph);
}

/* --- the rest ------------------------------------------------------------------------ */

static void make_math(struct node *paragraph)
{
    str text = str_trim(paragraph->text);
    bool dollars = text.len > 4 && str_starts(text, S("$$")) && str_ends(text, S("$$"));
    bool brackets = text.len > 4 && str_starts(text, S("\\[")) && str_ends(text, S("\\]")) &&
                    math_is_meant(str_slice(text, 2, text.len - 2));
    str close = dollars ? S("$$") : S("\\]");
    if ((!dollars && !brackets) || str_contains(str_slice(text, 2, text.len - 2), close)) return;
    paragraph->kind = NODE_MATH_BLOCK;
    paragraph->text = str_trim(str_slice(text, 2, text.len - 2));
}

/* Several lines and "---" right under them: a rule was meant, nobody writes headings so. */
static void split_heading(struct document *document, struct node *heading)
{
    if (heading->level != 2 || str_find_char(str_trim(heading->text), '\n') < 0) return;
    struct node *rule = tree_new(document->scratch, NODE_RULE);
    rule->line = rule->last_line = heading->last_line;
    tree_insert_after(heading, rule);
    heading->kind = NODE_PARAGRAPH;
}

/* <pre><code class="language-x"> with nothing but text in it is a block of code; with tags it stays. */
static void make_code(const struct document *document, struct node *html)
{
    static const str start = STR_INIT("<pre><code class=\"language-"), end = STR_INIT("</code></pre>");
    str text = str_trim(html->text);
    if (document->options->plain || document->options->html == HTML_ESCAPE) return;
    if (!str_starts(text, start) || !str_ends(text, end)) return;
    text = str_slice(text, start.len, text.len - end.len);
    ptrdiff_t quote = str_find(text, S("\">"));
    str code = quote < 0 ? (str){0} : str_from(text, quote + 2), language = str_slice(text, 0, quote < 0 ? 0 : quote);
    if (code.len == 0 || str_find_char(code, '<') >= 0 || str_find_char(language, '"') >= 0) return;
    html->kind = NODE_CODE_BLOCK;
    html->url = language;
    code = html_decode(document->scratch, code);
    html->text = str_ends(code, S("\n")) ? code : str_concat(document->scratch, code, S("\n"));
}

static void make_block(struct document *document, struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_HEADING: split_heading(document, node); break;
    case NODE_ITEM: make_task(document, node); break;
    case NODE_TABLE: kramdown_table(node); break;
    case NODE_QUOTE: make_callout(document, node); break;
    case NODE_HTML_BLOCK:
        if (raw_html_is_more(node->text)) node->kind = NODE_MORE;
        else make_code(document, node);
        break;
    case NODE_PARAGRAPH:
        if (kramdown_paragraph(document, node)) break;
        if (document->features & FEATURE_MATH) make_math(node);
        break;
    default: break;
    }
}

void dialect_blocks(struct document *document, struct node *root)
{
    for (struct walk w = walk_start(root); walk_next(&w);)
        if (!w.enter) make_block(document, w.node);
}
