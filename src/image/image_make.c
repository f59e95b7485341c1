/* image_make.c - variants of a picture: decode once, then largest to smallest.
 *
 * The picture is decoded just large enough, turned upright, and each recipe is
 * made from the smallest picture at hand that is not smaller: the one before
 * it.  A recipe of the original's size takes its pixels as they are. */
#include <stdlib.h>

#include "base/hash.h"
#include "color_profile.h"
#include "crop_interest.h"
#include "image_format.h"
#include "resize.h"

struct maker {
    struct image_source source;
    struct pixels whole; /* the picture, upright: decoded, then the last uncropped result */
    struct pixels cropped; /* the last cropped result */
    struct image_recipe last; /* the recipe of the last cropped result, for a second format of it */
    struct tone tone;
    bool converts; /* `whole` is not in sRGB yet */
};

static bool is_cropped(const struct image_recipe *recipe) { return recipe->crop != IMAGE_CROP_NONE && recipe->height > 0; }

/* The width the whole picture has at a recipe's scale: what recipes are ordered by. */
static double full_width(const struct image_info *info, const struct image_recipe *recipe)
{
    int width, height;
    image_recipe_size(info, recipe, &width, &height);
    if (!is_cropped(recipe)) return width;
    double by_height = (double)info->width * height / info->height;
    return by_height > width ? by_height : width;
}

/* Larger ones first, of equal ones the whole before parts. */
static bool comes_before(const struct image_info *info, const struct image_recipe *a, const struct image_recipe *b)
{
    double first = full_width(info, a), second = full_width(info, b);
    return first > second || (first == second && !is_cropped(a) && is_cropped(b));
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

/* Sizes of the whole that are passed before `one`, each once, and the width that is decoded: a sum, so
 * that their order does not matter. */
uint64_t image_chain(const struct image_info *info, const struct image_recipe *recipes, ptrdiff_t count,
                     const struct image_recipe *one)
{
    double decoded = full_width(info, one);
    uint64_t sum = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
        struct { int32_t width, height; } size = {0, 0}, other;
        if (full_width(info, &recipes[i]) > decoded) decoded = full_width(info, &recipes[i]);
        if (is_cropped(&recipes[i]) || !comes_before(info, &recipes[i], one)) continue;
        image_recipe_size(info, &recipes[i], &size.width, &size.height);
        bool again = false;
        for (ptrdiff_t k = 0; k < i && !again; k++) {
            image_recipe_size(info, &recipes[k], &other.width, &other.height);
            again = !is_cropped(&recipes[k]) && other.width == size.width && other.height == size.height;
        }
        if (!again) sum += hash_bytes(&size, sizeof size).low;
    }
    return sum + hash_bytes(&decoded, sizeof decoded).low;
}

/* The size the largest recipe asks for, as the file is stored. */
static struct pixels_want wanted_size(const struct image_info *info, const struct image_recipe *largest)
{
    double width = full_width(info, largest);
    int w = (int)(width + 0.999), h = (int)(width * info->height / info->width + 0.999);
    if (w > info->width) w = info->width;
    if (h > info->height) h = info->height;
    if (orientation_swaps(info->orientation)) return (struct pixels_want){h, w};
    return (struct pixels_want){w, h};
}

