/* path.h - file names as text: '/' separated, relative to a root, never "..".  Pure. */
#ifndef HUGI_BASE_PATH_H
#define HUGI_BASE_PATH_H

#include "base/str.h"

str path_join(struct arena *arena, str a, str b);   /* one '/' between */
str path_dir(str path);                             /* "a/b.md" -> "a"; "b.md" -> "" */
str path_name(str path);                            /* "a/b.md" -> "b.md" */
str path_stem(str path);                            /* "a/b.tar.md" -> "b.tar" */
str path_extension(str path);                       /* "md", without the dot; "" when none */
/* Resolves "." and ".."; false when it would leave the root.  A leading '/' is dropped. */
bool path_normalize(struct arena *arena, str path, str *out);
bool path_is_normal(str path);                      /* path_normalize would leave it as it is */
/* A name of at most 190 bytes: a longer one is cut between characters and keeps
 * apart from others by a hash of the whole. */
str path_fit_part(struct arena *arena, str name);
/* Is `path` inside `root` (whole parts: /srv/out does not hold /srv/out-private)? */
bool path_is_inside(str root, str path);
str path_below(str root, str path);         /* "a.md" of "site" and "site/a.md"; what lies elsewhere as it is */

#endif
