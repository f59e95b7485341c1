/* page.h - one source file of content/ on its way down the line.
 *
 * The fields are grouped under the step that fills them.  After its step a
 * field never changes again: that comment is the contract. */
#ifndef HUGI_MODEL_PAGE_H
#define HUGI_MODEL_PAGE_H

#include "base/diag.h"
#include "model/asset.h"
#include "model/config.h"
#include "model/content.h"
#include "model/event.h"

struct site;
struct term;

enum page_format { FORMAT_MARKDOWN, FORMAT_TEXT, FORMAT_HTML };
enum page_kind { KIND_POST, KIND_EVENT, KIND_AUTHOR, KIND_PAGE };

/* A link between what an expanded body says and where the author wrote it:
 * bytes from `output` on come from file bytes from `source` on. */
struct segment {
    ptrdiff_t output;
    uint32_t source;
    bool copied;                /* one to one; else all of it is of one tag at `source` */
};
struct segments {
    struct segment *items;
    ptrdiff_t count, capacity;
};

struct author {
    str id;                     /* slug */
    str name;
    const struct page *page;    /* content/authors/ID.md, or NULL */
    const struct term *term;    /* his posts, in the first language that has any; or NULL */
};

struct page {
    /* read_scan */
    ptrdiff_t index;
    const struct site *site;
    str path;                   /* "content/posts/a.md", NFC; generated pages: "hooks/x.lua" */
    str disk;                   /* the name on disk, from the site's folder */
    str below;                  /* "posts/a.md": path below content/ */
    uint32_t file;              /* its number in struct sources */
    struct file_stat stat;
    enum page_format format;
    bool bundle;                /* NAME/index.md: the folder's files are its own */
    bool generated;             /* site:add{} of a hook */

    /* read: the file */
    struct arena *arena;        /* lives as long as the site */
    struct diags diags;         /* reported in page order after each step */
    bool failed;                /* an error was reported; later steps leave it out */
    value meta;                 /* front matter under canonical names, and all other fields as written */
    str body;                   /* slice of the file */
    uint32_t body_offset;       /* of `body` in the file */
    str body_title;             /* the title an earlier build found in the body, which is not read then */

    /* read: typed front matter (after page_read) */
    str title;                  /* plain text */
    bool has_date, has_updated, has_expires;
    instant date, updated, expires;
    str slug, url_wanted;       /* as given; arrange decides */
    str name;                   /* file or bundle name without date, language and extension */
    str description;
    str summary;                /* given by the author; else content.summary */
    str layout;
    span layout_at;
    str language;               /* "ko" */
    str translation;            /* what twins share: path without language, or `translation:` */
    bool draft, pin, toc, toc_given, math;
    int64_t weight;
    struct str_list aliases;
    struct str_list author_names;
    span author_at;
    struct picture_ref cover;   /* url empty when there is none */
    struct str_list *term_names;    /* [taxonomy]: as written; authors' are author_names */
    str event_name;             /* `event: ID or name` */
    struct event *event_given;  /* `event: {...}`, or the front matter of a page in events/ */
    struct session *sessions;   /* those its author attended */
    ptrdiff_t session_count;
    span at[16];                /* places of fields by enum page_field, for diagnostics */

    /* arrange */
    enum page_kind kind;
    str section;                /* "posts", or "" */
    bool published;             /* not draft, future, expired (or wished for): selected in ONE place */
    str url;                    /* site-relative: "/posts/a/" */
    str output;                 /* "posts/a/index.html" */
    str name_key, title_key;    /* the file's name and the title, folded: what [[links]] may call it */
    const struct page *previous, *next;     /* older and newer post of its language */
    const struct page **twins;              /* the same page in other languages */
    ptrdiff_t twin_count;
    const struct term ***terms;             /* [taxonomy][i], NULL-terminated lists */
    struct author **authors;
    ptrdiff_t author_count;
    struct event *event;

    /* expand */
    str source;                 /* the body after Liquid and shortcodes */
    struct segments segments;   /* empty: source is body */

    /* markup */
    struct content content;
};

enum page_field {
    FIELD_TITLE, FIELD_DATE, FIELD_URL, FIELD_EVENT, FIELD_SESSIONS, FIELD_IMAGE, FIELD_ALIASES,
    FIELD_TAGS, FIELD_COUNT
};

#endif
