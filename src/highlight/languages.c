/* languages.c - what people write after ``` -> the name of a definition.
 *
 * First this table, then a definition of that name, then highlight's filetypes.conf (a table of
 * Lua, as the definitions are). */
#include "base/file.h"
#include "lua_closed.h"

/* Names of sites and editors that filetypes.conf does not have; "" is plain text on purpose. */
static const struct { str name, language; } written[] = {
    {STR_INIT("arduino"), STR_INIT("c")}, {STR_INIT("assembly"), STR_INIT("assembler")},
    {STR_INIT("batch"), STR_INIT("bat")}, {STR_INIT("bash"), STR_INIT("sh")}, {STR_INIT("c#"), STR_INIT("csharp")},
    {STR_INIT("cfg"), STR_INIT("ini")}, {STR_INIT("cjs"), STR_INIT("js")}, {STR_INIT("cljs"), STR_INIT("clojure")},
    {STR_INIT("coffeescript"), STR_INIT("coffee")}, {STR_INIT("cuda"), STR_INIT("c")},
    {STR_INIT("dockerfile"), STR_INIT("docker")}, {STR_INIT("dos"), STR_INIT("bat")},
    {STR_INIT("dosini"), STR_INIT("ini")}, {STR_INIT("dotenv"), STR_INIT("ini")}, {STR_INIT("edn"), STR_INIT("clojure")},
    {STR_INIT("env"), STR_INIT("ini")}, {STR_INIT("fish"), STR_INIT("sh")}, {STR_INIT("golang"), STR_INIT("go")},
    {STR_INIT("gradle"), STR_INIT("java")}, {STR_INIT("helm"), STR_INIT("yaml")}, {STR_INIT("ino"), STR_INIT("c")},
    {STR_INIT("javascript"), STR_INIT("js")}, {STR_INIT("jenkinsfile"), STR_INIT("java")},
    {STR_INIT("json5"), STR_INIT("json")}, {STR_INIT("jsonc"), STR_INIT("json")}, {STR_INIT("ksh"), STR_INIT("sh")},
    {STR_INIT("kts"), STR_INIT("kotlin")}, {STR_INIT("latex"), STR_INIT("tex")}, {STR_INIT("mjs"), STR_INIT("js")},
    {STR_INIT("mysql"), STR_INIT("sql")}, {STR_INIT("node"), STR_INIT("js")}, {STR_INIT("objective-c"), STR_INIT("objc")},
    {STR_INIT("objectivec"), STR_INIT("objc")}, {STR_INIT("plain"), STR_INIT("")}, {STR_INIT("plaintext"), STR_INIT("")},
    {STR_INIT("plsql"), STR_INIT("sql")}, {STR_INIT("postgres"), STR_INIT("sql")},
    {STR_INIT("postgresql"), STR_INIT("sql")}, {STR_INIT("powershell"), STR_INIT("ps1")},
    {STR_INIT("properties"), STR_INIT("ini")}, {STR_INIT("psql"), STR_INIT("sql")}, {STR_INIT("pwsh"), STR_INIT("ps1")},
    {STR_INIT("py3"), STR_INIT("python")}, {STR_INIT("python3"), STR_INIT("python")}, {STR_INIT("rust"), STR_INIT("rs")},
    {STR_INIT("sass"), STR_INIT("scss")}, {STR_INIT("shell"), STR_INIT("sh")}, {STR_INIT("sqlite"), STR_INIT("sql")},
    {STR_INIT("svelte"), STR_INIT("html")}, {STR_INIT("systemd"), STR_INIT("ini")}, {STR_INIT("t-sql"), STR_INIT("tsql")},
    {STR_INIT("terraform"), STR_INIT("hcl")}, {STR_INIT("text"), STR_INIT("")}, {STR_INIT("tf"), STR_INIT("hcl")},
    {STR_INIT("toml"), STR_INIT("ini")}, {STR_INIT("tsx"), STR_INIT("ts")}, {STR_INIT("txt"), STR_INIT("")},
    {STR_INIT("typescript"), STR_INIT("ts")}, {STR_INIT("vim"), STR_INIT("vimscript")}, {STR_INIT("viml"), STR_INIT("vimscript")},
    {STR_INIT("visualbasic"), STR_INIT("vb")}, {STR_INIT("vue"), STR_INIT("html")}, {STR_INIT("zsh"), STR_INIT("sh")},
};

