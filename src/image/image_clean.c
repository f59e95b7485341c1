/* image_clean.c - the way into every format's own cleaning. */
#include "image_format.h"

bool image_clean(str bytes, const struct image_limits *limits, struct arena *arena, str *out, str *error)
{
    struct image_source source;
    if (!image_open(&source, bytes, limits, arena, error)) return false;
    const struct image_format *format = image_format(source.info.kind);
    if (!format->clean) return image_fail(&source, "hugi cannot remove the metadata of a %s", format->info.name);
    return format->clean(&source, out);
}
