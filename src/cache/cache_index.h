/* cache_index.h - inside cache/: the index as bytes. */
#ifndef HUGI_CACHE_CACHE_INDEX_H
#define HUGI_CACHE_CACHE_INDEX_H

#include "cache/cache.h"

void index_pack(struct buf *out, const struct cache_index *index);
/* Texts borrow `bytes`.  False: they do not make sense. */
bool index_unpack(str bytes, struct arena *arena, struct cache_index *out);

#endif
