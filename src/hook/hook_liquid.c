/* hook_liquid.c - filters and shortcodes of hooks, as Liquid calls them. */
#include "hook/render_user.h"
#include "hook_call.h"
#include "lua_limits.h"
#include "lua_value.h"

/* The same extension in the state of the worker at work: lists are equal in all states. */
static const struct hook_extension *extension_of(const struct hook_state *state, const struct liquid_call *call, bool tag)
{
    const struct hook_state *first = &state->hooks->states[0];
    const struct hook_extension *data = call->data;
    return tag ? &state->tags.items[data - first->tags.items] : &state->filters.items[data - first->filters.items];
}

static bool has_named(const struct liquid_call *call) { return call->named.kind == VALUE_MAP && value_count(call->named) > 0; }

/* fn(input, argument ..., {name = ...} when there are named ones) */
static void run_filter(struct hook_state *state, lua_State *L, void *data)
{
    struct liquid_call *call = data;
    luaL_checkstack(L, (int)call->argument_count + 4, "too many arguments");
    hook_push_function(state, L, &extension_of(state, call, false)->function);
    lua_value_push(L, call->input);
    for (ptrdiff_t i = 0; i < call->argument_count; i++) lua_value_push(L, call->arguments[i]);
    if (has_named(call)) lua_value_push(L, call->named);
    lua_call(L, (int)call->argument_count + 1 + has_named(call), 1);
    call->result = lua_value_take(L, -1, call->arena, state->work->name);
}

/* fn({argument ..., name = ..., body = ...}, page) */
static void run_tag(struct hook_state *state, lua_State *L, void *data)
{
    struct liquid_call *call = data;
    const struct hook_call *user = call->user;
    const struct hook_extension *extension = extension_of(state, call, true);
    hook_push_function(state, L, &extension->function);
    if (has_named(call)) lua_value_push_tables(L, call->named);
    else lua_newtable(L);
    for (ptrdiff_t i = 0; i < call->argument_count; i++) {
        lua_value_push(L, call->arguments[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    if (extension->block) {
        lua_push_str(L, call->body);
        lua_setfield(L, -2, "body");
    }
    hook_push_page(L, user ? user->page : NULL, NULL);
    lua_call(L, 2, 1);
    value result = lua_isnil(L, -1) ? value_str(S("")) : lua_value_take(L, -1, call->arena, state->work->name);
    if (result.kind == VALUE_LIST || result.kind == VALUE_MAP || result.kind == VALUE_DROP)
        luaL_error(L, "%s returns text, not %s", state->work->name, value_kind_name(result));
    call->result = result.kind == VALUE_STR ? result : value_str(value_print(result, call->arena));
}

static bool run(struct liquid_call *call, const char *what, hook_body *body)
{
    const struct hook_call *user = call->user;
    if (!user || !user->hooks) {
        diag_report(call->diags, DIAG_LUA, call->at, "%s '%" STR_F "' needs the hooks of a site", what, STR_A(call->name));
        return false;
    }
    const struct page *page = user->page;
    struct hook_work work = {
        .name = str_z(call->arena, str_format(call->arena, "%s '%" STR_F "'", what, STR_A(call->name))),
        .subject = page ? page->path : (str){0},
        .subject_at = call->at.file ? call->at : (span){page ? page->file : 0, 0, 0},
        .arena = call->arena, .diags = call->diags, .view = user->view};
    return hook_run(&user->hooks->states[user->worker], &work, body, call);
}

bool hook_filter_call(struct liquid_call *call) { return run(call, "filter", run_filter); }
bool hook_tag_call(struct liquid_call *call) { return run(call, "tag", run_tag); }

/* --- what a text depends on besides values ------------------------------- */

static void note_partial(void *user, str name)
{
    reads_note_name(view_reads(((const struct hook_call *)user)->view), READ_TEMPLATE, 0, name);
}

static void note_now(void *user) { reads_note(view_reads(((const struct hook_call *)user)->view), READ_NOW, 0, 0); }

static const struct hook_state *state_of_user(const void *user)
{
    const struct hook_call *call = user;
    return &call->hooks->states[call->worker];
}

static void begin_template(void *user, uint32_t file)
{
    const struct hook_state *state = state_of_user(user);
    const struct source *source = sources_get(state->hooks->sources, file);
    stopwatch_begin(state->stopwatch, TIME_TEMPLATE, source ? source->path : S("a text without a file"));
}

static void end_template(void *user) { stopwatch_end(state_of_user(user)->stopwatch); }

const struct liquid_watch *render_watch_of(const struct hooks *hooks)
{
    static const struct liquid_watch plain = {.partial = note_partial, .now = note_now};
    static const struct liquid_watch timed = {note_partial, note_now, begin_template, end_template};
    return hooks && hooks->sources ? &timed : &plain;
}
