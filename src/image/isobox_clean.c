/* isobox_clean.c - AVIF and HEIC without EXIF and XMP, films without their notes.
 *
 * Everything in these files is addressed by offsets, so nothing moves: the
 * bytes of metadata items are overwritten in place (an EXIF without entries, an XMP of
 * blanks), and boxes of private or user data become free space. */
#include "image_format.h"
#include "isobox.h"

static void blank_item(char *clean, str file, const struct isobox_item *item)
{
    static const char empty_exif[] = "\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0";
    char *to = clean + (item->bytes.p - file.p);
    size_t size = (size_t)item->bytes.len;
    bool exif = item->type == FOURCC('E', 'x', 'i', 'f');
    memset(to, exif ? 0 : ' ', size);
    if (exif && size >= sizeof empty_exif) memcpy(to, empty_exif, sizeof empty_exif);
}

static bool is_private(uint32_t type)
{
    return type == FOURCC('u', 'u', 'i', 'd') || type == FOURCC('u', 'd', 't', 'a') || type == FOURCC('f', 'r', 'e', 'e') ||
           type == FOURCC('s', 'k', 'i', 'p');
}

static void blank_box(char *clean, str file, const struct isobox *box)
{
    memcpy(clean + (box->all.p - file.p) + 4, "free", 4);
    memset(clean + (box->data.p - file.p), 0, (size_t)box->data.len);
}

static bool has_children(uint32_t type)
{
    return type == FOURCC('m', 'o', 'o', 'v') || type == FOURCC('t', 'r', 'a', 'k') || type == FOURCC('m', 'o', 'o', 'f') ||
           type == FOURCC('t', 'r', 'a', 'f');
}

/* `level` 0 is the file, 1 the inside of "moov", 2 that of its tracks.  A "meta" box holds a still
 * picture's structure at level 0, and notes everywhere else. */
static void blank_boxes(char *clean, str file, str boxes, int level)
{
    struct isobox box;
    for (ptrdiff_t at = 0; isobox_next(boxes, &at, &box);) {
        if (is_private(box.type) || (level > 0 && box.type == FOURCC('m', 'e', 't', 'a'))) {
            blank_box(clean, file, &box);
        } else if (level < 2 && has_children(box.type)) {
            blank_boxes(clean, file, box.data, level + 1);
        }
    }
}

bool isobox_clean(struct image_source *source, str *out)
{
    str file = source->bytes;
    char *clean = arena_copy(source->arena, file.p, (size_t)file.len);
    struct isobox_item item = {0};
    while (isobox_metadata_next(file, &item))
        if (item.bytes.len > 0) blank_item(clean, file, &item);
    if (isobox_is_excessive(file, &item)) return image_fail(source, "too many items to find the metadata");
    blank_boxes(clean, file, file, 0);
    *out = str_of(clean, file.len);
    if (str_equal(*out, file)) *out = file;
    return true;
}

/* The meta box at the file's own level goes too: a film is not made of items. */
bool movie_clean(struct image_source *source, str *out)
{
    str file = source->bytes;
    if (!source->info.cleans) return image_fail(source, "a film with a track of notes, which cannot be taken out");
    char *clean = arena_copy(source->arena, file.p, (size_t)file.len);
    struct isobox box;
    blank_boxes(clean, file, file, 0);
    for (ptrdiff_t at = 0; isobox_next(file, &at, &box);)
        if (box.type == FOURCC('m', 'e', 't', 'a')) blank_box(clean, file, &box);
    *out = str_of(clean, file.len);
    if (str_equal(*out, file)) *out = file;
    return true;
}
