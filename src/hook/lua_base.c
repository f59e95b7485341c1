/* lua_base.c - the basic functions of Lua, as the sandbox has them.
 *
 * pcall and xpcall pass limits on; setmetatable refuses finalizers; raw access
 * and getmetatable look through frozen tables; tostring shows no addresses.
 * Not there at all: dofile, load, loadfile, collectgarbage, require. */
#include <lualib.h>

#include "lua_freeze.h"
#include "lua_limits.h"
#include "lua_object.h"
#include "lua_order.h"

str lua_check_str(lua_State *L, int argument)
{
    size_t len;
    const char *p = luaL_checklstring(L, argument, &len);
    return str_of(p, (ptrdiff_t)len);
}

/* --- text without addresses ------------------------------------------- */

void base_push_text(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
        return;
    }
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        lua_tolstring(L, -1, NULL);
        break;
    case LUA_TBOOLEAN: lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false"); break;
    default: lua_pushstring(L, luaL_typename(L, index)); break;
    }
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    base_push_text(L, 1);
    return 1;
}

/* Pages, lists and maps that are read lazily behave as tables. */
static int base_type(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushstring(L, object_is(L, 1) ? "table" : luaL_typename(L, 1));
    return 1;
}

/* --- functions that cost by the length of their texts ------------------ */

static int call_charged(lua_State *L)
{
    int64_t cost = 1;
    for (int i = lua_gettop(L); i > 0; i--)
        if (lua_type(L, i) == LUA_TSTRING) cost += (int64_t)lua_rawlen(L, i) / 4;
    limits_charge(L, cost);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void base_push_charged(lua_State *L, lua_CFunction function)
{
    lua_pushcfunction(L, function);
    lua_pushcclosure(L, call_charged, 1);
}

/* --- protected calls --------------------------------------------------
 *
 * With continuations, so that a coroutine may yield across them. */

static int finish_pcall(lua_State *L, int status, lua_KContext extra)
{
    if (status != LUA_OK && status != LUA_YIELD) {
        limits_pass_on(L, L, status);
        lua_pushboolean(L, 0);
        lua_pushvalue(L, -2);
        return 2;
    }
    return lua_gettop(L) - (int)extra;
}

static int base_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
    return finish_pcall(L, status, 0);
}

/* The handler runs after the stack has been unwound: there is no debug library
 * that could tell the difference, and a handler that loops is under the limits.
 * Stack: function, handler, true, results or the error. */
static int finish_xpcall(lua_State *L, int status, lua_KContext unused)
{
    (void)unused;
    if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - 2;
    limits_pass_on(L, L, status);
    lua_pushboolean(L, 0);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -3);
    int handled = lua_pcall(L, 1, 1, 0);
    if (handled != LUA_OK) limits_pass_on(L, L, handled);
    return 2;
}

static int base_xpcall(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    int status = lua_pcallk(L, count - 2, LUA_MULTRET, 0, 0, finish_xpcall);
    return finish_xpcall(L, status, 0);
}

/* --- metatables and raw access ---------------------------------------- */

static void refuse_metamethod(lua_State *L, int metatable, const char *name)
{
    lua_pushstring(L, name);
    if (lua_rawget(L, metatable) != LUA_TNIL) luaL_error(L, "%s is not available in hooks", name);
    lua_pop(L, 1);
}

/* Stack: the metatable as scripts see it.  Pushes its __metatable; false when nil. */
static bool push_protection(lua_State *L)
{
    freeze_push_fields(L, -1);
    lua_pushliteral(L, "__metatable");
    bool has = lua_rawget(L, -2) != LUA_TNIL;
    lua_remove(L, -2);
    if (!has) lua_pop(L, 1);
    return has;
}

static int base_setmetatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnil(L, 2)) luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    if (freeze_is_frozen(L, 1)) return luaL_error(L, "the metatable of a table made while loading cannot be changed");
    if (freeze_push_metatable(L, 1) && push_protection(L)) return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (!lua_isnil(L, 2)) {
        freeze_push_fields(L, 2);
        refuse_metamethod(L, 3, "__gc");
        refuse_metamethod(L, 3, "__close");
    }
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

static int base_getmetatable(lua_State *L)
{
    luaL_checkany(L, 1);
    if (!freeze_push_metatable(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    if (lua_istable(L, -1)) push_protection(L);
    return 1;
}

static int base_rawget(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    freeze_push_fields(L, 1);
    lua_replace(L, 1);
    lua_rawget(L, 1);
    return 1;
}

static int base_rawset(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    lua_settop(L, 3);
    if (freeze_is_frozen(L, 1)) lua_settable(L, 1);     /* raises */
    else lua_rawset(L, 1);
    lua_settop(L, 1);
    return 1;
}

static int base_rawlen(lua_State *L)
{
    if (lua_istable(L, 1)) freeze_push_fields(L, 1);
    else lua_pushvalue(L, 1);
    luaL_argcheck(L, lua_istable(L, -1) || lua_type(L, -1) == LUA_TSTRING, 1, "table or string expected");
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
    return 1;
}

/* --- the table -------------------------------------------------------- */

static const luaL_Reg own_functions[] = {
    {"getmetatable", base_getmetatable}, {"next", order_next}, {"pairs", order_pairs},
    {"pcall", base_pcall}, {"rawget", base_rawget}, {"rawlen", base_rawlen}, {"rawset", base_rawset},
    {"setmetatable", base_setmetatable}, {"tostring", base_tostring}, {"type", base_type},
    {"xpcall", base_xpcall}, {NULL, NULL}
};
/* As Lua has them: they neither loop nor print. */
static const char *const plain_functions[] = {"assert", "error", "ipairs", "rawequal", "select", "_VERSION"};

void base_open(lua_State *L)
{
    lua_newtable(L);
    int names = lua_gettop(L);
    luaL_setfuncs(L, own_functions, 0);
    lua_pushcfunction(L, luaopen_base);     /* fills Lua's globals, which no script sees */
    lua_call(L, 0, 1);
    for (size_t i = 0; i < sizeof plain_functions / sizeof *plain_functions; i++) {
        lua_getfield(L, -1, plain_functions[i]);
        lua_setfield(L, names, plain_functions[i]);
    }
    lua_getfield(L, -1, "tonumber");
    base_push_charged(L, lua_tocfunction(L, -1));
    lua_setfield(L, names, "tonumber");
    lua_settop(L, names);
}
