/* passes.h - what happens to the tree between parsing and writing, in this order
 * (markup.c: render_markdown):
 *
 *     kramdown_lists              definition lists, tight and loose (kramdown_lists.h)
 *     attribute_lists_of_blocks   before inlines (attribute_lists.h)
 *     dialect_blocks              callouts, definition lists, <!--more-->, task lists, math blocks
 *     inlines_parse
 *     attribute_lists_of_spans, kramdown_abbreviations
 *     footnotes_number
 *     headings_collect            ids, demotion, content.headings
 *     links_resolve               destinations, slots (links.h)
 *     content_measure             text, summary, counts
 *     figures_make                presentation: left out when plain */
#ifndef HUGI_MARKUP_PASSES_H
#define HUGI_MARKUP_PASSES_H

#include "document.h"

/* dialect_blocks.c */
void dialect_blocks(struct document *document, struct node *root);
/* Task list items, also in the gfm profile. */
void dialect_tasks(struct document *document);
/* markup_footnotes.c: numbers marks and notes by first mention. */
void footnotes_number(struct document *document);
/* markup_headings.c */
void headings_collect(struct document *document);
/* content_text.c */
void content_measure(struct document *document);
/* figures.c */
void figures_make(struct document *document);
/* text_format.c: the tree of a .txt file. */
void text_format_parse(struct document *document);

#endif
