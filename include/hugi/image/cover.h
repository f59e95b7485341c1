/* cover.h - a cover for posts without a picture: a deterministic SVG under 2 KB. */
#ifndef HUGI_IMAGE_COVER_H
#define HUGI_IMAGE_COVER_H

#include "base/buf.h"

/* 1200 x 630; colours and shapes follow from `seed` (event id or title) alone. */
void cover_svg(struct buf *out, str seed, str title, str label);

#endif
