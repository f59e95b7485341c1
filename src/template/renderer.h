/* renderer.h - the state of one render, and what tags and filters use of it.
 *
 * One renderer belongs to one thread.  The tree it walks is const.  Errors are
 * reported once per place and code (a loop over 10,000 posts says it once);
 * rendering goes on behind a node that failed, so that all of a template's
 * errors come out, and ends only at a limit.
 *
 * Scopes, from the inside out: loop variables and parameters (a stack), what
 * `assign` and `capture` set, counters, the job's locals, its globals. */
#ifndef HUGI_TEMPLATE_RENDERER_H
#define HUGI_TEMPLATE_RENDERER_H

#include "base/map.h"
#include "tree.h"

enum interrupt { INTERRUPT_NONE, INTERRUPT_BREAK, INTERRUPT_CONTINUE };

struct binding {
    const struct name *name;
    value value;
};

struct binding_list {
    struct binding *items;
    ptrdiff_t count, capacity;
};

/* A set of names found by their hash. */
struct name_table {
    struct binding *slots;      /* name NULL: free */
    ptrdiff_t count, capacity;  /* capacity: a power of two */
};
value *name_table_get(const struct name_table *table, const struct name *name);
void name_table_set(struct arena *arena, struct name_table *table, const struct name *name, value v);

/* What {% render %} starts anew. */
struct scope {
    struct binding_list stack;
    struct name_table assigned, counters;
    struct name_table cache;    /* globals looked up before */
    bool isolated;              /* without the job's locals */
};

/* A template being rendered, and the tag that asked for it. */
struct frame {
    const struct frame *parent;
    const struct liquid_template *template_;
    span at;                    /* the include tag; file 0 at the outermost */
    bool collecting;            /* a child of a layout: blocks are noted, not rendered */
};

struct override;                /* tags_layout.c: a child's block */
struct loop;

struct renderer {
    const struct liquid_env *env;
    const struct liquid_render *job;
    struct arena *arena;                /* what lasts until the render is over */
    struct arena scratch;               /* what filters make; an output gives it back once it is written */
    int64_t kept;                       /* how often something was left in it that lasts (evaluate_lasting) */
    struct buf *out;                    /* where text goes now: the page, or a capture */
    struct diags *diags;
    ptrdiff_t first_diag;               /* of this render */
    struct liquid_segments *segments;   /* only while `out` is the page and the frame the post */
    struct scope *scope;
    const struct frame *frame;
    const struct loop *loop;            /* the innermost, for parentloop */
    struct override *overrides;
    enum interrupt interrupt;
    bool failed, stopped;
    int depth, depth_limit;
    int64_t steps, steps_limit;
    int64_t next_look;                  /* at the clock: the step at which */
    int64_t written, written_limit;     /* of buffers that are done; with out->len all bytes written */
    size_t memory_limit;                /* total of both arenas at which rendering ends */
    int64_t deadline;                   /* nanoseconds of the monotonic clock */
    struct map offsets;                 /* for offset:continue: loop name -> int64_t */
    struct map cycles;
    struct map cached;                  /* include_cached: name and parameters -> str * */
    str changed;                        /* ifchanged */
    bool has_changed;
    span text_at;                       /* the filter whose argument is being evaluated as an expression */
    bool tolerant;                      /* unknown names are null now (`default`) */
};

/* --- errors and limits --- */

#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
bool renderer_error(struct renderer *renderer, enum diag_code code, span at, const char *format, ...);
/* As renderer_error; a hint goes with it. */
#if defined(__GNUC__)
__attribute__((format(printf, 5, 6)))
#endif
bool renderer_error_hint(struct renderer *renderer, enum diag_code code, span at, str hint,
                         const char *format, ...);
/* How the template being rendered was come to; `at` first, when it is a place. */
void renderer_relate(struct renderer *renderer, struct diag *diag, span at);
bool renderer_reported(const struct renderer *renderer, enum diag_code code, span at);
/* Counts steps: a loop turn, a tag, a filter, and what those walk over; false
 * (reported) when a limit is reached. */
bool renderer_work(struct renderer *renderer, span at, int64_t steps);
static inline bool renderer_step(struct renderer *renderer, span at) { return renderer_work(renderer, at, 1); }
/* The steps of reading all of a value: texts count by their length, so that a hundred
 * thousand turns over a megabyte end as early as they should. */
static inline int64_t renderer_cost(value v)
{
    if (v.kind == VALUE_STR) return v.as.text.len >> 4;
    return v.kind == VALUE_LIST ? v.as.list->count >> 2 : 0;
}
/* Counts all that printing the value would walk over, lists within lists as often as they are
 * met: forty pushes of a list onto itself are a short list of a billion items. */
bool renderer_weigh(struct renderer *renderer, span at, value v);
bool renderer_enter(struct renderer *renderer, span at);    /* one level deeper; then leave */
static inline void renderer_leave(struct renderer *renderer) { renderer->depth--; }

/* --- rendering --- */

bool renderer_block(struct renderer *renderer, const struct block *block);
node_render_fn renderer_output;
node_render_fn renderer_raw;        /* {% raw %}: text that white space control leaves alone */
/* Renders a block into a text of its own. */
bool renderer_capture(struct renderer *renderer, const struct block *block, str *out);
/* A partial or layout; at its end the frame is left.  Interrupts pass through. */
bool renderer_template(struct renderer *renderer, const struct liquid_template *template_, span at);
void renderer_write(struct renderer *renderer, value v);
void renderer_write_str(struct renderer *renderer, str s);

/* --- names --- */

bool scope_get(struct renderer *renderer, const struct name *name, value *out);     /* false: unknown */
void scope_assign(struct renderer *renderer, const struct name *name, value v);
ptrdiff_t scope_mark(const struct renderer *renderer);
void scope_push(struct renderer *renderer, const struct name *name, value v);
void scope_pop(struct renderer *renderer, ptrdiff_t mark);
bool scope_may_be_unset(const struct renderer *renderer, const struct name *name);
str scope_nearest(struct renderer *renderer, str name);

/* --- evaluation (evaluate.c); false: reported --- */

bool evaluate(struct renderer *renderer, const struct expression *expression, value *out);
bool evaluate_condition(struct renderer *renderer, const struct expression *expression, bool *out);
/* What filters made is gone when the output it is for has been written ... */
bool evaluate_pipeline(struct renderer *renderer, const struct pipeline *pipeline, value *out);
/* ... and here lasts until the render is over. */
bool evaluate_lasting(struct renderer *renderer, const struct pipeline *pipeline, value *out);
struct scratch_mark {
    struct arena_mark arena;
    int64_t kept;
};
static inline struct scratch_mark scratch_mark(const struct renderer *renderer)
{
    return (struct scratch_mark){arena_mark(&renderer->scratch), renderer->kept};
}
/* Not past something that lasts: an output can render a block that assigns ({{ block.super }}). */
static inline void scratch_rewind(struct renderer *renderer, struct scratch_mark mark)
{
    if (renderer->kept == mark.kept) arena_rewind(&renderer->scratch, mark.arena);
}
/* One step of a lookup: v.key or v[key]. */
value evaluate_step(struct renderer *renderer, value v, str key, enum command_kind command);
value evaluate_index(struct renderer *renderer, value v, value index);
value evaluate_path(struct renderer *renderer, value v, str path);     /* "a.b.c" */

#endif
