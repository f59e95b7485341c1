/* check_links.c - every link of every body, once all outputs are known: does
 * its page or file exist, and the heading behind '#'? */
#include "publish/publish.h"

#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"

static const struct output *find_output(const struct publish *publish, str url, struct arena *arena)
{
    str path = utf8_nfc(arena, url_decode(arena, str_trim_char(url, '/')));
    const struct map *outputs = &publish->plan->by_path;
    const struct output *output = map_get(outputs, utf8_fold(arena, path_join(arena, path, S("index.html"))));
    if (!output && path.len) output = map_get(outputs, utf8_fold(arena, path));
    if (!output && path.len) output = map_get(outputs, utf8_fold(arena, str_concat(arena, path, S(".html"))));
    return output;
}

static bool has_id(const struct page *page, str id)
{
    for (ptrdiff_t i = 0; i < page->content.ids.count; i++)
        if (str_equal(page->content.ids.items[i], id)) return true;
    return false;
}

static str nearest_url(const struct publish *publish, str url, struct arena *arena)
{
    const struct map *pages = &publish->site->page_by_url;
    str *urls = ARENA_NEWS(arena, str, pages->count);
    for (ptrdiff_t i = 0; i < pages->count; i++) urls[i] = pages->entries[i].key;
    return str_nearest(url, urls, pages->count);
}

/* The page that would be there: a draft, or one of another time. */
static const struct page *unpublished(const struct publish *publish, str url)
{
    for (ptrdiff_t i = 0; i < publish->site->page_count; i++) {
        const struct page *page = publish->site->pages[i];
        if (!page->published && !page->failed && str_equal(page->url, url)) return page;
    }
    return NULL;
}

static void report_missing(const struct publish *publish, struct page *page, const struct link_ref *link, str url)
{
    if (asset_is_lost(link->asset)) {
        diag_report(&page->diags, DIAG_LINK, link->at, "the link leads to %" STR_F ", which is not published", STR_A(link->asset->path));
        return;
    }
    const struct page *hidden = unpublished(publish, url);
    if (hidden) {
        struct diag *told = diag_report(&page->diags, DIAG_LINK, link->at, "the link leads to %" STR_F ", which is not published",
                                        STR_A(hidden->path));
        diag_hint(&page->diags, told, "%s", hidden->draft ? "it is a draft: build with --drafts, or take `draft:` out of it"
                                                          : "its date is in the future, or it has expired");
        return;
    }
    struct diag *diag = diag_report(&page->diags, DIAG_LINK, link->at, "the link leads nowhere: %" STR_F,
                                    STR_A(url_decode(page->arena, url)));
    str nearest = nearest_url(publish, url, page->arena);
    if (nearest.len)
        diag_hint(&page->diags, diag, "did you mean %" STR_F "?", STR_A(url_decode(page->arena, nearest)));
    else
        diag_hint(&page->diags, diag, "link to a page's file (other.md) or address (/posts/other/)");
}

static void check_fragment(struct page *page, const struct page *target, const struct link_ref *link, str fragment)
{
    str id = url_decode(page->arena, fragment);
    if (id.len == 0 || str_equal(id, S("top")) || has_id(target, id)) return;
    struct diag *diag = diag_report(&page->diags, DIAG_LINK, link->at, "no heading or id '%" STR_F "' is in %" STR_F,
                                    STR_A(id), STR_A(target->path));
    str nearest = str_nearest(id, target->content.ids.items, target->content.ids.count);
    if (nearest.len) diag_hint(&page->diags, diag, "did you mean #%" STR_F "?", STR_A(nearest));
}

static void check_link(const struct publish *publish, struct page *page, const struct link_ref *link)
{
    ptrdiff_t hash = str_find_char(link->url, '#');
    str fragment = hash < 0 ? (str){0} : str_from(link->url, hash + 1);
    str url = hash < 0 ? link->url : str_slice(link->url, 0, hash);
    ptrdiff_t query = str_find_char(url, '?');
    if (query >= 0) url = str_slice(url, 0, query);
    const struct page *target = page;
    if (url.len) {
        const struct output *output = find_output(publish, url, page->arena);
        if (!output) {
            report_missing(publish, page, link, url);
            return;
        }
        target = output->kind == OUTPUT_PAGE ? output->page : NULL;
    }
    if (target) check_fragment(page, target, link, fragment);
}

void publish_check(struct publish *publish)
{
    const struct site *site = publish->site;
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        if (!page->published) continue;
        for (ptrdiff_t k = 0; k < page->content.link_count; k++) check_link(publish, page, &page->content.links[k]);
    }
}
