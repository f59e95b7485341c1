/* date_format.c - strftime's patterns as Ruby (and so Jekyll's and Liquid's
 * date filter) knows them, with C locale names.
 *
 *     % flags width directive        %-d   %^a   %10d   %:z   %_3H   %3N
 *
 * Flags: '-' no padding, '0' and '_' pad with zeros or blanks, '^' capitals, '#'
 * other case, ':' colons in %z.  What is no directive is copied as it stands.
 * Ruby's E and O modifiers are read and mean nothing; before a letter that they
 * do not go with they make it no directive. */
#include "base/date.h"

#include "base/buf.h"

static const str day_names[] = {
    STR_INIT("Sunday"),   STR_INIT("Monday"), STR_INIT("Tuesday"),  STR_INIT("Wednesday"),
    STR_INIT("Thursday"), STR_INIT("Friday"), STR_INIT("Saturday"),
};
static const str month_names[] = {
    STR_INIT("January"), STR_INIT("February"), STR_INIT("March"),     STR_INIT("April"),
    STR_INIT("May"),     STR_INIT("June"),     STR_INIT("July"),      STR_INIT("August"),
    STR_INIT("September"), STR_INIT("October"), STR_INIT("November"), STR_INIT("December"),
};

enum { WIDEST = 1024 };

struct directive {
    char letter;
    char pad;           /* 0 as the directive has it, '-', '0' or '_' */
    bool upper, swap;   /* '^' and '#' */
    int width;          /* 0 when not given */
    int colons;
};

struct writer {
    struct buf *out;
    instant t;
    struct civil c;
};

/* --- reading a directive ---------------------------------------------- */

/* Reads behind the '%' at *at; false when it is no directive, *at untouched. */
static bool read_directive(str format, ptrdiff_t *at, struct directive *d)
{
    *d = (struct directive){0};
    ptrdiff_t i = *at;
    for (; i < format.len; i++) {
        char c = format.p[i];
        if (c == '-' || c == '0' || c == '_')
            d->pad = c;
        else if (c == '^')
            d->upper = true;
        else if (c == '#')
            d->swap = true;
        else if (c != ':')
            break;
        else
            d->colons++;
    }
    for (; i < format.len && char_is_digit(format.p[i]); i++)
        if (d->width < WIDEST) d->width = d->width * 10 + (format.p[i] - '0');
    if (d->width > WIDEST) d->width = WIDEST;
    for (; i < format.len && format.p[i] == ':'; i++) d->colons++;
    str modified = {0};
    if (i < format.len && format.p[i] == 'E') modified = S("cCxXyY");
    if (i < format.len && format.p[i] == 'O') modified = S("deHkIlmMSuUVwWy");
    if (modified.len) i++;
    if (i >= format.len) return false;
    if (modified.len && str_find_char(modified, format.p[i]) < 0) return false;
    d->letter = format.p[i];
    if (d->colons > 3 || (d->colons > 0 && d->letter != 'z')) return false;
    *at = i + 1;
    return true;
}

/* --- writing ---------------------------------------------------------- */

/* `width` digits, filled with `pad`, unless the directive says otherwise. */
static void write_number(struct writer *w, const struct directive *d, int64_t n, int width, char pad)
{
    char digits[24];
    int len = 0;
    uint64_t rest = n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
    do digits[len++] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (d->width) width = d->width;
    if (d->pad == '-') width = 0;
    if (d->pad == '0' || d->pad == '_') pad = d->pad == '_' ? ' ' : '0';
    int fill = width - len - (n < 0);
    if (pad == ' ') buf_repeat(w->out, ' ', fill);
    if (n < 0) buf_char(w->out, '-');
    if (pad == '0') buf_repeat(w->out, '0', fill);
    while (len > 0) buf_char(w->out, digits[--len]);
}

static char in_case(const struct directive *d, bool swap_lowers, char c)
{
    bool is_lower = c >= 'a' && c <= 'z';
    if (d->swap && swap_lowers) return char_lower(c);
    return (d->upper || d->swap) && is_lower ? (char)(c - 32) : c;
}

