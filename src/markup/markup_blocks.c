/* markup_blocks.c - block structure: cmark parses the blocks, and nothing else.
 *
 * cmark parses inlines while it finishes a document, and drops footnotes that
 * no inline mentions.  hugi parses inlines itself (inlines.c says why), so it
 * takes the blocks at the one moment between: cmark asks an extension of the
 * root whether the root holds inlines, just before it parses any.  That
 * question (take_blocks) moves all blocks into our tree and leaves cmark an empty
 * one, so that the rest of cmark's work is nothing.
 *
 * Only cmark's table extension and footnotes are switched on: with them it is
 * safe to parse on many threads at once (architecture, rule 8).  Its tree does
 * not leave this file; its texts do.
 *
 * In this order: labels, node by node, the moment between, the call. */
#define CMARK_NO_SHORT_NAMES
#include "markup/markup.h"
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>

#include "base/utf8.h"
#include "blocks.h"
#include "cmark_memory.h"
#include "document.h"
#include "kramdown_html.h"
#include "line_marks.h"
#include "raw_html.h"

/* Made once by blocks_start, const from then on. */
static cmark_syntax_extension *block_hook;

str label_normalise(struct arena *arena, str label)
{
    struct buf out = buf_in(arena);
    bool blank = false;
    for (ptrdiff_t i = 0; i < label.len; i++) {
        if (char_is_space(label.p[i])) {
            blank = out.len > 0;
            continue;
        }
        if (blank) buf_char(&out, ' ');
        blank = false;
        buf_char(&out, label.p[i]);
    }
    return utf8_fold(arena, buf_str(&out));
}

/* --- node by node ----------------------------------------------------- */

/* cmark's texts stay: its memory is the document's (cmark_memory.h). */
static str chunk_str(const cmark_chunk *chunk) { return str_of((const char *)chunk->data, chunk->len); }

static enum alignment cell_alignment(cmark_node *cell, int column)
{
    cmark_node *table = cell->parent ? cell->parent->parent : NULL;
    uint8_t *alignments = table ? cmark_gfm_extensions_get_table_alignments(table) : NULL;
    int columns = table ? cmark_gfm_extensions_get_table_columns(table) : 0;
    if (!alignments || column >= columns) return ALIGN_NONE;
    switch (alignments[column]) {
    case 'l': return ALIGN_LEFT;
    case 'c': return ALIGN_CENTER;
    case 'r': return ALIGN_RIGHT;
    default: return ALIGN_NONE;
    }
}

static enum node_kind extension_kind(cmark_node *from)
{
    str type = str_c(cmark_node_get_type_string(from));     /* its numbers are not exported */
    if (str_equal(type, S("table"))) return NODE_TABLE;
    return str_equal(type, S("table_cell")) ? NODE_CELL : NODE_ROW;
}

static enum node_kind block_kind(cmark_node *from)
{
    switch (from->type) {
    case CMARK_NODE_BLOCK_QUOTE: return NODE_QUOTE;
    case CMARK_NODE_LIST: return NODE_LIST;
    case CMARK_NODE_ITEM: return NODE_ITEM;
    case CMARK_NODE_CODE_BLOCK: return NODE_CODE_BLOCK;
    case CMARK_NODE_HTML_BLOCK: return NODE_HTML_BLOCK;
    case CMARK_NODE_PARAGRAPH: return NODE_PARAGRAPH;
    case CMARK_NODE_HEADING: return NODE_HEADING;
    case CMARK_NODE_THEMATIC_BREAK: return NODE_RULE;
    case CMARK_NODE_FOOTNOTE_DEFINITION: return NODE_FOOTNOTE;
    default: return extension_kind(from);
    }
}

static int count_newlines(str text) { return (int)str_count(text, '\n'); }

/* What the kinds of blocks know besides their text. */
static void copy_fields(cmark_node *from, struct node *to)
{
    switch ((enum node_kind)to->kind) {
    case NODE_LIST:
        to->ordered = from->as.list.list_type == CMARK_ORDERED_LIST;
        to->start = from->as.list.start;
        to->tight = from->as.list.tight;
        break;
    case NODE_CODE_BLOCK:
        to->text = chunk_str(&from->as.code.literal);
        to->url = chunk_str(&from->as.code.info);
        to->fenced = from->as.code.fenced;
        break;
    case NODE_HTML_BLOCK:
        to->text = chunk_str(&from->as.literal);
        to->last_line = to->line + count_newlines(str_trim_right(to->text));    /* cmark's is one off */
        break;
    case NODE_HEADING: to->level = (uint8_t)from->as.heading.level; break;
    case NODE_FOOTNOTE: to->label = chunk_str(&from->as.literal); break;
    case NODE_ROW: to->header = cmark_gfm_extensions_get_table_row_is_header(from) != 0; break;
    case NODE_CELL:
        to->header = cmark_gfm_extensions_get_table_row_is_header(from->parent) != 0;
        to->start = to->previous ? to->previous->start + 1 : 0;
        to->align = (uint8_t)cell_alignment(from, to->start);
        break;
    default: break;
    }
}

