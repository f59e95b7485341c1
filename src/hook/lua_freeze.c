/* lua_freeze.c - globals and shared upvalues that cannot be written after loading.
 *
 * Without this a hook could count the pages it has seen, and the result would
 * depend on which worker made which page.
 *
 * The method for tables.  Lua tells nobody about a write to a field that
 * exists, so the fields are moved out: table T gets a shadow S with all its
 * fields, T itself is left empty, and a guard becomes its metatable:
 *
 *     T = {} --guard--> __index = S, __newindex = error, __len = #S,
 *                       and the metamethods T had before
 *
 * T keeps its identity, so no reference to it has to be found and changed, and
 * reading costs one more lookup, without a call.  pairs, next, rawget, # and the
 * table library look through the guard (freeze_push_fields).  Where a frozen
 * table is used as a metatable, its shadow is: Lua looks for metamethods by
 * raw access; getmetatable translates back (the table of owners).
 *
 * The method for upvalues.  An assignment to a local of the file cannot be
 * caught, so every upvalue of every function that can be reached is written
 * down after loading, compared after each call, restored, and reported. */
#include "lua_freeze.h"

#include "lua_limits.h"
#include "lua_object.h"

/* Keys of the registry and, for the first two, of guards. */
static const char shadow_key, metatable_key, owners_key, seen_key, upvalues_key;

static void new_registry_table(lua_State *L, const char *key, const char *mode)
{
    lua_newtable(L);
    if (mode) {
        lua_createtable(L, 0, 1);
        lua_pushstring(L, mode);
        lua_setfield(L, -2, "__mode");
        lua_setmetatable(L, -2);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void freeze_open(lua_State *L)
{
    new_registry_table(L, &owners_key, "k");    /* shadow -> table */
    new_registry_table(L, &seen_key, NULL);     /* function or upvalue id -> true */
    new_registry_table(L, &upvalues_key, NULL); /* function, number, value, function, ... */
}

/* --- looking through -------------------------------------------------- */

/* Pushes guard[key] of the table at `index`; false and nothing when it is not frozen. */
static bool push_of_guard(lua_State *L, int index, const char *key)
{
    if (!lua_istable(L, index) || !lua_getmetatable(L, index)) return false;
    bool frozen = lua_rawgetp(L, -1, &shadow_key) == LUA_TTABLE;
    if (frozen && key != &shadow_key) {
        lua_pop(L, 1);
        lua_rawgetp(L, -1, key);
    }
    lua_remove(L, -2);
    if (!frozen) lua_pop(L, 1);
    return frozen;
}

bool freeze_is_frozen(lua_State *L, int index)
{
    if (!push_of_guard(L, index, &shadow_key)) return false;
    lua_pop(L, 1);
    return true;
}

void freeze_push_fields(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    if (!push_of_guard(L, index, &shadow_key)) lua_pushvalue(L, index);
}

/* The table whose shadow is on the stack takes its place. */
static void shadow_to_owner(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &owners_key);
    lua_pushvalue(L, -2);
    if (lua_rawget(L, -2) == LUA_TTABLE) lua_replace(L, -3);
    else lua_pop(L, 1);
    lua_pop(L, 1);
}

bool freeze_push_metatable(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    if (push_of_guard(L, index, &metatable_key)) {
        if (lua_isnil(L, -1)) {
            lua_pop(L, 1);
            return false;
        }
    } else if (!lua_getmetatable(L, index)) {
        return false;
    }
    shadow_to_owner(L);
    return true;
}

/* --- the guard -------------------------------------------------------- */

static int refuse_write(lua_State *L)
{
    base_push_text(L, 2);
    return luaL_error(L, "'%s' cannot be set: what a script made while loading is read-only in a hook"
                      " (hugi.once keeps what is computed once)", lua_tostring(L, -1));
}

static int shadow_length(lua_State *L)
{
    freeze_push_fields(L, 1);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
    return 1;
}

/* __index of a frozen table whose metatable has a function there. */
static int index_then_function(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_call(L, 2, 1);
    return 1;
}

/* Stack: ... metatable shadow guard: sets guard.__index. */
static void set_index(lua_State *L, int metatable, int shadow, int guard)
{
    int kind = LUA_TNIL;
    if (lua_istable(L, metatable)) {
        lua_pushliteral(L, "__index");
        kind = lua_rawget(L, metatable);
    }
    if (kind == LUA_TFUNCTION) {            /* it is called with the table itself, never with the shadow */
        lua_pushvalue(L, shadow);
        lua_insert(L, -2);
        lua_pushcclosure(L, index_then_function, 2);
    } else {
        if (kind != LUA_TNIL) {
            lua_createtable(L, 0, 1);
            lua_insert(L, -2);
            lua_setfield(L, -2, "__index");
            lua_setmetatable(L, shadow);
        } else if (lua_istable(L, metatable)) {
            lua_pop(L, 1);
        }
        lua_pushvalue(L, shadow);
    }
    lua_setfield(L, guard, "__index");
}

static void copy_fields(lua_State *L, int from, int to)
{
    for (lua_pushnil(L); lua_next(L, from);) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, to);
    }
}

static void clear_fields(lua_State *L, int table)
{
    for (lua_pushnil(L); lua_next(L, table);) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, table);
    }
}

static void set_guard(lua_State *L, int table, int metatable, int shadow)
{
    lua_newtable(L);
    int guard = lua_gettop(L);
    if (lua_istable(L, metatable)) copy_fields(L, metatable, guard);
    set_index(L, metatable, shadow, guard);
    lua_pushcfunction(L, refuse_write);
    lua_setfield(L, guard, "__newindex");
    if (lua_getfield(L, guard, "__len") == LUA_TNIL) {
        lua_pushcfunction(L, shadow_length);
        lua_setfield(L, guard, "__len");
    }
    lua_settop(L, guard);
    lua_pushvalue(L, shadow);
    lua_rawsetp(L, guard, &shadow_key);
    lua_pushvalue(L, metatable);
    lua_rawsetp(L, guard, &metatable_key);
    lua_setmetatable(L, table);
}

