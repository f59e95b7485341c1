/* isobox_clean.c - AVIF and HEIC without EXIF, XMP and thumbnails, films without their notes.
 *
 * Everything in these files is addressed by offsets, so nothing moves: the bytes of items that are no part of the
 * picture are overwritten in place (an EXIF without entries, an XMP of blanks, thumbnails of zeros that no reference
 * leads to), and boxes that are not needed become free space. */
#include "image_format.h"
#include "isobox.h"

static void blank_item(const struct notes_copy *copy, const struct isobox_item *item)
{
    static const char empty_exif[] = "\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0";
    char *to = notes_copy_at(copy, item->bytes);
    size_t size = (size_t)item->bytes.len;
    bool exif = item->type == FOURCC('E', 'x', 'i', 'f') && !item->is_thumbnail;
    memset(to, item->type == FOURCC('m', 'i', 'm', 'e') ? ' ' : 0, size);
    if (exif && size >= sizeof empty_exif) memcpy(to, empty_exif, sizeof empty_exif);
}

/* An item of this kind is no picture to anybody, and a reference of this kind none to a thumbnail. */
static void blank_kind(void *copy, str kind)
{
    if (kind.len == 4) memcpy(notes_copy_at(copy, kind), "free", 4);
}

static bool blank_items(struct image_source *source, const struct notes_copy *copy)
{
    struct isobox_item item = {0};
    ptrdiff_t left = 2 * copy->file.len; /* pieces may overlap: a hostile file would be written many times */
    while (left >= 0 && isobox_item_next(copy->file, &item)) {
        if (item.bytes.len > 0) blank_item(copy, &item);
        left -= item.bytes.len;
    }
    if (left < 0 || isobox_is_excessive(copy->file, &item)) return image_fail(source, "too many items to find the metadata");
    isobox_each_thumbnail_kind(copy->file, &item.thumbnails, blank_kind, (void *)copy);
    return true;
}

/* Where the notes of a broken file overlap what is needed to show it, that went with them. */
static bool check_clean(struct image_source *source, str clean, str *out)
{
    struct image_source again;
    str error = {0};
    bool same = image_open(&again, clean, source->limits, source->arena, &error) && again.info.width == source->info.width &&
                again.info.height == source->info.height && again.info.frames == source->info.frames && !again.info.traces;
    if (!same) return image_fail(source, "what it says of place and owner overlaps what it shows");
    *out = str_equal(clean, source->bytes) ? source->bytes : clean;
    return true;
}

bool isobox_clean(struct image_source *source, str *out)
{
    str file = source->bytes;
    struct notes_copy copy = {file, arena_copy(source->arena, file.p, (size_t)file.len)};
    if (!blank_items(source, &copy)) return false;
    isobox_each_private(file, false, isobox_blank, &copy);
    return check_clean(source, str_of(copy.clean, file.len), out);
}

bool movie_clean(struct image_source *source, str *out)
{
    str file = source->bytes;
    if (!source->info.cleans) return image_fail(source, "a film with a track of notes, which cannot be taken out");
    struct notes_copy copy = {file, arena_copy(source->arena, file.p, (size_t)file.len)};
    isobox_each_private(file, true, isobox_blank, &copy);
    return check_clean(source, str_of(copy.clean, file.len), out);
}
