/* lua_table.c - the table library, with every turn of a loop counted.
 *
 * As in Lua the functions honour metamethods, so they work on frozen tables and
 * lazy lists too.  sort is a merge sort: stable, the same on every machine
 * (Lua's picks pivots by the clock), and it ends with any comparator. */
#include "lua_freeze.h"
#include "lua_limits.h"
#include "lua_object.h"

/* An element read and written, perhaps through metamethods. */
enum { MOVE_STEPS = 5 };

static void check_table(lua_State *L, int index)
{
    if (!object_is(L, index)) luaL_checktype(L, index, LUA_TTABLE);
}

static lua_Integer length_of(lua_State *L, int index)
{
    check_table(L, index);
    return luaL_len(L, index);
}

static lua_Integer after(lua_Integer n) { return (lua_Integer)((lua_Unsigned)n + 1u); }

static int table_insert(lua_State *L)
{
    lua_Integer end = after(length_of(L, 1)), at = end;
    int count = lua_gettop(L);
    if (count != 2 && count != 3) return luaL_error(L, "wrong number of arguments to 'insert'");
    if (count == 3) {
        at = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)at - 1u < (lua_Unsigned)end, 2, "position out of bounds");
        for (lua_Integer i = end; i > at; i--) {
            limits_charge(L, MOVE_STEPS);
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
        }
    }
    lua_seti(L, 1, at);
    return 0;
}

static int table_remove(lua_State *L)
{
    lua_Integer size = length_of(L, 1), at = luaL_optinteger(L, 2, size);
    if (at != size) luaL_argcheck(L, (lua_Unsigned)at - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
    lua_geti(L, 1, at);
    for (; at < size; at++) {
        limits_charge(L, MOVE_STEPS);
        lua_geti(L, 1, at + 1);
        lua_seti(L, 1, at);
    }
    lua_pushnil(L);
    lua_seti(L, 1, at);
    return 1;
}

static int table_move(lua_State *L)
{
    lua_Integer from = luaL_checkinteger(L, 2), end = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    check_table(L, 1);
    check_table(L, target);
    if (end >= from) {
        luaL_argcheck(L, from > 0 || end < LUA_MAXINTEGER + from, 3, "too many elements to move");
        lua_Integer count = end - from + 1;
        luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        bool forward = to > end || to <= from || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
        for (lua_Integer i = 0; i < count; i++) {
            limits_charge(L, MOVE_STEPS);
            lua_Integer step = forward ? i : count - 1 - i;
            lua_geti(L, 1, from + step);
            lua_seti(L, target, to + step);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

static int table_concat(lua_State *L)
{
    lua_Integer last = length_of(L, 1);
    str separator = lua_isnoneornil(L, 2) ? S("") : lua_check_str(L, 2);
    lua_Integer i = luaL_optinteger(L, 3, 1);
    last = luaL_optinteger(L, 4, last);
    limits_make_room(L, 4096);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    for (; i <= last; i++) {
        limits_charge(L, 1 + separator.len / 16);
        lua_geti(L, 1, i);
        if (!lua_isstring(L, -1))
            return luaL_error(L, "invalid value (at index %I) in table for 'concat': a %s", (LUAI_UACINT)i,
                              luaL_typename(L, -1));
        luaL_addvalue(&out);
        if (i < last) luaL_addlstring(&out, separator.p, (size_t)separator.len);
        if (i == LUA_MAXINTEGER) break;
    }
    luaL_pushresult(&out);
    return 1;
}

static int table_pack(lua_State *L)
{
    int count = lua_gettop(L);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    for (int i = count; i >= 1; i--) lua_seti(L, 1, i);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

static int table_unpack(lua_State *L)
{
    lua_Integer from = luaL_optinteger(L, 2, 1);
    lua_Integer to = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    if (from > to) return 0;
    lua_Unsigned count = (lua_Unsigned)to - (lua_Unsigned)from;
    if (count >= 1000000 || !lua_checkstack(L, (int)count + 1))
        return luaL_error(L, "too many results to unpack");
    for (lua_Unsigned i = 0; i <= count; i++) {
        limits_charge(L, 1);
        lua_geti(L, 1, (lua_Integer)((lua_Unsigned)from + i));
    }
    return (int)count + 1;
}

/* --- sort -------------------------------------------------------------
 *
 * Stack: 1 table, 2 comparator or nil, 3 and 4 the two lists merged between. */

/* Is item j of list 3 before item i? */
static bool is_before(lua_State *L, lua_Integer j, lua_Integer i)
{
    limits_charge(L, 4);
    bool before;
    if (lua_isnil(L, 2)) {
        lua_rawgeti(L, 3, j);
        lua_rawgeti(L, 3, i);
        before = lua_compare(L, -2, -1, LUA_OPLT);
        lua_pop(L, 2);
    } else {
        lua_pushvalue(L, 2);
        lua_rawgeti(L, 3, j);
        lua_rawgeti(L, 3, i);
        lua_call(L, 2, 1);
        before = lua_toboolean(L, -1);
        lua_pop(L, 1);
    }
    return before;
}

/* Merges the runs low..middle-1 and middle..high-1 of list 3 into list 4. */
static void merge(lua_State *L, lua_Integer low, lua_Integer middle, lua_Integer high)
{
    lua_Integer i = low, j = middle;
    for (lua_Integer to = low; to < high; to++) {
        limits_charge(L, 2);
        bool right = i >= middle || (j < high && is_before(L, j, i));
        lua_rawgeti(L, 3, right ? j++ : i++);
        lua_rawseti(L, 4, to);
    }
}

static void merge_runs(lua_State *L, lua_Integer count)
{
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer low = 1; low <= count; low += 2 * width) {
            lua_Integer middle = low + width <= count ? low + width : count + 1;
            lua_Integer high = middle + width <= count ? middle + width : count + 1;
            merge(L, low, middle, high);
        }
        lua_pushvalue(L, 3);        /* the merged list is the next round's source */
        lua_copy(L, 4, 3);
        lua_replace(L, 4);
    }
}

static int table_sort(lua_State *L)
{
    lua_Integer count = length_of(L, 1);
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    if (count < 2) return 0;
    luaL_argcheck(L, count < 1 << 24, 1, "array too big");
    limits_charge(L, count);
    for (int list = 0; list < 2; list++) lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        limits_charge(L, 1);
        lua_geti(L, 1, i);
        lua_rawseti(L, 3, i);
    }
    merge_runs(L, count);
    for (lua_Integer i = 1; i <= count; i++) {
        limits_charge(L, 1);
        lua_rawgeti(L, 3, i);
        lua_seti(L, 1, i);
    }
    return 0;
}

void table_open(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"concat", table_concat}, {"insert", table_insert}, {"move", table_move}, {"pack", table_pack},
        {"remove", table_remove}, {"sort", table_sort}, {"unpack", table_unpack}, {NULL, NULL}
    };
    luaL_newlib(L, functions);
}
