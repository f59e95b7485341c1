/* explain.h - inside build/: `hugi build --explain FILE`, one file's trip down
 * the line with its real values: the tested documentation of the architecture. */
#ifndef HUGI_BUILD_EXPLAIN_H
#define HUGI_BUILD_EXPLAIN_H

#include "model/output.h"

/* `file` as the author writes it: from the site's folder, or below content/.
 * `plan` may be NULL when the build did not get that far. */
void explain_file(const struct site *site, const struct plan *plan, str file, struct buf *out);

#endif
