/* picture_tint.c - the colour a picture's place has until the picture is there.
 *
 * It is read from the smallest variant that any page shows, a whole one before a part: that is a function of the original and of
 * recipes alone, so that every build comes to the same, and costs a thousandth of making it. */
#include "picture_cache.h"

#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"

static int64_t area(const struct variant *variant) { return (int64_t)variant->width * variant->height; }

/* Never 0, which stands for no variant. */
static uint64_t identity(const struct asset *asset, const struct variant *variant)
{
    struct image_recipe recipe = variant_recipe(variant);
    return picture_bytes_key(asset, &recipe).low | 1;
}

static bool is_better(const struct variant *variant, const struct variant *best)
{
    bool whole = variant->recipe.crop == IMAGE_CROP_NONE, best_whole = best && best->recipe.crop == IMAGE_CROP_NONE;
    return !best || (whole && !best_whole) || (whole == best_whole && area(variant) < area(best));
}

static void note_smallest(struct plan *plan, const struct picture *picture)
{
    if (!picture->asset || picture->asset->info.alpha) return;
    const struct variant **smallest = &plan->smallest[picture->asset->index];
    for (ptrdiff_t i = 0; i < picture->count; i++)      /* AVIF is slow to read, and not by every hugi */
        if (picture->variants[i].recipe.format != IMAGE_AVIF && is_better(&picture->variants[i], *smallest)) *smallest = &picture->variants[i];
}

void picture_tints_plan(struct publish *publish)
{
    const struct site *site = publish->site;
    struct plan *plan = publish->plan;
    plan->smallest = ARENA_NEWS(publish->arena, const struct variant *, site->asset_count);
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        if (!site->pages[i]->published) continue;
        for (ptrdiff_t k = 0; k < site->pages[i]->content.picture_count; k++) note_smallest(plan, &plan->pictures[i][k]);
        note_smallest(plan, &plan->covers[i]);
    }
    for (ptrdiff_t i = 0; i < site->asset_count; i++) {
        struct asset *asset = site->assets[i];
        if (plan->smallest[i] && asset->tint_of == identity(asset, plan->smallest[i])) continue;
        asset->tint = (struct image_tint){0};
        asset->tint_of = 0;
    }
}

/* In the destination, or in the cache since it was made. */
static bool read_variant(const struct publish *publish, const struct variant *variant, struct arena *arena, str *out)
{
    struct diags unheard = diags_in(arena);     /* without it the place has no colour */
    str path = url_decode(arena, str_from(variant->url, 1));
    const struct output *output = map_get(&publish->plan->by_path, utf8_fold(arena, path));
    if (!output || output->failed) return false;
    if (!output->unchanged) return picture_cache_get(picture_cache_path(publish, output->asset, &output->recipe, arena), arena, out);
    return file_read(arena, path_join(arena, publish->destination, output->path), out, &unheard);
}

struct learning {
    struct publish *publish;
    struct asset **assets;
};

static void learn(struct worker *worker, ptrdiff_t index, void *context)
{
    const struct learning *learning = context;
    struct asset *asset = learning->assets[index];
    const struct variant *variant = learning->publish->plan->smallest[asset->index];
    str bytes, error = {0};
    if (!read_variant(learning->publish, variant, &worker->scratch, &bytes)) return;
    if (image_tint(bytes, &worker->scratch, &asset->tint, &error)) asset->tint_of = identity(asset, variant);
}

void picture_tints_learn(struct publish *publish)
{
    const struct site *site = publish->site;
    struct learning learning = {publish, ARENA_NEWS(publish->arena, struct asset *, site->asset_count)};
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < site->asset_count; i++)
        if (publish->plan->smallest[i] && site->assets[i]->tint_of == 0) learning.assets[count++] = site->assets[i];
    job_each(publish->pool, count, learn, &learning);
}
