/* image.h - pictures: bytes in, bytes out.  Knows nothing of pages or files.
 *
 * The kind is always decided by content, never by name.  Decoding is bounded
 * by struct image_limits before any pixel memory is taken.  Pixel memory is
 * malloc'd and freed inside each function; results live in the arena given.
 * All functions are thread-safe and pure.
 *
 * Errors: false, with `error` set to one line without a file name (the caller
 * knows the file and reports). */
#ifndef HUGI_IMAGE_IMAGE_H
#define HUGI_IMAGE_IMAGE_H

#include "base/str.h"

enum image_kind {
    IMAGE_UNKNOWN,
    IMAGE_JPEG,
    IMAGE_PNG,
    IMAGE_GIF,
    IMAGE_WEBP,
    IMAGE_SVG,
    IMAGE_AVIF,
    IMAGE_HEIC,
    IMAGE_BMP,
    IMAGE_TIFF,
    IMAGE_ICO,
    IMAGE_RAW,                  /* of a camera; those that are TIFF count as such */
    IMAGE_JXL,
    IMAGE_MOVIE,                /* MP4, QuickTime: no picture, but phones write the place into it */
    IMAGE_PSD,                  /* from here on kinds that are only known, so that none is published by mistake */
    IMAGE_JP2,
    IMAGE_EPS,                  /* and PostScript of drawing programs */
    IMAGE_EXR,
    IMAGE_HDR,
    IMAGE_JXR,
    IMAGE_XCF,
    IMAGE_AVI,                  /* films again */
    IMAGE_WEBM,                 /* and Matroska */
    IMAGE_FILM,                 /* WMV, FLV, MPEG streams, MXF, Ogg; what is named a film and of no kind known */
    IMAGE_KIND_COUNT
};

/* One table row per kind. */
struct image_kind_info {
    enum image_kind kind;
    const char *name;           /* "jpeg" */
    const char *extension;      /* "jpg" */
    const char *media_type;     /* "image/jpeg" */
    bool decodes;               /* image_make reads it */
    bool encodes;               /* image_make writes it; AVIF only where image_writes_avif() */
    bool cleans;                /* image_clean removes its metadata */
    bool moves;                 /* a film and no picture: has no size here, no element of HTML shows it as one */
};
const struct image_kind_info *image_kind_info(enum image_kind kind);
enum image_kind image_kind_of_name(str name);       /* "webp", "jpg", "jpeg" ... or UNKNOWN */
enum image_kind image_sniff(str head);              /* the first 64 bytes and more; SVG needs 1 KiB */

struct image_limits {
    int64_t pixels;             /* width * height [100,000,000] */
    int64_t bytes;              /* of the file [200 MiB] */
    int max_side;               /* [65,535] */
};

/* The defaults: struct image_limits limits = IMAGE_LIMITS; */
#define IMAGE_LIMITS \
    {.pixels = 100 * 1000 * 1000, .bytes = (int64_t)200 << 20, .max_side = 65535}

/* What a picture may tell beside what it shows; image_trace_name(). */
enum image_trace {
    TRACE_LOCATION,             /* GPS, in EXIF or XMP or a film's notes */
    TRACE_OWNER,                /* owner, artist, creator */
    TRACE_SERIAL,               /* of the camera or the lens */
    TRACE_CAMERA,               /* make and model */
    TRACE_MAKER_NOTE,           /* the maker's own, which may hold any of the others */
    TRACE_THUMBNAIL,            /* a small copy, of before the picture was cropped, say */
    TRACE_XMP,
    TRACE_UNREAD,               /* what it is, hugi cannot tell: a kind it does not read */
    TRACE_COUNT
};
const char *image_trace_name(enum image_trace trace);   /* "serial number" */

struct image_info {
    enum image_kind kind;
    int width, height;          /* upright: after EXIF orientation; an SVG's may be 0: not said */
    int orientation;            /* 1..8; 1 when absent or invalid */
    int frames;                 /* more than 1: animated */
    bool alpha;                 /* may have transparent pixels */
    unsigned traces;            /* bits: 1 << enum image_trace */
    bool has_metadata;          /* EXIF, XMP, IPTC, comments, thumbnails, maker notes */
    bool has_profile;           /* an ICC profile */
    bool inks;                  /* CMYK */
    bool cleans;                /* image_clean can remove what it says beside the picture */
    bool has_time;              /* `taken` is known */
    bool has_offset;            /* `offset` is known */
    int offset;                 /* minutes east of UTC of the clock that `taken` was read from */
    int64_t taken;              /* EXIF DateTimeOriginal as local seconds since 1970 */
};

static inline bool image_tells(const struct image_info *info, enum image_trace trace) { return info->traces >> trace & 1; }
static inline void image_add_trace(struct image_info *info, enum image_trace trace) { info->traces |= 1u << trace; }

/* Reads headers only. */
bool image_probe(str bytes, const struct image_limits *limits, struct arena *arena,
                 struct image_info *out, str *error);

