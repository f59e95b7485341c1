/* test_utf8.c - decoding, counting, normal forms, slugs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

static struct arena arena;

static void assert_text(str got, const char *want)
{
    char *z = str_z(&arena, got);
    assert_string_equal(z, want);
}

static uint32_t first_rune(const char *z)
{
    ptrdiff_t at = 0;
    return utf8_next(str_c(z), &at);
}

static void decodes_every_length(void **state)
{
    (void)state;
    assert_int_equal(first_rune("a"), 'a');
    assert_int_equal(first_rune("é"), 0xE9);
    assert_int_equal(first_rune("한"), 0xD55C);
    assert_int_equal(first_rune("😀"), 0x1F600);
    assert_int_equal(first_rune("\xF4\x8F\xBF\xBF"), 0x10FFFF);
}

static void bad_bytes_move_by_one(void **state)
{
    (void)state;
    const char *bad[] = {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                         "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xEA\xB0", "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ptrdiff_t at = 0;
        assert_int_equal(utf8_next(str_c(bad[i]), &at), RUNE_BAD);
        assert_int_equal(at, 1);
        assert_int_equal(utf8_invalid(str_c(bad[i])), 0);
    }
}

static void walks_backwards(void **state)
{
    (void)state;
    str s = S("a한😀\x80");
    ptrdiff_t at = s.len;
    assert_int_equal(utf8_before(s, &at), RUNE_BAD);
    assert_int_equal(at, 8);
    assert_int_equal(utf8_before(s, &at), 0x1F600);
    assert_int_equal(at, 4);
    assert_int_equal(utf8_before(s, &at), 0xD55C);
    assert_int_equal(utf8_before(s, &at), 'a');
    assert_int_equal(at, 0);
}

static void encodes_what_it_decodes(void **state)
{
    (void)state;
    const uint32_t runes[] = {0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof runes / sizeof *runes; i++) {
        char bytes[4];
        ptrdiff_t at = 0;
        int len = utf8_encode(runes[i], bytes);
        assert_int_equal(utf8_next(str_of(bytes, len), &at), runes[i]);
        assert_int_equal(at, len);
    }
    char bytes[4];
    assert_int_equal(utf8_encode(0xD800, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    assert_int_equal(utf8_encode(0x110000, bytes), 3);
}

static void counts_characters_and_cells(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(S("")), 0);
    assert_int_equal(utf8_count(S("re:Invent 후기를 씁니다. 😀")), 20);
    assert_int_equal(utf8_width(S("AWS 후기")), 8);
    assert_int_equal(utf8_width(S("가나다")), 6);
    assert_int_equal(utf8_width(S("漢字カナ")), 8);
    assert_int_equal(utf8_width(S("😀")), 2);
    assert_int_equal(utf8_width(S("e\xCC\x81")), 1);        /* combining acute */
    assert_int_equal(utf8_width(S("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB")), 2);     /* 한, decomposed */
    assert_int_equal(utf8_width(S("ｱ")), 1);
    assert_int_equal(utf8_width(S("\xE2\x80\x8B\n")), 0);
}

static void finds_offsets(void **state)
{
    (void)state;
    str s = S("행사장 분위기가 아주 좋았습니다!");
    assert_int_equal(utf8_offset(s, 0), 0);
    assert_int_equal(utf8_offset(s, 1), 3);
    assert_int_equal(utf8_offset(s, 4), 10);
    for (ptrdiff_t n = 0; n <= utf8_count(s); n++)
        assert_int_equal(utf8_count(str_slice(s, 0, utf8_offset(s, n))), n);
    assert_int_equal(utf8_offset(s, 1000), s.len);
}

static void finds_the_first_invalid_byte(void **state)
{
    (void)state;
    assert_int_equal(utf8_invalid(S("")), -1);
    assert_int_equal(utf8_invalid(S("plain ascii that is long enough for words")), -1);
    assert_int_equal(utf8_invalid(S("한글과 ascii 그리고 😀 섞인 글")), -1);
    assert_int_equal(utf8_invalid(S("0123456789abcde\0f")), 15);
    assert_int_equal(utf8_invalid(S("0123456789abcdef\xFFg")), 16);
    assert_int_equal(utf8_invalid(S("01234567한\xEA\xB0")), 11);
}

/* Long texts are judged in blocks: every bad sequence at every place, before, in and behind them. */
static void finds_bad_bytes_at_every_place(void **state)
{
    (void)state;
    static const str bad[] = {STR_INIT("\0"), STR_INIT("\x80"), STR_INIT("\xC0\x80"), STR_INIT("\xC1\xBF"), STR_INIT("\xE0\x9F\xBF"),
                              STR_INIT("\xED\xA0\x80"), STR_INIT("\xF0\x8F\xBF\xBF"), STR_INIT("\xF4\x90\x80\x80"),
                              STR_INIT("\xF5\x80\x80\x80"), STR_INIT("\xEA\xB0"), STR_INIT("\xF0\x9F\x98"), STR_INIT("\xC3"),
                              STR_INIT("\xFF")};
    static const str parts[] = {STR_INIT("한글"), STR_INIT("a"), STR_INIT("é"), STR_INIT("😀"), STR_INIT("힣\xED\x9F\xBF"),
                                STR_INIT("\xE0\xA0\x80"), STR_INIT("\xF4\x8F\xBF\xBF"), STR_INIT(" b\n")};
    for (int start = 0; start < 8; start++) {
        char text[256];
        ptrdiff_t len = 0;
        for (int i = start; len < 200; i++) {
            str part = parts[i % 8];
            memcpy(text + len, part.p, (size_t)part.len);
            len += part.len;
        }
        for (ptrdiff_t at = 0; at <= len; at++) {
            if (at < len && ((unsigned char)text[at] & 0xC0) == 0x80) continue;
            assert_int_equal(utf8_invalid(str_of(text, at)), -1);
            for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                str joined = str_concat3(&arena, str_of(text, at), bad[i], str_of(text + at, len - at));
                assert_int_equal(utf8_invalid(joined), at);
            }
        }
    }
}

