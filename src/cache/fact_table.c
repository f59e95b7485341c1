/* fact_table.c - see fact_table.h.
 *
 * Nearly all keys are fields of pages.  A noun's fields have their slots side by side, in an
 * array that the noun's index leads to: nothing is hashed, nothing grows, and what is read
 * together lies together.  A slot is taken by an atomic exchange; who comes late takes the
 * other's place and keeps his own for the next key.  All other keys (templates, strings, names)
 * are few and read by everything: each worker remembers them, and asks the shared table, which
 * has a lock, once.  Written in this order: keys and values, slots of nouns, other keys. */
#include "cache/fact_table.h"

#include <stdatomic.h>
#include <string.h>

#include "base/job.h"

enum {
    NOUNS = READ_EVENT + 1,
    FIRST_PIECE = 4096,             /* places; each piece is twice the one before */
    MOST_PIECES = 20,
    ROWS = 64,                      /* fields that are rows and may have slots; so may names below MOST_NAMES, and nouns as text */
    MOST_NAMES = 1024,
    FIELDS = 96,                    /* slots a noun */
    NO_SLOT = FIELDS + 1,
};

typedef _Atomic uint32_t slot;      /* place + 1; 0: none yet */

/* Keys with their places, by open addressing. */
struct place_map {
    struct { read_key key; uint32_t place; } *slots;    /* place + 1; 0: free */
    ptrdiff_t count, slot_count;    /* the latter a power of two, or 0 */
};

struct known {
    struct arena arena;
    struct place_map others;        /* of the shared ones, what this worker has met */
    uint32_t next, end;             /* places set aside for it */
};

struct fact_table {
    struct job_lock *lock;          /* around `arena`, `others` and what is made on demand */
    struct arena arena;
    struct place_map others;
    ptrdiff_t nouns[NOUNS];
    _Atomic(slot *) slots[NOUNS][2];                /* [kind][early]; made when the first is wanted */
    _Atomic uint8_t numbers[NOUNS][ROWS + 1 + MOST_NAMES];      /* of a field among its noun's slots, + 1 */
    int fields[NOUNS];              /* numbers given */
    _Atomic(struct fact_piece *) pieces[MOST_PIECES];
    _Atomic uint32_t count;
    int workers;
    struct known *known;            /* by worker */
};

struct fact_table *fact_table_new(int workers)
{
    struct fact_table *table = memory_alloc(sizeof *table);
    memset(table, 0, sizeof *table);
    table->lock = job_lock_make();
    table->workers = workers;
    table->known = memory_alloc((size_t)workers * sizeof *table->known);
    memset(table->known, 0, (size_t)workers * sizeof *table->known);
    return table;
}

void fact_table_free(struct fact_table *table)
{
    for (int i = 0; i < table->workers; i++) arena_free(&table->known[i].arena);
    arena_free(&table->arena);
    job_lock_free(table->lock);
    memory_free(table->known);
    memory_free(table);
}

void fact_table_size(struct fact_table *table, const ptrdiff_t *nouns) { memcpy(table->nouns, nouns, sizeof table->nouns); }

/* --- keys and values ------------------------------------------------------------- */

/* Which piece a place is in; *place becomes the one within it. */
static int piece_of(ptrdiff_t *place)
{
    int number = 0;
    ptrdiff_t size = FIRST_PIECE;
    for (; *place >= size; number++, size *= 2) *place -= size;
    return number;
}

/* Large pieces are whole pages of their own, which nobody touches before they are used. */
static struct fact_piece *make_piece(struct fact_table *table, int number)
{
    job_lock_take(table->lock);
    struct fact_piece *piece = atomic_load_explicit(&table->pieces[number], memory_order_acquire);
    if (!piece) {
        size_t size = (size_t)FIRST_PIECE << number;
        piece = ARENA_NEW(&table->arena, struct fact_piece);
        piece->keys = arena_room(&table->arena, size * sizeof *piece->keys);
        piece->values = arena_room(&table->arena, size * sizeof *piece->values);
        piece->count = (ptrdiff_t)size;
        atomic_store_explicit(&table->pieces[number], piece, memory_order_release);
    }
    job_lock_leave(table->lock);
    return piece;
}

