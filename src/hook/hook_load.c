/* hook_load.c - scripts into states: one per worker, all with the same scripts.
 *
 * Per state: open the sandbox; run every script in its own environment; find
 * the functions named after hook points; freeze.  The first state is made at once and
 * reports; each of the others when its worker first calls a hook: it would say the same.
 *
 * Written in this order: one script, one state, all states. */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/pack.h"
#include "lua_freeze.h"
#include "lua_limits.h"
#include "lua_order.h"

static const char environments_key;     /* registry: list of the scripts' environments */

/* --- one script ------------------------------------------------------- */

static void add_function(struct hook_state *state, lua_State *L, enum hook_point point)
{
    struct hook_functions *list = &state->points[point];
    struct hook_function function = {.at = report_definition(L, -1)};
    function.reference = luaL_ref(L, LUA_REGISTRYINDEX);
    ARENA_PUSH(&state->arena, list->items, list->count, list->capacity) = function;
}

/* The functions of the environment at `index` that are named after hook points. */
static void find_hooks(struct hook_state *state, lua_State *L, int index, bool replaced)
{
    for (int point = 0; point < HOOK_POINT_COUNT; point++) {
        if (replaced && point != HOOK_THUMBNAIL) continue;
        const char *name = hook_point_info((enum hook_point)point)->name;
        lua_pushstring(L, name);
        int kind = lua_rawget(L, index);
        if (kind == LUA_TFUNCTION && !lua_iscfunction(L, -1)) add_function(state, L, (enum hook_point)point);
        else lua_pop(L, 1);
        if (kind != LUA_TFUNCTION && kind != LUA_TNIL)
            luaL_error(L, "'%s' is a hook and must be a function, not a %s", name, lua_typename(L, kind));
    }
}

/* `function thumbnial(...)`: nothing would call it. */
static void warn_of_misspelt(struct hook_state *state, lua_State *L, int index)
{
    str names[HOOK_POINT_COUNT];
    for (int point = 0; point < HOOK_POINT_COUNT; point++)
        names[point] = str_c(hook_point_info((enum hook_point)point)->name);
    lua_Integer count = order_push_keys(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        str key = lua_type(L, -1) == LUA_TSTRING ? lua_check_str(L, -1) : (str){0};
        str nearest = str_nearest(key, names, HOOK_POINT_COUNT);
        lua_pushvalue(L, -1);
        bool is_function = lua_rawget(L, index) == LUA_TFUNCTION && !lua_iscfunction(L, -1);
        lua_push_str(L, nearest);
        bool is_taken = lua_rawget(L, index) != LUA_TNIL;
        if (key.len && nearest.len && is_function && !is_taken)
            report_misspelt(state, report_definition(L, -2), key, nearest);
        lua_pop(L, 3);
    }
    lua_pop(L, 1);
}

static void keep_environment(lua_State *L, int index)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &environments_key);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

static void load_script(struct hook_state *state, lua_State *L, void *data)
{
    const struct theme_script *script = data;
    state->work->defined_at = (struct script_place){(int)(script - state->hooks->scripts), 1};
    lua_pushfstring(L, "=%s", str_z(&state->scratch, script->path));
    const char *text = script->text.len ? script->text.p : "";
    int status = luaL_loadbufferx(L, text, (size_t)script->text.len, lua_tostring(L, 1), "t");
    if (status != LUA_OK) {
        state->syntax_error = status == LUA_ERRSYNTAX;
        lua_error(L);
    }
    sandbox_push_environment(L);                /* 3 */
    keep_environment(L, 3);
    lua_pushvalue(L, 3);
    lua_setupvalue(L, 2, 1);
    lua_pushvalue(L, 2);
    lua_call(L, 0, 0);
    find_hooks(state, L, 3, script->replaced);
    warn_of_misspelt(state, L, 3);
}

/* --- one state -------------------------------------------------------- */

static void freeze_all(struct hook_state *state, lua_State *L, void *unused)
{
    (void)unused;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &environments_key);
    freeze_reachable(L);
    struct hook_extensions *const lists[] = {&state->filters, &state->tags};
    for (int i = 0; i < 2; i++)
        for (ptrdiff_t at = 0; at < lists[i]->count; at++) {
            lua_rawgeti(L, LUA_REGISTRYINDEX, lists[i]->items[at].function.reference);
            freeze_reachable(L);
        }
}

static int open_state(lua_State *L)
{
    sandbox_open(L);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &environments_key);
    return 0;
}

static int panic(lua_State *L)
{
    const char *text = lua_tostring(L, -1);
    fprintf(stderr, "hugi: Lua failed outside of a call: %s\n", text ? text : "?");
    exit(70);
}

static bool make_state(struct hook_state *state, struct diags *diags)
{
    limits_open(state, state->hooks->options.memory, state->hooks->options.steps);
    state->limits.off = true;
    state->main = lua_newstate(limits_alloc, &state->limits);
    if (state->main) {
        memcpy(lua_getextraspace(state->main), &state, sizeof state);
        lua_atpanic(state->main, panic);
        limits_watch(state->main);
        lua_pushcfunction(state->main, open_state);
        if (lua_pcall(state->main, 0, 0, 0) == LUA_OK && hook_thread_renew(state)) return true;
    }
    diag_report(diags, DIAG_LUA_LIMIT, (span){0}, "no memory for a Lua state");
    return false;
}

