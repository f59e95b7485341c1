/* state_hook.c - OnStateChange(old, new, token, group), as highlight's README describes it.
 *
 * The function lives in a Lua state of its own; a worker has one to itself while it reads a piece
 * of code (highlight.c lends them).  It keeps notes in globals (the word that ends a heredoc), so
 * its globals are a fresh table for each piece, before those of the file. */
#include "state_hook.h"

static const struct { const char *name; enum state state; } names[] = {
    {"HL_STANDARD", STATE_STANDARD}, {"HL_STRING", STATE_STRING}, {"HL_NUMBER", STATE_NUMBER},
    {"HL_LINE_COMMENT", STATE_LINE_COMMENT}, {"HL_BLOCK_COMMENT", STATE_BLOCK_COMMENT},
    {"HL_ESC_SEQ", STATE_ESCAPE}, {"HL_PREPROC", STATE_DIRECTIVE}, {"HL_PREPROC_STRING", STATE_DIRECTIVE_STRING},
    {"HL_OPERATOR", STATE_OPERATOR}, {"HL_LINENUMBER", STATE_LINE_NUMBER}, {"HL_INTERPOLATION", STATE_INTERPOLATION},
    {"HL_KEYWORD", STATE_KEYWORD}, {"HL_STRING_END", STATE_STRING_END}, {"HL_NUMBER_END", STATE_NUMBER_END},
    {"HL_LINE_COMMENT_END", STATE_LINE_COMMENT_END}, {"HL_BLOCK_COMMENT_END", STATE_BLOCK_COMMENT_END},
    {"HL_ESC_SEQ_END", STATE_ESCAPE_END}, {"HL_PREPROC_END", STATE_DIRECTIVE_END},
    {"HL_OPERATOR_END", STATE_OPERATOR_END}, {"HL_INTERPOLATION_END", STATE_INTERPOLATION_END},
    {"HL_KEYWORD_END", STATE_KEYWORD_END}, {"HL_IDENTIFIER_BEGIN", STATE_IDENTIFIER},
    {"HL_IDENTIFIER_END", STATE_IDENTIFIER_END}, {"HL_EMBEDDED_CODE_BEGIN", STATE_EMBEDDED},
    {"HL_EMBEDDED_CODE_END", STATE_EMBEDDED_END}, {"HL_UNKNOWN", STATE_UNKNOWN}, {"HL_REJECT", STATE_REJECT},
};

/* AddKeyword(word, group) */
static int add_keyword(lua_State *L)
{
    struct state_hook *hook = closed_of(L)->owner;
    size_t size;
    const char *word = luaL_checklstring(L, 1, &size);
    lua_Integer group = luaL_checkinteger(L, 2);
    if (hook && group >= 1 && group <= WORD_GROUPS) {
        str copy = str_copy(&hook->words_arena, (str){word, (ptrdiff_t)size});
        if (!map_get(&hook->words, copy)) map_put(&hook->words_arena, &hook->words, copy, (void *)(intptr_t)group);
    }
    lua_pushboolean(L, hook != NULL);
    return 1;
}

void hook_names(lua_State *L)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        lua_pushinteger(L, names[i].state);
        lua_setglobal(L, names[i].name);
    }
    lua_register(L, "AddKeyword", add_keyword);
}

/* The place of its globals among a function's upvalues, or 0. */
static int find_environment(lua_State *L)
{
    const char *name;
    for (int i = 1; (name = lua_getupvalue(L, -1, i)) != NULL; i++) {
        lua_pop(L, 1);
        if (strcmp(name, "_ENV") == 0) return i;
    }
    return 0;
}

struct state_hook *hook_make(struct closed_state *lua)
{
    if (lua_getglobal(lua->L, "OnStateChange") != LUA_TFUNCTION) {
        lua_pop(lua->L, 1);
        return NULL;
    }
    struct state_hook *hook = memory_alloc(sizeof *hook);
    *hook = (struct state_hook){.lua = lua, .environment = find_environment(lua->L)};
    hook->function = luaL_ref(lua->L, LUA_REGISTRYINDEX);
    lua->owner = hook;
    return hook;
}

struct state_hook *hook_open(const struct definitions *definitions, const struct language *language)
{
    struct closed_state *lua = closed_open(definitions);
    if (!lua) return NULL;
    struct state_hook *hook = closed_run(lua, language->name) ? hook_make(lua) : NULL;
    if (!hook) closed_close(lua);
    return hook;
}

void hook_close(struct state_hook *hook)
{
    closed_close(hook->lua);
    arena_free(&hook->words_arena);
    memory_free(hook);
}

/* function, its place of globals -> the same function with a fresh table there */
static int renew_globals(lua_State *L)
{
    lua_Integer place = lua_tointeger(L, 2);
    lua_newtable(L);
    lua_newtable(L);
    lua_pushglobaltable(L);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_setupvalue(L, 1, (int)place);
    return 0;
}

void hook_begin(struct state_hook *hook)
{
    lua_State *L = hook->lua->L;
    arena_free(&hook->words_arena);
    hook->words = (struct map){0};
    hook->broken = false;
    if (hook->environment == 0) return;
    lua_pushcfunction(L, renew_globals);
    lua_rawgeti(L, LUA_REGISTRYINDEX, hook->function);
    lua_pushinteger(L, hook->environment);
    hook->broken = !closed_call(hook->lua, 2, 0);
}

/* function, old, new, token, group, its length -> what the function gives */
static int call_function(lua_State *L)
{
    const str *token = lua_touserdata(L, 4);
    lua_pushlstring(L, token->p, (size_t)token->len);
    lua_replace(L, 4);
    lua_call(L, 4, 1);
    return 1;
}

enum state hook_ask(struct state_hook *hook, enum state old, enum state new_, str token, int word_group)
{
    lua_State *L = hook->lua->L;
    if (hook->broken) return STATE_UNKNOWN;
    lua_pushcfunction(L, call_function);
    lua_rawgeti(L, LUA_REGISTRYINDEX, hook->function);
    lua_pushinteger(L, old);
    lua_pushinteger(L, new_);
    lua_pushlightuserdata(L, &token);
    lua_pushinteger(L, word_group);
    if (!closed_call(hook->lua, 5, 1)) {
        hook->broken = true;
        return STATE_UNKNOWN;
    }
    int whole;
    lua_Integer answer = lua_tointegerx(L, -1, &whole);
    lua_pop(L, 1);
    return whole && answer >= 0 && answer < STATES ? (enum state)answer : STATE_UNKNOWN;
}
