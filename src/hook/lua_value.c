/* lua_value.c - copying values between hugi and Lua.
 *
 * Written in this order: into Lua, out of Lua, the fields of result tables. */
#include "lua_value.h"

#include "base/utf8.h"
#include "lua_limits.h"
#include "lua_object.h"
#include "lua_order.h"

enum { DEEPEST = 60, SMALL = 200 };

/* --- into Lua --------------------------------------------------------- */

/* Is there room for all of v in what is left of *room? */
static bool fits(value v, int depth, int *room)
{
    if (--*room < 0 || depth > DEEPEST) return false;
    if (v.kind == VALUE_LIST)
        for (ptrdiff_t i = 0; i < v.as.list->count; i++)
            if (!fits(v.as.list->items[i], depth + 1, room)) return false;
    if (v.kind == VALUE_MAP)
        for (ptrdiff_t i = 0; i < v.as.map->count; i++)
            if (!fits(v.as.map->pairs[i].value, depth + 1, room)) return false;
    return true;
}

static void push_any(lua_State *L, value v, bool tables, int depth);

static void push_list(lua_State *L, const struct value_list *list, bool tables, int depth)
{
    lua_createtable(L, list->count < 1 << 20 ? (int)list->count : 0, 0);
    for (ptrdiff_t i = 0; i < list->count; i++) {
        push_any(L, list->items[i], tables, depth + 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_map(lua_State *L, const struct value_map *map, bool tables, int depth)
{
    lua_createtable(L, 0, map->count < 1 << 20 ? (int)map->count : 0);
    for (ptrdiff_t i = 0; i < map->count; i++) {
        lua_push_str(L, map->pairs[i].key);
        push_any(L, map->pairs[i].value, tables, depth + 1);
        lua_rawset(L, -3);
    }
}

static void push_range(lua_State *L, value v)
{
    lua_newtable(L);
    for (int64_t i = 0; i < v.as.range.count; i++) {
        limits_charge(L, 1);
        lua_pushinteger(L, v.as.range.first + i);
        lua_rawseti(L, -2, i + 1);
    }
}

static void push_any(lua_State *L, value v, bool tables, int depth)
{
    luaL_checkstack(L, 4, NULL);
    limits_charge(L, 1);
    if (depth > DEEPEST) luaL_error(L, "a value is nested more than %d levels deep", DEEPEST);
    switch (v.kind) {
    case VALUE_BOOL: lua_pushboolean(L, v.as.boolean); break;
    case VALUE_INT: lua_pushinteger(L, v.as.integer); break;
    case VALUE_FLOAT: lua_pushnumber(L, v.as.number); break;
    case VALUE_STR: lua_push_str(L, v.as.text); break;
    case VALUE_TIME: object_push_time(L, v.as.time); break;
    case VALUE_DROP: object_push(L, v, NULL); break;
    case VALUE_RANGE: push_range(L, v); break;
    case VALUE_LIST:
    case VALUE_MAP: {
        int room = SMALL;
        if (!tables && depth == 0 && !fits(v, 0, &room)) object_push(L, v, NULL);
        else if (v.kind == VALUE_LIST) push_list(L, v.as.list, tables, depth);
        else push_map(L, v.as.map, tables, depth);
        break;
    }
    default: lua_pushnil(L); break;
    }
}

void lua_value_push(lua_State *L, value v) { push_any(L, value_whole(v, state_arena(state_of(L))), false, 0); }
void lua_value_push_tables(lua_State *L, value v) { push_any(L, v, true, 0); }

/* --- out of Lua ------------------------------------------------------- */

struct taking {
    struct arena *arena;
    const char *what;
    bool kept;
};

static value take_any(lua_State *L, int index, const struct taking *taking, int depth);

static str take_str(lua_State *L, int index, const struct taking *taking)
{
    str text = lua_check_str(L, index);
    limits_charge(L, text.len / 8);
    if (utf8_invalid(text) >= 0)
        luaL_error(L, "%s: a text is not valid UTF-8 or holds a NUL byte", taking->what);
    return str_copy(taking->arena, text);
}

static value take_list(lua_State *L, int table, lua_Integer count, const struct taking *taking, int depth)
{
    value list = value_list(taking->arena);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, table, i);
        value_push(taking->arena, &list, take_any(L, lua_gettop(L), taking, depth + 1));
        lua_pop(L, 1);
    }
    return list;
}

static value take_map(lua_State *L, int table, int keys, lua_Integer count, const struct taking *taking, int depth)
{
    value map = value_map(taking->arena);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, keys, i);
        lua_pushvalue(L, -1);
        lua_gettable(L, table);
        base_push_text(L, -2);
        str key = take_str(L, lua_gettop(L), taking);
        value item = take_any(L, lua_gettop(L) - 1, taking, depth + 1);
        value_set(taking->arena, &map, key, item);
        lua_pop(L, 3);
    }
    return map;
}

