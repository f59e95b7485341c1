/* text_format.c - plain text: a line is a paragraph, and nothing is Markdown.
 *
 * Blanks and no-break spaces at either end of a line mean nothing (word
 * processors and blog editors leave them), so nothing becomes code.  Lines
 * "- x" that follow each other are a list; bare addresses are links.
 *
 * The head of a file: its first line is the title; a short line under it that
 * names a person or a team, and is no sentence, is the byline. */
#include "base/utf8.h"
#include "passes.h"

static str trim_wide(str line)
{
    while (line.len > 0) {
        ptrdiff_t next = 0;
        uint32_t rune = utf8_next(line, &next);
        if (!rune_is_space(rune) && rune != 0x200B) break;
        line = str_from(line, next);
    }
    while (line.len > 0) {
        ptrdiff_t start = line.len;
        uint32_t rune = utf8_before(line, &start);
        if (!rune_is_space(rune) && rune != 0x200B) break;
        line = str_slice(line, 0, start);
    }
    return line;
}

/* --- the body ------------------------------------------------------------------ */

/* "- x", "• x", "* x": the item's text, or "". */
static str item_text(str line)
{
    static const str marks[] = {STR_INIT("- "), STR_INIT("* "), STR_INIT("• "), STR_INIT("· ")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(line, marks[i])) return trim_wide(str_from(line, marks[i].len));
    return (str){0};
}

static void add_line(struct document *document, str line, int number)
{
    struct node *root = document->root, *parent = root;
    struct node *paragraph = tree_new(document->scratch, NODE_PARAGRAPH);
    str item = item_text(line);
    paragraph->text = line;
    paragraph->line = paragraph->last_line = number;
    if (item.len > 0) {
        if (!root->last || root->last->kind != NODE_LIST || root->last->last_line != number - 1) {
            struct node *list = tree_new(document->scratch, NODE_LIST);
            list->tight = true;
            list->line = number;
            tree_append(root, list);
        }
        root->last->last_line = number;
        parent = tree_new(document->scratch, NODE_ITEM);
        tree_append(root->last, parent);
        paragraph->text = item;
        paragraph->tight = true;
    }
    tree_append(parent, paragraph);
}

void text_format_parse(struct document *document)
{
    document->root = tree_new(document->scratch, NODE_DOCUMENT);
    int number = 1;
    for (str rest = document->text, line; str_line(&rest, &line); number++) {
        line = trim_wide(line);
        if (line.len > 0) add_line(document, line, number);
    }
    inlines_parse(document);
}

/* --- the head -------------------------------------------------------------------- */

/* Words that stand behind a name. */
static const str roles[] = {
    STR_INIT("연구원"), STR_INIT("연구소"), STR_INIT("연구실"), STR_INIT("교수"), STR_INIT("박사"),
    STR_INIT("기자"), STR_INIT("개발자"), STR_INIT("엔지니어"), STR_INIT("매니저"), STR_INIT("아키텍트"),
    STR_INIT("디자이너"), STR_INIT("기획자"), STR_INIT("팀장"), STR_INIT("실장"), STR_INIT("부장"),
    STR_INIT("차장"), STR_INIT("과장"), STR_INIT("대리"), STR_INIT("사원"), STR_INIT("이사"),
    STR_INIT("대표"), STR_INIT("수석"), STR_INIT("책임"), STR_INIT("선임"), STR_INIT("리드"),
    STR_INIT("작가"), STR_INIT("님"), STR_INIT("씨"), STR_INIT("팀"), STR_INIT("파트"), STR_INIT("랩"),
    STR_INIT("CTO"), STR_INIT("CEO"), STR_INIT("Engineer"), STR_INIT("Developer"),
};

static const str openers[] = {
    STR_INIT("글쓴이:"), STR_INIT("글쓴이 :"), STR_INIT("작성자:"), STR_INIT("작성자 :"), STR_INIT("글:"),
    STR_INIT("글 :"), STR_INIT("글."), STR_INIT("by "), STR_INIT("By "), STR_INIT("BY "), STR_INIT("Written by "),
};

/* The hundred or so family names, most frequent first. */
static const char family_names[] =
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예봉경사부";

static bool is_family_name(str syllable)
{
    return syllable.len == 3 && str_contains(str_c(family_names), syllable);
}

static bool is_name(str word)
{
    ptrdiff_t syllables = utf8_count(word);
    if (syllables < 2 || syllables > 4 || word.len != syllables * 3) return false;
    for (ptrdiff_t at = 0; at < word.len;)
        if (!rune_is_hangul(utf8_next(word, &at))) return false;
    return is_family_name(str_slice(word, 0, 3)) && syllables == 3;
}

static bool has_role(str line)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_ends(line, roles[i])) return true;
    return false;
}

/* A sentence ends in a mark or in 다, 요, 죠. */
static bool is_sentence(str line)
{
    static const str ends[] = {STR_INIT("."), STR_INIT("?"), STR_INIT("!"), STR_INIT("다"), STR_INIT("요"),
                               STR_INIT("죠"), STR_INIT("까"), STR_INIT(":"), STR_INIT(","), STR_INIT("…")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(line, ends[i])) return true;
    return false;
}

/* The byline in `line` without "by " and its like; "" when it is none. */
static str byline_of(str line)
{
    enum { LONGEST = 40, WORDS = 6 };
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (str_starts(line, openers[i]) && utf8_count(line) <= LONGEST)
            return trim_wide(str_from(line, openers[i].len));
    ptrdiff_t words = 0;
    bool name = false;
    for (str rest = line, word; str_split(&rest, ' ', &word);) {
        words += word.len > 0;
        name |= is_name(word);
    }
    if (utf8_count(line) > LONGEST || words > WORDS || is_sentence(line) || item_text(line).len > 0) return (str){0};
    /* A name alone, or a name beside a team or a role. */
    bool named = (name && words <= 3) || (has_role(line) && words >= 2);
    return named ? line : (str){0};
}

ptrdiff_t markup_text_head(str text, str *title, str *byline)
{
    str rest = text, line;
    ptrdiff_t body = text.len;
    *title = *byline = (str){0};
    while (title->len == 0 && str_line(&rest, &line)) {
        *title = trim_wide(line);
        body = text.len - rest.len;
    }
    while (str_line(&rest, &line)) {
        str next = trim_wide(line);
        if (next.len == 0) continue;
        *byline = byline_of(next);
        if (byline->len > 0) body = text.len - rest.len;
        break;
    }
    return body;
}
