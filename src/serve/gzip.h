/* gzip.h - inside serve/: text made smaller for a browser that takes it.  Pure. */
#ifndef HUGI_SERVE_GZIP_H
#define HUGI_SERVE_GZIP_H

#include "base/str.h"

/* Does this Accept-Encoding take gzip?  NULL: no. */
bool gzip_is_taken(const char *accept);
/* False when zlib could not. */
bool gzip_pack(struct arena *arena, str bytes, str *out);

#endif
