/* riff.h - walking a WebP's chunks without decoding it. */
#ifndef HUGI_IMAGE_RIFF_H
#define HUGI_IMAGE_RIFF_H

#include "image_bytes.h"

struct riff_chunk {
    uint32_t type; /* FOURCC */
    str all; /* with header and padding */
    str data;
    bool cut_off; /* the file ends inside it */
};

/* The chunk at *at, which moves behind it.  Start with *at = 12, behind "RIFF", size,
 * "WEBP". */
static inline bool riff_chunk_next(str bytes, ptrdiff_t *at, struct riff_chunk *out)
{
    if (*at + 8 > bytes.len) return false;
    ptrdiff_t length = (ptrdiff_t)le32(bytes, *at + 4);
    ptrdiff_t end = *at + 8 + length + (length & 1);
    *out = (struct riff_chunk){.type = be32(bytes, *at),
                               .all = str_slice(bytes, *at, end),
                               .data = str_slice(bytes, *at + 8, *at + 8 + length),
                               .cut_off = *at + 8 + length > bytes.len};
    *at = end;
    return true;
}

/* The bytes the header claims, at most those there are: what follows is not the
 * picture. */
static inline str riff_body(str bytes) { return str_slice(bytes, 0, (ptrdiff_t)le32(bytes, 4) + 8); }

/* Bits of VP8X's first byte. */
enum { VP8X_ANIMATED = 0x02, VP8X_XMP = 0x04, VP8X_EXIF = 0x08, VP8X_ALPHA = 0x10, VP8X_ICC = 0x20 };

#endif
