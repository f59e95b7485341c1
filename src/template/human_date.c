/* human_date.c - reading dates as Ruby's Time.parse does: the time of day is
 * found first and taken out, then the first of a row of forms that fits what is
 * left says year, month and day.  What the text leaves open comes from now
 * ("May 18" is this year's), what is smaller than what it says is the first.
 * The common ISO forms are left to base/date.h. */
#include "human_date.h"

enum { MOST_WORDS = 24, MOST_TEXT = 128, ABSENT = -1 };

enum word_kind { WORD_NUMBER, WORD_LETTERS, WORD_MARK };

struct word {
    enum word_kind kind;
    str text;
    bool glued;                 /* nothing stands between it and the word before */
    bool quoted;                /* '24 */
};

struct human {
    struct word words[MOST_WORDS];
    int count;
    int year, month, day, yearday, hour, minute, second;    /* ABSENT: not said */
    bool has_zone;
    int offset;                 /* minutes */
};

static int human_number(str digits)
{
    int64_t number;
    return str_to_int(digits, &number) && number < 1000000 ? (int)number : 999999;
}

/* --- the time of day --- */

static ptrdiff_t human_digits(str text)
{
    ptrdiff_t len = 0;
    while (len < text.len && char_is_digit(text.p[len])) len++;
    return len;
}

static bool human_take_digits(str *text, int *out)
{
    ptrdiff_t len = human_digits(*text);
    if (len) *out = human_number(str_slice(*text, 0, len));
    *text = str_from(*text, len);
    return len > 0;
}

/* ":37", with blanks around the colon. */
static bool human_take_part(str *text, int *out)
{
    str rest = str_trim_left(*text);
    if (!str_starts(rest, S(":"))) return false;
    rest = str_trim_left(str_from(rest, 1));
    if (!human_take_digits(&rest, out)) return false;
    *text = rest;
    return true;
}

static bool human_take_noon(struct human *human, str *text)
{
    str rest = str_trim_left(*text);
    bool letters = rest.len > 1 && (rest.p[0] == 'a' || rest.p[0] == 'p');
    ptrdiff_t len = !letters ? 0 : str_starts(str_from(rest, 1), S(".m.")) ? 4 : rest.p[1] == 'm' ? 2 : 0;
    if (!len || (rest.len > len && char_is_alpha(rest.p[len]))) return false;
    human->hour = human->hour % 12 + (rest.p[0] == 'p' ? 12 : 0);
    *text = str_from(rest, len);
    return true;
}

