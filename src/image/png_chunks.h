/* png_chunks.h - walking a PNG's chunks without decoding it. */
#ifndef HUGI_IMAGE_PNG_CHUNKS_H
#define HUGI_IMAGE_PNG_CHUNKS_H

#include "image_bytes.h"

struct png_chunk {
    uint32_t type; /* FOURCC */
    str all; /* length, type, data, checksum */
    str data;
    bool cut_off; /* the file ends inside it */
};

/* The chunk at *at, which moves behind it.  Start with *at = 8, behind the signature. */
static inline bool png_chunk_next(str bytes, ptrdiff_t *at, struct png_chunk *out)
{
    if (*at + 8 > bytes.len) return false;
    ptrdiff_t length = (ptrdiff_t)be32(bytes, *at);
    ptrdiff_t end = *at + 12 + length;
    *out = (struct png_chunk){.type = be32(bytes, *at + 4),
                              .all = str_slice(bytes, *at, end),
                              .data = str_slice(bytes, *at + 8, *at + 8 + length),
                              .cut_off = end > bytes.len};
    *at = end;
    return true;
}

/* Writes one with its checksum. */
void buf_png_chunk(struct buf *out, uint32_t type, str data);

#endif
