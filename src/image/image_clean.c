/* image_clean.c - the way into every format's own cleaning, and upright what that leaves turned. */
#include "image_format.h"
#include "svg_data.h"

/* Of what cannot be turned without loss. */
enum { TURNED_QUALITY = 95 };

/* libwebp takes 20 bytes and 100 ns for a pixel at that quality: larger ones keep their orientation. */
enum { TURNED_WEBP_MAX = 24 * 1000 * 1000 };

static int orientation_of(struct image_source *source, str bytes)
{
    struct image_info info;
    str error;
    if (source->info.orientation == 1 || !image_probe(bytes, source->limits, source->arena, &info, &error)) return 1;
    return info.orientation;
}

bool image_clean_upright(struct image_source *source, str *out)
{
    str unheard = {0}, *error = source->error;
    source->error = &unheard;
    bool ok = image_format(source->info.kind)->clean(source, out) && orientation_of(source, *out) == 1;
    source->error = error;
    return ok;
}

static bool is_affordable(const struct image_info *info)
{
    return info->kind != IMAGE_WEBP || (int64_t)info->width * info->height <= TURNED_WEBP_MAX;
}

/* A picture that cannot be decoded, or moves, or is too large, stays as it was cleaned. */
static void turn(const struct image_source *source, str *out)
{
    const struct image_recipe recipe = {.format = source->info.kind, .quality = TURNED_QUALITY};
    struct image_variant upright;
    str error = {0};
    if (source->info.frames > 1 || !image_format(source->info.kind)->write || !is_affordable(&source->info)) return;
    if (image_make(source->bytes, source->limits, &recipe, 1, source->arena, &upright, &error) && !error.len) *out = upright.bytes;
}

bool image_clean(str bytes, const struct image_limits *limits, struct arena *arena, str *out, str *error)
{
    struct image_source source;
    if (!image_open(&source, bytes, limits, arena, error)) return false;
    const struct image_format *format = image_format(source.info.kind);
    if (!format->clean) return image_fail(&source, "hugi cannot remove the metadata of a %s", format->info.name);
    if (!format->clean(&source, out)) return false;
    if (orientation_of(&source, *out) > 1) turn(&source, out);
    return true;
}

bool image_clean_data(str address, const struct image_limits *limits, struct arena *arena, str *out)
{
    str unheard = {0};
    const struct image_source source = {.limits = limits, .arena = arena, .error = &unheard};
    *out = address;
    int64_t turnable = SVG_TURNABLE_MAX;
    return str_equal_ascii_case(str_slice(address, 0, 18), S("data:image/svg+xml")) || svg_data_clean(&source, address, &turnable, out);
}
