/* arrange.c - the order in which pages become a site. */
#include "arrange/arrange.h"

static void index_paths(struct site *site)
{
    for (ptrdiff_t i = 0; i < site->page_count; i++)
        map_put(site->arena, &site->page_by_path, site->pages[i]->path, site->pages[i]);
}

/* Two pages of one address are reported by publish_plan; links go to the first. */
static void index_urls(struct site *site)
{
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        if (page->published && page->url.len && !map_get(&site->page_by_url, page->url))
            map_put(site->arena, &site->page_by_url, page->url, page);
    }
}

bool arrange(struct site *site)
{
    index_paths(site);
    select_pages(site);
    place_pages(site);
    index_urls(site);
    place_assets(site);
    join_twins(site);
    collect_events(site);
    collect_authors(site);
    collect_posts(site);
    collect_terms(site);
    bool ok = true;
    for (ptrdiff_t i = 0; i < site->page_count; i++) ok = ok && !site->pages[i]->failed;
    return ok;
}
