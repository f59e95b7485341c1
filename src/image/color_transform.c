/* color_transform.c - see the header.
 *
 * The intent is perceptual, and the deepest black becomes black: inks and scanners cannot show
 * all that sRGB can, and a picture should look right as a whole.  lcms2 works out one table for the way from profile to
 * sRGB, and looks pixels up in it. */
#include "color_transform.h"

#include <lcms2.h>

#include "base/library.h"
#include "image_bytes.h"

#define LCMS2(X)                                                                                                   \
    X(cmsOpenProfileFromMem) X(cmsCloseProfile) X(cmsCreate_sRGBProfile) X(cmsCreateTransform)                     \
    X(cmsDeleteTransform) X(cmsDoTransform)
static struct { LCMS2(LIBRARY_FIELD) } lcms2;
static struct library lcms2_library = LIBRARY(LIBRARY_LCMS2, LCMS2, lcms2);

enum { PROFILE_BYTES_MAX = 16 << 20 };

static cmsHTRANSFORM open_transform(str profile, uint32_t space, cmsUInt32Number from, cmsUInt32Number to)
{
    if (be32(profile, 16) != space || profile.len > PROFILE_BYTES_MAX) return NULL;
    library_need(&lcms2_library);
    cmsHPROFILE source = lcms2.cmsOpenProfileFromMem(profile.p, (cmsUInt32Number)profile.len);
    if (!source) return NULL;
    cmsHPROFILE target = lcms2.cmsCreate_sRGBProfile();
    cmsUInt32Number flags = cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_COPY_ALPHA;
    cmsHTRANSFORM transform = lcms2.cmsCreateTransform(source, from, target, to, INTENT_PERCEPTUAL, flags);
    lcms2.cmsCloseProfile(source);
    lcms2.cmsCloseProfile(target);
    return transform;
}

struct color_transform *color_transform_inks(str profile, enum ink_order order)
{
    return open_transform(profile, FOURCC('C', 'M', 'Y', 'K'), order == INKS ? TYPE_CMYK_8 : TYPE_CMYK_8_REV, TYPE_RGB_8);
}

void color_transform_row(struct color_transform *transform, const unsigned char *inks, unsigned char *rgb, int count)
{
    lcms2.cmsDoTransform(transform, inks, rgb, (cmsUInt32Number)count);
}

void color_transform_free(struct color_transform *transform)
{
    if (transform) lcms2.cmsDeleteTransform(transform);
}

bool pixels_to_srgb(struct pixels *pixels)
{
    if (pixels->channels < 3) return false;
    cmsUInt32Number layout = pixels->channels == 4 ? TYPE_RGBA_8 : TYPE_RGB_8;
    cmsHTRANSFORM transform = open_transform(pixels->profile, FOURCC('R', 'G', 'B', ' '), layout, layout);
    if (!transform) return false;
    for (int y = 0; y < pixels->height; y++) {
        unsigned char *row = pixels_row(pixels, y);
        lcms2.cmsDoTransform(transform, row, row, (cmsUInt32Number)pixels->width);
    }
    lcms2.cmsDeleteTransform(transform);
    return true;
}
