/* build.h - the whole of hugi as one call.
 *
 * build_run walks the line of architecture.md from hugi.yaml to the
 * destination.  build_site walks it up to gather (for `hugi list`).  Both print
 * nothing: the result holds the diagnostics; report.h prints them. */
#ifndef HUGI_BUILD_BUILD_H
#define HUGI_BUILD_BUILD_H

#include "base/diag.h"
#include "base/stopwatch.h"
#include "model/site.h"

struct build_options {
    const char *source;         /* the site's folder; NULL is "." */
    const char *destination;    /* NULL is public/ in it */
    const char *base_url, *now;
    bool drafts, future;
    bool preview;               /* for the author's eyes: drafts and the future too, hugi.environment is "preview" */
    int lock_patience;          /* milliseconds to wait for another hugi that builds this site */
    int jobs;                   /* 0: one per processor */
    bool strict;                /* warnings are errors */
    bool timings;               /* result->times */
    bool progress;              /* a line on the terminal, when it takes long */
    /* Called once everything is in place and nothing can fail any more, before the build is remembered; may be NULL. */
    void (*published)(void *context, const struct site *site);
    void *published_context;
    const char *explain;        /* a file whose trip is told in result->explanation */
};

/* One step of the line and how long it took, for --timings. */
struct build_step {
    const char *name;
    int64_t microseconds, processor;    /* on the wall; of all workers together, where options->timings */
};
enum { MOST_STEPS = 20 };

struct build_result {
    struct arena *arena;        /* everything below lives here */
    struct sources sources;
    struct diags diags;
    struct site *site;          /* NULL when it did not get that far (hugi.yaml could not be read), or had nothing to do */
    const struct config *config;    /* defaults where hugi.yaml could not be read */
    str destination;            /* as given, for the summary */
    bool published;
    str explanation;            /* lines of a step's name and text below the name of the file; see report_print for JSON */
    str unexplained;            /* instead of it: what options->explain names is not there, and what may have been meant */
    str made_anew;              /* why nothing of the last build could be used; empty: something could */
    int64_t left_out;           /* drafts, future and expired pages */
    int64_t pages, posts, outputs, written, unchanged, removed, images, variants, located_photos, bytes;
    int64_t milliseconds;
    struct build_step steps[MOST_STEPS];
    int step_count;
    struct build_times {        /* for --timings, by enum time_kind: the dearest first */
        struct time_row *rows;
        ptrdiff_t count;
    } times[TIME_KIND_COUNT];
    struct build_state *state;  /* pool, hooks: ended by build_end */
};

/* Of this very program: objects and libraries it was made of. */
extern const char hugi_build_id[];

/* Can there be a build at all: is `source` a site, can `base_url` and `now` be read?  What is wrong
 * with the command line is told apart from what is wrong with the site. */
bool build_check_options(const struct build_options *options, struct diags *diags);
/* False when the site has errors; the destination is untouched then. */
bool build_run(const struct build_options *options, struct build_result *result);
bool build_site(const struct build_options *options, struct build_result *result);
void build_end(struct build_result *result);

#endif
