/* hook_state.h - one worker's Lua state: what the files of src/hook/ share.
 *
 * Two Lua threads: `main` owns the registry and is used for loading and for
 * upkeep; every call of a hook runs on `thread`, as a coroutine, because after
 * an error its stack is still there and says where it happened (even when
 * memory ran out).  A thread that failed is dropped and replaced.
 *
 * A C function of this folder that Lua calls may raise a Lua error (longjmp),
 * so it holds nothing that would have to be freed: only arenas, Lua values and
 * its own frame. */
#ifndef HUGI_HOOK_STATE_H
#define HUGI_HOOK_STATE_H

#include <stdatomic.h>
#include <lauxlib.h>
#include <lua.h>

#include "base/stopwatch.h"
#include "hook/hook.h"
#include "view/reads.h"

enum limit_kind { LIMIT_NONE, LIMIT_STEPS, LIMIT_MEMORY, LIMIT_TIME };

/* A line of one of the scripts; script -1: not known. */
struct script_place {
    int script, line;
};

/* What one call may use; lua_limits.c. */
struct limits {
    size_t memory_used, memory_limit;
    int64_t steps_limit, steps_left;
    int64_t look_at;                /* the clock is looked at when steps_left falls below */
    int64_t once_left;              /* steps for all functions of hugi.once of this call */
    int64_t wall_began, cpu_began;  /* milliseconds */
    int64_t milliseconds;           /* processor time a call may take */
    enum limit_kind hit;            /* sticky until the next call begins */
    struct script_place hit_at;
    bool refused;                   /* an allocation was refused in this call */
    bool in_once;                   /* steps are taken from once_left */
    bool off;                       /* hugi's own upkeep: nothing is counted */
};

/* What the current call is about. */
struct hook_work {
    const char *name;               /* "tag", "filter 'shout'" */
    str subject;                    /* "content/posts/a.md": what is being made; may be empty */
    span subject_at;                /* its file; 0 when there is none */
    struct arena *arena;            /* what is looked up lives here; NULL: until the end of the call */
    struct diags *diags;
    struct site *site;              /* site_collected: pages may be added */
    struct page *page;              /* page_html: its html may be changed */
    str *bytes;                     /* output: may be changed */
    const struct view *view;        /* may be NULL */
    int depth;                      /* of the stopwatch when the call began */
    struct script_place defined_at; /* the function at work: the place to blame without a better one */
};

/* A function of a script, the same in every state. */
struct hook_function {
    int reference;                  /* in the registry */
    struct script_place at;
};
struct hook_functions {
    struct hook_function *items;
    ptrdiff_t count, capacity;
};

/* hugi.filter and hugi.tag. */
struct hook_extension {
    str name;
    bool block;
    struct hook_function function;
};
struct hook_extensions {
    struct hook_extension *items;
    ptrdiff_t count, capacity;
};

struct hook_state {
    const struct hooks *hooks;
    int worker;
    lua_State *main, *thread;       /* NULL until the worker's first call */
    struct limits limits;
    uint64_t random[4];
    /* Counts calls.  Iterators, coroutines, pages and the like belong to the
     * call they were made in: memory behind them may be gone later. */
    uint32_t epoch;
    bool loading;                   /* scripts run: hugi.filter and hugi.tag may be called */
    bool syntax_error;              /* the script at work could not be parsed */
    bool running;
    struct hook_work *work;         /* while running */
    struct reads *reads;            /* this worker's; NULL: nobody asks */
    struct stopwatch *stopwatch;    /* likewise */
    uint64_t loaded;                /* digest of the files read while scripts were loaded */
    struct arena arena;             /* lists of functions; until hooks_free */
    struct arena scratch;           /* one call */
    size_t arena_began;             /* bytes in the call's arena when it began */
    struct hook_functions points[HOOK_POINT_COUNT];
    struct hook_extensions filters, tags;
};

struct hooks {
    struct hooks_options options;
    const struct theme_script *scripts;
    int script_count;
    struct hook_state *states;
    int state_count;
    const struct liquid_extension *filters, *tags;
    const struct sources *sources;  /* NULL: nothing is measured */
    atomic_bool *exhausted;     /* a limit was hit, or a state was not made: no hook is called again in this build */
};

/* Every Lua thread knows its state. */
static inline struct hook_state *state_of(lua_State *L)
{
    struct hook_state *state;
    memcpy(&state, lua_getextraspace(L), sizeof state);
    return state;
}

/* Where what is looked up in this call is put. */
static inline struct arena *state_arena(struct hook_state *state)
{
    return state->work && state->work->arena ? state->work->arena : &state->scratch;
}

static inline void lua_push_str(lua_State *L, str s) { lua_pushlstring(L, s.len ? s.p : "", (size_t)s.len); }
str lua_check_str(lua_State *L, int argument);      /* borrowed from Lua; raises unless text or number */

/* hook_load.c: a state of another worker than the first.  False after reporting. */
bool hook_state_load(struct hook_state *state, struct diags *diags);

/* hook_run.c: runs `body` protected and within the limits.  False after
 * reporting one error.  `body` may raise Lua errors; `data` is its own. */
typedef void hook_body(struct hook_state *state, lua_State *L, void *data);
bool hook_run(struct hook_state *state, struct hook_work *work, hook_body *body, void *data);
/* Within a body: pushes the function and notes where errors belong. */
void hook_push_function(struct hook_state *state, lua_State *L, const struct hook_function *function);
bool hook_thread_renew(struct hook_state *state);   /* false: out of memory */

/* lua_report.c */
struct script_place report_where(lua_State *L);     /* the script line at work on L */
struct script_place report_definition(lua_State *L, int function);  /* where it begins */
void report_failure(struct hook_state *state, lua_State *failed, int status);
void report_note(lua_State *L, str text);           /* hugi.log */
void report_misspelt(struct hook_state *state, struct script_place at, str name, str nearest);
span report_span(const struct hooks *hooks, struct script_place place);
str report_value_text(struct hook_state *state, lua_State *from, int index, struct arena *arena);

/* hook_liquid.c: `data` is the extension of the first state */
bool hook_filter_call(struct liquid_call *call);
bool hook_tag_call(struct liquid_call *call);

/* lua_sandbox.c */
void sandbox_open(lua_State *L);                    /* builds the shared names; leaves nothing */
void sandbox_push_environment(lua_State *L);        /* a new script's _ENV */
str sandbox_hint(struct arena *arena, str missing); /* why `os` is not there; "" for other names */

/* The libraries: each leaves one table of functions on the stack. */
void base_open(lua_State *L);
void coroutine_open(lua_State *L);
void string_open(lua_State *L);
void table_open(lua_State *L);
void math_open(lua_State *L);
void utf8_open(lua_State *L);
void library_open(lua_State *L);                    /* hugi */
void library_forget(lua_State *L);                  /* what hugi.once keeps */

void random_begin(struct hook_state *state);        /* the same numbers in every call */
/* Pushes tostring(value) without addresses. */
void base_push_text(lua_State *L, int index);
/* C functions that cost time by the length of their text arguments. */
void base_push_charged(lua_State *L, lua_CFunction function);

#endif
