/* test_value.c - the one value type: building, reading, printing, comparing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/value.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void assert_printed(value v, const char *want)
{
    assert_string_equal(str_z(&arena, value_print(v, &arena)), want);
}

static value list_of(int64_t a, int64_t b)
{
    value list = value_list(&arena);
    value_push(&arena, &list, value_int(a));
    value_push(&arena, &list, value_int(b));
    return list;
}

static void maps_keep_their_order(void **state)
{
    (void)state;
    value map = value_map(&arena);
    for (int i = 0; i < 500; i++) value_set(&arena, &map, str_format(&arena, "열쇠%d", i), value_int(i));
    value_set(&arena, &map, S("열쇠3"), value_str(S("new")));
    assert_int_equal(value_count(map), 500);
    for (int i = 0; i < 500; i++) {
        str key = str_format(&arena, "열쇠%d", i);
        assert_true(str_equal(map.as.map->pairs[i].key, key));
        if (i != 3) assert_int_equal(value_get(map, key, &arena).as.integer, i);
    }
    assert_true(str_equal(value_text(value_get(map, S("열쇠3"), &arena)), S("new")));
    assert_true(value_is_null(value_get(map, S("열쇠500"), &arena)));
    assert_null(value_pair(&map, S("nothing")));
}

static void reading_takes_any_value(void **state)
{
    (void)state;
    value list = list_of(10, 20);
    assert_int_equal(value_at(list, 0, &arena).as.integer, 10);
    assert_int_equal(value_at(list, -1, &arena).as.integer, 20);
    assert_true(value_is_null(value_at(list, 2, &arena)));
    assert_true(value_is_null(value_at(list, -3, &arena)));
    assert_true(value_is_null(value_at(value_int(3), 0, &arena)));
    assert_true(value_is_null(value_get(value_str(S("x")), S("x"), &arena)));
    assert_int_equal(value_count(value_null()), 0);
    assert_int_equal(value_text(value_int(3)).len, 0);
    value range = {.kind = VALUE_RANGE, .as.range = {3, 4}};
    assert_int_equal(value_count(range), 4);
    assert_int_equal(value_at(range, 3, &arena).as.integer, 6);
}

static void prints_for_people(void **state)
{
    (void)state;
    assert_printed(value_null(), "");
    assert_printed(value_bool(true), "true");
    assert_printed(value_int(INT64_MIN), "-9223372036854775808");
    assert_printed(value_float(0.1), "0.1");
    assert_printed(value_float(3), "3.0");
    assert_printed(value_float(0.30000000000000004), "0.30000000000000004");
    assert_printed(value_str(S("후기")), "후기");
    assert_printed(list_of(1, 2), "1, 2");
    assert_printed(value_time((instant){.seconds = 1701561600, .offset = 540}), "2023-12-03T09:00:00+09:00");
}

static void compares_deeply(void **state)
{
    (void)state;
    assert_true(value_equal(value_int(1), value_float(1.0), &arena));
    assert_false(value_equal(value_int(1), value_str(S("1")), &arena));
    assert_true(value_equal(list_of(1, 2), list_of(1, 2), &arena));
    assert_false(value_equal(list_of(1, 2), list_of(2, 1), &arena));
    value a = value_map(&arena), b = value_map(&arena);
    value_set(&arena, &a, S("x"), value_int(1));
    value_set(&arena, &a, S("y"), list_of(1, 2));
    value_set(&arena, &b, S("y"), list_of(1, 2));
    assert_false(value_equal(a, b, &arena));
    value_set(&arena, &b, S("x"), value_int(1));
    assert_true(value_equal(a, b, &arena));
    assert_true(value_equal(value_time((instant){.seconds = 5, .offset = 0}),
                            value_time((instant){.seconds = 5, .offset = 540}), &arena));
    assert_true(value_equal(value_int(INT64_MAX), value_int(INT64_MAX), &arena));
    assert_false(value_equal(value_int(INT64_MAX), value_int(INT64_MAX - 1), &arena));
}

/* A list that holds a list that holds ...: neither printing nor comparing runs out of stack. */
static void survives_depth(void **state)
{
    (void)state;
    value deep = value_list(&arena);
    for (int i = 0; i < 100000; i++) {
        value outer = value_list(&arena);
        value_push(&arena, &outer, deep);
        deep = outer;
    }
    value_print(deep, &arena);
    value_equal(deep, deep, &arena);
}

static bool drop_get(const void *self, str key, struct arena *unused, value *out)
{
    (void)unused;
    if (!str_equal(key, S("answer"))) return false;
    *out = value_int(*(const int *)self);
    return true;
}

static void drops_are_looked_up(void **state)
{
    (void)state;
    static const struct drop_class class_ = {.name = "thing", .get = drop_get};
    int answer = 42;
    value drop = value_drop(&class_, &answer);
    assert_int_equal(value_get(drop, S("answer"), &arena).as.integer, 42);
    assert_true(value_is_null(value_get(drop, S("question"), &arena)));
    assert_int_equal(value_count(drop), 0);
    assert_printed(drop, "");
    assert_true(value_equal(drop, drop, &arena));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_keep_their_order), cmocka_unit_test(reading_takes_any_value),
        cmocka_unit_test(prints_for_people),     cmocka_unit_test(compares_deeply),
        cmocka_unit_test(survives_depth),        cmocka_unit_test(drops_are_looked_up),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
