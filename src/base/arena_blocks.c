/* arena_blocks.c - see arena_blocks.h.
 *
 * Sizes are powers of two, and the free blocks of each are linked.  Where a size has none, a
 * larger free one is halved until it fits; else it is cut from the newest chunk, and what is
 * left of one that is too small becomes free blocks.  All of it is what malloc's own state
 * is: shared by the threads, behind a lock that is held for a few instructions, or for as
 * long as the system needs for a chunk. */
#include "arena_blocks.h"

#include "arena_poison.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 * 1024 * 1024, CHUNK = 2 * HUGE_PAGE, SIZES = 8 };
_Static_assert((size_t)SMALLEST_BLOCK << (SIZES - 1) == CHUNK, "the largest block is a chunk");

struct free_block {
    struct free_block *next;
};

static struct {
    atomic_flag taken;
    struct free_block *free[SIZES];     /* of SMALLEST_BLOCK << i bytes */
    unsigned char *next, *end;          /* of the newest chunk: what was never handed out */
} store = {.taken = ATOMIC_FLAG_INIT};

static void lock(void)
{
    while (atomic_flag_test_and_set_explicit(&store.taken, memory_order_acquire)) sched_yield();
}

static void unlock(void) { atomic_flag_clear_explicit(&store.taken, memory_order_release); }

_Noreturn void out_of_memory(void)
{
    fputs("hugi: out of memory\n", stderr);
    exit(70);
}

/* Huge pages begin at multiples of their size.  NULL: there is no memory. */
static void *huge_pages(size_t size)
{
    void *p = aligned_alloc(HUGE_PAGE, size);
#ifdef MADV_HUGEPAGE
    if (p) (void)madvise(p, size, MADV_HUGEPAGE);
#endif
    return p;
}

static size_t size_of(int order) { return (size_t)SMALLEST_BLOCK << order; }

static int order_of(size_t size)
{
    int order = 0;
    while (size_of(order) < size) order++;
    return order;
}

static void link_block(void *p, int order)
{
    struct free_block *block = p;
    ASAN_POISON_MEMORY_REGION(p, size_of(order));
    ASAN_UNPOISON_MEMORY_REGION(block, sizeof *block);
    block->next = store.free[order];
    store.free[order] = block;
}

/* NULL: there is none of this size or larger. */
static void *take_free(int order)
{
    int at = order;
    while (at < SIZES && !store.free[at]) at++;
    if (at == SIZES) return NULL;
    unsigned char *block = (unsigned char *)store.free[at];
    store.free[at] = store.free[at]->next;
    for (at--; at >= order; at--) link_block(block + size_of(at), at);
    return block;
}

/* What is left of the last one becomes free blocks. */
static bool begin_chunk(void)
{
    for (int order = SIZES - 1; order >= 0; order--) {
        if ((size_t)(store.end - store.next) < size_of(order)) continue;
        link_block(store.next, order);
        store.next += size_of(order);
    }
    store.next = store.end = huge_pages(CHUNK);
    if (!store.next) return false;
    store.end += CHUNK;
    ASAN_POISON_MEMORY_REGION(store.next, CHUNK);
    return true;
}

static void *cut(int order)
{
    if ((size_t)(store.end - store.next) < size_of(order) && !begin_chunk()) return NULL;
    void *block = store.next;
    store.next += size_of(order);
    return block;
}

void *blocks_take(size_t *size)
{
    if (*size > CHUNK) {
        if (*size > SIZE_MAX - HUGE_PAGE) out_of_memory();
        *size = (*size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
        void *own = huge_pages(*size);
        if (!own) out_of_memory();
        return own;
    }
    int order = order_of(*size);
    lock();
    void *block = take_free(order);
    if (!block) block = cut(order);
    unlock();
    if (!block) out_of_memory();
    *size = size_of(order);
    ASAN_UNPOISON_MEMORY_REGION(block, *size);
    return block;
}

void blocks_give(void *block, size_t size)
{
    if (size > CHUNK) {
        ASAN_UNPOISON_MEMORY_REGION(block, size);
        free(block);
        return;
    }
    lock();
    link_block(block, order_of(size));
    unlock();
}
