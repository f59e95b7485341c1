/* png_probe.c - a PNG's headers: every chunk's name, and IHDR, eXIf and XMP's data.
 *
 * ImageMagick keeps a JPEG's EXIF as text: a chunk "Raw profile type exif" of hex
 * digits, packed.  Its location counts, its orientation does not: no browser follows it. */
#include <zlib.h>

#include "exif.h"
#include "image_format.h"
#include "png_chunks.h"

static void read_header(str data, struct image_info *info)
{
    info->width = (int)(be32(data, 0) & 0x7fffffff);
    info->height = (int)(be32(data, 4) & 0x7fffffff);
    uint32_t color_type = byte_at(data, 9);
    info->alpha = color_type == 4 || color_type == 6;
}

enum { RAW_PROFILE_MAX = 1 << 20 };

/* At most RAW_PROFILE_MAX bytes of what zlib packed. */
static str unpack(str packed, struct arena *arena)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)packed.p, .avail_in = (uInt)packed.len};
    char *text = arena_alloc(arena, RAW_PROFILE_MAX);
    stream.next_out = (Bytef *)text;
    stream.avail_out = RAW_PROFILE_MAX;
    if (inflateInit(&stream) != Z_OK) return S("");
    inflate(&stream, Z_SYNC_FLUSH);
    ptrdiff_t size = RAW_PROFILE_MAX - (ptrdiff_t)stream.avail_out;
    inflateEnd(&stream);
    return str_of(text, size);
}

static int hex_digit(char c)
{
    if (char_is_digit(c)) return c - '0';
    c = char_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Line feed, name, length, and the bytes in hex over many lines. */
static str raw_profile_bytes(str text, struct arena *arena)
{
    struct buf out = buf_in(arena);
    str line;
    for (int i = 0; i < 3; i++)
        if (!str_line(&text, &line)) return S("");
    int high = -1;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        int digit = hex_digit(text.p[i]);
        if (digit < 0) continue;
        if (high >= 0) buf_char(&out, (char)(high << 4 | digit));
        high = high >= 0 ? -1 : digit;
    }
    return buf_str(&out);
}

static void read_raw_profile(str chunk, struct image_info *info, struct arena *arena)
{
    str name = str_slice(chunk, 0, str_find_char(chunk, '\0'));
    if (!str_equal(name, S("Raw profile type exif")) && !str_equal(name, S("Raw profile type APP1"))) return;
    struct arena_mark mark = arena_mark(arena);
    struct image_info found = {0};
    exif_read(raw_profile_bytes(unpack(str_from(chunk, name.len + 2), arena), arena), &found, false);
    arena_rewind(arena, mark);
    info->traces |= found.traces;
}

static void read_chunk(struct image_source *source, const struct png_chunk *chunk)
{
    struct image_info *info = &source->info;
    switch (chunk->type) {
    case FOURCC('t', 'R', 'N', 'S'): info->alpha = true; break;
    case FOURCC('i', 'C', 'C', 'P'): info->has_profile = true; break;
    case FOURCC('a', 'c', 'T', 'L'): info->frames = (int)(be32(chunk->data, 0) & 0xffffff); break;
    case FOURCC('e', 'X', 'I', 'f'):
        info->has_metadata = true;
        exif_read(chunk->data, info, false);
        break;
    case FOURCC('i', 'T', 'X', 't'):
        info->has_metadata = true;
        if (str_starts(chunk->data, S("XML:com.adobe.xmp\0"))) xmp_read(chunk->data, info);
        break;
    case FOURCC('z', 'T', 'X', 't'):
        info->has_metadata = true;
        read_raw_profile(chunk->data, info, source->arena);
        break;
    case FOURCC('t', 'E', 'X', 't'):
    case FOURCC('t', 'I', 'M', 'E'): info->has_metadata = true; break;
    default: break;
    }
}

bool png_probe(struct image_source *source)
{
    struct png_chunk chunk;
    ptrdiff_t at = 8;
    if (!png_chunk_next(source->bytes, &at, &chunk) || chunk.data.len < 13)
        return image_fail(source, "a PNG that ends in its header");
    /* Apple's private variant puts a chunk before the header. */
    if (chunk.type == FOURCC('C', 'g', 'B', 'I'))
        return image_fail(source, "a PNG in Apple's private form (CgBI), which browsers do not show");
    if (chunk.type != FOURCC('I', 'H', 'D', 'R')) return image_fail(source, "a PNG without a header");
    read_header(chunk.data, &source->info);
    while (png_chunk_next(source->bytes, &at, &chunk) && chunk.type != FOURCC('I', 'E', 'N', 'D')) read_chunk(source, &chunk);
    if (source->info.frames < 1) source->info.frames = 1;
    return true;
}
