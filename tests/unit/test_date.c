/* test_date.c - dates, parsing, zones, strftime. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"

static struct arena arena;

static void assert_text(str got, const char *want)
{
    char *z = str_z(&arena, got);
    assert_string_equal(z, want);
}

/* Parsed with Asia/Seoul as fallback, printed as RFC 3339. */
static void assert_parsed(const char *text, const char *want)
{
    const struct zone *seoul = zone_load(&arena, S("Asia/Seoul"));
    instant t;
    assert_true(date_parse(str_c(text), seoul, &t));
    assert_text(date_rfc3339(&arena, t), want);
}

static instant at(const char *text)
{
    instant t = {0};
    assert_true(date_parse(str_c(text), NULL, &t));
    return t;
}

static void counts_days(void **state)
{
    (void)state;
    assert_int_equal(date_days(1970, 1, 1), 0);
    assert_int_equal(date_days(2000, 3, 1), 11017);
    assert_int_equal(date_days(1969, 12, 31), -1);
    assert_int_equal(date_days(0, 3, 1), -719468);
    /* every day of 800 years, there and back */
    int64_t day = date_days(1600, 1, 1);
    for (; day < date_days(2400, 1, 1); day++) {
        struct civil c = date_civil((instant){day * 86400, 0, true});
        assert_true(date_is_valid(c.year, c.month, c.day));
        assert_int_equal(date_days(c.year, c.month, c.day), day);
        assert_int_equal(c.weekday, ((day + 4) % 7 + 7) % 7);
    }
}

static void refuses_days_that_are_none(void **state)
{
    (void)state;
    assert_true(date_is_valid(2024, 2, 29));
    assert_true(date_is_valid(2000, 2, 29));
    assert_false(date_is_valid(2023, 2, 29));
    assert_false(date_is_valid(1900, 2, 29));
    assert_false(date_is_valid(2024, 2, 30));
    assert_false(date_is_valid(2024, 4, 31));
    assert_false(date_is_valid(2024, 13, 1));
    assert_false(date_is_valid(2024, 0, 1));
    assert_false(date_is_valid(2024, 1, 0));
}

static void sees_the_civil_time(void **state)
{
    (void)state;
    struct civil c = date_civil((instant){1701561600, 540, false});     /* 2023-12-03 09:00 +09:00 */
    assert_int_equal(c.year, 2023);
    assert_int_equal(c.month, 12);
    assert_int_equal(c.day, 3);
    assert_int_equal(c.hour, 9);
    assert_int_equal(c.weekday, 0);
    assert_int_equal(c.yearday, 337);
    c = date_civil((instant){-1, 0, false});
    assert_int_equal(c.year, 1969);
    assert_int_equal(c.second, 59);
    date_civil((instant){INT64_MAX, 840, false});
    date_civil((instant){INT64_MIN, -840, false});
}

static void parses(void **state)
{
    (void)state;
    assert_parsed("2024-05-18", "2024-05-18T00:00:00+09:00");
    assert_parsed("2024-5-8", "2024-05-08T00:00:00+09:00");
    assert_parsed("2024.05.18", "2024-05-18T00:00:00+09:00");
    assert_parsed("2024/05/18", "2024-05-18T00:00:00+09:00");
    assert_parsed("2024-05-18T23:37:00", "2024-05-18T23:37:00+09:00");
    assert_parsed("2024-05-18 23:37", "2024-05-18T23:37:00+09:00");
    assert_parsed("2023-12-3 9:05 +0900", "2023-12-03T09:05:00+09:00");
    assert_parsed("2024-05-18T23:37:00+09:00", "2024-05-18T23:37:00+09:00");
    assert_parsed("2024-05-18T23:37:00-08:00", "2024-05-18T23:37:00-08:00");
    assert_parsed("2018-04-18T10:00:00.284Z", "2018-04-18T10:00:00+00:00");
    assert_parsed("2024-05-18 23:37:00 KST", "2024-05-18T23:37:00+09:00");
    assert_parsed("2024-05-18 23:37:00 UTC", "2024-05-18T23:37:00+00:00");
    assert_parsed("2024-05-18 23:37 +9", "2024-05-18T23:37:00+09:00");
    assert_parsed("2024-05-18 23:37 +5:30", "2024-05-18T23:37:00+05:30");
    assert_parsed("  2024-05-18t23:37:00z ", "2024-05-18T23:37:00+00:00");
    assert_parsed("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00");
    assert_true(at("2024-05-18").date_only);
    assert_false(at("2024-05-18 00:00").date_only);
}

