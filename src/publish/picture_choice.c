/* picture_choice.c - the format of variants whose hook left it open ("plain"): what every program
 * shows, PNG or JPEG, is decided by the bytes both would have.
 *
 * It has to be known before addresses are, so both are made while the build is planned; what was chosen
 * is noted in the cache, by content and recipe.  The variant itself is made with all others: from larger ones. */
#include "picture_cache.h"

#include "base/path.h"

struct choice {
    const struct asset *asset;
    struct image_recipe recipe;
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
    return str_format(arena, "%" STR_F "/images/%" STR_F ".%s", STR_A(publish->cache),
                      STR_A(hash_hex(arena, picture_choice_key(asset, &open), 32)), image_kind_info(format)->name);
}

/* Photos as cameras store them are never smaller without loss. */
static bool is_photo(const struct asset *asset) { return asset->info.kind == IMAGE_JPEG || asset->info.kind == IMAGE_HEIC; }

static enum image_kind chosen_before(const struct publish *publish, const struct choice *choice, struct arena *arena)
{
    static const enum image_kind formats[] = {IMAGE_JPEG, IMAGE_PNG};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (file_exists(picture_choice_path(publish, choice->asset, &choice->recipe, formats[i], arena))) return formats[i];
    return IMAGE_UNKNOWN;
}

static bool make(const struct publish *publish, const struct choice *choice, struct arena *arena, str *out)
{
    struct diags unheard = diags_in(arena);
    struct image_limits limits = asset_limits(publish->site->config);
    struct image_variant made;
    str bytes = choice->asset->bytes, error;
    if (!bytes.len && !file_read(arena, path_join(arena, publish->site->root, choice->asset->disk), &bytes, &unheard)) return false;
    bool fine = image_make(bytes, &limits, &choice->recipe, 1, arena, &made, &error) && !error.len;
    *out = made.bytes;
    return fine;
}

/* Into the cache: an empty file whose name says what was chosen.  A picture that is broken or damaged
 * is told where outputs are made, which makes JPEG of what there is. */
static void choose(struct worker *worker, ptrdiff_t index, void *context)
{
    const struct choices *choices = context;
    const struct publish *publish = choices->publish;
    struct choice *choice = &choices->items[index];
    struct arena *arena = &worker->scratch;
    struct diags unheard = diags_in(arena);     /* what is not kept is found out again */
    str bytes;
    choice->format = chosen_before(publish, choice, arena);
    if (choice->format != IMAGE_UNKNOWN) return;
    choice->format = make(publish, choice, arena, &bytes) ? image_sniff(bytes) : IMAGE_JPEG;
    file_write(picture_choice_path(publish, choice->asset, &choice->recipe, choice->format, arena), S(""), &unheard);
}

static void add(struct choices *choices, struct picture *picture)
{
    struct arena *arena = choices->publish->arena;
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        struct variant *variant = &picture->variants[i];
        if (variant->recipe.format != IMAGE_UNKNOWN) continue;
        if (is_photo(picture->asset)) variant->recipe.format = IMAGE_JPEG;
        if (is_photo(picture->asset)) continue;
        struct choice choice = {.asset = picture->asset, .recipe = variant_recipe(variant)};
        str key = hash_hex(arena, picture_key(choice.asset, &choice.recipe), 32);
        if (map_get(&choices->index_of, key)) continue;
        ARENA_PUSH(arena, choices->items, choices->count, choices->capacity) = choice;
        map_put(arena, &choices->index_of, key, (void *)(uintptr_t)choices->count);
    }
}

static void apply(struct choices *choices, struct picture *picture)
{
    struct arena *arena = choices->publish->arena;
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        struct variant *variant = &picture->variants[i];
        if (variant->recipe.format != IMAGE_UNKNOWN) continue;
        struct image_recipe recipe = variant_recipe(variant);
        uintptr_t index = (uintptr_t)map_get(&choices->index_of, hash_hex(arena, picture_key(picture->asset, &recipe), 32));
        variant->recipe.format = choices->items[index - 1].format;
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
