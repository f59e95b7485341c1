/* spans.h - text and classes -> HTML; neighbours of one class share a span, and none crosses a line's end. */
#ifndef HUGI_HIGHLIGHT_SPANS_H
#define HUGI_HIGHLIGHT_SPANS_H

#include "base/buf.h"

struct spans {
    struct buf *out;
    const char *open;           /* class of the span that is open, or NULL */
};

void spans_add(struct spans *spans, const char *class, str text);   /* class NULL: none */
void spans_end(struct spans *spans);
void spans_open_tag(struct buf *out, const char *class);

#endif
