/* test_diag.c - diagnostics: places, carets under Hangul, hints, JSON, merging. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag.h"

struct trial {
    struct arena arena;
    struct sources sources;
    struct diags diags;
};

static int begin(void **state)
{
    static struct trial trial;
    trial = (struct trial){0};
    trial.sources.arena = &trial.arena;
    trial.diags = diags_in(&trial.arena);
    *state = &trial;
    return 0;
}

static int end(void **state)
{
    struct trial *trial = *state;
    arena_free(&trial->arena);
    return 0;
}

static void assert_printed(struct trial *trial, const struct diag *diag, const char *want)
{
    struct buf out = buf_in(&trial->arena);
    diag_print(&out, &trial->sources, diag, false);
    assert_string_equal(str_z(&trial->arena, buf_str(&out)), want);
}

static void carets_stand_under_hangul(void **state)
{
    struct trial *trial = *state;
    uint32_t file = sources_add(&trial->sources, S("content/posts/deview.md"), S("---\ntitle: 후기\n날짜: 어제 밤\n---\n"));
    /* The second line of fields: "날짜: 어제 밤"; 어제 begins 8 bytes in, and is 6 bytes long. */
    struct diag *diag = diag_report(&trial->diags, DIAG_DATE, (span){file, 4 + 14 + 8, 6}, "'%s' is not a date", "날짜");
    diag_hint(&trial->diags, diag, "write %s", "2023-12-03");
    assert_printed(trial, diag,
                   "content/posts/deview.md:3:5: error: '날짜' is not a date\n"
                   "  날짜: 어제 밤\n"
                   "        ^~~~\n"
                   "  = write 2023-12-03\n");
}

static void tells_files_without_text(void **state)
{
    struct trial *trial = *state;
    struct diag *diag = diag_report(&trial->diags, DIAG_IMAGE, (span){0}, "cannot be decoded");
    diag->path = S("content/a.jpg");
    assert_printed(trial, diag, "content/a.jpg: error: cannot be decoded\n");
    assert_printed(trial, diag_report(&trial->diags, DIAG_NO_BASE_URL, (span){0}, "no base_url"), "hugi: notice: no base_url\n");
}

static void stands_at_the_end_of_a_file(void **state)
{
    struct trial *trial = *state;
    uint32_t file = sources_add(&trial->sources, S("a.yaml"), S("a: [1"));
    assert_printed(trial, diag_report(&trial->diags, DIAG_YAML, (span){file, 5, 0}, "not closed"),
                   "a.yaml:1:6: error: not closed\n  a: [1\n       ^\n");
    struct place place = diag_place(&trial->sources, (span){file, 5, 0});
    assert_int_equal(place.line, 1);
    assert_int_equal(place.column, 6);
}

static void control_characters_are_not_printed(void **state)
{
    struct trial *trial = *state;
    uint32_t file = sources_add(&trial->sources, S("a.md"), S("\ta\033[31mb\n"));
    assert_printed(trial, diag_report(&trial->diags, DIAG_LINK, (span){file, 1, 1}, "bad \033[2J name"),
                   "a.md:1:2: warning: bad ?[2J name\n   a?[31mb\n   ^\n");
}

static void long_lines_are_cut(void **state)
{
    struct trial *trial = *state;
    struct buf text = buf_in(&trial->arena);
    for (int i = 0; i < 300; i++) buf_add(&text, S("가나다라 "));
    uint32_t file = sources_add(&trial->sources, S("a.md"), buf_str(&text));
    struct buf out = buf_in(&trial->arena);
    diag_print(&out, &trial->sources, diag_report(&trial->diags, DIAG_LINK, (span){file, 13 * 200, 12}, "here"), false);
    assert_true(str_starts(buf_str(&out), S("a.md:1:1001: warning: here\n")));
    assert_true(out.len < 600);
    str line, rest = buf_str(&out);
    str_line(&rest, &line);
    str_line(&rest, &line);
    str shown = line;
    str_line(&rest, &line);
    assert_true(shown.len > 0);
    assert_int_equal(str_find_char(line, '^'), 2 + 4 * 9);      /* 20 characters before: four words of nine cells */
    assert_true(str_contains(line, S("^~~~~~~~")));
}

static void speaks_json(void **state)
{
    struct trial *trial = *state;
    uint32_t file = sources_add(&trial->sources, S("content/a.md"), S("첫\n둘 셋\n"));
    struct diag *diag = diag_report(&trial->diags, DIAG_COLLISION, (span){file, 8, 3}, "two \"pages\"");
    diag_hint(&trial->diags, diag, "rename one");
    diag_relate(&trial->diags, diag, (span){file, 0, 3}, S("the other"));
    struct buf out = buf_in(&trial->arena);
    diag_print_json(&out, &trial->sources, diag);
    assert_string_equal(str_z(&trial->arena, buf_str(&out)),
                        "{\"type\":\"diagnostic\",\"severity\":\"error\",\"code\":\"collision\",\"file\":\"content/a.md\",\"line\":2,"
                        "\"col\":3,\"message\":\"two \\\"pages\\\"\",\"hint\":\"rename one\","
                        "\"related\":[{\"file\":\"content/a.md\",\"line\":1}]}\n");
}

static void merges_unites_and_promotes(void **state)
{
    struct trial *trial = *state;
    struct arena other_arena = {0};
    struct diags other = diags_in(&other_arena);
    diag_report(&other, DIAG_LINK, (span){1, 5, 1}, "dead %d", 1);
    diag_report(&other, DIAG_LINK, (span){1, 5, 1}, "dead %d", 1);
    diag_report(&other, DIAG_DATE, (span){1, 9, 1}, "no date");
    diag_report(&other, DIAG_NO_BASE_URL, (span){0}, "none");
    diags_merge(&trial->diags, &other);
    arena_free(&other_arena);           /* texts were copied */
    assert_int_equal(trial->diags.count, 4);
    assert_int_equal(trial->diags.warnings, 2);
    assert_int_equal(trial->diags.errors, 1);
    diags_unite(&trial->diags);
    assert_int_equal(trial->diags.count, 3);
    assert_int_equal(trial->diags.warnings, 1);
    diags_promote(&trial->diags);
    assert_int_equal(trial->diags.warnings, 0);
    assert_int_equal(trial->diags.errors, 2);
    assert_int_equal(trial->diags.items[0].severity, DIAG_ERROR);
    assert_int_equal(trial->diags.items[2].severity, DIAG_NOTICE);
    assert_true(str_equal(trial->diags.items[0].message, S("dead 1")));
}

/* Every row of the table has a text form of its own, in lower case with dashes. */
static void codes_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < DIAG_CODE_COUNT; i++) {
        const char *text = diag_code_text((enum diag_code)i);
        assert_non_null(text);
        for (const char *p = text; *p; p++) assert_true((*p >= 'a' && *p <= 'z') || *p == '-');
        for (int k = 0; k < i; k++) assert_string_not_equal(text, diag_code_text((enum diag_code)k));
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(carets_stand_under_hangul), TEST(tells_files_without_text), TEST(stands_at_the_end_of_a_file),
        TEST(control_characters_are_not_printed), TEST(long_lines_are_cut), TEST(speaks_json),
        TEST(merges_unites_and_promotes), TEST(codes_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
