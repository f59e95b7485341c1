/* job.h - the only place that starts threads: fork-join over an array.
 *
 *     job_each(pool, pages, count, read_page, &step);
 *
 * calls fn(worker, index, context) once for every index, on all workers, and
 * returns when all are done.  A task writes only to its own item.  Its scratch
 * arena (worker->scratch) is rewound after each task; worker->arena lives as
 * long as the pool.  With one worker everything runs on the calling thread, in
 * order. */
#ifndef HUGI_BASE_JOB_H
#define HUGI_BASE_JOB_H

#include <stdbool.h>

#include "base/arena.h"

struct job_pool;
struct stopwatch;

struct worker {
    int index;                  /* 0 .. job_workers(pool) - 1 */
    struct stopwatch *stopwatch;    /* NULL: nobody wants to know where the time goes */
    struct arena scratch;       /* one task */
    struct arena arena;         /* the whole run; pages' arenas are carved from it */
};

struct job_pool *job_pool_start(int workers);   /* 0: as many as there are processors */
void job_pool_stop(struct job_pool *pool);
int job_workers(const struct job_pool *pool);
struct worker *job_worker(struct job_pool *pool, int index);

typedef void job_fn(struct worker *worker, ptrdiff_t index, void *context);
void job_each(struct job_pool *pool, ptrdiff_t count, job_fn *fn, void *context);

/* What is being done from here on, for who looks: a word that lasts.  Any thread may look at any
 * time, and nobody waits for it: how many of `count` items have been begun. */
void job_name(struct job_pool *pool, const char *name);
struct job_sight { const char *name; ptrdiff_t begun, count; } job_look(const struct job_pool *pool);

/* A lock around what tasks share beside their items: a cache that does not change what comes out.
 * Held for moments only. */
struct job_lock;
struct job_lock *job_lock_make(void);
void job_lock_free(struct job_lock *lock);
void job_lock_take(struct job_lock *lock);
void job_lock_leave(struct job_lock *lock);

#endif
