/* str.c - slices: comparing, finding, cutting, numbers, the nearest name. */
#include "base/str.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int str_compare(str a, str b)
{
    ptrdiff_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.p, b.p, (size_t)shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_same_letters(const char *a, const char *b, ptrdiff_t len)
{
    for (ptrdiff_t i = 0; i < len; i++)
        if (char_lower(a[i]) != char_lower(b[i])) return false;
    return true;
}

ptrdiff_t str_find_char(str s, char c)
{
    const char *at = s.len ? memchr(s.p, c, (size_t)s.len) : NULL;
    return at ? at - s.p : -1;
}

ptrdiff_t str_count(str s, char c)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t at; (at = str_find_char(s, c)) >= 0; s = str_from(s, at + 1)) count++;
    return count;
}

ptrdiff_t str_find_last(str s, char c)
{
    for (ptrdiff_t i = s.len; i-- > 0;)
        if (s.p[i] == c) return i;
    return -1;
}

/* For long needles, where comparing at every hit of the first byte may cost
 * length times length (Rabin and Karp: the hash of a window, rolled on). */
static ptrdiff_t find_long(str s, str needle)
{
    enum { BASE = 1000003 };
    uint64_t wanted = 0, hash = 0, top = 1;
    for (ptrdiff_t i = 0; i < needle.len; i++) {
        wanted = wanted * BASE + (unsigned char)needle.p[i];
        hash = hash * BASE + (unsigned char)s.p[i];
        if (i) top *= BASE;
    }
    for (ptrdiff_t at = 0;; at++) {
        if (hash == wanted && memcmp(s.p + at, needle.p, (size_t)needle.len) == 0) return at;
        if (at + needle.len >= s.len) return -1;
        hash = (hash - (unsigned char)s.p[at] * top) * BASE + (unsigned char)s.p[at + needle.len];
    }
}

enum { LANES = 16, STRIDE = 4 * LANES };
typedef unsigned char lanes __attribute__((vector_size(LANES)));

/* Not zero: at one of the places from `at` on, the needle's first byte stands and its last where it would end. */
static bool may_start(const char *at, ptrdiff_t to_last, lanes first, lanes last)
{
    lanes any = {0};
    uint64_t found[2];
    for (int i = 0; i < STRIDE; i += LANES) {
        lanes a, b;
        memcpy(&a, at + i, LANES);
        memcpy(&b, at + i + to_last, LANES);
        any |= (lanes)((a == first) & (b == last));
    }
    memcpy(found, &any, LANES);
    return (found[0] | found[1]) != 0;
}

/* Two bytes are seldom both met by chance, where one often is. */
ptrdiff_t str_find(str s, str needle)
{
    enum { LONG = 64 };
    if (needle.len == 0) return 0;
    if (needle.len > LONG && needle.len <= s.len) return find_long(s, needle);
    if (needle.len == 1) return str_find_char(s, needle.p[0]);
    ptrdiff_t to_last = needle.len - 1, ends = s.len - to_last, at = 0;
    lanes first = (unsigned char)needle.p[0] - (lanes){0}, last = (unsigned char)needle.p[to_last] - (lanes){0};
    while (at < ends) {
        bool whole = ends - at >= STRIDE;
        if (whole && !may_start(s.p + at, to_last, first, last)) {
            at += STRIDE;
            continue;
        }
        ptrdiff_t stop = whole ? at + STRIDE : ends;
        for (const char *hit; at < stop && (hit = memchr(s.p + at, needle.p[0], (size_t)(stop - at))); at = hit - s.p + 1)
            if (memcmp(hit, needle.p, (size_t)needle.len) == 0) return hit - s.p;
        at = stop;
    }
    return -1;
}

bool str_contains(str s, str needle) { return str_find(s, needle) >= 0; }

str str_trim_left(str s)
{
    ptrdiff_t i = 0;
    while (i < s.len && char_is_space(s.p[i])) i++;
    return str_from(s, i);
}

str str_trim_right(str s)
{
    ptrdiff_t n = s.len;
    while (n > 0 && char_is_space(s.p[n - 1])) n--;
    return str_slice(s, 0, n);
}

str str_trim(str s) { return str_trim_left(str_trim_right(s)); }

str str_trim_char(str s, char c)
{
    ptrdiff_t from = 0, to = s.len;
    while (from < to && s.p[from] == c) from++;
    while (to > from && s.p[to - 1] == c) to--;
    return str_slice(s, from, to);
}

bool str_split(str *rest, char separator, str *part)
{
    if (!rest->p) return false;
    ptrdiff_t at = str_find_char(*rest, separator);
    if (at < 0) {
        *part = *rest;
        *rest = (str){0};
    } else {
        *part = str_of(rest->p, at);
        *rest = str_of(rest->p + at + 1, rest->len - at - 1);
    }
    return true;
}

bool str_line(str *rest, str *line)
{
    if (rest->len == 0) return false;
    ptrdiff_t at = str_find_char(*rest, '\n');
    ptrdiff_t end = at < 0 ? rest->len : at;
    *line = str_of(rest->p, end);
    if (end > 0 && line->p[end - 1] == '\r') line->len--;
    *rest = str_of(rest->p + (at < 0 ? end : end + 1), rest->len - (at < 0 ? end : end + 1));
    return true;
}

