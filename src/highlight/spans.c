/* spans.c - the only place that writes HTML of code. */
#include "spans.h"

static void escape(struct buf *out, str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++) {
        ptrdiff_t from = i;
        while (i < text.len && text.p[i] != '&' && text.p[i] != '<' && text.p[i] != '>') i++;
        buf_add(out, str_slice(text, from, i));
        if (i < text.len) buf_add(out, text.p[i] == '&' ? S("&amp;") : text.p[i] == '<' ? S("&lt;") : S("&gt;"));
    }
}

void spans_open_tag(struct buf *out, const char *class)
{
    buf_add(out, S("<span class=\""));
    buf_add(out, str_c(class));
    buf_add(out, S("\">"));
}

void spans_end(struct spans *spans)
{
    if (spans->open) buf_add(spans->out, S("</span>"));
    spans->open = NULL;
}

static void add_in_line(struct spans *spans, const char *class, str text)
{
    if (text.len == 0) return;
    if (spans->open != class) {
        spans_end(spans);
        if (class) spans_open_tag(spans->out, class);
        spans->open = class;
    }
    escape(spans->out, text);
}

void spans_add(struct spans *spans, const char *class, str text)
{
    for (;;) {
        ptrdiff_t end = str_find_char(text, '\n');
        if (end < 0) break;
        add_in_line(spans, class, str_slice(text, 0, end));
        spans_end(spans);
        buf_char(spans->out, '\n');
        text = str_from(text, end + 1);
    }
    add_in_line(spans, class, text);
}
