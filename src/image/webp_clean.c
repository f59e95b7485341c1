/* webp_clean.c - a WebP without EXIF, XMP and chunks nobody knows.
 * An orientation stays as an EXIF of one entry; VP8X's flags follow. */
#include "exif.h"
#include "image_format.h"
#include "riff.h"

static bool stays(uint32_t type)
{
    switch (type) {
    case FOURCC('V', 'P', '8', ' '):
    case FOURCC('V', 'P', '8', 'L'):
    case FOURCC('V', 'P', '8', 'X'):
    case FOURCC('A', 'L', 'P', 'H'):
    case FOURCC('A', 'N', 'I', 'M'):
    case FOURCC('A', 'N', 'M', 'F'):
    case FOURCC('I', 'C', 'C', 'P'): return true;
    default: return false;
    }
}

static void add_orientation(struct buf *out, int orientation)
{
    buf_add(out, S("EXIF"));
    buf_le32(out, EXIF_ORIENTATION_SIZE);
    buf_exif_orientation(out, orientation);
}

bool webp_clean(struct image_source *source, str *out)
{
    struct buf clean = buf_in(source->arena);
    buf_reserve(&clean, source->bytes.len + 64);
    buf_add(&clean, S("RIFF\0\0\0\0WEBP"));
    int orientation = source->info.orientation;
    ptrdiff_t flags = -1;
    struct riff_chunk chunk;
    str body = riff_body(source->bytes);
    for (ptrdiff_t at = 12; riff_chunk_next(body, &at, &chunk);) {
        if (!stays(chunk.type)) continue;
        if (chunk.type == FOURCC('V', 'P', '8', 'X') && chunk.data.len > 0) flags = clean.len + 8;
        buf_add(&clean, chunk.all);
    }
    /* EXIF is only looked for where VP8X announces it. */
    if (flags >= 0) {
        if (orientation > 1) add_orientation(&clean, orientation);
        int bits = clean.p[flags] & ~(VP8X_EXIF | VP8X_XMP);
        clean.p[flags] = (char)(orientation > 1 ? bits | VP8X_EXIF : bits);
    }
    uint32_t size = (uint32_t)(clean.len - 8);
    for (int i = 0; i < 4; i++) clean.p[4 + i] = (char)(size >> (8 * i) & 0xff);
    *out = buf_str(&clean);
    if (str_equal(*out, source->bytes)) *out = source->bytes;
    return true;
}
