/* kramdown_html.c - the Markdown inside and behind HTML elements.
 *
 * An HTML block is cut at its elements with markdown="1"; what stands before
 * and behind them stays HTML.  The inside of an element that holds blocks is a
 * document of its own, parsed by blocks_parse and then hung into the box. */
#include "kramdown_html.h"

#include "raw_html.h"

enum { MAX_DEPTH = 16 };

enum inside { INSIDE_BLOCKS, INSIDE_SPANS, INSIDE_HTML };

/* --- what is inside ---------------------------------------------------------- */

static bool is_one_of(str name, const char *names)
{
    for (str rest = str_c(names), part; str_split(&rest, ' ', &part);)
        if (str_equal_ascii_case(name, part)) return true;
    return false;
}

/* What markdown="1" means in an element: kramdown's table. */
static enum inside usual_inside(str name)
{
    if (is_one_of(name, "script style math option textarea pre code kbd samp var")) return INSIDE_HTML;
    bool spans = raw_html_is_span(name) || is_one_of(name, "address dt h1 h2 h3 h4 h5 h6 legend p summary th text");
    return spans ? INSIDE_SPANS : INSIDE_BLOCKS;
}

static enum inside inside_of(str name, const struct raw_attribute *markdown)
{
    if (str_equal(markdown->text, S("0"))) return INSIDE_HTML;
    if (str_equal(markdown->text, S("span"))) return INSIDE_SPANS;
    if (str_equal(markdown->text, S("block"))) return INSIDE_BLOCKS;
    return usual_inside(name);
}

/* The tag without its markdown="1". */
static str tag_without(struct arena *arena, const struct raw_tag *tag, const struct raw_attribute *attribute)
{
    str last = attribute->has_value ? attribute->text : attribute->name;
    const char *start = attribute->name.p, *end = last.p + last.len;
    const char *all = tag->all.p, *limit = all + tag->all.len;
    if (attribute->has_value && end < limit && (*end == '"' || *end == '\'')) end++;
    while (start > all && char_is_space(start[-1])) start--;
    return str_concat(arena, str_of(all, start - all), str_of(end, limit - end));
}

/* --- boxes ---------------------------------------------------------------------- */

static struct document inner_document(struct document *document, str text)
{
    struct document inner = *document;
    inner.text = str_concat(document->scratch, text, S("\n"));
    inner.root = NULL;
    inner.lines = NULL;
    inner.line_count = 0;
    inner.html_depth++;
    return inner;
}

/* Parses `text`, which starts on source line `line`, into blocks behind `parent`'s children. */
static void parse_inside(struct document *document, struct node *parent, str text, int line)
{
    struct document inner = inner_document(document, text);
    if (!blocks_parse(&inner)) return;
    document->references = inner.references;
    document->footnotes = inner.footnotes;
    for (struct walk w = walk_start(inner.root); walk_next(&w);)
        if (w.enter && w.node->line > 0) w.node->line += line - 1, w.node->last_line += line - 1;
    tree_move_children(inner.root, parent);
}

static int count_newlines(str text)
{
    int count = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) count += text.p[i] == '\n';
    return count;
}

static void add_html(struct document *document, struct node *before, str html, int line)
{
    if (str_trim(html).len == 0) return;
    struct node *node = tree_new(document->scratch, NODE_HTML_BLOCK);
    node->text = html;
    node->line = line;
    node->last_line = line + count_newlines(str_trim_right(html));
    tree_insert_before(before, node);
}

static void add_box(struct document *document, struct node *block, str start, str inside, str end,
                    enum inside kind, int line)
{
    struct node *box = tree_new(document->scratch, NODE_BOX);
    box->text = start;
    box->title = end;
    box->line = line;
    box->last_line = line + count_newlines(inside);
    tree_insert_before(block, box);
    if (kind == INSIDE_BLOCKS) {
        parse_inside(document, box, inside, line);
        return;
    }
    struct node *paragraph = tree_new(document->scratch, NODE_PARAGRAPH);
    box->tight = paragraph->tight = true;
    paragraph->text = str_trim(inside);
    paragraph->line = line + count_newlines(str_slice(inside, 0, inside.len - str_trim_left(inside).len));
    paragraph->last_line = box->last_line;
    tree_append(box, paragraph);
}

