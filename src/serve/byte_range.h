/* byte_range.h - inside serve/: the Range of a request.  Pure. */
#ifndef HUGI_SERVE_BYTE_RANGE_H
#define HUGI_SERVE_BYTE_RANGE_H

#include "base/str.h"

enum byte_range { RANGE_NONE, RANGE_PART, RANGE_OUTSIDE };

/* NULL, several ranges at once and what is none at all are RANGE_NONE: the whole file is a right answer then. */
enum byte_range byte_range_read(const char *header, int64_t size, int64_t *from, int64_t *count);

#endif
