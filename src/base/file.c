/* file.c - reading, walking and atomic writing on POSIX systems. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/utf8.h"

enum { PATH_LONGEST = 4096, DEEPEST_FOLDER = 64 };

/* A NUL-terminated name on the stack; false when it is too long or holds a NUL. */
static bool c_path(str path, char out[PATH_LONGEST])
{
    if (path.len >= PATH_LONGEST || str_find_char(path, 0) >= 0) {
        errno = ENAMETOOLONG;
        return false;
    }
    if (path.len == 0) {
        memcpy(out, ".", 2);
        return true;
    }
    memcpy(out, path.p, (size_t)path.len);
    out[path.len] = 0;
    return true;
}

static bool report(struct diags *diags, str path, const char *what)
{
    char why[128];
    if (strerror_r(errno, why, sizeof why) != 0) snprintf(why, sizeof why, "error %d", errno);
    struct diag *diag = diag_report(diags, DIAG_IO, (span){0}, "%s: %s", what, why);
    diag->path = str_copy(diags->arena, path);
    return false;
}

static int64_t mtime_of(const struct stat *st)
{
#ifdef __APPLE__
    return (int64_t)st->st_mtimespec.tv_sec * 1000000000 + st->st_mtimespec.tv_nsec;
#else
    return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
#endif
}

static int64_t ctime_of(const struct stat *st)
{
#ifdef __APPLE__
    return (int64_t)st->st_ctimespec.tv_sec * 1000000000 + st->st_ctimespec.tv_nsec;
#else
    return (int64_t)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec;
#endif
}

static struct file_stat convert(const struct stat *st, bool is_link)
{
    int64_t changed_ns = ctime_of(st);
    return (struct file_stat){
        .size = st->st_size,
        .mtime_ns = mtime_of(st),
        .device = (uint64_t)st->st_dev,
        .changed_ns = changed_ns,
        .identity = ((uint64_t)st->st_ino * 0x9e3779b97f4a7c15u ^ (uint64_t)changed_ns) | 1,
        .is_dir = S_ISDIR(st->st_mode),
        .is_file = S_ISREG(st->st_mode),
        .is_link = is_link,
    };
}

bool file_stat_in(int dir, str path, struct file_stat *out)
{
    char name[PATH_LONGEST];
    struct stat st;
    if (!c_path(path, name) || fstatat(dir, name, &st, 0) != 0) return false;
    *out = convert(&st, false);
    return true;
}

bool file_stat(str path, struct file_stat *out) { return file_stat_in(AT_FDCWD, path, out); }

int file_dir_open(str path)
{
    char name[PATH_LONGEST];
    return c_path(path, name) ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
}

void file_dir_close(int dir)
{
    if (dir >= 0) close(dir);
}

bool file_exists(str path)
{
    struct file_stat unused;
    return file_stat(path, &unused);
}

static bool read_open(struct arena *arena, int fd, ptrdiff_t limit, str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0) return false;
    if (S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return false;
    }
    ptrdiff_t capacity = st.st_size > 0 ? (ptrdiff_t)st.st_size : 4096;
    if (capacity > limit) capacity = limit;
    struct buf buf = buf_in(arena);
    buf_reserve(&buf, capacity + 1);    /* one more byte, so that the end shows in the same round */
    while (buf.len < limit) {
        buf_reserve(&buf, 1);
        ptrdiff_t room = buf.capacity - buf.len < limit - buf.len ? buf.capacity - buf.len : limit - buf.len;
        ssize_t got = read(fd, buf.p + buf.len, (size_t)room);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        buf.len += got;
        if (got == 0 || (got < room && S_ISREG(st.st_mode))) break;     /* an ordinary file gives less only at its end */
    }
    *out = buf_str(&buf);
    return true;
}

bool file_read_head(struct arena *arena, str path, ptrdiff_t limit, str *out, struct diags *diags)
{
    char name[PATH_LONGEST];
    int fd = c_path(path, name) ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) return report(diags, path, "cannot be read");
    bool ok = read_open(arena, fd, limit, out);
    int why = errno;
    close(fd);
    errno = why;
    return ok || report(diags, path, "cannot be read");
}

bool file_read(struct arena *arena, str path, str *out, struct diags *diags)
{
    return file_read_head(arena, path, PTRDIFF_MAX / 4, out, diags);
}