static bool decode(struct maker *maker, const struct image_recipe *largest)
{
    struct image_source *source = &maker->source;
    struct pixels_want want = wanted_size(&source->info, largest);
    if (!image_format(source->info.kind)->read(source, &want, &maker->whole)) return false;
    pixels_simplify(&maker->whole);
    if (!pixels_orient(&maker->whole, source->info.orientation))
        return image_fail(source, "%d x %d pixels do not fit into memory", source->info.width, source->info.height);
    maker->converts = tone_init_profile(&maker->tone, &maker->whole);
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

/* A smaller `whole`, or what is cropped out of it.  *out is where the result lies. */
static bool make_pixels(struct maker *maker, const struct image_recipe *recipe, const struct image_variant *variant,
                        const struct pixels **out)
{
    struct pixels made;
    struct area part = recipe_part(recipe, &maker->whole);
    bool whole = !is_cropped(recipe);
    struct pixels *to = whole ? &maker->whole : &maker->cropped;
    if (!resize_pixels(&maker->whole, &maker->tone, part, variant->width, variant->height, &made))
        return image_fail(&maker->source, "%d x %d pixels do not fit into memory", variant->width, variant->height);
    pixels_free(to);
    *to = made;
    *out = to;
    if (whole && maker->converts) {
        tone_init(&maker->tone);
        maker->converts = false;
    }
    return true;
}

static bool same_pixels(const struct image_recipe *a, const struct image_recipe *b)
{
    return a->width == b->width && a->height == b->height && a->crop == b->crop;
}

static bool choose_pixels(struct maker *maker, const struct image_recipe *recipe, const struct image_variant *variant,
                          const struct pixels **out)
{
    struct pixels *whole = &maker->whole;
    bool cropped = is_cropped(recipe), same = variant->width == whole->width && variant->height == whole->height;
    if (cropped && maker->cropped.data && same_pixels(recipe, &maker->last)) {
        *out = &maker->cropped;
        return true;
    }
    *out = whole;
    if (same && !maker->converts) return true;
    if (cropped) maker->last = *recipe;
    return make_pixels(maker, recipe, variant, out);
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

/* What every program shows: PNG for what is transparent, and where it is not larger than JPEG. */
static bool encode_plain(struct maker *maker, const struct pixels *pixels, int quality, str *out)
{
    str png;
    if (pixels_alpha(pixels)) return encode_pixels(maker, IMAGE_PNG, pixels, quality, out);
    if (!encode_pixels(maker, IMAGE_JPEG, pixels, quality, out)) return false;
    if (!pixels_drawn(pixels)) return true;
    if (!encode_pixels(maker, IMAGE_PNG, pixels, quality, &png)) return false;
    if (png.len <= out->len) *out = png;
    return true;
}

static bool make_one(struct maker *maker, const struct image_recipe *recipe, struct image_variant *out)
{
    const struct image_format *format = image_format(recipe->format);
    int quality = recipe->quality < 1 ? 80 : recipe->quality > 100 ? 100 : recipe->quality;
    const struct pixels *pixels;
    if (recipe->format != IMAGE_UNKNOWN && !format->write) return image_fail(&maker->source, "hugi does not write %s", format->info.name);
    image_recipe_size(&maker->source.info, recipe, &out->width, &out->height);
    if (recipe->skipped && is_cropped(recipe)) return true;
    if (!choose_pixels(maker, recipe, out, &pixels)) return false;
    if (recipe->skipped) return true;
    if (recipe->format == IMAGE_UNKNOWN) return encode_plain(maker, pixels, quality, &out->bytes);
    return encode_pixels(maker, recipe->format, pixels, quality, &out->bytes);
}

static bool make_all(struct maker *maker, const struct image_recipe *recipes, ptrdiff_t count, struct image_variant *out,
                     const char **damage)
{
    const ptrdiff_t *order = recipe_order(maker, recipes, count);
    while (count > 0 && recipes[order[count - 1]].skipped) count--;
    if (count == 0) return true;
    if (!decode(maker, &recipes[order[0]])) return false;
    *damage = maker->whole.damage;
    for (ptrdiff_t i = 0; i < count; i++)
        if (!make_one(maker, &recipes[order[i]], &out[order[i]])) return false;
    return true;
}

bool image_make(str bytes, const struct image_limits *limits, const struct image_recipe *recipes, ptrdiff_t count,
                struct arena *arena, struct image_variant *out, str *error)
{
    struct image_source source;
    if (!image_open(&source, bytes, limits, arena, error)) return false;
    if (!image_kind_info(source.info.kind)->decodes)
        return image_fail(&source, "this build of hugi does not decode %s", image_kind_info(source.info.kind)->name);
    if (count == 0) return true;
    struct maker *maker = memory_alloc(sizeof *maker);
    *maker = (struct maker){.source = source};
    const char *damage = NULL;
    bool ok = make_all(maker, recipes, count, out, &damage);
    if (ok) *error = str_c(damage);
    pixels_free(&maker->whole);
    pixels_free(&maker->cropped);
    free(maker);
    return ok;
}
