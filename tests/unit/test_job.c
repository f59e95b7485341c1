/* test_job.c - fork and join: every index once, on every number of workers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/job.h"

enum { ITEMS = 5000 };

struct round {
    int calls[ITEMS];
    int workers[ITEMS];
    bool scratch_was_clean[ITEMS];
};

static void task(struct worker *worker, ptrdiff_t index, void *context)
{
    struct round *round = context;
    round->calls[index]++;
    round->workers[index] = worker->index;
    unsigned char *scratch = arena_alloc(&worker->scratch, 3000);
    bool clean = true;
    for (int i = 0; i < 3000; i++) clean = clean && scratch[i] == 0;
    memset(scratch, 0xFF, 3000);
    round->scratch_was_clean[index] = clean;
    *(int *)arena_alloc(&worker->arena, sizeof(int)) = (int)index;
}

static void run(int workers)
{
    struct job_pool *pool = job_pool_start(workers);
    int most = job_workers(pool);
    assert_true(most >= 1);
    if (workers) assert_int_equal(most, workers);
    struct round *round = calloc(1, sizeof *round);
    for (int turn = 1; turn <= 20; turn++) {
        job_each(pool, ITEMS, task, round);
        for (int i = 0; i < ITEMS; i++) {
            assert_int_equal(round->calls[i], turn);
            assert_true(round->workers[i] >= 0 && round->workers[i] < most);
            assert_true(round->scratch_was_clean[i]);
        }
    }
    job_each(pool, 0, task, round);
    job_each(pool, 1, task, round);
    assert_int_equal(round->calls[0], 21);
    assert_int_equal(round->calls[1], 20);
    for (int i = 0; i < most; i++) assert_int_equal(job_worker(pool, i)->index, i);
    free(round);
    job_pool_stop(pool);
}

static void one_worker(void **state) { (void)state; run(1); }
static void four_workers(void **state) { (void)state; run(4); }
static void as_many_as_processors(void **state) { (void)state; run(0); }

static void in_order(struct worker *worker, ptrdiff_t index, void *context)
{
    (void)worker;
    ptrdiff_t *next = context;
    assert_int_equal(*next, index);
    (*next)++;
}

static void one_worker_goes_in_order(void **state)
{
    (void)state;
    struct job_pool *pool = job_pool_start(1);
    ptrdiff_t next = 0;
    job_each(pool, 100, in_order, &next);
    assert_int_equal(next, 100);
    job_pool_stop(pool);
}

static void starts_and_stops_idle(void **state)
{
    (void)state;
    for (int i = 0; i < 50; i++) job_pool_stop(job_pool_start(3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_worker), cmocka_unit_test(four_workers), cmocka_unit_test(as_many_as_processors),
        cmocka_unit_test(one_worker_goes_in_order), cmocka_unit_test(starts_and_stops_idle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