/* Cuts an HTML block at its elements with a markdown attribute. */
static void cut_block(struct document *document, struct node *block)
{
    str html = block->text;
    ptrdiff_t done = 0;
    struct raw_tag tag;
    for (ptrdiff_t open = 0; raw_html_next_tag(document->scratch, html, &open, &tag);) {
        const struct raw_attribute *markdown = tag.closing ? NULL : raw_tag_find(&tag, S("markdown"));
        if (!markdown) continue;
        enum inside kind = inside_of(tag.name, markdown);
        ptrdiff_t at = tag.all.p - html.p, end = raw_html_matching_end(html, open, tag.name);
        str start = tag_without(document->scratch, &tag, markdown), before = str_slice(html, done, at);
        ptrdiff_t close = end < 0 ? html.len : open + str_find_last(str_slice(html, open, end), '<');
        if (end < 0) end = html.len;
        add_html(document, block, before, block->line + count_newlines(str_slice(html, 0, done)));
        str inside = str_slice(html, open, close), after = str_slice(html, close, end);
        int line = block->line + count_newlines(str_slice(html, 0, open));
        if (kind == INSIDE_HTML) add_html(document, block, str_concat3(document->scratch, start, inside, after), line);
        else add_box(document, block, start, inside, after, kind, line);
        done = open = end;
    }
    add_html(document, block, str_from(html, done), block->line + count_newlines(str_slice(html, 0, done)));
    tree_unlink(block);
}

/* --- behind an element ------------------------------------------------------------- */

/* Where the text on the lines behind the block's element starts, or -1: it has
 * no end on these lines, or HTML follows. */
static ptrdiff_t find_tail(struct document *document, str html)
{
    struct raw_tag tag;
    ptrdiff_t at = str_find_char(html, '<');
    if (at < 0 || str_trim(str_slice(html, 0, at)).len > 0) return -1;
    if (!raw_tag_read(document->scratch, html, at, &tag) || tag.closing) return -1;
    ptrdiff_t end = raw_html_matching_end(html, at + tag.all.len, tag.name);
    if (end < 0) return -1;
    ptrdiff_t line = str_find_char(str_from(html, end), '\n');
    if (line < 0 || str_trim(str_slice(html, end, end + line)).len > 0) return -1;
    str tail = str_trim_left(str_from(html, end + line + 1));
    return tail.len == 0 || tail.p[0] == '<' ? -1 : end + line + 1;
}

static void cut_tail(struct document *document, struct node *block)
{
    ptrdiff_t at = find_tail(document, block->text);
    if (at < 0) return;
    struct node *rest = tree_new(document->scratch, NODE_DOCUMENT);
    int lines = count_newlines(str_slice(block->text, 0, at));
    parse_inside(document, rest, str_from(block->text, at), block->line + lines);
    block->text = str_slice(block->text, 0, at);
    block->last_line = block->line + lines - 1;
    while (rest->last) {
        struct node *node = rest->last;
        tree_unlink(node);
        tree_insert_after(block, node);
    }
}

/* --- the walk --------------------------------------------------------------------- */

/* <img ...> or <span> alone on a line begins a paragraph. */
static bool is_span_line(struct document *document, str html)
{
    struct raw_tag tag;
    ptrdiff_t at = str_find_char(html, '<');
    if (at < 0 || str_trim(str_slice(html, 0, at)).len > 0) return false;
    return raw_tag_read(document->scratch, html, at, &tag) && !tag.closing && raw_html_is_span(tag.name);
}

static void read_block(struct document *document, struct node *block)
{
    if (block->bare) return;
    if (is_span_line(document, block->text)) {
        block->kind = NODE_PARAGRAPH;
        block->tight = false;
    } else if (document->html_depth < MAX_DEPTH) {
        if (str_contains(block->text, S("markdown"))) cut_block(document, block);
        else cut_tail(document, block);
    }
}

void kramdown_html(struct document *document)
{
    for (struct walk w = walk_start(document->root); walk_next(&w);)
        if (!w.enter && w.node->kind == NODE_HTML_BLOCK) read_block(document, w.node);
}
