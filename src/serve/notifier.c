/* notifier.c - changes, as inotify tells them.
 *
 * One watch for each folder.  A folder that is renamed keeps its watch under
 * a wrong name, and one that is new may have been filled before it was seen;
 * so whenever folders come or go, or the system lost count, the caller starts
 * a new notifier, and the build that follows reads what is really there. */
#include "watch.h"

#ifdef __linux__

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"

enum {
    DEEPEST = 64, READ_ROOM = 64 * 1024,
    EVENTS = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR
};

struct notifier {
    struct watch_options options;
    struct arena arena;
    int fd;
    str within;                 /* the site's folder, without links */
    str *folders;               /* by watch number: below the site's folder, "" is that itself */
    ptrdiff_t count, capacity;
    bool failed;                /* more folders than may be watched */
};

static void remember(struct notifier *notifier, int number, str path)
{
    while (notifier->count <= number) ARENA_PUSH(&notifier->arena, notifier->folders, notifier->count, notifier->capacity) = (str){0};
    notifier->folders[number] = path;
}

static bool is_watched(const struct notifier *notifier, int number)
{
    return number >= 0 && number < notifier->count && notifier->folders[number].p;
}

static str full_path(struct notifier *notifier, str path)
{
    return path.len ? path_join(&notifier->arena, notifier->options.root, path) : notifier->options.root;
}

/* A number; -1 when it is no folder any more, or one that is watched already (a link leads back to it). */
static int add_one(struct notifier *notifier, str path)
{
    int number = inotify_add_watch(notifier->fd, str_z(&notifier->arena, full_path(notifier, path)), EVENTS);
    if (number < 0) {
        notifier->failed = notifier->failed || errno == ENOSPC || errno == ENOMEM;
        return -1;
    }
    if (is_watched(notifier, number)) return -1;
    remember(notifier, number, path);
    return number;
}

/* A build follows links that stay inside the site; so does this. */
static bool is_folder(struct notifier *notifier, str path)
{
    struct stat st;
    str full = full_path(notifier, path);
    const char *name = str_z(&notifier->arena, full);
    if (lstat(name, &st) != 0) return false;
    if (!S_ISLNK(st.st_mode)) return S_ISDIR(st.st_mode);
    return stat(name, &st) == 0 && S_ISDIR(st.st_mode) && path_is_inside(notifier->within, file_absolute(&notifier->arena, full));
}

static void add_folder(struct notifier *notifier, str path, int depth)
{
    if (depth > DEEPEST || notifier->failed || add_one(notifier, path) < 0) return;
    DIR *dir = opendir(str_z(&notifier->arena, full_path(notifier, path)));
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        str name = str_c(entry->d_name);
        if (watch_ignores(name) || entry->d_type == DT_REG) continue;
        str below = path_join(&notifier->arena, path, str_copy(&notifier->arena, name));
        if (is_folder(notifier, below)) add_folder(notifier, below, depth + 1);
    }
    closedir(dir);
}

struct notifier *notifier_start(const struct watch_options *options)
{
    struct notifier *notifier = memory_alloc(sizeof *notifier);
    *notifier = (struct notifier){.options = *options, .fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    notifier->within = file_absolute(&notifier->arena, options->root);
    if (notifier->fd >= 0) add_one(notifier, S(""));
    for (int i = 0; i < options->name_count && notifier->fd >= 0; i++)
        if (is_folder(notifier, options->names[i])) add_folder(notifier, options->names[i], 0);
    if (notifier->fd >= 0 && !notifier->failed) return notifier;
    notifier_end(notifier);
    return NULL;
}

int notifier_descriptor(const struct notifier *notifier)
{
    return notifier->fd;
}

/* A new file is told twice, when it is made and when it is written; the first is of use only where
 * the second does not follow: a link. */
static bool is_only_begun(struct notifier *notifier, const struct inotify_event *event, str path)
{
    struct stat st;
    if (!(event->mask & IN_CREATE) || (event->mask & IN_ISDIR)) return false;
    if (lstat(str_z(&notifier->arena, full_path(notifier, path)), &st) != 0) return true;
    return S_ISREG(st.st_mode) && st.st_nlink == 1;
}

/* False: all is to be watched anew. */
static bool take(struct notifier *notifier, const struct inotify_event *event, struct changes *changes)
{
    if (event->mask & IN_Q_OVERFLOW) {
        changes_add(changes, S("many files"));
        return false;
    }
    if (!is_watched(notifier, event->wd) || event->len == 0) return true;
    str folder = notifier->folders[event->wd], name = str_c(event->name);
    if (watch_ignores(name) || (folder.len == 0 && !watch_knows(&notifier->options, name))) return true;
    str path = path_join(&notifier->arena, folder, str_copy(&notifier->arena, name));
    if (is_only_begun(notifier, event, path)) return true;
    changes_add(changes, path);
    changes->half = changes->half || !(event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) || (event->mask & IN_ISDIR);
    bool link_to_folder = (event->mask & (IN_CREATE | IN_MOVED_TO)) && is_folder(notifier, path);
    return !(event->mask & IN_ISDIR) && !link_to_folder;
}

bool notifier_read(struct notifier *notifier, struct changes *changes)
{
    _Alignas(struct inotify_event) char room[READ_ROOM];
    struct arena_mark mark = arena_mark(&notifier->arena);
    bool same = true;
    for (ssize_t got; (got = read(notifier->fd, room, sizeof room)) > 0;) {
        for (ssize_t at = 0; at < got;) {
            const struct inotify_event *event = (const void *)(room + at);
            same = take(notifier, event, changes) && same;
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    arena_rewind(&notifier->arena, mark);
    return same;
}

void notifier_end(struct notifier *notifier)
{
    if (!notifier) return;
    if (notifier->fd >= 0) close(notifier->fd);
    arena_free(&notifier->arena);
    memory_free(notifier);
}

#else

struct notifier *notifier_start(const struct watch_options *options)
{
    (void)options;
    return NULL;
}

int notifier_descriptor(const struct notifier *notifier)
{
    (void)notifier;
    return -1;
}

bool notifier_read(struct notifier *notifier, struct changes *changes)
{
    (void)notifier, (void)changes;
    return true;
}

void notifier_end(struct notifier *notifier)
{
    (void)notifier;
}

#endif
