/* file.h - the file system: reading whole files, walking, writing atomically.
 *
 * Paths are NUL-free strs.  Functions return false after reporting one
 * diagnostic (DIAG_IO, with the path) unless they say otherwise.  Thread-safe. */
#ifndef HUGI_BASE_FILE_H
#define HUGI_BASE_FILE_H

#include "base/diag.h"

struct job_pool;

struct file_stat {
    int64_t size;
    int64_t mtime_ns;
    uint64_t device;
    int64_t changed_ns;         /* when the file or what is known of it last changed: nobody can set it (st_ctim) */
    uint64_t identity;          /* of the inode and changed_ns; never 0 */
    bool is_dir, is_file, is_link;
};

bool file_stat(str path, struct file_stat *out);        /* follows links; false: not there, no report */
bool file_exists(str path);
bool file_is_named(str path);                           /* also a link that leads nowhere */
/* A folder held open, from which many files below it are found sooner; -1: it is not there. */
int file_dir_open(str path);
void file_dir_close(int dir);
bool file_stat_in(int dir, str path, struct file_stat *out);
/* Of ordinary files, or links to them. */
bool file_read(struct arena *arena, str path, str *out, struct diags *diags);
/* At most `limit` first bytes; for sniffing. */
bool file_read_head(struct arena *arena, str path, ptrdiff_t limit, str *out, struct diags *diags);

/* Writes to a new file beside `path` and renames it into place; makes directories. */
bool file_write(str path, str bytes, struct diags *diags);
/* Writes straight to `path`, whose folder is there: for files nobody looks at yet.
 * `written`, unless it is NULL, gets what file_stat would say of it. */
bool file_write_new(str path, str bytes, struct file_stat *written, struct diags *diags);
bool file_make_dirs(str path, struct diags *diags);      /* true: a folder is there, with all above it */
bool file_rename(str from, str to, struct diags *diags);
bool file_remove(str path);                             /* false when it could not; no report */
bool file_remove_tree(str path);                        /* never follows links; false for "", "." and the like */
bool file_remove_dir_if_empty(str path);
bool file_dir_is_empty(str path);                       /* false also for what is no folder */

/* Everything below `root`, sorted by path.  Hidden names (".x") and names
 * that end in '~' are left out.  Links are followed only when their target is
 * there and inside `within`; others are reported (DIAG_SYMLINK) and left out. */
struct file_entry {
    str path;               /* relative to root, NFC; `disk` is the name as stored */
    str disk;
    struct file_stat stat;
};
struct file_list {
    struct file_entry *items;
    ptrdiff_t count, capacity;
};
bool file_walk(struct arena *arena, str root, str within, struct file_list *out, struct diags *diags);
/* The same; the system is asked about files on all workers, whose arenas may hold paths of the list. */
bool file_walk_on(struct job_pool *pool, struct arena *arena, str root, str within, struct file_list *out, struct diags *diags);

str file_absolute(struct arena *arena, str path);       /* realpath, or the path itself */
/* realpath, also of what is not there yet: where it will be. */
str file_absolute_new(struct arena *arena, str path);

/* An exclusive lock on a file, which is made where it is not there; held until file_unlock or the process ends. */
enum {
    FILE_LOCK_BUSY = -1,        /* somebody else holds it; no report */
    FILE_LOCK_FAILED = -2       /* it cannot be made or locked; reported */
};
int file_lock(str path, struct diags *diags);
void file_unlock(int lock);

#endif