static struct node *copy_block(struct document *document, cmark_node *from, struct node *parent)
{
    struct node *to = tree_new(document->scratch, block_kind(from));
    tree_append(parent, to);
    to->line = from->start_line;
    to->last_line = from->end_line;
    copy_fields(from, to);
    if (node_holds_inlines(to)) {
        to->text = str_of((const char *)from->content.ptr, from->content.size);
    }
    return to;
}

/* cmark's lists know whether they are tight; a paragraph in one asks often. */
static bool is_in_tight_list(const struct node *paragraph)
{
    const struct node *item = paragraph->parent;
    return item && item->kind == NODE_ITEM && item->parent && item->parent->tight;
}

/* A block and all below it. */
static void copy_tree(struct document *document, cmark_node *top)
{
    struct node *parent = document->root;
    for (cmark_node *from = top; from;) {
        struct node *node = copy_block(document, from, parent);
        if (node->kind == NODE_PARAGRAPH) node->tight = is_in_tight_list(node);
        if (from->first_child) {
            parent = node;
            from = from->first_child;
            continue;
        }
        for (; from != top && !from->next; from = from->parent) parent = parent->parent;
        from = from == top ? NULL : from->next;
    }
}

/* Takes every block.  cmark would go over all of them four times more: only the first, on which its
 * iterator already stands, is left, with nothing in it. */
static void take_tree(struct document *document, cmark_node *root)
{
    cmark_node *first = root->first_child;
    for (cmark_node *block = first; block; block = block->next) copy_tree(document, block);
    if (!first) return;
    root->last_child = first;
    first->next = first->first_child = first->last_child = NULL;
    first->content.size = 0;
}

/* --- definitions ------------------------------------------------------ */

/* cmark lists the newest first and the first of a label wins: each older one
 * replaces what is there.  (cmark's own lookup is not exported.) */
static void copy_references(struct document *document, const cmark_map *map)
{
    struct arena *arena = document->scratch;
    for (const cmark_map_entry *entry = map->refs; entry; entry = entry->next) {
        const cmark_reference *from = (const cmark_reference *)entry;
        struct reference *to = ARENA_NEW(arena, struct reference);
        to->url = chunk_str(&from->url);
        to->title = chunk_str(&from->title);
        str label = label_normalise(arena, str_c((const char *)entry->label));
        map_put(arena, &document->references, label, to);
    }
}

static void collect_footnotes(struct document *document)
{
    struct node *node = document->root;
    struct node *last = NULL;
    for (struct walk w = walk_start(node); walk_next(&w);) {
        if (w.enter || w.node->kind != NODE_FOOTNOTE) continue;
        last = w.node;
        str label = label_normalise(document->scratch, last->label);
        tree_unlink(last);
        if (!map_get(&document->footnotes, label))
            map_put(document->scratch, &document->footnotes, label, last);
    }
}

/* Since 0.31 a <textarea> goes on to its end tag like <pre>; cmark ends it at a
 * blank line.  The blocks it cut off are taken back as source lines.  false:
 * there is no end tag any more. */
static bool extend_textarea(struct document *document, struct node *block)
{
    str first = document_line(document, block->line), line = first;
    int last = block->line;
    while (line.p && str_find(line, S("</textarea>")) < 0) line = document_line(document, ++last);
    if (!line.p || last <= block->last_line) return line.p != NULL;
    block->text = str_of(first.p, line.p + line.len - first.p);
    block->last_line = last;
    while (block->next && block->next->line <= last) tree_unlink(block->next);
    return true;
}

static void extend_textareas(struct document *document)
{
    bool has_end = true;
    for (struct node *block = document->root->first; block && has_end; block = block->next)
        if (block->kind == NODE_HTML_BLOCK && str_starts(str_trim_left(block->text), S("<textarea")))
            has_end = extend_textarea(document, block);
}

/* Takes source lines into an HTML block, up to the empty line behind </name>, and
 * the blocks that were made of them out.  false: there is no such end. */
static bool take_lines(struct document *document, struct node *block, str name)
{
    str first = document_line(document, block->line), line;
    int last = block->last_line;
    do {
        line = document_line(document, ++last);
        if (!line.p) return false;
    } while (raw_html_element_end(line, 0, name) < 0);
    while (line = document_line(document, last + 1), str_trim(line).len > 0) last++;
    for (; block->next && block->next->line <= last; tree_unlink(block->next))
        if (block->next->last_line > last) last = block->next->last_line;
    line = document_line(document, last);
    if (!first.p || !line.p) return false;
    block->text = str_of(first.p, line.p + line.len - first.p);
    block->last_line = last;
    return true;
}

