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
    if (picture->count == 0) return;
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
    return true;
}

/* The cover: the front matter's picture, else the first of the body that has sizes, else the first that is the site's. */
static const struct picture_ref *cover_ref(const struct page *page)
{
    const struct picture_ref *first = NULL;
    if (page->cover.url.len && !asset_is_lost(page->cover.asset)) return &page->cover;
    for (ptrdiff_t i = 0; i < page->content.picture_count; i++) {
        const struct picture_ref *ref = &page->content.pictures[i];
        if (has_variants(ref->asset)) return ref;
        if (!first && ref->asset && !asset_is_lost(ref->asset)) first = ref;
    }
    return first;
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
    const struct picture_ref *cover = plan->cover_refs[index] = cover_ref(page);
    if (ok && cover) decide(step, worker, page, cover, cover_uses, 3, &plan->covers[index]);
}

/* --- formats and addresses ------------------------------------------------ */

static void drop_format(struct picture *picture, enum image_kind format)
{
    ptrdiff_t kept = 0, count = picture->count;
    for (ptrdiff_t i = 0; i < count; i++)
        if (picture->variants[i].recipe.format != format) picture->variants[kept++] = picture->variants[i];
    picture->count = kept;
}

static bool asks_for_avif(const struct picture *picture)
{
    for (ptrdiff_t i = 0; i < picture->count; i++)
        if (picture->variants[i].recipe.format == IMAGE_AVIF) return true;
    return false;
}

/* Whether it can be made is asked only where it is wanted: libheif loads slowly. */
static void drop_avif(const struct publish *publish, struct diags *diags)
{
    const struct site *site = publish->site;
    struct plan *plan = publish->plan;
    bool wanted = false;
    for (ptrdiff_t i = 0; !wanted && i < site->page_count; i++) {
        wanted = asks_for_avif(&plan->covers[i]);
        for (ptrdiff_t k = 0; !wanted && k < site->pages[i]->content.picture_count; k++) wanted = asks_for_avif(&plan->pictures[i][k]);
    }
    if (!wanted || image_writes_avif()) return;
    struct diag *diag = diag_report(diags, DIAG_NO_AVIF, (span){0}, "no AVIF is made: there is no AV1 encoder of libheif here; pictures have their other formats");
    diag_hint(diags, diag, "install libheif with aom (`hugi version` says what is there), or ask for no avif");
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        drop_format(&plan->covers[i], IMAGE_AVIF);
        for (ptrdiff_t k = 0; k < site->pages[i]->content.picture_count; k++) drop_format(&plan->pictures[i][k], IMAGE_AVIF);
    }
}

static void name_page(struct worker *worker, ptrdiff_t index, void *context)
{
    const struct publish *publish = context;
    for (ptrdiff_t k = 0; k < publish->site->pages[index]->content.picture_count; k++)
        name_variants(&publish->plan->pictures[index][k], &worker->arena);
    name_variants(&publish->plan->covers[index], &worker->arena);
}

/* --- the list of outputs ---------------------------------------------------- */

static void add_variants(struct publish *publish, const struct picture *picture, struct map *known, str source)
{
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        const struct variant *variant = &picture->variants[i];
        if (map_get(known, variant->url)) continue;
        map_put(publish->arena, known, variant->url, (void *)variant);
        str path = url_decode(publish->arena, str_from(variant->url, 1));
        struct output *output = plan_add(publish->plan, publish->arena, OUTPUT_VARIANT, path);
        output->asset = picture->asset;
        output->recipe = variant_recipe(variant);
        output->source = source;
    }
}

bool plan_pictures(struct publish *publish, struct diags *diags)
{
    const struct site *site = publish->site;
    struct plan *plan = publish->plan;
    plan->pictures = ARENA_NEWS(publish->arena, struct picture *, site->page_count);
    plan->covers = ARENA_NEWS(publish->arena, struct picture, site->page_count);
    plan->cover_refs = ARENA_NEWS(publish->arena, const struct picture_ref *, site->page_count);
    struct picture_step step = {publish, ARENA_NEWS(publish->arena, struct diags, site->page_count)};
    job_each(publish->pool, site->page_count, decide_page, &step);
    ptrdiff_t errors = diags->errors;
    for (ptrdiff_t i = 0; i < site->page_count; i++) diags_merge(diags, &step.diags[i]);
    drop_avif(publish, diags);
    if (!picture_choices_make(publish, diags)) return false;
    job_each(publish->pool, site->page_count, name_page, publish);
    struct map known = {0};
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        const struct page *page = site->pages[i];
        for (ptrdiff_t k = 0; k < page->content.picture_count; k++)
            add_variants(publish, &plan->pictures[i][k], &known, page->path);
        add_variants(publish, &plan->covers[i], &known, page->path);
    }
    picture_notes_read(publish);
    picture_tints_plan(publish);
    return diags->errors == errors;
}
