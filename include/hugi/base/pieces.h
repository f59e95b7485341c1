/* pieces.h - a text that mostly stands in another one too, packed as pieces of it.
 *
 * A body's plain text is its HTML without the tags: said by what is left out, it takes a
 * tenth of the room.  What the other text does not hold, or not in this order, is
 * written out, so that any two texts will do.  Pure; time in proportion to both. */
#ifndef HUGI_BASE_PIECES_H
#define HUGI_BASE_PIECES_H

#include "base/pack.h"

void pack_pieces(struct buf *out, str text, str of);
/* `of`: the very text it was packed with.  The result is made in `arena`. */
str unpack_pieces(struct unpack *in, str of, struct arena *arena);

#endif
