/* lua_order.c - pairs and next that do not depend on hash seeds or addresses.
 *
 * pairs takes the keys once, sorts them and walks the list: fields may be
 * changed or removed on the way, as Lua allows; a field added is not seen.
 * Lists are in order already and are not sorted. */
#include "lua_order.h"

#include <stdlib.h>

#include "lua_freeze.h"
#include "lua_limits.h"
#include "lua_object.h"

/* One key, as C can compare it.  The text is alive: its key is on a list. */
struct sort_key {
    int kind;                   /* LUA_TNUMBER, LUA_TSTRING or LUA_TBOOLEAN */
    bool is_integer;
    lua_Integer integer;        /* booleans: 0 or 1 */
    double number;
    str text;
    lua_Integer at;             /* on the list of keys */
};

static int rank_of(int kind) { return kind == LUA_TNUMBER ? 0 : kind == LUA_TSTRING ? 1 : 2; }

static int compare_numbers(const struct sort_key *a, const struct sort_key *b)
{
    if (a->is_integer && b->is_integer) return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->number < b->number) return -1;
    if (a->number > b->number) return 1;
    return b->is_integer - a->is_integer;
}

static int compare_keys(const void *of_a, const void *of_b)
{
    const struct sort_key *a = of_a, *b = of_b;
    if (a->kind != b->kind) return rank_of(a->kind) - rank_of(b->kind);
    if (a->kind == LUA_TNUMBER) return compare_numbers(a, b);
    if (a->kind == LUA_TSTRING) return str_compare(a->text, b->text);
    return (a->integer > b->integer) - (a->integer < b->integer);
}

static struct sort_key read_sort_key(lua_State *L, int index)
{
    struct sort_key key = {.kind = lua_type(L, index)};
    if (key.kind == LUA_TNUMBER) {
        key.is_integer = lua_isinteger(L, index);
        key.integer = key.is_integer ? lua_tointeger(L, index) : 0;
        key.number = lua_tonumber(L, index);
    } else if (key.kind == LUA_TSTRING) {
        size_t len;
        key.text.p = lua_tolstring(L, index, &len);
        key.text.len = (ptrdiff_t)len;
    } else if (key.kind == LUA_TBOOLEAN) {
        key.integer = lua_toboolean(L, index);
    } else {
        luaL_error(L, "a table with a %s as a key cannot be walked: it has no fixed order",
                   luaL_typename(L, index));
    }
    return key;
}

/* Stack top: the unsorted list; a sorted one takes its place. */
static void sort_list(lua_State *L, lua_Integer count)
{
    int cost = 1;
    while (cost < 62 && (lua_Integer)1 << cost < count) cost++;
    limits_charge(L, (int64_t)count * cost);
    int list = lua_gettop(L);
    struct sort_key *keys = lua_newuserdatauv(L, (size_t)count * sizeof *keys, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, list, i + 1);
        keys[i] = read_sort_key(L, -1);
        keys[i].at = i + 1;
        lua_pop(L, 1);
    }
    qsort(keys, (size_t)count, sizeof *keys, compare_keys);
    lua_createtable(L, count < 1 << 20 ? (int)count : 0, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, list, keys[i].at);
        lua_rawseti(L, -2, i + 1);
    }
    lua_replace(L, list);
    lua_settop(L, list);
}

lua_Integer order_push_keys(lua_State *L, int index)
{
    luaL_checkstack(L, 8, NULL);
    freeze_push_fields(L, index);
    int table = lua_gettop(L);
    lua_createtable(L, (int)(lua_rawlen(L, table) < 1 << 20 ? lua_rawlen(L, table) : 0), 0);
    lua_Integer count = 0;
    bool sorted = true;
    struct sort_key before = {0};
    for (lua_pushnil(L); lua_next(L, table);) {
        lua_pop(L, 1);
        limits_charge(L, 3);
        struct sort_key key = read_sort_key(L, -1);
        if (count > 0 && sorted) sorted = compare_keys(&before, &key) < 0;
        before = key;
        lua_pushvalue(L, -1);
        lua_rawseti(L, table + 1, ++count);
    }
    if (!sorted) sort_list(L, count);
    lua_remove(L, table);
    return count;
}

/* --- pairs ------------------------------------------------------------ */

/* Upvalues: the list of keys, the position, the epoch.  Argument: the table or object. */
static int walk(lua_State *L)
{
    if (lua_tointeger(L, lua_upvalueindex(3)) != (lua_Integer)state_of(L)->epoch)
        return luaL_error(L, "an iterator of an earlier call cannot be used");
    lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
    for (;;) {
        limits_charge(L, 1);
        if (lua_rawgeti(L, lua_upvalueindex(1), ++at) == LUA_TNIL) break;
        lua_pushvalue(L, -1);
        if (lua_istable(L, 1)) {
            freeze_push_fields(L, 1);
            lua_insert(L, -2);
            lua_rawget(L, -2);
            lua_remove(L, -2);
        } else {
            lua_gettable(L, 1);
        }
        if (!lua_isnil(L, -1)) break;
        lua_pop(L, 2);
    }
    lua_pushinteger(L, at);
    lua_replace(L, lua_upvalueindex(2));
    return lua_isnil(L, -1) ? 1 : 2;
}

int order_pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    if (lua_istable(L, 1) && luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    lua_settop(L, 1);
    if (object_is(L, 1))
        object_push_keys(L, 1);
    else {
        luaL_checktype(L, 1, LUA_TTABLE);
        order_push_keys(L, 1);
    }
    lua_pushinteger(L, 0);
    lua_pushinteger(L, (lua_Integer)state_of(L)->epoch);
    lua_pushcclosure(L, walk, 3);
    lua_pushvalue(L, 1);
    return 2;
}

/* --- next ------------------------------------------------------------- */

/* The least key above `after` (NULL: of all), found by looking at every key. */
int order_next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    limits_charge(L, 5);
    bool from_start = lua_isnil(L, 2);
    struct sort_key after = {0}, best = {0};
    if (!from_start) after = read_sort_key(L, 2);
    freeze_push_fields(L, 1);
    lua_pushnil(L);                         /* 4: the best key */
    bool found = false;
    for (lua_pushnil(L); lua_next(L, 3);) {
        lua_pop(L, 1);
        limits_charge(L, 3);
        struct sort_key key = read_sort_key(L, -1);
        if (!from_start && compare_keys(&key, &after) <= 0) continue;
        if (found && compare_keys(&key, &best) >= 0) continue;
        best = key;
        found = true;
        lua_pushvalue(L, -1);
        lua_replace(L, 4);
    }
    lua_settop(L, 4);
    if (!found) return 1;
    lua_pushvalue(L, 4);
    lua_rawget(L, 3);
    return 2;
}
