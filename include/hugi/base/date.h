/* date.h - dates and time zones without the C library's clock or locale.
 *
 * Zones are IANA names read from the system's zoneinfo (RFC 8536) or fixed
 * offsets ("+09:00", "Z").  A zone is loaded once and then const, so that all
 * threads may share it. */
#ifndef HUGI_BASE_DATE_H
#define HUGI_BASE_DATE_H

#include "base/value.h"

struct zone;

struct civil {
    int year, month, day;           /* proleptic Gregorian, month and day from 1 */
    int hour, minute, second;
    int weekday;                    /* 0 Sunday .. 6 Saturday */
    int yearday;                    /* 1 .. 366 */
};

/* NULL when the name is unknown.  Without zoneinfo, Asia/Seoul and UTC still work. */
const struct zone *zone_load(struct arena *arena, str name);
/* Minutes east of UTC at an instant; and of a local (wall clock) time, the
 * earlier of two readings in an overlap. */
int zone_offset(const struct zone *zone, int64_t seconds);
int zone_offset_local(const struct zone *zone, int64_t local_seconds);

int64_t date_days(int year, int month, int day);    /* days since 1970-01-01 */
bool date_is_valid(int year, int month, int day);
struct civil date_civil(instant t);                 /* as seen at t.offset */
instant date_in_zone(instant t, const struct zone *zone);   /* the same instant, shown there */

/* What front matter may say: YYYY-MM-DD[(T| )HH:MM[:SS[.f]] [zone]], one-digit
 * parts, '.' or '/' between date parts, zone Z, +09:00, +0900, +9 or KST/UTC/GMT. */
bool date_parse(str text, const struct zone *fallback, instant *out);

/* As RFC 3339 ("2023-12-03T09:00:00+09:00"), RFC 822, and strftime's
 * directives (C locale names; also %-d, %_d, %^a, %e, %s, %z, %:z, %Z, %L, %N).
 * Unknown directives stay as they are.  %Z: UTC, KST for +09:00, others as %:z;
 * parts of a second are 0. */
str date_rfc3339(struct arena *arena, instant t);
str date_rfc822(struct arena *arena, instant t);
str date_format(struct arena *arena, instant t, str format);

/* "2023년 12월 3일"; with weekday "2023년 12월 3일 (일)".  A range names what
 * repeats once: "2023년 11월 27일–12월 1일".  English: "3 December 2023",
 * "27 November – 1 December 2023". */
str date_long(struct arena *arena, instant t, str language, bool weekday);
str date_range(struct arena *arena, instant from, instant to, str language);

#endif
