/* lua_freeze.h - what scripts made while loading is read-only from then on. */
#ifndef HUGI_HOOK_FREEZE_H
#define HUGI_HOOK_FREEZE_H

#include "hook_state.h"

void freeze_open(lua_State *L);

/* Pops a value and makes every table that can be reached from it read-only, and
 * every upvalue of every function that can be reached guarded. */
void freeze_reachable(lua_State *L);

bool freeze_is_frozen(lua_State *L, int index);
/* Pushes the table that holds the fields of the table at `index`: its shadow
 * when it is frozen, else itself. */
void freeze_push_fields(lua_State *L, int index);
/* Pushes what getmetatable shows of the value at `index`; false and nothing when it has none. */
bool freeze_push_metatable(lua_State *L, int index);

/* After a call: were upvalues assigned?  Restores them; true with the name and
 * place of the first. */
bool freeze_restore(struct hook_state *state, str *name, struct script_place *at);

#endif
