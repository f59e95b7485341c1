/* color_profile.h - ICC profiles of the simple kind, as tables of struct tone.
 *
 * A profile that is three primaries and three curves (Display P3, Adobe RGB, the Generic
 * RGB of old Macs) or one gray curve is applied; variants are then plain sRGB and need
 * no profile: smaller files, and right in every program. Pixels under a lookup table
 * (printers, scanners) are converted at once; a damaged profile is taken for sRGB. */
#ifndef HUGI_IMAGE_COLOR_PROFILE_H
#define HUGI_IMAGE_COLOR_PROFILE_H

#include "tone.h"

/* False when the pixels are sRGB's now: the profile says nothing visibly different, or
 * they were converted.  `tone` is then sRGB's. */
bool tone_init_profile(struct tone *tone, struct pixels *pixels);

#endif
