/* image_make.c - variants of a picture: decoded once, each made of that, none of another.
 *
 * What is decoded, the base, is upright and larger than most recipes ask for: its size rests on the
 * picture and on the recipe, not on which others there are.  So a recipe gives the same bytes alone and
 * in company.  The smallest are made first: the base is gone before the largest is encoded. */
#include <stdlib.h>

#include "color_profile.h"
#include "crop_interest.h"
#include "image_format.h"
#include "resize.h"

/* The least width of a base; above it, twice as wide until it is enough: few recipes need a base of their own. */
enum { BASE_WIDTH = 1600, QUALITY = 80 };

struct maker {
    struct image_source source;
    struct pixels base;
    double base_width;          /* what it was decoded for */
    struct pixels small;        /* the last result, made smaller or cropped */
    const struct pixels *shown; /* the last result: one of both; NULL: none of this base */
    const struct image_recipe *last; /* whose it is */
    struct tone tone;
    bool converts; /* the base is not in sRGB */
};

static bool is_cropped(const struct image_recipe *recipe) { return recipe->crop != IMAGE_CROP_NONE && recipe->height > 0; }

/* The width the whole picture has at a recipe's scale. */
static double full_width(const struct image_info *info, const struct image_recipe *recipe)
{
    int width, height;
    image_recipe_size(info, recipe, &width, &height);
    if (!is_cropped(recipe)) return width;
    double by_height = (double)info->width * height / info->height;
    return by_height > width ? by_height : width;
}

static double base_width(const struct image_info *info, const struct image_recipe *recipe)
{
    double width = BASE_WIDTH, least = full_width(info, recipe);
    while (width < least) width *= 2;
    return width < info->width ? width : info->width;
}

static bool same_pixels(const struct image_recipe *a, const struct image_recipe *b)
{
    return a->width == b->width && a->height == b->height && a->crop == b->crop;
}

/* Smaller ones first, those of the same pixels together. */
static bool comes_before(const struct image_info *info, const struct image_recipe *a, const struct image_recipe *b)
{
    double first = full_width(info, a), second = full_width(info, b);
    if (first < second || first > second) return first < second;
    if (a->width != b->width) return a->width < b->width;
    return a->height != b->height ? a->height < b->height : a->crop < b->crop;
}

