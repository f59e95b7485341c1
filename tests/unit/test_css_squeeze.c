/* test_css_squeeze.c - stylesheets without their comments and indentation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../src/theme/theme_internal.h"

static struct arena arena;

static void check_css(str css, const char *want)
{
    assert_string_equal(str_z(&arena, css_squeeze(&arena, css)), want);
}

static void squeezes_stylesheets(void **state)
{
    (void)state;
    check_css(S("/* a */\na{\n  b:c;\n\n  d:e /* f */\n}\n"), "a{\nb:c;\nd:e \n}\n");
    check_css(S("a/* no space */.b{}"), "a/**/.b{}");
    check_css(S("/*! licence */\na{}"), "/*! licence */\na{}");
    check_css(S("a::after{content:\"/* \\\" */\"}"), "a::after{content:\"/* \\\" */\"}");
    check_css(S("a{b:url(//x/*.png) c;d:url( '/*.png' )}"), "a{b:url(//x/*.png) c;d:url( '/*.png' )}");
    check_css(S("a{} /* never closed"), "a{} ");
    check_css(S("a{b:\"never closed"), "a{b:\"never closed");
    check_css(S(""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(squeezes_stylesheets)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