static bool load_state(struct hook_state *state, struct diags *diags)
{
    const struct hooks *hooks = state->hooks;
    if (!make_state(state, diags)) return false;
    bool ok = true;
    state->loading = true;
    for (int i = 0; i < hooks->script_count; i++) {
        const struct theme_script *script = &hooks->scripts[i];
        struct hook_work work = {.name = "loading", .diags = diags};
        state->syntax_error = false;
        ok = hook_run(state, &work, load_script, (void *)(uintptr_t)script) && ok;
    }
    state->loading = state->syntax_error = false;
    struct hook_work work = {.name = "loading", .diags = diags};
    return ok && hook_run(state, &work, freeze_all, NULL);
}

/* What scripts read while they are loaded is in hooks_digest, for all states. */
bool hook_state_load(struct hook_state *state, struct diags *diags)
{
    struct arena scratch = {0};
    struct diags again = diags_in(&scratch);
    struct reads *reads = state->reads;
    state->reads = NULL;
    bool ok = load_state(state, &again);
    state->reads = reads;
    if (!ok) {
        diags_merge(diags, &again);
        atomic_store(state->hooks->exhausted, true);
    }
    arena_free(&scratch);
    return ok;
}

/* --- all states ------------------------------------------------------- */

static const struct liquid_extension *make_extensions(struct arena *arena, const struct hook_extensions *list,
                                                      liquid_extension_fn *call)
{
    struct liquid_extension *out = ARENA_NEWS(arena, struct liquid_extension, list->count);
    for (ptrdiff_t i = 0; i < list->count; i++)
        out[i] = (struct liquid_extension){
            .name = list->items[i].name, .call = call, .data = &list->items[i], .block = list->items[i].block};
    return out;
}

struct hooks *hooks_load(struct arena *arena, const struct hooks_options *options, struct diags *diags)
{
    struct hooks *hooks = ARENA_NEW(arena, struct hooks);
    hooks->options = *options;
    hooks->exhausted = ARENA_NEW(arena, atomic_bool);
    hooks->scripts = options->scripts;
    hooks->script_count = (int)options->script_count;
    hooks->state_count = options->workers > 0 ? options->workers : 1;
    hooks->states = ARENA_NEWS(arena, struct hook_state, hooks->state_count);
    for (int i = 0; i < hooks->state_count; i++) hooks->states[i] = (struct hook_state){.hooks = hooks, .worker = i};
    if (!load_state(&hooks->states[0], diags)) {
        hooks_free(hooks);
        return NULL;
    }
    hooks->filters = make_extensions(arena, &hooks->states[0].filters, hook_filter_call);
    hooks->tags = make_extensions(arena, &hooks->states[0].tags, hook_tag_call);
    return hooks;
}

void hooks_free(struct hooks *hooks)
{
    if (!hooks) return;
    for (int i = 0; i < hooks->state_count; i++) {
        if (hooks->states[i].main) lua_close(hooks->states[i].main);
        arena_free(&hooks->states[i].scratch);
        arena_free(&hooks->states[i].arena);
        hooks->states[i].main = NULL;
    }
}

void hooks_watch(struct hooks *hooks, struct reads *const *by_worker)
{
    for (int i = 0; i < hooks->state_count; i++) hooks->states[i].reads = by_worker ? by_worker[i] : NULL;
}

void hooks_time(struct hooks *hooks, struct job_pool *pool, const struct sources *sources)
{
    hooks->sources = sources;
    for (int i = 0; i < hooks->state_count; i++) hooks->states[i].stopwatch = job_worker(pool, i)->stopwatch;
}

static uint64_t settings_digest(const struct config *config)
{
    if (!config) return 0;
    struct arena arena = {0};
    struct buf settings = buf_in(&arena);
    pack_value(&settings, config->all);
    pack_str(&settings, config->base_url);
    pack_bool(&settings, config->preview);
    uint64_t digest = hash_str(buf_str(&settings));
    arena_free(&arena);
    return digest;
}

uint64_t hooks_digest(const struct hooks *hooks)
{
    uint64_t digest = hooks->states[0].loaded ^ settings_digest(hooks->options.config);
    for (int i = 0; i < hooks->script_count; i++) {
        digest = digest * 31 + hash_str(hooks->scripts[i].name);
        digest = digest * 31 + hash_str(hooks->scripts[i].text) + hooks->scripts[i].replaced;
    }
    return digest;
}

uint64_t hooks_names_digest(const struct hooks *hooks)
{
    const struct hook_state *state = &hooks->states[0];
    const struct hook_extensions *const lists[] = {&state->filters, &state->tags};
    uint64_t digest = 0;
    for (int point = 0; point < HOOK_POINT_COUNT; point++) digest = digest * 2 + (state->points[point].count > 0);
    for (int i = 0; i < 2; i++) {
        digest = digest * 31 + (uint64_t)lists[i]->count;
        for (ptrdiff_t at = 0; at < lists[i]->count; at++)
            digest = digest * 31 + hash_str(lists[i]->items[at].name) + lists[i]->items[at].block;
    }
    return digest;
}

bool hooks_has(const struct hooks *hooks, enum hook_point point)
{
    return hooks && hooks->states[0].points[point].count > 0;
}

ptrdiff_t hooks_filters(const struct hooks *hooks, const struct liquid_extension **out)
{
    *out = hooks ? hooks->filters : NULL;
    return hooks ? hooks->states[0].filters.count : 0;
}

ptrdiff_t hooks_tags(const struct hooks *hooks, const struct liquid_extension **out)
{
    *out = hooks ? hooks->tags : NULL;
    return hooks ? hooks->states[0].tags.count : 0;
}
