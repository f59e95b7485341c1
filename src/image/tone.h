/* tone.h - between stored samples and linear light, where averages of pixels are right.
 *
 * In linear light a row is planes of int16, one after the other (gray; gray,
 * alpha; red, green, blue; ... alpha), colours premultiplied, 1.0 = LINEAR_ONE,
 * which leaves room on both sides for the overshoot of a sharp filter. */
#ifndef HUGI_IMAGE_TONE_H
#define HUGI_IMAGE_TONE_H

#include "pixels.h"

enum { LINEAR_ONE = 24576 };

struct tone {
    int16_t to_linear[3][256]; /* by the picture's profile */
    unsigned char to_srgb[1 << 15]; /* by (sample >> 1) + 16384: no clamping needed */
    bool mixes; /* the matrix is not the identity */
    int matrix[3][3]; /* the profile's primaries to sRGB's; 1.0 = 16384 */
};

/* sRGB in, sRGB out. */
void tone_init(struct tone *tone);

/* One row of stored pixels -> planes, `stride` samples from one to the next. */
void tone_decode_row(const struct tone *tone, const unsigned char *row, int width, int channels, int16_t *planes,
                     ptrdiff_t stride);

/* Planes -> one row of sRGB pixels.  The planes are changed (the profile's
 * primaries become sRGB's). */
void tone_encode_row(const struct tone *tone, int16_t *planes, ptrdiff_t stride, int width, int channels, unsigned char *row);

#endif
