/* lua_pattern.h - Lua's patterns, matched with a budget of steps. */
#ifndef HUGI_HOOK_PATTERN_H
#define HUGI_HOOK_PATTERN_H

#include "hook_state.h"

enum { PATTERN_CAPTURES = 32, CAPTURE_OPEN = -1, CAPTURE_POSITION = -2 };

struct pattern_match {
    lua_State *L;
    const char *text, *text_end;
    const char *pattern_end;
    int depth;                      /* recursions left */
    int level;                      /* captures, finished or not */
    struct {
        const char *start;
        ptrdiff_t len;              /* or CAPTURE_OPEN, CAPTURE_POSITION */
    } captures[PATTERN_CAPTURES];
};

void pattern_begin(struct pattern_match *match, lua_State *L, str text, str pattern);
/* Matches `pattern` at exactly `at`: the end of the match, or NULL. */
const char *pattern_match_at(struct pattern_match *match, const char *at, const char *pattern);

/* Pushes capture i (from 0); with no captures at all, i = 0 is the whole match. */
void pattern_push_capture(struct pattern_match *match, int i, const char *start, const char *end);
/* Pushes all captures; the whole match when there are none and `start` is given. */
int pattern_push_captures(struct pattern_match *match, const char *start, const char *end);

#endif
