/* sessions.h - what is read by lines: sessions of a terminal, and diffs. */
#ifndef HUGI_HIGHLIGHT_SESSIONS_H
#define HUGI_HIGHLIGHT_SESSIONS_H

#include "highlight/highlight.h"

/* highlight.c: code of one language; false with nothing appended when it is not known. */
bool highlight_language(struct highlight *highlight, str language, str code, struct buf *out);

/* `console` and its other names; shell code whose first line begins with "$ ". */
bool session_is(str language, str code);
void session_write(struct highlight *highlight, str code, struct buf *out);

/* `diff`, and `diff-yaml`: a diff of YAML. */
bool diff_is(str language);
void diff_write(struct highlight *highlight, str language, str code, struct buf *out);

#endif