/* What is there already may be a file, or a link that leads nowhere. */
static bool make_dir(const char *name)
{
    struct stat st;
    if (mkdir(name, 0777) == 0) return true;
    if (errno != EEXIST) return false;
    if (stat(name, &st) != 0) return false;
    if (!S_ISDIR(st.st_mode)) errno = ENOTDIR;
    return S_ISDIR(st.st_mode);
}

/* The folders above only when they are missing, from the nearest on. */
static bool make_dirs(char *name)
{
    if (make_dir(name)) return true;
    char *slash = strrchr(name, '/');
    if (errno != ENOENT || !slash || slash == name) return false;
    *slash = 0;
    bool above = make_dirs(name);
    *slash = '/';
    return above && make_dir(name);
}

bool file_make_dirs(str path, struct diags *diags)
{
    char name[PATH_LONGEST];
    if (path.len == 0) return true;
    while (path.len > 1 && path.p[path.len - 1] == '/') path.len--;
    return (c_path(path, name) && make_dirs(name)) || report(diags, path, "cannot be made");
}

static bool write_all(int fd, str bytes)
{
    for (ptrdiff_t at = 0; at < bytes.len;) {
        ssize_t put = write(fd, bytes.p + at, (size_t)(bytes.len - at));
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        at += put;
    }
    return true;
}

bool file_write(str path, str bytes, struct diags *diags)
{
    char name[PATH_LONGEST], temporary[PATH_LONGEST + 8];
    if (!c_path(path, name)) return report(diags, path, "cannot be written");
    snprintf(temporary, sizeof temporary, "%s.XXXXXX", name);
    int fd = mkstemp(temporary);
    if (fd < 0 && errno == ENOENT) {
        if (!file_make_dirs(path_dir(path), diags)) return false;
        snprintf(temporary, sizeof temporary, "%s.XXXXXX", name);
        fd = mkstemp(temporary);
    }
    if (fd < 0) return report(diags, path, "cannot be written");
    bool ok = write_all(fd, bytes) && fchmod(fd, 0644) == 0;
    ok = close(fd) == 0 && ok;
    if (ok && rename(temporary, name) == 0) return true;
    int why = errno;
    unlink(temporary);
    errno = why;
    return report(diags, path, "cannot be written");
}

bool file_write_new(str path, str bytes, struct file_stat *written, struct diags *diags)
{
    char name[PATH_LONGEST];
    struct stat st;
    int fd = c_path(path, name) ? open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : -1;
    if (fd < 0) return report(diags, path, "cannot be written");
    bool ok = write_all(fd, bytes) && (!written || fstat(fd, &st) == 0);
    if (ok && written) *written = convert(&st, false);
    ok = close(fd) == 0 && ok;
    return ok || report(diags, path, "cannot be written");
}

bool file_rename(str from, str to, struct diags *diags)
{
    char a[PATH_LONGEST], b[PATH_LONGEST];
    if (c_path(from, a) && c_path(to, b) && rename(a, b) == 0) return true;
    return report(diags, to, "cannot be put into place");
}

bool file_remove(str path)
{
    char name[PATH_LONGEST];
    return c_path(path, name) && unlink(name) == 0;
}

bool file_remove_dir_if_empty(str path)
{
    char name[PATH_LONGEST];
    return c_path(path, name) && rmdir(name) == 0;
}

bool file_dir_is_empty(str path)
{
    char name[PATH_LONGEST];
    DIR *dir = c_path(path, name) ? opendir(name) : NULL;
    if (!dir) return false;
    bool empty = true;
    for (struct dirent *entry; empty && (entry = readdir(dir));)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(dir);
    return empty;
}

static bool remove_below(int parent, const char *name, int depth)
{
    if (depth > DEEPEST_FOLDER) return false;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return unlinkat(parent, name, 0) == 0;
    DIR *dir = fdopendir(fd);
    if (!dir) {
        close(fd);
        return false;
    }
    bool ok = true;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        ok = remove_below(fd, entry->d_name, depth + 1) && ok;
    }
    closedir(dir);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 && ok;
}