/* "z", "+09:00", "est": zones without a known offset are local, as in Ruby. */
static void human_take_zone(struct human *human, str *text)
{
    static const struct { const char *name; int hours; } zones[] = {
        {"z", 0}, {"utc", 0}, {"ut", 0}, {"gmt", 0}, {"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5},
        {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"kst", 9}};
    str rest = str_trim_left(*text), digits = rest;
    ptrdiff_t len = 0;
    while (len < rest.len && char_is_alpha(rest.p[len])) len++;
    for (size_t i = 0; i < sizeof zones / sizeof *zones && len; i++)
        if (str_equal(str_slice(rest, 0, len), str_c(zones[i].name))) human->has_zone = true, human->offset = zones[i].hours * 60;
    digits = str_from(rest, len);
    if (digits.len && (digits.p[0] == '+' || digits.p[0] == '-')) {
        str hours = str_from(digits, 1);
        ptrdiff_t many = human_digits(hours);
        str minutes = str_from(hours, many == 4 ? 2 : many + (many == 2 && hours.len > 2 && hours.p[2] == ':'));
        human->has_zone = !len && (many == 2 || many == 4);
        if (human->has_zone) {
            human->offset = human_number(str_slice(hours, 0, 2)) * 60
                            + (human_digits(minutes) >= 2 ? human_number(str_slice(minutes, 0, 2)) : 0);
            if (digits.p[0] == '-') human->offset = -human->offset;
        }
        while (hours.len && (char_is_digit(hours.p[0]) || hours.p[0] == ':')) hours = str_from(hours, 1);
        rest = hours;
    } else {
        rest = digits;
    }
    *text = rest;
}

/* The first "23:37[:05[.1]] [pm] [zone]" or "3pm": *before and *after are what stands around it. */
static void human_clock(struct human *human, str text, str *before, str *after)
{
    *before = text;
    *after = (str){0};
    for (ptrdiff_t at = 0; at < text.len; at++) {
        str rest = str_from(text, at);
        if (!human_digits(rest)) continue;
        human_take_digits(&rest, &human->hour);
        bool clock = human_take_part(&rest, &human->minute);
        if (clock && human_take_part(&rest, &human->second) && rest.len && (rest.p[0] == '.' || rest.p[0] == ','))
            rest = str_from(rest, 1 + human_digits(str_from(rest, 1)));
        if (human_take_noon(human, &rest) || clock) {
            human_take_zone(human, &rest);
            *before = str_slice(text, 0, at);
            *after = rest;
            return;
        }
        human->hour = ABSENT;
        at = text.len - rest.len - 1;
    }
}

/* --- words --- */

static void human_split(struct human *human, str text)
{
    bool glued = false;
    while (text.len && human->count < MOST_WORDS) {
        struct word *word = &human->words[human->count];
        ptrdiff_t len = 0;
        bool quoted = text.p[0] == '\'' && text.len > 1 && char_is_digit(text.p[1]);
        if (char_is_space(text.p[0])) {
            text = str_from(text, 1);
            glued = false;
            continue;
        }
        if (quoted) text = str_from(text, 1);
        *word = (struct word){WORD_MARK, {0}, glued, quoted};
        if (char_is_digit(text.p[0])) {
            word->kind = WORD_NUMBER;
            len = human_digits(text);
        } else if (char_is_alpha(text.p[0]) || (unsigned char)text.p[0] >= 0x80) {
            word->kind = WORD_LETTERS;
            while (len < text.len && (char_is_alpha(text.p[len]) || (unsigned char)text.p[len] >= 0x80)) len++;
        }
        word->text = str_slice(text, 0, len ? len : 1);
        text = str_from(text, word->text.len);
        glued = true;
        human->count++;
    }
}

static const struct word *human_word(const struct human *human, int at)
{
    static const struct word none = {.kind = WORD_MARK};
    return at >= 0 && at < human->count ? &human->words[at] : &none;
}

static bool human_is(const struct human *human, int at, enum word_kind kind)
{
    return at < human->count && human->words[at].kind == kind;
}

static bool human_is_mark(const struct human *human, int at, char c)
{
    return human_is(human, at, WORD_MARK) && human->words[at].text.p[0] == c;
}

/* "may", "september", "sept": 1 to 12, or 0. */
static int human_month(const struct human *human, int at)
{
    static const char *const names[] = {"january", "february", "march", "april", "may", "june", "july",
                                        "august", "september", "october", "november", "december"};
    const struct word *word = human_word(human, at);
    for (int i = 0; i < 12 && word->kind == WORD_LETTERS; i++)
        if (word->text.len >= 3 && str_equal(word->text, str_slice(str_c(names[i]), 0, word->text.len))) return i + 1;
    return 0;
}

/* --- forms --- */

static void human_set_year(struct human *human, const struct word *word)
{
    int year = human_number(word->text);
    human->year = word->text.len > 2 ? year : year + (year >= 69 ? 1900 : 2000);
}

static bool human_is_year(const struct word *word)
{
    return word->kind == WORD_NUMBER && (word->quoted || word->text.len > 2);
}

/* Three parts in an order that the longest or quoted one decides; NULL where there is none. */
static void human_set(struct human *human, const struct word *year, int month, const struct word *day)
{
    if (day && human_is_year(day)) {
        const struct word *swap = year;
        year = day;
        day = swap;
    }
    if (year) human_set_year(human, year);
    human->month = month;
    if (day) human->day = human_number(day->text);
}

/* Behind a word: the letters and marks that stick to it ("18th", "May,"). */
static int human_behind(const struct human *human, int at)
{
    for (at++; at < human->count && human->words[at].glued && human->words[at].kind != WORD_NUMBER
               && !human_is_mark(human, at, '-') && !human_month(human, at);)
        at++;
    return at;
}

/* 18 May 2024, 18th of ... is none. */
static bool human_european(struct human *human, int at)
{
    int month = human_behind(human, at);
    if (!human_is(human, at, WORD_NUMBER) || !human_month(human, month)) return false;
    int year = human_behind(human, month);
    human_set(human, human_is(human, year, WORD_NUMBER) ? human_word(human, year) : NULL, human_month(human, month),
              human_word(human, at));
    return true;
}

/* May 18, 2024 */
static bool human_american(struct human *human, int at)
{
    int day = human_behind(human, at);
    if (!human_month(human, at) || !human_is(human, day, WORD_NUMBER)) return false;
    int year = human_behind(human, day);
    if (human_is_mark(human, year, ',')) year++;
    human_set(human, human_is(human, year, WORD_NUMBER) ? human_word(human, year) : NULL, human_month(human, at),
              human_word(human, day));
    return true;
}

/* 2024-05-18, 18-May-2024, 2024-139 */
static bool human_dashed(struct human *human, int at)
{
    const struct word *first = human_word(human, at), *last = human_word(human, at + 4);
    int month = human_month(human, at + 2);
    if (!human_is(human, at, WORD_NUMBER) || !human_is_mark(human, at + 1, '-')) return false;
    bool number = human_is(human, at + 2, WORD_NUMBER);
    if ((!number && !month) || !human_is_mark(human, at + 3, '-') || last->kind != WORD_NUMBER) {
        if (!number || human_word(human, at + 2)->text.len != 3 || (first->text.len != 4 && first->text.len != 2)) return false;
        human_set_year(human, first);
        human->yearday = human_number(human_word(human, at + 2)->text);
        return true;
    }
    if (month) human_set(human, last, month, first);
    else human_set(human, first, human_number(human_word(human, at + 2)->text), last);
    return true;
}

/* 2024/05/18, 5/18; 2024. 5. 18. */
static bool human_slashed(struct human *human, int at)
{
    const struct word *first = human_word(human, at), *second = human_word(human, at + 2), *third = human_word(human, at + 4);
    bool slash = human_is_mark(human, at + 1, '/'), dot = human_is_mark(human, at + 1, '.');
    if (!human_is(human, at, WORD_NUMBER) || (!slash && !dot) || !human_is(human, at + 2, WORD_NUMBER)) return false;
    bool three = human_is(human, at + 3, WORD_MARK) && (slash || human_is_mark(human, at + 3, '.')) && third->kind == WORD_NUMBER;
    if (dot && !three) return false;
    if (three) human_set(human, first, human_number(second->text), third);
    else human_set(human, NULL, human_number(first->text), second);
    return true;
}

/* "May" alone, "3rd" alone */
static bool human_alone(struct human *human, int at)
{
    static const char *const endings[] = {"st", "nd", "rd", "th"};
    int month = human_month(human, at);
    if (month) human->month = month;
    for (int i = 0; i < 4 && !month && human_is(human, at, WORD_NUMBER); i++)
        if (human_word(human, at + 1)->glued && str_equal(human_word(human, at + 1)->text, str_c(endings[i])))
            human->day = human_number(human_word(human, at)->text);
    return month || human->day != ABSENT;
}

/* 20240518T101500Z; digits alone are seconds, and not read here. */
static bool human_compact(struct human *human, int at)
{
    str digits = human_word(human, at)->text, clock = human_word(human, at + 2)->text;
    if (!human_is(human, at, WORD_NUMBER) || digits.len < 8 || digits.len > 14 || digits.len % 2) return false;
    human_set_year(human, &(struct word){.text = str_slice(digits, 0, 4)});
    human->month = human_number(str_slice(digits, 4, 6));
    human->day = human_number(str_slice(digits, 6, 8));
    bool apart = str_equal(human_word(human, at + 1)->text, S("t")) && human_is(human, at + 2, WORD_NUMBER);
    digits = apart ? clock : str_from(digits, 8);
    int *parts[] = {&human->hour, &human->minute, &human->second};
    for (int i = 0; i < 3 && digits.len >= 2; i++, digits = str_from(digits, 2))
        *parts[i] = human_number(str_slice(digits, 0, 2));
    const struct word *zone = human_word(human, at + (apart ? 3 : 1));
    if (human->hour != ABSENT && zone->text.len) {
        str rest = str_of(zone->text.p, human->words[human->count - 1].text.p + human->words[human->count - 1].text.len - zone->text.p);
        human_take_zone(human, &rest);
    }
    return true;
}

/* --- together --- */

static bool human_forms(struct human *human)
{
    static bool (*const forms[])(struct human *, int) = {human_european, human_american, human_dashed, human_slashed,
                                                         human_alone, human_compact};
    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++)
        for (int at = 0; at < human->count; at++)
            if (forms[form](human, at)) return true;
    return human->hour != ABSENT;
}

