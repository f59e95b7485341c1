/* notifier.c - changes, as inotify tells them.
 *
 * One watch for each folder, and for that of each file a link leads to.  A
 * folder that is renamed keeps its watch under a wrong name, and one that is
 * new may have been filled before it was seen; so whenever folders come or go,
 * or the system lost count, the caller starts a new notifier, and the build
 * that follows reads what is really there. */
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
    GONE = IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED,
    EVENTS = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR | IN_DELETE_SELF | IN_MOVE_SELF,
    MOST_LINKS = 8              /* that lead from one to the next */
};

/* What a link leads to: a name in a folder of which nothing else may be of interest. */
struct target {
    int number;                 /* the folder's watch */
    str name, path;             /* in it; below the site's folder */
};

struct notifier {
    struct watch_options options;
    struct arena arena;
    int fd;
    str within;                 /* the site's folder, without links */
    str *folders;               /* by watch number: below the site's folder, "" is that itself */
    ptrdiff_t count, capacity;
    struct target *targets;
    ptrdiff_t target_count, target_capacity;
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

/* The number of a folder's watch, the same each time; -1: it is no folder. */
static int watch_folder(struct notifier *notifier, str full)
{
    int number = inotify_add_watch(notifier->fd, str_z(&notifier->arena, full), EVENTS);
    if (number < 0) notifier->failed = notifier->failed || errno == ENOSPC || errno == ENOMEM;
    return number;
}

/* False when it is no folder any more, or one that is watched already (a link leads back to it). */
static bool add_one(struct notifier *notifier, str path)
{
    int number = watch_folder(notifier, full_path(notifier, path));
    if (number < 0 || is_watched(notifier, number)) return false;
    remember(notifier, number, path);
    return true;
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

static bool is_link(struct notifier *notifier, str path)
{
    struct stat st;
    return lstat(str_z(&notifier->arena, full_path(notifier, path)), &st) == 0 && S_ISLNK(st.st_mode);
}

/* A name that is of interest, wherever in the site's folder it lies.  Where its folder is not there
 * yet, the first that is missing is waited for instead. */
static void watch_name(struct notifier *notifier, str full)
{
    struct arena *arena = &notifier->arena;
    struct file_stat stat;
    str folder = path_dir(full), name = path_name(full);
    for (; folder.len && !file_stat(folder, &stat); folder = path_dir(folder)) name = path_name(folder);
    str real = file_absolute(arena, folder);
    int number = path_is_inside(notifier->within, real) ? watch_folder(notifier, real) : -1;
    if (number < 0) return;
    str below = str_from(real, real.len > notifier->within.len ? notifier->within.len + 1 : real.len);
    ARENA_PUSH(arena, notifier->targets, notifier->target_count, notifier->target_capacity) =
        (struct target){number, name, path_join(arena, below, name)};
}

/* All that lies between a link and what is read through it. */
static void watch_targets(struct notifier *notifier, str path)
{
    char room[PATH_MAX];
    str at = full_path(notifier, path);
    for (int i = 0; i < MOST_LINKS; i++) {
        ssize_t length = readlink(str_z(&notifier->arena, at), room, sizeof room);
        if (length <= 0 || length == sizeof room) return;
        str to = str_copy(&notifier->arena, str_of(room, length));
        if (to.len > 1 && str_ends(to, S("/"))) to = str_slice(to, 0, to.len - 1);
        at = str_starts(to, S("/")) ? to : path_join(&notifier->arena, path_dir(at), to);
        watch_name(notifier, at);
    }
}

static void add_folder(struct notifier *notifier, str path, int depth);

static void add(struct notifier *notifier, str path, int depth)
{
    if (is_link(notifier, path)) watch_targets(notifier, path);
    if (is_folder(notifier, path)) add_folder(notifier, path, depth);
}

static void add_folder(struct notifier *notifier, str path, int depth)
{
    if (depth > DEEPEST || notifier->failed || !add_one(notifier, path)) return;
    DIR *dir = opendir(str_z(&notifier->arena, full_path(notifier, path)));
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        str name = str_c(entry->d_name);
        if (watch_ignores(name) || entry->d_type == DT_REG) continue;
        add(notifier, path_join(&notifier->arena, path, str_copy(&notifier->arena, name)), depth + 1);
    }
    closedir(dir);
}

struct notifier *notifier_start(const struct watch_options *options)
{
    struct notifier *notifier = memory_alloc(sizeof *notifier);
    *notifier = (struct notifier){.options = *options, .fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    notifier->within = file_absolute(&notifier->arena, options->root);
    bool there = notifier->fd >= 0 && add_one(notifier, S(""));
    for (int i = 0; i < options->name_count && there; i++) add(notifier, options->names[i], 0);
    if (there && !notifier->failed) return notifier;
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

static bool is_of_interest(const struct notifier *notifier, str folder, str name)
{
    return !watch_ignores(name) && (folder.len > 0 || watch_knows(&notifier->options, name));
}

/* Below the site's folder; empty: it does not matter. */
static str path_of(struct notifier *notifier, const struct inotify_event *event)
{
    str name = str_c(event->name);
    for (ptrdiff_t i = 0; i < notifier->target_count; i++)
        if (notifier->targets[i].number == event->wd && str_equal(notifier->targets[i].name, name)) return notifier->targets[i].path;
    if (!is_watched(notifier, event->wd) || !is_of_interest(notifier, notifier->folders[event->wd], name)) return S("");
    return path_join(&notifier->arena, notifier->folders[event->wd], str_copy(&notifier->arena, name));
}

/* False: all is to be watched anew. */
static bool take(struct notifier *notifier, const struct inotify_event *event, struct changes *changes)
{
    if (event->mask & IN_Q_OVERFLOW) {
        changes_add(changes, S("many files"));
        return false;
    }
    if (event->mask & GONE) {
        bool named = is_watched(notifier, event->wd) && notifier->folders[event->wd].len > 0;
        changes_add(changes, named ? notifier->folders[event->wd] : S("a folder"));
        changes->half = true;
        return false;
    }
    str path = event->len ? path_of(notifier, event) : S("");
    if (path.len == 0) return true;
    if (is_only_begun(notifier, event, path)) {
        changes_begin(changes, path);
        return true;
    }
    changes_add(changes, path);
    changes->half = changes->half || !(event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) || (event->mask & IN_ISDIR);
    bool new_link = (event->mask & (IN_CREATE | IN_MOVED_TO)) && is_link(notifier, path);
    return !(event->mask & IN_ISDIR) && !new_link;
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
