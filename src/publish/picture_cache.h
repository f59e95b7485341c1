/* picture_cache.h - inside publish/: variants kept under .hugi/images. */
#ifndef HUGI_PUBLISH_PICTURE_CACHE_H
#define HUGI_PUBLISH_PICTURE_CACHE_H

#include "publish/publish.h"

/* Encodes what is neither in place nor in the cache; marks the others'
 * `unchanged`.  Returns how many variants were made. */
ptrdiff_t picture_cache_fill(struct publish *publish, struct diags *diags);
str picture_cache_path(const struct publish *publish, const struct output *output, struct arena *arena);
/* A picture that cannot be read: an error, or a warning by images.on_error.  Always false. */
bool picture_report(const struct publish *publish, const struct asset *asset, str error, struct diags *diags);

#endif
