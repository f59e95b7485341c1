/* lua_string.c - the string library: patterns within limits, no addresses.
 *
 * find, match, gmatch and gsub run on lua_pattern.c.  rep, byte and format are
 * here because Lua's own could loop (an empty text repeated 1e15 times) or
 * print addresses (%s of a table, %p).  What is linear in its result is Lua's
 * own, with room made first.  dump, pack and unpack are left out.
 *
 * Written in this order: searching, replacing, building, numbers in strings. */
#include <ctype.h>
#include <lualib.h>

#include "lua_limits.h"
#include "lua_object.h"
#include "lua_pattern.h"

/* A start position as scripts give it, from 1 or from the end; at least 1. */
static lua_Unsigned start_of(lua_Integer at, ptrdiff_t len)
{
    if (at > 0) return (lua_Unsigned)at;
    if (at == 0 || at < -(lua_Integer)len) return 1;
    return (lua_Unsigned)((lua_Integer)len + at + 1);
}

static lua_Integer end_of(lua_Integer at, ptrdiff_t len)
{
    if (at > (lua_Integer)len) return (lua_Integer)len;
    if (at >= 0) return at;
    return at < -(lua_Integer)len ? 0 : (lua_Integer)len + at + 1;
}

/* --- searching -------------------------------------------------------- */

static bool has_specials(str pattern)
{
    for (ptrdiff_t i = 0; i < pattern.len; i++)
        if (pattern.p[i] && strchr("^$*+?.([%-", pattern.p[i])) return true;
    return false;
}

static const char *find_plain(lua_State *L, str text, str needle)
{
    if (needle.len == 0) return text.p;
    const char *end = text.p + text.len;
    for (const char *at = text.p; end - at >= needle.len; at++) {
        const char *hit = memchr(at, needle.p[0], (size_t)(end - at - needle.len + 1));
        if (!hit) break;
        limits_charge(L, 1 + (hit - at) / 16 + needle.len / 16);
        if (memcmp(hit, needle.p, (size_t)needle.len) == 0) return hit;
        at = hit;
    }
    return NULL;
}

static int push_range(lua_State *L, str text, const char *start, const char *end)
{
    lua_pushinteger(L, (lua_Integer)(start - text.p) + 1);
    lua_pushinteger(L, (lua_Integer)(end - text.p));
    return 2;
}

static int search_pattern(lua_State *L, str text, str pattern, const char *at, bool find)
{
    struct pattern_match match;
    bool anchored = pattern.len > 0 && pattern.p[0] == '^';
    if (anchored) pattern = str_of(pattern.p + 1, pattern.len - 1);
    pattern_begin(&match, L, text, pattern);
    for (;; at++) {
        const char *end = pattern_match_at(&match, at, pattern.p);
        if (end && find) return push_range(L, text, at, end) + pattern_push_captures(&match, NULL, NULL);
        if (end) return pattern_push_captures(&match, at, end);
        if (anchored || at >= match.text_end) break;
    }
    lua_pushnil(L);
    return 1;
}

static int search(lua_State *L, bool find)
{
    str text = lua_check_str(L, 1), pattern = lua_check_str(L, 2);
    lua_Unsigned start = start_of(luaL_optinteger(L, 3, 1), text.len) - 1;
    if (start > (lua_Unsigned)text.len) {
        lua_pushnil(L);
        return 1;
    }
    if (!find || (!lua_toboolean(L, 4) && has_specials(pattern)))
        return search_pattern(L, text, pattern, text.p + start, find);
    str rest = str_of(text.p + start, text.len - (ptrdiff_t)start);
    const char *hit = find_plain(L, rest, pattern);
    if (hit) return push_range(L, text, hit, hit + pattern.len);
    lua_pushnil(L);
    return 1;
}

static int string_find(lua_State *L) { return search(L, true); }
static int string_match(lua_State *L) { return search(L, false); }

struct gmatch {
    uint32_t epoch;
    const char *at, *pattern, *last;    /* `last`: the end of the last match */
    struct pattern_match match;
};

/* Upvalues: text, pattern (kept alive), the struct. */
static int gmatch_next(lua_State *L)
{
    struct gmatch *g = lua_touserdata(L, lua_upvalueindex(3));
    if (g->epoch != state_of(L)->epoch) return luaL_error(L, "an iterator of an earlier call cannot be used");
    g->match.L = L;
    for (; g->at <= g->match.text_end; g->at++) {
        const char *end = pattern_match_at(&g->match, g->at, g->pattern);
        if (!end || end == g->last) continue;
        const char *start = g->at;
        g->at = g->last = end;
        return pattern_push_captures(&g->match, start, end);
    }
    return 0;
}

