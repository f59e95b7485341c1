/* check_budget.c - what pages and pictures weigh, against the settings' `budget`.
 *
 * A page weighs its HTML, the theme's style sheets, and of each picture the file that a reader loads who
 * sees all of it in a window of 1,440 pixels, on a screen with two dots a pixel: of the format that browsers take
 * first the smallest size that fills its place, wider in a text than in a gallery.  A file that stands there twice
 * is loaded once, and an animation only when it is asked for. */
#include "publish/publish.h"

#include "base/escape.h"
#include "base/utf8.h"

enum { GIF_ADVICE_BYTES = 1 << 20 };

static int64_t weight_of(const struct publish *publish, str url)
{
    struct arena *arena = publish->arena;
    const struct output *output = map_get(&publish->plan->by_path, utf8_fold(arena, url_decode(arena, str_from(url, 1))));
    return output ? output->size : 0;
}

enum { DOTS = 2 };

/* Would a browser take `v` rather than `best`, for a place `dots` wide? */
static bool fits_better(const struct variant *v, const struct variant *best, int dots)
{
    return !best || (best->width < dots ? v->width > best->width : v->width >= dots && v->width < best->width);
}

/* The address of what is loaded of a picture; the file itself where it has no sizes. */
static str loaded_url(const struct picture *picture, const struct picture_ref *ref)
{
    const struct variant *best = NULL;
    int dots = DOTS * view_figure_pixels(ref);
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        const struct variant *v = &picture->variants[i];
        if (v->recipe.format == picture->variants[0].recipe.format && fits_better(v, best, dots)) best = v;
    }
    if (best) return best->url;
    return picture->asset ? picture->asset->url : (str){0};
}

static int64_t pictures_weight(const struct publish *publish, const struct page *page)
{
    struct map loaded = {0};
    int64_t sum = 0;
    for (ptrdiff_t i = 0; i < page->content.picture_count; i++) {
        str url = loaded_url(&publish->plan->pictures[page->index][i], &page->content.pictures[i]);
        if (url.len && map_put(publish->arena, &loaded, url, (void *)page) == NULL) sum += weight_of(publish, url);
    }
    return sum;
}

static int64_t styles_weight(const struct publish *publish)
{
    int64_t sum = 0;
    for (ptrdiff_t i = 0; i < publish->theme->asset_count; i++)
        if (str_ends(publish->theme->assets[i].name, S(".css"))) sum += publish->theme->assets[i].bytes.len;
    return sum;
}

static str in_units(struct arena *arena, int64_t bytes)
{
    if (bytes < 1 << 20) return str_format(arena, "%lld KB", (long long)((bytes + 512) >> 10));
    return str_format(arena, "%.1f MB", (double)bytes / (1 << 20));
}

static void check_page(const struct publish *publish, const struct output *output, int64_t styles, struct diags *diags)
{
    const struct page *page = output->page;
    int64_t budget = publish->site->config->budget.page, pictures = pictures_weight(publish, page);
    int64_t weight = output->size + styles + pictures;
    if (weight <= budget) return;
    struct diag *diag = diag_report(diags, DIAG_BUDGET, (span){0}, "the page weighs %" STR_F " (its %td pictures %" STR_F "), more than the budget of %" STR_F,
                                    STR_A(in_units(diags->arena, weight)), page->content.picture_count,
                                    STR_A(in_units(diags->arena, pictures)), STR_A(in_units(diags->arena, budget)));
    diag->path = page->path;
    diag_hint(diags, diag, "fewer or smaller pictures (images: {widths, quality}), or another budget: {page: ...}");
}

static void check_picture(const struct publish *publish, const struct output *output, struct diags *diags)
{
    const struct asset *asset = output->asset;
    int64_t budget = publish->site->config->budget.image;
    struct diag *diag = NULL;
    if (budget > 0 && output->size > budget) {
        diag = diag_report(diags, DIAG_BUDGET, (span){0}, "%" STR_F " weighs %" STR_F ", more than the budget of %" STR_F, STR_A(output->url),
                           STR_A(in_units(diags->arena, output->size)), STR_A(in_units(diags->arena, budget)));
        diag_hint(diags, diag, "a smaller picture (images: {widths, quality}), or another budget: {image: ...}");
    } else if (asset->info.kind == IMAGE_GIF && asset->info.frames > 1 && output->size > GIF_ADVICE_BYTES) {
        diag = diag_report(diags, DIAG_GIF_SIZE, (span){0}, "an animated GIF of %" STR_F, STR_A(in_units(diags->arena, output->size)));
        diag_hint(diags, diag, "a film of the same (MP4) is a tenth of it");
    }
    if (diag) diag->path = asset->path;
}

void budget_check(const struct publish *publish, struct diags *diags)
{
    int64_t styles = styles_weight(publish);
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        const struct output *output = &publish->plan->outputs[i];
        if (output->failed) continue;
        if (output->kind == OUTPUT_PAGE && publish->site->config->budget.page > 0) check_page(publish, output, styles, diags);
        if (output->kind == OUTPUT_VARIANT || (output->kind == OUTPUT_FILE && output->asset->is_picture)) check_picture(publish, output, diags);
    }
}