/* What is open above the largest part that is said is now's. */
static void human_complete(struct human *human, instant now)
{
    struct civil today = date_civil(now);
    bool month = human->month != ABSENT, day = human->day != ABSENT || human->yearday != ABSENT;
    if (human->year == ABSENT) {
        if (!month) human->month = today.month;
        if (!month && !day) human->day = today.day;
        human->year = today.year;
    }
    if (human->month == ABSENT) human->month = 1;
    if (human->day == ABSENT) human->day = 1;
    if (human->hour == ABSENT) human->hour = 0;
    if (human->minute == ABSENT) human->minute = 0;
    if (human->second == ABSENT) human->second = 0;
}

/* The 30th of February is the 1st of March, and 24:00 the next day, as in Ruby. */
static bool human_instant(const struct human *human, const struct zone *zone, instant *out)
{
    bool whole = human->hour == 24 && !human->minute && !human->second;
    if (human->month < 1 || human->month > 12 || human->day < 1 || human->day > 31 || human->year > 9999) return false;
    if ((human->hour > 23 && !whole) || human->minute > 59 || human->second > 60) return false;
    if (human->yearday == 0 || human->yearday > 366) return false;
    int64_t days = human->yearday != ABSENT ? date_days(human->year, 1, 1) + human->yearday - 1
                                            : date_days(human->year, human->month, 1) + human->day - 1;
    int64_t local = days * 86400 + human->hour * 3600 + human->minute * 60 + human->second;
    int offset = human->has_zone ? human->offset : zone ? zone_offset_local(zone, local) : 0;
    *out = (instant){.seconds = local - (int64_t)offset * 60, .offset = offset};
    return true;
}

