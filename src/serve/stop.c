/* stop.c - Ctrl+C as something to wait for.
 *
 * The signals are blocked everywhere, and a thread of their own waits for
 * them: no handler, and so no global for it to write to. */
#include "stop.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"

enum { STATUS_INTERRUPTED = 130 };

struct stop {
    int pipe[2];
    pthread_t thread;
    sigset_t signals, before;
    void (*pipe_before)(int);
    atomic_bool over;           /* the server has ended: the thread may go */
};

static void *wait_for_signals(void *context)
{
    struct stop *stop = context;
    for (int asked = 0;;) {
        int which;
        if (sigwait(&stop->signals, &which) != 0) continue;
        if (atomic_load(&stop->over)) return NULL;
        if (asked++) _exit(STATUS_INTERRUPTED);     /* impatient: a build may take its time */
        if (write(stop->pipe[1], "", 1) < 0) _exit(STATUS_INTERRUPTED);
    }
}

struct stop *stop_start(void)
{
    struct stop *stop = memory_alloc(sizeof *stop);
    atomic_init(&stop->over, false);
    if (pipe(stop->pipe) != 0) abort();
    for (int i = 0; i < 2; i++) fcntl(stop->pipe[i], F_SETFD, FD_CLOEXEC);
    sigemptyset(&stop->signals);
    sigaddset(&stop->signals, SIGINT);
    sigaddset(&stop->signals, SIGTERM);
    sigaddset(&stop->signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &stop->signals, &stop->before);
    stop->pipe_before = signal(SIGPIPE, SIG_IGN);   /* a browser that went away */
    if (pthread_create(&stop->thread, NULL, wait_for_signals, stop) != 0) abort();
    return stop;
}

int stop_descriptor(const struct stop *stop)
{
    return stop->pipe[0];
}

bool stop_asked(const struct stop *stop)
{
    struct pollfd wait = {stop->pipe[0], POLLIN, 0};
    return poll(&wait, 1, 0) > 0;
}

void stop_end(struct stop *stop)
{
    atomic_store(&stop->over, true);
    pthread_kill(stop->thread, SIGTERM);
    pthread_join(stop->thread, NULL);
    signal(SIGPIPE, stop->pipe_before);
    pthread_sigmask(SIG_SETMASK, &stop->before, NULL);
    close(stop->pipe[0]);
    close(stop->pipe[1]);
    memory_free(stop);
}
