/* small_headers.c - formats of which only the header matters: BMP, TIFF, ICO, camera files. */
#include "exif.h"
#include "image_bytes.h"
#include "image_format.h"
#include "notes.h"

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

enum { RAW_HEAD = 4 << 20 };

/* Whatever it holds, nobody here can take it out. */
bool raw_probe(struct image_source *source)
{
    image_add_trace(&source->info, TRACE_UNREAD);
    notes_read(&source->info, str_slice(source->bytes, 0, RAW_HEAD));
    return true;
}

bool tiff_probe(struct image_source *source)
{
    source->info.has_metadata = true;
    exif_read(source->bytes, &source->info, true);
    return true;
}

/* The most pictures of an icon; those of programs have about ten. */
enum { ICO_PICTURES_MAX = 256, ICO_HEADER = 6, ICO_ENTRY = 16 };

static str ico_entry(str bytes, uint32_t i)
{
    ptrdiff_t at = ICO_HEADER + (ptrdiff_t)i * ICO_ENTRY;
    return str_slice(bytes, at, at + ICO_ENTRY);
}

/* Where an entry's picture lies. */
struct ico_part {
    ptrdiff_t at, end;
};

static struct ico_part ico_part(str bytes, uint32_t i)
{
    str entry = ico_entry(bytes, i);
    ptrdiff_t at = (ptrdiff_t)le32(entry, 12);
    return (struct ico_part){at, at + (ptrdiff_t)le32(entry, 8)};
}

/* The entry with the very same picture, which is entry i itself where none before it has. */
static uint32_t ico_first(str bytes, uint32_t i)
{
    struct ico_part part = ico_part(bytes, i);
    for (uint32_t other = 0; other < i; other++) {
        struct ico_part before = ico_part(bytes, other);
        if (before.at == part.at && before.end == part.end) return other;
    }
    return i;
}

/* Pictures may be shared, but not lie in one another: cleaning one would damage the other, and they could be
 * many times as large as the file. */
static bool ico_overlaps(str bytes, uint32_t count, uint32_t i)
{
    struct ico_part part = ico_part(bytes, i);
    if (part.end > part.at && part.at < ICO_HEADER + (ptrdiff_t)count * ICO_ENTRY) return true;
    for (uint32_t other = 0; other < i; other++) {
        struct ico_part before = ico_part(bytes, other);
        bool same = before.at == part.at && before.end == part.end;
        if (!same && before.at < part.end && part.at < before.end) return true;
    }
    return false;
}

bool ico_probe(struct image_source *source)
{
    uint32_t count = le16(source->bytes, 4);
    if (count > ICO_PICTURES_MAX) return image_fail(source, "an icon of %u pictures, above the limit of %d", count, ICO_PICTURES_MAX);
    source->info.alpha = true;
    for (uint32_t i = 0; i < count; i++) {
        str entry = ico_entry(source->bytes, i);
        int width = (int)byte_at(entry, 0), height = (int)byte_at(entry, 1);
        if (entry.len < ICO_ENTRY) return image_fail(source, "an icon that ends in its header");
        if (ico_overlaps(source->bytes, count, i)) return image_fail(source, "an icon whose pictures lie in one another");
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
    struct ico_part part = ico_part(source->bytes, i);
    str picture = str_slice(source->bytes, part.at, part.end), clean;
    char *size = icon + ICO_HEADER + (ptrdiff_t)i * ICO_ENTRY + 8;
    uint32_t first = ico_first(source->bytes, i);
    if (image_sniff(picture) != IMAGE_PNG) return true;
    if (first < i) {
        memcpy(size, icon + ICO_HEADER + (ptrdiff_t)first * ICO_ENTRY + 8, 4);
        return true;
    }
    struct image_source inner;
    if (!image_open(&inner, picture, source->limits, source->arena, source->error) || !png_clean(&inner, &clean)) return false;
    if (clean.len >= picture.len) return true;
    memset(icon + part.at, 0, (size_t)picture.len);
    memcpy(icon + part.at, clean.p, (size_t)clean.len);
    for (int b = 0; b < 4; b++) size[b] = (char)(clean.len >> (8 * b) & 0xff);
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
