/* tone.c - between 8-bit samples and linear light, by tables. */
#include "tone.h"

#include <math.h>

static double srgb_to_linear(double x) { return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4); }

/* to_srgb[i] is the level nearest to i: levels change half way between two. */
static void fill_to_srgb(unsigned char *table)
{
    int i = 0;
    for (int level = 0; level < 255; level++) {
        int last = 16384 + (int)(srgb_to_linear((level + 0.5) / 255) * LINEAR_ONE / 2);
        while (i <= last) table[i++] = (unsigned char)level;
    }
    while (i < 1 << 15) table[i++] = 255;
}

void tone_init(struct tone *tone)
{
    for (int level = 0; level < 256; level++) {
        int16_t linear = (int16_t)lround(srgb_to_linear(level / 255.0) * LINEAR_ONE);
        for (int c = 0; c < 3; c++) tone->to_linear[c][level] = linear;
    }
    fill_to_srgb(tone->to_srgb);
    tone->mixes = false;
}

static void decode_alpha_row(const struct tone *tone, const unsigned char *row, int width, int channels, int16_t *planes,
                             ptrdiff_t stride)
{
    int colors = channels - 1;
    for (int x = 0; x < width; x++, row += channels) {
        int alpha = (row[colors] * LINEAR_ONE + 127) / 255;
        planes[colors * stride + x] = (int16_t)alpha;
        for (int c = 0; c < colors; c++) planes[c * stride + x] = (int16_t)(tone->to_linear[c][row[c]] * alpha / LINEAR_ONE);
    }
}

void tone_decode_row(const struct tone *tone, const unsigned char *row, int width, int channels, int16_t *planes,
                     ptrdiff_t stride)
{
    const int16_t *red = tone->to_linear[0], *green = tone->to_linear[1], *blue = tone->to_linear[2];
    if (channels == 1) {
        for (int x = 0; x < width; x++) planes[x] = red[row[x]];
    } else if (channels == 3) {
        int16_t *r = planes, *g = planes + stride, *b = planes + 2 * stride;
        for (int x = 0; x < width; x++, row += 3) {
            r[x] = red[row[0]];
            g[x] = green[row[1]];
            b[x] = blue[row[2]];
        }
    } else {
        decode_alpha_row(tone, row, width, channels, planes, stride);
    }
}

static int16_t clamped(int x) { return (int16_t)(x < INT16_MIN ? INT16_MIN : x > INT16_MAX ? INT16_MAX : x); }

/* Samples beyond 16 bits are beyond white anyway. */
static void mix_row(const struct tone *tone, int16_t *r, ptrdiff_t stride, int width)
{
    const int(*m)[3] = tone->matrix;
    int16_t *g = r + stride, *b = g + stride;
    for (int x = 0; x < width; x++) {
        int red = r[x], green = g[x], blue = b[x];
        r[x] = clamped((m[0][0] * red + m[0][1] * green + m[0][2] * blue + 8192) >> 14);
        g[x] = clamped((m[1][0] * red + m[1][1] * green + m[1][2] * blue + 8192) >> 14);
        b[x] = clamped((m[2][0] * red + m[2][1] * green + m[2][2] * blue + 8192) >> 14);
    }
}

static inline unsigned char encode_sample(const struct tone *tone, int linear) { return tone->to_srgb[(linear >> 1) + 16384]; }

static void encode_alpha_row(const struct tone *tone, const int16_t *planes, ptrdiff_t stride, int width, int channels,
                             unsigned char *row)
{
    int colors = channels - 1;
    for (int x = 0; x < width; x++, row += channels) {
        int alpha = planes[colors * stride + x];
        if (alpha > LINEAR_ONE) alpha = LINEAR_ONE;
        row[colors] = (unsigned char)(alpha <= 0 ? 0 : (alpha * 255 + LINEAR_ONE / 2) / LINEAR_ONE);
        for (int c = 0; c < colors; c++) {
            int color = planes[c * stride + x];
            row[c] = alpha <= 0 ? 0 : encode_sample(tone, clamped(color * LINEAR_ONE / alpha));
        }
    }
}

void tone_encode_row(const struct tone *tone, int16_t *planes, ptrdiff_t stride, int width, int channels, unsigned char *row)
{
    if (tone->mixes && channels >= 3) mix_row(tone, planes, stride, width);
    if (channels == 1) {
        for (int x = 0; x < width; x++) row[x] = encode_sample(tone, planes[x]);
    } else if (channels == 3) {
        const int16_t *r = planes, *g = planes + stride, *b = planes + 2 * stride;
        for (int x = 0; x < width; x++, row += 3) {
            row[0] = encode_sample(tone, r[x]);
            row[1] = encode_sample(tone, g[x]);
            row[2] = encode_sample(tone, b[x]);
        }
    } else {
        encode_alpha_row(tone, planes, stride, width, channels, row);
    }
}
