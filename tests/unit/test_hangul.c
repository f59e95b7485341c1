/* test_hangul.c - particles, counts, reading time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/hangul.h"

static struct arena arena;

/* "word + particle", as a reader would write it. */
static void assert_joined(const char *word, const char *pair, const char *want)
{
    str particle = hangul_josa(str_c(word), str_c(pair));
    char *joined = str_z(&arena, str_concat(&arena, str_c(word), particle));
    assert_string_equal(joined, want);
}

static void follows_hangul(void **state)
{
    (void)state;
    assert_joined("행사", "은/는", "행사는");
    assert_joined("세션", "은/는", "세션은");
    assert_joined("키노트", "이/가", "키노트가");
    assert_joined("부스", "을/를", "부스를");
    assert_joined("현장", "을/를", "현장을");
    assert_joined("발표", "와/과", "발표와");
    assert_joined("질문", "와/과", "질문과");
    assert_joined("서울", "으로/로", "서울로");
    assert_joined("부산", "으로/로", "부산으로");
    assert_joined("제주", "으로/로", "제주로");
    assert_joined("서울", "은/는", "서울은");
    assert_joined("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "은/는", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB은");
}

static void takes_either_half(void **state)
{
    (void)state;
    assert_joined("세션", "는", "세션은");
    assert_joined("행사", "은", "행사는");
    assert_joined("행사", "는/은", "행사는");
    assert_joined("행사", "과", "행사와");
    assert_joined("행사", "과/와", "행사와");
    assert_joined("행사", "에서", "행사에서");
    assert_joined("행사", "", "행사");
    assert_joined("", "은/는", "는");
}

static void follows_digits(void **state)
{
    (void)state;
    assert_joined("2023", "은/는", "2023은");       /* 삼 */
    assert_joined("2024", "은/는", "2024는");       /* 사 */
    assert_joined("2020", "이/가", "2020이");       /* 십 */
    assert_joined("1", "으로/로", "1로");           /* 일 */
    assert_joined("3", "으로/로", "3으로");
    assert_joined("6", "으로/로", "6으로");
    assert_joined("0", "을/를", "0을");             /* 영 */
    assert_joined("100", "을/를", "100을");
    assert_joined("1,000", "을/를", "1,000을");
    assert_joined("10000", "을/를", "10000을");
    assert_joined("1000000000000", "을/를", "1000000000000를");     /* 조 */
    assert_joined("1,000,000,000,000", "을/를", "1,000,000,000,000를");
    assert_joined("10000000000000000", "을/를", "10000000000000000을");     /* 경 */
    assert_joined("EC2", "을/를", "EC2를");
    assert_joined("1.0", "을/를", "1.0을");
}

static void follows_latin_letters(void **state)
{
    (void)state;
    assert_joined("AWS", "은/는", "AWS는");
    assert_joined("LLM", "은/는", "LLM은");
    assert_joined("CDN", "이/가", "CDN이");
    assert_joined("URL", "을/를", "URL을");
    assert_joined("URL", "으로/로", "URL로");
    assert_joined("QR", "으로/로", "QR로");
    assert_joined("ChatGPT", "은/는", "ChatGPT는");
    assert_joined("MySQL", "으로/로", "MySQL로");
    assert_joined("VMs", "은/는", "VMs는");
    assert_joined("NAVER", "은/는", "NAVER는");
}

static void guesses_words_by_spelling(void **state)
{
    (void)state;
    const char *closed[] = {"Amazon", "Python", "KubeCon", "Spring", "Slack", "Summit", "Web", "App", "Chrome",
                            "Phone", "Facebook", "GitLab", "Terraform", "Bot", "Layout", "Elastic", "Workshop", "LINE"};
    const char *rieul[] = {"Google", "Pixel", "Oracle", "Console", "tool"};
    const char *open[] = {"Redis", "GitHub", "Docker", "Cloud", "Kafka", "Network", "Spark", "React", "Blog",
                          "re:Invent", "Snowflake", "Kubernetes", "Lambda", "Linux", "Keynote", "Meet"};
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        assert_int_equal(hangul_final(str_c(closed[i])), HANGUL_FINAL_OTHER);
    for (size_t i = 0; i < sizeof rieul / sizeof *rieul; i++)
        assert_int_equal(hangul_final(str_c(rieul[i])), HANGUL_FINAL_RIEUL);
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        assert_int_equal(hangul_final(str_c(open[i])), HANGUL_FINAL_NONE);
}

