/* svg_data.h - pictures inside an SVG, as data: addresses. */
#ifndef HUGI_IMAGE_SVG_DATA_H
#define HUGI_IMAGE_SVG_DATA_H

#include "image_bytes.h"
#include "image_format.h"

/* The address with its picture cleaned; `value` itself where there was nothing to remove.
 * False: no picture of a kind that can be cleaned, so it must not stay. */
bool svg_data_clean(const struct image_source *source, str value, str *out);

#endif