static struct fact_piece *piece_at(struct fact_table *table, ptrdiff_t *place)
{
    int number = piece_of(place);
    struct fact_piece *piece = atomic_load_explicit(&table->pieces[number], memory_order_acquire);
    return piece ? piece : make_piece(table, number);
}

read_key *fact_table_key(struct fact_table *table, ptrdiff_t place)
{
    const struct fact_piece *piece = piece_at(table, &place);
    return &piece->keys[place];
}

uint64_t *fact_table_value(struct fact_table *table, ptrdiff_t place)
{
    const struct fact_piece *piece = piece_at(table, &place);
    return &piece->values[place];
}

bool fact_table_piece(struct fact_table *table, int number, struct fact_piece *out)
{
    ptrdiff_t before = FIRST_PIECE * (((ptrdiff_t)1 << number) - 1), count = (ptrdiff_t)atomic_load(&table->count) - before;
    if (number >= MOST_PIECES || count <= 0) return false;
    *out = *atomic_load(&table->pieces[number]);
    if (out->count > count) out->count = count;
    return true;
}

/* The worker's next place; where it has none left, `count` of them are set aside. */
static uint32_t next_place(struct fact_table *table, struct known *known, uint32_t count)
{
    if (known->next == known->end) {
        known->next = atomic_fetch_add(&table->count, count);
        known->end = known->next + count;
    }
    return known->next;
}

ptrdiff_t fact_table_settle(struct fact_table *table)
{
    for (int i = 0; i < table->workers; i++) {
        struct known *known = &table->known[i];
        while (known->next < known->end) *fact_table_key(table, known->next++) = read_key_make(READ_KIND_COUNT, false, 0, 0);
    }
    return (ptrdiff_t)atomic_load(&table->count);
}

/* --- slots of nouns ---------------------------------------------------------------- */

/* Where a field's number is kept; -1: nowhere. */
static ptrdiff_t field_index(uint32_t field)
{
    if (field < ROWS) return field;
    if (field == READ_FIRST_NAME - 1) return ROWS;      /* the noun as text */
    return field >= READ_FIRST_NAME && field - READ_FIRST_NAME < MOST_NAMES ? ROWS + 1 + (ptrdiff_t)(field - READ_FIRST_NAME) : -1;
}

static uint8_t number_field(struct fact_table *table, enum read_kind kind, ptrdiff_t index)
{
    job_lock_take(table->lock);
    uint8_t number = atomic_load_explicit(&table->numbers[kind][index], memory_order_relaxed);
    if (!number) {
        number = table->fields[kind] < FIELDS ? (uint8_t)++table->fields[kind] : NO_SLOT;
        atomic_store_explicit(&table->numbers[kind][index], number, memory_order_relaxed);
    }
    job_lock_leave(table->lock);
    return number;
}

static slot *make_slots(struct fact_table *table, enum read_kind kind, bool early)
{
    job_lock_take(table->lock);
    slot *slots = atomic_load_explicit(&table->slots[kind][early], memory_order_acquire);
    if (!slots) {
        slots = arena_array(&table->arena, (size_t)table->nouns[kind] * FIELDS, sizeof *slots);
        atomic_store_explicit(&table->slots[kind][early], slots, memory_order_release);
    }
    job_lock_leave(table->lock);
    return slots;
}

