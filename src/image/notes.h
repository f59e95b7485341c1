/* notes.h - what files tell beside what they show, of kinds made of many small parts (films, AVIF, HEIC).
 *
 * A kind's walker names every part that nobody needs to show the file; its probe reads these parts, its cleaning
 * overwrites them, and so the two cannot differ. */
#ifndef HUGI_IMAGE_NOTES_H
#define HUGI_IMAGE_NOTES_H

#include "image/image.h"

/* One such part with its header, within the file's bytes.  Not called for parts that were overwritten already. */
typedef void notes_found(void *data, str part);

/* A notes_found whose data is a struct image_info: the traces that words in the part speak of. */
void notes_read(void *info, str part);

/* Nothing but zeros, as cleaning leaves it. */
bool notes_blank(str bytes);

/* The copy of a file in which parts are overwritten; data of the kinds' notes_found functions. */
struct notes_copy {
    str file;
    char *clean;
};
static inline char *notes_copy_at(const struct notes_copy *copy, str part) { return copy->clean + (part.p - copy->file.p); }

#endif
