/* html_write.h - the writer: a tree to HTML, and the small functions it shares. */
#ifndef HUGI_MARKUP_HTML_WRITE_H
#define HUGI_MARKUP_HTML_WRITE_H

#include "document.h"

struct html_writer {
    struct document *document;
    struct buf *out;
    bool plain;                 /* structure only: no presentation */
    bool hugi;                  /* the dialect: void tags without a slash, slots ... */
    const char *section;        /* the <tbody> or <tfoot> that waits to be closed */
    int tables;                 /* so far: regions need names of their own */
};

/* markup_html.c: all of `root` (with the tags of root itself when it has any). */
void html_write(struct html_writer *writer, struct node *root);
/* The body and its footnotes. */
void html_write_document(struct document *document, struct buf *out);
/* Inline HTML of a heading for the table of contents: no links, no footnote marks. */
str html_of_heading(struct document *document, struct node *heading);

/* html_spans.c */
void html_write_span(struct html_writer *writer, struct node *node, bool enter);
/* alt text: what the inlines say, escaped. */
void html_write_alt(struct html_writer *writer, struct node *image);

/* html_parts.c: texts as cmark escapes them (' stays). */
void html_text_escape(struct buf *out, str text);
void html_href_escape(struct buf *out, str url);
void html_attributes(struct buf *out, const struct attributes *attributes);    /* with a leading blank each */
void html_newline(struct buf *out);         /* unless a line has just begun */
/* <title>, <script> ... lose their "<" (GFM's tag filter). */
void html_tagfilter(struct buf *out, str html);

/* html_toc.c */
void html_write_toc(struct html_writer *writer, struct node *toc);

/* code_block.c: a fenced or indented code block. */
void html_write_code(struct html_writer *writer, struct node *node);

#endif
