/* cmark_memory.c - pieces of an arena, taken and given back as cmark takes and frees them.
 *
 * The length of a piece is a power of two or half as much again, and stands before it.  What is freed
 * is used again for pieces of the same length: cmark takes and frees as many as a table has cells.
 *
 * cmark's functions are not told whose memory they work on, so each thread has its own. */
#define CMARK_NO_SHORT_NAMES
#include "cmark_memory.h"

#include <string.h>

enum { LENGTHS = 2 * 32 };      /* up to 48 GiB; cmark's texts end at 1 GiB */

struct piece {
    size_t number;              /* of its length */
    struct piece *older;        /* the one freed before it, when it is free */
};

static _Thread_local struct {
    struct arena *arena;
    struct piece *freed[LENGTHS];
} memory;

static size_t length_of(size_t number) { return (number & 1 ? (size_t)24 : (size_t)16) << (number / 2); }

static size_t number_of(size_t size)
{
    size_t number = 0;
    while (number < LENGTHS - 1 && length_of(number) < size) number++;
    return number;
}

static void *take(size_t size)
{
    size_t number = number_of(size);
    struct piece *piece = memory.freed[number];
    if (piece) memory.freed[number] = piece->older;
    else piece = arena_room(memory.arena, sizeof *piece + length_of(number));
    piece->number = number;
    return piece + 1;
}

static void give_back(void *bytes)
{
    if (!bytes) return;
    struct piece *piece = (struct piece *)bytes - 1;
    piece->older = memory.freed[piece->number];
    memory.freed[piece->number] = piece;
}

static void *take_zeroed(size_t count, size_t size) { return memset(take(count * size), 0, count * size); }

static void *lengthen(void *bytes, size_t size)
{
    size_t length = bytes ? length_of(((struct piece *)bytes - 1)->number) : 0;
    if (bytes && size <= length) return bytes;
    void *longer = take(size);
    if (bytes) memcpy(longer, bytes, length);
    give_back(bytes);
    return longer;
}

struct cmark_mem *cmark_memory(struct arena *arena)
{
    static cmark_mem functions = {take_zeroed, lengthen, give_back};
    memset(&memory, 0, sizeof memory);
    memory.arena = arena;
    return &functions;
}
