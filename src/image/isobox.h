/* isobox.h - the boxes of an ISO media file (AVIF, HEIC, films) and a picture's metadata items. */
#ifndef HUGI_IMAGE_ISOBOX_H
#define HUGI_IMAGE_ISOBOX_H

#include "image_bytes.h"
#include "notes.h"

struct isobox {
    uint32_t type; /* FOURCC */
    str all;
    str data; /* behind size and type */
};

/* The box at *at, which moves behind it; false at the end of `bytes` or where
 * no box can stand. */
bool isobox_next(str bytes, ptrdiff_t *at, struct isobox *out);

/* The first box of that type, or an empty str.  Not looked for behind so many boxes as no file has. */
enum { ISOBOX_FIND_MAX = 1 << 16 };
str isobox_find(str bytes, uint32_t type);

/* The children of the file's "meta" box. */
str isobox_meta(str file);

/* A real file has two metadata items of one piece each, and one thumbnail for each picture. */
enum { ISOBOX_PIECES_MAX = 256, ISOBOX_ITEMS_MAX = 4096, ISOBOX_THUMBNAILS_MAX = 256 };

/* Items that are small copies of others, with their tiles and masks; the primary item and what it is made of are not. */
struct isobox_thumbnails {
    uint32_t ids[ISOBOX_THUMBNAILS_MAX];
    int count;
    bool too_many; /* of references or thumbnails: there may be others */
};
bool isobox_is_thumbnail(const struct isobox_thumbnails *thumbnails, uint32_t id);
void isobox_find_thumbnails(str meta, struct isobox_thumbnails *out);

/* The box "iref", and the reference at *at within, which moves behind it; start with 0. */
str isobox_references(str meta);
struct isobox_reference {
    uint32_t type, from;
    str kind; /* the four bytes of its type */
    str to; /* numbers of items */
    int id_size;
};
bool isobox_reference_next(str iref, ptrdiff_t *at, struct isobox_reference *out);

/* The bytes of every item that is no part of the picture - Exif, XMP, thumbnails, kinds unknown -, an item's pieces
 * one by one.  Start with {0}; false behind the last, and behind ISOBOX_PIECES_MAX. */
struct isobox_item {
    int pieces; /* found so far */
    uint32_t entry, extent; /* where to go on */
    uint32_t type; /* 'Exif', 'mime' ... */
    bool is_thumbnail;
    str bytes;
    struct isobox_thumbnails thumbnails; /* of the file */
    bool looked;
};
bool isobox_item_next(str file, struct isobox_item *item);

/* More items than hugi looks at: metadata may be among them. */
bool isobox_is_excessive(str file, const struct isobox_item *last);

/* Calls `tell` for each reference from a thumbnail to its picture (a box in "iref") and each entry of a thumbnail
 * in "iinf", with where the four bytes of its kind stand. */
void isobox_each_thumbnail_kind(str file, const struct isobox_thumbnails *thumbnails, notes_found *tell, void *data);

/* Calls `found` for each box that is not needed to show the file (isobox_private.c). */
void isobox_each_private(str file, bool film, notes_found *found, void *data);

/* A notes_found whose data is a struct notes_copy: the box becomes free space. */
void isobox_blank(void *copy, str part);

#endif
