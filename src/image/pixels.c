/* pixels.c - memory, transparency and turning of decoded pictures. */
#include "pixels.h"

#include <stdlib.h>

bool pixels_alloc(struct pixels *pixels, int width, int height, int channels)
{
    if (width <= 0 || height <= 0) return false;
    int64_t area = (int64_t)width * height; /* both below 2^31: no overflow */
    if (area > PIXELS_MEMORY_MAX / channels) return false;
    pixels->width = width;
    pixels->height = height;
    pixels->channels = channels;
    pixels->data = memory_alloc((size_t)(area * channels));
    return true;
}

void pixels_free(struct pixels *pixels)
{
    free(pixels->data);
    pixels->data = NULL;
}

static size_t pixels_count(const struct pixels *pixels) { return (size_t)pixels->width * (size_t)pixels->height; }

static bool is_opaque(const struct pixels *pixels)
{
    size_t channels = (size_t)pixels->channels;
    const unsigned char *end = pixels->data + pixels_count(pixels) * channels;
    for (const unsigned char *p = pixels->data + channels - 1; p < end; p += channels)
        if (*p != 255) return false;
    return true;
}

static bool is_gray(const struct pixels *pixels)
{
    size_t channels = (size_t)pixels->channels;
    const unsigned char *end = pixels->data + pixels_count(pixels) * channels;
    for (const unsigned char *p = pixels->data; p < end; p += channels)
        if (p[0] != p[1] || p[1] != p[2]) return false;
    return true;
}

/* In place: every new pixel lies at or before the old one. */
static void keep_channels(struct pixels *pixels, int channels, bool alpha)
{
    size_t from = (size_t)pixels->channels, to = (size_t)channels, count = pixels_count(pixels);
    const unsigned char *in = pixels->data;
    unsigned char *out = pixels->data;
    for (size_t i = 0; i < count; i++, in += from, out += to) {
        unsigned char last = in[from - 1];
        memmove(out, in, to);
        if (alpha) out[to - 1] = last;
    }
    pixels->channels = channels;
}

void pixels_simplify(struct pixels *pixels)
{
    if (pixels_alpha(pixels) && is_opaque(pixels)) keep_channels(pixels, pixels->channels - 1, false);
    /* A gray picture with an RGB profile would need that profile's matrix. */
    if (pixels->channels >= 3 && pixels->profile.len == 0 && is_gray(pixels))
        keep_channels(pixels, pixels->channels - 2, pixels_alpha(pixels));
}

