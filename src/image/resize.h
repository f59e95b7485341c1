/* resize.h - Lanczos (3 lobes) in linear light, separable, in integers. */
#ifndef HUGI_IMAGE_RESIZE_H
#define HUGI_IMAGE_RESIZE_H

#include "tone.h"

struct area {
    int x, y, width, height;
};

/* A part of a picture -> width x height pixels in sRGB. */
struct resize {
    struct area part;
    int width, height;
    struct pixels out; /* pixels_free by the caller, on failure too */
};

/* All sizes in one pass over `from`.  False when there is no room.  `out` is set of every size that came before. */
bool resize_pixels(const struct pixels *from, const struct tone *tone, struct resize *sizes, ptrdiff_t count);

#endif
