/* markup_html.c - the tree to HTML: blocks, in the layout of cmark's output.
 *
 * One function per kind of block, called when it is entered and left; inlines
 * are html_spans.c's.  The loop is a walk, not a recursion. */
#include "html_write.h"

static void open_tag(struct html_writer *writer, str name, const struct node *node)
{
    html_newline(writer->out);
    buf_char(writer->out, '<');
    buf_add(writer->out, name);
    html_attributes(writer->out, node->attributes);
    buf_char(writer->out, '>');
}

static void close_tag(struct html_writer *writer, str name)
{
    buf_add(writer->out, S("</"));
    buf_add(writer->out, name);
    buf_add(writer->out, S(">\n"));
}

/* <quote> and its like: blocks inside, each on its own line. */
static void write_container(struct html_writer *writer, struct node *node, bool enter, str name)
{
    if (enter) {
        open_tag(writer, name, node);
        buf_char(writer->out, '\n');
    } else {
        html_newline(writer->out);
        close_tag(writer, name);
    }
}

static void write_list(struct html_writer *writer, struct node *node, bool enter)
{
    str name = node->ordered ? S("ol") : S("ul");
    if (!enter) {
        close_tag(writer, name);
        return;
    }
    html_newline(writer->out);
    buf_char(writer->out, '<');
    buf_add(writer->out, name);
    if (node->ordered && node->start != 1) buf_printf(writer->out, " start=\"%d\"", node->start);
    html_attributes(writer->out, node->attributes);
    buf_add(writer->out, S(">\n"));
}

static void write_item(struct html_writer *writer, struct node *node, bool enter)
{
    if (enter) open_tag(writer, S("li"), node);
    else close_tag(writer, S("li"));
}

static void write_back_links(struct html_writer *writer, struct node *paragraph);

static void write_paragraph(struct html_writer *writer, struct node *node, bool enter)
{
    if (node->tight) return;
    if (enter) {
        open_tag(writer, S("p"), node);
        return;
    }
    write_back_links(writer, node);
    close_tag(writer, S("p"));
}

static void write_anchor(struct html_writer *writer, struct node *node)
{
    bool english = str_starts(writer->document->options->language, S("en"));
    buf_add(writer->out, S(" <a class=\"anchor\" href=\"#"));
    html_text_escape(writer->out, node->label);
    buf_add(writer->out, english ? S("\" aria-label=\"Link to “") : S("\" aria-label=\"“"));
    html_text_escape(writer->out, tree_text(writer->document->scratch, node));
    buf_add(writer->out, english ? S("”\">#</a>") : S("” 링크\">#</a>"));
}

static void write_heading(struct html_writer *writer, struct node *node, bool enter)
{
    char digit = (char)('0' + node->level);
    if (enter) {
        open_tag(writer, str_of((char[]){'h', digit}, 2), node);
        return;
    }
    if (writer->hugi && !writer->plain && node->label.len > 0) write_anchor(writer, node);
    close_tag(writer, str_of((char[]){'h', digit}, 2));
}

static void write_html_block(struct html_writer *writer, struct node *node)
{
    html_newline(writer->out);
    if (writer->document->features & FEATURE_TAGFILTER) html_tagfilter(writer->out, node->text);
    else buf_add(writer->out, node->text);
    html_newline(writer->out);
}

/* --- tables --------------------------------------------------------------- */

static void close_section(struct html_writer *writer)
{
    if (writer->section) buf_printf(writer->out, "</%s>\n", writer->section);
    writer->section = NULL;
}

static void write_table(struct html_writer *writer, struct node *node, bool enter)
{
    bool scroll = writer->hugi && !writer->plain;
    bool english = str_starts(writer->document->options->language, S("en"));
    if (enter) {
        html_newline(writer->out);
        if (scroll) {
            buf_add(writer->out, S("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\""));
            buf_printf(writer->out, english ? "Table %d\">\n" : "표 %d\">\n", ++writer->tables);
        }
        open_tag(writer, S("table"), node);
        buf_char(writer->out, '\n');
        return;
    }
    close_section(writer);
    close_tag(writer, S("table"));
    if (scroll) buf_add(writer->out, S("</div>\n"));
}

/* Rows of one number stand in one <tbody>, those of a foot in the <tfoot>. */
static void open_section(struct html_writer *writer, const struct node *row)
{
    const struct node *before = row->previous;
    bool goes_on = writer->section && before && before->number == row->number && before->footer == row->footer;
    if (goes_on) return;
    close_section(writer);
    writer->section = row->footer ? "tfoot" : "tbody";
    buf_printf(writer->out, "<%s>\n", writer->section);
}

static void write_row(struct html_writer *writer, struct node *node, bool enter)
{
    if (!enter) {
        html_newline(writer->out);
        buf_add(writer->out, S("</tr>\n"));
        if (node->header && (!node->next || !node->next->header)) buf_add(writer->out, S("</thead>\n"));
        return;
    }
    html_newline(writer->out);
    if (!node->header) open_section(writer, node);
    else if (!node->previous) buf_add(writer->out, S("<thead>\n"));
    buf_add(writer->out, S("<tr>"));
}

