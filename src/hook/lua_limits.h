/* lua_limits.h - memory, steps and time of one call of a hook.
 *
 * A step is about one instruction of Lua, or what C does in the same time: the
 * C functions of the sandbox charge for their loops, the allocator for its
 * bytes.  Once a limit is hit it stays hit until the call has ended: whatever
 * catches the error (pcall, a coroutine) raises it again. */
#ifndef HUGI_HOOK_LIMITS_H
#define HUGI_HOOK_LIMITS_H

#include "hook_state.h"

void limits_open(struct hook_state *state, int64_t memory, int64_t steps);
void *limits_alloc(void *limits, void *old, size_t old_size, size_t new_size);  /* a lua_Alloc */
void limits_watch(lua_State *L);            /* counts what runs on this thread */
void limits_begin(struct hook_state *state);

/* A function of hugi.once has its own budget, so that the page that happens to
 * call first does not pay for it. */
int64_t limits_once_begin(struct hook_state *state);
void limits_once_end(struct hook_state *state, int64_t saved);

void limits_look(lua_State *L);             /* raises when a limit is reached */
static inline void limits_charge(lua_State *L, int64_t steps)
{
    struct limits *limits = &state_of(L)->limits;
    if ((limits->steps_left -= steps) < limits->look_at) limits_look(L);
}

/* To be called with the status of whatever was caught, before anything else:
 * raises again when a limit was the cause.  `from` is the thread that failed. */
void limits_pass_on(lua_State *L, lua_State *from, int status);
enum limit_kind limits_cause(struct hook_state *state, lua_State *failed, int status);

/* Before building `bytes` of text: frees garbage so that luaL_Buffer finds room. */
void limits_make_room(lua_State *L, size_t bytes);
/* Raises when lookups have filled the call's arena beyond the memory limit. */
void limits_check_arena(lua_State *L);

#endif