static void refuses(void **state)
{
    (void)state;
    const char *bad[] = {"", "어제", "2024", "2024-05", "24-05-18", "2024-02-30", "2024-13-45", "2024-05/18",
                         "2024-05-18T", "2024-05-18 24:00", "2024-05-18 23:60", "2024-05-18 23", "20240518",
                         "2024-05-18 오후 11:37", "2024-05-18 23:37 EST", "2024-05-18 23:37 +24:00",
                         "2024-05-18 23:37 +09:0", "2024-05-18 23:37:00.", "2024-05-18x", "2024-05-18 23:37 +",
                         "1716043020", "2024-05-18 23:37 +930", "2024-05-180"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        instant t = {7, 7, false};
        assert_false(date_parse(str_c(bad[i]), NULL, &t));
        assert_int_equal(t.seconds, 7);
    }
}

static void reads_zones(void **state)
{
    (void)state;
    const struct zone *seoul = zone_load(&arena, S("Asia/Seoul"));
    const struct zone *vegas = zone_load(&arena, S("America/Los_Angeles"));
    const struct zone *london = zone_load(&arena, S("Europe/London"));
    const struct zone *sydney = zone_load(&arena, S("Australia/Sydney"));
    if (!vegas || !london || !sydney) skip();       /* no zoneinfo here */
    assert_int_equal(zone_offset(seoul, at("2024-05-18 00:00").seconds), 540);
    assert_int_equal(zone_offset(seoul, at("1988-07-01 00:00").seconds), 600);      /* summer time of 1988 */
    assert_int_equal(zone_offset(vegas, at("2023-11-27 00:00").seconds), -480);
    assert_int_equal(zone_offset(vegas, at("2023-07-01 00:00").seconds), -420);
    /* after the table's last entry: the rule at the end of the file */
    assert_int_equal(zone_offset(london, at("2030-01-15 12:00").seconds), 0);
    assert_int_equal(zone_offset(london, at("2030-07-15 12:00").seconds), 60);
    assert_int_equal(zone_offset(london, at("2050-03-27 00:59:59").seconds), 0);
    assert_int_equal(zone_offset(london, at("2050-03-27 01:00").seconds), 60);
    assert_int_equal(zone_offset(london, at("2050-10-30 00:59:59").seconds), 60);
    assert_int_equal(zone_offset(london, at("2050-10-30 01:00").seconds), 0);
    assert_int_equal(zone_offset(sydney, at("2060-01-15 12:00").seconds), 660);     /* summer over the new year */
    assert_int_equal(zone_offset(sydney, at("2060-07-15 12:00").seconds), 600);
    assert_int_equal(zone_offset(london, INT64_MIN), -1);                           /* before 1847: local mean time */
    zone_offset(london, INT64_MAX);
}

static void reads_local_times(void **state)
{
    (void)state;
    const struct zone *vegas = zone_load(&arena, S("America/Los_Angeles"));
    instant t;
    if (!vegas) skip();
    assert_true(date_parse(S("2023-11-30 08:30"), vegas, &t));
    assert_text(date_rfc3339(&arena, t), "2023-11-30T08:30:00-08:00");
    assert_true(date_parse(S("2023-11-05 01:30"), vegas, &t));      /* twice: the earlier */
    assert_text(date_rfc3339(&arena, t), "2023-11-05T01:30:00-07:00");
    assert_true(date_parse(S("2023-03-12 02:30"), vegas, &t));      /* never: an hour ahead */
    assert_text(date_rfc3339(&arena, t), "2023-03-12T03:30:00-07:00");
    instant there = date_in_zone(at("2023-11-30 16:30"), vegas);
    assert_text(date_rfc3339(&arena, there), "2023-11-30T08:30:00-08:00");
}

