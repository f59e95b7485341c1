/* jpeg_half.h - a JPEG decoded at half its size, from all of its frequencies; inside image/.
 *
 * libjpeg's own half leaves out half of each block's, which tells at the blocks' edges: at 1600 pixels of
 * 4000 it is four times as far from the original (by SSIM, without loss after).  This takes 6 of 46 ms more
 * for 12 million pixels. */
#ifndef HUGI_IMAGE_JPEG_HALF_H
#define HUGI_IMAGE_JPEG_HALF_H

#include "pixels.h"

struct jpeg_decompress_struct; /* of jpeglib.h */

/* Working memory. */
struct jpeg_half {
    int half_width, half_height;
    ptrdiff_t stride, half_stride;
    unsigned char *light; /* a ring of rows as decoded */
    unsigned char *planes[3]; /* rings of rows at half the size: light and both colours */
    int16_t *mixed; /* one row as wide as decoded, half as high, with what lies beside it */
    void *colors; /* libjpeg-turbo's handle */
};

/* After the header: colours are stored at half the size, as cameras do. */
bool jpeg_half_suits(const struct jpeg_decompress_struct *jpeg);

/* In place of jpeg_start_decompress and jpeg_read_scanlines: takes memory for out->data.  False: too
 * many pixels.  *half is zero before, and freed by the caller, for libjpeg may jump. */
bool jpeg_half_read(struct jpeg_decompress_struct *jpeg, struct jpeg_half *half, struct pixels *out);
void jpeg_half_free(struct jpeg_half *half);

#endif
