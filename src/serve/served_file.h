/* served_file.h - inside serve/: the file a path names, and never one outside the folder. */
#ifndef HUGI_SERVE_SERVED_FILE_H
#define HUGI_SERVE_SERVED_FILE_H

#include "request_path.h"

struct served_file {
    int fd;                     /* the caller closes it */
    str name;                   /* its last part, for the media type */
    int64_t size, mtime_ns;
    uint64_t inode;
};

enum served { SERVED_NOTHING, SERVED_FILE, SERVED_FOLDER };

/* SERVED_FOLDER: a folder with an index.html whose '/' was left out; `out` is untouched then. */
enum served served_file_open(str root, const struct request_path *path, struct served_file *out);
/* The bytes; false when the file is larger than `limit`, or cannot be read. */
bool served_file_read(struct arena *arena, const struct served_file *file, int64_t limit, str *out);
/* Differs whenever the file does, in quotes: an ETag. */
str served_file_tag(struct arena *arena, const struct served_file *file);

#endif
