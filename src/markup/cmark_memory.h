/* cmark_memory.h - where cmark's parser has its memory from: an arena, so that nothing of a parser
 * needs to be freed, and its texts may be kept as they are. */
#ifndef HUGI_MARKUP_CMARK_MEMORY_H
#define HUGI_MARKUP_CMARK_MEMORY_H

#include <cmark-gfm.h>

#include "base/arena.h"

/* For cmark_parser_new_with_mem.  What it gives is good as long as `arena`, which is used until the
 * next call on this thread. */
struct cmark_mem *cmark_memory(struct arena *arena);

#endif
