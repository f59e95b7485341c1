/* text_format.c - plain text: a line is a paragraph, in lists too, and nothing is Markdown.
 *
 * Blanks and no-break spaces at either end of a line mean nothing (word
 * processors and blog editors leave them), so nothing becomes code.  Lines
 * "- x" that follow each other are a list; bare addresses are links.  Title and
 * byline were taken off the body when the file was read (read/text_head.c). */
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
            list->line = number;
            tree_append(root, list);
        }
        root->last->last_line = number;
        parent = tree_new(document->scratch, NODE_ITEM);
        tree_append(root->last, parent);
        paragraph->text = item;
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
