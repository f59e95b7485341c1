/* map.h - a hash map from text to a pointer, in an arena, in order of insertion.
 *
 * Keys are borrowed: the caller keeps their bytes alive.  Iterate `entries`
 * from 0 to count-1; removal is not offered.  Zero-initialise to start empty.
 * Threads: one writer, or many readers once nobody writes.  Errors: none. */
#ifndef HUGI_BASE_MAP_H
#define HUGI_BASE_MAP_H

#include "base/str.h"

struct map_entry {
    str key;
    uint64_t hash;
    void *value;
};

struct map {
    struct map_entry *entries;
    ptrdiff_t count;
    ptrdiff_t capacity;
    int32_t *slots;             /* index + 1 into entries, 0 is free */
    ptrdiff_t slot_count;       /* a power of two */
};

void *map_get(const struct map *map, str key);                  /* NULL when absent */
/* The same where hash_str(key) is known already. */
void *map_get_hashed(const struct map *map, str key, uint64_t hash);
/* Room for `count` entries in all: nothing moves until there are more. */
void map_reserve(struct arena *arena, struct map *map, ptrdiff_t count);
/* Sets key to value; the former value, or NULL. */
void *map_put(struct arena *arena, struct map *map, str key, void *value);

#endif
