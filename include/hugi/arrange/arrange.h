/* arrange.h - step 7, and gather: pages become a site.
 *
 * arrange_page (any thread, each page once): what needs no other page, its
 * selection, kind, address and names.  arrange (serial, when that is done):
 * twins, events, authors, terms, order, neighbours, years, the addresses of
 * files.  gather (serial, after markup): what only bodies know.  After gather
 * the site is const. */
#ifndef HUGI_ARRANGE_ARRANGE_H
#define HUGI_ARRANGE_ARRANGE_H

#include "model/site.h"

/* Generated pages are in site->pages already.  Reports into each page's diags. */
void arrange_page(struct page *page, const struct config *config);
bool arrange(struct site *site);
void gather(struct site *site);

/* Where a destination written in `page` leads: a page by its file or address,
 * a file beside the page, below content/ or static/, or a heading; behind "[[" a page's
 * name or title too.  Gives the
 * site-relative address, percent-encoded, with its #fragment.  `found` is false for a
 * file or source page that is not there (reported when `picture`; links are checked
 * against all outputs by publish/check_links). */
struct target {
    str url;
    const struct asset *asset;
    bool remote, found;
};
void resolve_target(const struct site *site, const struct page *page, str destination, bool picture,
                    span at, struct arena *arena, struct diags *diags, struct target *out);

/* The steps of both, in order; each in the file of its name. */
bool page_is_selected(const struct page *page, const struct config *config);    /* the ONE place that decides what is published */
void place_page(struct page *page, const struct config *config);    /* kind, section, url, output (permalinks.c) */
void place_assets(struct site *site);
void join_twins(struct site *site);
void collect_events(struct site *site);
void collect_authors(struct site *site);
void collect_posts(struct site *site);          /* locales: order, neighbours, years */
void collect_terms(struct site *site);

#endif
