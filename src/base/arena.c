/* arena.c - blocks of growing size, linked newest first.
 *
 * Each block is about half of what there is before it, or was before a rewind: little is left
 * over, and a large arena has few of them.
 *
 * Under the address sanitizer what was not asked for, and what was rewound, may
 * not be touched, with a gap behind each piece: a block is no place to overrun unseen. */
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#include "arena_blocks.h"
#include "arena_poison.h"

enum { ALIGNMENT = 16, USUAL_MOST = 4 * 1024 * 1024 };  /* no block is larger but for a piece that is */

struct arena_block {
    struct arena_block *older;
    size_t size;                /* of the data that follows */
};

/* Data starts behind the header, aligned. */
#define HEADER ((sizeof(struct arena_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

static unsigned char *block_data(struct arena_block *block)
{
    return (unsigned char *)block + HEADER;
}

void *memory_alloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p) out_of_memory();
    return p;
}

void memory_free(void *old) { free(old); }

/* --- blocks --------------------------------------------------------------- */

/* What the next one should have at least. */
static size_t usual_size(const struct arena *arena)
{
    size_t known = arena->total > arena->most ? arena->total : arena->most, size = SMALLEST_BLOCK;
    while (size < known / 2 && size < USUAL_MOST) size *= 2;
    return size;
}

static void add_block(struct arena *arena, size_t need)
{
    if (need > SIZE_MAX - HEADER) out_of_memory();
    size_t usual = usual_size(arena), size = HEADER + need > usual ? HEADER + need : usual;
    struct arena_block *block = blocks_take(&size);
    block->size = size - HEADER;
    block->older = arena->block;
    arena->block = block;
    arena->next = block_data(block);
    arena->end = arena->next + block->size;
    arena->total += block->size;
    ASAN_POISON_MEMORY_REGION(arena->next, block->size);
}

static void give_up_block(struct arena *arena)
{
    struct arena_block *block = arena->block;
    arena->block = block->older;
    arena->total -= block->size;
    blocks_give(block, HEADER + block->size);
}

/* --- pieces ---------------------------------------------------------------- */

/* What a piece takes, with what keeps the next one aligned. */
static size_t room_of(size_t size) { return (size + GAP + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT; }

void *arena_room(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT - GAP) out_of_memory();
    size_t room = room_of(size);
    if (!arena->next || room > (size_t)(arena->end - arena->next)) add_block(arena, room);
    void *p = arena->next;
    arena->next += room;
    ASAN_UNPOISON_MEMORY_REGION(p, size);
    return p;
}

void arena_shrink(struct arena *arena, void *piece, size_t size, size_t smaller)
{
    unsigned char *p = piece;
    if (!p || p + room_of(size) != arena->next) return;
    arena->next = p + room_of(smaller);
    ASAN_POISON_MEMORY_REGION(p + smaller, size - smaller);
}

bool arena_extend(struct arena *arena, void *piece, size_t size, size_t larger)
{
    unsigned char *p = piece;
    if (!p || p + room_of(size) != arena->next || larger > (size_t)(arena->end - p) || room_of(larger) > (size_t)(arena->end - p)) return false;
    arena->next = p + room_of(larger);
    ASAN_UNPOISON_MEMORY_REGION(p, larger);
    return true;
}

void *arena_alloc(struct arena *arena, size_t size) { return memset(arena_room(arena, size), 0, size); }

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) out_of_memory();
    return arena_alloc(arena, count * size);
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    void *p = arena_room(arena, size);
    return size ? memcpy(p, bytes, size) : p;
}

void *arena_grow(struct arena *arena, void *items, ptrdiff_t count, ptrdiff_t *capacity, size_t size)
{
    if (count < *capacity) return items;
    ptrdiff_t larger = *capacity ? *capacity * 2 : 8;
    void *moved = arena_array(arena, (size_t)larger, size);
    if (count) memcpy(moved, items, (size_t)count * size);
    *capacity = larger;
    return moved;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->block, arena->next};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    if (arena->total > arena->most) arena->most = arena->total;
    while (arena->block && arena->block != mark.block && arena->block->older) give_up_block(arena);
    if (!arena->block) return;
    arena->next = mark.next ? mark.next : block_data(arena->block);
    arena->end = block_data(arena->block) + arena->block->size;
    ASAN_POISON_MEMORY_REGION(arena->next, (size_t)(arena->end - arena->next));
}

void arena_free(struct arena *arena)
{
    while (arena->block) give_up_block(arena);
    *arena = (struct arena){0};
}