static void write_cell(struct html_writer *writer, struct node *node, bool enter)
{
    static const str gfm[] = {{0}, STR_INIT(" align=\"left\""), STR_INIT(" align=\"center\""),
                              STR_INIT(" align=\"right\"")};
    static const str classes[] = {{0}, STR_INIT(" class=\"left\""), STR_INIT(" class=\"center\""),
                                  STR_INIT(" class=\"right\"")};
    static const str styles[] = {{0}, STR_INIT(" style=\"text-align: left\""),
                                 STR_INIT(" style=\"text-align: center\""),
                                 STR_INIT(" style=\"text-align: right\"")};
    str name = node->header ? S("th") : S("td");
    if (!enter) {
        close_tag(writer, name);
        return;
    }
    html_newline(writer->out);
    buf_char(writer->out, '<');
    buf_add(writer->out, name);
    /* The site's style-src has no unsafe-inline: the dialect aligns by class. */
    buf_add(writer->out, !writer->hugi ? gfm[node->align]
                         : writer->plain ? styles[node->align] : classes[node->align]);
    buf_char(writer->out, '>');
}

/* --- what the dialect adds --------------------------------------------------- */

static void write_gallery(struct html_writer *writer, struct node *node, bool enter)
{
    html_newline(writer->out);
    if (enter) buf_printf(writer->out, "<div class=\"gallery\" data-count=\"%d\">\n", node->number);
    else buf_add(writer->out, S("</div>\n"));
}

static void write_math_block(struct html_writer *writer, struct node *node)
{
    bool box = !writer->plain || node->attributes;
    if (!writer->plain) attributes_set(writer->document->scratch, &node->attributes, S("class"), S("math display"));
    if (box) open_tag(writer, S("div"), node);
    else html_newline(writer->out);
    buf_add(writer->out, S("\\["));
    html_text_escape(writer->out, node->text);
    buf_add(writer->out, box ? S("\\]</div>\n") : S("\\]\n"));
}

static void write_alert(struct html_writer *writer, struct node *node, bool enter)
{
    bool folds = node->checked;
    if (!enter) {
        html_newline(writer->out);
        buf_add(writer->out, folds ? S("</details>\n") : S("</div>\n"));
        return;
    }
    html_newline(writer->out);
    buf_add(writer->out, folds ? S("<details") : S("<div"));
    html_attributes(writer->out, node->attributes);
    buf_add(writer->out, S(">\n"));
    if (node->title.len == 0) return;
    buf_add(writer->out, folds ? S("<summary class=\"callout-title\">") : S("<p class=\"callout-title\">"));
    html_text_escape(writer->out, node->title);
    buf_add(writer->out, folds ? S("</summary>\n") : S("</p>\n"));
}

/* Of a picture, or the title of a callout. */
static void write_caption(struct html_writer *writer, struct node *node, bool enter)
{
    bool callout = node->parent && node->parent->kind == NODE_ALERT;
    str name = !callout ? S("figcaption") : node->parent->checked ? S("summary") : S("p");
    if (enter && callout) attributes_set(writer->document->scratch, &node->attributes, S("class"), S("callout-title"));
    if (enter) open_tag(writer, name, node);
    else close_tag(writer, name);
}

/* An element of the author's with Markdown inside. */
static void write_box(struct html_writer *writer, struct node *node, bool enter)
{
    bool line = node->tight;    /* what is inside is one */
    if (enter || !line) html_newline(writer->out);
    buf_add(writer->out, enter ? node->text : node->title);
    if (!enter || !line) html_newline(writer->out);
}

/* --- footnotes ------------------------------------------------------------------ */

/* Behind the last paragraph of a note: one link back per mark. */
static void write_back_links(struct html_writer *writer, struct node *paragraph)
{
    struct node *note = paragraph->parent;
    if (!note || note->kind != NODE_FOOTNOTE || paragraph->next) return;
    if (!writer->hugi) {
        buf_printf(writer->out, " <a href=\"#fnref%d\" class=\"footnote-backref\">↩</a>", note->number);
        return;
    }
    for (int32_t i = 0; i < note->start; i++) {
        if (paragraph->first || i > 0) buf_add(writer->out, S("\xC2\xA0"));
        buf_add(writer->out, S("<a href=\"#fnref:"));
        html_text_escape(writer->out, note->label);
        if (i > 0) buf_printf(writer->out, ":%d", i);
        buf_add(writer->out, S("\" class=\"reversefootnote\" role=\"doc-backlink\">↩"));
        if (i > 0) buf_printf(writer->out, "<sup>%d</sup>", i + 1);
        buf_add(writer->out, S("</a>"));
    }
}

