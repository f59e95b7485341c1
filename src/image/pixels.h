/* pixels.h - a decoded picture: rows of 8-bit samples in malloc'd memory. */
#ifndef HUGI_IMAGE_PIXELS_H
#define HUGI_IMAGE_PIXELS_H

#include "base/str.h"

struct pixels {
    int width, height;
    int channels; /* 1 gray, 2 gray + alpha, 3 RGB, 4 RGB + alpha (not premultiplied) */
    unsigned char *data; /* width * channels bytes a row, no padding */
    str profile; /* the ICC profile they are in, in the source's arena; empty: sRGB */
    bool wide; /* without a profile: primaries are Display P3's and not sRGB's */
    double gamma; /* decoding exponent of a PNG without a profile; 0: sRGB */
    const char *damage; /* why a part is missing, or NULL */
};

/* The most bytes of pixels and decoder working memory for one picture: 512 MiB. */
#define PIXELS_MEMORY_MAX ((int64_t)512 << 20)

/* Takes memory; false when width * height * channels is above PIXELS_MEMORY_MAX. */
bool pixels_alloc(struct pixels *pixels, int width, int height, int channels);
void pixels_free(struct pixels *pixels);

static inline bool pixels_alpha(const struct pixels *pixels) { return pixels->channels % 2 == 0; }
static inline unsigned char *pixels_row(const struct pixels *pixels, int y)
{
    return pixels->data + (size_t)y * (size_t)pixels->width * (size_t)pixels->channels;
}

/* Drops a channel of alpha that is opaque everywhere, and colour where all is
 * gray: smaller files, and fewer planes to resize. */
void pixels_simplify(struct pixels *pixels);

/* Mostly areas of one colour, as in screenshots, charts and drawings: worth trying without loss, and with
 * colours at full size where there is loss.  Photos are not, however dark their sky. */
bool pixels_drawn(const struct pixels *pixels);

/* Gray as RGB, with its alpha, for encoders that know no gray.  `rgb` is new and the caller's. */
bool pixels_widen(const struct pixels *gray, struct pixels *rgb);

/* On white, for formats without alpha. */
void pixels_flatten(struct pixels *pixels);

/* Turns `width` x `height` elements of `size` bytes (1 to 4) by an EXIF orientation from
 * `from` into `to`; 5 to 8 swap width and height. */
void orient_elements(const void *from, void *to, int width, int height, size_t size, int orientation);
bool pixels_orient(struct pixels *pixels, int orientation);

static inline bool orientation_swaps(int orientation) { return orientation >= 5; }

#endif
