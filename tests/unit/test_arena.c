/* test_arena.c - memory by lifetime: alignment, zeroes, marks, growing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    for (size_t size = 0; size < 300; size++) {
        unsigned char *p = arena_alloc(&arena, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(p[i], 0);
        memset(p, 0xA5, size);
    }
}

static void gives_large_blocks(void **state)
{
    (void)state;
    char *small = arena_alloc(&arena, 8), *large = arena_alloc(&arena, 5 << 20), *after = arena_alloc(&arena, 8);
    memset(large, 1, 5 << 20);
    memcpy(small, "small", 6);
    memcpy(after, "after", 6);
    assert_string_equal(small, "small");
    assert_int_equal(large[(5 << 20) - 1], 1);
    assert_true(arena.total >= (5 << 20));
}

static void rewinds_to_a_mark(void **state)
{
    (void)state;
    char *kept = arena_copy(&arena, "kept", 5);
    struct arena_mark mark = arena_mark(&arena);
    char *first = arena_alloc(&arena, 100);
    memset(first, 0xFF, 100);
    for (int i = 0; i < 200; i++) memset(arena_alloc(&arena, 10000), 0xFF, 10000);
    arena_rewind(&arena, mark);
    assert_string_equal(kept, "kept");
    unsigned char *again = arena_alloc(&arena, 100);
    for (int i = 0; i < 100; i++) assert_int_equal(again[i], 0);
}

static void rewinds_an_empty_arena(void **state)
{
    (void)state;
    struct arena empty = {0};
    struct arena_mark mark = arena_mark(&empty);
    memset(arena_alloc(&empty, 64), 0xFF, 64);
    arena_rewind(&empty, mark);
    const unsigned char *p = arena_alloc(&empty, 64);
    for (int i = 0; i < 64; i++) assert_int_equal(p[i], 0);
    arena_free(&empty);
    assert_null(empty.block);
}

static void takes_back_the_end_of_the_newest(void **state)
{
    (void)state;
    char *older = arena_alloc(&arena, 1000), *newest = arena_alloc(&arena, 1000);
    arena_shrink(&arena, older, 1000, 0);           /* not the newest: nothing happens */
    memcpy(newest, "kept", 5);
    arena_shrink(&arena, newest, 1000, 5);
    char *next = arena_alloc(&arena, 8);
    assert_true(next > newest + 4 && next < newest + 100);
    assert_string_equal(newest, "kept");
    arena_shrink(&arena, NULL, 0, 0);
}

static void pushes_onto_growing_arrays(void **state)
{
    (void)state;
    int *items = NULL;
    ptrdiff_t count = 0, capacity = 0;
    for (int i = 0; i < 1000; i++) ARENA_PUSH(&arena, items, count, capacity) = i;
    assert_int_equal(count, 1000);
    assert_true(capacity >= 1000);
    for (int i = 0; i < 1000; i++) assert_int_equal(items[i], i);
}

static void extends_the_newest_where_it_lies(void **state)
{
    (void)state;
    char *older = arena_copy(&arena, "older", 6), *newest = arena_copy(&arena, "newest", 7);
    assert_false(arena_extend(&arena, older, 6, 100));
    assert_true(arena_extend(&arena, newest, 7, 100));
    memset(newest + 7, 'x', 93);
    assert_string_equal(older, "older");
    char *behind = arena_copy(&arena, "behind", 7);
    assert_true(behind >= newest + 100);
    assert_false(arena_extend(&arena, newest, 100, 200));
    assert_false(arena_extend(&arena, behind, 7, (size_t)64 << 20));    /* more than the block has */
    assert_string_equal(behind, "behind");
}

/* Tasks that need as much as the one before ask the system for nothing. */
static void keeps_given_up_blocks_for_later(void **state)
{
    (void)state;
    struct arena own = {0};
    arena_alloc(&own, 100);
    struct arena_mark mark = arena_mark(&own);
    unsigned char *first = arena_alloc(&own, 100000);
    memset(first, 0xFF, 100000);
    size_t total = own.total;
    arena_rewind(&own, mark);
    assert_true(own.total < total);
    unsigned char *again = arena_alloc(&own, 100000);
    assert_ptr_equal(again, first);
    assert_int_equal(again[99999], 0);
    assert_int_equal(own.total, total);
    arena_free(&own);
}

/* Out of memory, and a product that overflows: one line and status 70, in a process of its own. */
static void ends_when_a_size_overflows(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr)) _exit(1);
        struct arena own = {0};
        arena_array(&own, SIZE_MAX / 2, 4);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_zeroed_aligned_memory),
        cmocka_unit_test(gives_large_blocks),
        cmocka_unit_test(rewinds_to_a_mark),
        cmocka_unit_test(rewinds_an_empty_arena),
        cmocka_unit_test(takes_back_the_end_of_the_newest),
        cmocka_unit_test(extends_the_newest_where_it_lies),
        cmocka_unit_test(keeps_given_up_blocks_for_later),
        cmocka_unit_test(pushes_onto_growing_arrays),
        cmocka_unit_test(ends_when_a_size_overflows),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
