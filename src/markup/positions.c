/* positions.c - from a block's text back to the author's file.
 *
 * cmark gives lines for blocks and takes container marks ("> ") and indents
 * off their text.  A line of that text is therefore the end of its source
 * line, which is how a column is found again; where that fails (a tab was
 * split, a table cell) the bytes are looked for in the line. */
#include "document.h"

static void learn_lines(struct document *document)
{
    if (document->lines) return;
    str text = document->text;
    ptrdiff_t count = 1;
    for (ptrdiff_t i = 0; i < text.len; i++) count += text.p[i] == '\n';
    document->lines = ARENA_NEWS(document->scratch, ptrdiff_t, count + 1);
    document->line_count = 1;
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (text.p[i] == '\n') document->lines[document->line_count++] = i + 1;
    document->lines[document->line_count] = text.len + 1;
}

str document_line(struct document *document, int line)
{
    learn_lines(document);
    if (line < 1 || line > document->line_count) return (str){0};
    return str_slice(document->text, document->lines[line - 1], document->lines[line] - 1);
}

/* The file byte that byte `at` of the text comes from.  Segments are in order. */
static uint32_t source_of(const struct document *document, ptrdiff_t at)
{
    const struct segments *segments = document->input->segments;
    if (!segments || segments->count == 0) return document->input->offset + (uint32_t)at;
    ptrdiff_t low = 0, high = segments->count;
    while (high - low > 1) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (segments->items[middle].output <= at) low = middle;
        else high = middle;
    }
    struct segment segment = segments->items[low];
    return segment.source + (segment.copied ? (uint32_t)(at - segment.output) : 0);
}

span place_of_range(const struct document *document, ptrdiff_t start, ptrdiff_t len)
{
    return (span){document->input->file, source_of(document, start), (uint32_t)len};
}

span place_of_line(struct document *document, int line)
{
    str text = document_line(document, line);
    str shown = str_trim(text);
    if (!text.p) return place_of_range(document, 0, 0);
    return place_of_range(document, shown.p - document->text.p, shown.len);
}

/* How many lines cmark took off the front of a paragraph (reference definitions). */
static int dropped_lines(const struct node *block)
{
    int lines = 1;
    for (ptrdiff_t i = 0; i < block->text.len; i++) lines += block->text.p[i] == '\n';
    int dropped = block->last_line - block->line + 1 - lines;
    return block->kind == NODE_PARAGRAPH && dropped > 0 ? dropped : 0;
}

span place_in_block(struct document *document, const struct node *block, ptrdiff_t at, ptrdiff_t len)
{
    str text = block->text;
    int line = block->line + dropped_lines(block);
    ptrdiff_t start = 0, end = at;
    for (ptrdiff_t i = 0; i < at; i++)
        if (text.p[i] == '\n') line++, start = i + 1;
    while (end < text.len && text.p[end] != '\n') end++;
    str source = str_trim_right(document_line(document, line));
    str here = str_trim_right(str_slice(text, start, end)), wanted = str_slice(text, at, at + len);
    ptrdiff_t column = -1;
    if (str_ends(source, here)) column = source.len - here.len + (at - start);
    else if (wanted.len > 0) column = str_find(source, wanted);
    if (column < 0 || !source.p) return place_of_line(document, block->line);
    return place_of_range(document, source.p - document->text.p + column, len);
}

span place_of_destination(struct document *document, const struct node *node)
{
    const struct node *block = node->parent;
    while (block && !node_is_block(block)) block = block->parent;
    if (!block) return place_of_range(document, 0, 0);
    if (node->at_len <= 0) return place_of_line(document, block->line);
    return place_in_block(document, block, node->at, node->at_len);
}
