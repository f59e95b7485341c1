/* webp_probe.c - a WebP's headers: its chunks' names and a few numbers. */
#include "exif.h"
#include "image_format.h"
#include "riff.h"

static void set_size(struct image_info *info, uint32_t width, uint32_t height)
{
    if (info->width > 0) return; /* VP8X comes first and is the canvas */
    info->width = (int)width;
    info->height = (int)height;
}

/* A lossless stream: signature, 14 bits width - 1, 14 bits height - 1, 1 bit alpha. */
static void read_lossless(str data, struct image_info *info)
{
    uint32_t bits = le32(data, 1);
    if (byte_at(data, 0) != 0x2f) return;
    set_size(info, (bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
    if (bits >> 28 & 1) info->alpha = true;
}

static void read_lossy(str data, struct image_info *info)
{
    if (byte_at(data, 3) != 0x9d || byte_at(data, 4) != 0x01) return;
    set_size(info, le16(data, 6) & 0x3fff, le16(data, 8) & 0x3fff);
}

static void read_chunk(const struct riff_chunk *chunk, struct image_info *info, int *frames)
{
    switch (chunk->type) {
    case FOURCC('V', 'P', '8', 'X'):
        set_size(info, le24(chunk->data, 4) + 1, le24(chunk->data, 7) + 1);
        if (byte_at(chunk->data, 0) & VP8X_ALPHA) info->alpha = true;
        break;
    case FOURCC('V', 'P', '8', ' '): read_lossy(chunk->data, info); break;
    case FOURCC('V', 'P', '8', 'L'): read_lossless(chunk->data, info); break;
    case FOURCC('A', 'L', 'P', 'H'): info->alpha = true; break;
    case FOURCC('A', 'N', 'M', 'F'): ++*frames; break;
    case FOURCC('I', 'C', 'C', 'P'): info->has_profile = true; break;
    case FOURCC('E', 'X', 'I', 'F'):
        info->has_metadata = true;
        exif_read(chunk->data, info, false);
        break;
    case FOURCC('X', 'M', 'P', ' '): xmp_read(chunk->data, info); break;
    default: break;
    }
}

bool webp_probe(struct image_source *source)
{
    struct riff_chunk chunk;
    str body = riff_body(source->bytes);
    int frames = 0;
    for (ptrdiff_t at = 12; riff_chunk_next(body, &at, &chunk);) read_chunk(&chunk, &source->info, &frames);
    if (frames > 1) source->info.frames = frames;
    return true;
}
