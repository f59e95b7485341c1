/* kramdown_lists.h - lists and definition lists as kramdown reads them. */
#ifndef HUGI_MARKUP_KRAMDOWN_LISTS_H
#define HUGI_MARKUP_KRAMDOWN_LISTS_H

#include "document.h"

/* Right behind blocks_parse: before attribute lists, which look at what stands beside them. */
void kramdown_lists(struct document *document, struct node *root);

#endif
