/* progress.c - see progress.h. */
#include "base/progress.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

enum { PATIENCE = 500, EVERY = 100 };       /* milliseconds */

struct progress {
    const struct job_pool *pool;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t over;
    bool ended, shown;
};

static void erase(struct progress *progress)
{
    if (progress->shown && write(STDERR_FILENO, "\r\033[K", 4) < 0) return;
    progress->shown = false;
}

/* "\rmarkup 3,120 of 10,000", and nothing behind it. */
static void show(struct progress *progress)
{
    struct arena arena = {0};
    struct buf line = buf_in(&arena);
    struct job_sight sight = job_look(progress->pool);
    buf_printf(&line, "\r%s", sight.name);
    if (sight.count > 1) {
        buf_char(&line, ' ');
        buf_count(&line, sight.begun);
        buf_add(&line, S(" of "));
        buf_count(&line, sight.count);
    }
    buf_add(&line, S("\033[K"));
    progress->shown = write(STDERR_FILENO, line.p, (size_t)line.len) > 0;
    arena_free(&arena);
}

static struct timespec after(int milliseconds)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);      /* the condition's own clock */
    int64_t nanoseconds = time.tv_nsec + (int64_t)milliseconds * 1000000;
    return (struct timespec){time.tv_sec + (time_t)(nanoseconds / 1000000000), (long)(nanoseconds % 1000000000)};
}

static void *look(void *context)
{
    struct progress *progress = context;
    struct timespec next = after(PATIENCE);
    pthread_mutex_lock(&progress->mutex);
    while (!progress->ended) {
        if (pthread_cond_timedwait(&progress->over, &progress->mutex, &next) == 0) continue;
        show(progress);
        next = after(EVERY);
    }
    erase(progress);
    pthread_mutex_unlock(&progress->mutex);
    return NULL;
}

static bool can_erase(void)
{
    const char *kind = getenv("TERM");
    return isatty(STDERR_FILENO) && kind && *kind && strcmp(kind, "dumb") != 0;
}

struct progress *progress_start(const struct job_pool *pool)
{
    if (!can_erase()) return NULL;
    struct progress *progress = memory_alloc(sizeof *progress);
    *progress = (struct progress){.pool = pool};
    pthread_mutex_init(&progress->mutex, NULL);
    pthread_cond_init(&progress->over, NULL);
    if (pthread_create(&progress->thread, NULL, look, progress) == 0) return progress;
    memory_free(progress);
    return NULL;
}

void progress_end(struct progress *progress)
{
    if (!progress) return;
    pthread_mutex_lock(&progress->mutex);
    progress->ended = true;
    pthread_cond_signal(&progress->over);
    pthread_mutex_unlock(&progress->mutex);
    pthread_join(progress->thread, NULL);
    pthread_mutex_destroy(&progress->mutex);
    pthread_cond_destroy(&progress->over);
    memory_free(progress);
}
