/* timings.h - inside build/: where the time went, for `hugi build --timings`. */
#ifndef HUGI_BUILD_TIMINGS_H
#define HUGI_BUILD_TIMINGS_H

#include "build/build.h"

/* Tables for people, or a JSON object a line. */
void timings_print(const struct build_result *result, bool json, struct buf *out);

#endif
