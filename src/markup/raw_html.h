/* raw_html.h - HTML that authors write: tags read one by one, the rest left alone. */
#ifndef HUGI_MARKUP_RAW_HTML_H
#define HUGI_MARKUP_RAW_HTML_H

#include "document.h"

/* One attribute of a tag; slices of the HTML, `value` still with its entities. */
struct raw_attribute {
    str name, text;             /* as written; text without quotes */
    bool has_value;
};

struct raw_tag {
    str all;                    /* "<" to ">" */
    str name;
    bool closing;
    struct raw_attribute *attributes;
    ptrdiff_t count, capacity;
};

/* Reads the tag at html.p[at] ('<').  False: it is none (a "<" in text). */
bool raw_tag_read(struct arena *arena, str html, ptrdiff_t at, struct raw_tag *out);
/* The next tag from *at on, which goes behind it; comments are passed over. */
bool raw_html_next_tag(struct arena *arena, str html, ptrdiff_t *at, struct raw_tag *out);
const struct raw_attribute *raw_tag_find(const struct raw_tag *tag, str name);

/* Pictures become slots or finished, addresses are resolved, comments go.
 * `block` is the block the HTML stands in, for places in messages. */
str raw_html_rewrite(struct document *document, str html, const struct node *block);

/* From *at on: the <script> or <style> that `html` leaves open, and *at where it starts; else "". */
str raw_html_open_element(str html, ptrdiff_t *at);
/* Behind the end tag </name> that follows `at`; -1: there is none. */
ptrdiff_t raw_html_element_end(str html, ptrdiff_t at, str name);

/* Behind the end tag that belongs to a <name> which ends at `at`; -1: there is none. */
ptrdiff_t raw_html_matching_end(str html, ptrdiff_t at, str name);
/* Whether elements of that name stand in a line of text: <b>, <span>, <img>. */
bool raw_html_is_span(str name);
/* The tag with the attributes added; a class goes to what it has. */
str raw_html_with_attributes(struct arena *arena, str tag, const struct attributes *attributes);

/* Whether it is the comment <!--more-->. */
bool raw_html_is_more(str html);

#endif
