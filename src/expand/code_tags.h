/* code_tags.h - {% highlight %} and {{< highlight >}} in posts: they become a fence of Markdown,
 * so that code is shown in one way, however it is written. */
#ifndef HUGI_EXPAND_CODE_TAGS_H
#define HUGI_EXPAND_CODE_TAGS_H

#include "template/liquid.h"

/* The text with blanks over the code between such tags, which is not Markdown and might look as
 * if it were (a fence that is never closed, indented lines).  The same text when there is none. */
str code_tags_hide(str text, struct arena *arena);

/* liquid_render.code_block: the fence. */
str code_tags_fence(void *user, const struct liquid_code *code, struct arena *arena);

#endif
