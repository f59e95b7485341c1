/* asset.h - a file that is no page: a picture, a PDF, a font.
 *
 * Filled by read_scan (where it is) and probe (what it is); arrange gives a
 * file beside a page its address. */
#ifndef HUGI_MODEL_ASSET_H
#define HUGI_MODEL_ASSET_H

#include "base/file.h"
#include "base/hash.h"
#include "image/image.h"
#include "model/config.h"

struct page;

enum asset_origin { ASSET_STATIC, ASSET_CONTENT, ASSET_THEME };

struct asset {
    /* read_scan */
    ptrdiff_t index;
    enum asset_origin origin;
    str path;               /* relative to the site ("static/img/a.png"), NFC */
    str disk;               /* the name on disk, from the site's folder */
    str below;              /* path below static/, content/ or the theme's assets/ */
    struct file_stat stat;
    str bytes;              /* theme assets compiled in; else empty and read when needed */

    /* probe */
    bool is_picture;        /* its content is of a kind hugi knows */
    bool broken;            /* reported; it is published by nobody */
    bool as_jpeg;           /* of content/, and few browsers show its kind: published whole it is a JPEG */
    bool known;             /* read without a mistake: what is to be said about it, these fields tell */
    struct image_info info;
    hash128 hash;           /* of the content; zero for files of a kind hugi does not know */

    /* arrange */
    str url;                /* its own address when published whole: "/images/a.png", "/posts/x/plan.pdf" */
    const struct page *page;    /* the bundle it lies in, or NULL */

    /* publish_plan, from notes of earlier builds; publish_pictures */
    bool undecoded;         /* its head is a picture's, the rest cannot be read: its pages are without it */

    /* publish_make; kept by the cache */
    struct image_tint tint;     /* tone 0: not known, or it may be seen through */
    uint64_t tint_of;           /* the variant it was read from (picture_tint.c) */
};

/* A picture that nobody will see, of which something has been said. */
static inline bool asset_is_lost(const struct asset *asset) { return asset && (asset->broken || asset->undecoded); }

/* The settings' limits for pictures. */
static inline struct image_limits asset_limits(const struct config *config)
{
    struct image_limits limits = IMAGE_LIMITS;
    if (config->images.max_pixels > 0) limits.pixels = config->images.max_pixels;
    if (config->images.max_bytes > 0) limits.bytes = config->images.max_bytes;
    return limits;
}

#endif