static void write_footnote(struct html_writer *writer, struct node *node, bool enter)
{
    html_newline(writer->out);
    if (!enter) {
        buf_add(writer->out, S("</li>\n"));
        return;
    }
    if (!writer->hugi) {
        buf_printf(writer->out, "<li id=\"fn%d\">\n", node->number);
        return;
    }
    buf_add(writer->out, S("<li id=\"fn:"));
    html_text_escape(writer->out, node->label);
    buf_add(writer->out, writer->plain ? S("\" role=\"doc-endnote\">\n") : S("\">\n"));
}

static void write_footnotes(struct html_writer *writer)
{
    struct document *document = writer->document;
    if (document->footnote_count == 0) return;
    html_newline(writer->out);
    buf_add(writer->out, writer->hugi ? S("<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n")
                                      : S("<section class=\"footnotes\">\n<ol>\n"));
    for (ptrdiff_t i = 0; i < document->footnote_count; i++)
        html_write(writer, document->footnote_order[i]);
    buf_add(writer->out, writer->hugi ? S("</ol>\n</div>\n") : S("</ol>\n</section>\n"));
}

/* --- the walk --------------------------------------------------------------------- */

/* Blocks that hold nothing: written on enter. */
static void write_leaf_block(struct html_writer *writer, struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_CODE_BLOCK: html_write_code(writer, node); break;
    case NODE_HTML_BLOCK: write_html_block(writer, node); break;
    case NODE_RULE:
        html_newline(writer->out);
        buf_add(writer->out, S("<hr"));
        html_attributes(writer->out, node->attributes);
        buf_add(writer->out, S(" />\n"));
        break;
    case NODE_TOC: html_write_toc(writer, node); break;
    case NODE_MATH_BLOCK: write_math_block(writer, node); break;
    default: break;
    }
}

static void write_node(struct html_writer *writer, struct node *node, bool enter)
{
    switch ((enum node_kind)node->kind) {
    case NODE_DOCUMENT: break;
    case NODE_MORE:
        if (enter && writer->plain) buf_add(writer->out, S("<!--more-->\n"));
        break;
    case NODE_QUOTE: write_container(writer, node, enter, S("blockquote")); break;
    case NODE_DEFINITIONS: write_container(writer, node, enter, S("dl")); break;
    case NODE_LIST: write_list(writer, node, enter); break;
    case NODE_ITEM: write_item(writer, node, enter); break;
    case NODE_FOOTNOTE: write_footnote(writer, node, enter); break;
    case NODE_TABLE: write_table(writer, node, enter); break;
    case NODE_ROW: write_row(writer, node, enter); break;
    case NODE_CELL: write_cell(writer, node, enter); break;
    case NODE_PARAGRAPH: write_paragraph(writer, node, enter); break;
    case NODE_HEADING: write_heading(writer, node, enter); break;
    case NODE_FIGURE: write_container(writer, node, enter, S("figure")); break;
    case NODE_GALLERY: write_gallery(writer, node, enter); break;
    case NODE_ALERT: write_alert(writer, node, enter); break;
    case NODE_BOX: write_box(writer, node, enter); break;
    case NODE_CAPTION: write_caption(writer, node, enter); break;
    case NODE_TERM:
    case NODE_DEFINITION: {
        str name = node->kind == NODE_TERM ? S("dt") : S("dd");
        if (enter) open_tag(writer, name, node);
        else close_tag(writer, name);
        break;
    }
    default:
        if (!node_is_block(node)) html_write_span(writer, node, enter);
        else if (enter) write_leaf_block(writer, node);
        break;
    }
}

void html_write(struct html_writer *writer, struct node *root)
{
    for (struct walk w = walk_start(root); walk_next(&w);) {
        write_node(writer, w.node, w.enter);
        if (w.enter && w.node->kind == NODE_IMAGE) walk_skip(&w);
    }
}

static struct html_writer writer_for(struct document *document, struct buf *out)
{
    return (struct html_writer){.document = document, .out = out, .plain = document->options->plain,
                                .hugi = document->options->profile == MARKUP_HUGI};
}

void html_write_document(struct document *document, struct buf *out)
{
    struct html_writer writer = writer_for(document, out);
    html_write(&writer, document->root);
    write_footnotes(&writer);
}

str html_of_heading(struct document *document, struct node *heading)
{
    struct buf out = buf_in(document->scratch);
    struct html_writer writer = writer_for(document, &out);
    for (struct walk w = walk_start(heading); walk_next(&w);) {
        enum node_kind kind = w.node->kind;
        if (w.node == heading || kind == NODE_LINK || kind == NODE_FOOTNOTE_MARK) continue;
        if (kind == NODE_IMAGE) {
            if (w.enter) html_write_alt(&writer, w.node);
            walk_skip(&w);
            continue;
        }
        html_write_span(&writer, w.node, w.enter);
    }
    return str_copy(document->arena, str_trim(buf_str(&out)));
}
