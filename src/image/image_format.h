/* image_format.h - what each file format can do, inside image/.
 *
 * One row of image_formats per kind (image_kind.c) names the functions of that
 * format; image_probe.c, image_make.c and image_clean.c only walk the table.
 * A new format is one file with these functions and one row. */
#ifndef HUGI_IMAGE_FORMAT_H
#define HUGI_IMAGE_FORMAT_H

#include "base/buf.h"
#include "base/library.h"
#include "image/image.h"
#include "pixels.h"

/* One picture on its way through a function of image.h.  Every step gets it;
 * image_open fills it. */
struct image_source {
    str bytes;
    struct image_info info; /* filled by the format's probe */
    const struct image_limits *limits;
    struct arena *arena; /* results and messages live here */
    str *error;
};

/* What a reader may make use of: nothing smaller than this is wanted. */
struct pixels_want {
    int width, height; /* as stored in the file: before its orientation */
};

struct image_format {
    struct image_kind_info info;

    /* Reads headers into source->info; width and height as stored, not upright. */
    bool (*probe)(struct image_source *source);

    /* Decodes the first frame, not upright.  May give any size between `want`
     * and the original.  *out is freed by the caller, on failure too. */
    bool (*read)(struct image_source *source, const struct pixels_want *want, struct pixels *out);

    /* Encodes upright sRGB pixels. */
    bool (*write)(struct image_source *source, const struct pixels *pixels, int quality, str *out);

    /* The same picture without metadata; source->bytes when there is none. */
    bool (*clean)(struct image_source *source, str *out);

    /* The release of the library that encodes, as a number; 0 where it is missing. */
    uint32_t (*encoder)(void);
};

const struct image_format *image_format(enum image_kind kind);

/* Sniffs, probes, checks the limits and turns info upright. */
bool image_open(struct image_source *source, str bytes, const struct image_limits *limits, struct arena *arena, str *error);

/* The pixels of an opened source, at least as large as `want`; false where its kind is not decoded here (image_raster.c). */
bool image_decode(struct image_source *source, const struct pixels_want *want, struct pixels *out);

/* image_clean's result where that is without loss and needs no orientation; else false. */
bool image_clean_upright(struct image_source *source, str *out);

/* Sets the error line; always false, so that a step can `return image_fail(...)`. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
bool image_fail(struct image_source *source, const char *format, ...);

/* Loads a library that the picture needs; an image_fail where it is missing. */
bool image_library(struct image_source *source, struct library *library);

bool jpeg_probe(struct image_source *source);
bool jpeg_read(struct image_source *source, const struct pixels_want *want, struct pixels *out);
bool jpeg_write(struct image_source *source, const struct pixels *pixels, int quality, str *out);
bool jpeg_clean(struct image_source *source, str *out);
uint32_t jpeg_encoder(void);

bool png_probe(struct image_source *source);
bool png_read(struct image_source *source, const struct pixels_want *want, struct pixels *out);
bool png_write(struct image_source *source, const struct pixels *pixels, int quality, str *out);
bool png_clean(struct image_source *source, str *out);
uint32_t png_encoder(void);

bool webp_probe(struct image_source *source);
bool webp_read(struct image_source *source, const struct pixels_want *want, struct pixels *out);
bool webp_write(struct image_source *source, const struct pixels *pixels, int quality, str *out);
bool webp_clean(struct image_source *source, str *out);
uint32_t webp_encoder(void);

bool gif_probe(struct image_source *source);
bool gif_clean(struct image_source *source, str *out);
bool stb_read(struct image_source *source, const struct pixels_want *want, struct pixels *out);

bool svg_probe(struct image_source *source);
bool svg_clean(struct image_source *source, str *out);

#ifdef HUGI_HEIF
#define HAS_HEIF true
bool heif_read(struct image_source *source, const struct pixels_want *want, struct pixels *out);
bool heif_write(struct image_source *source, const struct pixels *pixels, int quality, str *out); /* AVIF */
uint32_t heif_encoder(void);
uint32_t heif_decoder(void); /* likewise: both codecs lie behind one library, but not all of it can write */
#else
#define HAS_HEIF false
#define heif_read NULL
#define heif_write NULL
#define heif_encoder NULL
static inline uint32_t heif_decoder(void) { return 0; }
#endif

bool isobox_probe(struct image_source *source); /* AVIF, HEIC */
bool isobox_clean(struct image_source *source, str *out);
bool movie_probe(struct image_source *source);
bool movie_clean(struct image_source *source, str *out);
bool avi_probe(struct image_source *source);
bool avi_clean(struct image_source *source, str *out);
bool matroska_probe(struct image_source *source);
bool matroska_clean(struct image_source *source, str *out);
bool film_sniff(str head); /* one of the kinds in film_kinds.c */
bool film_probe(struct image_source *source);
bool film_clean(struct image_source *source, str *out);

bool bmp_probe(struct image_source *source);
bool bmp_clean(struct image_source *source, str *out);
bool tiff_probe(struct image_source *source);
bool ico_probe(struct image_source *source);
bool ico_clean(struct image_source *source, str *out);
bool raw_probe(struct image_source *source); /* camera files, JPEG XL, PSD ...: known by name only */

#endif
