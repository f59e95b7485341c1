/* publish.h - the last steps: a list of outputs, each made on any worker and
 * staged, then put into place together.
 *
 *     publish_plan    const site -> struct plan        hooks: tag, thumbnail
 *     publish_check   links of bodies against the plan
 *     publish_pictures  sizes of photos and social cards that are not there yet, into .hugi/
 *     publish_make    each output -> bytes in a stage  hook: output
 *     publish_commit  what differs is renamed into place; what hugi wrote
 *                     before and no longer plans is removed, and nothing else
 *                     (into an empty destination whole folders are renamed)
 *
 * Nothing reaches the destination before publish_commit. */
#ifndef HUGI_PUBLISH_PUBLISH_H
#define HUGI_PUBLISH_PUBLISH_H

#include "base/job.h"
#include "hook/render_user.h"
#include "model/output.h"
#include "model/theme.h"
#include "template/liquid.h"
#include "view/view.h"

struct publish {
    const struct site *site;
    const struct theme *theme;
    struct hooks *hooks;
    struct job_pool *pool;
    struct arena *arena;                /* the site's; serial steps only */
    struct plan *plan;
    struct view **views;                /* made by publish_plan, one per worker: they see the plan */
    struct reads **reads;               /* one per worker: what is read while an output is made; may be NULL */
    str destination;                    /* absolute */
    int destination_dir;                /* the same, held open */
    str cache;                          /* the site's .hugi folder */
    str stage;                          /* folder of staged bytes, on the destination's file system */
    bool fresh;                         /* the destination was empty: the stage is a tree like it, moved there in few pieces */
    struct manifest *manifest;          /* what hugi wrote there before */
    const struct liquid_env *env;
    ptrdiff_t encoded;                  /* variants and cards made in this run */
    const char *card_font;              /* instead of the setting; "": no cards; NULL: nothing is said */
    struct feed_entries *entries;       /* while publish_make runs */
    struct card_fonts *card_fonts;      /* opened by publish_plan where there are cards */
    /* What an earlier build knows.  `recall`: would its bytes be the same?  Then hash and size are
     * filled in.  `remember` is told of each output that was made.  NULL: nothing is known. */
    bool (*recall)(void *memory, struct worker *worker, const struct view *view, ptrdiff_t index, struct output *output);
    void (*remember)(void *memory, struct worker *worker, ptrdiff_t index, const struct output *output);
    void *memory;
};

struct publish_counts {
    ptrdiff_t written, unchanged, removed;
    ptrdiff_t variants;                 /* pictures encoded in this run */
    int64_t bytes;                      /* of all outputs */
};

bool publish_plan(struct publish *publish, struct diags *diags);
/* Broken links become warnings in their pages' diags. */
void publish_check(struct publish *publish);
bool publish_pictures(struct publish *publish, struct diags *diags);
bool publish_make(struct publish *publish, struct diags *diags);
bool publish_commit(struct publish *publish, struct diags *diags, struct publish_counts *counts);
/* Removes the stage; also after an error. */
void publish_end(struct publish *publish);

/* --- inside publish/, one function a file ------------------------------- */

struct output *plan_add(struct plan *plan, struct arena *arena, enum output_kind kind, str path);
str stage_path(const struct publish *publish, ptrdiff_t index, struct arena *arena);     /* of an output's bytes */
/* What was just reported kept this output's bytes from where they are put meanwhile: it is told of
 * the file they are for.  Always false. */
bool publish_unwritten(const struct publish *publish, const struct output *output, struct diags *diags);
void plan_pages(struct publish *publish);                                /* pages, redirects */
bool plan_lists(struct publish *publish, struct diags *diags);          /* home, terms, archive, 404, feeds */
bool plan_pictures(struct publish *publish, struct diags *diags);       /* thumbnail hook, variants */
void plan_cards(struct publish *publish, struct diags *diags);           /* of the pages planned by then */
void plan_files(struct publish *publish, const bool *wanted);           /* static/, linked files, theme assets */
bool plan_collisions(struct publish *publish, struct diags *diags);
void budget_check(const struct publish *publish, struct diags *diags);  /* weights, once all are known */
str output_url(struct arena *arena, str path);                          /* "a/index.html" -> "/a/", percent-encoded */

str feed_write(const struct publish *publish, const struct view *view, const struct output *output, struct arena *arena);
str sitemap_write(const struct publish *publish, struct arena *arena);

/* Puts `base` ("/blog" or "https://me.io/blog") before every root-relative URL
 * that stands in an attribute of `html` (href, src, srcset, poster, action,
 * data): the ONE place that adds the base. */
str urls_rebase(str html, str base, struct arena *arena);
str css_rebase(str css, str base, struct arena *arena);

/* What hugi wrote into a destination: path -> hash, size, time.  `name`: the destination's, the same
 * wherever the site lies.  Never NULL: empty where there was none, or it was damaged. */
struct manifest;
struct manifest *manifest_load(struct arena *arena, str cache, str name);
bool manifest_is_missing(const struct manifest *manifest);
bool manifest_knows(const struct manifest *manifest, str path);
/* Are these the bytes hugi wrote there, untouched since? */
bool manifest_matches(const struct manifest *manifest, str path, hash128 hash, const struct file_stat *now);
/* Has the file been left alone since hugi wrote it? */
bool manifest_stands(const struct manifest *manifest, str path, const struct file_stat *now);
void manifest_expect(struct manifest *manifest, ptrdiff_t count);      /* about so many files: it grows once */
void manifest_set(struct manifest *manifest, str path, hash128 hash, int64_t size, int64_t mtime_ns);
void manifest_drop(struct manifest *manifest, str path);
ptrdiff_t manifest_paths(const struct manifest *manifest, struct arena *arena, str **out);
bool manifest_save(struct manifest *manifest, struct diags *diags);    /* when it has changed */

#endif
