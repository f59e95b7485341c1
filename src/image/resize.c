/* resize.c - a picture made smaller, row by row.
 *
 * Source rows are taken in order: each becomes linear light and is filtered across into
 * a ring of rows of the new width.  As soon as the ring holds all rows a result row
 * reaches for, they are mixed down into one, which goes out as sRGB.  So linear light is
 * never more than the ring.  Order here: weights, ring, the loop. */
#include "resize.h"

#include <math.h>
#include <stdlib.h>

#include "resize_lanes.h"

enum { LOBES = 3 };

/* Samples behind a row that may be read (times a weight of 0) or written. */
enum { ROW_PADDING = LANES_DOWN };

static ptrdiff_t row_stride(int width) { return ((ptrdiff_t)width + ROW_PADDING + LANES_DOWN - 1) / LANES_DOWN * LANES_DOWN; }

/* For each result sample: where its source samples start and their weights. */
struct filter {
    int count; /* result samples; more that repeat the last fill the last group */
    int taps; /* weights of each, padded with zeros to a multiple of LANES_TAPS */
    int *starts;
    int16_t *weights;
};

static double lanczos(double x)
{
    const double pi = 3.14159265358979323846;
    if (x < 0) x = -x;
    if (x < 1e-9) return 1;
    if (x >= LOBES) return 0;
    double wide = sin(pi * x / LOBES), narrow = wide * (3 - 4 * wide * wide); /* sin(pi * x): of three times the angle */
    return LOBES * narrow * wide / (pi * pi * x * x);
}

/* The weights of one result sample; they sum to exactly 1.  What would lie
 * outside the picture is left out, and the rest weighs more. */
static void fill_weights(double center, double scale, int first, int last, int16_t *weights, double *exact)
{
    double sum = 0;
    int count = last - first + 1, left = WEIGHT_ONE, largest = 0;
    for (int i = 0; i < count; i++) sum += exact[i] = lanczos((first + i - center) / scale);
    for (int i = 0; i < count; i++) {
        weights[i] = (int16_t)lround(exact[i] / sum * WEIGHT_ONE);
        left -= weights[i];
        if (weights[i] > weights[largest]) largest = i;
    }
    weights[largest] = (int16_t)(weights[largest] + left);
}

static void filter_alloc(struct filter *filter, int to, int taps)
{
    size_t count = (size_t)to + LANES_ACROSS - 1, size = count * (size_t)taps;
    filter->count = to;
    filter->taps = taps;
    filter->starts = memory_alloc(count * sizeof *filter->starts);
    filter->weights = memory_alloc(size * sizeof *filter->weights);
    memset(filter->weights, 0, size * sizeof *filter->weights);
}

static void filter_init(struct filter *filter, int from, int to)
{
    double ratio = (double)from / to, scale = ratio > 1 ? ratio : 1, reach = LOBES * scale;
    int taps = (int)(2 * reach) + 1;
    if (taps > from) taps = from;
    taps = (taps + LANES_TAPS - 1) / LANES_TAPS * LANES_TAPS;
    filter_alloc(filter, to, taps);
    double *exact = memory_alloc(((size_t)taps + 1) * sizeof *exact);
    for (int i = 0; i < to + LANES_ACROSS - 1; i++) {
        double center = ((i < to ? i : to - 1) + 0.5) * ratio - 0.5;
        int first = (int)ceil(center - reach), last = (int)floor(center + reach);
        if (first < 0) first = 0;
        if (last > from - 1) last = from - 1;
        /* So that all taps lie within the row, or few behind it. */
        int start = first + taps > from ? from - taps : first;
        if (start < 0) start = 0;
        filter->starts[i] = start;
        fill_weights(center, scale, first, last, filter->weights + (ptrdiff_t)i * taps + (first - start), exact);
    }
    free(exact);
}

static void filter_free(struct filter *filter)
{
    free(filter->starts);
    free(filter->weights);
}