bool file_remove_tree(str path)
{
    char name[PATH_LONGEST];
    str last = path_name(path);
    if (last.len == 0 || str_equal(last, S(".")) || str_equal(last, S(".."))) return false;
    return c_path(path, name) && remove_below(AT_FDCWD, name, 0);
}

str file_absolute(struct arena *arena, str path)
{
    char name[PATH_LONGEST], real[PATH_MAX];
    if (!c_path(path, name) || !realpath(name, real)) return path;
    return str_copy(arena, str_c(real));
}

/* --- walking ---------------------------------------------------------- */

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

/* A link counts only when what it leads to lies inside the site. */
static bool link_stays_inside(struct walk *walk, str full)
{
    str target = file_absolute(walk->arena, full);
    if (path_is_inside(walk->within, target)) return true;
    struct diag *diag = diag_report(walk->diags, DIAG_SYMLINK, (span){0},
                                    "symbolic link leads out of the site; it is left out");
    diag->path = str_copy(walk->diags->arena, full);
    return false;
}

static bool walk_dir(struct walk *walk, str below, int depth);

/* A link to a folder it lies in would go on for ever. */
static bool leads_back(struct walk *walk, const struct stat *st, str full, int depth)
{
    for (int i = 0; i <= depth; i++) {
        if (walk->above[i].device != st->st_dev || walk->above[i].inode != st->st_ino) continue;
        struct diag *diag = diag_report(walk->diags, DIAG_SYMLINK, (span){0},
                                        "symbolic link leads back to a folder it lies in; it is left out");
        diag->path = str_copy(walk->diags->arena, full);
        return true;
    }
    return false;
}

static bool walk_entry(struct walk *walk, int fd, const char *name, str below, int depth)
{
    struct stat st;
    if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0) return true;     /* gone meanwhile */
    str path = path_join(walk->arena, below, str_copy(walk->arena, str_c(name)));
    str full = path_join(walk->arena, walk->root, path);
    bool is_link = S_ISLNK(st.st_mode);
    if (is_link && (!link_stays_inside(walk, full) || fstatat(fd, name, &st, 0) != 0)) return true;
    if (S_ISDIR(st.st_mode)) return (is_link && leads_back(walk, &st, full, depth)) || walk_dir(walk, path, depth + 1);
    if (!S_ISREG(st.st_mode)) return true;
    ARENA_PUSH(walk->arena, walk->out->items, walk->out->count, walk->out->capacity) =
        (struct file_entry){utf8_nfc(walk->arena, path), path, convert(&st, is_link)};
    return true;
}

static bool walk_dir(struct walk *walk, str below, int depth)
{
    str full = path_join(walk->arena, walk->root, below);
    char name[PATH_LONGEST];
    if (depth > DEEPEST_FOLDER) errno = ELOOP;
    int fd = depth <= DEEPEST_FOLDER && c_path(full, name) ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        if (fd >= 0) close(fd);
        return report(walk->diags, full, "cannot be read");
    }
    bool ok = true;
    struct stat own;
    if (fstat(dirfd(dir), &own) == 0) {
        walk->above[depth].device = own.st_dev;
        walk->above[depth].inode = own.st_ino;
    }
    for (struct dirent *entry; ok && (entry = readdir(dir));)
        if (!is_hidden(entry->d_name)) ok = walk_entry(walk, dirfd(dir), entry->d_name, below, depth);
    closedir(dir);
    return ok;
}

static int compare_entries(const void *a, const void *b)
{
    const struct file_entry *x = a, *y = b;
    int order = str_compare(x->path, y->path);
    return order ? order : str_compare(x->disk, y->disk);
}

bool file_walk(struct arena *arena, str root, str within, struct file_list *out, struct diags *diags)
{
    struct walk walk = {.arena = arena, .root = root, .within = file_absolute(arena, within), .out = out, .diags = diags};
    if (!file_exists(root)) return true;
    if (!walk_dir(&walk, S(""), 0)) return false;
    if (out->count) qsort(out->items, (size_t)out->count, sizeof *out->items, compare_entries);
    return true;
}

int file_lock(str path)
{
    char name[PATH_LONGEST];
    int fd = c_path(path, name) ? open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0644) : -1;
    if (fd < 0) return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
    close(fd);
    return -1;
}

void file_unlock(int lock)
{
    if (lock >= 0) close(lock);
}
