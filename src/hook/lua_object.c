/* lua_object.c - the metatables of hugi's userdata.
 *
 * Written in this order: lazy values, times, HTML, setting up. */
#include "lua_object.h"

#include <stdlib.h>

#include "base/escape.h"
#include "lua_limits.h"
#include "lua_value.h"

enum { LOOKUP_STEPS = 10 };

struct object {
    int kind;
    uint32_t epoch;
    value value;
    const struct object_extra *extra;
};
struct time_object {
    int kind;
    instant time;
};

static const char metatable_keys[3];    /* registry: one per kind */

static void *object_at(lua_State *L, int index, enum object_kind kind)
{
    if (lua_type(L, index) != LUA_TUSERDATA) return NULL;
    int *object = lua_touserdata(L, index);
    return object && *object == (int)kind ? object : NULL;
}

static void *new_object(lua_State *L, size_t size, enum object_kind kind, int values)
{
    int *object = lua_newuserdatauv(L, size, values);
    memset(object, 0, size);
    *object = (int)kind;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &metatable_keys[kind]);
    lua_setmetatable(L, -2);
    return object;
}

bool object_is(lua_State *L, int index) { return object_at(L, index, OBJECT_VALUE) != NULL; }

/* --- lazy values ------------------------------------------------------ */

void object_push(lua_State *L, value v, const struct object_extra *extra)
{
    struct object *object = new_object(L, sizeof *object, OBJECT_VALUE, 0);
    object->epoch = state_of(L)->epoch;
    object->value = v;
    object->extra = extra;
}

static const char *name_of(const struct object *object)
{
    if (object->extra) return object->extra->name;
    return object->value.kind == VALUE_DROP ? object->value.as.drop.class_->name
                                            : object->value.kind == VALUE_LIST ? "list" : "map";
}

static const struct object *check_object(lua_State *L, int index)
{
    const struct object *object = object_at(L, index, OBJECT_VALUE);
    if (!object) {
        luaL_error(L, "a %s where a page, a map or the like is wanted", luaL_typename(L, index));
        return NULL;                            /* not reached: luaL_error does not return */
    }
    if (object->epoch != state_of(L)->epoch)
        luaL_error(L, "this '%s' belongs to an earlier call of a hook and cannot be kept", name_of(object));
    return object;
}

static int object_index(lua_State *L)
{
    const struct object *object = check_object(L, 1);
    struct arena *arena = state_arena(state_of(L));
    limits_charge(L, LOOKUP_STEPS);
    value found = value_null();
    if (lua_type(L, 2) == LUA_TSTRING) {
        str key = lua_check_str(L, 2);
        if (object->extra && object->extra->get && object->extra->get(L, key)) return 1;
        found = value_get(object->value, key, arena);
    } else if (lua_isinteger(L, 2) && lua_tointeger(L, 2) >= 1) {
        if (lua_tointeger(L, 2) <= value_count(object->value) && object->value.kind != VALUE_MAP)
            found = value_at(object->value, (ptrdiff_t)lua_tointeger(L, 2) - 1, arena);
    }
    limits_check_arena(L);
    lua_value_push(L, found);
    return 1;
}

static int object_newindex(lua_State *L)
{
    const struct object *object = check_object(L, 1);
    base_push_text(L, 2);
    str key = lua_check_str(L, -1);
    if (object->extra && object->extra->set && object->extra->set(L, key, 3)) return 0;
    return luaL_error(L, "'%s' of a %s cannot be set", key.p, name_of(object));
}

static int object_length(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)value_count(check_object(L, 1)->value));
    return 1;
}

static int object_equal(lua_State *L)
{
    const struct object *a = object_at(L, 1, OBJECT_VALUE), *b = object_at(L, 2, OBJECT_VALUE);
    bool same = a && b && a->value.kind == b->value.kind;
    if (same && a->value.kind == VALUE_DROP)
        same = a->value.as.drop.class_ == b->value.as.drop.class_ && a->value.as.drop.self == b->value.as.drop.self;
    else if (same)
        same = a->value.as.map == b->value.as.map;
    lua_pushboolean(L, same);
    return 1;
}

