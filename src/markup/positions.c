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
    ptrdiff_t capacity = 0, start = 0;
    ARENA_PUSH(document->scratch, document->lines, document->line_count, capacity) = 0;
    for (const char *end; start < text.len; start = end - text.p + 1) {
        end = memchr(text.p + start, '\n', (size_t)(text.len - start));
        if (!end) break;
        ARENA_PUSH(document->scratch, document->lines, document->line_count, capacity) = end - text.p + 1;
    }
    ARENA_PUSH(document->scratch, document->lines, document->line_count, capacity) = text.len + 1;
    document->line_count--;
}

str document_line(struct document *document, int line)
{
    learn_lines(document);
    if (line < 1 || line > document->line_count) return (str){0};
    ptrdiff_t start = document->lines[line - 1], end = document->lines[line] - 1;
    return str_of(document->text.p + start, end - start);      /* str_slice forgets where a blank line is */
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
    if (block->kind != NODE_PARAGRAPH) return 0;
    int dropped = block->last_line - block->line - (int)str_count(block->text, '\n');
    return dropped > 0 ? dropped : 0;
}

static ptrdiff_t line_end(str text, ptrdiff_t at)
{
    const char *end = at < text.len ? memchr(text.p + at, '\n', (size_t)(text.len - at)) : NULL;
    return end ? end - text.p : text.len;
}

/* Where a table's cell starts in its source line: behind as many bars as there
 * are cells before it.  A bar behind a backslash is the cell's own. */
static ptrdiff_t find_cell(struct document *document, str source, const struct node *cell)
{
    ptrdiff_t bars = 0, i = document->here.cell_at;
    const struct node *before = cell;
    for (; before && before != document->here.cell; before = before->previous) bars++;
    if (!before) {      /* no cell of this row was looked at before */
        bars--;
        i = 0;
        while (i < source.len && (char_is_space(source.p[i]) || source.p[i] == '>')) i++;
        if (i < source.len && source.p[i] == '|') i++;
    }
    for (; bars > 0 && i < source.len; i++) {
        if (source.p[i] == '\\') i++;
        else if (source.p[i] == '|') bars--;
    }
    while (i < source.len && char_is_space(source.p[i])) i++;
    if (bars > 0 || i >= source.len) return -1;
    document->here.cell = cell;
    document->here.cell_at = i;
    return i;
}

/* Where the line of the block's text that is looked at starts in the document's. */
static void find_base(struct document *document, const struct node *block)
{
    str source = str_trim_right(document_line(document, document->here.line));
    str line = str_trim_right(str_slice(block->text, document->here.start, document->here.end));
    ptrdiff_t at = -1;
    if (block->kind == NODE_CELL) at = find_cell(document, source, block);
    else if (str_ends(source, line)) at = source.len - line.len;
    else if (line.len > 0) at = str_find(source, line);     /* a heading that ends in # */
    document->here.base = source.p && at >= 0 ? source.p - document->text.p + at : -1;
}

/* Goes to the line of the block's text that holds byte `at`: forward from the
 * line looked at last, so that a long paragraph of links stays linear. */
static void go_to(struct document *document, const struct node *block, ptrdiff_t at)
{
    str text = block->text;
    bool moved = document->here.block != block || at < document->here.start;
    if (moved) {
        document->here.block = block;
        document->here.line = block->line + dropped_lines(block);
        document->here.start = 0;
        document->here.end = line_end(text, 0);
    }
    while (at > document->here.end && document->here.end < text.len) {
        document->here.start = document->here.end + 1;
        document->here.end = line_end(text, document->here.start);
        document->here.line++;
        moved = true;
    }
    if (moved) find_base(document, block);
}

span place_in_block(struct document *document, const struct node *block, ptrdiff_t at, ptrdiff_t len)
{
    go_to(document, block, at);
    if (document->here.base >= 0)
        return place_of_range(document, document->here.base + at - document->here.start, len);
    enum { LONGEST = 4000 };
    str source = str_slice(document_line(document, document->here.line), 0, LONGEST);
    ptrdiff_t column = len > 0 ? str_find(source, str_slice(block->text, at, at + len)) : -1;
    if (column < 0) return place_of_line(document, block->line);
    return place_of_range(document, source.p - document->text.p + column, len);
}

span place_of_destination(struct document *document, const struct node *node, const struct node *block)
{
    if (node->at_len <= 0) return place_of_line(document, block->line);
    return place_in_block(document, block, node->at, node->at_len);
}
