/* fields.h - inside view/: how a noun of the model becomes a drop.
 *
 * A handle pairs a thing with the view it is seen through.  Each kind of thing
 * has one table of fields: name, function, line of help.  Looking a field up
 * goes through ONE function (fields_get), so that reads can be traced. */
#ifndef HUGI_VIEW_FIELDS_H
#define HUGI_VIEW_FIELDS_H

#include "view/reads.h"
#include "view/view.h"

enum view_kind {
    VIEW_SITE, VIEW_PAGE, VIEW_TERM, VIEW_EVENT, VIEW_AUTHOR, VIEW_SESSION, VIEW_IMAGE, VIEW_LISTING,
    VIEW_PAGINATOR, VIEW_LANGUAGE, VIEW_YEAR, VIEW_HUGI, VIEW_THEME, VIEW_KIND_COUNT
};

struct handle {
    enum view_kind kind;
    const struct view *view;
    const void *thing;
};

typedef value view_read(const struct view *view, const void *thing, struct arena *arena);

struct view_field {
    str name;
    view_read *read;
    str help;
};

struct view_fields {
    str class_;
    const struct view_field *rows;
    ptrdiff_t count;
    /* Names the table does not have; NULL: there are none. */
    bool (*other)(const struct view *view, const void *thing, str key, struct arena *arena, value *out);
    str (*text)(const struct view *view, const void *thing, struct arena *arena);
    /* What a digest of the whole thing needs besides the rows (no nouns); may be NULL. */
    view_read *rest;
    /* Rows whose digest is known without their value; false: it is not.  May be NULL. */
    bool (*digest)(const struct view *view, const void *thing, str name, struct arena *arena, uint64_t *out);
    /* A digest of the whole thing from what its rows follow from; NULL: of the rows, one after another. */
    uint64_t (*whole)(const struct view *view, const void *thing, struct arena *arena);
};

/* One per file that describes nouns. */
extern const struct view_fields site_fields, page_fields, term_fields, event_fields, author_fields, session_fields,
    image_fields, listing_fields, paginator_fields, language_fields, year_fields, hugi_fields, theme_fields;

/* The page whose layout is being rendered: its body is fetched once, however often it is asked for. */
struct shown {
    const struct page *page;    /* NULL: none */
    struct arena *arena;        /* lasts as long as the render */
    const struct content *body; /* NULL: not asked for yet, ... */
    value html;                 /* ... or null */
};

struct view {
    const struct site *site;
    const struct plan *plan;
    struct reads *reads;        /* who is told what is read; may be NULL */
    struct shown *shown;        /* NULL where workers may share the view */
    struct handle *pages, *terms, *events, *sites;      /* by index; sites by locale */
    struct map fields[VIEW_KIND_COUNT];         /* name -> const struct view_field * */
};

/* A picture of a page: a slot of its body, or its cover. */
struct image_view {
    const struct page *page;            /* NULL: just the asset */
    const struct picture_ref *ref;      /* NULL: just the asset */
    const struct picture *picture;      /* NULL before the plan */
    const struct asset *asset;
};

enum { READ_AS_TEXT = READ_FIRST_NAME - 1 };       /* the "row" of a noun that is printed */

/* What "data.team" gives: a key of a map of which keys are read; false: the name is none of these. */
bool view_key_value(const struct handle *handle, str name, struct arena *arena, value *out);
const struct view_fields *view_fields_of(enum view_kind kind);
const struct handle *view_handle(value v);          /* NULL for what is none: lists of pages */
/* Is it a noun that reads are kept of?  Then which one. */
bool view_noun_of(const struct handle *handle, enum read_kind *kind, ptrdiff_t *index);
const struct handle *view_noun(const struct view *view, enum read_kind kind, ptrdiff_t index);  /* NULL: not there */
uint64_t view_digest(value v, struct arena *arena);
uint64_t view_mix(uint64_t digest, uint64_t more);
uint64_t view_entry_digest(const struct view *view, const struct page *page, struct arena *arena);  /* of what feeds tell of a page */

value view_thing(const struct view *view, enum view_kind kind, const void *thing, struct arena *arena);
value view_page_list(const struct view *view, const struct page **pages, ptrdiff_t count, struct arena *arena);
value view_strings(const struct str_list *list, struct arena *arena);
const struct content *view_body(const struct view *view, const struct page *page, struct arena *arena);
value view_text(str text);              /* null when empty: templates test `if page.description` */
const struct locale *view_locale_of(const struct view *view, const struct page *page);
const struct picture_ref *view_cover_ref(const struct view *view, const struct page *page);
void view_tint_classes(const struct asset *asset, struct buf *out);     /* nothing where it is not known */

#endif
