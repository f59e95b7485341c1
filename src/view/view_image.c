/* view_image.c - what templates and hooks see of pictures. */
#include "fields.h"

#include "base/hash.h"
#include "base/path.h"

#define FIELD(name) \
    static value name(const struct view *view, const void *thing, struct arena *arena)
#define IMAGE const struct image_view *image = thing; (void)view, (void)arena

FIELD(image_width) { IMAGE; return image->asset && image->asset->info.width ? value_int(image->asset->info.width) : value_null(); }
FIELD(image_height) { IMAGE; return image->asset && image->asset->info.height ? value_int(image->asset->info.height) : value_null(); }
FIELD(image_alpha) { IMAGE; return value_bool(image->asset && image->asset->info.alpha); }
FIELD(image_frames) { IMAGE; return value_int(image->asset ? image->asset->info.frames : 1); }
FIELD(image_alt) { IMAGE; return value_str(image->ref ? image->ref->alt : S("")); }
FIELD(image_caption) { IMAGE; return image->ref ? view_text(image->ref->caption) : value_null(); }
FIELD(image_path) { IMAGE; return image->asset ? value_str(image->asset->path) : value_null(); }
FIELD(image_name) { IMAGE; return image->asset ? value_str(path_name(image->asset->path)) : value_null(); }

FIELD(image_page) { IMAGE; return view_page(view, image->page); }
FIELD(image_anchor) { IMAGE; return image->ref ? view_text(image->ref->anchor) : value_null(); }

FIELD(image_tint_text)
{
    IMAGE;
    struct buf out = buf_in(arena);
    if (image->asset) view_tint_classes(image->asset, &out);
    return view_text(buf_str(&out));
}

FIELD(image_kind)
{
    IMAGE;
    return image->asset ? value_str(str_c(image_kind_info(image->asset->info.kind)->name)) : value_null();
}

/* In the zone of the event.  Many cameras say the clock on the wall and no zone: that of the event is the best
 * guess.  A photo that tells its own is shown there, unless its event has one that is not just the site's. */
FIELD(image_time)
{
    IMAGE;
    if (!image->asset || !image->asset->info.has_time) return value_null();
    const struct image_info *info = &image->asset->info;
    const struct event *event = image->page ? image->page->event : NULL;
    const struct zone *home = view->site->config->zone, *zone = event && event->zone ? event->zone : home;
    int offset = info->has_offset ? info->offset : zone_offset_local(zone, info->taken);
    instant taken = {.seconds = info->taken - (int64_t)offset * 60, .offset = offset};
    return value_time(info->has_offset && zone == home ? taken : date_in_zone(taken, zone));
}

/* How well a variant stands for the whole picture: uncropped ones that every reader shows first. */
static int image_rank(const struct variant *variant)
{
    return (variant->recipe.format != IMAGE_WEBP ? 2 : 0) + (variant->recipe.crop == IMAGE_CROP_NONE ? 1 : 0);
}

FIELD(image_url)
{
    IMAGE;
    const struct variant *best = NULL;
    for (ptrdiff_t i = 0; image->picture && i < image->picture->count; i++) {
        const struct variant *variant = &image->picture->variants[i];
        int better = best ? image_rank(variant) - image_rank(best) : 1;
        if (better > 0 || (better == 0 && variant->width > best->width)) best = variant;
    }
    if (best) return value_str(best->url);
    if (image->asset) return value_str(image->asset->url);
    return image->ref ? view_text(image->ref->url) : value_null();
}

/* What a link to the page is shown with elsewhere: 1200 x 630. */
FIELD(image_social_url)
{
    IMAGE;
    for (ptrdiff_t i = 0; image->picture && i < image->picture->count; i++)
        if (str_equal(image->picture->variants[i].use, S("social"))) return value_str(image->picture->variants[i].url);
    return image_url(view, thing, arena);
}

