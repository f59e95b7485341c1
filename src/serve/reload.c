/* reload.c - what browsers are told.
 *
 * Each browser is a follower that counts what it was sent.  With nothing to
 * send, its connection is put to sleep in the server (else that would ask
 * again at once, for ever), and woken by the next build.  Falling asleep and
 * waking both happen under the lock, so that no news is slept through. */
#include "reload.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/escape.h"

enum { MOST_FOLLOWERS = 128 };

struct follower {
    struct reload *reload;
    struct MHD_Connection *connection;
    struct follower *next;
    uint64_t heard, pinged;     /* the last news and sign of life it was sent */
    char *text;                 /* being sent; NULL: nothing */
    size_t size, sent;
    bool asleep;
};

struct reload {
    pthread_mutex_t mutex;
    struct follower *followers;
    int count;
    uint64_t news, pings;
    char *text;                 /* the latest news as an event */
    size_t size;
    char *base_path;
    bool closing;
};

struct reload *reload_start(void)
{
    struct reload *reload = memory_alloc(sizeof *reload);
    *reload = (struct reload){0};
    pthread_mutex_init(&reload->mutex, NULL);
    return reload;
}

static char *copy(str text)
{
    char *bytes = memory_alloc((size_t)text.len + 1);
    if (text.len) memcpy(bytes, text.p, (size_t)text.len);
    bytes[text.len] = 0;
    return bytes;
}

/* Under the lock. */
static void wake_all(struct reload *reload)
{
    for (struct follower *f = reload->followers; f; f = f->next) {
        if (!f->asleep) continue;
        f->asleep = false;
        microhttpd.MHD_resume_connection(f->connection);
    }
}

void reload_tell(struct reload *reload, const struct serve_build *build, str base_path, bool has_site)
{
    struct arena arena = {0};
    struct buf event = buf_in(&arena);
    buf_printf(&event, "retry: 500\ndata: {\"ok\":%s,\"report\":", build->ok ? "true" : "false");
    buf_json(&event, build->report);
    if (!has_site) buf_add(&event, S(",\"empty\":true"));
    buf_add(&event, S("}\n\n"));
    pthread_mutex_lock(&reload->mutex);
    memory_free(reload->text);
    memory_free(reload->base_path);
    reload->text = copy(buf_str(&event));
    reload->size = (size_t)event.len;
    reload->base_path = copy(base_path);
    reload->news++;
    wake_all(reload);
    pthread_mutex_unlock(&reload->mutex);
    arena_free(&arena);
}

void reload_ping(struct reload *reload)
{
    pthread_mutex_lock(&reload->mutex);
    reload->pings++;
    wake_all(reload);
    pthread_mutex_unlock(&reload->mutex);
}

str reload_base_path(struct reload *reload, struct arena *arena)
{
    pthread_mutex_lock(&reload->mutex);
    str path = str_copy(arena, str_c(reload->base_path));
    pthread_mutex_unlock(&reload->mutex);
    return path;
}

/* Under the lock: what there is to send, if anything. */
static void next_text(struct follower *f)
{
    const struct reload *reload = f->reload;
    memory_free(f->text);
    f->text = NULL;
    f->sent = f->size = 0;
    if (f->heard != reload->news) {
        f->text = copy(str_of(reload->text, (ptrdiff_t)reload->size));
        f->size = reload->size;
    } else if (f->pinged != reload->pings) {
        f->text = copy(S(":\n\n"));
        f->size = 3;
    }
    f->heard = reload->news;
    f->pinged = reload->pings;
}

static ssize_t send_more(void *context, uint64_t position, char *out, size_t room)
{
    struct follower *f = context;
    struct reload *reload = f->reload;
    ssize_t count = 0;
    (void)position;
    pthread_mutex_lock(&reload->mutex);
    if (f->sent == f->size) next_text(f);
    if (reload->closing) {
        count = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (!f->text) {
        f->asleep = true;
        microhttpd.MHD_suspend_connection(f->connection);
    } else {
        size_t size = f->size - f->sent < room ? f->size - f->sent : room;
        memcpy(out, f->text + f->sent, size);
        f->sent += size;
        count = (ssize_t)size;
    }
    pthread_mutex_unlock(&reload->mutex);
    return count;
}

static void leave(void *context)
{
    struct follower *f = context;
    struct reload *reload = f->reload;
    pthread_mutex_lock(&reload->mutex);
    for (struct follower **link = &reload->followers; *link; link = &(*link)->next)
        if (*link == f) {
            *link = f->next;
            reload->count--;
            break;
        }
    pthread_mutex_unlock(&reload->mutex);
    memory_free(f->text);
    memory_free(f);
}

static bool join(struct reload *reload, struct follower *f)
{
    pthread_mutex_lock(&reload->mutex);
    bool room = reload->count < MOST_FOLLOWERS && !reload->closing;
    if (room) {
        f->next = reload->followers;
        f->pinged = reload->pings;
        reload->followers = f;
        reload->count++;
    }
    pthread_mutex_unlock(&reload->mutex);
    return room;
}

struct MHD_Response *reload_follow(struct reload *reload, struct MHD_Connection *connection)
{
    struct follower *f = memory_alloc(sizeof *f);
    *f = (struct follower){.reload = reload, .connection = connection};
    if (!join(reload, f)) {
        memory_free(f);
        return NULL;
    }
    struct MHD_Response *response = microhttpd.MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, send_more, f, leave);
    if (!response) leave(f);
    return response;
}

void reload_close(struct reload *reload)
{
    pthread_mutex_lock(&reload->mutex);
    reload->closing = true;
    wake_all(reload);
    pthread_mutex_unlock(&reload->mutex);
}

void reload_free(struct reload *reload)
{
    memory_free(reload->text);
    memory_free(reload->base_path);
    pthread_mutex_destroy(&reload->mutex);
    memory_free(reload);
}
