/* str.h - text as slices: `str` borrows bytes.
 *
 * A str is a pointer and a length in bytes.  It is UTF-8 by convention, may
 * hold any byte, is not NUL-terminated and owns nothing: who made the bytes
 * keeps them alive.  Three measures, three words: bytes are `len`, characters
 * utf8_count(), terminal cells utf8_width() (utf8.h).
 *
 * Threads: all functions are pure; those that make text take the arena.
 * Errors:  none. */
#ifndef HUGI_BASE_STR_H
#define HUGI_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

typedef struct {
    const char *p;
    ptrdiff_t len;
} str;

/* A literal: S("abc").  STR_INIT is the same for static tables. */
#define S(literal) ((str){(literal), (ptrdiff_t)sizeof(literal) - 1})
#define STR_INIT(literal) {(literal), (ptrdiff_t)sizeof(literal) - 1}

/* For printf: printf("%" STR_F, STR_A(s)). */
#define STR_F ".*s"
#define STR_A(s) (int)(s).len, (s).p ? (s).p : ""

static inline str str_of(const char *p, ptrdiff_t len) { return (str){p, len}; }
static inline str str_c(const char *z) { return (str){z, z ? (ptrdiff_t)strlen(z) : 0}; }
static inline bool str_empty(str s) { return s.len == 0; }

static inline bool str_equal(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, (size_t)a.len) == 0);
}

bool str_same_letters(const char *a, const char *b, ptrdiff_t len);
/* A-Z equal a-z, other bytes exact. */
static inline bool str_equal_ascii_case(str a, str b) { return a.len == b.len && str_same_letters(a.p, b.p, a.len); }

/* <0, 0 or >0, by bytes: the order of every sorted list whose rule is "by path". */
int str_compare(str a, str b);

static inline bool str_starts(str s, str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.p, prefix.p, (size_t)prefix.len) == 0);
}

static inline bool str_ends(str s, str suffix)
{
    return s.len >= suffix.len && (suffix.len == 0 || memcmp(s.p + s.len - suffix.len, suffix.p, (size_t)suffix.len) == 0);
}

ptrdiff_t str_find(str s, str needle);      /* byte offset, or -1 */
ptrdiff_t str_find_char(str s, char c);     /* byte offset, or -1 */
ptrdiff_t str_find_last(str s, char c);     /* byte offset, or -1 */
bool str_contains(str s, str needle);
ptrdiff_t str_count(str s, char c);         /* how many there are */

/* Slices.  Offsets outside are clamped, never an error. */
static inline str str_slice(str s, ptrdiff_t from, ptrdiff_t to)
{
    if (from < 0) from = 0;
    if (to > s.len) to = s.len;
    return from < to ? str_of(s.p + from, to - from) : (str){0};
}

static inline str str_from(str s, ptrdiff_t from) { return str_slice(s, from, s.len); }
str str_trim(str s);        /* ASCII white space off both ends */
str str_trim_left(str s);
str str_trim_right(str s);
str str_trim_char(str s, char c);  /* all `c` off both ends */

/* Takes the next part up to (not including) `separator` off *rest.  Returns
 * false when *rest is used up; "a,,b" gives "a", "", "b".
 *     for (str rest = list, part; str_split(&rest, ',', &part);) ...  */
bool str_split(str *rest, char separator, str *part);

/* Next line without its "\n" or "\r\n"; false at the end. */
bool str_line(str *rest, str *line);

/* New text in the arena. */
str str_copy(struct arena *arena, str s);
char *str_z(struct arena *arena, str s);    /* NUL-terminated copy, for C APIs */
str str_concat(struct arena *arena, str a, str b);
str str_concat3(struct arena *arena, str a, str b, str c);
str str_lower_ascii(struct arena *arena, str s);
str str_replace(struct arena *arena, str s, str from, str to);  /* every occurrence */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
str str_format(struct arena *arena, const char *format, ...);

/* Numbers.  The whole of `s` must be one, else false and *out is untouched. */
bool str_to_int(str s, int64_t *out);
bool str_to_float(str s, double *out);

/* The candidate nearest to `name` (Damerau-Levenshtein on bytes, at most a
 * third of its length away), or an empty str: for "did you mean". */
str str_nearest(str name, const str *candidates, ptrdiff_t count);

static inline bool char_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool char_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool char_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline char char_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

#endif
