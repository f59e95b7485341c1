/* tags_loop.h - the state of one running loop; render ... for has one too. */
#ifndef HUGI_TEMPLATE_TAGS_LOOP_H
#define HUGI_TEMPLATE_TAGS_LOOP_H

#include "tags.h"

struct loop {
    const struct loop *parent;
    str name;                       /* "item-site.posts" */
    ptrdiff_t index, length;        /* index from 0 */
    int64_t row, column, columns;   /* tablerow */
};

/* `forloop` as templates see it. */
value loop_drop(struct loop *loop);

#endif
