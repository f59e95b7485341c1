/* zone.c - IANA zones from the system's compiled files (RFC 8536, "TZif").
 *
 * A file holds a table of instants at which the offset changed and, as its last
 * line, a rule in POSIX TZ form for all later years ("GMT0BST,M3.5.0/1,M10.5.0").
 * Only the 64 bit part of version 2 and later is read.
 *
 * Written in this order: fixed offsets, the POSIX rule, the file, loading,
 * offsets of an instant and of a wall clock time. */
#include "zone.h"

#include "base/date.h"
#include "base/file.h"

static const char zone_folder[] = "/usr/share/zoneinfo/";

enum { DAY = 86400, HOUR = 3600, FILE_LARGEST = 1 << 18, TYPES_MOST = 256 };

/* One switch of a year: by month, week and weekday, or by day of the year. */
struct switch_rule {
    char form;              /* 'M' month.week.weekday, 'J' day 1..365 without Feb 29, 'n' day 0..365 */
    int month, week, day;
    int seconds;            /* wall clock time of the switch, may be negative or over a day */
};

struct zone {
    int64_t *instants;      /* ascending; offsets[i] holds from instants[i] on */
    int32_t *offsets;       /* seconds east of UTC, as all offsets in here */
    ptrdiff_t count;
    int32_t first_offset;   /* before instants[0] */
    bool has_rule;          /* the rest, for instants after the last */
    bool has_summer;
    int32_t standard, summer;
    struct switch_rule summer_starts, summer_ends;
};

/* --- fixed offsets ---------------------------------------------------- */

static bool take_char(str *text, char c)
{
    if (text->len == 0 || text->p[0] != c) return false;
    *text = str_from(*text, 1);
    return true;
}

/* Up to `most` digits as a number; -1 when there is none. */
static int take_number(str *text, int most)
{
    int n = 0, digits = 0;
    while (digits < most && digits < text->len && char_is_digit(text->p[digits]))
        n = n * 10 + (text->p[digits++] - '0');
    *text = str_from(*text, digits);
    return digits ? n : -1;
}

bool zone_parse_fixed(str text, int *minutes)
{
    static const struct {
        str name;
        int minutes;
    } names[] = {
        {STR_INIT("Z"), 0}, {STR_INIT("UTC"), 0}, {STR_INIT("GMT"), 0}, {STR_INIT("KST"), 9 * 60},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_ascii_case(text, names[i].name)) {
            *minutes = names[i].minutes;
            return true;
        }
    bool is_west = text.len > 0 && text.p[0] == '-';
    if (!is_west && (text.len == 0 || text.p[0] != '+')) return false;
    text = str_from(text, 1);
    bool is_packed = text.len == 4;         /* 0900; any other length has a colon or no minutes */
    int hours = take_number(&text, 2), rest = 0;
    if (hours >= 0 && text.len > 0) {
        if (!take_char(&text, ':') && !is_packed) return false;
        if (text.len != 2) return false;
        rest = take_number(&text, 2);
    }
    if (hours < 0 || hours > 23 || rest < 0 || rest > 59 || text.len > 0) return false;
    *minutes = (is_west ? -1 : 1) * (hours * 60 + rest);
    return true;
}

/* --- the POSIX rule --------------------------------------------------- */