/* A <script> or <style> inside another element goes on behind an empty line. */
static void extend_raw_elements(struct document *document)
{
    bool no_script_end = false, no_style_end = false;
    for (struct node *block = document->root->first; block; block = block->next) {
        ptrdiff_t at = 0;
        while (block->kind == NODE_HTML_BLOCK) {
            str name = raw_html_open_element(block->text, &at);
            bool *missing = str_equal(name, S("script")) ? &no_script_end : &no_style_end;
            if (name.len == 0 || *missing) break;
            *missing = !take_lines(document, block, name);
        }
    }
}

/* --- the moment between ----------------------------------------------- */

struct taking {
    struct document *document;
    cmark_parser *parser;
};

static int take_blocks(cmark_syntax_extension *hook, cmark_node *root)
{
    (void)hook;
    struct taking *taking = cmark_node_get_user_data(root);
    take_tree(taking->document, root);
    copy_references(taking->document, taking->parser->refmap);
    return 0;
}

void blocks_start(void)
{
    cmark_gfm_core_extensions_ensure_registered();
    if (block_hook) return;             /* a preview builds again and again */
    block_hook = cmark_syntax_extension_new("hugi-blocks");
    cmark_syntax_extension_set_contains_inlines_func(block_hook, take_blocks);
}

/* |---|:-:|, also in a quote. */
static bool is_delimiter_row(str line)
{
    static const bool is_part[256] = {['|'] = true, [':'] = true, ['-'] = true, [' '] = true, ['\t'] = true, ['\v'] = true, ['\f'] = true, ['>'] = true};
    bool dash = false;
    for (ptrdiff_t i = 0; i < line.len; i++) {
        if (!is_part[(unsigned char)line.p[i]]) return false;
        dash = dash || line.p[i] == '-';
    }
    return dash;
}

/* Without one there is no table, and cmark need not try every line. */
static bool has_delimiter_row(str text)
{
    for (str rest = text, line; str_line(&rest, &line);)
        if (is_delimiter_row(line)) return true;
    return false;
}

/* cmark takes time by the square of a row's cells, and gives every row of a table as many as the first has.
 * Under each delimiter row it reads the whole paragraph again, in case that ends with a table's head. */
static bool has_endless_table(str text)
{
    enum { MOST_CELLS = 1000, MOST_FILLED = 500 * 1000, MOST_READ_AGAIN = 16 * 1000 * 1000 };
    ptrdiff_t filled = 0, again = 0;
    ptrdiff_t width = 0, start = 0;         /* of the lines since the last blank one */
    for (str rest = text, line; str_line(&rest, &line);) {
        ptrdiff_t bars = str_count(line, '|');
        if (bars > width) width = bars;
        if (str_trim(line).len == 0) width = 0, start = rest.p - text.p;
        else if (is_delimiter_row(line)) again += line.p - text.p - start;
        if (again > MOST_READ_AGAIN + text.len) return true;
        filled += width - bars;
        if (bars > MOST_CELLS || filled > MOST_FILLED + text.len / 8) return true;
    }
    return false;
}

static void attach_tables(cmark_parser *parser)
{
    cmark_syntax_extension *table = cmark_find_syntax_extension("table");
    if (table) cmark_parser_attach_syntax_extension(parser, table);
}

bool blocks_parse(struct document *document)
{
    int options = document->features & FEATURE_FOOTNOTES ? CMARK_OPT_FOOTNOTES : 0;
    str text = line_marks_feed(document);
    cmark_parser *parser = cmark_parser_new_with_mem(options, cmark_memory(document->scratch));
    if (document->features & FEATURE_TABLES && has_delimiter_row(text) && !has_endless_table(text)) attach_tables(parser);
    cmark_parser_feed(parser, text.p, (size_t)text.len);

    struct taking taking = {document, parser};
    document->root = tree_new(document->scratch, NODE_DOCUMENT);
    cmark_node_set_syntax_extension(parser->root, block_hook);
    cmark_node_set_user_data(parser->root, &taking);
    cmark_parser_finish(parser);    /* the tree and the parser go with the arena */
    line_marks_resolve(document);
    if (!(document->features & FEATURE_SPEC_029)) extend_textareas(document);
    if (document->features & FEATURE_HUGI) {
        extend_raw_elements(document);
        kramdown_html(document);
    }
    if (document->features & FEATURE_FOOTNOTES) collect_footnotes(document);
    return true;
}

const char *markup_library(void) { return cmark_version_string(); }
