/* image_make.c - variants of a picture: decoded once, each made of that, none of another.
 *
 * What is decoded, the base, is upright and larger than most recipes ask for: its size rests on the
 * picture and on the recipe, not on which others there are.  So a recipe gives the same bytes alone and
 * in company.  All sizes are made in one pass over it; then it is gone, and they are encoded, the smallest first. */
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
    double base_width; /* what it was decoded for */
    struct resize *sizes; /* made of this base, the smallest first; freed as soon as they are encoded */
    ptrdiff_t size_count;
    const struct pixels *shown; /* one of them, or the base: what is encoded now */
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

static bool is_base(const struct maker *maker, const struct image_variant *variant)
{
    return variant->width == maker->base.width && variant->height == maker->base.height && !maker->converts;
}

/* Recipes of the same pixels stand together and share them. */
static bool make_sizes(struct maker *maker, const struct image_recipe *recipes, const ptrdiff_t *order, ptrdiff_t count,
                       const struct image_variant *variants)
{
    maker->sizes = ARENA_NEWS(maker->source.arena, struct resize, count);
    maker->size_count = 0;
    bool base_is_shown = false;
    for (ptrdiff_t i = 0; i < count; i++) {
        const struct image_recipe *recipe = &recipes[order[i]];
        const struct image_variant *variant = &variants[order[i]];
        if (i > 0 && same_pixels(recipe, &recipes[order[i - 1]])) continue;
        base_is_shown = base_is_shown || is_base(maker, variant);
        if (is_base(maker, variant)) continue;
        maker->sizes[maker->size_count++] =
            (struct resize){.part = recipe_part(recipe, &maker->base), .width = variant->width, .height = variant->height};
    }
    bool made = resize_pixels(&maker->base, &maker->tone, maker->sizes, maker->size_count);
    if (!base_is_shown) pixels_free(&maker->base);
    return made || image_fail(&maker->source, "%d x %d pixels do not fit into memory", maker->base.width, maker->base.height);
}

static void free_sizes(struct maker *maker)
{
    for (ptrdiff_t i = 0; i < maker->size_count; i++) pixels_free(&maker->sizes[i].out);
    maker->size_count = 0;
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

static bool encode_recipe(struct maker *maker, const struct image_recipe *recipe, struct image_variant *out)
{
    if (recipe->format == IMAGE_UNKNOWN) return encode_plain(maker, recipe, out, &out->bytes);
    return encode(maker, recipe->format, recipe, out, &out->bytes);
}

/* All recipes of one base. */
static bool make_of_base(struct maker *maker, const struct image_recipe *recipes, const ptrdiff_t *order, ptrdiff_t count,
                         struct image_variant *out)
{
    if (!make_sizes(maker, recipes, order, count, out)) return false;
    struct resize *size = maker->sizes;
    for (ptrdiff_t i = 0; i < count; i++) {
        struct image_variant *variant = &out[order[i]];
        bool again = i + 1 < count && same_pixels(&recipes[order[i]], &recipes[order[i + 1]]);
        maker->shown = is_base(maker, variant) ? &maker->base : &size->out;
        if (!encode_recipe(maker, &recipes[order[i]], variant)) return false;
        if (again || maker->shown == &maker->base) continue;
        pixels_free(&size->out);
        size++;
    }
    return true;
}

static bool is_written(struct maker *maker, const struct image_recipe *recipe)
{
    const struct image_format *format = image_format(recipe->format);
    return recipe->format == IMAGE_UNKNOWN || format->write || image_fail(&maker->source, "hugi does not write %s", format->info.name);
}

static bool make_all(struct maker *maker, const struct image_recipe *recipes, ptrdiff_t count, struct image_variant *out)
{
    const struct image_info *info = &maker->source.info;
    const ptrdiff_t *order = recipe_order(maker, recipes, count);
    for (ptrdiff_t i = 0; i < count; i++) {
        if (!is_written(maker, &recipes[i])) return false;
        image_recipe_size(info, &recipes[i], &out[i].width, &out[i].height);
    }
    for (ptrdiff_t at = 0, end; at < count; at = end) {
        if (!decode(maker, base_width(info, &recipes[order[at]]))) return false;
        for (end = at + 1; end < count && base_width(info, &recipes[order[end]]) <= maker->base_width;) end++;
        if (!make_of_base(maker, recipes, order + at, end - at, out)) return false;
        free_sizes(maker);
    }
    return true;
}

uint64_t image_decoder(enum image_kind kind)
{
    const struct image_format *format = image_format(kind);
    if (kind == IMAGE_AVIF || kind == IMAGE_HEIC) return heif_decoder();
    return !format->read ? 0 : format->encoder ? format->encoder() : 1;
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
    free_sizes(maker);
    free(maker);
    return ok;
}
