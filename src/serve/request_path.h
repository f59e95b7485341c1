/* request_path.h - inside serve/: the path of a request as names.  Pure. */
#ifndef HUGI_SERVE_REQUEST_PATH_H
#define HUGI_SERVE_REQUEST_PATH_H

#include "base/str.h"

enum { MOST_PATH_PARTS = 64 };

struct request_path {
    str parts[MOST_PATH_PARTS];     /* decoded, NFC; never "", ".", ".." or with a '/' or NUL in it */
    int count;
    bool folder;                    /* it ends in '/' */
};

/* From "/posts/%ED%9B%84%EA%B8%B0/".  False for what names nothing a site can hold. */
bool request_path_read(struct arena *arena, str url, struct request_path *out);
/* Takes the names of `base` off the front; false when the path lies elsewhere. */
bool request_path_below(struct request_path *path, const struct request_path *base);
/* As it stands in a Location: encoded, from one '/', with one at its end. */
str request_path_folder(struct arena *arena, const struct request_path *path);

#endif
