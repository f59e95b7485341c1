/* watch.c - which of the sources changed.
 *
 * An editor saves in several steps, and `git checkout` writes hundreds of
 * files: after the first change one waits until all is quiet.  Where the
 * system does not tell, all files are listed twice a second and compared. */
#include "watch.h"

#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"

enum {
    QUIET = 20,                 /* milliseconds without a change: now it is done */
    QUIET_WHOLE = 5,            /* one file, written and closed: most likely that was all */
    QUIET_AT_MOST = 1000,       /* someone writes for ever */
    LOOK_EVERY = 500
};

struct watch {
    struct watch_options options;
    struct notifier *notifier;  /* NULL: look */
    struct arena arena;         /* of `known` */
    struct file_list known;
    struct arena home_arena;
    str home;                   /* where the process stood, without links */
    bool gone;                  /* the site's folder, and that was told */
};

/* --- changes -------------------------------------------------------------------- */

void changes_add(struct changes *changes, str path)
{
    if (changes->paths.count < MOST_NAMED) map_put(&changes->arena, &changes->paths, str_copy(&changes->arena, path), changes);
    else changes->more++;
}

void changes_begin(struct changes *changes, str path)
{
    if (!map_get(&changes->paths, path)) map_put(&changes->arena, &changes->begun, str_copy(&changes->arena, path), changes);
}

str changes_name(const struct changes *changes, str root, ptrdiff_t *more)
{
    struct arena arena = {0};
    str name = changes->paths.entries[0].key;
    bool good = false, there = false;
    *more = changes->more - 1;
    for (ptrdiff_t i = 0; i < changes->paths.count; i++) {
        str path = changes->paths.entries[i].key;
        bool exists = file_exists(path_join(&arena, root, path));
        if (!exists && map_get(&changes->begun, path)) continue;
        if (!good || (exists && !there)) name = path;
        good = true;
        there = there || exists;
        ++*more;
    }
    if (!good) *more = changes->more;
    arena_free(&arena);
    return name;
}

void changes_end(struct changes *changes)
{
    arena_free(&changes->arena);
    *changes = (struct changes){0};
}

static bool any(const struct changes *changes)
{
    return changes->paths.count > 0;
}

bool watch_ignores(str name)
{
    return name.len == 0 || name.p[0] == '.' || name.p[name.len - 1] == '~';
}

bool watch_knows(const struct watch_options *options, str name)
{
    for (int i = 0; i < options->name_count; i++)
        if (str_equal(options->names[i], name)) return true;
    return false;
}

static int quiet_after(const struct changes *changes)
{
    return changes->half || changes->paths.count > 1 ? QUIET : QUIET_WHOLE;
}

int64_t watch_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- by looking -------------------------------------------------------------------- */

static void list_name(struct arena *arena, const struct watch_options *options, str name, struct file_list *out)
{
    struct diags unheard = diags_in(arena);
    struct file_list below = {0};
    struct file_stat stat;
    str full = path_join(arena, options->root, name);
    if (!file_stat(full, &stat)) return;
    if (stat.is_file) ARENA_PUSH(arena, out->items, out->count, out->capacity) = (struct file_entry){name, name, stat};
    if (!stat.is_dir) return;
    file_walk(arena, full, options->root, &below, &unheard);
    for (ptrdiff_t i = 0; i < below.count; i++) {
        struct file_entry entry = below.items[i];
        entry.path = path_join(arena, name, entry.path);
        ARENA_PUSH(arena, out->items, out->count, out->capacity) = entry;
    }
}

static bool same_file(const struct file_stat *a, const struct file_stat *b)
{
    return a->mtime_ns == b->mtime_ns && a->size == b->size && a->identity == b->identity;
}

static void compare(const struct file_list *old, const struct file_list *new, struct changes *changes)
{
    struct arena arena = {0};
    struct map before = {0}, after = {0};
    for (ptrdiff_t i = 0; i < old->count; i++) map_put(&arena, &before, old->items[i].path, &old->items[i].stat);
    for (ptrdiff_t i = 0; i < new->count; i++) {
        const struct file_stat *stat = map_get(&before, new->items[i].path);
        map_put(&arena, &after, new->items[i].path, &new->items[i]);
        if (!stat || !same_file(stat, &new->items[i].stat)) changes_add(changes, new->items[i].path);
    }
    for (ptrdiff_t i = 0; i < old->count; i++)
        if (!map_get(&after, old->items[i].path)) changes_add(changes, old->items[i].path);
    arena_free(&arena);
}

