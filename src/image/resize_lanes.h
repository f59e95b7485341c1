/* resize_lanes.h - the two inner loops of resizing, over whole rows, in integers:
 * AVX2, SSE2 and plain C give the same bits, so that a site comes out the
 * same on every machine. */
#ifndef HUGI_IMAGE_RESIZE_LANES_H
#define HUGI_IMAGE_RESIZE_LANES_H

#include <stddef.h>
#include <stdint.h>

/* Weights are int16 with 1.0 = WEIGHT_ONE. */
enum { WEIGHT_BITS = 14, WEIGHT_ONE = 1 << WEIGHT_BITS };

enum {
    LANES_TAPS = 8, /* taps are a multiple of this */
    LANES_ACROSS = 8, /* so many results are made at a time */
    LANES_DOWN = 16, /* so many columns are mixed at a time */
};

struct lanes {
    /* out[x] = sum over taps of in[starts[x] + i] * weights[x * taps + i], for x < count,
     * rounded up to LANES_ACROSS. */
    void (*across)(const int16_t *in, const int *starts, const int16_t *weights, int taps, int count, int16_t *out);
    /* out[x] = sum over rows of rows[i][x] * weights[i], for x < columns, a
     * multiple of LANES_DOWN; `count` is even. */
    void (*down)(const int16_t *const *rows, const int16_t *weights, int count, ptrdiff_t columns, int16_t *out);
};

/* The fastest that this processor runs. */
const struct lanes *lanes_choose(void);

/* Plain C, for comparing. */
const struct lanes *lanes_plain(void);

#endif