/* NULL: it is one of the other keys. */
static slot *slot_of(struct fact_table *table, read_key key)
{
    enum read_kind kind = read_kind_of(key);
    uint32_t index = read_index_of(key);
    if ((int)kind >= NOUNS || index >= table->nouns[kind]) return NULL;
    ptrdiff_t field = field_index(read_field_of(key));
    if (field < 0) return NULL;
    uint8_t number = atomic_load_explicit(&table->numbers[kind][field], memory_order_relaxed);
    if (!number) number = number_field(table, kind, field);
    if (number == NO_SLOT) return NULL;
    bool early = read_is_early(key);
    slot *slots = atomic_load_explicit(&table->slots[kind][early], memory_order_acquire);
    if (!slots) slots = make_slots(table, kind, early);
    return &slots[(ptrdiff_t)index * FIELDS + number - 1];
}

/* The key's place is the next one of the worker's, unless another one was quicker. */
static uint32_t claim(struct fact_table *table, struct known *known, slot *where, read_key key)
{
    uint32_t there = 0, own = next_place(table, known, 1);
    *fact_table_key(table, own) = key;
    if (!atomic_compare_exchange_strong_explicit(where, &there, own + 1, memory_order_relaxed, memory_order_relaxed)) return there - 1;
    known->next++;
    return own;
}

/* --- other keys -------------------------------------------------------------------- */

static uint32_t *find_other(const struct place_map *map, read_key key)
{
    for (uint64_t at = (key * 0x9e3779b97f4a7c15u) >> 20;; at++) {
        ptrdiff_t i = (ptrdiff_t)(at & (uint64_t)(map->slot_count - 1));
        if (!map->slots[i].place || map->slots[i].key == key) {
            map->slots[i].key = key;
            return &map->slots[i].place;
        }
    }
}

static uint32_t *other_slot(struct place_map *map, read_key key, struct arena *arena)
{
    if (map->count * 2 >= map->slot_count) {
        struct place_map larger = {.slot_count = map->slot_count ? map->slot_count * 2 : 1024, .count = map->count};
        larger.slots = arena_array(arena, (size_t)larger.slot_count, sizeof *larger.slots);
        for (ptrdiff_t i = 0; i < map->slot_count; i++)
            if (map->slots[i].place) *find_other(&larger, map->slots[i].key) = map->slots[i].place;
        *map = larger;
    }
    return find_other(map, key);
}

static uint32_t shared_place(struct fact_table *table, struct known *known, read_key key)
{
    uint32_t own = next_place(table, known, 1);
    job_lock_take(table->lock);
    uint32_t *place = other_slot(&table->others, key, &table->arena), found = *place;
    if (!found) {
        *place = own + 1;
        table->others.count++;
    }
    job_lock_leave(table->lock);
    if (found) return found - 1;
    *fact_table_key(table, own) = key;
    known->next++;
    return own;
}

static uint32_t other_place(struct fact_table *table, struct known *known, read_key key)
{
    uint32_t *place = other_slot(&known->others, key, &known->arena);
    if (!*place) {
        *place = shared_place(table, known, key) + 1;
        known->others.count++;
    }
    return *place - 1;
}

/* --- lists --------------------------------------------------------------------------- */

enum { ROUND = 64 };

static void places_of_round(struct fact_table *table, struct known *known, const read_key *keys, ptrdiff_t count, uint32_t *places)
{
    slot *slots[ROUND];
    uint32_t fresh = 0;
    for (ptrdiff_t i = 0; i < count; i++) {
        slots[i] = slot_of(table, keys[i]);
        places[i] = slots[i] ? atomic_load_explicit(slots[i], memory_order_relaxed) : other_place(table, known, keys[i]) + 1;
        fresh += places[i] == 0;
    }
    if (fresh) next_place(table, known, fresh);
    for (ptrdiff_t i = 0; i < count; i++)
        places[i] = places[i] ? places[i] - 1 : claim(table, known, slots[i], keys[i]);
}

void fact_table_places(struct fact_table *table, int worker, const read_key *keys, ptrdiff_t count, uint32_t *places)
{
    for (ptrdiff_t i = 0; i < count; i += ROUND)
        places_of_round(table, &table->known[worker], keys + i, count - i < ROUND ? count - i : ROUND, places + i);
}
