/* feed_entries.h - inside publish/: entries of Atom feeds, made once for all feeds a post is in.
 *
 * Threads: all workers share them.  What is found lasts as long as the entries. */
#ifndef HUGI_PUBLISH_FEED_ENTRIES_H
#define HUGI_PUBLISH_FEED_ENTRIES_H

#include "model/site.h"

struct feed_entries;
struct feed_entries *entries_open(void);
void entries_close(struct feed_entries *entries);       /* NULL is allowed */
bool entries_find(struct feed_entries *entries, const struct page *page, str *out);
void entries_keep(struct feed_entries *entries, const struct page *page, str entry);    /* while there is room */

#endif
