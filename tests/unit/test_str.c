/* test_str.c - slices: comparing, finding, cutting, making, numbers, the nearest name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define SAME(a, b) assert_true(str_equal((a), (b)))

static void compares_by_bytes(void **state)
{
    (void)state;
    assert_true(str_compare(S("a"), S("b")) < 0);
    assert_true(str_compare(S("ab"), S("a")) > 0);
    assert_int_equal(str_compare(S(""), S("")), 0);
    assert_int_equal(str_compare((str){0}, S("")), 0);
    assert_true(str_compare(S("가"), S("나")) < 0);
    assert_true(str_compare(S("z"), S("가")) < 0);       /* unsigned bytes */
    assert_true(str_equal_ascii_case(S("Re:Invent"), S("re:INVENT")));
    assert_false(str_equal_ascii_case(S("가"), S("나")));
}

static void finds(void **state)
{
    (void)state;
    assert_int_equal(str_find(S("리인벤트 후기"), S("후기")), 13);
    assert_int_equal(str_find(S("aaab"), S("aab")), 1);
    assert_int_equal(str_find(S("abc"), S("abcd")), -1);
    assert_int_equal(str_find(S("abc"), S("")), 0);
    assert_int_equal(str_find((str){0}, S("a")), -1);
    str line = S("0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 0123456789 end");     /* long needles */
    assert_int_equal(str_find(line, line), 0);
    assert_int_equal(str_find(line, str_from(line, 3)), 3);
    assert_int_equal(str_find(str_slice(line, 0, 79), str_from(line, 1)), -1);
    assert_int_equal(str_find(str_from(line, 1), line), -1);
    line = S("Sphinx of black quartz, judge my vow; keep a box with five dozen liquor jugs");       /* wherever it stands */
    for (ptrdiff_t at = 0; at + 4 <= line.len; at++)
        for (ptrdiff_t end = at; end <= line.len; end++)
            assert_int_equal(str_find(str_slice(line, 0, end), str_slice(line, at, at + 4)), at + 4 <= end ? at : -1);
    assert_int_equal(str_find_char(S("a/b/c"), '/'), 1);
    assert_int_equal(str_find_last(S("a/b/c"), '/'), 3);
    assert_int_equal(str_find_last(S(""), '/'), -1);
    assert_true(str_starts(S("content/"), S("con")));
    assert_false(str_starts(S("co"), S("con")));
    assert_true(str_ends(S("a.md"), S(".md")));
    assert_true(str_ends(S("a"), S("")));
}

static void cuts_and_clamps(void **state)
{
    (void)state;
    SAME(str_slice(S("abcdef"), 1, 3), S("bc"));
    SAME(str_slice(S("abc"), -5, 99), S("abc"));
    SAME(str_slice(S("abc"), 2, 1), S(""));
    SAME(str_from(S("abc"), 3), S(""));
    SAME(str_trim(S(" \t\n a b \r\n")), S("a b"));
    SAME(str_trim(S("  ")), S(""));
    SAME(str_trim_left(S("  a ")), S("a "));
    SAME(str_trim_right(S("  a ")), S("  a"));
    SAME(str_trim_char(S("//a/b//"), '/'), S("a/b"));
}

static void splits(void **state)
{
    (void)state;
    str rest = S("a,,b"), part;
    assert_true(str_split(&rest, ',', &part));
    SAME(part, S("a"));
    assert_true(str_split(&rest, ',', &part));
    SAME(part, S(""));
    assert_true(str_split(&rest, ',', &part));
    SAME(part, S("b"));
    assert_false(str_split(&rest, ',', &part));
    rest = S("a,");
    int count = 0;
    while (str_split(&rest, ',', &part)) count++;
    assert_int_equal(count, 2);
}

static void reads_lines(void **state)
{
    (void)state;
    str rest = S("one\r\n\nthree"), line;
    assert_true(str_line(&rest, &line));
    SAME(line, S("one"));
    assert_true(str_line(&rest, &line));
    SAME(line, S(""));
    assert_true(str_line(&rest, &line));
    SAME(line, S("three"));
    assert_false(str_line(&rest, &line));
    rest = S("a\n");
    assert_true(str_line(&rest, &line));
    assert_false(str_line(&rest, &line));
}

static void makes_text(void **state)
{
    (void)state;
    SAME(str_concat(&arena, S("후"), S("기")), S("후기"));
    SAME(str_concat3(&arena, S("a"), S(""), S("c")), S("ac"));
    SAME(str_replace(&arena, S("a-b-c"), S("-"), S("--")), S("a--b--c"));
    SAME(str_replace(&arena, S("aaa"), S("aa"), S("b")), S("ba"));
    SAME(str_replace(&arena, S("aaa"), S("a"), S("")), S(""));
    SAME(str_replace(&arena, S("abc"), S(""), S("x")), S("abc"));
    SAME(str_lower_ascii(&arena, S("AWS 후기")), S("aws 후기"));
    SAME(str_format(&arena, "%s-%d", "a", 5), S("a-5"));
    assert_string_equal(str_z(&arena, str_of("abcdef", 3)), "abc");
    assert_string_equal(str_z(&arena, (str){0}), "");
}

static void reads_whole_numbers(void **state)
{
    (void)state;
    int64_t n = 7;
    assert_true(str_to_int(S("-12"), &n));
    assert_int_equal(n, -12);
    assert_true(str_to_int(S("9223372036854775807"), &n));
    assert_true(n == INT64_MAX);
    assert_true(str_to_int(S("-9223372036854775808"), &n));
    assert_true(n == INT64_MIN);
    n = 7;
    const char *const wrong[] = {"", "-", "+", "12a", " 1", "1 ", "9223372036854775808", "-9223372036854775809", "1.0"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(str_to_int(str_c(wrong[i]), &n));
    assert_int_equal(n, 7);
}

static void reads_floats(void **state)
{
    (void)state;
    double n = 7;
    assert_true(str_to_float(S("-1.5e3"), &n));
    assert_true(n == -1500);
    const char *const wrong[] = {"", "abc", "1.5x", "nan", "inf", "0x10", "1e999", "1 "};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(str_to_float(str_c(wrong[i]), &n));
    assert_true(n == -1500);
}

static void names_the_nearest(void **state)
{
    (void)state;
    const str names[] = {STR_INIT("title"), STR_INIT("description"), STR_INIT("timezone"), STR_INIT("tags")};
    SAME(str_nearest(S("titel"), names, 4), S("title"));
    SAME(str_nearest(S("descripton"), names, 4), S("description"));
    SAME(str_nearest(S("TimeZone"), names, 4), S("timezone"));
    SAME(str_nearest(S("zzz"), names, 4), S(""));
    SAME(str_nearest(S(""), names, 4), S(""));
    SAME(str_nearest(S("title"), names, 0), S(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_by_bytes), cmocka_unit_test(finds),
        cmocka_unit_test(cuts_and_clamps),   cmocka_unit_test(splits),
        cmocka_unit_test(reads_lines),       cmocka_unit_test(makes_text),
        cmocka_unit_test(reads_whole_numbers), cmocka_unit_test(reads_floats),
        cmocka_unit_test(names_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
