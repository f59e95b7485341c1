/* job.c - a pool of threads that fork and join over arrays.
 *
 * All workers draw the next index from one atomic counter.  The calling thread
 * is worker 0.  Between rounds the others sleep on a condition. */
#include "base/job.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_WORKERS = 256, STACK = 8 * 1024 * 1024 };

struct job_pool {
    struct worker *workers;
    pthread_t *threads;         /* of workers 1 .. count - 1 */
    int count;
    pthread_mutex_t mutex;
    pthread_cond_t work, done;
    uint64_t round;             /* changes when there is something to do */
    int busy;                   /* threads still in this round */
    bool stopping;
    job_fn *fn;
    void *context;
    _Atomic ptrdiff_t items, next;
    const char *_Atomic name;   /* of what is done, for job_look */
};

struct start {
    struct job_pool *pool;
    struct worker *worker;
};

static void run_items(struct job_pool *pool, struct worker *worker)
{
    ptrdiff_t items = atomic_load(&pool->items);
    for (;;) {
        ptrdiff_t index = atomic_fetch_add(&pool->next, 1);
        if (index >= items) return;
        struct arena_mark mark = arena_mark(&worker->scratch);
        pool->fn(worker, index, pool->context);
        arena_rewind(&worker->scratch, mark);
    }
}

static void *thread_main(void *argument)
{
    struct start start = *(struct start *)argument;
    free(argument);
    struct job_pool *pool = start.pool;
    uint64_t seen = 0;
    pthread_mutex_lock(&pool->mutex);
    for (;;) {
        while (pool->round == seen && !pool->stopping) pthread_cond_wait(&pool->work, &pool->mutex);
        if (pool->stopping) break;
        seen = pool->round;
        pthread_mutex_unlock(&pool->mutex);
        run_items(pool, start.worker);
        pthread_mutex_lock(&pool->mutex);
        if (--pool->busy == 0) pthread_cond_signal(&pool->done);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

static int processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > MOST_WORKERS ? MOST_WORKERS : (int)n;
}

struct job_pool *job_pool_start(int workers)
{
    if (workers <= 0) workers = processors();
    if (workers > MOST_WORKERS) workers = MOST_WORKERS;
    struct job_pool *pool = memory_alloc(sizeof *pool);
    *pool = (struct job_pool){.count = 1, .name = ""};
    pool->workers = memory_alloc((size_t)workers * sizeof *pool->workers);
    pool->threads = memory_alloc((size_t)workers * sizeof *pool->threads);
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    for (int i = 0; i < workers; i++) pool->workers[i] = (struct worker){.index = i};
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    for (int i = 1; i < workers; i++) {
        struct start *start = memory_alloc(sizeof *start);
        *start = (struct start){pool, &pool->workers[i]};
        if (pthread_create(&pool->threads[i], &attributes, thread_main, start) != 0) {
            free(start);        /* fewer threads still do all the work */
            break;
        }
        pool->count++;
    }
    pthread_attr_destroy(&attributes);
    return pool;
}

void job_pool_stop(struct job_pool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->mutex);
    for (int i = 1; i < pool->count; i++) pthread_join(pool->threads[i], NULL);
    for (int i = 0; i < pool->count; i++) {
        arena_free(&pool->workers[i].scratch);
        arena_free(&pool->workers[i].arena);
    }
    pthread_mutex_destroy(&pool->mutex);
    pthread_cond_destroy(&pool->work);
    pthread_cond_destroy(&pool->done);
    free(pool->workers);
    free(pool->threads);
    free(pool);
}

int job_workers(const struct job_pool *pool) { return pool->count; }
struct worker *job_worker(struct job_pool *pool, int index) { return &pool->workers[index]; }

void job_each(struct job_pool *pool, ptrdiff_t count, job_fn *fn, void *context)
{
    pool->fn = fn;
    pool->context = context;
    atomic_store(&pool->next, 0);
    atomic_store(&pool->items, count);
    bool alone = pool->count == 1 || count < 2;
    if (!alone) {
        pthread_mutex_lock(&pool->mutex);
        pool->busy = pool->count - 1;
        pool->round++;
        pthread_cond_broadcast(&pool->work);
        pthread_mutex_unlock(&pool->mutex);
    }
    run_items(pool, &pool->workers[0]);
    if (alone) return;
    pthread_mutex_lock(&pool->mutex);
    while (pool->busy > 0) pthread_cond_wait(&pool->done, &pool->mutex);
    pthread_mutex_unlock(&pool->mutex);
}

void job_name(struct job_pool *pool, const char *name)
{
    atomic_store(&pool->items, 0);
    atomic_store(&pool->name, name);
}

struct job_sight job_look(const struct job_pool *pool)
{
    ptrdiff_t count = atomic_load(&pool->items), next = atomic_load(&pool->next);
    return (struct job_sight){atomic_load(&pool->name), next < count ? next : count, count};
}

/* --- locks ---------------------------------------------------------------------- */

struct job_lock {
    pthread_mutex_t mutex;
};

struct job_lock *job_lock_make(void)
{
    struct job_lock *lock = memory_alloc(sizeof *lock);
    pthread_mutex_init(&lock->mutex, NULL);
    return lock;
}

void job_lock_free(struct job_lock *lock)
{
    pthread_mutex_destroy(&lock->mutex);
    memory_free(lock);
}

void job_lock_take(struct job_lock *lock) { pthread_mutex_lock(&lock->mutex); }
void job_lock_leave(struct job_lock *lock) { pthread_mutex_unlock(&lock->mutex); }
