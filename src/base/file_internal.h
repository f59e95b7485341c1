/* file_internal.h - what file.c and file_walk.c share; no other file includes it. */
#ifndef HUGI_BASE_FILE_INTERNAL_H
#define HUGI_BASE_FILE_INTERNAL_H

#include <sys/stat.h>

#include "base/file.h"

enum { PATH_LONGEST = 4096, DEEPEST_FOLDER = 64 };

/* A NUL-terminated name on the stack; false (see errno) when it is too long or holds a NUL. */
bool file_c_path(str path, char out[PATH_LONGEST]);
/* "PATH: WHAT: the system's reason", of errno; false. */
bool file_report(struct diags *diags, str path, const char *what);
struct file_stat file_stat_of(const struct stat *st, bool is_link);

#endif
