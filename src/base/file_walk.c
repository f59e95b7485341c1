/* file_walk.c - all files below a folder, sorted.
 *
 * The folders are listed one after another; what they say to be a file is asked about
 * afterwards, on all workers where there are some.  Written in this order: what is a link,
 * listing, asking, the walk. */
#include "file_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/job.h"
#include "base/path.h"
#include "base/utf8.h"

struct walk {
    struct arena *arena;
    str root, within;
    struct file_list *out;
    struct diags *diags;
    struct { dev_t device; ino_t inode; } above[DEEPEST_FOLDER + 2];   /* the folders this one lies in */
};

static bool is_hidden(const char *name)
{
    size_t len = strlen(name);
    return name[0] == '.' || name[len - 1] == '~';
}

static bool leave_link_out(struct walk *walk, str full, const char *where)
{
    struct diag *diag = diag_report(walk->diags, DIAG_SYMLINK, (span){0}, "symbolic link leads %s; it is left out", where);
    diag->path = str_copy(walk->diags->arena, full);
    return false;
}

/* A link counts only when what it leads to is there and lies inside the site. */
static bool link_stays_inside(struct walk *walk, int fd, const char *name, str full, struct stat *st)
{
    if (fstatat(fd, name, st, 0) != 0) return leave_link_out(walk, full, errno == ELOOP ? "back to itself" : "nowhere");
    return path_is_inside(walk->within, file_absolute(walk->arena, full)) || leave_link_out(walk, full, "out of the site");
}

static bool walk_dir(struct walk *walk, str below, int depth);

/* A link to a folder it lies in would go on for ever. */
static bool leads_back(struct walk *walk, const struct stat *st, str full, int depth)
{
    for (int i = 0; i <= depth; i++) {
        if (walk->above[i].device != st->st_dev || walk->above[i].inode != st->st_ino) continue;
        return !leave_link_out(walk, full, "back to a folder it lies in");
    }
    return false;
}

static struct file_entry *add_entry(struct walk *walk, str disk)
{
    struct file_entry *entry = &ARENA_PUSH(walk->arena, walk->out->items, walk->out->count, walk->out->capacity);
    *entry = (struct file_entry){.disk = disk};
    return entry;
}

/* `is_file`: the folder says that it is one, and what else there is to know is asked for later. */
static bool walk_entry(struct walk *walk, int fd, const char *name, bool is_file, str below, int depth)
{
    struct stat st;
    if (is_file) {
        add_entry(walk, path_join(walk->arena, below, str_copy(walk->arena, str_c(name))));
        return true;
    }
    if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0) return true;     /* gone meanwhile */
    str path = path_join(walk->arena, below, str_copy(walk->arena, str_c(name)));
    str full = path_join(walk->arena, walk->root, path);
    bool is_link = S_ISLNK(st.st_mode);
    if (is_link && !link_stays_inside(walk, fd, name, full, &st)) return true;
    if (S_ISDIR(st.st_mode)) return (is_link && leads_back(walk, &st, full, depth)) || walk_dir(walk, path, depth + 1);
    if (!S_ISREG(st.st_mode)) return true;
    struct file_entry *entry = add_entry(walk, path);
    entry->path = utf8_nfc(walk->arena, path);
    entry->stat = file_stat_of(&st, is_link);
    return true;
}

static bool report_depth(struct walk *walk, str full)
{
    struct diag *diag = diag_report(walk->diags, DIAG_IO, (span){0}, "lies more than %d folders deep", DEEPEST_FOLDER);
    diag->path = str_copy(walk->diags->arena, full);
    return false;
}

static bool walk_dir(struct walk *walk, str below, int depth)
{
    str full = path_join(walk->arena, walk->root, below);
    char name[PATH_LONGEST];
    if (depth > DEEPEST_FOLDER) return report_depth(walk, full);
    int fd = file_c_path(full, name) ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        if (fd >= 0) close(fd);
        return file_report(walk->diags, full, "cannot be read");
    }
    bool ok = true;
    struct stat own;
    if (fstat(dirfd(dir), &own) == 0) {
        walk->above[depth].device = own.st_dev;
        walk->above[depth].inode = own.st_ino;
    }
    for (struct dirent *entry; ok && (entry = readdir(dir));)
        if (!is_hidden(entry->d_name)) ok = walk_entry(walk, dirfd(dir), entry->d_name, entry->d_type == DT_REG, below, depth);
    closedir(dir);
    return ok;
}

/* --- what the folder did not say -------------------------------------------- */

enum { ASKED_AT_ONCE = 32 };

struct questions {
    struct file_list *list;
    int root;
};

/* A file that is gone meanwhile stays without a path.  One that only keeps its secrets is told by who reads it. */
static void ask(const struct questions *questions, struct file_entry *entry, struct arena *arena)
{
    char name[PATH_LONGEST];
    struct stat st = {0};
    if (entry->path.len > 0) return;
    bool known = file_c_path(entry->disk, name) && fstatat(questions->root, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
    if (known ? !S_ISREG(st.st_mode) : errno == ENOENT) return;
    entry->path = utf8_nfc(arena, entry->disk);
    entry->stat = file_stat_of(&st, false);
}

static void ask_task(struct worker *worker, ptrdiff_t turn, void *context)
{
    const struct questions *questions = context;
    struct file_list *list = questions->list;
    for (ptrdiff_t i = turn * ASKED_AT_ONCE; i < list->count && i < (turn + 1) * ASKED_AT_ONCE; i++) ask(questions, &list->items[i], &worker->arena);
}

static void drop_the_gone(struct file_list *list)
{
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 0; i < list->count; i++)
        if (list->items[i].path.len > 0) list->items[kept++] = list->items[i];
    list->count = kept;
}

static bool ask_all(struct walk *walk, struct job_pool *pool)
{
    char name[PATH_LONGEST];
    struct questions questions = {walk->out, file_c_path(walk->root, name) ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1};
    if (questions.root < 0) return file_report(walk->diags, walk->root, "cannot be read");
    if (pool) job_each(pool, (walk->out->count + ASKED_AT_ONCE - 1) / ASKED_AT_ONCE, ask_task, &questions);
    else for (ptrdiff_t i = 0; i < walk->out->count; i++) ask(&questions, &walk->out->items[i], walk->arena);
    close(questions.root);
    drop_the_gone(walk->out);
    return true;
}

static int compare_entries(const void *a, const void *b)
{
    const struct file_entry *x = a, *y = b;
    int order = str_compare(x->path, y->path);
    return order ? order : str_compare(x->disk, y->disk);
}

static int compare_paths(const void *a, const void *b)
{
    return str_compare(((const struct diag *)a)->path, ((const struct diag *)b)->path);
}

bool file_walk(struct arena *arena, str root, str within, struct file_list *out, struct diags *diags)
{
    return file_walk_on(NULL, arena, root, within, out, diags);
}

bool file_walk_on(struct job_pool *pool, struct arena *arena, str root, str within, struct file_list *out, struct diags *diags)
{
    struct walk walk = {.arena = arena, .root = root, .within = file_absolute(arena, within), .out = out, .diags = diags};
    if (!file_exists(root)) return true;
    ptrdiff_t told = diags->count;
    bool ok = walk_dir(&walk, S(""), 0) && ask_all(&walk, pool);
    if (diags->count > told) qsort(diags->items + told, (size_t)(diags->count - told), sizeof *diags->items, compare_paths);
    if (!ok) return false;
    if (out->count) qsort(out->items, (size_t)out->count, sizeof *out->items, compare_entries);
    return true;
}
