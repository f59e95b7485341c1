/* fact_table.h - keys, each with one place, and a value beside each.
 *
 * All workers put keys into one table while they work; what one page or output read gets
 * places next to each other where it is new, so that lists of places pack well.  Places are counted
 * from 0; a few of them stay without a key (fact_table_settle).
 *
 * Threads: fact_table_places any, each with its own worker's index; the others serial, but
 * for fact_table_key and fact_table_value, which take places that were settled. */
#ifndef HUGI_CACHE_FACT_TABLE_H
#define HUGI_CACHE_FACT_TABLE_H

#include "base/arena.h"
#include "view/reads.h"

struct fact_table;

struct fact_table *fact_table_new(int workers);
void fact_table_free(struct fact_table *table);

/* How many nouns of each kind (READ_SITE ..) there are from here on: their keys are found by index then. */
void fact_table_size(struct fact_table *table, const ptrdiff_t *nouns);

/* The places of `count` keys; new ones are put in. */
void fact_table_places(struct fact_table *table, int worker, const read_key *keys, ptrdiff_t count, uint32_t *places);

/* Places that were set aside and not used get a key that no list names.  -> how many places there are. */
ptrdiff_t fact_table_settle(struct fact_table *table);
read_key *fact_table_key(struct fact_table *table, ptrdiff_t place);
uint64_t *fact_table_value(struct fact_table *table, ptrdiff_t place);

/* Keys and values as they lie, piece after piece; false: there is no such piece. */
struct fact_piece {
    read_key *keys;
    uint64_t *values;
    ptrdiff_t count;
};
bool fact_table_piece(struct fact_table *table, int number, struct fact_piece *out);

#endif
