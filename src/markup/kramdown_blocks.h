/* kramdown_blocks.h - blocks of kramdown, and abbreviations. */
#ifndef HUGI_MARKUP_KRAMDOWN_BLOCKS_H
#define HUGI_MARKUP_KRAMDOWN_BLOCKS_H

#include "document.h"

/* Makes what the paragraph means in kramdown; true: it is a paragraph no longer. */
bool kramdown_paragraph(struct document *document, struct node *paragraph);
/* The bodies and the foot of a table that cmark made. */
void kramdown_table(struct node *table);
/* After inlines: <abbr> around the words that *[X]: ... defines. */
void kramdown_abbreviations(struct document *document, struct node *root);

#endif