/* `swap_lowers`: text in capitals, which '#' turns small. */
static void write_text(struct writer *w, const struct directive *d, str text, bool swap_lowers)
{
    if (d->pad != '-') buf_repeat(w->out, d->pad == '0' ? '0' : ' ', d->width - text.len);
    for (ptrdiff_t i = 0; i < text.len; i++)
        buf_char(w->out, in_case(d, swap_lowers, text.p[i]));
}

static void write_pattern(struct writer *w, const struct directive *d, str pattern)
{
    struct directive whole = *d;
    whole.swap = false;
    if (d->pad == '-') whole.pad = 0;
    write_text(w, &whole, date_format(w->out->arena, w->t, pattern), false);
}

/* +0900, %:z +09:00, %::z +09:00:00, %:::z +09 or +05:30.  A width widens the hours. */
static void write_offset(struct writer *w, const struct directive *d)
{
    static const int rest_of[] = {3, 4, 7, 1};      /* sign and all behind the hours */
    int minutes = w->t.offset < 0 ? -w->t.offset : w->t.offset;
    int hours = minutes / 60, hour_digits = hours > 9 ? 2 : 1;
    int fill = (d->width ? d->width - rest_of[d->colons] : 2) - hour_digits;
    if (d->pad == '_') buf_repeat(w->out, ' ', fill);
    buf_char(w->out, w->t.offset < 0 ? '-' : '+');
    if (d->pad != '_') buf_repeat(w->out, '0', fill);
    buf_int(w->out, hours);
    if (d->colons == 3 && minutes % 60 == 0) return;
    buf_printf(w->out, d->colons ? ":%02d" : "%02d", minutes % 60);
    if (d->colons == 2) buf_add(w->out, S(":00"));
}

/* An instant keeps its offset and not its zone's name: +09:00 is called KST,
 * UTC by its name, others as %:z. */
static void write_zone_name(struct writer *w, const struct directive *d)
{
    str name = w->t.offset == 0 ? S("UTC") : w->t.offset == 540 ? S("KST") : (str){0};
    if (!name.len) name = date_format(w->out->arena, w->t, S("%:z"));
    write_text(w, d, name, true);
}

/* Parts of a second: instants are whole seconds, so all digits are 0. */
static void write_fraction(struct writer *w, const struct directive *d, int digits)
{
    buf_repeat(w->out, '0', d->width ? d->width : digits);
}

/* Week of the year, counted from its first Sunday (first 0) or Monday (1). */
static int week_of_year(const struct civil *c, int first)
{
    return (c->yearday + 6 - (c->weekday + 7 - first) % 7) / 7;
}

/* ISO 8601: a week belongs to the year of its Thursday. */
static struct civil iso_thursday(instant t, const struct civil *c)
{
    t.seconds += (int64_t)(4 - (c->weekday ? c->weekday : 7)) * 86400;
    return date_civil(t);
}

static int hour12(const struct civil *c) { return c->hour % 12 ? c->hour % 12 : 12; }

static int64_t floor_century(int64_t year) { return year / 100 - (year % 100 < 0); }