static bool human_text(struct arena *arena, str text, const struct zone *zone, instant now, instant *out)
{
    if (date_parse(text, zone, out)) {
        out->date_only = false;
        return true;
    }
    if (text.len > MOST_TEXT) return false;
    struct human human = {.year = ABSENT, .month = ABSENT, .day = ABSENT, .yearday = ABSENT,
                          .hour = ABSENT, .minute = ABSENT, .second = ABSENT};
    str before, after;
    human_clock(&human, str_lower_ascii(arena, text), &before, &after);
    human_split(&human, before);
    human_split(&human, after);
    if (!human_forms(&human)) return false;
    human_complete(&human, now);
    return human_instant(&human, zone, out);
}

static instant human_seconds(int64_t seconds, const struct zone *zone)
{
    instant t = {.seconds = seconds};
    return zone ? date_in_zone(t, zone) : t;
}

bool human_date_is_now(value v)
{
    str text = str_trim(value_text(v));
    return str_equal_ascii_case(text, S("now")) || str_equal_ascii_case(text, S("today"));
}

bool human_date(struct arena *arena, value v, const struct zone *zone, instant now, instant *out)
{
    const int64_t farthest = (int64_t)4e11;     /* beyond year 14,000: no date anybody means */
    int64_t seconds;
    if (v.kind == VALUE_TIME) {
        *out = v.as.time;
        return true;
    }
    if (v.kind == VALUE_INT) {
        if (v.as.integer > farthest || v.as.integer < -farthest) return false;
        *out = human_seconds(v.as.integer, zone);
        return true;
    }
    if (v.kind != VALUE_STR) return false;
    str text = str_trim(v.as.text);
    if (human_date_is_now(v)) {
        *out = now;
        return true;
    }
    if (human_digits(text) == text.len && str_to_int(text, &seconds)) {
        if (seconds > farthest) return false;
        *out = human_seconds(seconds, zone);
        return true;
    }
    return human_text(arena, text, zone, now, out);
}
