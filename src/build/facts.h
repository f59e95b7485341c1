/* facts.h - inside build/: what things were made of, and whether it is still so.
 *
 * A fact is a read (view/reads.h) with the value it had.  The last build's
 * facts are looked at again as soon as their step is done:
 *
 *     facts_open      the cache's, none of them known yet
 *     facts_look      FACTS_FILES at once, FACTS_EARLY after arrange (what bodies
 *                     read), FACTS_LATE after publish_plan (what outputs read)
 *     facts_hold      are all facts of a list what they were?
 *
 * This build's are collected for the next one:
 *
 *     facts_keep      a list that still holds, as it is packed
 *     facts_take      a new list; its values are measured by the next facts_measure
 *     facts_measure   while the site is still as it was when they were read
 *     facts_finish    gives the table */
#ifndef HUGI_BUILD_FACTS_H
#define HUGI_BUILD_FACTS_H

#include "base/job.h"
#include "cache/cache.h"
#include "model/site.h"
#include "view/view.h"

enum facts_stage { FACTS_FILES, FACTS_EARLY, FACTS_LATE };

struct facts;

struct facts *facts_open(struct arena *arena, const struct cache_index *last, const struct site *site, struct job_pool *pool);
/* `views`: one per worker, of the stage. */
void facts_look(struct facts *facts, enum facts_stage stage, struct view *const *views);
bool facts_hold(const struct facts *facts, str list);

str facts_keep(struct facts *facts, str list);
str facts_take(struct facts *facts, struct read_list list, const struct reads *reads, int worker);
void facts_measure(struct facts *facts, struct view *const *views);
bool facts_know(const struct facts *facts, enum read_kind kind);    /* is one of this kind among them? */
/* All but the nouns. */
void facts_finish(struct facts *facts, struct cache_next *out);

#endif
