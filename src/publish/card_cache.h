/* card_cache.h - inside publish/: drawn cards, kept beside the variants under .hugi/images. */
#ifndef HUGI_PUBLISH_CARD_CACHE_H
#define HUGI_PUBLISH_CARD_CACHE_H

#include "publish/publish.h"

/* Draws what is neither in place nor in the cache; marks the others' `unchanged`.  Returns how many. */
ptrdiff_t card_cache_fill(struct publish *publish, struct diags *diags);
str card_cache_path(const struct publish *publish, const struct output *output, struct arena *arena);

#endif