static void composes(void **state)
{
    (void)state;
    assert_text(utf8_nfc(&arena, S("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\xE1\x85\xB3\xE1\x86\xAF")), "한글");
    assert_text(utf8_nfc(&arena, S("e\xCC\x81")), "é");
    assert_text(utf8_nfc(&arena, S("가\xE1\x86\xA8")), "각");
    str composed = S("이미 합쳐진 글 — “따옴표”");
    assert_ptr_equal(utf8_nfc(&arena, composed).p, composed.p);
    str broken = S("\xFF e\xCC\x81");
    assert_ptr_equal(utf8_nfc(&arena, broken).p, broken.p);
}

static void changes_case(void **state)
{
    (void)state;
    assert_text(utf8_lower(&arena, S("AWS Éコ 후기 ＡＢ")), "aws éコ 후기 ａｂ");
    assert_text(utf8_upper(&arena, S("aws é 후기")), "AWS É 후기");
    assert_text(utf8_fold(&arena, S("Straße")), "strasse");
    assert_text(utf8_fold(&arena, S("AWS")), "aws");
    assert_text(utf8_fold(&arena, S("\xE1\x84\x80\xE1\x85\xA1 É")), "가 é");
}

static void tells_kinds_apart(void **state)
{
    (void)state;
    assert_true(rune_is_letter_or_digit(0xD55C));
    assert_true(rune_is_letter_or_digit('7'));
    assert_false(rune_is_letter_or_digit('-'));
    assert_false(rune_is_letter_or_digit(0x1F600));
    assert_true(rune_is_mark(0x301));
    assert_true(rune_is_space(0x3000));
    assert_true(rune_is_space(0xFEFF));
    assert_false(rune_is_space(0x200B));
    assert_true(rune_is_punctuation('+'));
    assert_true(rune_is_punctuation(0x201C));
    assert_true(rune_is_punctuation(0x3002));
    assert_false(rune_is_punctuation(0xD55C));
    assert_true(rune_is_hangul(0x3147));
    assert_false(rune_is_hangul(0x4E00));
}

/* The edges of cjk/specification.md's definition. */
static void knows_cjk(void **state)
{
    (void)state;
    const uint32_t cjk[] = {0x1100, 0x11FF, 0x20A9, 0x3001, 0x300C, 0x303E, 0x3042, 0x30FB, 0x3131, 0x4E00,
                            0x4DC0, 0xAC00, 0xD7A3, 0xFF01, 0xFF61, 0xFFDC, 0x1F200, 0x20000, 0x3FFFD};
    const uint32_t others[] = {'a', 0xB7, 0x2018, 0x2026, 0x203B, 0x303F, 0x3248, 0x231A, 0x2B50, 0x1F004, 0x1F201, 0x1F600};
    for (size_t i = 0; i < sizeof cjk / sizeof *cjk; i++) assert_true(rune_is_cjk(cjk[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) assert_false(rune_is_cjk(others[i]));
}

static void makes_slugs(void **state)
{
    (void)state;
    const char *cases[][2] = {
        {"행사장 분위기!", "행사장-분위기"},
        {"AWS re:Invent 2023", "aws-re-invent-2023"},
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\xE1\x85\xB3\xE1\x86\xAF", "한글"},
        {"  -- a -- b -- ", "a-b"},
        {"if(kakao) 2024", "if-kakao-2024"},
        {"snake_case", "snake_case"},
        {"❤️ 후기 👍🏽", "후기"},
        {"1️⃣일차", "1일차"},
        {"C++ & C#", "c-c"},
        {"Café É", "café-é"},
        {"無料 セミナー", "無料-セミナー"},
        {"zero\xE2\x80\x8Bwidth", "zerowidth"},
        {"!!!", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(utf8_slug(&arena, str_c(cases[i][0])), cases[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_every_length),   cmocka_unit_test(bad_bytes_move_by_one),
        cmocka_unit_test(walks_backwards),        cmocka_unit_test(encodes_what_it_decodes),
        cmocka_unit_test(counts_characters_and_cells), cmocka_unit_test(finds_offsets),
        cmocka_unit_test(finds_the_first_invalid_byte),
        cmocka_unit_test(finds_bad_bytes_at_every_place), cmocka_unit_test(composes),
        cmocka_unit_test(changes_case),           cmocka_unit_test(tells_kinds_apart),
        cmocka_unit_test(knows_cjk),              cmocka_unit_test(makes_slugs),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