static int object_text(lua_State *L)
{
    const struct object *object = check_object(L, 1);
    value v = object->value;
    if (v.kind == VALUE_DROP && v.as.drop.class_->text)
        lua_push_str(L, v.as.drop.class_->text(v.as.drop.self, state_arena(state_of(L))));
    else
        lua_pushstring(L, name_of(object));
    limits_check_arena(L);
    return 1;
}

static int compare_names(const void *a, const void *b) { return str_compare(*(const str *)a, *(const str *)b); }

static ptrdiff_t names_of(value v, struct arena *arena, str **out)
{
    value keys = v.kind == VALUE_DROP && v.as.drop.class_->keys
                     ? v.as.drop.class_->keys(v.as.drop.self, arena) : v;
    if (keys.kind != VALUE_MAP && keys.kind != VALUE_LIST) return 0;
    ptrdiff_t count = value_count(keys);
    *out = ARENA_NEWS(arena, str, count);
    for (ptrdiff_t i = 0; i < count; i++)
        (*out)[i] = keys.kind == VALUE_MAP ? keys.as.map->pairs[i].key : value_text(keys.as.list->items[i]);
    qsort(*out, (size_t)count, sizeof **out, compare_names);
    return count;
}

void object_push_keys(lua_State *L, int index)
{
    value v = check_object(L, index)->value;
    bool is_list = v.kind == VALUE_LIST || (v.kind == VALUE_DROP && v.as.drop.class_->at);
    lua_newtable(L);
    if (is_list) {
        ptrdiff_t count = value_count(v);
        limits_charge(L, count);
        for (ptrdiff_t i = 1; i <= count; i++) {
            lua_pushinteger(L, (lua_Integer)i);
            lua_rawseti(L, -2, (lua_Integer)i);
        }
        return;
    }
    str *names = NULL;
    ptrdiff_t count = names_of(v, state_arena(state_of(L)), &names);
    limits_charge(L, count * LOOKUP_STEPS);
    for (ptrdiff_t i = 0; i < count; i++) {
        lua_push_str(L, names[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* --- times ------------------------------------------------------------ */

void object_push_time(lua_State *L, instant t)
{
    struct time_object *object = new_object(L, sizeof *object, OBJECT_TIME, 0);
    object->time = t;
}

static instant check_time(lua_State *L, int index)
{
    const struct time_object *object = object_at(L, index, OBJECT_TIME);
    if (!object) {
        luaL_error(L, "a %s where a time is wanted", luaL_typename(L, index));
        return (instant){0};                    /* not reached */
    }
    return object->time;
}

static int time_text(lua_State *L)
{
    instant t = check_time(L, 1);
    struct arena *arena = state_arena(state_of(L));
    lua_push_str(L, t.date_only ? date_format(arena, t, S("%Y-%m-%d")) : date_rfc3339(arena, t));
    return 1;
}

/* time:format("%Y년 %-m월") */
static int time_format(lua_State *L)
{
    instant t = check_time(L, 1);
    str format = lua_check_str(L, 2);
    limits_charge(L, format.len * 4);
    lua_push_str(L, date_format(state_arena(state_of(L)), t, format));
    limits_check_arena(L);
    return 1;
}

static int time_index(lua_State *L)
{
    instant t = check_time(L, 1);
    struct civil civil = date_civil(t);
    const struct { str name; int64_t number; } fields[] = {
        {S("year"), civil.year}, {S("month"), civil.month}, {S("day"), civil.day},
        {S("hour"), civil.hour}, {S("minute"), civil.minute}, {S("second"), civil.second},
        {S("weekday"), civil.weekday}, {S("yearday"), civil.yearday},
        {S("seconds"), t.seconds}, {S("offset"), t.offset},
    };
    str key = lua_check_str(L, 2);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (str_equal(key, fields[i].name)) {
            lua_pushinteger(L, fields[i].number);
            return 1;
        }
    if (str_equal(key, S("date_only"))) lua_pushboolean(L, t.date_only);
    else if (str_equal(key, S("format"))) lua_pushcfunction(L, time_format);
    else lua_pushnil(L);
    return 1;
}

static int time_equal(lua_State *L)
{
    bool both = object_at(L, 1, OBJECT_TIME) && object_at(L, 2, OBJECT_TIME);
    lua_pushboolean(L, both && check_time(L, 1).seconds == check_time(L, 2).seconds);
    return 1;
}

static int time_less(lua_State *L)
{
    lua_pushboolean(L, check_time(L, 1).seconds < check_time(L, 2).seconds);
    return 1;
}

static int time_less_equal(lua_State *L)
{
    lua_pushboolean(L, check_time(L, 1).seconds <= check_time(L, 2).seconds);
    return 1;
}

/* Seconds between two times. */
static int time_minus(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)((uint64_t)check_time(L, 1).seconds - (uint64_t)check_time(L, 2).seconds));
    return 1;
}

/* --- HTML: a text that is not to be escaped ---------------------------- */

void object_push_html(lua_State *L, str html)
{
    new_object(L, sizeof(int), OBJECT_HTML, 1);
    lua_push_str(L, html);
    lua_setiuservalue(L, -2, 1);
}

static int html_text_of(lua_State *L)
{
    if (!object_at(L, 1, OBJECT_HTML)) return luaL_error(L, "HTML is wanted");
    lua_getiuservalue(L, 1, 1);
    return 1;
}

static void add_part(lua_State *L, struct buf *out, int index)
{
    if (object_at(L, index, OBJECT_HTML)) {
        lua_getiuservalue(L, index, 1);
        buf_add(out, lua_check_str(L, -1));
        lua_pop(L, 1);
    } else {
        buf_html(out, lua_check_str(L, index));
    }
}

/* html .. text: plain text is escaped, so that the result is HTML. */
static int html_concat(lua_State *L)
{
    struct buf out = buf_in(state_arena(state_of(L)));
    add_part(L, &out, 1);
    add_part(L, &out, 2);
    limits_charge(L, out.len / 8);
    limits_check_arena(L);
    object_push_html(L, buf_str(&out));
    return 1;
}

bool object_take(lua_State *L, int index, struct arena *arena, value *out)
{
    if (object_is(L, index)) {
        *out = check_object(L, index)->value;
    } else if (object_at(L, index, OBJECT_TIME)) {
        *out = value_time(check_time(L, index));
    } else if (object_at(L, index, OBJECT_HTML)) {
        lua_getiuservalue(L, index, 1);
        *out = value_html(str_copy(arena, lua_check_str(L, -1)));
        lua_pop(L, 1);
    } else {
        return false;
    }
    return true;
}

/* --- setting up ------------------------------------------------------- */

static const luaL_Reg object_methods[] = {
    {"__index", object_index}, {"__newindex", object_newindex}, {"__len", object_length},
    {"__eq", object_equal}, {"__tostring", object_text}, {NULL, NULL}
};
static const luaL_Reg time_methods[] = {
    {"__index", time_index}, {"__eq", time_equal}, {"__lt", time_less}, {"__le", time_less_equal},
    {"__sub", time_minus}, {"__tostring", time_text}, {NULL, NULL}
};
static const luaL_Reg html_methods[] = {
    {"__concat", html_concat}, {"__tostring", html_text_of}, {NULL, NULL}
};

void object_open(lua_State *L)
{
    const luaL_Reg *const methods[] = {
        [OBJECT_VALUE] = object_methods, [OBJECT_TIME] = time_methods, [OBJECT_HTML] = html_methods
    };
    for (int kind = 0; kind < 3; kind++) {
        lua_newtable(L);
        luaL_setfuncs(L, methods[kind], 0);
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        lua_rawsetp(L, LUA_REGISTRYINDEX, &metatable_keys[kind]);
    }
}
