/* explain.h - inside build/: `hugi build --explain FILE`, one file's trip down
 * the line with its real values, and why each step was or was not made again:
 * the tested documentation of the architecture. */
#ifndef HUGI_BUILD_EXPLAIN_H
#define HUGI_BUILD_EXPLAIN_H

#include "model/output.h"
#include "remember.h"

struct explain {
    const struct site *site;
    const struct plan *plan;            /* NULL when the build did not get that far */
    const struct memory *memory;        /* likewise */
    str made_anew;                      /* why the last build was of no use; empty: it was */
    str destination;                    /* as given: "public" */
    str destination_path;               /* absolute */
    struct buf *out;
};

/* `file` as the author writes it: a source, from the site's folder or below content/; a file of
 * the theme; something in the destination, or its address; each also as a path of the system.
 * False: there is no such thing, and *unknown says so, with what may have been meant. */
bool explain_file(const struct explain *explain, str file, str *unknown);

/* explain.c: "  make     ", and what follows it on further lines; "1 post", "2 posts" */
void explain_step(struct buf *out, const char *name);
void explain_count(struct buf *out, ptrdiff_t count, const char *one);
void explain_output(const struct explain *explain, const struct output *output, const char *step);

/* explain_why.c: what follows a step's name, and the end of the line */
void explain_why_read(const struct explain *explain, const struct page *page);
void explain_why_markup(const struct explain *explain, const struct page *page);
void explain_why_output(const struct explain *explain, const struct output *output);

/* explain_reads.c: what is asked for, and whether a thing has read it. */
struct wanted {
    enum read_kind kind;
    str name;                   /* of its field or thing; empty: any */
    str whole;                  /* or of what it is a part of; may be empty */
    const struct theme_language *strings;   /* READ_STRING: given by these */
    const struct page *page;    /* READ_PAGE: of this one ... */
    uint64_t gone;              /* ... or of one that is gone, by its identity */
    const char *what;           /* for people: "the partial 'footer'" is its name in templates */
};
struct reading {
    bool reads;
    bool remade;                /* it was made again, and what it read has changed */
    struct buf fields;          /* the names of what it read, where wanted.name is empty: "title, url" */
};
struct reading explain_output_reading(const struct explain *explain, ptrdiff_t index, const struct wanted *wanted);
struct reading explain_body_reading(const struct explain *explain, ptrdiff_t index, const struct wanted *wanted);

/* Who reads something: how many, and the names of the first. */
struct tally {
    ptrdiff_t readers, remade;
    struct buf names;
};
void explain_tally(struct tally *tally, str path, bool remade);
void explain_tally_names(const struct tally *tally, struct buf *out);

/* explain_shown.c: which outputs show a page; where a picture went */
void explain_page_shown(const struct explain *explain, const struct page *page);
void explain_asset_shown(const struct explain *explain, const struct asset *asset);
/* The same bytes, which are made into sizes once? */
bool explain_same_picture(const struct asset *a, const struct asset *b);
bool explain_page_has_picture(const struct page *page, const struct asset *asset);

/* explain_users.c: who reads what a file gives; false: it gives nothing that is read by name. */
bool explain_users(const struct explain *explain, str path);
void explain_gone_page(const struct explain *explain, str path);

#endif
