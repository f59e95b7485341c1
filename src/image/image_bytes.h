/* image_bytes.h - numbers out of untrusted bytes.  Reading beyond the end
 * gives 0, so that a caller checks lengths where they matter and nowhere else. */
#ifndef HUGI_IMAGE_BYTES_H
#define HUGI_IMAGE_BYTES_H

#include "base/buf.h"

static inline uint32_t byte_at(str s, ptrdiff_t at) { return at >= 0 && at < s.len ? (unsigned char)s.p[at] : 0; }
static inline uint32_t be16(str s, ptrdiff_t at) { return byte_at(s, at) << 8 | byte_at(s, at + 1); }
static inline uint32_t be32(str s, ptrdiff_t at) { return be16(s, at) << 16 | be16(s, at + 2); }
static inline uint32_t le16(str s, ptrdiff_t at) { return byte_at(s, at) | byte_at(s, at + 1) << 8; }
static inline uint32_t le24(str s, ptrdiff_t at) { return le16(s, at) | byte_at(s, at + 2) << 16; }
static inline uint32_t le32(str s, ptrdiff_t at) { return le16(s, at) | le16(s, at + 2) << 16; }

/* Four letters as one number: FOURCC('I','H','D','R') as be32 reads it. */
#define FOURCC(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static inline void buf_be16(struct buf *out, uint32_t n)
{
    buf_char(out, (char)(n >> 8 & 0xff));
    buf_char(out, (char)(n & 0xff));
}
static inline void buf_be32(struct buf *out, uint32_t n)
{
    buf_be16(out, n >> 16);
    buf_be16(out, n & 0xffff);
}
static inline void buf_le32(struct buf *out, uint32_t n)
{
    for (int shift = 0; shift < 32; shift += 8) buf_char(out, (char)(n >> shift & 0xff));
}

#endif
