/* png_clean.c - a PNG without texts, times and EXIF.
 *
 * What stays is a list: the critical chunks and those that say how the pixels look
 * (transparency, colour space, density, animation).  Everything else goes, known or not,
 * and so does what follows IEND.  An orientation stays as an eXIf of one entry. */
#include <zlib.h>

#include "exif.h"
#include "image_format.h"
#include "png_chunks.h"

static bool stays(uint32_t type)
{
    switch (type) {
    case FOURCC('I', 'H', 'D', 'R'):
    case FOURCC('P', 'L', 'T', 'E'):
    case FOURCC('I', 'D', 'A', 'T'):
    case FOURCC('I', 'E', 'N', 'D'):
    case FOURCC('t', 'R', 'N', 'S'):
    case FOURCC('g', 'A', 'M', 'A'):
    case FOURCC('c', 'H', 'R', 'M'):
    case FOURCC('s', 'R', 'G', 'B'):
    case FOURCC('i', 'C', 'C', 'P'):
    case FOURCC('c', 'I', 'C', 'P'):
    case FOURCC('m', 'D', 'C', 'V'):
    case FOURCC('c', 'L', 'L', 'I'):
    case FOURCC('s', 'B', 'I', 'T'):
    case FOURCC('b', 'K', 'G', 'D'):
    case FOURCC('p', 'H', 'Y', 's'):
    case FOURCC('a', 'c', 'T', 'L'):
    case FOURCC('f', 'c', 'T', 'L'):
    case FOURCC('f', 'd', 'A', 'T'): return true;
    default: return false;
    }
}

void buf_png_chunk(struct buf *out, uint32_t type, str data)
{
    buf_be32(out, (uint32_t)data.len);
    ptrdiff_t start = out->len;
    buf_be32(out, type);
    buf_add(out, data);
    uLong sum = crc32(0, (const Bytef *)out->p + start, (uInt)(out->len - start));
    buf_be32(out, (uint32_t)sum);
}

static void add_orientation(struct buf *out, int orientation, struct arena *arena)
{
    struct buf exif = buf_in(arena);
    buf_exif_orientation(&exif, orientation);
    buf_png_chunk(out, FOURCC('e', 'X', 'I', 'f'), buf_str(&exif));
}

bool png_clean(struct image_source *source, str *out)
{
    struct buf clean = buf_in(source->arena);
    buf_reserve(&clean, source->bytes.len + 64);
    buf_add(&clean, str_slice(source->bytes, 0, 8));
    struct png_chunk chunk;
    for (ptrdiff_t at = 8; png_chunk_next(source->bytes, &at, &chunk);) {
        if (stays(chunk.type)) buf_add(&clean, chunk.all);
        if (chunk.type == FOURCC('I', 'H', 'D', 'R') && source->info.orientation > 1)
            add_orientation(&clean, source->info.orientation, source->arena);
        if (chunk.type == FOURCC('I', 'E', 'N', 'D')) break;
    }
    *out = buf_str(&clean);
    if (str_equal(*out, source->bytes)) *out = source->bytes;
    return true;
}
