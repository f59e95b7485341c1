/* image_raster.c - pixels for who draws: read as RGB, written in a format. */
#include <stdlib.h>

#include "image_format.h"

bool image_raster_new(struct image_raster *raster, int width, int height)
{
    struct pixels pixels;
    *raster = (struct image_raster){width, height, NULL};
    if (!pixels_alloc(&pixels, width, height, 3)) return false;
    raster->rgb = pixels.data;
    memset(raster->rgb, 0, (size_t)width * (size_t)height * 3);
    return true;
}

void image_raster_free(struct image_raster *raster)
{
    free(raster->rgb);
    raster->rgb = NULL;
}

static void spread(const struct pixels *from, struct image_raster *to)
{
    size_t count = (size_t)from->width * (size_t)from->height, step = (size_t)from->channels;
    bool gray = step < 3;
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < 3; c++) to->rgb[i * 3 + c] = from->data[i * step + (gray ? 0 : c)];
}

bool image_decode(struct image_source *source, const struct pixels_want *want, struct pixels *out)
{
    const struct image_format *format = image_format(source->info.kind);
    if (!format->read) return image_fail(source, "this build of hugi does not decode %s", format->info.name);
    return format->read(source, want, out);
}

bool image_raster_read(str bytes, struct arena *arena, struct image_raster *out, str *error)
{
    struct image_limits limits = IMAGE_LIMITS;
    struct image_source source;
    *out = (struct image_raster){0};
    if (!image_open(&source, bytes, &limits, arena, error)) return false;
    struct pixels pixels = {0};
    struct pixels_want want = {source.info.width, source.info.height};
    bool ok = image_decode(&source, &want, &pixels);
    if (ok && pixels_alpha(&pixels)) pixels_flatten(&pixels);
    if (ok && !image_raster_new(out, pixels.width, pixels.height)) ok = image_fail(&source, "too many pixels for memory");
    if (ok) spread(&pixels, out);
    pixels_free(&pixels);
    return ok;
}

bool image_raster_write(const struct image_raster *raster, enum image_kind kind, int quality, struct arena *arena, str *out, str *error)
{
    const struct image_format *format = image_format(kind);
    struct image_source source = {.arena = arena, .error = error};
    struct pixels pixels = {.width = raster->width, .height = raster->height, .channels = 3, .data = raster->rgb};
    if (!format->write) return image_fail(&source, "hugi does not write %s", format->info.name);
    return format->write(&source, &pixels, quality, out);
}
