/* lua_closed.c - the state language files run in: no files, no clock, no code from text, and limits
 * of memory and steps.  What a file may do beside tables: dofile of another language's file, as
 * jsx.lang does with js.lang. */
#include "lua_closed.h"

#include <lualib.h>
#include <stdlib.h>

#include "state_hook.h"

enum { MOST_MEMORY = 64 * 1024 * 1024, MOST_STEPS = 20 * 1000 * 1000, MOST_DEPTH = 8 };

struct closed_state *closed_of(lua_State *L) { return *(struct closed_state **)lua_getextraspace(L); }

static void *limited_alloc(void *context, void *old, size_t old_size, size_t new_size)
{
    struct closed_state *state = context;
    if (!old) old_size = 0;
    if (new_size > old_size && state->memory + (new_size - old_size) > MOST_MEMORY) return NULL;
    void *made = NULL;
    if (new_size == 0) free(old);
    else made = realloc(old, new_size);
    if (new_size == 0 || made) state->memory = state->memory - old_size + new_size;
    return made;
}

static void stop_running(lua_State *L, lua_Debug *debug)
{
    (void)debug;
    luaL_error(L, "too many steps");
}

bool closed_call(struct closed_state *state, int arguments, int results)
{
    lua_sethook(state->L, stop_running, LUA_MASKCOUNT, MOST_STEPS);
    bool ok = lua_pcall(state->L, arguments, results, 0) == LUA_OK;
    if (!ok) lua_pop(state->L, 1);
    return ok;
}

/* --- what a file may call ---------------------------------------------------- */

static void run_file(lua_State *L, str name, bool base)
{
    struct closed_state *state = closed_of(L);
    struct arena arena = {0};
    str text;
    bool loaded = state->depth < MOST_DEPTH && definitions_read(state->definitions, &arena, name, base, &text) &&
                  luaL_loadbufferx(L, text.p, (size_t)text.len, "language", "t") == LUA_OK;
    arena_free(&arena);
    if (!loaded) luaL_error(L, "cannot load a language");
    str outer = state->own;
    state->own = base ? (str){0} : name;
    state->depth++;
    lua_call(L, 0, 0);
    state->depth--;
    state->own = outer;
}

/* dofile(HL_LANG_DIR .. "js.lang") */
static int closed_dofile(lua_State *L)
{
    size_t size;
    const char *text = luaL_checklstring(L, 1, &size);
    str name = {text, (ptrdiff_t)size};
    name = str_from(name, str_find_last(name, '/') + 1);
    if (!str_ends(name, S(".lang"))) return luaL_error(L, "not a language file");
    run_file(L, str_slice(name, 0, name.len - 5), false);
    return 0;
}

/* base(): in a definition of ours, the package's file of the same name. */
static int closed_base(lua_State *L)
{
    run_file(L, closed_of(L)->own, true);
    return 0;
}

static int run_main(lua_State *L)
{
    size_t size;
    const char *name = lua_tolstring(L, 1, &size);
    run_file(L, (str){name, (ptrdiff_t)size}, false);
    return 0;
}

bool closed_run(struct closed_state *state, str name)
{
    lua_pushcfunction(state->L, run_main);
    lua_pushlstring(state->L, name.p, (size_t)name.len);
    return closed_call(state, 1, 0);
}

/* What our own definitions have in common. */
static const char prelude[] =
    "function words(id, text)\n"
    "  local list = {}\n"
    "  for word in text:gmatch('%S+') do list[#list + 1] = word end\n"
    "  return {Id = id, List = list}\n"
    "end\n"
    "NUMBERS = [[(?:0[xXoObB][0-9a-fA-F_]+|\\d[\\d_]*(?:\\.\\d[\\d_]*)?(?:[eE][-+]?\\d[\\d_]*)?)[a-zA-Z]?\\w*|\\.\\d+]]\n"
    "NEVER = '(?!)'\n";

/* --- opening -------------------------------------------------------------------- */

static void set_text(lua_State *L, const char *name, const char *text)
{
    lua_pushstring(L, text);
    lua_setglobal(L, name);
}

static int open_all(lua_State *L)
{
    static const char *const removed[] = {"load", "loadfile", "print", "collectgarbage", "warn"};
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    luaL_requiref(L, LUA_TABLIBNAME, luaopen_table, 1);
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
    for (size_t i = 0; i < sizeof removed / sizeof *removed; i++) {
        lua_pushnil(L);
        lua_setglobal(L, removed[i]);
    }
    lua_register(L, "dofile", closed_dofile);
    lua_register(L, "base", closed_base);
    set_text(L, "HL_LANG_DIR", "");
    set_text(L, "HL_INPUT_FILE", "");
    set_text(L, "HL_PLUGIN_PARAM", "");
    set_text(L, "Identifiers", "[a-zA-Z_]\\w*");
    set_text(L, "Digits", "0[xX][0-9a-fA-F_]+|\\d*\\.?\\d+(?:[eE][-+]?\\d+)?[lLuU]*");
    hook_names(L);
    if (luaL_dostring(L, prelude) != LUA_OK) lua_error(L);
    return 0;
}

struct closed_state *closed_open(const struct definitions *definitions)
{
    struct closed_state *state = memory_alloc(sizeof *state);
    *state = (struct closed_state){.definitions = definitions};
    state->L = lua_newstate(limited_alloc, state);
    if (state->L) {
        memcpy(lua_getextraspace(state->L), &state, sizeof state);
        lua_pushcfunction(state->L, open_all);
        if (closed_call(state, 0, 0)) return state;
    }
    closed_close(state);
    return NULL;
}

void closed_close(struct closed_state *state)
{
    if (!state) return;
    if (state->L) lua_close(state->L);
    memory_free(state);
}
