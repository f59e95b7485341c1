/* sanitize.h - HTML of authors one does not trust (markdown.html: sanitize). */
#ifndef HUGI_MARKUP_SANITIZE_H
#define HUGI_MARKUP_SANITIZE_H

#include "base/str.h"

/* `html` with nothing but what the allow list names: elements, attributes,
 * address schemes.  Written anew from libxml2's tree, so that a browser reads
 * just what was judged. */
str sanitize_html(struct arena *arena, str html);

#endif
