/* date.c - days and dates, reading them, and the forms that need no pattern.
 *
 * Days are counted from 1 March of a 400-year era: a leap day is then the last
 * day of its year, and months follow one straight line.  date_format.c has the
 * strftime patterns, zone.c the zones.
 *
 * Written in this order: days and dates, parsing, printing. */
#include "base/date.h"

#include "base/buf.h"
#include "zone.h"

enum { DAY = 86400, ERA_YEARS = 400, ERA_DAYS = 146097, EPOCH_SHIFT = 719468 };

/* Quotient rounded down, for a positive divisor. */
static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* --- days and dates --------------------------------------------------- */

int64_t date_days(int year, int month, int day)
{
    int64_t from_march = (month + 9) % 12;              /* March is 0 */
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = floor_div(y, ERA_YEARS), of_era = y - era * ERA_YEARS;
    int64_t of_year = (153 * from_march + 2) / 5 + day - 1;
    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH_SHIFT;
}

static bool is_leap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

bool date_is_valid(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) return false;
    return day <= lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Years that fit an int; instants beyond are held at the edge. */
static int64_t clamp_seconds(int64_t seconds)
{
    const int64_t most = INT64_C(60000000000000000);
    return seconds > most ? most : seconds < -most ? -most : seconds;
}

struct civil date_civil(instant t)
{
    int64_t local = clamp_seconds(t.seconds) + (int64_t)t.offset * 60;
    int64_t days = floor_div(local, DAY), rest = local - days * DAY;
    int64_t shifted = days + EPOCH_SHIFT, era = floor_div(shifted, ERA_DAYS);
    int64_t of_era = shifted - era * ERA_DAYS;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t from_march = (5 * of_year + 2) / 153;
    struct civil c = {.month = (int)(from_march < 10 ? from_march + 3 : from_march - 9)};
    c.year = (int)(year + era * ERA_YEARS + (c.month <= 2));
    c.day = (int)(of_year - (153 * from_march + 2) / 5 + 1);
    c.hour = (int)(rest / 3600);
    c.minute = (int)(rest / 60 % 60);
    c.second = (int)(rest % 60);
    c.weekday = (int)((days + 4) - floor_div(days + 4, 7) * 7);     /* 1970-01-01 was a Thursday */
    c.yearday = (int)(days - date_days(c.year, 1, 1) + 1);
    return c;
}

instant date_in_zone(instant t, const struct zone *zone)
{
    t.offset = zone_offset(zone, t.seconds);
    return t;
}

/* --- parsing ---------------------------------------------------------- */

/* `least` to `most` digits. */
static bool take_digits(str *text, int least, int most, int *out)
{
    int n = 0, digits = 0;
    while (digits < most && digits < text->len && char_is_digit(text->p[digits]))
        n = n * 10 + (text->p[digits++] - '0');
    if (digits < least) return false;
    *text = str_from(*text, digits);
    *out = n;
    return true;
}

static bool take_char(str *text, char c)
{
    if (text->len == 0 || text->p[0] != c) return false;
    *text = str_from(*text, 1);
    return true;
}

/* 2023-12-3, 2023/12/03, 2023.12.03: the two separators are the same. */
static bool take_date(str *text, struct civil *c)
{
    if (!take_digits(text, 4, 4, &c->year) || text->len == 0) return false;
    char separator = text->p[0];
    if (separator != '-' && separator != '/' && separator != '.') return false;
    return take_char(text, separator) && take_digits(text, 1, 2, &c->month) &&
           take_char(text, separator) && take_digits(text, 1, 2, &c->day) &&
           date_is_valid(c->year, c->month, c->day);
}

/* 9:05, 09:05:00, 09:05:00.284; a leap second counts as the next one. */
static bool take_clock(str *text, struct civil *c)
{
    if (!take_digits(text, 1, 2, &c->hour) || !take_char(text, ':') ||
        !take_digits(text, 1, 2, &c->minute))
        return false;
    if (take_char(text, ':')) {
        if (!take_digits(text, 1, 2, &c->second)) return false;
        if (take_char(text, '.')) {
            if (text->len == 0 || !char_is_digit(text->p[0])) return false;
            while (text->len > 0 && char_is_digit(text->p[0])) *text = str_from(*text, 1);
        }
    }
    return c->hour <= 23 && c->minute <= 59 && c->second <= 60;
}

