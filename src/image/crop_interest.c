/* crop_interest.c - see the header.
 *
 * Some 256 x 256 samples of the picture are looked at, however large it is: for each column
 * (or row) how much of it is edges and strong colours, and then where a window holds the most. */
#include "crop_interest.h"

#include <stdlib.h>

enum { SAMPLES = 256, EDGE_WEIGHT = 4 };

static const unsigned char *pixel_at(const struct pixels *pixels, int x, int y)
{
    if (x >= pixels->width) x = pixels->width - 1;
    if (y >= pixels->height) y = pixels->height - 1;
    return pixels_row(pixels, y) + (ptrdiff_t)x * pixels->channels;
}

static int luma(const unsigned char *p, int channels) { return channels < 3 ? p[0] : (2 * p[0] + 5 * p[1] + p[2]) / 8; }

static int saturation(const unsigned char *p, int channels)
{
    int low = p[0], high = p[0];
    for (int c = 1; c < 3 && channels >= 3; c++) {
        if (p[c] < low) low = p[c];
        if (p[c] > high) high = p[c];
    }
    return high - low;
}

static int interest_at(const struct pixels *pixels, int x, int y, int step)
{
    int channels = pixels->channels;
    const unsigned char *here = pixel_at(pixels, x, y);
    if (pixels_alpha(pixels) && here[channels - 1] == 0) return 0;
    int light = luma(here, channels);
    int edges = abs(luma(pixel_at(pixels, x + step, y), channels) - light) + abs(luma(pixel_at(pixels, x, y + step), channels) - light);
    return EDGE_WEIGHT * edges + saturation(here, channels);
}

/* sums[i]: the interest of all columns (or rows) before the i-th sample. */
static int sum_interest(const struct pixels *pixels, bool across, int step, int64_t sums[SAMPLES + 1])
{
    int count = (across ? pixels->width : pixels->height) / step, side = across ? pixels->height : pixels->width;
    sums[0] = 0;
    for (int i = 0; i < count; i++) {
        sums[i + 1] = sums[i];
        for (int k = 0; k < side; k += step)
            sums[i + 1] += across ? interest_at(pixels, i * step, k, step) : interest_at(pixels, k, i * step, step);
    }
    return count;
}

struct area crop_interest(const struct pixels *pixels, struct area part)
{
    bool across = part.width < pixels->width;
    int length = across ? pixels->width : pixels->height, window = across ? part.width : part.height;
    int longest = pixels->width > pixels->height ? pixels->width : pixels->height;
    int step = (longest + SAMPLES - 1) / SAMPLES;
    int64_t sums[SAMPLES + 1];
    int count = sum_interest(pixels, across, step, sums), size = window / step, middle = (count - size) / 2, best = middle;
    for (int away = 1; away <= count - size; away++)
        for (int side = -1; side <= 1; side += 2) {
            int i = middle + side * away;
            if (i >= 0 && i + size <= count && sums[i + size] - sums[i] > sums[best + size] - sums[best]) best = i;
        }
    int start = best == middle ? (length - window) / 2 : best * step;
    if (start > length - window) start = length - window;
    if (across)
        part.x = start;
    else
        part.y = start;
    return part;
}
