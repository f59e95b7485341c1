/* resize.h - Lanczos (3 lobes) in linear light, separable, in integers. */
#ifndef HUGI_IMAGE_RESIZE_H
#define HUGI_IMAGE_RESIZE_H

#include "tone.h"

struct area {
    int x, y, width, height;
};

/* A part of `from` -> width x height pixels in sRGB.  False when there is no room. */
bool resize_pixels(const struct pixels *from, const struct tone *tone, struct area part, int width, int height,
                   struct pixels *out);

#endif
