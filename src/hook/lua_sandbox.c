/* lua_sandbox.c - what a script finds when it starts.
 *
 * All scripts of a state read one shared table of names; each has its own
 * globals before it.  Both are frozen: the shared one at once, a script's own
 * after all scripts have been loaded (lua_freeze.c). */
#include "lua_freeze.h"
#include "lua_limits.h"
#include "lua_object.h"

static const char shared_key;       /* registry: the shared names */

static void add_library(lua_State *L, const char *name, void (*open)(lua_State *L))
{
    open(L);
    lua_setfield(L, -2, name);
}

void sandbox_open(lua_State *L)
{
    freeze_open(L);
    object_open(L);
    base_open(L);
    add_library(L, "coroutine", coroutine_open);
    add_library(L, "math", math_open);
    add_library(L, "string", string_open);
    add_library(L, "table", table_open);
    add_library(L, "utf8", utf8_open);
    add_library(L, "hugi", library_open);
    lua_getfield(L, -1, "hugi");
    lua_getfield(L, -1, "log");
    lua_setfield(L, -3, "print");       /* there is no standard output: print is hugi.log */
    lua_pop(L, 1);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &shared_key);
    freeze_reachable(L);
}

void sandbox_push_environment(lua_State *L)
{
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    lua_createtable(L, 0, 2);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &shared_key);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* --- what is missing, and what to do instead --------------------------- */

static const struct { str name, hint; } missing_names[] = {
    {STR_INIT("os"), STR_INIT("hooks have no os; times are fields of pages (page.date.year, page.date:format(...))")},
    {STR_INIT("io"), STR_INIT("hooks have no io; hugi.read(path) reads a file of the site")},
    {STR_INIT("require"), STR_INIT("hooks have no require; every file of hooks/ is loaded by itself, in the order of names")},
    {STR_INIT("package"), STR_INIT("hooks have no package; every file of hooks/ is loaded by itself, in the order of names")},
    {STR_INIT("debug"), STR_INIT("hooks have no debug library")},
    {STR_INIT("load"), STR_INIT("hooks cannot load code while they run")},
    {STR_INIT("loadstring"), STR_INIT("hooks cannot load code while they run")},
    {STR_INIT("loadfile"), STR_INIT("hooks have no loadfile; hugi.read(path) reads a file of the site as text")},
    {STR_INIT("dofile"), STR_INIT("hooks have no dofile; every file of hooks/ is loaded by itself, in the order of names")},
    {STR_INIT("collectgarbage"), STR_INIT("memory is looked after by hugi")},
    {STR_INIT("unpack"), STR_INIT("this is Lua 5.4: table.unpack")},
    {STR_INIT("dump"), STR_INIT("hooks have no bytecode")},
    {STR_INIT("close"), STR_INIT("hooks have no coroutine.close")},
};

str sandbox_hint(struct arena *arena, str missing)
{
    enum { COUNT = sizeof missing_names / sizeof *missing_names };
    for (int i = 0; i < COUNT; i++)
        if (str_equal(missing, missing_names[i].name)) return missing_names[i].hint;
    static const str known[] = {
        STR_INIT("hugi"), STR_INIT("string"), STR_INIT("table"), STR_INIT("math"), STR_INIT("utf8"),
        STR_INIT("coroutine"), STR_INIT("pairs"), STR_INIT("ipairs"), STR_INIT("tostring"), STR_INIT("tonumber"),
        STR_INIT("type"), STR_INIT("select"), STR_INIT("print"), STR_INIT("error"), STR_INIT("assert"),
        STR_INIT("pcall"), STR_INIT("setmetatable")
    };
    str nearest = str_nearest(missing, known, (ptrdiff_t)(sizeof known / sizeof *known));
    if (nearest.len == 0 || missing.len < 3) return (str){0};
    return str_format(arena, "did you mean '%" STR_F "'?", STR_A(nearest));
}
