/* plan_files.c - files that keep their bytes: static/, files bodies link to,
 * the theme's assets, robots.txt and .nojekyll. */
#include "publish/publish.h"

#include "base/escape.h"
#include "base/utf8.h"

static void add_file(struct publish *publish, const struct asset *asset)
{
    str path = utf8_nfc(publish->arena, url_decode(publish->arena, str_from(asset->url, 1)));
    struct output *output = plan_add(publish->plan, publish->arena, OUTPUT_FILE, path);
    output->asset = asset;
    output->source = asset->path;
}

static bool is_published(const struct asset *asset, const bool *wanted)
{
    if (asset->broken) return false;
    if (asset->origin == ASSET_STATIC || wanted[asset->index]) return true;
    bool beside_page = asset->page && asset->page->published;
    return !asset->is_picture && (beside_page || !asset->page);
}

/* A file of static/ at this address wins. */
static void add_default(struct publish *publish, str path, str bytes)
{
    if (map_get(&publish->site->asset_by_url, str_concat(publish->arena, S("/"), path))) return;
    struct output *output = plan_add(publish->plan, publish->arena, OUTPUT_BYTES, path);
    output->bytes = bytes;
    output->source = path;
}

static str robots(struct publish *publish)
{
    str base = publish->site->config->base_url;
    if (base.len == 0) return S("User-agent: *\nAllow: /\n");
    return str_format(publish->arena, "User-agent: *\nAllow: /\n\nSitemap: %" STR_F "/sitemap.xml\n", STR_A(base));
}

/* A photo that somebody made a background of tells no more than those of the site.  Drawings are a theme's own code. */
static str without_metadata(const struct publish *publish, str bytes)
{
    struct image_limits limits = asset_limits(publish->site->config);
    str clean, error;
    enum image_kind kind = image_sniff(str_slice(bytes, 0, 4096));
    if (kind == IMAGE_UNKNOWN || kind == IMAGE_SVG || !image_kind_info(kind)->cleans) return bytes;
    return image_clean(bytes, &limits, publish->arena, &clean, &error) ? clean : bytes;
}

void plan_files(struct publish *publish, const bool *wanted)
{
    const struct site *site = publish->site;
    for (ptrdiff_t i = 0; i < site->asset_count; i++)
        if (is_published(site->assets[i], wanted)) add_file(publish, site->assets[i]);
    str base = site->config->base_path;
    for (ptrdiff_t i = 0; i < publish->theme->asset_count; i++) {
        const struct theme_asset *asset = &publish->theme->assets[i];
        str bytes = str_ends(asset->name, S(".css")) ? css_rebase(asset->bytes, base, publish->arena) : without_metadata(publish, asset->bytes);
        add_default(publish, url_decode(publish->arena, str_from(asset->url, 1)), bytes);
    }
    add_default(publish, S("robots.txt"), robots(publish));
    add_default(publish, S(".nojekyll"), S(""));
}
