/* stopwatch.c - a stack of what is being measured, and a map of what was. */
#include "base/stopwatch.h"

#include <stdlib.h>
#include <time.h>

#include "base/map.h"

enum { DEEPEST = 256 };         /* what nests deeper counts as its parent's own */

struct frame {
    struct time_row *row;
    int64_t began, within;
};

struct stopwatch {
    struct arena *arena;
    struct map rows[TIME_KIND_COUNT];
    struct frame frames[DEEPEST];
    int depth;
};

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

struct stopwatch *stopwatch_new(struct arena *arena)
{
    struct stopwatch *watch = ARENA_NEW(arena, struct stopwatch);
    watch->arena = arena;
    return watch;
}

static struct time_row *row_of(struct arena *arena, struct map *rows, str name)
{
    struct time_row *row = map_get(rows, name);
    if (row) return row;
    row = ARENA_NEW(arena, struct time_row);
    row->name = str_copy(arena, name);
    map_put(arena, rows, row->name, row);
    return row;
}

void stopwatch_begin(struct stopwatch *watch, enum time_kind kind, str name)
{
    if (!watch) return;
    if (watch->depth++ >= DEEPEST) return;
    watch->frames[watch->depth - 1] = (struct frame){row_of(watch->arena, &watch->rows[kind], name), now(), 0};
}

void stopwatch_end(struct stopwatch *watch)
{
    if (!watch || watch->depth == 0 || watch->depth-- > DEEPEST) return;
    struct frame *frame = &watch->frames[watch->depth];
    int64_t whole = now() - frame->began;
    frame->row->calls++;
    frame->row->whole += whole;
    frame->row->own += whole - frame->within;
    if (watch->depth) frame[-1].within += whole;
}

int stopwatch_depth(const struct stopwatch *watch) { return watch ? watch->depth : 0; }

void stopwatch_end_to(struct stopwatch *watch, int depth)
{
    while (watch && watch->depth > depth) stopwatch_end(watch);
}

static int compare(int64_t a, int64_t b, const struct time_row *left, const struct time_row *right)
{
    if (a != b) return a < b ? 1 : -1;
    return str_compare(left->name, right->name);
}

static int by_own_time(const void *left, const void *right)
{
    const struct time_row *a = left, *b = right;
    return compare(a->own, b->own, a, b);
}

static int by_whole_time(const void *left, const void *right)
{
    const struct time_row *a = left, *b = right;
    return compare(a->whole, b->whole, a, b);
}

ptrdiff_t stopwatch_rows(struct stopwatch *const *watches, int count, enum time_kind kind, struct arena *arena, struct time_row **out)
{
    struct map sums = {0};
    for (int w = 0; w < count; w++) {
        const struct map *rows = &watches[w]->rows[kind];
        for (ptrdiff_t i = 0; i < rows->count; i++) {
            const struct time_row *row = rows->entries[i].value;
            struct time_row *sum = row_of(arena, &sums, row->name);
            sum->calls += row->calls;
            sum->own += row->own;
            sum->whole += row->whole;
        }
    }
    *out = ARENA_NEWS(arena, struct time_row, sums.count);
    for (ptrdiff_t i = 0; i < sums.count; i++) (*out)[i] = *(const struct time_row *)sums.entries[i].value;
    if (sums.count) qsort(*out, (size_t)sums.count, sizeof **out, kind == TIME_TEMPLATE ? by_own_time : by_whole_time);
    return sums.count;
}
