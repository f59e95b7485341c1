/* test_library.c - libraries by name: a table that is filled once, and what is said when it cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/job.h"
#include "base/library.h"

struct table { int (*idn2_strerror)(int); const char *(*idn2_check_version)(const char *); };

static bool says(str text, const char *part) { return str_contains(text, str_c(part)); }

enum { ITEMS = 64 };
static struct table shared;
static struct library shared_library = {LIBRARY_IDN2, (const char *const[]){"idn2_strerror", "idn2_check_version", NULL}, &shared,
                                        NULL, false};

static void use(struct worker *worker, ptrdiff_t index, void *context)
{
    str why;
    bool *found = context;
    found[index] = library_find(&shared_library, &worker->scratch, &why) && shared.idn2_check_version(NULL) != NULL;
}

static void test_all_workers_at_once(void **state)
{
    (void)state;
    bool found[ITEMS] = {false};
    struct job_pool *pool = job_pool_start(4);
    job_each(pool, ITEMS, use, found);
    job_pool_stop(pool);
    for (int i = 0; i < ITEMS; i++) assert_true(found[i]);
}

static void test_a_function_that_is_not_there(void **state)
{
    (void)state;
    struct table table;
    struct library library = {LIBRARY_IDN2, (const char *const[]){"idn2_strerror", "idn2_nonsense", NULL}, &table, NULL, false};
    struct arena arena = {0};
    for (int turn = 0; turn < 2; turn++) {
        str why = {0};
        assert_false(library_find(&library, &arena, &why));
        assert_true(says(why, "idn2_nonsense"));
        assert_true(says(why, "host names"));
        assert_true(says(why, "Debian has it in libidn2-0"));
    }
    arena_free(&arena);
}

static void test_a_start_that_is_not_there(void **state)
{
    (void)state;
    struct table table;
    struct library library = {LIBRARY_IDN2, (const char *const[]){"idn2_strerror", NULL}, &table, "idn2_begin", false};
    struct arena arena = {0};
    str why = {0};
    assert_false(library_find(&library, &arena, &why));
    assert_true(says(why, "idn2_begin"));
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_workers_at_once),
        cmocka_unit_test(test_a_function_that_is_not_there),
        cmocka_unit_test(test_a_start_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
