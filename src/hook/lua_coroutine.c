/* lua_coroutine.c - coroutines that pass limits on and do not outlive their call.
 *
 * A coroutine made while loading, or in an earlier call, would carry state from
 * one page to the next; it cannot be resumed.  coroutine.close is left out: it
 * would run code on a thread that failed. */
#include "lua_limits.h"

enum { CREATE_STEPS = 150, RESUME_STEPS = 10 };

static const char epochs_key;       /* registry: coroutine -> epoch, weak keys */

static lua_State *check_coroutine(lua_State *L)
{
    lua_State *co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "coroutine");
    return co;
}

static void check_epoch(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &epochs_key);
    lua_pushvalue(L, index);
    lua_rawget(L, -2);
    if (lua_tointeger(L, -1) != (lua_Integer)state_of(L)->epoch)
        luaL_error(L, "a coroutine of an earlier call cannot be resumed");
    lua_pop(L, 2);
}

/* A new coroutine runs its first instructions uncounted: it is charged for them here. */
static int coroutine_create(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    limits_charge(L, CREATE_STEPS);
    lua_State *co = lua_newthread(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &epochs_key);
    lua_pushvalue(L, -2);
    lua_pushinteger(L, (lua_Integer)state_of(L)->epoch);
    lua_rawset(L, -3);
    lua_pop(L, 1);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

/* Moves `count` arguments over and what comes back.  -1: the error is on L's stack. */
static int resume(lua_State *L, lua_State *co, int count)
{
    int results;
    limits_charge(L, RESUME_STEPS + count);
    if (!lua_checkstack(co, count)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    lua_xmove(L, co, count);
    int status = lua_resume(co, L, count, &results);
    if (status == LUA_OK || status == LUA_YIELD) {
        if (!lua_checkstack(L, results + 1)) {
            lua_pop(co, results);
            lua_pushliteral(L, "too many results to resume");
            return -1;
        }
        lua_xmove(co, L, results);
        return results;
    }
    limits_pass_on(L, co, status);
    lua_xmove(co, L, 1);
    return -1;
}

static int coroutine_resume(lua_State *L)
{
    lua_State *co = check_coroutine(L);
    check_epoch(L, 1);
    int results = resume(L, co, lua_gettop(L) - 1);
    lua_pushboolean(L, results >= 0);
    if (results < 0) results = 1;
    lua_insert(L, -(results + 1));
    return results + 1;
}

static int call_wrapped(lua_State *L)
{
    check_epoch(L, lua_upvalueindex(1));
    int results = resume(L, lua_tothread(L, lua_upvalueindex(1)), lua_gettop(L));
    return results >= 0 ? results : lua_error(L);
}

static int coroutine_wrap(lua_State *L)
{
    coroutine_create(L);
    lua_pushcclosure(L, call_wrapped, 1);
    return 1;
}

static int coroutine_yield(lua_State *L) { return lua_yield(L, lua_gettop(L)); }

static const char *status_of(lua_State *L, lua_State *co)
{
    lua_Debug unused;
    if (L == co) return "running";
    switch (lua_status(co)) {
    case LUA_YIELD: return "suspended";
    case LUA_OK:
        if (lua_getstack(co, 0, &unused)) return "normal";
        return lua_gettop(co) == 0 ? "dead" : "suspended";
    default: return "dead";
    }
}

static int coroutine_status(lua_State *L)
{
    lua_pushstring(L, status_of(L, check_coroutine(L)));
    return 1;
}

static int coroutine_isyieldable(lua_State *L)
{
    lua_pushboolean(L, lua_isyieldable(L));
    return 1;
}

static int coroutine_running(lua_State *L)
{
    lua_pushthread(L);
    lua_pushboolean(L, L == state_of(L)->thread);
    return 2;
}

void coroutine_open(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"create", coroutine_create}, {"isyieldable", coroutine_isyieldable}, {"resume", coroutine_resume},
        {"running", coroutine_running}, {"status", coroutine_status}, {"wrap", coroutine_wrap},
        {"yield", coroutine_yield}, {NULL, NULL}
    };
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &epochs_key);
    luaL_newlib(L, functions);
}
