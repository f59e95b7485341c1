/* state_hook.h - OnStateChange: a language's own say in what a token is. */
#ifndef HUGI_HIGHLIGHT_STATE_HOOK_H
#define HUGI_HIGHLIGHT_STATE_HOOK_H

#include "lua_closed.h"

struct state_hook {
    struct closed_state *lua;
    struct state_hook *next;    /* in language.spare */
    int function, environment;  /* in the registry */
    bool broken;                /* it failed in this piece of code: not asked again */
    struct arena words_arena;
    struct map words;           /* of AddKeyword, in this piece of code */
};

/* The names HL_STANDARD ... as globals of a state. */
void hook_names(lua_State *L);
/* Takes over a state in which the language's file has run; NULL when it has no hook. */
struct state_hook *hook_make(struct closed_state *lua);
struct state_hook *hook_open(const struct definitions *definitions, const struct language *language);
void hook_close(struct state_hook *hook);

/* Forgets what the last piece of code left in globals, so that the order of pieces does not matter. */
void hook_begin(struct state_hook *hook);
/* STATE_UNKNOWN: it has no opinion. */
enum state hook_ask(struct state_hook *hook, enum state old, enum state new_, str token, int word_group);

#endif
