/* lua_limits.c - counting what a hook uses, and stopping it.
 *
 * Four things together make every script end:
 *   - a count hook takes HOOK_INTERVAL steps off the budget, on every coroutine;
 *   - C functions of the sandbox that loop charge the same budget;
 *   - the allocator charges for bytes and refuses what goes over the limit;
 *   - processor time is looked at now and then, for single instructions that
 *     are slow (comparing texts of 16 MB).  It is a last resort: steps decide
 *     first and are the same on every machine.
 *
 * Written in this order: the allocator, the clock, stopping, the budget. */
#include "lua_limits.h"

#include <stdlib.h>
#include <time.h>

enum {
    HOOK_INTERVAL = 100,
    LOOK_INTERVAL = 20000,
    BYTES_PER_STEP = 16,
    SHARE_OF_ONE = 4,           /* no single block may take more than a quarter of the memory */
    STEPS_PER_SECOND = 50000000,
    LEAST_MILLISECONDS = 1000
};

/* --- memory ----------------------------------------------------------- */

/* Lua answers a refusal with a full collection and a second try, which costs
 * time by the size of the heap.  Once steps have run far out, everything is refused. */
static bool refuse(struct limits *limits, size_t old_size, size_t new_size)
{
    if (limits->off) return false;
    bool too_much = new_size > limits->memory_limit / SHARE_OF_ONE ||
                    new_size - old_size > limits->memory_limit ||
                    limits->memory_used > limits->memory_limit - (new_size - old_size);
    bool spent = limits->steps_left < -limits->steps_limit / 4;
    if (!too_much && !spent) return false;
    limits->refused = true;
    limits->steps_left -= (int64_t)(limits->memory_used / 8);
    return true;
}

void *limits_alloc(void *of, void *old, size_t old_size, size_t new_size)
{
    struct limits *limits = of;
    if (!old) old_size = 0;     /* Lua passes a type here */
    if (new_size == 0) {
        limits->memory_used -= old_size;
        free(old);
        return NULL;
    }
    if (new_size > old_size) {
        if (refuse(limits, old_size, new_size)) return NULL;
        limits->steps_left -= (int64_t)((new_size - old_size) / BYTES_PER_STEP);
    }
    void *now = realloc(old, new_size);
    if (now) limits->memory_used += new_size - old_size;
    return now;
}

void limits_make_room(lua_State *L, size_t bytes)
{
    struct limits *limits = &state_of(L)->limits;
    limits_charge(L, (int64_t)(bytes / BYTES_PER_STEP));
    if (bytes <= limits->memory_limit && limits->memory_used <= limits->memory_limit - bytes) return;
    limits_charge(L, (int64_t)(limits->memory_used / 8));
    lua_gc(L, LUA_GCCOLLECT);
}

/* --- time ------------------------------------------------------------- */

static int64_t milliseconds_of(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now) != 0) return 0;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t wall_now(void)
{
#ifdef CLOCK_MONOTONIC_COARSE
    return milliseconds_of(CLOCK_MONOTONIC_COARSE);
#else
    return milliseconds_of(CLOCK_MONOTONIC);
#endif
}

/* The wall clock is cheap to read and only says when to ask for processor time. */
static bool out_of_time(const struct limits *limits)
{
    if (wall_now() - limits->wall_began < limits->milliseconds) return false;
    return milliseconds_of(CLOCK_THREAD_CPUTIME_ID) - limits->cpu_began >= limits->milliseconds;
}

/* --- stopping --------------------------------------------------------- */

static void note_hit(struct hook_state *state, lua_State *at, enum limit_kind kind)
{
    if (state->limits.hit != LIMIT_NONE) return;
    state->limits.hit = kind;
    state->limits.hit_at = report_where(at);
}

static _Noreturn void raise_hit(lua_State *L)
{
    lua_pushliteral(L, "limit");
    lua_error(L);
    abort();    /* lua_error does not return */
}

