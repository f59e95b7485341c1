/* jpeg_half.c - light filtered down to the size that the colours have, then both mixed to RGB.
 *
 * libjpeg decodes a band of 16 rows of light and 8 of each colour at a time.  As soon as all rows of light are
 * there that a result row reaches for, it is made; BATCH of them become RGB at once. */
#include "jpeg_half.h"

#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <turbojpeg.h>

#include "half_lanes.h"

enum { BAND = 2 * DCTSIZE, RING = 2 * BAND, BATCH = RING / 2 };

/* Samples of a row that may be read or written behind its end. */
enum { PADDING = 2 * BAND };

bool jpeg_half_suits(const struct jpeg_decompress_struct *jpeg)
{
    const jpeg_component_info *parts = jpeg->comp_info;
    if (jpeg->jpeg_color_space != JCS_YCbCr || jpeg->num_components != 3) return false;
    for (int i = 0; i < 3; i++)
        if (parts[i].h_samp_factor != (i ? 1 : 2) || parts[i].v_samp_factor != (i ? 1 : 2)) return false;
    return true;
}

static unsigned char *row_of(unsigned char *ring, ptrdiff_t stride, int y) { return ring + y % RING * stride; }

static void start(struct jpeg_decompress_struct *jpeg, struct jpeg_half *half)
{
    jpeg->raw_data_out = TRUE;
    jpeg->out_color_space = JCS_YCbCr;
    jpeg_start_decompress(jpeg);
    half->half_width = (int)(jpeg->output_width + 1) / 2;
    half->half_height = (int)(jpeg->output_height + 1) / 2;
    half->half_stride = (half->half_width + BAND - 1) / BAND * BAND + PADDING;
    half->stride = 2 * half->half_stride;
    half->light = memory_alloc((size_t)half->stride * RING);
    for (int i = 0; i < 3; i++) half->planes[i] = memory_alloc((size_t)half->half_stride * RING);
    half->mixed = memory_alloc((size_t)half->stride * sizeof *half->mixed);
    half->colors = tjInitDecompress();
}

static void read_band(struct jpeg_decompress_struct *jpeg, const struct jpeg_half *half)
{
    JSAMPROW light[BAND], blue[DCTSIZE], red[DCTSIZE];
    int top = (int)jpeg->output_scanline;
    for (int i = 0; i < BAND; i++) light[i] = row_of(half->light, half->stride, top + i);
    for (int i = 0; i < DCTSIZE; i++) {
        blue[i] = row_of(half->planes[1], half->half_stride, top / 2 + i);
        red[i] = row_of(half->planes[2], half->half_stride, top / 2 + i);
    }
    jpeg_read_raw_data(jpeg, (JSAMPARRAY[3]){light, blue, red}, BAND);
}

/* Result row y of light; beyond the picture its first and last samples repeat. */
static void make_light(const struct jpeg_half *half, int width, int height, int y)
{
    const struct half_lanes *lanes = half_lanes_choose();
    const unsigned char *rows[HALF_TAPS];
    int16_t *mixed = half->mixed;
    for (int i = 0; i < HALF_TAPS; i++) {
        int at = 2 * y - HALF_BEFORE + i;
        rows[i] = row_of(half->light, half->stride, at < 0 ? 0 : at >= height ? height - 1 : at);
    }
    lanes->down(rows, width, mixed + HALF_BEFORE);
    for (int i = 0; i < HALF_BEFORE; i++) mixed[i] = mixed[HALF_BEFORE];
    for (int i = 0; i < PADDING; i++) mixed[HALF_BEFORE + width + i] = mixed[HALF_BEFORE + width - 1];
    lanes->across(mixed, half->half_width, row_of(half->planes[0], half->half_stride, y));
}

/* Result rows from y on, at most BATCH, which lie together in the ring. */
static void mix_colors(const struct jpeg_half *half, struct pixels *out, int y, int count)
{
    const unsigned char *planes[3];
    int stride = (int)half->half_stride, strides[3] = {stride, stride, stride};
    for (int i = 0; i < 3; i++) planes[i] = row_of(half->planes[i], half->half_stride, y);
    tjDecodeYUVPlanes(half->colors, planes, strides, TJSAMP_444, pixels_row(out, y), out->width, 0, count, TJPF_RGB, 0);
}

bool jpeg_half_read(struct jpeg_decompress_struct *jpeg, struct jpeg_half *half, struct pixels *out)
{
    start(jpeg, half);
    int width = (int)jpeg->output_width, height = (int)jpeg->output_height, made = 0, mixed = 0;
    if (!half->colors || !pixels_alloc(out, half->half_width, half->half_height, 3)) return false;
    while (jpeg->output_scanline < jpeg->output_height) {
        read_band(jpeg, half);
        int end = (int)jpeg->output_scanline >= height ? half->half_height
                                                       : ((int)jpeg->output_scanline - HALF_TAPS + HALF_BEFORE) / 2 + 1;
        for (; made < end; made++) {
            make_light(half, width, height, made);
            if ((made + 1) % BATCH && made + 1 < half->half_height) continue;
            mix_colors(half, out, mixed, made + 1 - mixed);
            mixed = made + 1;
        }
    }
    return true;
}

void jpeg_half_free(struct jpeg_half *half)
{
    if (half->colors) tjDestroy(half->colors);
    for (int i = 0; i < 3; i++) free(half->planes[i]);
    free(half->light);
    free(half->mixed);
}
