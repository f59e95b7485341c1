/* plan_pictures.c - the thumbnail hook decides the variants of every picture
 * of every page; each variant becomes one output, however many pages show it.
 *
 * A variant's address holds a hash of the original's bytes and the recipe, so
 * that it never needs to be looked at again while it stands. */
#include "publish/publish.h"

#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"
#include "picture_cache.h"

static const str figure_uses[] = {STR_INIT("figure")};
static const str cover_uses[] = {STR_INIT("card"), STR_INIT("cover"), STR_INIT("social")};

struct picture_step {
    struct publish *publish;
    struct diags *diags;            /* [page] */
};

static bool has_variants(const struct asset *asset)
{
    return asset && asset->is_picture && !asset->broken && image_kind_info(asset->info.kind)->decodes;
}

static void name_variants(struct picture *picture, struct arena *arena)
{
    const struct asset *asset = picture->asset;
    str stem = path_fit_part(arena, utf8_slug(arena, path_stem(asset->path)));
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        struct variant *variant = &picture->variants[i];
        struct image_recipe recipe = variant->recipe;
        recipe.width = variant->width;
        recipe.height = variant->height;
        str digits = hash_hex(arena, picture_key(asset, &recipe), 10);
        str path = str_format(arena, "img/%" STR_F "-%d-%" STR_F ".%s", STR_A(stem), variant->width, STR_A(digits),
                              image_kind_info(variant->recipe.format)->extension);
        variant->url = output_url(arena, path);
    }
}

static bool decide(struct picture_step *step, struct worker *worker, const struct page *page,
                   const struct picture_ref *ref, const str *uses, ptrdiff_t use_count, struct picture *out)
{
    struct publish *publish = step->publish;
    out->asset = ref->asset;
    if (!has_variants(ref->asset)) return true;
    if (!hooks_thumbnail(publish->hooks, worker->index, publish->views[worker->index], page, ref, uses, use_count,
                         &worker->arena, &step->diags[page->index], out))
        return false;
    out->asset = ref->asset;
    name_variants(out, &worker->arena);
    return true;
}

/* The cover: the front matter's picture, else the first of the body. */
static const struct picture_ref *cover_ref(const struct page *page)
{
    if (page->cover.url.len) return &page->cover;
    for (ptrdiff_t i = 0; i < page->content.picture_count; i++)
        if (has_variants(page->content.pictures[i].asset)) return &page->content.pictures[i];
    return NULL;
}

static void decide_page(struct worker *worker, ptrdiff_t index, void *context)
{
    struct picture_step *step = context;
    const struct page *page = step->publish->site->pages[index];
    step->diags[index] = diags_in(&worker->arena);
    struct plan *plan = step->publish->plan;
    plan->pictures[index] = ARENA_NEWS(&worker->arena, struct picture, page->content.picture_count);
    if (!page->published) return;
    bool ok = true;
    for (ptrdiff_t i = 0; ok && i < page->content.picture_count; i++)
        ok = decide(step, worker, page, &page->content.pictures[i], figure_uses, 1, &plan->pictures[index][i]);
    const struct picture_ref *cover = cover_ref(page);
    if (ok && cover) decide(step, worker, page, cover, cover_uses, 3, &plan->covers[index]);
}

static void add_variants(struct publish *publish, const struct picture *picture, struct map *known, str source)
{
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        const struct variant *variant = &picture->variants[i];
        if (map_get(known, variant->url)) continue;
        map_put(publish->arena, known, variant->url, (void *)variant);
        str path = url_decode(publish->arena, str_from(variant->url, 1));
        struct output *output = plan_add(publish->plan, publish->arena, OUTPUT_VARIANT, path);
        output->asset = picture->asset;
        output->recipe = variant->recipe;
        output->recipe.width = variant->width;      /* the size it really gets, once: asked again, a crop would shrink */
        if (variant->recipe.height) output->recipe.height = variant->height;
        output->source = source;
    }
}

bool plan_pictures(struct publish *publish, struct diags *diags)
{
    const struct site *site = publish->site;
    struct plan *plan = publish->plan;
    plan->pictures = ARENA_NEWS(publish->arena, struct picture *, site->page_count);
    plan->covers = ARENA_NEWS(publish->arena, struct picture, site->page_count);
    struct picture_step step = {publish, ARENA_NEWS(publish->arena, struct diags, site->page_count)};
    job_each(publish->pool, site->page_count, decide_page, &step);
    ptrdiff_t errors = diags->errors;
    struct map known = {0};
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        const struct page *page = site->pages[i];
        diags_merge(diags, &step.diags[i]);
        for (ptrdiff_t k = 0; k < page->content.picture_count; k++)
            add_variants(publish, &plan->pictures[i][k], &known, page->path);
        add_variants(publish, &plan->covers[i], &known, page->path);
    }
    return diags->errors == errors;
}
