/* svg_data.h - pictures inside an SVG, as data: addresses. */
#ifndef HUGI_IMAGE_SVG_DATA_H
#define HUGI_IMAGE_SVG_DATA_H

#include "image_bytes.h"
#include "image_format.h"

/* The address with its picture cleaned; `value` itself where there was nothing to remove.
 * False: no picture of a kind that can be cleaned, so it must not stay.  Turning a picture upright
 * costs as much as it has pixels: *turnable of them may still be turned in this drawing, and it falls. */
bool svg_data_clean(const struct image_source *source, str value, int64_t *turnable, str *out);
enum { SVG_TURNABLE_MAX = 50 * 1000 * 1000 };

#endif
