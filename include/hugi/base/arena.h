/* arena.h - memory by lifetime: many allocations, one free.
 *
 * An arena hands out zeroed memory and frees all of it at once.  hugi uses
 * three: the site's (the whole run), a page's (the page), and a worker's
 * scratch arena (one task; see job.h).  Nothing in hugi frees single objects.
 *
 * Threads: an arena belongs to one thread at a time.
 * Errors:  none.  When memory runs out a line is printed and the process exits
 *          with status 70; a size that overflows is treated the same way. */
#ifndef HUGI_BASE_ARENA_H
#define HUGI_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;

/* Zero-initialise ({0}) to start empty. */
struct arena {
    struct arena_block *block;  /* the newest block; older ones are linked behind it */
    unsigned char *next;        /* first free byte of the newest block */
    unsigned char *end;
    size_t total;               /* bytes in use, in whole blocks */
    size_t most;                /* that ever were in use when it was rewound */
};

/* A point to come back to; everything allocated after it is given up. */
struct arena_mark {
    struct arena_block *block;
    unsigned char *next;
};

/* `size` zeroed bytes, aligned for any type.  Never NULL; size 0 is allowed. */
void *arena_alloc(struct arena *arena, size_t size);

/* As arena_alloc, but whatever was there before: for bytes that are written at once. */
void *arena_room(struct arena *arena, size_t size);

/* Gives back what the piece, of `size` bytes, does not need; nothing happens
 * unless it is the newest. */
void arena_shrink(struct arena *arena, void *piece, size_t size, size_t smaller);

/* Makes the piece, of `size` bytes, larger where it lies, if it is the newest and
 * there is room; the bytes gained are not zeroed. */
bool arena_extend(struct arena *arena, void *piece, size_t size, size_t larger);

/* As arena_alloc for `count` elements; the product is checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of `size` bytes. */
void *arena_copy(struct arena *arena, const void *bytes, size_t size);

struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Frees everything and leaves an empty arena. */
void arena_free(struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_NEWS(arena, type, count) \
    ((type *)arena_array((arena), (size_t)(count), sizeof(type)))

/* Makes room for one more element in an array that lives in an arena and
 * doubles as it grows; the old copy stays behind until the arena ends.
 *     ARENA_PUSH(arena, list->items, list->count, list->capacity) = item; */
void *arena_grow(struct arena *arena, void *items, ptrdiff_t count,
                 ptrdiff_t *capacity, size_t size);
#define ARENA_PUSH(arena, items, count, capacity)                                  \
    (*(((items) = arena_grow((arena), (items), (count), &(capacity),               \
                             sizeof *(items))),                                    \
       &(items)[(count)++]))

/* malloc that cannot fail, for memory outside arenas. */
void *memory_alloc(size_t size);
void memory_free(void *old);

#endif
