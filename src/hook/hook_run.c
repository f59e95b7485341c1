/* hook_run.c - one call: begins the limits, runs, reports, cleans up. */
#include "lua_freeze.h"
#include "lua_limits.h"

struct run {
    struct hook_state *state;
    hook_body *body;
    void *data;
};

static int run_body(lua_State *L)
{
    struct run *run = lua_touserdata(L, 1);
    lua_settop(L, 0);
    run->body(run->state, L, run->data);
    return 0;
}

static const char thread_key;       /* registry: keeps the thread alive */

static int make_thread(lua_State *L)
{
    struct hook_state *state = state_of(L);
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &thread_key);
    lua_gc(L, LUA_GCCOLLECT);               /* what the failed call left is not the next one's burden */
    state->thread = lua_newthread(L);
    limits_watch(state->thread);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &thread_key);
    return 0;
}

bool hook_thread_renew(struct hook_state *state)
{
    state->limits.off = true;
    lua_pushcfunction(state->main, make_thread);
    bool ok = lua_pcall(state->main, 0, 0, 0) == LUA_OK;
    if (!ok) lua_settop(state->main, 0);
    state->limits.off = false;
    return ok;
}

/* Does this line assign to the local: `name = ` and not `local name = `? */
static bool assigns(str line, str name)
{
    line = str_trim(line);
    ptrdiff_t at = str_starts(line, S("local ")) || str_starts(line, S("--")) ? -1 : str_find(line, name);
    if (at < 0) return false;
    str rest = str_trim_left(str_from(line, at + name.len));
    return rest.len > 1 && rest.p[0] == '=' && rest.p[1] != '=';
}

/* The first line that may be to blame, from where the function begins; else that line. */
static struct script_place assignment_place(const struct hooks *hooks, struct script_place at, str name)
{
    if (at.script < 0) return at;
    str rest = hooks->scripts[at.script].text, line;
    for (int number = 1; str_line(&rest, &line); number++)
        if (number >= at.line && assigns(line, name)) return (struct script_place){at.script, number};
    return at;
}

static bool report_changed_upvalue(struct hook_state *state)
{
    str name;
    struct script_place at;
    if (!freeze_restore(state, &name, &at)) return false;
    library_forget(state->main);
    struct hook_work *work = state->work;
    span place = report_span(state->hooks, assignment_place(state->hooks, at, name));
    struct diag *diag = diag_report(work->diags, DIAG_LUA, place,
        "the local '%" STR_F "' of this script was changed (in %s, while making %" STR_F ")", STR_A(name), work->name,
        STR_A(work->subject.len ? work->subject : S("the site")));
    diag_hint(work->diags, diag, "what a script made while loading is read-only in a hook; hugi.once(name, fn) keeps what is computed once");
    if (work->subject_at.file) diag_relate(work->diags, diag, work->subject_at, S("while making this"));
    return true;
}

static bool report_nested(struct hook_state *state, const struct hook_work *work)
{
    diag_report(work->diags, DIAG_LUA, (span){0}, "%s cannot be called while %s runs", work->name, state->work->name);
    return false;
}

static void begin(struct hook_state *state, struct hook_work *work)
{
    state->running = true;
    state->work = work;
    work->defined_at = (struct script_place){-1, 0};
    state->epoch++;
    limits_begin(state);
    random_begin(state);
}

static void end(struct hook_state *state, struct arena_mark mark)
{
    arena_rewind(&state->scratch, mark);
    state->work = NULL;
    state->running = false;
}

bool hook_run(struct hook_state *state, struct hook_work *work, hook_body *body, void *data)
{
    if (state->running) return report_nested(state, work);
    if (atomic_load(state->hooks->exhausted)) return false;     /* said once, by the call that hit the limit */
    reads_note(state->reads, READ_HOOKS, 0, 0);
    if (!state->main && !hook_state_load(state, work->diags)) return false;
    struct arena_mark mark = arena_mark(&state->scratch);
    struct run run = {state, body, data};
    work->depth = stopwatch_depth(state->stopwatch);
    begin(state, work);
    lua_pushcfunction(state->thread, run_body);
    lua_pushlightuserdata(state->thread, &run);
    int results, status = lua_resume(state->thread, state->main, 1, &results);
    bool ok = status == LUA_OK && state->limits.hit == LIMIT_NONE;
    if (!ok) {
        report_failure(state, state->thread, status);
        if (state->limits.hit != LIMIT_NONE) atomic_store(state->hooks->exhausted, true);
        str unused_name;
        struct script_place unused_at;
        freeze_restore(state, &unused_name, &unused_at);
        hook_thread_renew(state);
    } else {
        ok = !report_changed_upvalue(state);
    }
    stopwatch_end_to(state->stopwatch, work->depth);
    end(state, mark);
    return ok;
}

/* "filter 'hours' in hooks/hours.lua": from here to the next function of this call, or its end. */
static void time_function(struct hook_state *state, const struct hook_function *function)
{
    const struct hooks *hooks = state->hooks;
    if (!state->stopwatch) return;
    str script = function->at.script >= 0 ? hooks->scripts[function->at.script].path : S("a script");
    str name = str_format(&state->scratch, "%s in %" STR_F, state->work->name, STR_A(script));
    stopwatch_end_to(state->stopwatch, state->work->depth);
    stopwatch_begin(state->stopwatch, TIME_HOOK, name);
}

void hook_push_function(struct hook_state *state, lua_State *L, const struct hook_function *function)
{
    state->work->defined_at = function->at;
    time_function(state, function);
    lua_rawgeti(L, LUA_REGISTRYINDEX, function->reference);
}
