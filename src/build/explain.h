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
    struct buf *out;
};

/* `file` as the author writes it: a source, from the site's folder or below content/; a file of
 * the theme; or something in the destination. */
void explain_file(const struct explain *explain, str file);

/* explain.c: "  make     ", and what follows it on further lines */
void explain_step(struct buf *out, const char *name);

/* explain_why.c: what follows a step's name, and the end of the line */
void explain_why_read(const struct explain *explain, const struct page *page);
void explain_why_markup(const struct explain *explain, const struct page *page);
void explain_why_output(const struct explain *explain, const struct output *output);

/* explain_users.c: who reads what a file gives; false: it gives nothing that is read by name. */
bool explain_users(const struct explain *explain, str path);

#endif
