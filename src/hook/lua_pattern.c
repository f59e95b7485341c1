/* lua_pattern.c - the matcher behind string.find, match, gmatch and gsub.
 *
 * Lua's own matcher backtracks inside C, where no instruction count reaches it:
 * ("a?"):rep(30)..("a"):rep(30) would run for hours.  This one does the same,
 * charging a step for every attempt.  It follows lstrlib.c of Lua 5.4 (MIT
 * licence, Lua.org, PUC-Rio) construct by construct, and must: scripts rely on
 * the details.
 *
 * Written in this order: single characters, special items, repetition, the
 * main loop, captures. */
#include "lua_pattern.h"

#include <ctype.h>

#include "lua_limits.h"

enum { DEEPEST_MATCH = 200 };

typedef unsigned char byte;

void pattern_begin(struct pattern_match *match, lua_State *L, str text, str pattern)
{
    match->L = L;
    match->text = text.p;
    match->text_end = text.p + text.len;
    match->pattern_end = pattern.p + pattern.len;
}

/* --- single characters ------------------------------------------------ */

/* Behind the single-character item at p: "a", "%a" or "[set]". */
static const char *item_end(struct pattern_match *m, const char *p)
{
    char c = *p++;
    if (c == '%') {
        if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
        return p + 1;
    }
    if (c != '[') return p;
    const char *start = p;
    if (*p == '^') p++;
    do {                            /* a ']' that comes first is part of the set */
        if (p == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
        c = *p++;
        if (c == '%' && p < m->pattern_end) p++;
    } while (p == m->pattern_end || *p != ']');
    limits_charge(m->L, (p - start) / 8);
    return p + 1;
}

static bool is_in_class(int c, int class_)
{
    bool in;
    switch (tolower(class_)) {
    case 'a': in = isalpha(c); break;
    case 'c': in = iscntrl(c); break;
    case 'd': in = isdigit(c); break;
    case 'g': in = isgraph(c); break;
    case 'l': in = islower(c); break;
    case 'p': in = ispunct(c); break;
    case 's': in = isspace(c); break;
    case 'u': in = isupper(c); break;
    case 'w': in = isalnum(c); break;
    case 'x': in = isxdigit(c); break;
    default: return class_ == c;
    }
    return isupper(class_) ? !in : in;
}

/* Is c in the set whose '[' is at p and whose ']' is at `last`? */
static bool is_in_set(struct pattern_match *m, int c, const char *p, const char *last)
{
    bool wanted = true;
    limits_charge(m->L, (last - p) / 8);
    if (p[1] == '^') {
        wanted = false;
        p++;
    }
    while (++p < last) {
        if (*p == '%') {
            p++;
            if (is_in_class(c, (byte)*p)) return wanted;
        } else if (p[1] == '-' && p + 2 < last) {
            p += 2;
            if ((byte)p[-2] <= c && c <= (byte)*p) return wanted;
        } else if ((byte)*p == c) {
            return wanted;
        }
    }
    return !wanted;
}

/* Does the item p .. end match the character at s? */
static bool matches_one(struct pattern_match *m, const char *s, const char *p, const char *end)
{
    if (s >= m->text_end) return false;
    int c = (byte)*s;
    switch (*p) {
    case '.': return true;
    case '%': return is_in_class(c, (byte)p[1]);
    case '[': return is_in_set(m, c, p, end - 1);
    default: return (byte)*p == c;
    }
}

/* --- special items: %b, %f, %1, captures ------------------------------- */

static const char *match_balance(struct pattern_match *m, const char *s, const char *p)
{
    if (p >= m->pattern_end - 1) luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
    if (s >= m->text_end || *s != *p) return NULL;
    int open = p[0], close = p[1], depth = 1;
    for (const char *at = s + 1; at < m->text_end; at++) {
        limits_charge(m->L, 1);
        if (*at == close) {
            if (--depth == 0) return at + 1;
        } else if (*at == open) {
            depth++;
        }
    }
    return NULL;
}

/* Is there a border of the set p .. end before s? */
static bool is_frontier(struct pattern_match *m, const char *s, const char *p, const char *end)
{
    byte before = s == m->text ? 0 : (byte)s[-1];
    byte here = s < m->text_end ? (byte)*s : 0;
    return !is_in_set(m, before, p, end - 1) && is_in_set(m, here, p, end - 1);
}

static int capture_to_close(struct pattern_match *m)
{
    for (int level = m->level - 1; level >= 0; level--)
        if (m->captures[level].len == CAPTURE_OPEN) return level;
    return luaL_error(m->L, "invalid pattern capture");
}

static const char *match_back_reference(struct pattern_match *m, const char *s, int digit)
{
    int i = digit - '1';
    if (i < 0 || i >= m->level || m->captures[i].len == CAPTURE_OPEN)
        luaL_error(m->L, "invalid capture index %%%d", i + 1);
    /* A position capture has no text; Lua compares a length that never fits. */
    ptrdiff_t len = m->captures[i].len;
    if (len < 0 || m->text_end - s < len) return NULL;
    limits_charge(m->L, len / 8);
    return memcmp(m->captures[i].start, s, (size_t)len) == 0 ? s + len : NULL;
}

static const char *do_match(struct pattern_match *m, const char *s, const char *p);

static const char *start_capture(struct pattern_match *m, const char *s, const char *p, ptrdiff_t kind)
{
    if (m->level >= PATTERN_CAPTURES) luaL_error(m->L, "too many captures");
    m->captures[m->level].start = s;
    m->captures[m->level].len = kind;
    m->level++;
    const char *end = do_match(m, s, p);
    if (!end) m->level--;           /* undo */
    return end;
}

static const char *end_capture(struct pattern_match *m, const char *s, const char *p)
{
    int level = capture_to_close(m);
    m->captures[level].len = s - m->captures[level].start;
    const char *end = do_match(m, s, p);
    if (!end) m->captures[level].len = CAPTURE_OPEN;
    return end;
}

/* --- repetition: `item` is p .. end, the suffix stands at `end` --------- */

static const char *match_most(struct pattern_match *m, const char *s, const char *p, const char *end)
{
    ptrdiff_t count = 0;
    while (matches_one(m, s + count, p, end)) count++;
    limits_charge(m->L, count);
    for (; count >= 0; count--) {
        const char *found = do_match(m, s + count, end + 1);
        if (found) return found;
    }
    return NULL;
}

static const char *match_least(struct pattern_match *m, const char *s, const char *p, const char *end)
{
    for (;; s++) {
        const char *found = do_match(m, s, end + 1);
        if (found) return found;
        if (!matches_one(m, s, p, end)) return NULL;
    }
}

/* --- the main loop ---------------------------------------------------- */

/* One item that is no capture and no %b, %f, %1.  True: go on at *s, *p. */
static bool match_plain(struct pattern_match *m, const char **s, const char **p, const char **result)
{
    const char *end = item_end(m, *p);
    char suffix = end < m->pattern_end ? *end : 0;
    bool one = matches_one(m, *s, *p, end), may_lack = suffix == '*' || suffix == '?' || suffix == '-';
    *result = NULL;
    if (!one && !may_lack) return false;
    if (!one) {
        *p = end + 1;
        return true;
    }
    switch (suffix) {
    case '*': *result = match_most(m, *s, *p, end); return false;
    case '+': *result = match_most(m, *s + 1, *p, end); return false;
    case '-': *result = match_least(m, *s, *p, end); return false;
    case '?':
        if ((*result = do_match(m, *s + 1, end + 1))) return false;
        *p = end + 1;
        return true;
    default:
        (*s)++;
        *p = end;
        return true;
    }
}

/* %b, %f, %0-%9.  0: it is none of them; 1: go on; -1: no match. */
static int match_special(struct pattern_match *m, const char **s, const char **p)
{
    if (**p != '%' || *p + 1 == m->pattern_end) return 0;
    int kind = (byte)(*p)[1];
    if (kind == 'b') {
        *s = match_balance(m, *s, *p + 2);
        *p += 4;
        return *s ? 1 : -1;
    }
    if (kind == 'f') {
        *p += 2;
        if (*p == m->pattern_end || **p != '[') luaL_error(m->L, "missing '[' after '%%f' in pattern");
        const char *end = item_end(m, *p);
        if (!is_frontier(m, *s, *p, end)) return -1;
        *p = end;
        return 1;
    }
    if (!isdigit(kind)) return 0;
    *s = match_back_reference(m, *s, kind);
    *p += 2;
    return *s ? 1 : -1;
}

static const char *do_match_deeper(struct pattern_match *m, const char *s, const char *p)
{
    for (;;) {
        limits_charge(m->L, 1);
        if (p == m->pattern_end) return s;
        if (*p == '(') {
            bool position = p + 1 < m->pattern_end && p[1] == ')';
            return position ? start_capture(m, s, p + 2, CAPTURE_POSITION) : start_capture(m, s, p + 1, CAPTURE_OPEN);
        }
        if (*p == ')') return end_capture(m, s, p + 1);
        if (*p == '$' && p + 1 == m->pattern_end) return s == m->text_end ? s : NULL;
        int special = match_special(m, &s, &p);
        if (special < 0) return NULL;
        if (special > 0) continue;
        const char *result;
        if (!match_plain(m, &s, &p, &result)) return result;
    }
}

static const char *do_match(struct pattern_match *m, const char *s, const char *p)
{
    if (m->depth-- == 0) luaL_error(m->L, "pattern too complex");
    const char *end = do_match_deeper(m, s, p);
    m->depth++;
    return end;
}

const char *pattern_match_at(struct pattern_match *match, const char *at, const char *pattern)
{
    match->level = 0;
    match->depth = DEEPEST_MATCH;
    return do_match(match, at, pattern);
}

/* --- captures --------------------------------------------------------- */

void pattern_push_capture(struct pattern_match *match, int i, const char *start, const char *end)
{
    if (i >= match->level) {
        if (i != 0) luaL_error(match->L, "invalid capture index %%%d", i + 1);
        lua_pushlstring(match->L, start, (size_t)(end - start));
        return;
    }
    ptrdiff_t len = match->captures[i].len;
    if (len == CAPTURE_OPEN) luaL_error(match->L, "unfinished capture");
    if (len == CAPTURE_POSITION)
        lua_pushinteger(match->L, (lua_Integer)(match->captures[i].start - match->text) + 1);
    else
        lua_pushlstring(match->L, match->captures[i].start, (size_t)len);
}

int pattern_push_captures(struct pattern_match *match, const char *start, const char *end)
{
    int count = match->level == 0 && start ? 1 : match->level;
    luaL_checkstack(match->L, count, "too many captures");
    for (int i = 0; i < count; i++) pattern_push_capture(match, i, start, end);
    return count;
}
