/* arena_blocks.c - see arena_blocks.h.
 *
 * Sizes are powers of two, and the free blocks of each are linked.  Where a size has none, a
 * larger free one is halved until it fits; else it is cut from the newest chunk, and what is
 * left of one that is too small becomes free blocks.  All of it is what malloc's own state
 * is: shared by the threads, behind a lock that is held for a few instructions. */
#include "arena_blocks.h"

#include <sched.h>
#include <stdatomic.h>
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

/* Huge pages begin at multiples of their size. */
static void *huge_pages(size_t size)
{
    void *p = aligned_alloc(HUGE_PAGE, size);
    if (!p) out_of_memory();
#ifdef MADV_HUGEPAGE
    (void)madvise(p, size, MADV_HUGEPAGE);
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

static void begin_chunk(void)
{
    for (int order = SIZES - 1; order >= 0; order--) {
        if ((size_t)(store.end - store.next) < size_of(order)) continue;
        link_block(store.next, order);
        store.next += size_of(order);
    }
    store.next = huge_pages(CHUNK);
    store.end = store.next + CHUNK;
}

static void *cut(int order)
{
    if ((size_t)(store.end - store.next) < size_of(order)) begin_chunk();
    void *block = store.next;
    store.next += size_of(order);
    return block;
}

void *blocks_take(size_t *size)
{
    if (*size > CHUNK) {
        if (*size > SIZE_MAX - HUGE_PAGE) out_of_memory();
        *size = (*size + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
        return huge_pages(*size);
    }
    int order = order_of(*size);
    lock();
    void *block = take_free(order);
    if (!block) block = cut(order);
    unlock();
    *size = size_of(order);
    return block;
}

void blocks_give(void *block, size_t size)
{
    if (size > CHUNK) {
        free(block);
        return;
    }
    lock();
    link_block(block, order_of(size));
    unlock();
}
