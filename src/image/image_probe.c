/* image_probe.c - the way in: sniff, headers, limits, upright size. */
#include "image_format.h"

/* An SVG has no pixels; of films and kinds that cannot even be cleaned nobody here unpacks any. */
static bool is_measured(enum image_kind kind)
{
    const struct image_kind_info *info = image_kind_info(kind);
    return info->cleans && !info->moves && kind != IMAGE_SVG;
}

static bool within_limits(struct image_source *source)
{
    const struct image_info *info = &source->info;
    const struct image_limits *limits = source->limits;
    if (!is_measured(info->kind)) return true;
    if (info->width <= 0 || info->height <= 0)
        return image_fail(source, "%s without a size (%d x %d)", image_kind_info(info->kind)->name, info->width, info->height);
    if (info->width > limits->max_side || info->height > limits->max_side)
        return image_fail(source, "%d x %d pixels: a side is above the limit of %d", info->width, info->height,
                          limits->max_side);
    if ((int64_t)info->width * info->height > limits->pixels)
        return image_fail(source, "%d x %d pixels are above the limit of %lld", info->width, info->height,
                          (long long)limits->pixels);
    return true;
}

static void turn_upright(struct image_info *info)
{
    if (info->orientation < 1 || info->orientation > 8) info->orientation = 1;
    if (!orientation_swaps(info->orientation)) return;
    int width = info->width;
    info->width = info->height;
    info->height = width;
}

bool image_open(struct image_source *source, str bytes, const struct image_limits *limits, struct arena *arena, str *error)
{
    *source = (struct image_source){.bytes = bytes, .limits = limits, .arena = arena, .error = error};
    source->info = (struct image_info){.orientation = 1, .frames = 1};
    if (bytes.len == 0) return image_fail(source, "an empty file");
    if (bytes.len > limits->bytes)
        return image_fail(source, "%lld bytes are above the limit of %lld", (long long)bytes.len, (long long)limits->bytes);
    source->info.kind = image_sniff(str_slice(bytes, 0, 4096));
    if (source->info.kind == IMAGE_UNKNOWN) return image_fail(source, "not a picture hugi knows");
    source->info.cleans = image_kind_info(source->info.kind)->cleans;
    if (!image_format(source->info.kind)->probe(source)) return false;
    turn_upright(&source->info);
    return within_limits(source);
}

bool image_probe(str bytes, const struct image_limits *limits, struct arena *arena, struct image_info *out, str *error)
{
    struct image_source source;
    bool ok = image_open(&source, bytes, limits, arena, error);
    *out = source.info;
    return ok;
}

static int rounded(double x) { return x < 1 ? 1 : (int)(x + 0.5); }

/* The largest part of the picture with the recipe's proportions. */
static void crop_part(const struct image_info *info, double width, double height, double *part_w, double *part_h)
{
    *part_w = info->width;
    *part_h = info->width * height / width;
    if (*part_h <= info->height) return;
    *part_h = info->height;
    *part_w = info->height * width / height;
}

void image_recipe_size(const struct image_info *info, const struct image_recipe *recipe, int *width, int *height)
{
    double w = recipe->width > 0 ? recipe->width : info->width;
    double h = recipe->height;
    *width = *height = 0;
    if (info->width <= 0 || info->height <= 0) return;
    if (recipe->crop == IMAGE_CROP_NONE || h <= 0) {
        if (w > info->width) w = info->width;
        *width = rounded(w);
        *height = rounded(w * info->height / info->width);
        return;
    }
    double part_w, part_h;
    crop_part(info, w, h, &part_w, &part_h);
    double scale = w > part_w ? part_w / w : 1;
    *width = rounded(w * scale);
    *height = rounded(h * scale);
}
