/* lua_library.c - the table `hugi`: what a script may ask of its host.
 *
 * Written in this order: text, files, data, once, registering, the table. */
#include <stdlib.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/hangul.h"
#include "base/json.h"
#include "base/path.h"
#include "base/utf8.h"
#include "base/yaml.h"
#include "lua_freeze.h"
#include "lua_limits.h"
#include "lua_object.h"
#include "lua_value.h"

#ifndef HUGI_VERSION
#define HUGI_VERSION "dev"
#endif

/* Steps for each byte of what is parsed or rewritten. */
enum { SLUG_COST = 2, JSON_COST = 3, YAML_COST = 6, ESCAPES_PER_STEP = 4 };

static struct arena *arena_of(lua_State *L) { return state_arena(state_of(L)); }

/* --- text ------------------------------------------------------------- */

/* hugi.html(s): s is HTML already and is not escaped. */
static int library_html(lua_State *L)
{
    base_push_text(L, 1);
    object_push_html(L, lua_check_str(L, -1));
    return 1;
}

static int library_escape(lua_State *L)
{
    str text = lua_check_str(L, 1);
    limits_charge(L, text.len / ESCAPES_PER_STEP);
    struct buf out = buf_in(arena_of(L));
    buf_html(&out, text);
    limits_check_arena(L);
    lua_push_str(L, buf_str(&out));
    return 1;
}

static int library_slug(lua_State *L)
{
    str text = lua_check_str(L, 1);
    limits_charge(L, text.len * SLUG_COST);
    lua_push_str(L, utf8_slug(arena_of(L), text));
    limits_check_arena(L);
    return 1;
}

/* hugi.josa("서버", "은/는") -> "는" */
static int library_josa(lua_State *L)
{
    str word = lua_check_str(L, 1), pair = lua_check_str(L, 2);
    limits_charge(L, word.len);
    lua_push_str(L, hangul_josa(word, pair));
    return 1;
}

/* hugi.log(...): a notice at this line. */
static int library_log(lua_State *L)
{
    struct buf out = buf_in(arena_of(L));
    int count = lua_gettop(L);
    for (int i = 1; i <= count; i++) {
        base_push_text(L, i);
        str text = lua_check_str(L, -1);
        limits_charge(L, text.len / 4 + 1000);
        if (i > 1) buf_char(&out, ' ');
        buf_add(&out, text);
        lua_pop(L, 1);
    }
    limits_check_arena(L);
    report_note(L, buf_str(&out));
    return 0;
}

/* --- files ------------------------------------------------------------ */

/* The file's real name, when it lies inside the site after all links are followed. */
static bool find_inside(struct arena *arena, str root, str path, str *out)
{
    str normal;
    if (path.len == 0 || path.p[0] == '/' || str_find_char(path, 0) >= 0) return false;
    if (!path_normalize(arena, path, &normal)) return false;
    str top = file_absolute(arena, root);
    *out = file_absolute(arena, path_join(arena, top, normal));
    return path_is_inside(top, *out);
}

static int refuse_file(lua_State *L, str path, const char *why)
{
    lua_push_str(L, path);
    return luaL_error(L, "hugi.read: '%s' %s", lua_tostring(L, -1), why);
}

/* hugi.read("data/notes.txt"): its bytes, or nil when there is no such file. */
static int library_read(lua_State *L)
{
    struct hook_state *state = state_of(L);
    struct arena *arena = arena_of(L);
    str path = lua_check_str(L, 1), real, bytes;
    limits_charge(L, 1000);
    if (!find_inside(arena, state->hooks->options.root, path, &real))
        return refuse_file(L, path, "is not inside the site");
    struct file_stat stat;
    reads_note_name(state->reads, READ_FILE, 0, path);
    if (state->loading) state->loaded = state->loaded * 31 + hash_str(path);
    if (!file_stat(real, &stat)) return 0;
    if (!stat.is_file) return refuse_file(L, path, "is no file");
    if (stat.size > (int64_t)state->limits.memory_limit / 4) return refuse_file(L, path, "is too large for hooks.memory");
    limits_make_room(L, (size_t)stat.size);
    struct diags unused = diags_in(arena);
    if (!file_read(arena, real, &bytes, &unused)) return refuse_file(L, path, "cannot be read");
    limits_check_arena(L);
    if (state->loading) state->loaded = state->loaded * 31 + hash_str(bytes);
    lua_push_str(L, bytes);
    return 1;
}

