/* template_render.c - the walk over the tree: blocks, outputs, partials; and
 * what keeps it within bounds.
 *
 * renderer_block is the loop everything passes.  A node that fails has reported
 * why; the loop goes on behind it, so that a template's errors come out
 * together, and ends early only for an interrupt (break, continue) or when a
 * limit stopped the render. */
#include <time.h>

#include "coerce.h"
#include "renderer.h"

enum {
    DEFAULT_DEPTH = 100,
    DEFAULT_STEPS = 10 * 1000 * 1000,
    DEFAULT_OUTPUT = 32 << 20,
    DEFAULT_MILLISECONDS = 10 * 1000,
    MEMORY_PER_RENDER = 100 << 20,  /* at which it ends; one filter may take about as much again */
    STEPS_PER_LOOK = 4096,          /* steps between two looks at the clock */
    MOST_WEIGHT = 2 * 1000 * 1000,  /* of one value: its items, and its text in pieces of 16 bytes */
    DEEPEST_WEIGHT = 64,            /* as deep as lists are printed */
    MOST_ERRORS = 50,
    MOST_RELATED = 8                /* levels of the include stack that are shown */
};

/* --- errors --- */

/* Said already in this render, or more than anybody reads. */
bool renderer_reported(const struct renderer *renderer, enum diag_code code, span at)
{
    const struct diags *diags = renderer->diags;
    for (ptrdiff_t i = diags->count - 1; i >= renderer->first_diag; i--) {
        const struct diag *diag = &diags->items[i];
        if (diag->code == code && diag->at.file == at.file && diag->at.start == at.start) return true;
    }
    return diags->count - renderer->first_diag >= MOST_ERRORS && !renderer->stopped;
}

static bool renderer_is_related(const struct diag *diag, span at)
{
    bool told = diag->at.file == at.file && diag->at.start == at.start;
    for (ptrdiff_t i = 0; i < diag->related_count && !told; i++)
        told = diag->related[i].at.file == at.file && diag->related[i].at.start == at.start;
    return told;
}

void renderer_relate(struct renderer *renderer, struct diag *diag, span at)
{
    if (at.file) diag_relate(renderer->diags, diag, at, S("included from here"));
    for (const struct frame *frame = renderer->frame; frame && frame->parent; frame = frame->parent)
        if (frame->at.file && diag->related_count < MOST_RELATED && !renderer_is_related(diag, frame->at))
            diag_relate(renderer->diags, diag, frame->at, S("included from here"));
}

static bool renderer_report(struct renderer *renderer, enum diag_code code, span at, str hint, str message)
{
    renderer->failed = true;
    if (!at.file) at = renderer->text_at;       /* where_exp's own text is in no file, ... */
    for (const struct frame *frame = renderer->frame; frame && !at.file; frame = frame->parent)
        at = frame->at;                         /* ... nor is what include_relative read */
    if (renderer_reported(renderer, code, at)) return false;
    struct diag *diag = diag_report(renderer->diags, code, at, "%" STR_F, STR_A(message));
    if (hint.len) diag_hint(renderer->diags, diag, "did you mean '%" STR_F "'?", STR_A(hint));
    renderer_relate(renderer, diag, (span){0});
    return false;
}

bool renderer_error(struct renderer *renderer, enum diag_code code, span at, const char *format, ...)
{
    struct buf message = buf_in(renderer->arena);
    va_list arguments;
    va_start(arguments, format);
    buf_vprintf(&message, format, arguments);
    va_end(arguments);
    return renderer_report(renderer, code, at, (str){0}, buf_str(&message));
}

bool renderer_error_hint(struct renderer *renderer, enum diag_code code, span at, str hint,
                         const char *format, ...)
{
    struct buf message = buf_in(renderer->arena);
    va_list arguments;
    va_start(arguments, format);
    buf_vprintf(&message, format, arguments);
    va_end(arguments);
    return renderer_report(renderer, code, at, hint, buf_str(&message));
}

/* --- limits --- */

