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
 *     facts_note      what was read, in the worker that read it
 *     facts_measure   the values of all that is new, while the site is still as it was when it was read
 *     facts_take      what was noted, as a list for the cache
 *     facts_keep      a list of the last build that still holds, likewise
 *     facts_finish    gives the table
 *
 * facts_note any thread, each with its own worker; facts_hold and facts_take any; the others serial. */
#ifndef HUGI_BUILD_FACTS_H
#define HUGI_BUILD_FACTS_H

#include "base/job.h"
#include "cache/cache.h"
#include "model/site.h"
#include "view/view.h"

enum facts_stage { FACTS_FILES, FACTS_EARLY, FACTS_LATE };

struct facts;

struct facts *facts_open(struct arena *arena, const struct cache_index *last, const struct site *site, uint64_t hooks, struct job_pool *pool);
void facts_close(struct facts *facts);
/* `views`: one per worker, of the stage. */
void facts_look(struct facts *facts, enum facts_stage stage, struct view *const *views);
bool facts_hold(const struct facts *facts, str list);

/* `names`: the worker's, which the keys speak of; `list` is made use of. */
str facts_note(struct facts *facts, struct worker *worker, const struct read_names *names, struct read_list list);
/* `views`: one per worker. */
void facts_measure(struct facts *facts, struct view *const *views);
str facts_take(const struct facts *facts, str noted, struct arena *arena);
/* For people: the facts of a list, one at a time; false at its end. */
struct told_fact {
    read_key key;               /* with this build's index, if the noun is still there */
    str name;                   /* what its field is called where that is no row */
    bool changed, gone;
    uint64_t identity;          /* of the noun */
};
bool facts_next(const struct facts *facts, str *rest, uint32_t *number, struct told_fact *out);
/* The same of a noted list. */
bool facts_next_noted(const struct facts *facts, str *rest, uint32_t *place, read_key *out, str *name);

str facts_keep(struct facts *facts, str list);
bool facts_know(const struct facts *facts, enum read_kind kind);    /* is one of this kind among them? */
/* All but the nouns. */
void facts_finish(struct facts *facts, struct cache_next *out);

#endif
