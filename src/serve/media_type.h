/* media_type.h - inside serve/: what a browser is told a file is, by its name.  Pure. */
#ifndef HUGI_SERVE_MEDIA_TYPE_H
#define HUGI_SERVE_MEDIA_TYPE_H

#include "base/str.h"

struct media_type {
    const char *extension, *type;
    bool text;                  /* shrinks well */
};

/* Never NULL. */
const struct media_type *media_type_of(str name);
bool media_type_is_page(const struct media_type *type);     /* HTML: the reload script goes in */

#endif