void pixels_flatten(struct pixels *pixels)
{
    if (!pixels_alpha(pixels)) return;
    size_t channels = (size_t)pixels->channels;
    unsigned char *end = pixels->data + pixels_count(pixels) * channels;
    for (unsigned char *p = pixels->data; p < end; p += channels) {
        int alpha = p[channels - 1];
        for (size_t c = 0; c + 1 < channels; c++) p[c] = (unsigned char)((p[c] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
    keep_channels(pixels, pixels->channels - 1, false);
}

/* How many of a row's pixels are like the one before or above them.  `channels` is a constant in every caller. */
static inline int64_t count_alike(const struct pixels *pixels, int y, size_t channels)
{
    const unsigned char *row = pixels_row(pixels, y), *above = pixels_row(pixels, y - 1);
    size_t stride = (size_t)pixels->width * channels;
    int64_t alike = 0;
    for (size_t x = channels; x < stride; x += channels)
        alike += memcmp(row + x, row + x - channels, channels) == 0 || memcmp(row + x, above + x, channels) == 0;
    return alike;
}

/* Measured: of screenshots 0.9 of all pixels and more are alike, in smaller sizes too; of photographs
 * 0.01 to 0.3; of a window before a wallpaper 0.7.  Every eighth row tells. */
bool pixels_drawn(const struct pixels *pixels)
{
    int64_t alike = 0, looked_at = 0;
    for (int y = 1; y < pixels->height; y += 8, looked_at += pixels->width)
        switch (pixels->channels) {
        case 1: alike += count_alike(pixels, y, 1); break;
        case 2: alike += count_alike(pixels, y, 2); break;
        case 3: alike += count_alike(pixels, y, 3); break;
        default: alike += count_alike(pixels, y, 4); break;
        }
    return 2 * alike >= looked_at;
}

bool pixels_widen(const struct pixels *gray, struct pixels *rgb)
{
    if (!pixels_alloc(rgb, gray->width, gray->height, gray->channels + 2)) return false;
    size_t count = (size_t)gray->width * (size_t)gray->height;
    const unsigned char *in = gray->data;
    unsigned char *out = rgb->data;
    for (size_t i = 0; i < count; i++, in += gray->channels, out += rgb->channels) {
        out[0] = out[1] = out[2] = in[0];
        if (gray->channels == 2) out[3] = in[1];
    }
    return true;
}

/* Where the element of the upright picture at (0,0) lies in the stored one,
 * and how far one step right or down moves there. */
struct turn {
    ptrdiff_t start, right, down;
};

static struct turn turn_of(int orientation, ptrdiff_t width, ptrdiff_t height)
{
    ptrdiff_t last = width * (height - 1);
    switch (orientation) {
    case 2: return (struct turn){width - 1, -1, width};
    case 3: return (struct turn){last + width - 1, -1, -width};
    case 4: return (struct turn){last, 1, -width};
    case 5: return (struct turn){0, width, 1};
    case 6: return (struct turn){last, -width, 1};
    case 7: return (struct turn){last + width - 1, -width, -1};
    case 8: return (struct turn){width - 1, width, -1};
    default: return (struct turn){0, 1, width};
    }
}

/* Tiles of 32 x 32 keep both sides of a quarter turn in the cache. */
enum { TILE = 32 };

/* `size` is a constant in every caller, so that memcpy becomes one move. */
static inline void turn_tiles(const unsigned char *from, unsigned char *to, ptrdiff_t width, ptrdiff_t height, struct turn turn,
                              size_t size)
{
    ptrdiff_t step = (ptrdiff_t)size;
    for (ptrdiff_t top = 0; top < height; top += TILE)
        for (ptrdiff_t left = 0; left < width; left += TILE)
            for (ptrdiff_t y = top; y < height && y < top + TILE; y++) {
                const unsigned char *in = from + (turn.start + y * turn.down + left * turn.right) * step;
                unsigned char *out = to + (y * width + left) * step;
                ptrdiff_t count = width - left < TILE ? width - left : TILE;
                for (ptrdiff_t x = 0; x < count; x++, out += step) memcpy(out, in + x * turn.right * step, size);
            }
}

void orient_elements(const void *from, void *to, int width, int height, size_t size, int orientation)
{
    struct turn turn = turn_of(orientation, width, height);
    ptrdiff_t w = orientation_swaps(orientation) ? height : width;
    ptrdiff_t h = orientation_swaps(orientation) ? width : height;
    switch (size) {
    case 1: turn_tiles(from, to, w, h, turn, 1); break;
    case 2: turn_tiles(from, to, w, h, turn, 2); break;
    case 3: turn_tiles(from, to, w, h, turn, 3); break;
    default: turn_tiles(from, to, w, h, turn, 4); break;
    }
}

bool pixels_orient(struct pixels *pixels, int orientation)
{
    if (orientation <= 1) return true;
    struct pixels turned = *pixels;
    bool swap = orientation_swaps(orientation);
    if (2 * (int64_t)pixels->width * pixels->height * pixels->channels > PIXELS_MEMORY_MAX) return false;
    if (!pixels_alloc(&turned, swap ? pixels->height : pixels->width, swap ? pixels->width : pixels->height, pixels->channels))
        return false;
    orient_elements(pixels->data, turned.data, pixels->width, pixels->height, (size_t)pixels->channels, orientation);
    pixels_free(pixels);
    *pixels = turned;
    return true;
}
