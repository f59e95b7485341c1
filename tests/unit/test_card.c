/* test_card.c - social cards: where lines end, and which size is taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../src/card/card_lines.h"
#include "card/card.h"

enum { MOST = 200 };

/* Every byte is a glyph one em wide; '+' belongs to the glyph before it. */
static struct card_run run_of(const char *text, struct card_glyph *glyphs)
{
    struct card_run run = {glyphs, 0};
    for (uint32_t i = 0; text[i]; i++) {
        uint32_t cluster = text[i] == '+' && i ? glyphs[i - 1].cluster : i;
        glyphs[run.count++] = (struct card_glyph){.cluster = cluster, .space = text[i] == ' ', .advance = 1};
    }
    return run;
}

/* The lines with '|' between them, and what was found out about them. */
static void assert_lines(const struct card_lines *lines, const char *text, const char *want)
{
    char got[2 * MOST];
    size_t len = 0;
    for (int i = 0; i < lines->count; i++) {
        if (i) got[len++] = '|';
        for (ptrdiff_t at = lines->line[i].from; at < lines->line[i].to; at++) got[len++] = text[at];
        assert_int_equal(lines->line[i].width, lines->line[i].to - lines->line[i].from);
    }
    if (lines->split) got[len++] = '/';
    if (!lines->whole) got[len++] = '>';
    got[len] = 0;
    assert_string_equal(got, want);
}

static void assert_broken(const char *text, double width, int most, const char *want)
{
    struct card_glyph glyphs[MOST];
    struct card_run run = run_of(text, glyphs);
    struct card_lines lines = card_lines_break(&run, width, most);
    assert_lines(&lines, text, want);
}

static void breaks_at_blanks(void **state)
{
    (void)state;
    assert_broken("", 5, 3, "");
    assert_broken("   ", 5, 3, "");
    assert_broken("abc", 5, 3, "abc");
    assert_broken("abc de", 6, 3, "abc de");
    assert_broken("abc de", 5, 3, "abc|de");
    assert_broken("  abc   de  ", 4, 3, "abc|de");
    assert_broken("ab cd ef gh", 5, 1, "ab cd>");
    assert_broken("ab cd ef gh", 5, 4, "ab cd|ef gh");
    assert_broken("a b c d e f", 1, 9, "a|b|c|d>");
}

static void splits_only_long_words(void **state)
{
    (void)state;
    assert_broken("abcdefgh", 3, 4, "abc|def|gh/");
    assert_broken("ab cdefgh ij", 4, 4, "ab|cdef|gh|ij/");
    assert_broken("abc+++de", 3, 4, "ab|c+++|de/");     /* a cluster stays whole, however wide */
    assert_broken("abc", 0.5, 4, "a|b|c/");
}

static void assert_fits(const char *text, double size, const char *want)
{
    static const struct card_size sizes[] = {{10, 1}, {5, 2}, {4, 3}};
    struct card_glyph glyphs[MOST];
    struct card_run run = run_of(text, glyphs);
    struct card_lines lines = card_lines_fit(&run, 100, sizes, 3, 1);
    assert_lines(&lines, text, want);
    assert_int_equal(lines.size, size);
}

static void takes_the_largest_size_that_fits(void **state)
{
    (void)state;
    assert_fits("abcdefghij", 10, "abcdefghij");
    assert_fits("abcdefgh jkl", 5, "abcdefgh jkl");
    assert_fits("aaaaaaaaa bbbbbbbbb ccccccccc ddd", 5, "aaaaaaaaa bbbbbbbbb|ccccccccc ddd");
    assert_fits("aaaaaaaaaaaaaaaaaaaaaaa bbb", 4, "aaaaaaaaaaaaaaaaaaaaaaa|bbb");
    assert_fits("", 10, "");
}

static void evens_lines(void **state)
{
    (void)state;
    assert_fits("aaaa bbbb cccc dddd eeee", 5, "aaaa bbbb cccc|dddd eeee");
}

static void leaves_room_for_the_ellipsis(void **state)
{
    (void)state;
    assert_fits("aaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbb ccccccccccccccccccccccc d eeeeeeeee", 4,
                "aaaaaaaaaaaaaaaaaaaaaaaaa|bbbbbbbbbbbbbbbbbbbbbbbbb|ccccccccccccccccccccccc>");
}

static void photos_and_emoji_are_jpeg(void **state)
{
    (void)state;
    struct card card = {.title = S("re:Invent 후기 → 2023")};
    assert_int_equal(card_format(&card), IMAGE_PNG);
    card.photo = true;
    assert_int_equal(card_format(&card), IMAGE_JPEG);
    card = (struct card){.title = S("첫날 🎉")};
    assert_int_equal(card_format(&card), IMAGE_JPEG);
}

static void every_text_is_part_of_the_key(void **state)
{
    (void)state;
    struct card card = {.title = S("가"), .seed = S("x")}, other = card;
    assert_true(card_key(&card).low == card_key(&other).low);
    other.title = S("");
    other.label = S("가");
    assert_false(card_key(&card).low == card_key(&other).low);
    other = card;
    other.seed = S("y");
    assert_false(card_key(&card).low == card_key(&other).low);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_at_blanks), cmocka_unit_test(splits_only_long_words),
        cmocka_unit_test(takes_the_largest_size_that_fits), cmocka_unit_test(evens_lines),
        cmocka_unit_test(leaves_room_for_the_ellipsis), cmocka_unit_test(photos_and_emoji_are_jpeg),
        cmocka_unit_test(every_text_is_part_of_the_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