static void set_owner(lua_State *L, int shadow, int table)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &owners_key);
    lua_pushvalue(L, shadow);
    lua_pushvalue(L, table);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

static bool is_shadow(lua_State *L, int table)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &owners_key);
    lua_pushvalue(L, table);
    bool is = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    return is;
}

/* --- the walk ---------------------------------------------------------
 *
 * `list` is a table used as a stack of what is still to be looked at, so that
 * deep structures need no deep recursion. */

static void push_work(lua_State *L, int list)
{
    lua_rawseti(L, list, (lua_Integer)lua_rawlen(L, list) + 1);
}

static void freeze_table(lua_State *L, int table, int list)
{
    if (freeze_is_frozen(L, table) || is_shadow(L, table)) return;
    if (!lua_getmetatable(L, table)) lua_pushnil(L);
    int metatable = lua_gettop(L);
    lua_newtable(L);
    int shadow = lua_gettop(L);
    copy_fields(L, table, shadow);
    clear_fields(L, table);
    for (lua_pushnil(L); lua_next(L, shadow);) {
        limits_charge(L, 2);
        push_work(L, list);
        lua_pushvalue(L, -1);
        push_work(L, list);
    }
    set_guard(L, table, metatable, shadow);
    set_owner(L, shadow, table);
    lua_pushvalue(L, metatable);
    push_work(L, list);
    lua_settop(L, metatable - 1);
}

/* Marks the key on the stack (popped) as seen; was it before? */
static bool see(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &seen_key);
    lua_pushvalue(L, -2);
    bool before = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 1);
    if (!before) {
        lua_pushvalue(L, -2);
        lua_pushboolean(L, 1);
        lua_rawset(L, -3);
    }
    lua_pop(L, 2);
    return before;
}

/* Stack top: the value of upvalue `number` of the function at `function`. */
static void write_down_upvalue(lua_State *L, int function, int number)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &upvalues_key);
    lua_Integer at = (lua_Integer)lua_rawlen(L, -1);
    lua_pushvalue(L, function);
    lua_rawseti(L, -2, at + 1);
    lua_pushinteger(L, number);
    lua_rawseti(L, -2, at + 2);
    lua_pushvalue(L, -2);
    if (lua_isnil(L, -1)) {             /* the list must stay without holes */
        lua_pop(L, 1);
        lua_pushlightuserdata(L, NULL);
    }
    lua_rawseti(L, -2, at + 3);
    lua_pop(L, 1);
}

static void freeze_function(lua_State *L, int function, int list)
{
    if (lua_iscfunction(L, function)) return;
    lua_pushvalue(L, function);
    if (see(L)) return;
    for (int number = 1; lua_getupvalue(L, function, number); number++) {
        limits_charge(L, 2);
        lua_pushlightuserdata(L, lua_upvalueid(L, function, number));
        if (!see(L)) write_down_upvalue(L, function, number);
        push_work(L, list);
    }
}

void freeze_reachable(lua_State *L)
{
    luaL_checkstack(L, 20, NULL);
    lua_newtable(L);
    lua_insert(L, -2);
    int list = lua_gettop(L) - 1;
    push_work(L, list);
    for (lua_Integer count; (count = (lua_Integer)lua_rawlen(L, list)) > 0;) {
        int kind = lua_rawgeti(L, list, count);
        lua_pushnil(L);
        lua_rawseti(L, list, count);
        if (kind == LUA_TTABLE) freeze_table(L, list + 1, list);
        if (kind == LUA_TFUNCTION) freeze_function(L, list + 1, list);
        if (object_is(L, list + 1)) luaL_error(L, "pages, terms and the like cannot be kept: copy what is needed of them");
        lua_settop(L, list);
    }
    lua_settop(L, list - 1);
}

/* --- after a call ----------------------------------------------------- */

/* Equal, or both not-a-number, or the stand-in for nil. */
static bool is_same(lua_State *L, int now, int before)
{
    if (lua_rawequal(L, now, before)) return true;
    if (lua_islightuserdata(L, before)) return lua_isnil(L, now);
    if (lua_type(L, now) != LUA_TNUMBER || lua_type(L, before) != LUA_TNUMBER) return false;
    double a = lua_tonumber(L, now), b = lua_tonumber(L, before);
    return a != a && b != b;
}

/* Stack: function, its value now, the value before. */
static void restore(lua_State *L, int function, int number)
{
    if (lua_islightuserdata(L, -1)) {
        lua_pop(L, 1);
        lua_pushnil(L);
    }
    lua_setupvalue(L, function, number);
}

bool freeze_restore(struct hook_state *state, str *name, struct script_place *at)
{
    lua_State *L = state->main;
    int base = lua_gettop(L);
    bool changed = false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &upvalues_key);
    lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i + 2 <= count; i += 3) {
        lua_rawgeti(L, base + 1, i);
        lua_rawgeti(L, base + 1, i + 1);
        int number = (int)lua_tointeger(L, -1);
        lua_pop(L, 1);
        const char *upvalue = lua_getupvalue(L, base + 2, number);
        lua_rawgeti(L, base + 1, i + 2);
        if (!is_same(L, base + 3, base + 4)) {
            if (!changed) {
                *name = str_c(upvalue);
                *at = report_definition(L, base + 2);
            }
            changed = true;
            restore(L, base + 2, number);
        }
        lua_settop(L, base + 1);
    }
    lua_settop(L, base);
    return changed;
}