static int string_gmatch(lua_State *L)
{
    str text = lua_check_str(L, 1), pattern = lua_check_str(L, 2);
    lua_Unsigned start = start_of(luaL_optinteger(L, 3, 1), text.len) - 1;
    lua_settop(L, 2);
    struct gmatch *g = lua_newuserdatauv(L, sizeof *g, 0);
    pattern_begin(&g->match, L, text, pattern);
    g->epoch = state_of(L)->epoch;
    g->at = text.p + (start > (lua_Unsigned)text.len ? (lua_Unsigned)text.len + 1 : start);
    g->pattern = pattern.p;
    g->last = NULL;
    lua_pushcclosure(L, gmatch_next, 3);
    return 1;
}

/* --- replacing -------------------------------------------------------- */

/* A replacement text with its %0 to %9. */
static void add_template(struct pattern_match *match, luaL_Buffer *out, const char *start, const char *end)
{
    lua_State *L = match->L;
    str text = lua_check_str(L, 3);
    for (ptrdiff_t i = 0; i < text.len; i++) {
        limits_charge(L, 1);
        if (text.p[i] != '%') {
            luaL_addchar(out, text.p[i]);
            continue;
        }
        char c = ++i < text.len ? text.p[i] : 0;
        if (c == '%') {
            luaL_addchar(out, '%');
        } else if (c == '0') {
            luaL_addlstring(out, start, (size_t)(end - start));
        } else if (isdigit((unsigned char)c)) {
            pattern_push_capture(match, c - '1', start, end);
            luaL_tolstring(L, -1, NULL);
            lua_remove(L, -2);
            luaL_addvalue(out);
        } else {
            luaL_error(L, "invalid use of '%%' in replacement string");
        }
    }
}

/* Adds what stands for one match; false when the text stays as it was. */
static bool add_replacement(struct pattern_match *match, luaL_Buffer *out, const char *start, const char *end, int kind)
{
    lua_State *L = match->L;
    if (kind == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        lua_call(L, pattern_push_captures(match, start, end), 1);
    } else if (kind == LUA_TTABLE) {
        pattern_push_capture(match, 0, start, end);
        lua_gettable(L, 3);
    } else {
        add_template(match, out, start, end);
        return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(out, start, (size_t)(end - start));
        return false;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(out);
    return true;
}

static int string_gsub(lua_State *L)
{
    str text = lua_check_str(L, 1), pattern = lua_check_str(L, 2);
    int kind = lua_type(L, 3);
    if (object_is(L, 3)) kind = LUA_TTABLE;
    luaL_argexpected(L, kind == LUA_TNUMBER || kind == LUA_TSTRING || kind == LUA_TFUNCTION || kind == LUA_TTABLE,
                     3, "string/function/table");
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)text.len + 1), count = 0;
    bool anchored = pattern.len > 0 && pattern.p[0] == '^', changed = false;
    if (anchored) pattern = str_of(pattern.p + 1, pattern.len - 1);
    limits_make_room(L, (size_t)text.len * 2);
    struct pattern_match match;
    pattern_begin(&match, L, text, pattern);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    const char *at = text.p, *last = NULL;
    while (count < most) {
        const char *end = pattern_match_at(&match, at, pattern.p);
        if (end && end != last) {
            count++;
            changed = add_replacement(&match, &out, at, end, kind) || changed;
            at = last = end;
        } else if (at < match.text_end) {
            luaL_addchar(&out, *at++);
        } else {
            break;
        }
        if (anchored) break;
    }
    if (changed) {
        luaL_addlstring(&out, at, (size_t)(match.text_end - at));
        luaL_pushresult(&out);
    } else {
        lua_pushvalue(L, 1);
    }
    lua_pushinteger(L, count);
    return 2;
}

/* --- building --------------------------------------------------------- */

