/* attribute_lists.h - kramdown's {: .class #id key="value" } .
 *
 * Only names of an allow list get through: class, id, title, alt, width,
 * height, loading, lang, target, rel, data-* and file (a code block's name).
 * Handlers (onclick), style and addresses never do. */
#ifndef HUGI_MARKUP_ATTRIBUTE_LISTS_H
#define HUGI_MARKUP_ATTRIBUTE_LISTS_H

#include "document.h"

/* Length of the attribute list at text.p[at] ("{:" ... "}"), 0 when there is
 * none.  Never longer than a line. */
ptrdiff_t attribute_list_length(str text, ptrdiff_t at);

/* What the list (with its braces) sets.  Names of {:name: ...} definitions are
 * looked up in the document.  NULL when it sets nothing. */
struct attributes *attribute_list_read(struct document *document, str list);
/* Whether the list holds this bare word: {:toc}. */
bool attribute_list_has(str list, str word);

/* {:name: ...}: all of a document, before any list is read. */
void attribute_lists_define(struct document *document, struct node *root);
/* Lists on lines of their own, and on list items and headings, before inlines
 * are parsed; {:toc} becomes NODE_TOC. */
void attribute_lists_of_blocks(struct document *document, struct node *root);
/* Lists behind spans, after inlines are parsed. */
void attribute_lists_of_spans(struct document *document, struct node *root);

#endif