static int64_t civil_seconds(const struct civil *c)
{
    return date_days(c->year, c->month, c->day) * DAY + c->hour * 3600 + c->minute * 60 + c->second;
}

/* A time that a zone skips moves ahead, and its offset with it. */
static instant local_instant(const struct civil *c, const struct zone *zone, bool date_only)
{
    int64_t local = civil_seconds(c);
    if (!zone) return (instant){local, 0, date_only};
    int64_t seconds = local - (int64_t)zone_offset_local(zone, local) * 60;
    return (instant){seconds, zone_offset(zone, seconds), date_only};
}

bool date_parse(str text, const struct zone *fallback, instant *out)
{
    struct civil c = {0};
    text = str_trim(text);
    if (!take_date(&text, &c)) return false;
    bool has_clock = text.len > 0;
    if (has_clock) {
        bool is_joined = take_char(&text, 'T') || take_char(&text, 't');
        if (!is_joined && !char_is_space(text.p[0])) return false;
        if (!is_joined) text = str_trim_left(text);
        if (!take_clock(&text, &c)) return false;
    }
    text = str_trim_left(text);
    int minutes;
    if (text.len == 0)
        *out = local_instant(&c, fallback, !has_clock);
    else if (zone_parse_fixed(text, &minutes))
        *out = (instant){civil_seconds(&c) - minutes * 60, minutes, false};
    else
        return false;
    return true;
}

/* --- printing --------------------------------------------------------- */

static char *put_two(char *at, int number, char behind)
{
    at[0] = (char)('0' + number / 10);
    at[1] = (char)('0' + number % 10);
    at[2] = behind;
    return at + 3;
}

/* Sitemaps and feeds have thousands: those of four digits' years are written in one go. */
str date_rfc3339(struct arena *arena, instant t)
{
    struct civil c = date_civil(t);
    int east = t.offset < 0 ? -t.offset : t.offset;
    if (c.year < 0 || c.year > 9999 || east >= 100 * 60) return date_format(arena, t, S("%Y-%m-%dT%H:%M:%S%:z"));
    char *text = arena_room(arena, sizeof "2023-12-03T09:00:00+09:00"), *at = text;
    put_two(at, c.year / 100, 0);
    at = put_two(at + 2, c.year % 100, '-');
    at = put_two(put_two(at, c.month, '-'), c.day, 'T');
    at = put_two(put_two(put_two(at, c.hour, ':'), c.minute, ':'), c.second, t.offset < 0 ? '-' : '+');
    at = put_two(put_two(at, east / 60, ':'), east % 60, 0);
    return str_of(text, at - 1 - text);
}

str date_rfc822(struct arena *arena, instant t)
{
    return date_format(arena, t, S("%a, %d %b %Y %H:%M:%S %z"));
}

static bool is_korean(str language)
{
    return str_equal(language, S("ko")) || str_starts(language, S("ko-"));
}

static const char *const korean_weekdays[] = {"일", "월", "화", "수", "목", "금", "토"};

str date_long(struct arena *arena, instant t, str language, bool weekday)
{
    if (!is_korean(language))
        return date_format(arena, t, weekday ? S("%A, %-d %B %Y") : S("%-d %B %Y"));
    str day = date_format(arena, t, S("%Y년 %-m월 %-d일"));
    if (!weekday) return day;
    return str_format(arena, "%" STR_F " (%s)", STR_A(day), korean_weekdays[date_civil(t).weekday]);
}

/* Korean names what differs from the year on down, English from the day on up. */
str date_range(struct arena *arena, instant from, instant to, str language)
{
    struct civil a = date_civil(from), b = date_civil(to);
    bool same_year = a.year == b.year, same_month = same_year && a.month == b.month;
    if (same_month && a.day == b.day) return date_long(arena, from, language, false);
    if (is_korean(language))
        return str_concat3(arena, date_long(arena, from, language, false), S("–"),
                           date_format(arena, to, same_month  ? S("%-d일")
                                                  : same_year ? S("%-m월 %-d일")
                                                              : S("%Y년 %-m월 %-d일")));
    return str_concat3(arena,
                       date_format(arena, from, same_month  ? S("%-d")
                                                : same_year ? S("%-d %B")
                                                            : S("%-d %B %Y")),
                       same_month ? S("–") : S(" – "), date_long(arena, to, language, false));
}