static ptrdiff_t *recipe_order(const struct maker *maker, const struct image_recipe *recipes, ptrdiff_t count)
{
    ptrdiff_t *order = ARENA_NEWS(maker->source.arena, ptrdiff_t, count);
    for (ptrdiff_t i = 0; i < count; i++) {
        ptrdiff_t at = i;
        for (; at > 0 && comes_before(&maker->source.info, &recipes[i], &recipes[order[at - 1]]); at--) order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

/* The size of a base, as the file is stored. */
static struct pixels_want wanted_size(const struct image_info *info, double width)
{
    int w = (int)(width + 0.999), h = (int)(width * info->height / info->width + 0.999);
    if (w > info->width) w = info->width;
    if (h > info->height) h = info->height;
    if (orientation_swaps(info->orientation)) return (struct pixels_want){h, w};
    return (struct pixels_want){w, h};
}

static bool decode(struct maker *maker, double width)
{
    struct image_source *source = &maker->source;
    struct pixels_want want = wanted_size(&source->info, width);
    pixels_free(&maker->base);
    maker->base_width = width;
    maker->shown = NULL;
    if (!image_format(source->info.kind)->read(source, &want, &maker->base)) return false;
    pixels_simplify(&maker->base);
    if (!pixels_orient(&maker->base, source->info.orientation))
        return image_fail(source, "%d x %d pixels do not fit into memory", source->info.width, source->info.height);
    if (maker->base.width == source->info.width) maker->base_width = source->info.width;
    maker->converts = tone_init_profile(&maker->tone, &maker->base);
    return true;
}

/* The part of a picture that a recipe shows. */
static struct area recipe_part(const struct image_recipe *recipe, const struct pixels *pixels)
{
    int width = pixels->width, height = pixels->height;
    struct area part = {0, 0, width, height};
    if (!is_cropped(recipe)) return part;
    double w = recipe->width > 0 ? recipe->width : width, h = recipe->height;
    double part_width = height * w / h, part_height = width * h / w;
    if (part_height <= height)
        part.height = part_height < 1 ? 1 : (int)(part_height + 0.5);
    else
        part.width = part_width < 1 ? 1 : (int)(part_width + 0.5);
    part.x = (width - part.width) / 2;
    part.y = recipe->crop == IMAGE_CROP_TOP ? 0 : (height - part.height) / 2;
    return recipe->crop == IMAGE_CROP_INTEREST ? crop_interest(pixels, part) : part;
}

static bool make_pixels(struct maker *maker, const struct image_recipe *recipe, const struct image_variant *variant)
{
    struct pixels made;
    struct area part = recipe_part(recipe, &maker->base);
    if (!resize_pixels(&maker->base, &maker->tone, part, variant->width, variant->height, &made))
        return image_fail(&maker->source, "%d x %d pixels do not fit into memory", variant->width, variant->height);
    pixels_free(&maker->small);
    maker->small = made;
    maker->shown = &maker->small;
    return true;
}

/* Into maker->shown. */
static bool choose_pixels(struct maker *maker, const struct image_recipe *recipe, const struct image_variant *variant)
{
    const struct pixels *base = &maker->base;
    bool same_size = variant->width == base->width && variant->height == base->height;
    if (maker->shown && same_pixels(recipe, maker->last)) return true;
    maker->last = recipe;
    maker->shown = base;
    return (same_size && !maker->converts) || make_pixels(maker, recipe, variant);
}

/* A copy on white, encoded. */
static bool encode_flat(struct maker *maker, const struct image_format *format, const struct pixels *pixels, int quality,
                        str *out)
{
    struct pixels flat = *pixels;
    if (!pixels_alloc(&flat, pixels->width, pixels->height, pixels->channels))
        return image_fail(&maker->source, "too many pixels for memory");
    memcpy(flat.data, pixels->data, (size_t)flat.width * (size_t)flat.height * (size_t)flat.channels);
    pixels_flatten(&flat);
    bool ok = format->write(&maker->source, &flat, quality, out);
    pixels_free(&flat);
    return ok;
}

static bool encode_pixels(struct maker *maker, enum image_kind kind, const struct pixels *pixels, int quality, str *out)
{
    const struct image_format *format = image_format(kind);
    if (kind == IMAGE_JPEG && pixels_alpha(pixels)) return encode_flat(maker, format, pixels, quality, out);
    return format->write(&maker->source, pixels, quality, out);
}

/* The file itself without its metadata, where nothing has to be made of it: of its size, in its format, its colours such as
 * every program shows. */
static bool reuse_file(struct maker *maker, enum image_kind kind, const struct image_variant *variant, str *out)
{
    struct image_source *source = &maker->source;
    const struct image_info *info = &source->info;
    bool whole = variant->width == info->width && variant->height == info->height;
    if (!whole || kind != info->kind || info->frames > 1 || info->inks || maker->base.damage) return false;
    return image_clean_upright(source, out);
}

static bool encode(struct maker *maker, enum image_kind kind, const struct image_recipe *recipe, const struct image_variant *variant, str *out)
{
    str file;
    int quality = recipe->quality < 1 ? QUALITY : recipe->quality > 100 ? 100 : recipe->quality;
    bool has_file = reuse_file(maker, kind, variant, &file);
    if (has_file && kind == IMAGE_JPEG && recipe->keeps_jpeg) {
        *out = file;
        return true;
    }
    if (!encode_pixels(maker, kind, maker->shown, quality, out)) return false;
    if (has_file && file.len <= out->len) *out = file;
    return true;
}

/* What every program shows: PNG for what is transparent, and where it is not larger than JPEG. */
static bool encode_plain(struct maker *maker, const struct image_recipe *recipe, const struct image_variant *variant, str *out)
{
    str png;
    if (pixels_alpha(maker->shown)) return encode(maker, IMAGE_PNG, recipe, variant, out);
    if (!encode(maker, IMAGE_JPEG, recipe, variant, out)) return false;
    if (!pixels_drawn(maker->shown)) return true;
    if (!encode(maker, IMAGE_PNG, recipe, variant, &png)) return false;
    if (png.len <= out->len) *out = png;
    return true;
}

/* `is_last`: nothing else is made of the base. */
static bool make_one(struct maker *maker, const struct image_recipe *recipe, bool is_last, struct image_variant *out)
{
    const struct image_format *format = image_format(recipe->format);
    double width = base_width(&maker->source.info, recipe);
    if (recipe->format != IMAGE_UNKNOWN && !format->write) return image_fail(&maker->source, "hugi does not write %s", format->info.name);
    if (maker->base_width < width && !decode(maker, width)) return false;
    image_recipe_size(&maker->source.info, recipe, &out->width, &out->height);
    if (!choose_pixels(maker, recipe, out)) return false;
    if (is_last && maker->shown != &maker->base) pixels_free(&maker->base);
    if (recipe->format == IMAGE_UNKNOWN) return encode_plain(maker, recipe, out, &out->bytes);
    return encode(maker, recipe->format, recipe, out, &out->bytes);
}

static bool make_all(struct maker *maker, const struct image_recipe *recipes, ptrdiff_t count, struct image_variant *out)
{
    const ptrdiff_t *order = recipe_order(maker, recipes, count);
    for (ptrdiff_t i = 0; i < count; i++) {
        bool is_last = same_pixels(&recipes[order[i]], &recipes[order[count - 1]]);
        if (!make_one(maker, &recipes[order[i]], is_last, &out[order[i]])) return false;
    }
    return true;
}

bool image_make(str bytes, const struct image_limits *limits, const struct image_recipe *recipes, ptrdiff_t count,
                struct arena *arena, struct image_variant *out, str *error)
{
    struct image_source source;
    if (!image_open(&source, bytes, limits, arena, error)) return false;
    if (!image_kind_info(source.info.kind)->decodes)
        return image_fail(&source, "this build of hugi does not decode %s", image_kind_info(source.info.kind)->name);
    struct maker *maker = memory_alloc(sizeof *maker);
    *maker = (struct maker){.source = source};
    bool ok = make_all(maker, recipes, count, out);
    if (ok && count) *error = str_c(maker->base.damage);
    pixels_free(&maker->base);
    pixels_free(&maker->small);
    free(maker);
    return ok;
}
