/* map.c - open addressing over an array of entries kept in order of insertion. */
#include "base/map.h"

#include "base/hash.h"

/* The slot that holds `key`, or the free one where it belongs. */
static ptrdiff_t find_slot(const struct map *map, str key, uint64_t hash)
{
    ptrdiff_t mask = map->slot_count - 1;
    for (ptrdiff_t at = (ptrdiff_t)(hash & (uint64_t)mask);; at = (at + 1) & mask) {
        int32_t entry = map->slots[at];
        if (entry == 0) return at;
        const struct map_entry *e = &map->entries[entry - 1];
        if (e->hash == hash && str_equal(e->key, key)) return at;
    }
}

static void set_slots(struct arena *arena, struct map *map, ptrdiff_t slot_count)
{
    map->slot_count = slot_count;
    map->slots = ARENA_NEWS(arena, int32_t, slot_count);
    for (ptrdiff_t i = 0; i < map->count; i++) {
        const struct map_entry *e = &map->entries[i];
        map->slots[find_slot(map, e->key, e->hash)] = (int32_t)(i + 1);
    }
}

void *map_get_hashed(const struct map *map, str key, uint64_t hash)
{
    if (map->count == 0) return NULL;
    int32_t entry = map->slots[find_slot(map, key, hash)];
    return entry ? map->entries[entry - 1].value : NULL;
}

void *map_get(const struct map *map, str key) { return map_get_hashed(map, key, hash_str(key)); }

void map_reserve(struct arena *arena, struct map *map, ptrdiff_t count)
{
    if (map->capacity < count) {
        struct map_entry *entries = ARENA_NEWS(arena, struct map_entry, count);
        if (map->count) memcpy(entries, map->entries, (size_t)map->count * sizeof *entries);
        map->entries = entries;
        map->capacity = count;
    }
    ptrdiff_t slot_count = 16;
    while (slot_count < count * 2) slot_count *= 2;
    if (slot_count > map->slot_count) set_slots(arena, map, slot_count);
}

void *map_put(struct arena *arena, struct map *map, str key, void *value)
{
    if (map->count * 2 >= map->slot_count) set_slots(arena, map, map->slot_count ? map->slot_count * 2 : 16);
    uint64_t hash = hash_str(key);
    ptrdiff_t slot = find_slot(map, key, hash);
    if (map->slots[slot]) {
        struct map_entry *e = &map->entries[map->slots[slot] - 1];
        void *former = e->value;
        e->value = value;
        return former;
    }
    ARENA_PUSH(arena, map->entries, map->count, map->capacity) = (struct map_entry){key, hash, value};
    map->slots[slot] = (int32_t)map->count;
    return NULL;
}
