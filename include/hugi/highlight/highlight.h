/* highlight.h - code and the name of its language -> HTML with class names.
 *
 * Languages are described by the files of Debian's highlight-common package (highlight's langDefs:
 * tables of Lua with regular expressions), which are read when a page first needs one; where that
 * package is weak, files of src/highlight/definitions/ in the same format stand before it.  Knows
 * nothing of Markdown or pages.
 *
 * A span of a class, never across a line's end, stands around what has one; names are Pygments'
 * short ones, so that existing style sheets fit:
 *
 *     k   keyword               s   string                  gp  prompt of a session
 *     kt  type or literal       se  escape in a string      go  output of a session
 *     nb  built in, library     si  value put into one      gi  line that a diff adds
 *     nf  function, name        m   number                  gd  line that a diff removes
 *     na  attribute, key        c   comment                 gu  heading of a diff's part
 *     nt  tag                   cp  preprocessor
 *
 * Operators and other names have none.  Without its tags the HTML is the code, byte for byte.
 *
 * Threads: highlight_code may be called by all workers at once; what it gives depends on its
 * arguments only.  Start, stop and is_missing: one thread. */
#ifndef HUGI_HIGHLIGHT_HIGHLIGHT_H
#define HUGI_HIGHLIGHT_HIGHLIGHT_H

#include "base/buf.h"

struct highlight;

/* `folder` holds langDefs/ and maybe filetypes.conf; NULL: where the package
 * puts them; "": there is to be no highlighting.  Reads nothing yet. */
struct highlight *highlight_start(const char *folder);
void highlight_stop(struct highlight *highlight);

/* Appends `code`, which is UTF-8.  Returns false with nothing appended when it is to be shown as it is:
 * no or an unknown language, no definitions, over 512 KB. */
bool highlight_code(struct highlight *highlight, str language, str code, struct buf *out);

/* Changes when the definitions do (their package is installed, another version of it): what was
 * made with others is made again.  1: they are missing; 0: there is to be no highlighting.
 * Before any code. */
uint64_t highlight_identity(struct highlight *highlight);

/* Some code would have been highlighted, but there are no definitions. */
bool highlight_is_missing(const struct highlight *highlight);

#endif
