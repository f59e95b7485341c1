/* file.c - reading and atomic writing on POSIX systems; walking is in file_walk.c. */
#include "file_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/path.h"

bool file_c_path(str path, char out[PATH_LONGEST])
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

bool file_report(struct diags *diags, str path, const char *what)
{
    char why[128];
    if (errno == ENODEV) snprintf(why, sizeof why, "it is a pipe or a device");
    else if (strerror_r(errno, why, sizeof why) != 0) snprintf(why, sizeof why, "error %d", errno);
    bool full = errno == ENOSPC || errno == EDQUOT;
    struct diag *diag = diag_report(diags, DIAG_IO, (span){0}, "%s: %s", what, why);
    diag->path = str_copy(diags->arena, path);
    if (full) diag_hint(diags, diag, "make room on the disk and try again");
    return false;
}

#ifdef __APPLE__
#define st_mtim st_mtimespec
#define st_ctim st_ctimespec
#endif

static int64_t nanoseconds(struct timespec time) { return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec; }

struct file_stat file_stat_of(const struct stat *st, bool is_link)
{
    int64_t changed_ns = nanoseconds(st->st_ctim);
    return (struct file_stat){
        .size = st->st_size,
        .mtime_ns = nanoseconds(st->st_mtim),
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
    if (!file_c_path(path, name) || fstatat(dir, name, &st, 0) != 0) return false;
    *out = file_stat_of(&st, false);
    return true;
}

bool file_stat(str path, struct file_stat *out) { return file_stat_in(AT_FDCWD, path, out); }

int file_dir_open(str path)
{
    char name[PATH_LONGEST];
    return file_c_path(path, name) ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
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

bool file_is_named(str path)
{
    char name[PATH_LONGEST];
    struct stat st;
    return file_c_path(path, name) && lstat(name, &st) == 0;
}

static bool read_open(struct arena *arena, int fd, ptrdiff_t limit, str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0) return false;
    if (!S_ISREG(st.st_mode)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : ENODEV;
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
        if (got < room) break;          /* a file gives less only at its end */
    }
    *out = buf_str(&buf);
    return true;
}

bool file_read_head(struct arena *arena, str path, ptrdiff_t limit, str *out, struct diags *diags)
{
    char name[PATH_LONGEST];
    int fd = file_c_path(path, name) ? open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;   /* a pipe's other end is not waited for */
    if (fd < 0) return file_report(diags, path, "cannot be read");
    bool ok = read_open(arena, fd, limit, out);
    int why = errno;
    close(fd);
    errno = why;
    return ok || file_report(diags, path, "cannot be read");
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

/* What bears the folder's name tells more than the system's reason. */
static bool report_no_dir(const char *name, str path, struct diags *diags)
{
    struct stat st;
    int why = errno;
    bool named = lstat(name, &st) == 0 && !S_ISDIR(st.st_mode);
    errno = why;
    if (!named) return file_report(diags, path, "cannot be made");
    struct diag *diag = diag_report(diags, DIAG_IO, (span){0}, "cannot be made: %s bears its name",
                                    S_ISLNK(st.st_mode) ? "a symbolic link that leads to no folder" : "a file");
    diag->path = str_copy(diags->arena, path);
    diag_hint(diags, diag, "remove it, or give it another name");
    return false;
}

bool file_make_dirs(str path, struct diags *diags)
{
    char name[PATH_LONGEST];
    if (path.len == 0) return true;
    while (path.len > 1 && path.p[path.len - 1] == '/') path.len--;
    if (!file_c_path(path, name)) return file_report(diags, path, "cannot be made");
    return make_dirs(name) || report_no_dir(name, path, diags);
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
    if (!file_c_path(path, name)) return file_report(diags, path, "cannot be written");
    snprintf(temporary, sizeof temporary, "%s.XXXXXX", name);
    int fd = mkstemp(temporary);
    if (fd < 0 && errno == ENOENT) {
        if (!file_make_dirs(path_dir(path), diags)) return false;
        snprintf(temporary, sizeof temporary, "%s.XXXXXX", name);
        fd = mkstemp(temporary);
    }
    if (fd < 0) return file_report(diags, path, "cannot be written");
    bool ok = write_all(fd, bytes) && fchmod(fd, 0644) == 0;
    ok = close(fd) == 0 && ok;
    if (ok && rename(temporary, name) == 0) return true;
    int why = errno;
    unlink(temporary);
    errno = why;
    return file_report(diags, path, "cannot be written");
}

bool file_write_new(str path, str bytes, struct file_stat *written, struct diags *diags)
{
    char name[PATH_LONGEST];
    struct stat st;
    int fd = file_c_path(path, name) ? open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644) : -1;
    if (fd < 0) return file_report(diags, path, "cannot be written");
    bool ok = write_all(fd, bytes) && (!written || fstat(fd, &st) == 0);
    if (ok && written) *written = file_stat_of(&st, false);
    ok = close(fd) == 0 && ok;
    return ok || file_report(diags, path, "cannot be written");
}

bool file_rename(str from, str to, struct diags *diags)
{
    char a[PATH_LONGEST], b[PATH_LONGEST];
    if (file_c_path(from, a) && file_c_path(to, b) && rename(a, b) == 0) return true;
    return file_report(diags, to, "cannot be put into place");
}

bool file_remove(str path)
{
    char name[PATH_LONGEST];
    return file_c_path(path, name) && unlink(name) == 0;
}

bool file_remove_dir_if_empty(str path)
{
    char name[PATH_LONGEST];
    return file_c_path(path, name) && rmdir(name) == 0;
}

bool file_dir_is_empty(str path)
{
    char name[PATH_LONGEST];
    DIR *dir = file_c_path(path, name) ? opendir(name) : NULL;
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
    return file_c_path(path, name) && remove_below(AT_FDCWD, name, 0);
}

str file_absolute(struct arena *arena, str path)
{
    char name[PATH_LONGEST], real[PATH_MAX];
    if (!file_c_path(path, name) || !realpath(name, real)) return path;
    return str_copy(arena, str_c(real));
}

str file_absolute_new(struct arena *arena, str path)
{
    char name[PATH_LONGEST], real[PATH_MAX];
    str there = path, whole;
    while (there.len > 0 && (!file_c_path(there, name) || !realpath(name, real)))
        there = there.len > 1 && path_dir(there).len == 0 && there.p[0] == '/' ? S("/") : path_dir(there);
    if (there.len == 0 && !realpath(".", real)) return path;
    if (!path_normalize(arena, path_join(arena, str_c(real), str_from(path, there.len)), &whole)) return path;
    return str_concat(arena, S("/"), whole);
}

int file_lock(str path, struct diags *diags)
{
    char name[PATH_LONGEST];
    int fd = file_c_path(path, name) ? open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0644) : -1;
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
    bool busy = fd >= 0 && errno == EWOULDBLOCK;
    if (!busy) file_report(diags, path, fd < 0 ? "cannot be opened for writing" : "cannot be locked");
    if (fd >= 0) close(fd);
    return busy ? FILE_LOCK_BUSY : FILE_LOCK_FAILED;
}

void file_unlock(int lock)
{
    if (lock >= 0) close(lock);
}
