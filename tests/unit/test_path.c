/* test_path.c - file names as text: parts, normalising, what lies inside what, patterns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/path.h"

static struct arena arena;

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#define SAME(a, b) assert_true(str_equal((a), (b)))

static void joins(void **state)
{
    (void)state;
    SAME(path_join(&arena, S("a"), S("b")), S("a/b"));
    SAME(path_join(&arena, S("a/"), S("b")), S("a/b"));
    SAME(path_join(&arena, S("a"), S("/b")), S("a/b"));
    SAME(path_join(&arena, S(""), S("b")), S("b"));
    SAME(path_join(&arena, S("a"), S("")), S("a"));
    SAME(path_join(&arena, S("/"), S("b")), S("/b"));
}

static void takes_apart(void **state)
{
    (void)state;
    SAME(path_dir(S("a/b.md")), S("a"));
    SAME(path_dir(S("b.md")), S(""));
    SAME(path_name(S("a/b.md")), S("b.md"));
    SAME(path_stem(S("a/b.tar.md")), S("b.tar"));
    SAME(path_stem(S("a/.htaccess")), S(".htaccess"));
    SAME(path_extension(S("a.b/후기.md")), S("md"));
    SAME(path_extension(S("a.b/README")), S(""));
    SAME(path_extension(S(".nojekyll")), S(""));
}

static void normalizes(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"a/./b//c", "a/b/c"}, {"/a/b/", "a/b"}, {"a/../b", "b"}, {"a/b/../../c", "c"}, {"", ""}, {"/", ""},
        {"a/..", ""},          {"...", "..."},   {"a/..b", "a/..b"},
    };
    str out;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(path_normalize(&arena, str_c(rows[i][0]), &out));
        SAME(out, str_c(rows[i][1]));
    }
    const char *const outside[] = {"..", "../a", "a/../../b", "/..", "a/b/../../../c", "./.."};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_false(path_normalize(&arena, str_c(outside[i]), &out));
}

static void knows_what_is_inside(void **state)
{
    (void)state;
    assert_true(path_is_inside(S("/srv/out"), S("/srv/out")));
    assert_true(path_is_inside(S("/srv/out"), S("/srv/out/a")));
    assert_false(path_is_inside(S("/srv/out"), S("/srv/out-private/a")));
    assert_false(path_is_inside(S("/srv/out"), S("/srv")));
    assert_true(path_is_inside(S("/"), S("/srv")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins),
        cmocka_unit_test(takes_apart),
        cmocka_unit_test(normalizes),
        cmocka_unit_test(knows_what_is_inside),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