static const struct view_field image_rows[] = {
    {STR_INIT("width"), image_width, STR_INIT("pixels, upright; nil for other hosts' pictures")},
    {STR_INIT("height"), image_height, STR_INIT("pixels, upright")},
    {STR_INIT("alt"), image_alt, STR_INIT("text for who does not see it")},
    {STR_INIT("caption"), image_caption, STR_INIT("HTML, or nil")},
    {STR_INIT("url"), image_url, STR_INIT("one file of it that every reader shows")},
    {STR_INIT("social_url"), image_social_url, STR_INIT("the one for link previews, or url")},
    {STR_INIT("time"), image_time, STR_INIT("when it was taken, in the zone of its page's event, or nil; `page.photos | sort: 'time'`")},
    {STR_INIT("page"), image_page, STR_INIT("the page it stands on")},
    {STR_INIT("anchor"), image_anchor, STR_INIT("id of its figure, or nil: `page.url#anchor` leads to it")},
    {STR_INIT("tint"), image_tint_text, STR_INIT("classes of its main colour, \"hue2 tone4\", or nil")},
    {STR_INIT("kind"), image_kind, STR_INIT("\"jpeg\"")},
    {STR_INIT("alpha"), image_alpha, STR_INIT("may have transparent pixels")},
    {STR_INIT("frames"), image_frames, STR_INIT("more than 1: animated")},
    {STR_INIT("path"), image_path, STR_INIT("file, from the site's folder")},
    {STR_INIT("name"), image_name, STR_INIT("file name")},
};

/* --- a digest of all that rows and the img filter tell ------------------- */

static uint64_t digest_ref(const struct picture_ref *ref)
{
    uint64_t digest = view_mix(hash_str(ref->url), hash_str(ref->alt));
    digest = view_mix(view_mix(digest, hash_str(ref->title)), hash_str(ref->caption));
    digest = view_mix(digest, hash_str(ref->anchor));
    digest = view_mix(digest, (uint64_t)ref->columns << 10 | (uint64_t)ref->narrow_columns << 2 | (uint64_t)ref->linked << 1 | ref->eager);
    for (ptrdiff_t i = 0; i < ref->attribute_count; i++)
        digest = view_mix(view_mix(digest, hash_str(ref->attributes[i].name)), hash_str(ref->attributes[i].value));
    return digest;
}

static uint64_t digest_asset(const struct asset *asset)
{
    const struct image_info *info = &asset->info;
    uint64_t digest = view_mix(hash_str(asset->path), hash_str(asset->url));
    digest = view_mix(digest, (uint64_t)info->width << 32 | (uint64_t)info->height);
    digest = view_mix(digest, (uint64_t)info->frames << 16 | (uint64_t)info->kind << 2 | (uint64_t)info->alpha << 1 | asset_is_lost(asset));
    return view_mix(digest, (uint64_t)asset->tint.hue << 8 | asset->tint.tone);
}

static uint64_t digest_variants(const struct picture *picture)
{
    uint64_t digest = (uint64_t)picture->count;
    for (ptrdiff_t i = 0; i < picture->count; i++) {
        const struct variant *variant = &picture->variants[i];
        digest = view_mix(view_mix(digest, hash_str(variant->use)), hash_str(variant->url));
        digest = view_mix(digest, (uint64_t)variant->recipe.crop << 8 | (uint64_t)variant->recipe.format);
        digest = view_mix(digest, (uint64_t)variant->width << 32 | (uint64_t)variant->height);
    }
    return digest;
}

/* The word on the button of an animation, in the language of its page. */
static uint64_t digest_play(const struct view *view, const struct image_view *image)
{
    if (!image->page || !image->asset || image->asset->info.frames < 2) return 0;
    return hash_str(theme_string(view->site->theme, image->page->language, S("play")));
}

static uint64_t image_digest(const struct view *view, const void *thing, struct arena *arena)
{
    IMAGE;
    uint64_t digest = image->page ? view_noun_identity(view, READ_PAGE, image->page->index) : 1;
    if (image->ref) digest = view_mix(digest, digest_ref(image->ref));
    if (image->asset) digest = view_mix(digest, digest_asset(image->asset));
    if (image->picture) digest = view_mix(digest, digest_variants(image->picture));
    digest = view_mix(digest, digest_play(view, image));
    return image->asset && image->asset->info.has_time ? view_mix(digest, view_digest(image_time(view, thing, arena), arena)) : digest;
}

const struct view_fields image_fields = {
    .class_ = STR_INIT("image"), .rows = image_rows, .count = sizeof image_rows / sizeof *image_rows, .whole = image_digest};
