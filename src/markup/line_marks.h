/* line_marks.h - source lines that kramdown reads otherwise than cmark.
 *
 * cmark finds the blocks, and is fed a text of the same lines in which such a
 * line stands for what cmark does know: a list of attributes and the end mark
 * "^" are a comment (a block of their own, which ends what stands before it),
 * the ":" of a definition is a "+" (its blocks nest by column like those of an
 * item), an element with markdown="1" is a comment that goes on over empty
 * lines.  Behind cmark every such line is itself again, and where it turned out
 * to be text or code nothing has changed. */
#ifndef HUGI_MARKUP_LINE_MARKS_H
#define HUGI_MARKUP_LINE_MARKS_H

#include "document.h"

/* What cmark is fed: document->text itself when no line is marked. */
str line_marks_feed(struct document *document);
/* Once there is a tree: text as written; marked lines that are blocks become
 * NODE_ATTRIBUTES (a list, or "^") or HTML blocks; items of ":" are `bare`. */
void line_marks_resolve(struct document *document);

/* Whether the source line is a list of attributes or "^". */
bool line_is_control(const struct document *document, int line);
/* A source line without indent and quote marks. */
str line_content(struct document *document, int line);
/* A whole line that is one or more lists: "{: .a}{: .b}". */
bool line_is_list(str line);

#endif
