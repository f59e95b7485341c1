/* content.h - what markup makes of a page's body.
 *
 * URLs in `html` are site-relative ("/posts/a/", never with the base).  Every
 * picture of this site is a slot: an element
 *     <img data-slot="N" src="..." alt="...">
 * that is replaced by the real element when an output is written (view/picture.c),
 * because the thumbnail hook decides its variants.  Pictures of other hosts are finished. */
#ifndef HUGI_MODEL_CONTENT_H
#define HUGI_MODEL_CONTENT_H

#include "base/hangul.h"
#include "base/hash.h"
#include "base/span.h"
#include "base/str.h"

struct asset;

struct attribute {
    str name, value;
};

/* A picture in a body, or a page's cover. */
struct picture_ref {
    str url;                        /* as written, or the site-relative address */
    const struct asset *asset;      /* NULL: remote, missing, or no picture hugi knows */
    str alt, title;
    str caption;                    /* HTML; "" when there is none */
    struct attribute *attributes;   /* class, id, width, height ...: what the author gave */
    ptrdiff_t attribute_count;
    str anchor;                     /* the id of its <figure>; "" for one within a text */
    bool linked;                    /* it stands in a link */
    unsigned char columns;          /* in a gallery: how many stand beside each other in its row; else 0 */
    unsigned char narrow_columns;   /* and on narrow screens */
    bool eager;                     /* the first picture of the page */
    span at;
};

/* A link of the body that leads somewhere in this site. */
struct link_ref {
    str url;                        /* site-relative, with its #fragment */
    span at;
    bool is_asset;                  /* an <a> to a file of content/ or static/: it must be published */
    const struct asset *asset;
};

/* In document order; level after demotion (2..6). */
struct heading {
    int level;
    str id;
    str html;                       /* inline HTML, without links and footnote marks */
    str text;
    bool in_toc;                    /* false for {: .no_toc } */
};

/* html, text and headings of a whole site are too much to be held at once: they may be
 * `away`, and are reached through site_content(). */
struct content {
    str html;
    str summary;                    /* plain text, whole sentences, or what stands before <!--more--> */
    str text;                       /* plain text for search and counts, without code */
    struct picture_ref *pictures;   /* slot N is pictures[N] */
    ptrdiff_t picture_count, picture_capacity;
    struct link_ref *links;
    ptrdiff_t link_count, link_capacity;
    struct heading *headings;
    ptrdiff_t heading_count, heading_capacity;
    struct str_list_of_ids { str *items; ptrdiff_t count, capacity; } ids;  /* every id="" of the html */
    struct text_counts prose, code;
    ptrdiff_t photo_count;          /* pictures, remote ones too */
    int reading_minutes;
    bool has_code, has_math, has_mermaid;
    bool liquid;                    /* tags or outputs were run in it */
    /* The cache's.  `away`: html, text and headings lie in its file (site_content). */
    bool away;
    hash128 hash;                   /* of all of it */
    int64_t away_at, away_len;
    hash128 away_hash;
};

#endif
