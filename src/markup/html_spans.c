/* html_spans.c - writing inlines: text, code, emphasis, links, pictures.
 *
 * Where a picture leads was settled by markup_links.c: in the dialect with a
 * site it is a slot (content.h), else a finished <img>. */
#include "html_write.h"

#include "links.h"

static void write_tag(struct html_writer *writer, str name, struct node *node, bool enter)
{
    buf_add(writer->out, enter ? S("<") : S("</"));
    buf_add(writer->out, name);
    if (enter) html_attributes(writer->out, node->attributes);
    buf_char(writer->out, '>');
}

static void write_title(struct html_writer *writer, str title)
{
    if (title.len == 0) return;
    buf_add(writer->out, S(" title=\""));
    html_text_escape(writer->out, title);
    buf_char(writer->out, '"');
}

static void write_link(struct html_writer *writer, struct node *node, bool enter)
{
    if (!enter) {
        buf_add(writer->out, S("</a>"));
        return;
    }
    buf_add(writer->out, S("<a href=\""));
    html_href_escape(writer->out, node->url);
    buf_char(writer->out, '"');
    write_title(writer, node->title);
    html_attributes(writer->out, node->attributes);
    buf_char(writer->out, '>');
}

void html_write_alt(struct html_writer *writer, struct node *image)
{
    struct buf *out = writer->out;
    for (struct walk w = walk_start(image); walk_next(&w);) {
        if (!w.enter) continue;
        switch ((enum node_kind)w.node->kind) {
        case NODE_TEXT:
        case NODE_CODE:
        case NODE_MATH:
        case NODE_HTML: html_text_escape(out, w.node->text); break;
        case NODE_SOFT_BREAK:
        case NODE_HARD_BREAK: buf_char(out, ' '); break;
        default: break;
        }
    }
}

static void write_slot(struct html_writer *writer, struct node *node)
{
    struct buf *out = writer->out;
    buf_printf(out, "<img data-slot=\"%d\" src=\"", node->number - 1);
    html_href_escape(out, node->url);
    buf_add(out, S("\" alt=\""));
    html_write_alt(writer, node);
    buf_add(out, S("\">"));
}

static void write_image(struct html_writer *writer, struct node *node)
{
    struct buf *out = writer->out;
    if (node->level == IMAGE_SLOT) {
        write_slot(writer, node);
        return;
    }
    if (node->level == IMAGE_LOST) {
        html_write_alt(writer, node);
        return;
    }
    buf_add(out, S("<img src=\""));
    html_href_escape(out, node->url);
    buf_add(out, S("\" alt=\""));
    html_write_alt(writer, node);
    buf_char(out, '"');
    write_title(writer, node->title);
    html_attributes(out, node->attributes);
    if (writer->hugi && !writer->plain) links_image_attributes(out, node);
    buf_add(out, writer->hugi && !writer->plain ? S(">") : S(" />"));
}

static void write_html(struct html_writer *writer, struct node *node)
{
    if (writer->document->features & FEATURE_TAGFILTER) html_tagfilter(writer->out, node->text);
    else buf_add(writer->out, node->text);
}

/* kramdown's ids, so that links to notes of old posts keep working. */
static void write_footnote_mark(struct html_writer *writer, struct node *node)
{
    struct buf *out = writer->out;
    if (!writer->hugi) {
        buf_printf(out, "<sup class=\"footnote-ref\"><a href=\"#fn%d\" id=\"fnref%d\">%d</a></sup>", node->number,
                   node->number, node->number);
        return;
    }
    buf_add(out, writer->plain ? S("<sup id=\"fnref:") : S("<sup class=\"footnote-ref\" id=\"fnref:"));
    html_text_escape(out, node->label);
    if (node->start > 1) buf_printf(out, ":%d", node->start - 1);
    buf_add(out, writer->plain ? S("\" role=\"doc-noteref\"><a href=\"#fn:") : S("\"><a role=\"doc-noteref\" href=\"#fn:"));
    html_text_escape(out, node->label);
    buf_printf(out, "\" class=\"footnote\" rel=\"footnote\">%d</a></sup>", node->number);
}

static void write_math(struct html_writer *writer, struct node *node)
{
    struct buf *out = writer->out;
    if (!writer->plain) buf_add(out, node->display ? S("<span class=\"math display\">") : S("<span class=\"math\">"));
    buf_add(out, node->display ? S("\\[") : S("\\("));
    html_text_escape(out, node->text);
    buf_add(out, node->display ? S("\\]") : S("\\)"));
    if (!writer->plain) buf_add(out, S("</span>"));
}

static void write_code(struct html_writer *writer, struct node *node)
{
    write_tag(writer, S("code"), node, true);
    html_text_escape(writer->out, node->text);
    buf_add(writer->out, S("</code>"));
}

/* A box nobody can tick still needs a name to be read out. */
static void write_named_checkbox(struct html_writer *writer, const struct node *node)
{
    bool english = str_starts(writer->document->options->language, S("en"));
    str name = node->checked ? english ? S("done") : S("한 일") : english ? S("to do") : S("할 일");
    buf_add(writer->out, S("<input type=\"checkbox\" disabled"));
    if (node->checked) buf_add(writer->out, S(" checked"));
    buf_add(writer->out, S(" aria-label=\""));
    buf_add(writer->out, name);
    buf_add(writer->out, S("\">"));
}

static void write_checkbox(struct html_writer *writer, struct node *node)
{
    if (writer->hugi && !writer->plain) {
        write_named_checkbox(writer, node);
        return;
    }
    buf_add(writer->out, node->checked ? S("<input checked=\"\" disabled=\"\" type=\"checkbox\">")
                                       : S("<input disabled=\"\" type=\"checkbox\">"));
}

/* Inlines without children: written on enter. */
static void write_leaf(struct html_writer *writer, struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_TEXT: html_text_escape(writer->out, node->text); break;
    case NODE_SOFT_BREAK: buf_char(writer->out, '\n'); break;
    case NODE_HARD_BREAK: buf_add(writer->out, S("<br />\n")); break;
    case NODE_CODE: write_code(writer, node); break;
    case NODE_HTML: write_html(writer, node); break;
    case NODE_FOOTNOTE_MARK: write_footnote_mark(writer, node); break;
    case NODE_CHECKBOX: write_checkbox(writer, node); break;
    case NODE_MATH: write_math(writer, node); break;
    case NODE_IMAGE: write_image(writer, node); break;
    default: break;
    }
}

void html_write_span(struct html_writer *writer, struct node *node, bool enter)
{
    switch ((enum node_kind)node->kind) {
    case NODE_EMPH: write_tag(writer, S("em"), node, enter); break;
    case NODE_STRONG: write_tag(writer, S("strong"), node, enter); break;
    case NODE_STRIKE: write_tag(writer, S("del"), node, enter); break;
    case NODE_MARK: write_tag(writer, S("mark"), node, enter); break;
    case NODE_ABBR: write_tag(writer, S("abbr"), node, enter); break;
    case NODE_LINK: write_link(writer, node, enter); break;
    default:
        if (enter) write_leaf(writer, node);
        break;
    }
}