str str_copy(struct arena *arena, str s)
{
    return s.len ? str_of(arena_copy(arena, s.p, (size_t)s.len), s.len) : (str){"", 0};
}

char *str_z(struct arena *arena, str s)
{
    char *z = arena_alloc(arena, (size_t)s.len + 1);
    if (s.len) memcpy(z, s.p, (size_t)s.len);
    return z;
}

str str_concat3(struct arena *arena, str a, str b, str c)
{
    char *p = arena_alloc(arena, (size_t)a.len + (size_t)b.len + (size_t)c.len);
    if (a.len) memcpy(p, a.p, (size_t)a.len);
    if (b.len) memcpy(p + a.len, b.p, (size_t)b.len);
    if (c.len) memcpy(p + a.len + b.len, c.p, (size_t)c.len);
    return str_of(p, a.len + b.len + c.len);
}

str str_concat(struct arena *arena, str a, str b) { return str_concat3(arena, a, b, (str){0}); }

str str_lower_ascii(struct arena *arena, str s)
{
    char *p = arena_alloc(arena, (size_t)s.len);
    for (ptrdiff_t i = 0; i < s.len; i++) p[i] = char_lower(s.p[i]);
    return str_of(p, s.len);
}

str str_replace(struct arena *arena, str s, str from, str to)
{
    if (from.len == 0 || !str_contains(s, from)) return s;
    ptrdiff_t count = 0;
    for (str rest = s; rest.len;) {
        ptrdiff_t at = str_find(rest, from);
        if (at < 0) break;
        count++;
        rest = str_from(rest, at + from.len);
    }
    ptrdiff_t len = s.len - count * from.len + count * to.len;
    char *p = arena_alloc(arena, (size_t)len), *out = p;
    str rest = s;
    while (count-- > 0) {
        ptrdiff_t at = str_find(rest, from);
        memcpy(out, rest.p, (size_t)at);
        out += at;
        if (to.len) memcpy(out, to.p, (size_t)to.len);
        out += to.len;
        rest = str_from(rest, at + from.len);
    }
    if (rest.len) memcpy(out, rest.p, (size_t)rest.len);
    return str_of(p, len);
}

str str_format(struct arena *arena, const char *format, ...)
{
    char brief[256];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(brief, sizeof brief, format, arguments);
    va_end(arguments);
    char *p = arena_alloc(arena, (size_t)(len < 0 ? 0 : len) + 1);
    if (len < (int)sizeof brief) memcpy(p, brief, (size_t)(len < 0 ? 0 : len));
    else vsnprintf(p, (size_t)len + 1, format, again);
    va_end(again);
    return str_of(p, len < 0 ? 0 : len);
}

bool str_to_int(str s, int64_t *out)
{
    ptrdiff_t i = 0;
    bool negative = s.len > 0 && s.p[0] == '-';
    if (s.len > 0 && (s.p[0] == '-' || s.p[0] == '+')) i = 1;
    if (i == s.len) return false;
    uint64_t n = 0, limit = (uint64_t)INT64_MAX + (negative ? 1u : 0u);
    for (; i < s.len; i++) {
        if (!char_is_digit(s.p[i])) return false;
        uint64_t digit = (uint64_t)(s.p[i] - '0');
        if (n > (limit - digit) / 10) return false;
        n = n * 10 + digit;
    }
    *out = negative ? (int64_t)(0 - n) : (int64_t)n;
    return true;
}

/* strtod reads the C locale's form: hugi never calls setlocale. */
bool str_to_float(str s, double *out)
{
    char z[64];
    if (s.len == 0 || s.len >= (ptrdiff_t)sizeof z) return false;
    for (ptrdiff_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (!char_is_digit(c) && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E') return false;
        z[i] = c;
    }
    z[s.len] = 0;
    char *end;
    double n = strtod(z, &end);
    if (end != z + s.len || !isfinite(n)) return false;
    *out = n;
    return true;
}

/* Damerau-Levenshtein (neighbours may swap), by three rows. */
enum { NEAREST_LONGEST = 64 };

static int edit_distance(str a, str b)
{
    int rows[3][NEAREST_LONGEST + 1];
    for (int j = 0; j <= (int)b.len; j++) rows[1][j] = j;
    for (int i = 1; i <= (int)a.len; i++) {
        int *now = rows[(i + 1) % 3], *last = rows[i % 3], *before = rows[(i + 2) % 3];
        now[0] = i;
        for (int j = 1; j <= (int)b.len; j++) {
            char x = char_lower(a.p[i - 1]), y = char_lower(b.p[j - 1]);
            int best = last[j - 1] + (x != y);
            if (last[j] + 1 < best) best = last[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            if (i > 1 && j > 1 && x == char_lower(b.p[j - 2]) && char_lower(a.p[i - 2]) == y &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return rows[(a.len + 1) % 3][b.len];
}

str str_nearest(str name, const str *candidates, ptrdiff_t count)
{
    str best = {0};
    int nearest = (int)(name.len / 3 > 1 ? name.len / 3 : 1) + 1;
    if (name.len > NEAREST_LONGEST || name.len < 2) return best;     /* any letter is one slip from any other */
    for (ptrdiff_t i = 0; i < count; i++) {
        if (candidates[i].len > NEAREST_LONGEST) continue;
        int distance = edit_distance(name, candidates[i]);
        if (distance < nearest) {
            nearest = distance;
            best = candidates[i];
        }
    }
    return best;
}
