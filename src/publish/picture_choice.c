/* picture_choice.c - formats that are decided by bytes.
 *
 * "plain", which a hook leaves open, is what every program shows: PNG or JPEG, whichever has fewer.  WebP of a JPEG that
 * is published in its own size is given up for JPEG where the file itself has no more: it was small already, and
 * would only lose.
 *
 * It has to be known before addresses are, so both are made while the build is planned; what was chosen
 * is noted in the cache, by content and recipe. */
#include "picture_cache.h"

#include "base/path.h"

struct choice {
    const struct asset *asset;
    struct image_recipe recipe; /* UNKNOWN: JPEG or PNG; WEBP: that or JPEG */
    enum image_kind format;
};

struct choices {
    const struct publish *publish;
    struct choice *items;
    ptrdiff_t count, capacity;
    struct map index_of;        /* of an item's note -> one more than its index */
};

str picture_choice_path(const struct publish *publish, const struct asset *asset, const struct image_recipe *recipe,
                        enum image_kind format, struct arena *arena)
{
    struct image_recipe open = *recipe;
    open.format = IMAGE_UNKNOWN;
    return str_format(arena, "%" STR_F "/images/%" STR_F ".format-%s", STR_A(publish->cache),
                      STR_A(hash_hex(arena, picture_bytes_key(asset, &open), 32)), image_kind_info(format)->name);
}

/* Photos as cameras store them are never smaller without loss. */
static bool is_photo(const struct asset *asset) { return asset->info.kind == IMAGE_JPEG || asset->info.kind == IMAGE_HEIC; }

static enum image_kind chosen_before(const struct publish *publish, const struct choice *choice, struct arena *arena)
{
    static const enum image_kind formats[] = {IMAGE_JPEG, IMAGE_PNG, IMAGE_WEBP};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (file_exists(picture_choice_path(publish, choice->asset, &choice->recipe, formats[i], arena))) return formats[i];
    return IMAGE_UNKNOWN;
}

static bool make(const struct publish *publish, const struct choice *choice, str file, struct arena *arena, str *out)
{
    struct image_limits limits = asset_limits(publish->site->config);
    struct image_variant made;
    str error;
    bool fine = image_make(file, &limits, &choice->recipe, 1, arena, &made, &error) && !error.len;
    *out = made.bytes;
    return fine;
}

/* A WebP that is made is kept.  What is not kept is found out again. */
static enum image_kind decide(const struct publish *publish, const struct choice *choice, struct arena *arena)
{
    const struct asset *asset = choice->asset;
    struct diags unheard = diags_in(arena);
    struct image_limits limits = asset_limits(publish->site->config);
    str file = asset->bytes, made, clean, error;
    bool is_read = file.len || file_read(arena, path_join(arena, publish->site->root, asset->disk), &file, &unheard);
    bool fine = is_read && make(publish, choice, file, arena, &made);
    if (choice->recipe.format == IMAGE_UNKNOWN) return fine ? image_sniff(made) : IMAGE_JPEG;
    if (fine && image_clean(file, &limits, arena, &clean, &error) && made.len >= clean.len) return IMAGE_JPEG;
    if (fine) picture_cache_put(picture_cache_path(publish, asset, &choice->recipe, arena), made, arena, &unheard);
    return IMAGE_WEBP;
}

/* Into the cache: an empty file whose name says what was chosen.  A picture that is broken or damaged
 * is told where outputs are made, which makes JPEG of what there is. */
static void choose(struct worker *worker, ptrdiff_t index, void *context)
{
    const struct choices *choices = context;
    const struct publish *publish = choices->publish;
    struct choice *choice = &choices->items[index];
    struct arena *arena = &worker->scratch;
    struct diags unheard = diags_in(arena);
    choice->format = chosen_before(publish, choice, arena);
    if (choice->format != IMAGE_UNKNOWN) return;
    choice->format = decide(publish, choice, arena);
    file_write(picture_choice_path(publish, choice->asset, &choice->recipe, choice->format, arena), S(""), &unheard);
}

