/* remember.h - inside build/: pages, files and outputs to the cache and back.
 *
 * One struct memory a build.  recall_* say whether the last build's result still holds, and
 * then fill the model with it; remember_* take this build's.  What made a
 * diagnostic is never remembered: it is made again, and told again.  Only what is
 * to be told about a file is known without reading it (asset_notice). */
#ifndef HUGI_BUILD_REMEMBER_H
#define HUGI_BUILD_REMEMBER_H

#include "base/job.h"
#include "facts.h"
#include "model/output.h"
#include "view/view.h"

struct page_memory {
    const struct cached_page *last; /* NULL: it is new */
    bool same_stat;                 /* size, times and inode are the last build's */
    bool head_kept, content_kept;
    bool head_clean, content_clean; /* no diagnostic: may be remembered */
    hash128 source;
    str head, light;                /* packed */
    struct cache_place body;
    str head_reads, reads;          /* noted */
    str targets;
};

struct output_memory {
    const struct cached_output *last;
    bool kept, made;
    uint64_t own;
    str reads;                      /* noted */
};

struct memory {
    struct arena *arena;
    struct site *site;
    struct job_pool *pool;
    struct cache *cache;
    struct facts *facts;
    struct reads **reads;           /* one per worker */
    struct view **early;            /* one per worker: the site without a plan */
    struct arena *work;             /* one per worker: a page's content until it is packed */
    struct page_memory *pages;      /* by page->index */
    ptrdiff_t page_count;
    struct output_memory *outputs;  /* by index in the plan */
    ptrdiff_t asset_misses;
    int64_t young;                  /* files changed after this moment are read again next time */
};

/* The cache's file for a destination, by its name; .hugi/ is `cache`. */
str memory_path(struct arena *arena, str cache, str name);
str memory_told_path(struct arena *arena, str cache, str name);     /* told.h's */
/* Files changed after this moment may change again without it showing in their time. */
int64_t memory_young_now(void);

/* `key`: see cache_open. */
struct memory *memory_open(struct arena *arena, struct site *site, uint64_t hooks, struct job_pool *pool, str path, hash128 key, str *why);
void memory_close(struct memory *memory);
/* A text of the cache turned out to be damaged: nothing may be published, and the next build
 * begins without a cache. */
bool memory_is_lost(const struct memory *memory);
void memory_forget(struct memory *memory);
/* After arrange; before markup. */
void memory_look_early(struct memory *memory);
/* After markup, before gather: what bodies read is measured. */
void memory_measure_early(struct memory *memory);
/* After publish_plan; `views` see the plan. */
void memory_look_late(struct memory *memory, const struct plan *plan, struct view *const *views);
/* After everything is published. */
bool memory_save(struct memory *memory, const struct plan *plan, struct view *const *views, struct diags *diags);

/* `bytes` are read (into worker->scratch) when they are needed to tell; empty else. */
bool recall_head(struct memory *memory, struct page *page, struct worker *worker, str *bytes);
/* `passing`: the page, read into memory that ends with this task; then the page itself. */
bool remember_head(struct memory *memory, const struct page *passing, struct worker *worker, str bytes);
bool recall_fresh_head(struct memory *memory, struct page *page);
bool recall_content(struct memory *memory, struct page *page, struct worker *worker);
/* page->content lies in worker->scratch; then what is needed of it in page->arena.  `targets`: see targets.h. */
void remember_content(struct memory *memory, struct page *page, struct worker *worker, str targets, bool clean);

bool recall_asset(struct memory *memory, struct asset *asset);
/* Of a file that had to be looked at again and is what it was: what was learnt from its pixels. */
void recall_tint(struct memory *memory, struct asset *asset);

/* For struct publish. */
bool recall_output(void *memory, struct worker *worker, const struct view *view, ptrdiff_t index, struct output *output);
void remember_output(void *memory, struct worker *worker, ptrdiff_t index, const struct output *output);

#endif
