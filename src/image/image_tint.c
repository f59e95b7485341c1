/* image_tint.c - the colour that most of a picture has, for what is shown until it is there.
 *
 * Pixels are sorted into 8 x 8 x 8 boxes of colour; the mean of the fullest box counts, and
 * is told as a hue and a tone: few enough for a style sheet to name them all. */
#include "image_format.h"

enum { SIDE_BITS = 3, BOXES = 1 << 3 * SIDE_BITS, LEAST_CHROMA = 24 };

struct box {
    int64_t count, red, green, blue;
};

static void sort_pixels(const struct pixels *pixels, struct box *boxes)
{
    size_t count = (size_t)pixels->width * (size_t)pixels->height, step = (size_t)pixels->channels;
    size_t green = step < 3 ? 0 : 1, blue = step < 3 ? 0 : 2;
    for (const unsigned char *p = pixels->data, *end = p + count * step; p < end; p += step) {
        int red_bits = p[0] >> (8 - SIDE_BITS), green_bits = p[green] >> (8 - SIDE_BITS), blue_bits = p[blue] >> (8 - SIDE_BITS);
        struct box *box = &boxes[(red_bits << 2 * SIDE_BITS) | (green_bits << SIDE_BITS) | blue_bits];
        box->count++;
        box->red += p[0];
        box->green += p[green];
        box->blue += p[blue];
    }
}

static int degrees_of(int red, int green, int blue, int most, int chroma)
{
    if (most == red) return (60 * (green - blue) / chroma + 360) % 360;
    if (most == green) return 60 * (blue - red) / chroma + 120;
    return 60 * (red - green) / chroma + 240;
}

static struct image_tint name_colour(int red, int green, int blue)
{
    int most = red > green ? red : green, least = red < green ? red : green;
    if (blue > most) most = blue;
    if (blue < least) least = blue;
    int chroma = most - least, step = 360 / IMAGE_HUES;
    struct image_tint tint = {.tone = (unsigned char)((most + least) * IMAGE_TONES / 511 + 1)};
    if (chroma >= LEAST_CHROMA)
        tint.hue = (unsigned char)((degrees_of(red, green, blue, most, chroma) + step / 2) % 360 / step + 1);
    return tint;
}

static struct image_tint fullest(const struct box *boxes)
{
    const struct box *best = boxes;
    for (int i = 1; i < BOXES; i++)
        if (boxes[i].count > best->count) best = &boxes[i];
    if (best->count == 0) return (struct image_tint){0};
    return name_colour((int)(best->red / best->count), (int)(best->green / best->count), (int)(best->blue / best->count));
}

bool image_tint(str bytes, struct arena *arena, struct image_tint *out, str *error)
{
    struct image_limits limits = IMAGE_LIMITS;
    struct image_source source;
    if (!image_open(&source, bytes, &limits, arena, error)) return false;
    struct pixels pixels = {0};
    struct pixels_want any = {1, 1};
    bool ok = image_decode(&source, &any, &pixels);
    if (ok) {
        struct box *boxes = ARENA_NEWS(arena, struct box, BOXES);
        sort_pixels(&pixels, boxes);
        *out = fullest(boxes);
    }
    pixels_free(&pixels);
    return ok;
}