enum image_crop {
    IMAGE_CROP_NONE,
    IMAGE_CROP_CENTER,
    IMAGE_CROP_TOP,
    IMAGE_CROP_INTEREST,        /* where edges and colours are; the middle where all is alike */
};

/* What to make of a picture.  Never upscaled: a width above the original's
 * gives the original's. */
struct image_recipe {
    enum image_kind format;     /* JPEG, PNG, WEBP; AVIF where image_writes_avif(); UNKNOWN: see image_make */
    int width;                  /* 0: the original's */
    int height;                 /* with a crop; 0: by proportion */
    enum image_crop crop;
    int quality;                /* 1..100 for JPEG and WEBP [80]; 100 for WEBP is lossless */
    bool keeps_jpeg;            /* a JPEG of this size stays as it is, whatever the quality */
};

struct image_variant {
    str bytes;
    int width, height;
};

/* The size a recipe gives, without decoding. */
void image_recipe_size(const struct image_info *info, const struct image_recipe *recipe,
                       int *width, int *height);

/* Decodes once (JPEG scaled while decoding; again for recipes wider than 1600), uprights, converts to
 * sRGB where a profile says so, and makes every recipe of that, in linear light.  A recipe gives the same bytes
 * whatever others are asked for with it.  Nothing of the original's metadata
 * is in the results.  Transparent pictures asked for as JPEG go on white.  A recipe of an
 * UNKNOWN format gives what every program shows: PNG for transparent pictures, else JPEG,
 * or PNG where that is not larger; image_sniff tells which.  WebP of screenshots and other
 * drawn pictures is lossless where that is not larger.
 *
 * Where neither size nor format is to change, the result is image_clean's, the colour profile with it, if that is not
 * larger than what is made anew, or by `keeps_jpeg`.
 *
 * True with a non-empty `error`: the picture is damaged (cut off, say) and what
 * is there was used; the line says why and is worth a warning. */
bool image_make(str bytes, const struct image_limits *limits, const struct image_recipe *recipes,
                ptrdiff_t count, struct arena *arena, struct image_variant *out, str *error);

/* Pixels as they are: rows of red, green, blue, in sRGB, without padding. */
struct image_raster {
    int width, height;
    unsigned char *rgb;         /* malloc'd; image_raster_free */
};
bool image_raster_new(struct image_raster *raster, int width, int height);     /* black; false: too many pixels */
void image_raster_free(struct image_raster *raster);
/* What image_make made, as pixels again (orientation and profiles are not looked at); transparent parts are white. */
bool image_raster_read(str bytes, struct arena *arena, struct image_raster *out, str *error);
/* As in a recipe; quality 0 of a PNG: three times as fast for a fifth more bytes. */
bool image_raster_write(const struct image_raster *raster, enum image_kind format, int quality, struct arena *arena,
                        str *out, str *error);

/* The colour that most of a picture has, coarsely.  Hue n is (n - 1) * 30 degrees, 0 is a grey; tone 1 is
 * nearly black, IMAGE_TONES nearly white, 0: not known. */
enum { IMAGE_HUES = 12, IMAGE_TONES = 6 };
struct image_tint {
    unsigned char hue, tone;
};
/* Of what image_make made, as it is.  JPEGs are read at an eighth of their size. */
bool image_tint(str bytes, struct arena *arena, struct image_tint *out, str *error);

/* Differs from what it was when a recipe of this format may give other bytes than then: by a new release of the
 * library that encodes, or by what hugi does before.  UNKNOWN: of the formats it may become.  0 where it is
 * not written.  Costs loading the library. */
uint64_t image_encoder(enum image_kind format);

/* The same of who decodes: what could not be read may be readable when it differs.  0: its library is missing. */
uint64_t image_decoder(enum image_kind kind);

bool image_writes_avif(void);               /* the libheif found now has an AV1 encoder; costs loading it */

/* A picture as an address, "data:image/jpeg;base64,...", with what image_clean leaves of it; a drawing's as it is.
 * False: of no kind that stands in a text, or not in base64, so that it cannot be cleaned. */
bool image_clean_data(str address, const struct image_limits *limits, struct arena *arena, str *out);

/* The same picture without metadata (EXIF but orientation, XMP, IPTC, comments,
 * thumbnails, what follows the picture's end; the colour profile stays), lossless:
 * JPEG, PNG, WebP, GIF (animation kept) and ICO by dropping segments; AVIF and HEIC by
 * overwriting the items in place, and so films (MP4, WebM, AVI); SVG by libxml2 (scripts, event handlers, foreign
 * references out).  A JPEG with an EXIF orientation is turned losslessly when its size
 * allows.  Where that is not so, and PNG and WebP, are encoded anew, upright and in sRGB, at a high quality; an
 * animation keeps a minimal EXIF with the orientation alone.
 * Bytes that need no cleaning come back as they are.
 *
 * libxml2 wants xmlInitParser() once before the workers start. */
bool image_clean(str bytes, const struct image_limits *limits, struct arena *arena, str *out, str *error);

#endif
