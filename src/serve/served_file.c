/* served_file.c - the file a path names.
 *
 * The path is walked name by name, each opened in the folder before it and
 * never through a symbolic link: hugi publishes none, so one that is there
 * leads to where nobody should be led. */
#include "served_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

static const struct request_path index_page = {{STR_INIT("index.html")}, 1, false};

static int open_in(struct arena *scratch, int folder, str name, int flags)
{
    return openat(folder, str_z(scratch, name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
}

/* The folder of the path's last name, or of all of it; -1 when there is none. */
static int open_folder(struct arena *scratch, str root, const struct request_path *path, int count)
{
    int fd = open(str_z(scratch, root), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < count && fd >= 0; i++) {
        int next = open_in(scratch, fd, path->parts[i], O_DIRECTORY);
        close(fd);
        fd = next;
    }
    return fd;
}

static int64_t mtime_of(const struct stat *st)
{
#ifdef __APPLE__
    return (int64_t)st->st_mtimespec.tv_sec * 1000000000 + st->st_mtimespec.tv_nsec;
#else
    return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
#endif
}

/* Takes over `fd`.  O_NONBLOCK came with it: a pipe somebody put there must not hold the server up. */
static enum served take(int fd, str name, struct served_file *out)
{
    struct stat st = {0};
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        *out = (struct served_file){fd, name, st.st_size, mtime_of(&st), (uint64_t)st.st_ino};
        return SERVED_FILE;
    }
    bool folder = fd >= 0 && S_ISDIR(st.st_mode);
    if (fd >= 0) close(fd);
    return folder ? SERVED_FOLDER : SERVED_NOTHING;
}

static enum served open_last(struct arena *scratch, str root, const struct request_path *path, struct served_file *out)
{
    const struct request_path *last = path->folder || path->count == 0 ? &index_page : path;
    int folder = open_folder(scratch, root, path, last == path ? path->count - 1 : path->count);
    if (folder < 0) return SERVED_NOTHING;
    str name = last->parts[last->count - 1];
    enum served found = take(open_in(scratch, folder, name, O_NONBLOCK), name, out);
    close(folder);
    return found == SERVED_FOLDER && last != path ? SERVED_NOTHING : found;
}

enum served served_file_open(str root, const struct request_path *path, struct served_file *out)
{
    struct arena scratch = {0};
    enum served found = open_last(&scratch, root, path, out);
    if (found == SERVED_FOLDER) {
        struct request_path with_slash = *path;
        struct served_file index;
        with_slash.folder = true;
        if (open_last(&scratch, root, &with_slash, &index) == SERVED_FILE) close(index.fd);
        else found = SERVED_NOTHING;
    }
    arena_free(&scratch);
    return found;
}

bool served_file_read(struct arena *arena, const struct served_file *file, int64_t limit, str *out)
{
    if (file->size > limit) return false;
    char *bytes = arena_room(arena, (size_t)file->size + 1);
    int64_t at = 0;
    while (at < file->size) {
        ssize_t got = pread(file->fd, bytes + at, (size_t)(file->size - at), at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
    }
    *out = str_of(bytes, (ptrdiff_t)at);
    return true;
}

str served_file_tag(struct arena *arena, const struct served_file *file)
{
    return str_format(arena, "\"%llx-%llx-%llx\"", (unsigned long long)file->mtime_ns, (unsigned long long)file->size,
                      (unsigned long long)file->inode);
}