static bool write_day_part(struct writer *w, const struct directive *d)
{
    const struct civil *c = &w->c;
    switch (d->letter) {
    case 'Y': write_number(w, d, c->year, c->year < 0 ? 5 : 4, '0'); return true;
    case 'C': write_number(w, d, floor_century(c->year), 2, '0'); return true;
    case 'y': write_number(w, d, c->year - floor_century(c->year) * 100, 2, '0'); return true;
    case 'm': write_number(w, d, c->month, 2, '0'); return true;
    case 'd': write_number(w, d, c->day, 2, '0'); return true;
    case 'e': write_number(w, d, c->day, 2, ' '); return true;
    case 'j': write_number(w, d, c->yearday, 3, '0'); return true;
    case 'u': write_number(w, d, c->weekday ? c->weekday : 7, 1, '0'); return true;
    case 'w': write_number(w, d, c->weekday, 1, '0'); return true;
    case 'U': write_number(w, d, week_of_year(c, 0), 2, '0'); return true;
    case 'W': write_number(w, d, week_of_year(c, 1), 2, '0'); return true;
    case 'V': write_number(w, d, (iso_thursday(w->t, c).yearday + 6) / 7, 2, '0'); return true;
    case 'G': write_number(w, d, iso_thursday(w->t, c).year, 4, '0'); return true;
    case 'g': write_number(w, d, iso_thursday(w->t, c).year % 100, 2, '0'); return true;
    case 'A': write_text(w, d, day_names[c->weekday], false); return true;
    case 'a': write_text(w, d, str_slice(day_names[c->weekday], 0, 3), false); return true;
    case 'B': write_text(w, d, month_names[c->month - 1], false); return true;
    case 'b':
    case 'h': write_text(w, d, str_slice(month_names[c->month - 1], 0, 3), false); return true;
    default: return false;
    }
}

static bool write_clock_part(struct writer *w, const struct directive *d)
{
    const struct civil *c = &w->c;
    switch (d->letter) {
    case 'H': write_number(w, d, c->hour, 2, '0'); return true;
    case 'k': write_number(w, d, c->hour, 2, ' '); return true;
    case 'I': write_number(w, d, hour12(c), 2, '0'); return true;
    case 'l': write_number(w, d, hour12(c), 2, ' '); return true;
    case 'M': write_number(w, d, c->minute, 2, '0'); return true;
    case 'S': write_number(w, d, c->second, 2, '0'); return true;
    case 's': write_number(w, d, w->t.seconds, 1, '0'); return true;
    case 'L': write_fraction(w, d, 3); return true;
    case 'N': write_fraction(w, d, 9); return true;
    case 'p': write_text(w, d, c->hour < 12 ? S("AM") : S("PM"), true); return true;
    case 'P': write_text(w, d, c->hour < 12 ? S("am") : S("pm"), false); return true;
    case 'z': write_offset(w, d); return true;
    case 'Z': write_zone_name(w, d); return true;
    default: return false;
    }
}

/* Directives that stand for others. */
static bool write_composite(struct writer *w, const struct directive *d)
{
    static const struct {
        char letter;
        str pattern;
    } composites[] = {
        {'c', STR_INIT("%a %b %e %H:%M:%S %Y")}, {'D', STR_INIT("%m/%d/%y")},
        {'F', STR_INIT("%Y-%m-%d")},             {'r', STR_INIT("%I:%M:%S %p")},
        {'R', STR_INIT("%H:%M")},                {'T', STR_INIT("%H:%M:%S")},
        {'v', STR_INIT("%e-%^b-%Y")},            {'x', STR_INIT("%m/%d/%y")},
        {'X', STR_INIT("%H:%M:%S")},
    };
    for (size_t i = 0; i < sizeof composites / sizeof *composites; i++)
        if (composites[i].letter == d->letter) {
            write_pattern(w, d, composites[i].pattern);
            return true;
        }
    str sign = d->letter == 'n' ? S("\n") : d->letter == 't' ? S("\t") : d->letter == '%' ? S("%") : S("");
    if (sign.len) write_text(w, d, sign, false);
    return sign.len > 0;
}

str date_format(struct arena *arena, instant t, str format)
{
    struct buf out = buf_in(arena);
    struct writer w = {&out, t, date_civil(t)};
    for (ptrdiff_t at = 0; at < format.len;) {
        str rest = str_from(format, at);
        ptrdiff_t percent = str_find_char(rest, '%');
        if (percent < 0) percent = rest.len;
        buf_add(&out, str_slice(rest, 0, percent));
        ptrdiff_t start = at + percent;
        at = start + 1;
        struct directive d;
        if (start >= format.len) break;
        bool known = read_directive(format, &at, &d) &&
                     (write_day_part(&w, &d) || write_clock_part(&w, &d) || write_composite(&w, &d));
        if (!known) buf_add(&out, str_slice(format, start, at));
    }
    return buf_str(&out);
}
