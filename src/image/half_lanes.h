/* half_lanes.h - the two inner loops of making a plane of 8-bit samples half as wide and half as high, each
 * result from the middle between two samples; SSE2 and plain C give the same bits. */
#ifndef HUGI_IMAGE_HALF_LANES_H
#define HUGI_IMAGE_HALF_LANES_H

#include <stddef.h>
#include <stdint.h>

enum {
    HALF_TAPS = 12, /* weights of a result; they are the same from both ends */
    HALF_BEFORE = HALF_TAPS / 2 - 1, /* result x is made of samples 2x - HALF_BEFORE and on */
    HALF_COLUMNS = 16, /* so many results are made at a time */
};

struct half_lanes {
    /* out[x] = 64 times the weighted sum of rows[i][x], for x < columns, rounded up to HALF_COLUMNS. */
    void (*down)(const unsigned char *const rows[HALF_TAPS], ptrdiff_t columns, int16_t *out);
    /* out[x] = a 64th of the weighted sum of in[2x] to in[2x + HALF_TAPS - 1], as 0 to 255, likewise. */
    void (*across)(const int16_t *in, ptrdiff_t columns, unsigned char *out);
};

/* The fastest that this processor runs. */
const struct half_lanes *half_lanes_choose(void);

/* Plain C, for comparing. */
const struct half_lanes *half_lanes_plain(void);

#endif