/* "KST", "<+0330>". */
static bool take_name(str *text)
{
    ptrdiff_t n = 0;
    if (take_char(text, '<')) {
        while (n < text->len && text->p[n] != '>') n++;
        *text = str_from(*text, n);
        return take_char(text, '>');
    }
    while (n < text->len && char_is_alpha(text->p[n])) n++;
    *text = str_from(*text, n);
    return n >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool take_time(str *text, int *seconds)
{
    int sign = take_char(text, '-') ? -1 : 1;
    if (sign > 0) take_char(text, '+');
    int hours = take_number(text, 3), minutes = 0, rest = 0;
    if (hours >= 0 && take_char(text, ':')) {
        minutes = take_number(text, 2);
        if (minutes >= 0 && take_char(text, ':')) rest = take_number(text, 2);
    }
    if (hours < 0 || hours > 167 || minutes < 0 || minutes > 59 || rest < 0 || rest > 59) return false;
    *seconds = sign * (hours * HOUR + minutes * 60 + rest);
    return true;
}

static bool in_range(int n, int low, int high) { return n >= low && n <= high; }

/* ",M3.2.0/2", ",J60", ",59" */
static bool take_switch(str *text, struct switch_rule *rule)
{
    *rule = (struct switch_rule){.form = 'n', .seconds = 2 * HOUR};
    if (!take_char(text, ',')) return false;
    if (take_char(text, 'M')) {
        rule->form = 'M';
        rule->month = take_number(text, 2);
        if (!take_char(text, '.')) return false;
        rule->week = take_number(text, 1);
        if (!take_char(text, '.')) return false;
        rule->day = take_number(text, 1);
        if (!in_range(rule->month, 1, 12) || !in_range(rule->week, 1, 5) || !in_range(rule->day, 0, 6))
            return false;
    } else {
        if (take_char(text, 'J')) rule->form = 'J';
        rule->day = take_number(text, 3);
        if (!in_range(rule->day, rule->form == 'J', 365)) return false;
    }
    return !take_char(text, '/') || take_time(text, &rule->seconds);
}

/* POSIX counts offsets west of UTC, hugi counts them east. */
static bool parse_rule(str text, struct zone *zone)
{
    int west;
    if (!take_name(&text) || !take_time(&text, &west)) return false;
    zone->standard = -west;
    zone->has_rule = true;
    if (text.len == 0) return true;
    west -= HOUR;
    if (!take_name(&text)) return false;
    if (text.len > 0 && text.p[0] != ',' && !take_time(&text, &west)) return false;
    zone->summer = -west;
    zone->has_summer = true;
    return take_switch(&text, &zone->summer_starts) && take_switch(&text, &zone->summer_ends) &&
           text.len == 0;
}

/* The wall clock time of a switch in a year, as if it were UTC. */
static int64_t switch_seconds(const struct switch_rule *rule, int year)
{
    int64_t days;
    if (rule->form == 'M') {
        int64_t first = date_days(year, rule->month, 1);
        int weekday = (int)(((first + 4) % 7 + 7) % 7);
        days = first + (rule->day - weekday + 7) % 7 + (rule->week - 1) * 7;
        int64_t next = rule->month == 12 ? date_days(year + 1, 1, 1) : date_days(year, rule->month + 1, 1);
        if (days >= next) days -= 7;        /* week 5 is the last one */
    } else if (rule->form == 'J') {
        days = date_days(year, 1, 1) + rule->day - 1;
        if (rule->day >= 60 && date_is_valid(year, 2, 29)) days++;
    } else {
        days = date_days(year, 1, 1) + rule->day;
    }
    return days * DAY + rule->seconds;
}

static int32_t rule_offset(const struct zone *zone, int64_t seconds)
{
    if (!zone->has_summer) return zone->standard;
    int year = date_civil((instant){seconds, zone->standard / 60, false}).year;
    int64_t starts = switch_seconds(&zone->summer_starts, year) - zone->standard;
    int64_t ends = switch_seconds(&zone->summer_ends, year) - zone->summer;
    bool is_summer = starts < ends ? seconds >= starts && seconds < ends
                                   : seconds >= starts || seconds < ends;
    return is_summer ? zone->summer : zone->standard;
}

/* --- the file --------------------------------------------------------- */

static uint64_t read_big_endian(str file, ptrdiff_t at, int size)
{
    uint64_t n = 0;
    for (int i = 0; i < size; i++) n = (n << 8) | (unsigned char)file.p[at + i];
    return n;
}

enum { HEADER = 44, TYPE_SIZE = 6 };

struct tzif_counts {
    ptrdiff_t is_ut, is_standard, leaps, instants, types, characters;
};

/* False when no header stands there or a count is out of reason. */
static bool read_counts(str file, ptrdiff_t at, struct tzif_counts *counts)
{
    if (file.len - at < HEADER || memcmp(file.p + at, "TZif", 4) != 0) return false;
    ptrdiff_t n[6];
    for (int i = 0; i < 6; i++) {
        uint64_t count = read_big_endian(file, at + 20 + 4 * i, 4);
        if (count > FILE_LARGEST) return false;
        n[i] = (ptrdiff_t)count;
    }
    *counts = (struct tzif_counts){n[0], n[1], n[2], n[3], n[4], n[5]};
    return true;
}

/* The size of a data block whose times have `width` bytes. */
static ptrdiff_t block_size(const struct tzif_counts *counts, int width)
{
    return counts->instants * (width + 1) + counts->types * TYPE_SIZE + counts->characters +
           counts->leaps * (width + 4) + counts->is_standard + counts->is_ut;
}

static bool read_table(struct arena *arena, str file, ptrdiff_t at, const struct tzif_counts *counts,
                       struct zone *zone)
{
    ptrdiff_t kinds = at + counts->instants * 8, types = kinds + counts->instants;
    if (counts->types < 1 || counts->types > TYPES_MOST) return false;
    zone->count = counts->instants;
    zone->instants = ARENA_NEWS(arena, int64_t, zone->count);
    zone->offsets = ARENA_NEWS(arena, int32_t, zone->count);
    zone->first_offset = (int32_t)read_big_endian(file, types, 4);
    for (ptrdiff_t i = 0; i < zone->count; i++) {
        ptrdiff_t kind = (unsigned char)file.p[kinds + i];
        if (kind >= counts->types) return false;
        zone->instants[i] = (int64_t)read_big_endian(file, at + i * 8, 8);
        zone->offsets[i] = (int32_t)read_big_endian(file, types + kind * TYPE_SIZE, 4);
        if (zone->offsets[i] <= -2 * DAY || zone->offsets[i] >= 2 * DAY) return false;
        if (i > 0 && zone->instants[i] <= zone->instants[i - 1]) return false;
    }
    return zone->first_offset > -2 * DAY && zone->first_offset < 2 * DAY;
}

static bool read_file(struct arena *arena, str file, struct zone *zone)
{
    struct tzif_counts counts;
    if (!read_counts(file, 0, &counts) || file.p[4] < '2') return false;
    ptrdiff_t second = HEADER + block_size(&counts, 4);
    if (!read_counts(file, second, &counts)) return false;
    ptrdiff_t data = second + HEADER, footer = data + block_size(&counts, 8);
    if (footer > file.len || !read_table(arena, file, data, &counts, zone)) return false;
    str rest = str_from(file, footer), line;
    if (!take_char(&rest, '\n') || !str_line(&rest, &line)) return false;
    return line.len == 0 || parse_rule(line, zone);
}

/* --- loading ---------------------------------------------------------- */

/* Letters, digits, "_+-" and single '/' between: no dot, so no "..", and no
 * way out of the folder. */
static bool is_safe_name(str name)
{
    if (name.len == 0 || name.len > 64) return false;
    for (ptrdiff_t i = 0; i < name.len; i++) {
        char c = name.p[i];
        bool is_part = char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '+' || c == '-';
        bool is_between = c == '/' && i > 0 && i + 1 < name.len && name.p[i - 1] != '/';
        if (!is_part && !is_between) return false;
    }
    return true;
}

static const struct zone *fixed_zone(struct arena *arena, int minutes)
{
    struct zone *zone = ARENA_NEW(arena, struct zone);
    zone->first_offset = zone->standard = minutes * 60;
    zone->has_rule = true;
    return zone;
}

const struct zone *zone_load(struct arena *arena, str name)
{
    int minutes;
    if (zone_parse_fixed(name, &minutes)) return fixed_zone(arena, minutes);
    if (!is_safe_name(name)) return NULL;
    str path = str_concat(arena, str_c(zone_folder), name), file;
    struct diags unseen = diags_in(arena);
    struct file_stat stat;
    if (file_stat(path, &stat) && stat.is_file && stat.size <= FILE_LARGEST &&
        file_read(arena, path, &file, &unseen)) {
        struct zone *zone = ARENA_NEW(arena, struct zone);
        return read_file(arena, file, zone) ? zone : NULL;
    }
    return str_equal(name, S("Asia/Seoul")) ? fixed_zone(arena, 9 * 60) : NULL;
}

/* --- offsets ---------------------------------------------------------- */

static int32_t offset_seconds(const struct zone *zone, int64_t seconds)
{
    if (zone->count == 0 || seconds < zone->instants[0])
        return zone->count == 0 && zone->has_rule ? rule_offset(zone, seconds) : zone->first_offset;
    if (seconds >= zone->instants[zone->count - 1] && zone->has_rule) return rule_offset(zone, seconds);
    ptrdiff_t low = 0, high = zone->count;      /* instants[low] <= seconds < instants[high] */
    while (high - low > 1) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (zone->instants[middle] <= seconds)
            low = middle;
        else
            high = middle;
    }
    return zone->offsets[low];
}

int zone_offset(const struct zone *zone, int64_t seconds)
{
    return (int)(offset_seconds(zone, seconds) / 60);
}

/* The offsets a day before and after are the two candidates.  In an overlap
 * both fit and the one before is the earlier reading; in a gap none fits, and
 * the one before moves the time ahead, as clocks do. */
int zone_offset_local(const struct zone *zone, int64_t local_seconds)
{
    if (local_seconds < INT64_MIN + 2 * DAY || local_seconds > INT64_MAX - 2 * DAY)
        return zone_offset(zone, local_seconds);
    int before = zone_offset(zone, local_seconds - DAY);
    int after = zone_offset(zone, local_seconds + DAY);
    if (zone_offset(zone, local_seconds - before * 60) == before) return before;
    if (zone_offset(zone, local_seconds - after * 60) == after) return after;
    return before;
}
