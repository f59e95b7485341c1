/* site.c - adding pages and assets, and finding a language's lists. */
#include "model/site.h"

#include "model/output.h"

const struct locale *site_locale(const struct site *site, str language)
{
    for (ptrdiff_t i = 0; i < site->config->language_count; i++)
        if (str_equal(site->locales[i].language->code, language)) return &site->locales[i];
    return &site->locales[0];
}

const struct content *site_content(const struct page *page, struct arena *arena)
{
    if (!page->content.away) return &page->content;
    struct content *whole = ARENA_NEW(arena, struct content);
    *whole = page->content;
    page->site->fetch(page->site->fetch_context, page, arena, whole);
    return whole;
}

struct page *site_add_page(struct site *site)
{
    struct page *page = ARENA_NEW(site->arena, struct page);
    page->index = site->page_count;
    page->site = site;
    ARENA_PUSH(site->arena, site->pages, site->page_count, site->page_capacity) = page;
    return page;
}

struct asset *site_add_asset(struct site *site)
{
    struct asset *asset = ARENA_NEW(site->arena, struct asset);
    asset->index = site->asset_count;
    ARENA_PUSH(site->arena, site->assets, site->asset_count, site->asset_capacity) = asset;
    return asset;
}

const char *output_kind_name(enum output_kind kind)
{
    static const char *const names[] = {
        [OUTPUT_PAGE] = "page", [OUTPUT_LIST] = "list", [OUTPUT_FEED] = "feed",
        [OUTPUT_SITEMAP] = "sitemap", [OUTPUT_REDIRECT] = "redirect", [OUTPUT_VARIANT] = "picture", [OUTPUT_CARD] = "card",
        [OUTPUT_FILE] = "file", [OUTPUT_BYTES] = "file",
    };
    return names[kind];
}