/* --- filetypes.conf --------------------------------------------------------------- */

struct mapping {
    lua_State *L;
    struct language_names *names;
    struct arena *arena;
};

static void map_list(struct mapping *mapping, const char *key, str language)
{
    if (lua_getfield(mapping->L, -1, key) == LUA_TTABLE)
        for (lua_Integer i = 1; lua_geti(mapping->L, -1, i) == LUA_TSTRING; i++, lua_pop(mapping->L, 1)) {
            size_t size;
            const char *text = lua_tolstring(mapping->L, -1, &size);
            str name = str_lower_ascii(mapping->arena, (str){text, (ptrdiff_t)size});
            if (map_get(&mapping->names->by_extension, name)) continue;
            str *value = ARENA_NEW(mapping->arena, str);
            *value = language;
            map_put(mapping->arena, &mapping->names->by_extension, str_copy(mapping->arena, name), value);
        }
    lua_settop(mapping->L, 3);
}

/* text, mapping: stack 1 is the mapping, 2 the list, 3 one of its tables */
static int read_mapping(lua_State *L)
{
    struct mapping *mapping = lua_touserdata(L, 1);
    if (lua_getglobal(L, "FileMapping") != LUA_TTABLE) return 0;
    for (lua_Integer i = 1; lua_geti(L, 2, i) == LUA_TTABLE; i++, lua_settop(L, 2)) {
        size_t size = 0;
        const char *text = lua_getfield(L, 3, "Lang") == LUA_TSTRING ? lua_tolstring(L, -1, &size) : NULL;
        if (!text) continue;
        str language = str_copy(mapping->arena, (str){text, (ptrdiff_t)size});
        lua_settop(L, 3);
        map_list(mapping, "Extensions", language);
        map_list(mapping, "Filenames", language);
    }
    return 0;
}

static void load_mapping(struct language_names *names, const struct definitions *definitions, str filetypes)
{
    struct arena scratch = {0};
    struct diags unheard = diags_in(&scratch);
    struct closed_state *lua = closed_open(definitions);
    str text;
    names->loaded = true;
    if (lua && file_read(&scratch, filetypes, &text, &unheard) &&
        luaL_loadbufferx(lua->L, text.p, (size_t)text.len, "filetypes", "t") == LUA_OK && closed_call(lua, 0, 0)) {
        struct mapping mapping = {lua->L, names, definitions->arena};
        lua_pushcfunction(lua->L, read_mapping);
        lua_pushlightuserdata(lua->L, &mapping);
        closed_call(lua, 1, 0);
    }
    closed_close(lua);
    arena_free(&scratch);
}

/* --- the entry point ----------------------------------------------------------------- */

/* A name that can be one of a file: no folders, no surprises. */
static bool is_plain_name(str name)
{
    for (ptrdiff_t i = 0; i < name.len; i++)
        if (!char_is_alpha(name.p[i]) && !char_is_digit(name.p[i]) && !memchr("+#-_.", name.p[i], 5)) return false;
    return name.len > 0 && name.len <= 40 && name.p[0] != '.';
}

str language_resolve(struct language_names *names, const struct definitions *definitions, str filetypes, str name)
{
    if (!is_plain_name(name)) return (str){0};
    name = str_lower_ascii(definitions->arena, name);
    for (size_t i = 0; i < sizeof written / sizeof *written; i++)
        if (str_equal(written[i].name, name)) return written[i].language;
    if (definitions_has(definitions, name)) return name;
    if (!names->loaded) load_mapping(names, definitions, filetypes);
    const str *language = map_get(&names->by_extension, name);
    return language ? *language : (str){0};
}