static void skips_what_is_not_read(void **state)
{
    (void)state;
    assert_joined("“세션”", "은/는", "“세션”은");
    assert_joined("「행사」", "은/는", "「행사」는");
    assert_joined("케이콘(KCON)", "은/는", "케이콘(KCON)은");
    assert_joined("쿠버네티스（k8s）", "은/는", "쿠버네티스（k8s）는");
    assert_joined("(주)", "은/는", "(주)는");
    assert_joined("if(kakao)", "은/는", "if(kakao)는");
    assert_joined("정말!", "이/가", "정말!이");
    assert_joined("100%", "은/는", "100%는");
    assert_joined("C++", "은/는", "C++는");
    assert_joined("C#", "은/는", "C#은");
    assert_joined("최고 👍", "은/는", "최고 👍는");
    assert_joined("))))", "은/는", "))))는");
}

static void counts(void **state)
{
    (void)state;
    struct text_counts c = hangul_count(S("AWS re:Invent 2023 후기, it's great! ㅋㅋ"));
    assert_int_equal(c.syllables, 2);
    assert_int_equal(c.words, 7);           /* AWS re Invent 2023 it's great ㅋㅋ */
    assert_int_equal(c.characters, 31);
    c = hangul_count(S("API를 호출"));
    assert_int_equal(c.syllables, 3);
    assert_int_equal(c.words, 1);
    c = hangul_count(S("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"));
    assert_int_equal(c.syllables, 1);
    assert_int_equal(c.words, 0);
}

/* Long texts are counted in blocks, which may be no other count than that of their words one by one. */
static void counts_long_texts(void **state)
{
    (void)state;
    static const str words[] = {STR_INIT("한글"), STR_INIT("it's"), STR_INIT("rock'"), STR_INIT("ab12"), STR_INIT("힣A가"), STR_INIT("API를"),
                                STR_INIT("\xE2\x80\x99s"), STR_INIT("é"), STR_INIT("漢字"), STR_INIT("ㅋㅋ"), STR_INIT("😀"), STR_INIT("1,000"),
                                STR_INIT("\xEA\xAF\xBF"), STR_INIT("\xED\x9E\xB0"), STR_INIT("\xE1\x84\x92\xE1\x85\xA1"), STR_INIT("갔다.\t"),
                                STR_INIT("\xE3\x80\x80")};
    uint32_t random = 1;
    for (int round = 0; round < 300; round++) {
        struct text_counts sum = {0}, got;
        struct buf text = buf_in(&arena);
        int kinds = round % 3 ? 17 : 6;     /* the first few leave whole blocks plain */
        while (text.len < 300) {
            str word = words[(random >> 16) % (unsigned)kinds];
            random = random * 1103515245 + 12345;
            struct text_counts one = hangul_count(word);
            sum = (struct text_counts){sum.syllables + one.syllables, sum.words + one.words, sum.characters + one.characters};
            buf_add(&text, word);
            buf_char(&text, ' ');
        }
        got = hangul_count(buf_str(&text));
        assert_int_equal(got.syllables, sum.syllables);
        assert_int_equal(got.words, sum.words);
        assert_int_equal(got.characters, sum.characters);
    }
}

static void measures_reading_time(void **state)
{
    (void)state;
    struct text_counts none = {0};
    assert_int_equal(hangul_reading_minutes(none, none, 0), 1);
    assert_int_equal(hangul_reading_minutes((struct text_counts){.syllables = 5000}, none, 0), 10);
    assert_int_equal(hangul_reading_minutes((struct text_counts){.words = 2380}, none, 0), 10);
    assert_int_equal(hangul_reading_minutes((struct text_counts){.syllables = 2500, .words = 1190}, none, 0), 10);
    /* code at half speed: 476 words take 4 minutes */
    assert_int_equal(hangul_reading_minutes((struct text_counts){.syllables = 500}, (struct text_counts){.words = 476}, 0), 5);
    /* ten photos are half a minute; more than twelve count as twelve */
    assert_int_equal(hangul_reading_minutes((struct text_counts){.syllables = 1000}, none, 9), 2);
    assert_int_equal(hangul_reading_minutes((struct text_counts){.syllables = 1000}, none, 10), 3);
    assert_int_equal(hangul_reading_minutes((struct text_counts){.syllables = 1000}, none, 1000), 3);
    struct text_counts huge = {INT64_MAX, INT64_MAX, INT64_MAX};
    assert_true(hangul_reading_minutes(huge, huge, INT64_MAX) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_hangul),         cmocka_unit_test(takes_either_half),
        cmocka_unit_test(follows_digits),         cmocka_unit_test(follows_latin_letters),
        cmocka_unit_test(guesses_words_by_spelling), cmocka_unit_test(skips_what_is_not_read),
        cmocka_unit_test(counts), cmocka_unit_test(counts_long_texts),
        cmocka_unit_test(measures_reading_time),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
