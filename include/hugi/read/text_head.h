/* text_head.h - what the first lines of a text file say. */
#ifndef HUGI_READ_TEXT_HEAD_H
#define HUGI_READ_TEXT_HEAD_H

#include "base/str.h"

/* The first line is the title; a short line right under it (blank lines may
 * stand between) that names a person is the byline.  Returns where the body begins. */
ptrdiff_t text_head(str text, str *title, str *byline);

/* Markdown's marks out of one line: "**AWS** [Summit](x)" -> "AWS Summit". */
str text_plain(struct arena *arena, str line);

#endif
