/* resize.c - a picture made smaller, in several sizes at once, row by row.
 *
 * Source rows are taken in order and become linear light once.  For each size a row is filtered across into a ring
 * of rows of the new width; as soon as the ring holds all rows a result row reaches for, they are mixed down into
 * one, which goes out as sRGB.  So linear light is never more than a row and the rings.
 * Order here: weights, ring, the loop. */
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
    const struct tone *tone;
    struct area part;
    struct pixels *out;
    const struct lanes *lanes;
    struct filter horizontal, vertical;
    ptrdiff_t stride; /* of a plane of the new width */
    int16_t *mixed; /* one result row */
    int16_t *ring; /* ring_rows rows of the new width */
    int ring_rows;
    int filled; /* rows of the part that went into the ring so far */
    int made; /* result rows */
    const int16_t **rows; /* of one result row */
};

static int16_t *ring_row(const struct resizer *resizer, int y)
{
    return resizer->ring + (y % resizer->ring_rows) * resizer->out->channels * resizer->stride;
}

/* How many weights of result row y count: at its end there may be padding. */
static int count_weights(const struct filter *filter, int y)
{
    const int16_t *weights = filter->weights + (ptrdiff_t)y * filter->taps;
    int count = filter->taps;
    while (count > 2 && weights[count - 1] == 0 && weights[count - 2] == 0) count -= 2;
    return count;
}

/* Result row y out of its rows in the ring; the last row stands for those behind the end. */
static void make_row(struct resizer *resizer, int y)
{
    const struct filter *filter = &resizer->vertical;
    int first = filter->starts[y], count = count_weights(filter, y), channels = resizer->out->channels;
    for (int i = 0; i < count; i++)
        resizer->rows[i] = ring_row(resizer, first + i < resizer->filled ? first + i : resizer->filled - 1);
    resizer->lanes->down(resizer->rows, filter->weights + (ptrdiff_t)y * filter->taps, count, channels * resizer->stride, resizer->mixed);
    tone_encode_row(resizer->tone, resizer->mixed, resizer->stride, resizer->out->width, channels, pixels_row(resizer->out, y));
}

static bool is_ready(const struct resizer *resizer, int y)
{
    return resizer->filled == resizer->part.height ||
           resizer->filled >= resizer->vertical.starts[y] + count_weights(&resizer->vertical, y);
}

/* A source row in linear light, across into the ring; and the result rows that only waited for it. */
static void take_row(struct resizer *resizer, const int16_t *linear, ptrdiff_t stride)
{
    const struct filter *filter = &resizer->horizontal;
    for (int plane = 0; plane < resizer->out->channels; plane++)
        resizer->lanes->across(linear + plane * stride + resizer->part.x, filter->starts, filter->weights, filter->taps, filter->count,
                               ring_row(resizer, resizer->filled) + plane * resizer->stride);
    resizer->filled++;
    while (resizer->made < resizer->out->height && is_ready(resizer, resizer->made)) make_row(resizer, resizer->made++);
}

/* Zeroed, because padding is read. */
static int16_t *samples_alloc(size_t count)
{
    int16_t *samples = memory_alloc((count + ROW_PADDING) * sizeof *samples);
    memset(samples, 0, (count + ROW_PADDING) * sizeof *samples);
    return samples;
}

static bool resizer_init(struct resizer *resizer, struct resize *size, const struct tone *tone, int channels)
{
    *resizer = (struct resizer){.tone = tone, .part = size->part, .out = &size->out, .lanes = lanes_choose()};
    size->out = (struct pixels){0};
    if (!pixels_alloc(&size->out, size->width, size->height, channels)) return false;
    filter_init(&resizer->horizontal, size->part.width, size->width);
    filter_init(&resizer->vertical, size->part.height, size->height);
    resizer->stride = row_stride(size->width);
    resizer->ring_rows = resizer->vertical.taps;
    size_t row = (size_t)channels * (size_t)resizer->stride;
    resizer->mixed = samples_alloc(row);
    resizer->ring = samples_alloc(row * (size_t)resizer->ring_rows);
    resizer->rows = memory_alloc((size_t)resizer->vertical.taps * sizeof *resizer->rows);
    return true;
}

static void resizer_free(struct resizer *resizer)
{
    filter_free(&resizer->horizontal);
    filter_free(&resizer->vertical);
    free(resizer->mixed);
    free(resizer->ring);
    free((void *)resizer->rows);
}

static void take_all_rows(const struct pixels *from, const struct tone *tone, struct resizer *resizers, ptrdiff_t count)
{
    ptrdiff_t stride = row_stride(from->width);
    int16_t *linear = samples_alloc((size_t)from->channels * (size_t)stride);
    for (int y = 0; y < from->height; y++) {
        tone_decode_row(tone, pixels_row(from, y), from->width, from->channels, linear, stride);
        for (ptrdiff_t i = 0; i < count; i++) {
            const struct area *part = &resizers[i].part;
            if (y >= part->y && y < part->y + part->height) take_row(&resizers[i], linear, stride);
        }
    }
    free(linear);
}

bool resize_pixels(const struct pixels *from, const struct tone *tone, struct resize *sizes, ptrdiff_t count)
{
    struct resizer *resizers = memory_alloc(((size_t)count + 1) * sizeof *resizers);
    bool ok = true;
    ptrdiff_t ready = 0;
    while (ok && ready < count) ok = resizer_init(&resizers[ready], &sizes[ready], tone, from->channels), ready++;
    if (ok && count) take_all_rows(from, tone, resizers, count);
    for (ptrdiff_t i = 0; i < ready; i++) resizer_free(&resizers[i]);
    free(resizers);
    return ok;
}
