/* config.h - the settings of a site: hugi.yaml after its defaults.
 *
 * Filled by config_load, const from then on.  The table of keys (name, type,
 * default, help) is config/keys.c. */
#ifndef HUGI_MODEL_CONFIG_H
#define HUGI_MODEL_CONFIG_H

#include "base/date.h"
#include "base/value.h"

struct str_list {
    str *items;
    ptrdiff_t count;
};

static inline bool str_list_has(struct str_list list, str text)
{
    for (ptrdiff_t i = 0; i < list.count; i++)
        if (str_equal(list.items[i], text)) return true;
    return false;
}

/* One language of the site; the first is the main one. */
struct language {
    str code;               /* "ko" */
    str prefix;             /* "" for the main language, else "/en" */
    str title, description; /* the site's, in this language */
};

/* A folder (or several) of content/ whose pages are dated posts. */
struct section {
    str name;
    struct str_list folders;
};

/* The address pattern of a section, or of "events", "pages", "authors". */
struct permalink {
    str section;
    str pattern;
};

enum html_mode { HTML_ALLOW, HTML_SANITIZE, HTML_ESCAPE };
enum image_error_mode { IMAGE_ERROR_STOP, IMAGE_ERROR_WARN };

struct config {
    uint32_t file;                  /* hugi.yaml's number, or 0 when there is none */
    str title, description, author;
    str base_url;                   /* "https://me.github.io/blog", no slash at the end; "" when not set */
    str base_path;                  /* "/blog", or "" */
    struct language *languages;
    ptrdiff_t language_count;
    str timezone;
    const struct zone *zone;
    str theme;
    value params, menu, social;     /* as written; maps or null */
    int paginate;
    struct permalink *permalinks;
    ptrdiff_t permalink_count;
    struct str_list taxonomies;
    struct section *sections;
    ptrdiff_t section_count;
    struct { bool atom, rss, json; int items; } feeds;
    struct { bool drafts, future, expired; } build;
    struct { bool liquid; enum html_mode html; bool smart, style; } markdown;
    struct {
        int *widths;
        ptrdiff_t width_count;
        struct str_list formats;    /* "webp", and the fallback is chosen by the picture */
        int quality;
        enum image_error_mode on_error;
        struct str_list allow;      /* kinds published although their metadata cannot be removed */
        int64_t max_pixels, max_bytes;
    } images;
    struct { bool draw; str font; } cards;
    struct { int64_t memory, steps; } hooks;
    struct { int depth, time; int64_t steps, output; } templates;   /* limits of one render; time in milliseconds */
    value check;
    struct { int64_t page, image; } budget;     /* bytes; 0: none */
    value all;                      /* the whole file, for site.config */

    /* not from the file */
    bool unread;                    /* it is there and could not be read: all this is defaults, and nothing can rest on it */
    bool preview;                   /* hugi.environment is "preview" */
    instant now;                    /* --now, SOURCE_DATE_EPOCH, or the clock at the start */
};

#endif