static _Noreturn void stop(lua_State *L, enum limit_kind kind)
{
    note_hit(state_of(L), L, kind);
    raise_hit(L);
}

void limits_look(lua_State *L)
{
    struct limits *limits = &state_of(L)->limits;
    if (limits->off) return;
    if (limits->hit != LIMIT_NONE) raise_hit(L);
    if (limits->steps_left < 0) stop(L, LIMIT_STEPS);
    if (out_of_time(limits)) stop(L, LIMIT_TIME);
    limits->look_at = limits->steps_left > LOOK_INTERVAL ? limits->steps_left - LOOK_INTERVAL : 0;
}

static void count_hook(lua_State *L, lua_Debug *unused)
{
    (void)unused;
    state_of(L)->limits.steps_left -= HOOK_INTERVAL;
    limits_look(L);
}

void limits_watch(lua_State *L) { lua_sethook(L, count_hook, LUA_MASKCOUNT, HOOK_INTERVAL); }

/* luaL_Buffer reports a refused block as an ordinary error of this text. */
static bool is_buffer_refusal(struct hook_state *state, lua_State *failed)
{
    if (!state->limits.refused || lua_type(failed, -1) != LUA_TSTRING) return false;
    return strcmp(lua_tostring(failed, -1), "not enough memory") == 0;
}

enum limit_kind limits_cause(struct hook_state *state, lua_State *failed, int status)
{
    struct limits *limits = &state->limits;
    if (limits->hit == LIMIT_NONE && status > LUA_YIELD &&
        (status == LUA_ERRMEM || is_buffer_refusal(state, failed)))
        note_hit(state, failed, limits->steps_left < 0 ? LIMIT_STEPS : LIMIT_MEMORY);
    return limits->hit;
}

void limits_pass_on(lua_State *L, lua_State *from, int status)
{
    if (limits_cause(state_of(L), from, status) != LIMIT_NONE) raise_hit(L);
}

void limits_check_arena(lua_State *L)
{
    struct hook_state *state = state_of(L);
    if (state_arena(state)->total > state->arena_began + state->limits.memory_limit && !state->limits.off)
        stop(L, LIMIT_MEMORY);
}

/* --- the budget ------------------------------------------------------- */

void limits_open(struct hook_state *state, int64_t memory, int64_t steps)
{
    struct limits *limits = &state->limits;
    limits->memory_limit = (size_t)memory;
    limits->steps_limit = steps;
    limits->milliseconds = steps / (STEPS_PER_SECOND / 1000);
    if (limits->milliseconds < LEAST_MILLISECONDS) limits->milliseconds = LEAST_MILLISECONDS;
}

void limits_begin(struct hook_state *state)
{
    struct limits *limits = &state->limits;
    limits->steps_left = limits->once_left = limits->steps_limit;
    limits->look_at = limits->steps_left > LOOK_INTERVAL ? limits->steps_left - LOOK_INTERVAL : 0;
    limits->hit = LIMIT_NONE;
    limits->hit_at = (struct script_place){-1, 0};
    limits->refused = limits->in_once = false;
    limits->wall_began = wall_now();
    limits->cpu_began = milliseconds_of(CLOCK_THREAD_CPUTIME_ID);
    state->arena_began = state_arena(state)->total;
}

/* Within another once: no second budget. */
int64_t limits_once_begin(struct hook_state *state)
{
    struct limits *limits = &state->limits;
    if (limits->in_once) return -1;
    limits->in_once = true;
    int64_t saved = limits->steps_left;
    limits->steps_left = limits->look_at = limits->once_left;
    return saved;
}

void limits_once_end(struct hook_state *state, int64_t saved)
{
    struct limits *limits = &state->limits;
    if (saved < 0) return;
    limits->in_once = false;
    limits->once_left = limits->steps_left;
    limits->steps_left = limits->look_at = saved;
}
