/* kramdown_html.h - HTML blocks as kramdown reads them. */
#ifndef HUGI_MARKUP_KRAMDOWN_HTML_H
#define HUGI_MARKUP_KRAMDOWN_HTML_H

#include "document.h"

/* Part of blocks_parse: elements with markdown="1" become NODE_BOX with blocks or a
 * tight paragraph inside; a tag of span level alone on its line is a paragraph; text
 * on the lines behind an element's end is Markdown. */
void kramdown_html(struct document *document);

#endif