static void refuses_zone_names(void **state)
{
    (void)state;
    const char *bad[] = {"", "../../etc/passwd", "/etc/passwd", "Asia/../Asia/Seoul", "Asia//Seoul", "Asia/", "Asia",
                         "Nowhere/City", "zone.tab", "Asia/Seoul ", "+9:0:0"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_null(zone_load(&arena, str_c(bad[i])));
    const struct zone *fixed = zone_load(&arena, S("+05:30"));
    assert_non_null(fixed);
    assert_int_equal(zone_offset(fixed, 0), 330);
    assert_int_equal(zone_offset_local(zone_load(&arena, S("UTC")), 0), 0);
    assert_int_equal(zone_offset(zone_load(&arena, S("-0930")), 0), -570);
}

static void formats(void **state)
{
    (void)state;
    const char *cases[][2] = {
        {"%Y-%m-%d %H:%M:%S", "2023-03-02 09:05:07"},
        {"%-m/%-d %e %_d %k|%l|%-I", "3/2  2  2  9| 9|9"},
        {"%a %A %b %B %h %^a %^B %#a", "Thu Thursday Mar March Mar THU MARCH THU"},
        {"%p %P %#p %I", "AM am am 09"},
        {"%j %U %W %V %G %g %u %w", "061 09 09 09 2023 23 4 4"},
        {"%y %C %D %F %T %R %r", "23 20 03/02/23 2023-03-02 09:05:07 09:05 09:05:07 AM"},
        {"%c|%x|%X|%v", "Thu Mar  2 09:05:07 2023|03/02/23|09:05:07| 2-MAR-2023"},
        {"%z %:z %::z %Z", "+0900 +09:00 +09:00:00 KST"},
        {"%10z %_z %-z %_10z", "+000000900  +900 +0900       +900"},
        {"%s %L %N %3N %6N", "1677715507 000 000000000 000 000000"},
        {"%10d|%_5d|%05e|%-5d|%8a|%08a", "0000000002|    2|00002|2|     Thu|00000Thu"},
        {"%n%t%%", "\n\t%"},
        {"%%%b %d", "%Mar 02"},
        {"%Ey %Od %10%", "23 02          %"},
        {"100% %Q %! %", "100% %Q %! %"},
        {"%Y년 %m월 %d일", "2023년 03월 02일"},
        {"%", "%"},
        {"%년", "%년"},
        {"", ""},
    };
    instant t = at("2023-03-02 09:05:07 +0900");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(date_format(&arena, t, str_c(cases[i][0])), cases[i][1]);
    assert_text(date_format(&arena, at("2024-12-30 00:00"), S("%G-W%V %U")), "2025-W01 52");
    assert_text(date_format(&arena, at("2021-01-03 13:00"), S("%G-W%V %I%p %Z")), "2020-W53 01PM UTC");
    assert_text(date_format(&arena, at("2021-01-03 00:30 -03:30"), S("%I %z %Z")), "12 -0330 -03:30");
    assert_true(date_format(&arena, t, S("%99999999999999d")).len == 1024);
}

static void prints(void **state)
{
    (void)state;
    instant t = at("2023-12-03 09:00 +0900");
    assert_text(date_rfc3339(&arena, t), "2023-12-03T09:00:00+09:00");
    assert_text(date_rfc822(&arena, t), "Sun, 03 Dec 2023 09:00:00 +0900");
    assert_text(date_long(&arena, t, S("ko"), false), "2023년 12월 3일");
    assert_text(date_long(&arena, t, S("ko-KR"), true), "2023년 12월 3일 (일)");
    assert_text(date_long(&arena, t, S("en"), false), "3 December 2023");
    assert_text(date_long(&arena, t, S("en"), true), "Sunday, 3 December 2023");
}

static void prints_ranges(void **state)
{
    (void)state;
    instant nov = at("2023-11-27"), dec = at("2023-12-01"), third = at("2023-12-03"), next = at("2024-01-02");
    assert_text(date_range(&arena, nov, dec, S("ko")), "2023년 11월 27일–12월 1일");
    assert_text(date_range(&arena, dec, third, S("ko")), "2023년 12월 1일–3일");
    assert_text(date_range(&arena, dec, next, S("ko")), "2023년 12월 1일–2024년 1월 2일");
    assert_text(date_range(&arena, dec, dec, S("ko")), "2023년 12월 1일");
    assert_text(date_range(&arena, nov, dec, S("en")), "27 November – 1 December 2023");
    assert_text(date_range(&arena, dec, third, S("en")), "1–3 December 2023");
    assert_text(date_range(&arena, dec, next, S("en")), "1 December 2023 – 2 January 2024");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_days),       cmocka_unit_test(refuses_days_that_are_none),
        cmocka_unit_test(sees_the_civil_time), cmocka_unit_test(parses),
        cmocka_unit_test(refuses),           cmocka_unit_test(reads_zones),
        cmocka_unit_test(reads_local_times), cmocka_unit_test(refuses_zone_names),
        cmocka_unit_test(formats),           cmocka_unit_test(prints),
        cmocka_unit_test(prints_ranges),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
