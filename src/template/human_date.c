/* human_date.c - reading dates word by word.  What base/date.h reads (ISO
 * forms) is left to it; here month names say which number is the day. */
#include "human_date.h"

struct human {
    int year, month, day, hour, minute, second;
    bool has_clock;
    str zone;
};

static int human_month(str word)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    static const char *const full[] = {"january", "february", "march", "april", "may", "june", "july",
                                       "august", "september", "october", "november", "december"};
    if (word.len < 3) return 0;
    for (int i = 0; i < 12; i++) {
        if (!str_equal_ascii_case(str_slice(word, 0, 3), str_of(names + (ptrdiff_t)i * 3, 3))) continue;
        return word.len == 3 || str_equal_ascii_case(word, str_slice(str_c(full[i]), 0, word.len)) ? i + 1 : 0;
    }
    return 0;
}

static bool human_weekday(str word)
{
    static const char *const names[] = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
    for (int i = 0; i < 7; i++)
        if (word.len >= 3 && str_equal_ascii_case(word, str_slice(str_c(names[i]), 0, word.len))) return true;
    return false;
}

static int human_digits(str *text)
{
    int number = 0;
    while (text->len && char_is_digit(text->p[0])) {
        if (number < 100000) number = number * 10 + (text->p[0] - '0');
        *text = str_from(*text, 1);
    }
    return number;
}

static bool human_clock(struct human *human, str *text, int hour)
{
    human->hour = hour;
    human->has_clock = true;
    *text = str_from(*text, 1);
    if (!text->len || !char_is_digit(text->p[0])) return false;
    human->minute = human_digits(text);
    if (text->len > 1 && text->p[0] == ':' && char_is_digit(text->p[1])) {
        *text = str_from(*text, 1);
        human->second = human_digits(text);
    }
    if (text->len > 1 && text->p[0] == '.' && char_is_digit(text->p[1])) {
        *text = str_from(*text, 1);
        human_digits(text);
    }
    return true;
}

static bool human_number(struct human *human, str *text)
{
    ptrdiff_t before = text->len;
    int number = human_digits(text);
    ptrdiff_t len = before - text->len;
    if (text->len && text->p[0] == ':') return human_clock(human, text, number);
    for (size_t i = 0; i < 4; i++) {
        static const char *const ordinals[] = {"st", "nd", "rd", "th"};
        if (str_starts(*text, str_c(ordinals[i]))) {
            *text = str_from(*text, 2);
            break;
        }
    }
    if (len <= 2 && !human->day) human->day = number;
    else if ((len == 4 || len <= 2) && !human->year) human->year = len == 4 ? number : number + (number < 69 ? 2000 : 1900);
    else return false;
    return true;
}

static bool human_word(struct human *human, str word)
{
    int month = human_month(word);
    if (month && !human->month) {
        human->month = month;
        return true;
    }
    if (str_equal_ascii_case(word, S("pm")) || str_equal_ascii_case(word, S("am"))) {
        if (human->hour == 12) human->hour = 0;
        if (char_lower(word.p[0]) == 'p') human->hour += 12;
        return human->has_clock;
    }
    if (human_weekday(word) || str_equal_ascii_case(word, S("at"))) return true;
    human->zone = word;
    return human->has_clock;
}

static bool human_scan(struct human *human, str text)
{
    while (text.len) {
        char c = text.p[0];
        if (char_is_digit(c)) {
            if (!human_number(human, &text)) return false;
        } else if (char_is_alpha(c)) {
            ptrdiff_t len = 0;
            while (len < text.len && char_is_alpha(text.p[len])) len++;
            if (!human_word(human, str_slice(text, 0, len))) return false;
            text = str_from(text, len);
        } else if ((c == '+' || c == '-') && human->has_clock) {
            human->zone = text;
            return true;
        } else if (char_is_space(c) || strchr(",.-/", c)) {
            text = str_from(text, 1);
        } else {
            return false;
        }
    }
    return true;
}

static bool human_text(struct arena *arena, str text, const struct zone *zone, instant *out)
{
    struct human human = {0};
    if (date_parse(text, zone, out)) return true;
    if (text.len > 100 || !human_scan(&human, text) || !human.month) return false;
    if (!human.day) human.day = 1;
    if (!human.year || !date_is_valid(human.year, human.month, human.day)) return false;
    if (!human.has_clock)
        return date_parse(str_format(arena, "%04d-%02d-%02d", human.year, human.month, human.day), zone, out);
    return date_parse(str_format(arena, "%04d-%02d-%02d %02d:%02d:%02d %" STR_F, human.year, human.month, human.day,
                                 human.hour, human.minute, human.second, STR_A(human.zone)), zone, out);
}

static instant human_seconds(int64_t seconds, const struct zone *zone)
{
    instant t = {.seconds = seconds};
    return zone ? date_in_zone(t, zone) : t;
}

bool human_date(struct arena *arena, value v, const struct zone *zone, instant now, instant *out)
{
    const int64_t farthest = (int64_t)4e11;     /* beyond year 14,000: no date anybody means */
    if (v.kind == VALUE_TIME) {
        *out = v.as.time;
        return true;
    }
    int64_t seconds;
    if (v.kind == VALUE_INT || v.kind == VALUE_FLOAT) {
        seconds = v.kind == VALUE_INT ? v.as.integer : (int64_t)(v.as.number < 4e11 && v.as.number > -4e11 ? v.as.number : 5e11);
        if (seconds > farthest || seconds < -farthest) return false;
        *out = human_seconds(seconds, zone);
        return true;
    }
    if (v.kind != VALUE_STR) return false;
    str text = str_trim(v.as.text);
    if (str_equal_ascii_case(text, S("now")) || str_equal_ascii_case(text, S("today"))) {
        *out = now;
        return true;
    }
    if (text.len && char_is_digit(text.p[0]) && str_to_int(text, &seconds)) {
        if (seconds > farthest) return false;
        *out = human_seconds(seconds, zone);
        return true;
    }
    return human_text(arena, text, zone, out);
}
