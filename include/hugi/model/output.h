/* output.h - everything that is written to public/ is one of these.
 *
 * publish_plan makes the list and then it is const but for the fields of
 * make, which one task fills for its own output. */
#ifndef HUGI_MODEL_OUTPUT_H
#define HUGI_MODEL_OUTPUT_H

#include "card/card.h"
#include "model/site.h"

/* One table row per kind: output_kind_name(). */
enum output_kind {
    OUTPUT_PAGE,            /* a layout over one page */
    OUTPUT_LIST,            /* a layout over a list of pages: home, tag, archive */
    OUTPUT_FEED,            /* Atom, RSS or JSON Feed of a list */
    OUTPUT_SITEMAP,
    OUTPUT_REDIRECT,
    OUTPUT_VARIANT,         /* a picture in one size and format */
    OUTPUT_CARD,            /* the picture a link to a page is shared with */
    OUTPUT_FILE,            /* a file of static/ or content/, cleaned when it is a picture */
    OUTPUT_BYTES            /* bytes that are known already: theme assets, robots.txt, .nojekyll */
};

enum feed_kind { FEED_ATOM, FEED_RSS, FEED_JSON };

/* What a list output shows: the home page, a term, the archive. */
struct listing {
    str title;
    str url;                        /* of its first page */
    const struct locale *locale;
    const struct term *term;        /* NULL but for term pages */
    str taxonomy;                   /* of a page of all terms; else "" */
    const struct page **pages;
    ptrdiff_t page_count;
    int per_page;                   /* 0: all on one */
    str feed_url;                   /* its Atom feed, or "" */
};

struct output {
    enum output_kind kind;
    str path;                       /* below the destination, NFC: "posts/a/index.html" */
    str url;                        /* "/posts/a/" */
    span at;                        /* the source to blame for a collision ... */
    str source;                     /* ... or its path */
    str layout;                     /* PAGE, LIST */
    const struct page *page;        /* PAGE, REDIRECT (its target) */
    const struct listing *listing;  /* LIST, FEED */
    int number;                     /* LIST: page of the listing, from 1 */
    enum feed_kind feed;
    str target;                     /* REDIRECT */
    const struct asset *asset;      /* VARIANT, FILE */
    struct image_recipe recipe;     /* VARIANT */
    const struct social_card *card; /* CARD */
    str bytes;                      /* BYTES */
    str title;                      /* LIST: of its own page */

    /* make */
    struct diags diags;
    bool failed;
    bool unchanged;                 /* the destination holds these very bytes ... */
    bool found;                     /* ... in a file the list of what hugi wrote does not tell of, or with another time */
    bool stranger;                  /* a file hugi did not write is in its place: it is kept */
    int64_t size;
    int64_t written_ns;             /* time of the staged file, which it keeps in its place */
    hash128 hash;
};

/* One size of a picture for one use. */
struct variant {
    str use;                        /* "figure", "card", "cover", "social" */
    struct image_recipe recipe;
    int width, height;
    str url;
};

/* A picture on a page with the variants its thumbnail hook gave it. */
struct picture {
    const struct asset *asset;
    struct variant *variants;       /* grouped by use, then format (webp first), width ascending */
    ptrdiff_t count;
};

/* What a page is shared with; url "": nothing. */
struct social_card {
    struct card card;
    const struct asset *photo;      /* its ground, in the size of `recipe`; or NULL */
    struct image_recipe recipe;
    str url;
};

/* What the hooks decided about a term. */
struct term_page {
    bool exists;
    str url, title, layout;
    int per_page;
    bool feed;
};

struct plan {
    struct output *outputs;         /* in a fixed order: pages, lists, feeds, files, pictures */
    ptrdiff_t count, capacity;
    struct picture **pictures;      /* [page->index][slot] */
    struct picture *covers;         /* [page->index]; asset NULL: none */
    const struct picture_ref **cover_refs;  /* [page->index]: what stands for the page; NULL: nothing */
    str *notes;                     /* [asset->index]: what an earlier build learnt by decoding it (picture_cache.c) */
    const struct variant **smallest;    /* [asset->index]: the one its tint is read from; NULL: it has none */
    struct social_card *cards;      /* [page->index]; NULL: none are drawn */
    struct social_card *site_cards; /* [index of the language]: of lists */
    struct term_page *terms;        /* [term->index] */
    struct map by_path;             /* folded path -> struct output * */
};

const char *output_kind_name(enum output_kind kind);

#endif