static int string_rep(lua_State *L)
{
    str text = lua_check_str(L, 1);
    lua_Integer count = luaL_checkinteger(L, 2);
    str separator = lua_isnoneornil(L, 3) ? S("") : lua_check_str(L, 3);
    size_t each = (size_t)text.len + (size_t)separator.len;
    if (count <= 0 || each == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if ((lua_Unsigned)count > (lua_Unsigned)PTRDIFF_MAX / each) return luaL_error(L, "resulting string too large");
    size_t total = (size_t)count * each - (size_t)separator.len;
    limits_make_room(L, total);
    limits_charge(L, count / 4);
    luaL_Buffer out;
    char *to = luaL_buffinitsize(L, &out, total), *end = to + total;
    while (to < end) {
        memcpy(to, text.p, (size_t)text.len);
        to += text.len;
        if (to >= end || separator.len == 0) continue;
        memcpy(to, separator.p, (size_t)separator.len);
        to += separator.len;
    }
    luaL_pushresultsize(&out, total);
    return 1;
}

static int string_byte(lua_State *L)
{
    str text = lua_check_str(L, 1);
    lua_Integer from = luaL_optinteger(L, 2, 1);
    lua_Unsigned start = start_of(from, text.len);
    lua_Integer end = end_of(luaL_optinteger(L, 3, from), text.len);
    if (end < 0 || start > (lua_Unsigned)end) return 0;
    lua_Integer count = end - (lua_Integer)start + 1;
    limits_charge(L, count);
    luaL_argcheck(L, count < 1000000, 3, "string slice too long");
    luaL_checkstack(L, (int)count, "string slice too long");
    for (lua_Integer i = 0; i < count; i++)
        lua_pushinteger(L, (unsigned char)text.p[(lua_Integer)start + i - 1]);
    return (int)count;
}

/* Texts of %s are made here, without addresses; the rest is Lua's own format. */
static int string_format(lua_State *L)
{
    str format = lua_check_str(L, 1);
    int count = lua_gettop(L), argument = 1;
    limits_charge(L, format.len);
    for (ptrdiff_t i = 0; i < format.len; i++) {
        if (format.p[i] != '%') continue;
        if (++i < format.len && format.p[i] == '%') continue;
        while (i < format.len && format.p[i] && strchr("-+ #0123456789.", format.p[i])) i++;
        if (i >= format.len || ++argument > count) break;
        if (format.p[i] == 'p') return luaL_error(L, "'%%p' is not available in hooks");
        if (format.p[i] != 's') continue;
        base_push_text(L, argument);
        limits_make_room(L, lua_rawlen(L, -1));
        lua_replace(L, argument);
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* lower, upper, reverse: as Lua has them, with room for the result. */
static int call_with_room(lua_State *L)
{
    limits_make_room(L, (size_t)lua_check_str(L, 1).len * 2);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* --- numbers in strings: "10" + 1 --------------------------------------
 *
 * Lua keeps these in the metatable of strings; a text of 16 MB is read slowly. */

static void push_number(lua_State *L, int index)
{
    if (lua_type(L, index) == LUA_TSTRING) {
        limits_charge(L, (int64_t)lua_rawlen(L, index) / 4);
        if (lua_stringtonumber(L, lua_tostring(L, index)) == lua_rawlen(L, index) + 1) return;
    } else if (lua_type(L, index) == LUA_TNUMBER) {
        lua_pushvalue(L, index);
        return;
    }
    luaL_error(L, "attempt to perform arithmetic on a %s value", luaL_typename(L, index));
}

/* Upvalues: the operator, its metamethod's name. */
static int calculate(lua_State *L)
{
    lua_settop(L, 2);
    /* The other operand may have a metamethod of its own. */
    if (!lua_isstring(L, 2) && luaL_getmetafield(L, 2, lua_tostring(L, lua_upvalueindex(2))) != LUA_TNIL) {
        lua_insert(L, 1);
        lua_call(L, 2, 1);
        return 1;
    }
    push_number(L, 1);
    push_number(L, 2);
    lua_arith(L, (int)lua_tointeger(L, lua_upvalueindex(1)));
    return 1;
}

static void add_operators(lua_State *L)
{
    static const struct { const char *name; int operator_; } rows[] = {
        {"__add", LUA_OPADD}, {"__sub", LUA_OPSUB}, {"__mul", LUA_OPMUL}, {"__mod", LUA_OPMOD},
        {"__pow", LUA_OPPOW}, {"__div", LUA_OPDIV}, {"__idiv", LUA_OPIDIV}
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        lua_pushinteger(L, rows[i].operator_);
        lua_pushstring(L, rows[i].name);
        lua_pushcclosure(L, calculate, 2);
        lua_setfield(L, -2, rows[i].name);
    }
}

/* Takes a function of Lua's own library at `own` into the one on top. */
static void adopt(lua_State *L, int own, const char *name, lua_CFunction wrapper)
{
    lua_getfield(L, own, name);
    if (wrapper) lua_pushcclosure(L, wrapper, 1);
    lua_setfield(L, -2, name);
}

void string_open(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"byte", string_byte}, {"find", string_find}, {"gmatch", string_gmatch}, {"gsub", string_gsub},
        {"match", string_match}, {"rep", string_rep}, {NULL, NULL}
    };
    lua_pushcfunction(L, luaopen_string);
    lua_call(L, 0, 1);
    int own = lua_gettop(L);
    luaL_newlib(L, functions);
    adopt(L, own, "char", NULL);
    adopt(L, own, "len", NULL);
    adopt(L, own, "sub", NULL);
    adopt(L, own, "format", string_format);
    adopt(L, own, "lower", call_with_room);
    adopt(L, own, "upper", call_with_room);
    adopt(L, own, "reverse", call_with_room);
    lua_remove(L, own);

    lua_pushliteral(L, "");                 /* the metatable of all strings */
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    add_operators(L);
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