struct resizer {
    const struct pixels *from;
    const struct tone *tone;
    struct area part;
    struct pixels *out;
    const struct lanes *lanes;
    struct filter horizontal, vertical;
    ptrdiff_t stride; /* of a plane of the new width */
    int16_t *linear; /* one source row */
    int16_t *mixed; /* one result row */
    int16_t *ring; /* ring_rows rows of the new width */
    int ring_rows;
    int filled; /* source rows that went into the ring so far */
    const int16_t **rows; /* of one result row */
};

static int16_t *ring_row(const struct resizer *resizer, int y)
{
    return resizer->ring + (y % resizer->ring_rows) * resizer->out->channels * resizer->stride;
}

/* Source row y of the part, across into the ring. */
static void take_row(struct resizer *resizer, int y)
{
    const struct pixels *from = resizer->from;
    const struct filter *filter = &resizer->horizontal;
    ptrdiff_t stride = row_stride(resizer->part.width);
    const unsigned char *row = pixels_row(from, resizer->part.y + y) + (ptrdiff_t)resizer->part.x * from->channels;
    tone_decode_row(resizer->tone, row, resizer->part.width, from->channels, resizer->linear, stride);
    for (int plane = 0; plane < from->channels; plane++)
        resizer->lanes->across(resizer->linear + plane * stride, filter->starts, filter->weights, filter->taps, filter->count,
                               ring_row(resizer, y) + plane * resizer->stride);
}

/* Result row y out of its rows in the ring. */
static void make_row(struct resizer *resizer, int y)
{
    const struct filter *filter = &resizer->vertical;
    const int16_t *weights = filter->weights + (ptrdiff_t)y * filter->taps;
    int first = filter->starts[y], count = filter->taps, channels = resizer->out->channels;
    while (count > 2 && weights[count - 1] == 0 && weights[count - 2] == 0) count -= 2;
    int end = first + count < resizer->part.height ? first + count : resizer->part.height;
    while (resizer->filled < end) take_row(resizer, resizer->filled++);
    for (int i = 0; i < count; i++) resizer->rows[i] = ring_row(resizer, first + i < end ? first + i : end - 1);
    resizer->lanes->down(resizer->rows, weights, count, channels * resizer->stride, resizer->mixed);
    tone_encode_row(resizer->tone, resizer->mixed, resizer->stride, resizer->out->width, channels, pixels_row(resizer->out, y));
}

/* Zeroed, because padding is read. */
static int16_t *samples_alloc(size_t count)
{
    int16_t *samples = memory_alloc((count + ROW_PADDING) * sizeof *samples);
    memset(samples, 0, (count + ROW_PADDING) * sizeof *samples);
    return samples;
}

static void resizer_init(struct resizer *resizer)
{
    const struct pixels *out = resizer->out;
    size_t channels = (size_t)out->channels;
    resizer->lanes = lanes_choose();
    filter_init(&resizer->horizontal, resizer->part.width, out->width);
    filter_init(&resizer->vertical, resizer->part.height, out->height);
    resizer->stride = row_stride(out->width);
    resizer->ring_rows = resizer->vertical.taps;
    size_t row = channels * (size_t)resizer->stride;
    resizer->linear = samples_alloc(channels * (size_t)row_stride(resizer->part.width));
    resizer->mixed = samples_alloc(row);
    resizer->ring = samples_alloc(row * (size_t)resizer->ring_rows);
    resizer->rows = memory_alloc((size_t)resizer->vertical.taps * sizeof *resizer->rows);
}

static void resizer_free(struct resizer *resizer)
{
    filter_free(&resizer->horizontal);
    filter_free(&resizer->vertical);
    free(resizer->linear);
    free(resizer->mixed);
    free(resizer->ring);
    free((void *)resizer->rows);
}

bool resize_pixels(const struct pixels *from, const struct tone *tone, struct area part, int width, int height,
                   struct pixels *out)
{
    struct resizer resizer = {.from = from, .tone = tone, .part = part, .out = out};
    *out = (struct pixels){0};
    if (!pixels_alloc(out, width, height, from->channels)) return false;
    resizer_init(&resizer);
    for (int y = 0; y < height; y++) make_row(&resizer, y);
    resizer_free(&resizer);
    return true;
}
