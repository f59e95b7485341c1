/* cache_index.h - inside cache/: the index and its delta as bytes.
 *
 * Arrays of numbers are written as they are, at multiples of 8, and used where
 * they lie; so the bytes that are read have to lie at a multiple of 8 too, and
 * to stay.  Texts borrow them as well. */
#ifndef HUGI_CACHE_CACHE_INDEX_H
#define HUGI_CACHE_CACHE_INDEX_H

#include "base/pack.h"
#include "cache/cache.h"

/* All of `next`; `last` is the index it goes on from, if it does.  It is large: `flush` is called
 * between pieces and may take a multiple of 8 bytes off the front. */
typedef void index_flush(void *context, struct buf *out);
void index_pack(struct buf *out, const struct cache_next *next, const struct cache_index *last, index_flush *flush, void *context);
/* False: the bytes do not make sense. */
bool index_unpack(str bytes, struct arena *arena, struct cache_index *out);

/* Whether what differs in `next` can stand beside the index that was written in one piece: the
 * same pages, files and outputs at the same places, some of them with other contents. */
bool delta_fits(const struct cache_next *next, const struct cache_index *last);
void delta_pack(struct buf *out, const struct cache_next *next, const struct cache_index *last);
/* Puts a delta over the index it was made for. */
bool delta_unpack(str bytes, struct arena *arena, struct cache_index *index);

const struct cached_page *cache_find_page_in(const struct cache_index *index, str path);
const struct cached_asset *cache_find_asset_in(const struct cache_index *index, str path);
const struct cached_output *cache_find_output_in(const struct cache_index *index, str path);

/* cache_rows.c: one row of each kind. */
void pack_page(struct buf *out, const struct cached_page *page);
void pack_asset(struct buf *out, const struct cached_asset *asset);
void pack_output(struct buf *out, const struct cached_output *output);
void pack_raw(struct buf *out, const void *numbers, ptrdiff_t count, ptrdiff_t size);
void unpack_page(struct unpack *in, struct cached_page *page);
void unpack_asset(struct unpack *in, struct cached_asset *asset);
void unpack_output(struct unpack *in, struct cached_output *output);
const void *unpack_raw(struct unpack *in, ptrdiff_t count, ptrdiff_t size);

#endif
