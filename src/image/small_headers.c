/* small_headers.c - formats of which only the header matters: BMP, TIFF, ICO, camera files. */
#include "exif.h"
#include "image_bytes.h"
#include "image_format.h"

bool bmp_probe(struct image_source *source)
{
    struct image_info *info = &source->info;
    if (le32(source->bytes, 14) == 12) { /* OS/2's header has 16-bit sizes */
        info->width = (int)le16(source->bytes, 18);
        info->height = (int)le16(source->bytes, 20);
        return true;
    }
    int64_t height = (int32_t)le32(source->bytes, 22); /* negative: first row on top */
    if (height < 0) height = -height;
    info->width = (int32_t)le32(source->bytes, 18);
    info->height = height > INT32_MAX ? 0 : (int)height;
    info->alpha = le16(source->bytes, 28) == 32;
    return true;
}

/* A BMP has no place for metadata. */
bool bmp_clean(struct image_source *source, str *out)
{
    *out = source->bytes;
    return true;
}

/* Whatever it holds, nobody here can take it out. */
bool raw_probe(struct image_source *source)
{
    source->info.has_metadata = true;
    return true;
}

bool tiff_probe(struct image_source *source)
{
    source->info.has_metadata = true;
    exif_read(source->bytes, &source->info, true);
    return true;
}

static str ico_entry(str bytes, uint32_t i) { return str_slice(bytes, 6 + (ptrdiff_t)i * 16, 22 + (ptrdiff_t)i * 16); }

bool ico_probe(struct image_source *source)
{
    uint32_t count = le16(source->bytes, 4);
    source->info.alpha = true;
    for (uint32_t i = 0; i < count; i++) {
        str entry = ico_entry(source->bytes, i);
        int width = (int)byte_at(entry, 0), height = (int)byte_at(entry, 1);
        if (entry.len < 16) return image_fail(source, "an icon that ends in its header");
        if (width == 0) width = 256;
        if (height == 0) height = 256;
        if (width <= source->info.width) continue;
        source->info.width = width;
        source->info.height = height;
    }
    return true;
}

/* Replaces a PNG inside the icon by its clean form, at the same place. */
static bool clean_entry(struct image_source *source, char *icon, uint32_t i)
{
    str entry = ico_entry(source->bytes, i);
    ptrdiff_t size = (ptrdiff_t)le32(entry, 8), at = (ptrdiff_t)le32(entry, 12);
    str picture = str_slice(source->bytes, at, at + size), clean;
    if (image_sniff(picture) != IMAGE_PNG) return true;
    struct image_source inner;
    if (!image_open(&inner, picture, source->limits, source->arena, source->error) || !png_clean(&inner, &clean)) return false;
    if (clean.len >= picture.len) return true;
    memset(icon + at, 0, (size_t)picture.len);
    memcpy(icon + at, clean.p, (size_t)clean.len);
    for (int b = 0; b < 4; b++) icon[6 + (ptrdiff_t)i * 16 + 8 + b] = (char)(clean.len >> (8 * b) & 0xff);
    return true;
}

bool ico_clean(struct image_source *source, str *out)
{
    char *icon = arena_copy(source->arena, source->bytes.p, (size_t)source->bytes.len);
    uint32_t count = le16(source->bytes, 4);
    for (uint32_t i = 0; i < count; i++)
        if (!clean_entry(source, icon, i)) return false;
    *out = str_of(icon, source->bytes.len);
    if (str_equal(*out, source->bytes)) *out = source->bytes;
    return true;
}
