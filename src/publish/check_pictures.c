/* check_pictures.c - the places of pictures that cannot be shown, once all have been decoded: the file was told of,
 * and here who is without it. */
#include "picture_cache.h"

/* Where a broken file is an error there will be no page. */
static bool is_left_out(const struct publish *publish, const struct asset *asset)
{
    bool refused = asset && asset->info.kind != IMAGE_UNKNOWN && !asset->info.cleans;
    return asset_is_lost(asset) && (refused || publish->site->config->images.on_error == IMAGE_ERROR_WARN);
}

static void check_picture(const struct publish *publish, const struct picture_ref *ref, const char *instead, struct diags *diags)
{
    if (!is_left_out(publish, ref->asset)) return;
    struct diag *diag = diag_report(diags, DIAG_IMAGE_LEFT_OUT, ref->at, "%" STR_F " cannot be shown", STR_A(ref->asset->path));
    diag_hint(diags, diag, "the page has %s instead", instead);
}

void pictures_check(const struct publish *publish, struct diags *diags)
{
    const struct site *site = publish->site;
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        const struct page *page = site->pages[i];
        if (!page->published) continue;
        check_picture(publish, &page->cover, "another cover, or none,", diags);
        for (ptrdiff_t k = 0; k < page->content.picture_count; k++)
            check_picture(publish, &page->content.pictures[k], "its alt text", diags);
    }
}