/* A JPEG as browsers show it, whole and as large as the file. */
static bool rivals_file(const struct asset *asset, const struct variant *variant)
{
    const struct image_info *info = &asset->info;
    return variant->recipe.format == IMAGE_WEBP && info->kind == IMAGE_JPEG && !info->inks && variant->width == info->width &&
           variant->height == info->height;
}

static str choice_key(const struct asset *asset, const struct image_recipe *recipe, struct arena *arena)
{
    return hash_hex(arena, picture_key(asset, recipe), 32);
}

static void add_choice(struct choices *choices, const struct asset *asset, const struct variant *variant)
{
    struct arena *arena = choices->publish->arena;
    struct choice choice = {.asset = asset, .recipe = variant_recipe(variant)};
    str key = choice_key(asset, &choice.recipe, arena);
    if (map_get(&choices->index_of, key)) return;
    ARENA_PUSH(arena, choices->items, choices->count, choices->capacity) = choice;
    map_put(arena, &choices->index_of, key, (void *)(uintptr_t)choices->count);
}

static void add(struct choices *choices, struct picture *picture)
{
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        struct variant *variant = &picture->variants[i];
        bool open = variant->recipe.format == IMAGE_UNKNOWN;
        if (open && is_photo(picture->asset)) variant->recipe.format = IMAGE_JPEG;
        else if (open || rivals_file(picture->asset, variant)) add_choice(choices, picture->asset, variant);
    }
}

/* All sizes of a use, because a browser takes the format first and then the size. */
static void webp_to_jpeg(struct picture *picture, str use)
{
    ptrdiff_t kept = 0, count = picture->count;
    for (ptrdiff_t i = 0; i < count; i++) {
        struct variant variant = picture->variants[i];
        bool again = false;
        if (str_equal(variant.use, use) && variant.recipe.format == IMAGE_WEBP) variant.recipe.format = IMAGE_JPEG;
        for (ptrdiff_t k = 0; k < kept && !again; k++) {
            const struct variant *other = &picture->variants[k];
            again = str_equal(other->use, use) && str_equal(variant.use, use) && other->recipe.format == variant.recipe.format &&
                    other->width == variant.width && other->height == variant.height;
        }
        if (!again) picture->variants[kept++] = variant;
    }
    picture->count = kept;
}

static void apply(struct choices *choices, struct picture *picture)
{
    struct arena *arena = choices->publish->arena;
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        struct variant *variant = &picture->variants[i];
        if (variant->recipe.format != IMAGE_UNKNOWN && !rivals_file(picture->asset, variant)) continue;
        struct image_recipe recipe = variant_recipe(variant);
        uintptr_t index = (uintptr_t)map_get(&choices->index_of, choice_key(picture->asset, &recipe, arena));
        enum image_kind format = choices->items[index - 1].format;
        if (variant->recipe.format == IMAGE_UNKNOWN) variant->recipe.format = format;
        else if (format == IMAGE_JPEG) webp_to_jpeg(picture, variant->use), i = -1;     /* others have moved up */
    }
}

static void each_picture(struct choices *choices, void (*visit)(struct choices *, struct picture *))
{
    const struct publish *publish = choices->publish;
    for (ptrdiff_t i = 0; i < publish->site->page_count; i++) {
        for (ptrdiff_t k = 0; k < publish->site->pages[i]->content.picture_count; k++) visit(choices, &publish->plan->pictures[i][k]);
        visit(choices, &publish->plan->covers[i]);
    }
}

bool picture_choices_make(struct publish *publish, struct diags *diags)
{
    struct choices choices = {.publish = publish};
    each_picture(&choices, add);
    if (choices.count == 0) return true;
    if (!file_make_dirs(path_join(publish->arena, publish->cache, S("images")), diags)) return false;
    job_each(publish->pool, choices.count, choose, &choices);
    each_picture(&choices, apply);
    return true;
}