/* --- data ------------------------------------------------------------- */

static int push_parsed(lua_State *L, bool ok, const struct diags *diags, value v, const char *name)
{
    if (!ok) {
        lua_push_str(L, diags->count ? diags->items[0].message : S("cannot be read"));
        return luaL_error(L, "%s: %s", name, lua_tostring(L, -1));
    }
    limits_check_arena(L);
    lua_value_push_tables(L, v);
    return 1;
}

static int library_json(lua_State *L)
{
    str text = lua_check_str(L, 1);
    limits_charge(L, text.len * JSON_COST);
    struct diags diags = diags_in(arena_of(L));
    value v = value_null();
    bool ok = json_parse(arena_of(L), text, 0, &diags, &v);
    return push_parsed(L, ok, &diags, v, "hugi.json");
}

static int library_yaml(lua_State *L)
{
    str text = lua_check_str(L, 1);
    limits_charge(L, text.len * YAML_COST);
    struct diags diags = diags_in(arena_of(L));
    value v = value_null();
    bool ok = yaml_parse(arena_of(L), text, 0, 0, &diags, &v);
    return push_parsed(L, ok, &diags, v, "hugi.yaml");
}

/* --- once ------------------------------------------------------------- */

static const char once_key;         /* registry: name -> value, frozen */
static const char once_reads_key;   /* registry: name -> struct read_list: what it was made of */

/* The call at hand depends on all that the kept value was made of. */
static void replay_reads(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &once_reads_key);
    lua_pushvalue(L, 1);
    lua_rawget(L, -2);
    const struct read_list *list = lua_touserdata(L, -1);
    if (list) reads_add(state_of(L)->reads, *list);
    lua_pop(L, 2);
}

static void keep_reads(lua_State *L, int depth)
{
    struct read_list list = reads_inner_end(state_of(L)->reads, depth);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &once_reads_key);
    lua_pushvalue(L, 1);
    memcpy(lua_newuserdatauv(L, sizeof list, 0), &list, sizeof list);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

/* hugi.once(name, fn): fn() of the first call, kept read-only for all later
 * ones.  Random numbers and steps are its own: who calls first must not matter. */
static int library_once(lua_State *L)
{
    struct hook_state *state = state_of(L);
    luaL_checktype(L, 1, LUA_TSTRING);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &once_key);
    lua_pushvalue(L, 1);
    if (lua_rawget(L, 3) != LUA_TNIL) {
        replay_reads(L);
        return 1;
    }
    uint64_t random[4];
    memcpy(random, state->random, sizeof random);
    random_begin(state);
    int64_t saved = limits_once_begin(state);
    int depth = reads_inner_begin(state->reads);
    lua_pushvalue(L, 2);
    lua_call(L, 0, 1);
    keep_reads(L, depth);
    limits_once_end(state, saved);
    memcpy(state->random, random, sizeof random);
    if (lua_isnil(L, -1)) {         /* kept too, as false */
        lua_pop(L, 1);
        lua_pushboolean(L, 0);
    }
    lua_pushvalue(L, -1);
    freeze_reachable(L);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -2);
    lua_rawset(L, 3);
    return 1;
}

/* Everything is computed anew: a function of hugi.once did what it may not. */
void library_forget(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &once_key);
    for (lua_pushnil(L); lua_next(L, -2);) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, -4);
    }
    lua_pop(L, 1);
}

/* --- registering ------------------------------------------------------ */

static struct hook_extension *find_extension(struct hook_extensions *list, str name)
{
    for (ptrdiff_t i = 0; i < list->count; i++)
        if (str_equal(list->items[i].name, name)) return &list->items[i];
    return NULL;
}

