/* test_stopwatch.c - what nests is told apart, and unbalanced ends do no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "base/stopwatch.h"

static void spend(int milliseconds)
{
    nanosleep(&(struct timespec){0, milliseconds * 1000000L}, NULL);
}

static void test_nesting(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stopwatch *watches[2] = {stopwatch_new(&arena), stopwatch_new(&arena)};
    struct time_row *rows;
    stopwatch_begin(watches[0], TIME_TEMPLATE, S("outer"));
    stopwatch_begin(watches[0], TIME_TEMPLATE, S("inner"));
    spend(3);
    stopwatch_end(watches[0]);
    stopwatch_end(watches[0]);
    stopwatch_begin(watches[1], TIME_TEMPLATE, S("inner"));
    stopwatch_end(watches[1]);
    assert_int_equal(stopwatch_rows(watches, 2, TIME_TEMPLATE, &arena, &rows), 2);
    assert_true(str_equal(rows[0].name, S("inner")));
    assert_int_equal(rows[0].calls, 2);
    assert_true(rows[0].own >= 3000000 && rows[0].own == rows[0].whole);
    assert_int_equal(rows[1].calls, 1);
    assert_true(rows[1].whole >= 3000000 && rows[1].own < rows[1].whole - 3000000 + 1);
    assert_int_equal(stopwatch_rows(watches, 2, TIME_HOOK, &arena, &rows), 0);
    arena_free(&arena);
}

static void test_depth(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct stopwatch *watch = stopwatch_new(&arena);
    struct time_row *rows;
    stopwatch_begin(watch, TIME_OUTPUT, S("page"));
    int depth = stopwatch_depth(watch);
    for (int i = 0; i < 1000; i++) stopwatch_begin(watch, TIME_HOOK, S("deep"));
    stopwatch_end_to(watch, depth);             /* as after a longjmp */
    assert_int_equal(stopwatch_depth(watch), 1);
    stopwatch_end(watch);
    stopwatch_end(watch);
    assert_int_equal(stopwatch_rows(&watch, 1, TIME_OUTPUT, &arena, &rows), 1);
    assert_int_equal(rows[0].calls, 1);
    stopwatch_begin(NULL, TIME_OUTPUT, S("nobody"));
    stopwatch_end(NULL);
    stopwatch_end_to(NULL, stopwatch_depth(NULL));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nesting), cmocka_unit_test(test_depth)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
