/* isobox.h - the boxes of an ISO media file (AVIF, HEIC) and its metadata items. */
#ifndef HUGI_IMAGE_ISOBOX_H
#define HUGI_IMAGE_ISOBOX_H

#include "image_bytes.h"

struct isobox {
    uint32_t type; /* FOURCC */
    str all;
    str data; /* behind size and type */
};

/* The box at *at, which moves behind it; false at the end of `bytes` or where
 * no box can stand. */
bool isobox_next(str bytes, ptrdiff_t *at, struct isobox *out);

/* The first box of that type, or an empty str. */
str isobox_find(str bytes, uint32_t type);

/* The children of the file's "meta" box. */
str isobox_meta(str file);

/* A real file has two metadata items of one piece each. */
enum { ISOBOX_PIECES_MAX = 64, ISOBOX_ITEMS_MAX = 4096 };

/* The bytes of every Exif and XMP item, an item's pieces one by one.  Start
 * with {0}; false behind the last, and behind ISOBOX_PIECES_MAX. */
struct isobox_item {
    int pieces; /* found so far */
    uint32_t entry, extent; /* where to go on */
    uint32_t type; /* 'Exif' or 'mime' */
    str bytes;
};
bool isobox_metadata_next(str file, struct isobox_item *item);

/* More items than hugi looks at: metadata may be among them. */
bool isobox_is_excessive(str file, const struct isobox_item *last);

#endif
