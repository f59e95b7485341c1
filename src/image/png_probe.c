/* png_probe.c - a PNG's headers: every chunk's name, and IHDR, eXIf and XMP's data.
 *
 * ImageMagick keeps a JPEG's EXIF as text: a chunk "Raw profile type exif" of hex
 * digits, packed.  Its location counts, its orientation does not: no browser follows it.
 * What they unpack to is bounded by what the file spends on them. */
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

/* Of one profile: bytes, and bytes for one packed byte (hex digits pack to a third or so).  Of one file: profiles looked at. */
enum { RAW_PROFILE_MAX = 1 << 20, RAW_PROFILE_RATIO = 16, RAW_PROFILES_MAX = 8 };

/* The start of what zlib packed. */
static str unpack(str packed, struct arena *arena)
{
    ptrdiff_t room = packed.len < RAW_PROFILE_MAX / RAW_PROFILE_RATIO ? packed.len * RAW_PROFILE_RATIO : RAW_PROFILE_MAX;
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)packed.p, .avail_in = (uInt)packed.len};
    char *text = arena_room(arena, (size_t)room);
    stream.next_out = (Bytef *)text;
    stream.avail_out = (uInt)room;
    if (inflateInit(&stream) != Z_OK) return S("");
    inflate(&stream, Z_SYNC_FLUSH);
    ptrdiff_t size = room - (ptrdiff_t)stream.avail_out;
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

static void read_raw_profile(str name, str packed, struct image_info *info, struct arena *arena, int *profiles)
{
    bool exif = str_equal(name, S("Raw profile type exif")) || str_equal(name, S("Raw profile type APP1"));
    if (!exif && !str_equal(name, S("Raw profile type iptc"))) return;
    if (++*profiles > RAW_PROFILES_MAX) return;
    struct arena_mark mark = arena_mark(arena);
    struct image_info found = {0};
    str bytes = raw_profile_bytes(unpack(packed, arena), arena);
    if (exif) exif_read(bytes, &found, false);
    else iptc_read(bytes, &found);
    arena_rewind(arena, mark);
    info->traces |= found.traces;
}

/* Keywords of the PNG specification (11.3.3.2), and what ImageMagick makes of EXIF. */
static const struct { str keyword; enum image_trace trace; } keywords[] = {
    {STR_INIT("Author"), TRACE_OWNER},          {STR_INIT("Artist"), TRACE_OWNER},
    {STR_INIT("Copyright"), TRACE_OWNER},       {STR_INIT("exif:Artist"), TRACE_OWNER},
    {STR_INIT("exif:Copyright"), TRACE_OWNER},  {STR_INIT("exif:GPSInfo"), TRACE_LOCATION},
    {STR_INIT("exif:GPSLatitude"), TRACE_LOCATION}, {STR_INIT("exif:Model"), TRACE_CAMERA},
    {STR_INIT("exif:BodySerialNumber"), TRACE_SERIAL}, {STR_INIT("exif:MakerNote"), TRACE_MAKER_NOTE},
};

/* A text: a keyword, NUL, and what it says. */
static void read_text(struct image_source *source, const struct png_chunk *chunk, int *profiles)
{
    struct image_info *info = &source->info;
    str name = str_slice(chunk->data, 0, str_find_char(chunk->data, '\0'));
    info->has_metadata = true;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (str_equal(name, keywords[i].keyword)) image_add_trace(info, keywords[i].trace);
    if (str_equal(name, S("XML:com.adobe.xmp"))) xmp_read(chunk->data, info);
    if (chunk->type == FOURCC('z', 'T', 'X', 't'))
        read_raw_profile(name, str_from(chunk->data, name.len + 2), info, source->arena, profiles);
}

static void read_chunk(struct image_source *source, const struct png_chunk *chunk, int *profiles)
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
    case FOURCC('z', 'T', 'X', 't'):
    case FOURCC('t', 'E', 'X', 't'): read_text(source, chunk, profiles); break;
    case FOURCC('t', 'I', 'M', 'E'): info->has_metadata = true; break;
    default: break;
    }
}

bool png_probe(struct image_source *source)
{
    struct png_chunk chunk;
    ptrdiff_t at = 8;
    int profiles = 0;
    if (!png_chunk_next(source->bytes, &at, &chunk) || chunk.data.len < 13)
        return image_fail(source, "a PNG that ends in its header");
    /* Apple's private variant puts a chunk before the header. */
    if (chunk.type == FOURCC('C', 'g', 'B', 'I'))
        return image_fail(source, "a PNG in Apple's private form (CgBI), which browsers do not show");
    if (chunk.type != FOURCC('I', 'H', 'D', 'R')) return image_fail(source, "a PNG without a header");
    read_header(chunk.data, &source->info);
    while (png_chunk_next(source->bytes, &at, &chunk) && chunk.type != FOURCC('I', 'E', 'N', 'D')) read_chunk(source, &chunk, &profiles);
    if (source->info.frames < 1) source->info.frames = 1;
    return true;
}
