/* test_map.c - the hash map: order of insertion, replacing, many keys, odd keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void puts_and_gets(void **state)
{
    (void)state;
    struct map map = {0};
    int a, b;
    assert_null(map_get(&map, S("a")));
    assert_null(map_put(&arena, &map, S("후기"), &a));
    assert_ptr_equal(map_get(&map, S("후기")), &a);
    assert_ptr_equal(map_put(&arena, &map, S("후기"), &b), &a);
    assert_ptr_equal(map_get(&map, S("후기")), &b);
    assert_int_equal(map.count, 1);
    assert_null(map_get(&map, S("후")));
}

static void knows_empty_and_binary_keys(void **state)
{
    (void)state;
    struct map map = {0};
    int empty, zero, zero_zero;
    map_put(&arena, &map, S(""), &empty);
    map_put(&arena, &map, str_of("\0", 1), &zero);
    map_put(&arena, &map, str_of("\0\0", 2), &zero_zero);
    assert_ptr_equal(map_get(&map, (str){0}), &empty);
    assert_ptr_equal(map_get(&map, str_of("\0", 1)), &zero);
    assert_ptr_equal(map_get(&map, str_of("\0\0", 2)), &zero_zero);
}

static void keeps_the_order_of_many(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    struct map map = {0};
    static int values[MANY];
    for (int i = 0; i < MANY; i++) map_put(&arena, &map, str_format(&arena, "글 %d", i), &values[i]);
    assert_int_equal(map.count, MANY);
    for (int i = 0; i < MANY; i++) {
        assert_ptr_equal(map_get(&map, str_format(&arena, "글 %d", i)), &values[i]);
        assert_ptr_equal(map.entries[i].value, &values[i]);
    }
    assert_null(map_get(&map, S("글 20000")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_and_gets),
        cmocka_unit_test(knows_empty_and_binary_keys),
        cmocka_unit_test(keeps_the_order_of_many),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
