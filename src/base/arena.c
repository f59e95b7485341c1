/* arena.c - blocks of growing size, linked newest first.
 *
 * The first block is small; an arena that outgrows it takes blocks of 2 and then 4 MiB, or of
 * the request's size when that is larger.  Those are whole huge pages where the system has
 * them: a fault for each 4 KiB costs more than what is done with them.  What a rewind gives up
 * stays for the next block, but for what one task alone needed.
 *
 * Under the address sanitizer what was not asked for, and what was rewound, may
 * not be touched, with a gap behind each piece: a block is no place to overrun unseen. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)       /* gcc */
#define ARENA_POISONS
#elif defined(__has_feature)            /* clang */
#if __has_feature(address_sanitizer)
#define ARENA_POISONS
#endif
#endif
#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
enum { GAP = 16, HUGE_PAGE = 128 * 1024 };      /* what is poisoned costs by the byte */
#else
#define ASAN_POISON_MEMORY_REGION(p, size) ((void)(p), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(p, size) ((void)(p), (void)(size))
enum { GAP = 0, HUGE_PAGE = 2 * 1024 * 1024 };
#endif

enum {
    ALIGNMENT = 16,
    FIRST_BLOCK = 32 * 1024,
    USUAL_BLOCK = 2 * HUGE_PAGE,    /* larger ones are one task's own and are not kept */
    MOST_SPARE = 4 * USUAL_BLOCK,
};

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

static _Noreturn void out_of_memory(void)
{
    fputs("hugi: out of memory\n", stderr);
    exit(70);
}

void *memory_alloc(size_t size)
{
    void *p = malloc(size ? size : 1);
    if (!p) out_of_memory();
    return p;
}

void memory_free(void *old) { free(old); }

/* --- blocks --------------------------------------------------------------- */

static size_t round_up(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

/* Huge pages begin at multiples of their size.  NULL: small pages have to do. */
static void *huge_pages(size_t size)
{
    void *p = aligned_alloc(HUGE_PAGE, size);
#ifdef MADV_HUGEPAGE
    if (p) (void)madvise(p, size, MADV_HUGEPAGE);
#endif
    return p;
}

static struct arena_block *new_block(size_t need, size_t usual)
{
    size_t whole = HEADER + (need > usual - HEADER ? need : usual - HEADER);
    if (need > SIZE_MAX - HEADER - HUGE_PAGE) out_of_memory();
    bool huge = whole > FIRST_BLOCK;
    if (huge) whole = round_up(whole, HUGE_PAGE);
    struct arena_block *block = huge ? huge_pages(whole) : malloc(whole);
    if (!block) out_of_memory();
    block->size = whole - HEADER;
    return block;
}

/* A spare one that is large enough, else a new one. */
static struct arena_block *take_block(struct arena *arena, size_t need)
{
    size_t usual = !arena->block ? FIRST_BLOCK : arena->block->size < HUGE_PAGE - HEADER ? HUGE_PAGE : USUAL_BLOCK;
    for (struct arena_block **at = &arena->spare; *at; at = &(*at)->older) {
        struct arena_block *block = *at;
        if (block->size < need || HEADER + block->size < usual) continue;
        *at = block->older;
        arena->spare_total -= block->size;
        return block;
    }
    return new_block(need, usual);
}

static void give_up_block(struct arena *arena, struct arena_block *block)
{
    arena->total -= block->size;
    ASAN_UNPOISON_MEMORY_REGION(block_data(block), block->size);
    if (block->size < HUGE_PAGE - HEADER || block->size > USUAL_BLOCK || arena->spare_total + block->size > MOST_SPARE) {
        free(block);
        return;
    }
    block->older = arena->spare;
    arena->spare = block;
    arena->spare_total += block->size;
}

static void add_block(struct arena *arena, size_t need)
{
    struct arena_block *block = take_block(arena, need);
    block->older = arena->block;
    arena->block = block;
    arena->next = block_data(block);
    arena->end = arena->next + block->size;
    arena->total += block->size;
    ASAN_POISON_MEMORY_REGION(arena->next, block->size);
}

/* --- pieces ---------------------------------------------------------------- */

/* What a piece takes, with what keeps the next one aligned. */
static size_t room_of(size_t size) { return round_up(size + GAP, ALIGNMENT); }

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
    while (arena->block && arena->block != mark.block && arena->block->older) {
        struct arena_block *older = arena->block->older;
        give_up_block(arena, arena->block);
        arena->block = older;
    }
    if (!arena->block) return;
    arena->next = mark.next ? mark.next : block_data(arena->block);
    arena->end = block_data(arena->block) + arena->block->size;
    ASAN_POISON_MEMORY_REGION(arena->next, (size_t)(arena->end - arena->next));
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        ASAN_UNPOISON_MEMORY_REGION(block_data(block), block->size);
        free(block);
        block = older;
    }
}

void arena_free(struct arena *arena)
{
    free_blocks(arena->block);
    free_blocks(arena->spare);
    *arena = (struct arena){0};
}