static bool is_name(str name)
{
    if (name.len == 0 || char_is_digit(name.p[0])) return false;
    for (ptrdiff_t i = 0; i < name.len; i++)
        if (!char_is_alpha(name.p[i]) && !char_is_digit(name.p[i]) && name.p[i] != '_') return false;
    return true;
}

/* The last one of a name counts, in the order of files. */
static void register_extension(lua_State *L, struct hook_extensions *list, bool block)
{
    struct hook_state *state = state_of(L);
    str name = lua_check_str(L, 1);
    if (!state->loading) luaL_error(L, "filters and tags are registered while scripts are loaded, not in a hook");
    luaL_argcheck(L, is_name(name), 1, "a name of letters, digits and '_' is wanted");
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    struct hook_function function = {.at = report_definition(L, 2)};
    function.reference = luaL_ref(L, LUA_REGISTRYINDEX);
    struct hook_extension *extension = find_extension(list, name);
    if (!extension) {
        extension = &ARENA_PUSH(&state->arena, list->items, list->count, list->capacity);
        extension->name = str_copy(&state->arena, name);
    }
    extension->block = block;
    extension->function = function;
}

/* hugi.filter(name, fn): {{ x | name: a, b }} calls fn(x, a, b). */
static int library_filter(lua_State *L)
{
    register_extension(L, &state_of(L)->filters, false);
    return 0;
}

/* hugi.tag(name, fn, {block = true}): {% name a, k: b %} calls fn({a, k = b}, page). */
static int library_tag(lua_State *L)
{
    static const str options[] = {STR_INIT("block")};
    bool block = false;
    if (!lua_isnoneornil(L, 3)) {
        luaL_checktype(L, 3, LUA_TTABLE);
        lua_fields_check(L, 3, options, 1, "hugi.tag");
        lua_field_bool(L, 3, "block", &block);
    }
    register_extension(L, &state_of(L)->tags, block);
    return 0;
}

/* --- the table -------------------------------------------------------- */

static void set_text(lua_State *L, const char *field, str text)
{
    lua_push_str(L, text);
    lua_setfield(L, -2, field);
}

/* hugi.config.images.widths and so on: as hugi.yaml says, with the defaults. */
static void push_images(lua_State *L, const struct config *config)
{
    lua_newtable(L);
    lua_createtable(L, (int)config->images.width_count, 0);
    for (ptrdiff_t i = 0; i < config->images.width_count; i++) {
        lua_pushinteger(L, config->images.widths[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "widths");
    lua_newtable(L);
    for (ptrdiff_t i = 0; i < config->images.formats.count; i++) {
        lua_push_str(L, config->images.formats.items[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "formats");
    lua_pushinteger(L, config->images.quality);
    lua_setfield(L, -2, "quality");
}

static void push_config(lua_State *L, const struct config *config)
{
    lua_newtable(L);
    if (!config) return;
    if (config->all.kind == VALUE_MAP) {
        lua_pop(L, 1);
        lua_value_push_tables(L, config->all);
    }
    set_text(L, "title", config->title);
    set_text(L, "description", config->description);
    set_text(L, "author", config->author);
    set_text(L, "base_url", config->base_url);
    set_text(L, "timezone", config->timezone);
    if (config->language_count) set_text(L, "language", config->languages[0].code);
    lua_pushinteger(L, config->paginate);
    lua_setfield(L, -2, "paginate");
    push_images(L, config);
    lua_setfield(L, -2, "images");
}

void library_open(lua_State *L)
{
    static const luaL_Reg functions[] = {
        {"escape", library_escape}, {"filter", library_filter}, {"html", library_html}, {"josa", library_josa},
        {"json", library_json}, {"log", library_log}, {"once", library_once}, {"read", library_read},
        {"slug", library_slug}, {"tag", library_tag}, {"yaml", library_yaml}, {NULL, NULL}
    };
    const struct hooks_options *options = &state_of(L)->hooks->options;
    bool preview = options->config && options->config->preview;
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &once_key);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &once_reads_key);
    luaL_newlib(L, functions);
    set_text(L, "version", S(HUGI_VERSION));
    set_text(L, "environment", preview ? S("preview") : S("production"));
    push_config(L, options->config);
    lua_setfield(L, -2, "config");
}
