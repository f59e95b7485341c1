/* text_repair.h - every text file of a site passes here first.
 *
 * A byte-order mark is taken off and CRLF and CR become LF: that loses
 * nothing.  A NUL or a byte that is not UTF-8 is reported with its place. */
#ifndef HUGI_BASE_TEXT_REPAIR_H
#define HUGI_BASE_TEXT_REPAIR_H

#include "base/diag.h"

/* Sets the text of `file`, which is in `sources` already, to the repaired
 * bytes.  False after one error. */
bool text_repair(struct arena *arena, str bytes, uint32_t file, struct sources *sources,
                 struct diags *diags, str *out);

#endif
