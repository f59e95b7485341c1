/* lua_closed.h - a Lua state for language files: text, tables and numbers, nothing of the machine. */
#ifndef HUGI_HIGHLIGHT_LUA_CLOSED_H
#define HUGI_HIGHLIGHT_LUA_CLOSED_H

#include <lauxlib.h>
#include <lua.h>

#include "language.h"

struct closed_state {
    lua_State *L;
    size_t memory;
    const struct definitions *definitions;
    int depth;                  /* of files that run files */
    str own;                    /* the definition of ours that runs: base() means the package's */
    void *owner;                /* what AddKeyword adds to */
};

/* NULL when there is no memory for one. */
struct closed_state *closed_open(const struct definitions *definitions);
void closed_close(struct closed_state *state);

/* Runs the file of a language; its names are globals then. */
bool closed_run(struct closed_state *state, str name);
/* lua_pcall with a limit of steps. */
bool closed_call(struct closed_state *state, int arguments, int results);
struct closed_state *closed_of(lua_State *L);

#endif
