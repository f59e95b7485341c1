/* shortcodes.h - hugi's own shortcodes for posts: youtube, vimeo, video, gist, figure, ref.
 *
 * Written as Jekyll's tags ({% youtube ID %}, {% include youtube.html id="ID" %})
 * or Hugo's ({{< youtube ID >}}).  A tag that a hook adds under the same name
 * comes first.  What they give asks nothing of another host before the reader
 * follows a link. */
#ifndef HUGI_EXPAND_SHORTCODES_H
#define HUGI_EXPAND_SHORTCODES_H

#include "template/liquid.h"

/* The table; its rows live for ever. */
ptrdiff_t shortcodes_table(const struct liquid_extension **out);

/* Hugo's and included shortcodes as Liquid tags, byte for byte as long as they
 * were, so that places stay true.  `verbatim` is left alone.  The same text when
 * there are none. */
str shortcodes_as_tags(const struct liquid_env *env, str text, const struct liquid_range *verbatim,
                       ptrdiff_t verbatim_count, struct arena *arena);

#endif