/* What is there now is known from then on. */
static void look(struct watch *watch, struct changes *changes)
{
    struct arena arena = {0};
    struct file_list now = {0};
    for (int i = 0; i < watch->options.name_count; i++) list_name(&arena, &watch->options, watch->options.names[i], &now);
    if (changes) compare(&watch->known, &now, changes);
    arena_free(&watch->arena);
    watch->arena = arena;
    watch->known = now;
}

/* --- waiting -------------------------------------------------------------------------- */

/* The watch is set before the build looks at the folders, so that nothing is missed between. */
static void renew(struct watch *watch)
{
    notifier_end(watch->notifier);
    watch->notifier = notifier_start(&watch->options);
    if (!watch->notifier) look(watch, NULL);
}

static void take_in(struct watch *watch, struct changes *changes)
{
    if (watch->notifier && !notifier_read(watch->notifier, changes)) renew(watch);
}

static enum watch_event wait_told(struct watch *watch, int stop, int milliseconds, struct changes *changes)
{
    int64_t first = 0;
    for (;;) {
        struct pollfd wait[2] = {{stop, POLLIN, 0}, {notifier_descriptor(watch->notifier), POLLIN, 0}};
        int ready = poll(wait, 2, any(changes) ? quiet_after(changes) : milliseconds);
        if (wait[0].revents) return WATCH_STOPPED;
        if (ready == 0) return any(changes) ? WATCH_CHANGED : WATCH_NOTHING;
        if (wait[1].revents) take_in(watch, changes);
        if (!watch->notifier) return WATCH_CHANGED;
        if (any(changes) && first == 0) first = watch_clock();
        if (any(changes) && watch_clock() - first > QUIET_AT_MOST) return WATCH_CHANGED;
    }
}

static bool is_real(str path)
{
    struct arena arena = {0};
    struct file_stat stat;
    bool real = str_starts(file_absolute(&arena, path), S("/")) && file_stat(path, &stat) && stat.is_dir;
    arena_free(&arena);
    return real;
}

/* A process that stands in a folder that was removed would stay there: it steps into what took its place. */
static void step_home(struct watch *watch)
{
    if (is_real(S(".")) || !is_real(watch->home)) return;
    if (chdir(str_z(&watch->home_arena, watch->home)) != 0) watch->home = S("");
}

/* Told again, once there is something to be told of.  What changes while the notifier starts is found by looking once more. */
static bool find_notifier(struct watch *watch, struct changes *changes)
{
    if (watch->options.poll) return false;
    watch->notifier = notifier_start(&watch->options);
    if (watch->notifier) look(watch, changes);
    return watch->notifier;
}

static enum watch_event wait_looking(struct watch *watch, int stop, int milliseconds, struct changes *changes)
{
    for (int waited = 0; waited < milliseconds && !any(changes); waited += LOOK_EVERY) {
        struct pollfd wait = {stop, POLLIN, 0};
        if (poll(&wait, 1, LOOK_EVERY) > 0) return WATCH_STOPPED;
        step_home(watch);
        look(watch, changes);
    }
    if (any(changes) && find_notifier(watch, changes)) return wait_told(watch, stop, milliseconds, changes);
    return any(changes) ? WATCH_CHANGED : WATCH_NOTHING;
}

/* Nothing is known from then on: all that comes back is a change. */
static enum watch_event lose_site(struct watch *watch)
{
    notifier_end(watch->notifier);
    arena_free(&watch->arena);
    watch->notifier = NULL;
    watch->known = (struct file_list){0};
    return WATCH_GONE;
}

enum watch_event watch_wait(struct watch *watch, int stop, int milliseconds, struct changes *changes)
{
    enum watch_event event = watch->notifier ? wait_told(watch, stop, milliseconds, changes) : wait_looking(watch, stop, milliseconds, changes);
    if (event == WATCH_STOPPED) return event;
    bool was_gone = watch->gone;
    watch->gone = !is_real(watch->options.root);
    if (!watch->gone) return event;
    return was_gone ? WATCH_NOTHING : lose_site(watch);
}

struct watch *watch_start(const struct watch_options *options)
{
    struct watch *watch = memory_alloc(sizeof *watch);
    *watch = (struct watch){.options = *options};
    watch->home = file_absolute(&watch->home_arena, S("."));
    if (!options->poll) watch->notifier = notifier_start(options);
    if (!watch->notifier) look(watch, NULL);
    return watch;
}

bool watch_is_polling(const struct watch *watch)
{
    return !watch->notifier;
}

void watch_end(struct watch *watch)
{
    notifier_end(watch->notifier);
    arena_free(&watch->arena);
    arena_free(&watch->home_arena);
    memory_free(watch);
}