static int64_t renderer_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool renderer_stop(struct renderer *renderer, span at, const char *what)
{
    renderer->stopped = true;
    return renderer_error(renderer, DIAG_LIQUID_LIMIT, at, "%s", what);
}

bool renderer_work(struct renderer *renderer, span at, int64_t steps)
{
    if (renderer->stopped) return false;
    renderer->steps += steps;
    if (renderer->steps > renderer->steps_limit)
        return renderer_stop(renderer, at, "the template takes too many steps");
    if (renderer->written + renderer->out->len > renderer->written_limit)
        return renderer_stop(renderer, at, "the template writes too much");
    if (renderer->arena->total + renderer->scratch.total > renderer->memory_limit)
        return renderer_stop(renderer, at, "the template takes too much memory");
    if (renderer->steps < renderer->next_look) return true;
    renderer->next_look = renderer->steps + STEPS_PER_LOOK;
    return renderer_clock() <= renderer->deadline || renderer_stop(renderer, at, "the template takes too long");
}

/* Up to somewhat more than `most`. */
static int64_t renderer_weight(value v, int64_t most, int depth)
{
    int64_t weight = 1 + (v.kind == VALUE_STR ? renderer_cost(v) : 0);
    ptrdiff_t count = v.kind == VALUE_LIST || v.kind == VALUE_MAP ? value_count(v) : 0;
    if (depth > DEEPEST_WEIGHT) return weight;
    for (ptrdiff_t i = 0; i < count && weight <= most; i++) {
        value item = v.kind == VALUE_LIST ? v.as.list->items[i] : v.as.map->pairs[i].value;
        weight += renderer_weight(item, most - weight, depth + 1);
    }
    return weight;
}

bool renderer_weigh(struct renderer *renderer, span at, value v)
{
    if (v.kind != VALUE_LIST && v.kind != VALUE_MAP) return true;
    int64_t weight = renderer_weight(v, MOST_WEIGHT, 0);
    if (weight > MOST_WEIGHT)
        return renderer_error(renderer, DIAG_LIQUID_LIMIT, at, "%s holds too much, counting what is in it more than once",
                              value_kind_name(v));
    return renderer_work(renderer, at, weight);
}

/* Is the template being rendered among those that led to it? */
static bool renderer_is_circle(const struct renderer *renderer)
{
    const struct frame *frame = renderer->frame;
    while (frame && (frame = frame->parent))
        if (frame->template_ == renderer->frame->template_) return true;
    return false;
}

bool renderer_enter(struct renderer *renderer, span at)
{
    if (renderer->depth >= renderer->depth_limit)
        return renderer_stop(renderer, at, renderer_is_circle(renderer) ? "this comes back to the template it stands in, without end"
                                                                        : "tags and partials are nested too deep");
    renderer->depth++;
    return true;
}

/* --- text --- */

static void renderer_segment(struct renderer *renderer, const struct node *node)
{
    struct liquid_segments *segments = renderer->segments;
    struct liquid_segment segment = {renderer->out->len, node->at.start,
                                      !node->render || node->render == renderer_raw};
    const struct liquid_segment *last = segments->count ? &segments->items[segments->count - 1] : NULL;
    if (last && last->copied && segment.copied
        && segment.output - last->output == (ptrdiff_t)segment.source - (ptrdiff_t)last->source) return;
    if (segments->count && segments->items[segments->count - 1].output == segment.output) segments->count--;
    ARENA_PUSH(renderer->arena, segments->items, segments->count, segments->capacity) = segment;
}

void renderer_write_str(struct renderer *renderer, str s)
{
    buf_add(renderer->out, s);
}

static bool puts_aside(const struct renderer *renderer, const struct frame *frame)
{
    return renderer->job->put_aside && frame && frame->template_->lenient;
}

void renderer_write(struct renderer *renderer, value v)
{
    if (v.kind == VALUE_STR && v.safe && puts_aside(renderer, renderer->frame))
        buf_add(renderer->out, renderer->job->put_aside(renderer->job->user, v.as.text));
    else if (v.kind == VALUE_STR) buf_add(renderer->out, v.as.text);
    else coerce_write(renderer->out, v, &renderer->scratch);
}