/* The keys are in order: a list's last one is its count. */
static bool is_list(lua_State *L, int keys, lua_Integer count)
{
    if (count == 0) return true;
    lua_rawgeti(L, keys, 1);
    bool first = lua_isinteger(L, -1) && lua_tointeger(L, -1) == 1;
    lua_rawgeti(L, keys, count);
    bool last = lua_isinteger(L, -1) && lua_tointeger(L, -1) == count;
    lua_pop(L, 2);
    return first && last;
}

static value take_table(lua_State *L, int table, const struct taking *taking, int depth)
{
    lua_Integer count = order_push_keys(L, table);
    int keys = lua_gettop(L);
    limits_charge(L, count * 4);
    value v = is_list(L, keys, count) ? take_list(L, table, count, taking, depth)
                                      : take_map(L, table, keys, count, taking, depth);
    lua_settop(L, keys - 1);
    limits_check_arena(L);
    return v;
}

static value take_object(lua_State *L, int index, const struct taking *taking)
{
    value v = value_null();
    if (!object_take(L, index, taking->arena, &v))
        luaL_error(L, "%s: a %s cannot be used here", taking->what, luaL_typename(L, index));
    if (v.kind == VALUE_DROP && taking->kept)
        luaL_error(L, "%s: a %s cannot be kept", taking->what, v.as.drop.class_->name);
    if (v.kind == VALUE_STR && utf8_invalid(v.as.text) >= 0)
        luaL_error(L, "%s: HTML is not valid UTF-8 or holds a NUL byte", taking->what);
    return v;
}

static value take_any(lua_State *L, int index, const struct taking *taking, int depth)
{
    luaL_checkstack(L, 10, NULL);
    if (depth > DEEPEST)
        luaL_error(L, "%s: nested more than %d levels deep (does a table hold itself?)", taking->what, DEEPEST);
    switch (lua_type(L, index)) {
    case LUA_TNIL: return value_null();
    case LUA_TBOOLEAN: return value_bool(lua_toboolean(L, index));
    case LUA_TNUMBER:
        return lua_isinteger(L, index) ? value_int(lua_tointeger(L, index)) : value_float(lua_tonumber(L, index));
    case LUA_TSTRING: return value_str(take_str(L, index, taking));
    case LUA_TTABLE: return take_table(L, index, taking, depth);
    default: return take_object(L, index, taking);
    }
}

value lua_value_take(lua_State *L, int index, struct arena *arena, const char *what)
{
    return take_any(L, lua_absindex(L, index), &(struct taking){arena, what, false}, 0);
}

value lua_value_take_kept(lua_State *L, int index, struct arena *arena, const char *what)
{
    return take_any(L, lua_absindex(L, index), &(struct taking){arena, what, true}, 0);
}

str lua_value_take_text(lua_State *L, int index, struct arena *arena, const char *what)
{
    value v = lua_value_take(L, index, arena, what);
    if (v.kind != VALUE_STR && v.kind != VALUE_INT && v.kind != VALUE_FLOAT)
        luaL_error(L, "%s: text is wanted, not %s", what, value_kind_name(v));
    return value_print(v, arena);
}

/* --- the fields of result tables -------------------------------------- */

/* Pushes the field; false and nothing when it is nil. */
static bool push_field(lua_State *L, int index, const char *field)
{
    if (lua_getfield(L, index, field) != LUA_TNIL) return true;
    lua_pop(L, 1);
    return false;
}

bool lua_field_text(lua_State *L, int index, const char *field, struct arena *arena, str *out)
{
    if (!push_field(L, index, field)) return false;
    *out = lua_value_take_text(L, -1, arena, field);
    lua_pop(L, 1);
    return true;
}

bool lua_field_int(lua_State *L, int index, const char *field, int least, int most, int *out)
{
    if (!push_field(L, index, field)) return false;
    int is_number;
    lua_Integer number = lua_tointegerx(L, -1, &is_number);
    if (!is_number || lua_type(L, -1) != LUA_TNUMBER || number < least || number > most)
        luaL_error(L, "%s: a whole number from %d to %d is wanted", field, least, most);
    *out = (int)number;
    lua_pop(L, 1);
    return true;
}

bool lua_field_bool(lua_State *L, int index, const char *field, bool *out)
{
    if (!push_field(L, index, field)) return false;
    if (lua_type(L, -1) != LUA_TBOOLEAN) luaL_error(L, "%s: true or false is wanted", field);
    *out = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return true;
}

static bool is_listed(str name, const str *names, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (str_equal(name, names[i])) return true;
    return false;
}

void lua_fields_check(lua_State *L, int index, const str *names, ptrdiff_t count, const char *what)
{
    index = lua_absindex(L, index);
    lua_Integer key_count = order_push_keys(L, index);
    for (lua_Integer i = 1; i <= key_count; i++) {
        lua_rawgeti(L, -1, i);
        base_push_text(L, -1);
        str name = lua_check_str(L, -1);
        if (!is_listed(name, names, count)) {
            str nearest = str_nearest(name, names, count);
            lua_push_str(L, nearest);
            if (nearest.len) luaL_error(L, "%s: unknown field '%s'; did you mean '%s'?", what, name.p, lua_tostring(L, -1));
            luaL_error(L, "%s: unknown field '%s'", what, name.p);
        }
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
}
