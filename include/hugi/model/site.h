/* site.h - everything read and arranged.  After gather it is const, and const
 * struct site * is the lock. */
#ifndef HUGI_MODEL_SITE_H
#define HUGI_MODEL_SITE_H

#include "base/map.h"
#include "model/page.h"

struct theme;

/* "AWS" of the tags in one language.  Terms whose folded names are equal are one. */
struct term {
    ptrdiff_t index;                /* in site->terms */
    str taxonomy;                   /* "tags" */
    str name;                       /* as most pages write it; ties: as the first one does */
    str slug;
    const struct language *language;
    str default_url;                /* "/tags/aws/", "/en/tags/aws/": what the shipped hook uses */
    const struct page **pages;      /* newest first */
    ptrdiff_t page_count, page_capacity;
    const struct page *page;        /* authors: content/authors/ID.md */
};

struct year {
    int year;
    const struct page **posts;      /* newest first */
    ptrdiff_t count, capacity;
};

struct taxonomy {
    str name;                       /* "tags" */
    struct term **terms;            /* most pages first, then by name */
    ptrdiff_t count, capacity;
};

/* The lists of one language. */
struct locale {
    const struct language *language;
    const struct page **posts;      /* published, pinned not first: newest first, undated last */
    ptrdiff_t post_count, post_capacity;
    const struct page **pages;      /* plain pages, by path */
    ptrdiff_t page_count, page_capacity;
    struct taxonomy *taxonomies;    /* as many as config->taxonomies */
    struct year *years;             /* newest first; undated posts under year 0, last */
    ptrdiff_t year_count, year_capacity;
};

struct site {
    struct arena *arena;
    const struct config *config;
    const struct theme *theme;
    struct sources *sources;
    str root;                       /* the site's folder */

    struct page **pages;            /* by path; generated ones behind */
    ptrdiff_t page_count, page_capacity;
    struct asset **assets;          /* by path */
    ptrdiff_t asset_count, asset_capacity;
    value data;                     /* data/ as a map */

    /* arrange */
    struct locale *locales;         /* as many as config->languages */
    struct term **terms;
    ptrdiff_t term_count, term_capacity;
    struct event **events;          /* newest first */
    ptrdiff_t event_count, event_capacity;
    struct author **authors;
    ptrdiff_t author_count, author_capacity;
    struct map page_by_path;        /* "content/posts/a.md" -> struct page * */
    struct map page_by_url;         /* "/posts/a/" -> struct page * (published ones) */
    struct map page_by_name;        /* case folded "a" of content/posts/a.md, and titles -> struct page *: for wiki links */
    struct map asset_by_path;       /* NFC path -> struct asset * */
    struct map asset_by_folded_path;    /* case folded: for "did you mean" */
    struct map asset_by_url;

    /* Where contents that are away are fetched from; any thread.  False: they are lost. */
    bool (*fetch)(void *context, const struct page *page, struct arena *arena, struct content *out);
    void *fetch_context;
};

/* A page's content with html, text and headings, wherever they lie; what has to be fetched
 * is put into `arena`.  What is lost reads as empty (the fetcher knows, and the build is made anew). */
const struct content *site_content(const struct page *page, struct arena *arena);

const struct locale *site_locale(const struct site *site, str language);    /* main one when unknown */
struct page *site_add_page(struct site *site);      /* a new, zeroed page at the end */
struct asset *site_add_asset(struct site *site);

#endif
