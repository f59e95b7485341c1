/* jpeg_segments.h - walking a JPEG's segments without decoding it. */
#ifndef HUGI_IMAGE_JPEG_SEGMENTS_H
#define HUGI_IMAGE_JPEG_SEGMENTS_H

#include "image_bytes.h"

enum jpeg_marker {
    JPEG_SOF0 = 0xC0,
    JPEG_DHT = 0xC4,
    JPEG_JPG = 0xC8,
    JPEG_DAC = 0xCC,
    JPEG_SOF15 = 0xCF,
    JPEG_RST0 = 0xD0,
    JPEG_RST7 = 0xD7,
    JPEG_SOI = 0xD8,
    JPEG_EOI = 0xD9,
    JPEG_SOS = 0xDA,
    JPEG_APP0 = 0xE0,
    JPEG_APP1 = 0xE1,
    JPEG_APP2 = 0xE2,
    JPEG_APP13 = 0xED,
    JPEG_APP14 = 0xEE,
    JPEG_APP15 = 0xEF,
    JPEG_COM = 0xFE,
};

struct jpeg_segment {
    int marker;
    str all; /* from its 0xFF on; a scan's entropy-coded data belongs to its SOS */
    str data; /* what follows the length */
    bool cut_off; /* the file ends inside it */
};

/* The segment at *at, which moves behind it; EOI is the last one.  False at
 * the end or where no marker stands.  Start with *at = 2, behind SOI. */
bool jpeg_segment_next(str bytes, ptrdiff_t *at, struct jpeg_segment *out);

/* The most scans of a picture of so many pixels: each costs a walk over all of it, and may be a few bytes.
 * Progressive files have about ten. */
int jpeg_scans_max(int64_t pixels);

/* Is it a frame header, with the picture's size? */
bool jpeg_segment_is_frame(const struct jpeg_segment *segment);

bool jpeg_segment_is_exif(const struct jpeg_segment *segment);
bool jpeg_segment_is_xmp(const struct jpeg_segment *segment); /* first or extended packet */
bool jpeg_segment_is_profile(const struct jpeg_segment *segment); /* a part of an ICC profile */

#endif
