/* color_transform.h - colours by an ICC profile of any kind, through lcms2.
 *
 * For what color_profile.h does not read: inks (CMYK), and profiles that are lookup
 * tables (printers, scanners, cameras).  Results are sRGB. */
#ifndef HUGI_IMAGE_COLOR_TRANSFORM_H
#define HUGI_IMAGE_COLOR_TRANSFORM_H

#include "pixels.h"

enum ink_order {
    INKS, /* 255 is all of an ink */
    INKS_INVERTED, /* 255 is none: Adobe's way */
};

struct color_transform;

/* NULL where the profile is damaged or not of four inks. */
struct color_transform *color_transform_inks(str profile, enum ink_order order);
void color_transform_row(struct color_transform *transform, const unsigned char *inks, unsigned char *rgb, int count);
void color_transform_free(struct color_transform *transform);

/* RGB pixels, in place; transparency stays.  False where the profile is of no use. */
bool pixels_to_srgb(struct pixels *pixels);

#endif