bool renderer_output(struct renderer *renderer, const struct node *node)
{
    value v;
    struct scratch_mark mark = scratch_mark(renderer);
    bool good = evaluate_pipeline(renderer, node->as.pipeline, &v) && renderer_weigh(renderer, node->at, v);
    if (good) renderer_write(renderer, v);
    scratch_rewind(renderer, mark);
    return good;
}

bool renderer_raw(struct renderer *renderer, const struct node *node)
{
    buf_add(renderer->out, node->as.text);
    return true;
}

/* --- blocks --- */

bool renderer_block(struct renderer *renderer, const struct block *block)
{
    for (ptrdiff_t i = 0; i < block->count; i++) {
        const struct node *node = &block->nodes[i];
        if (renderer->segments) renderer_segment(renderer, node);
        if (!node->render) {
            buf_add(renderer->out, node->as.text);
            continue;
        }
        if (!renderer_step(renderer, node->at)) return false;
        if (!node->render(renderer, node)) {
            renderer->failed = true;
            if (renderer->stopped) return false;
        }
        if (renderer->interrupt) return true;
    }
    return true;
}

bool renderer_capture(struct renderer *renderer, const struct block *block, str *out)
{
    struct buf captured = buf_in(renderer->arena), *outer = renderer->out;
    struct liquid_segments *segments = renderer->segments;
    renderer->written += outer->len;
    renderer->out = &captured;
    renderer->segments = NULL;
    bool good = renderer_block(renderer, block);
    renderer->segments = segments;
    renderer->out = outer;
    renderer->written += captured.len - outer->len;
    *out = buf_finish(&captured);
    return good;
}

/* --- templates --- */

/* tags_layout.c: the rest of a template that has a {% layout %}. */
bool layout_render(struct renderer *renderer, const struct liquid_template *template_);

bool renderer_template(struct renderer *renderer, const struct liquid_template *template_, span at)
{
    if (!renderer_enter(renderer, at)) return false;
    struct frame frame = {.parent = renderer->frame, .template_ = template_, .at = at};
    struct liquid_segments *segments = renderer->segments;
    if (frame.parent) renderer->segments = NULL;
    renderer->frame = &frame;
    struct buf *out = renderer->out;
    ptrdiff_t begin = out->len;
    const struct liquid_watch *watch = renderer->job->watch;
    bool timed = watch && watch->begin;
    if (timed) watch->begin(renderer->job->user, template_->file);
    bool good = template_->layout ? layout_render(renderer, template_)
                                  : renderer_block(renderer, &template_->body);
    if (timed) watch->end(renderer->job->user);
    renderer->frame = frame.parent;
    renderer->segments = segments;
    renderer_leave(renderer);
    if (good && !template_->lenient && puts_aside(renderer, frame.parent)) {
        str html = str_copy(renderer->arena, str_from(buf_str(out), begin));
        out->len = begin;
        buf_add(out, renderer->job->put_aside(renderer->job->user, html));
    }
    return good;
}

bool liquid_render(const struct liquid_env *env, const struct liquid_render *render, struct arena *arena,
                   struct buf *out, struct diags *diags)
{
    const struct liquid_limits *limits = &env->limits;
    int milliseconds = limits->milliseconds ? limits->milliseconds : DEFAULT_MILLISECONDS;
    struct scope scope = {0};
    struct renderer renderer = {
        .env = env, .job = render, .arena = arena, .out = out, .diags = diags,
        .first_diag = diags->count,
        .segments = render->segments, .scope = &scope,
        .depth_limit = limits->depth ? limits->depth : DEFAULT_DEPTH,
        .steps_limit = limits->steps ? limits->steps : DEFAULT_STEPS,
        .written_limit = (limits->output ? limits->output : DEFAULT_OUTPUT) + out->len,
        .memory_limit = arena->total + MEMORY_PER_RENDER,
        .deadline = renderer_clock() + (int64_t)milliseconds * 1000000,
    };
    renderer_template(&renderer, render->template_, (span){0});
    arena_free(&renderer.scratch);
    return !renderer.failed;
}
