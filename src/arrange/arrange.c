/* arrange.c - the order in which pages become a site. */
#include "arrange/arrange.h"

#include "base/path.h"
#include "base/utf8.h"

static void index_paths(struct site *site)
{
    map_reserve(site->arena, &site->page_by_path, site->page_count);
    for (ptrdiff_t i = 0; i < site->page_count; i++)
        map_put(site->arena, &site->page_by_path, site->pages[i]->path, site->pages[i]);
}

/* Two pages of one address are reported by publish_plan; links go to the first. */
static void index_urls(struct site *site)
{
    map_reserve(site->arena, &site->page_by_url, site->page_count);
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        if (page->published && page->url.len && !map_get(&site->page_by_url, page->url))
            map_put(site->arena, &site->page_by_url, page->url, page);
    }
}

/* The name of "posts/a.md" and "posts/a/index.md" is "a". */
static str page_name(const struct page *page)
{
    str stem = path_stem(page->below);
    return str_equal(stem, S("index")) ? path_name(path_dir(page->below)) : stem;
}

static void add_name(struct site *site, str key, struct page *page)
{
    if (key.len > 0 && !map_get(&site->page_by_name, key)) map_put(site->arena, &site->page_by_name, key, page);
}

/* Files' names first: a title only says what no file is called. */
static void index_names(struct site *site)
{
    map_reserve(site->arena, &site->page_by_name, 2 * site->page_count);
    for (ptrdiff_t i = 0; i < site->page_count; i++)
        if (site->pages[i]->published) add_name(site, site->pages[i]->name_key, site->pages[i]);
    for (ptrdiff_t i = 0; i < site->page_count; i++)
        if (site->pages[i]->published) add_name(site, site->pages[i]->title_key, site->pages[i]);
}

void arrange_page(struct page *page, const struct config *config)
{
    page->published = page_is_selected(page, config);
    if (page->failed) return;
    place_page(page, config);
    if (!page->published) return;
    page->name_key = utf8_fold(page->arena, page_name(page));
    page->title_key = utf8_fold(page->arena, page->title);
}

bool arrange(struct site *site)
{
    index_paths(site);
    index_urls(site);
    index_names(site);
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
