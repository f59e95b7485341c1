/* crop_interest.h - where of a picture a crop shows the most. */
#ifndef HUGI_IMAGE_CROP_INTEREST_H
#define HUGI_IMAGE_CROP_INTEREST_H

#include "resize.h"

/* `part`, which is as wide or as high as the picture, moved along the other side to where edges and
 * colours are; where they are everywhere alike it stays nearest to the middle.  In integers: the
 * same picture gives the same crop everywhere. */
struct area crop_interest(const struct pixels *pixels, struct area part);

#endif
