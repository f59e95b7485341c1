/* filters.c - finding filters at parse time, calling them, and what they all
 * use: errors, sizes, their input as text or list. */
#include "filters.h"

#include "coerce.h"
#include "renderer.h"

enum {
    MOST_BYTES = 16 << 20,      /* of one string a filter makes */
    MOST_ITEMS = 500 * 1000,
    FLATTEN_DEPTH = 64
};

static const struct filter filters[] = {
#define FILTER_ROW(name, function, least, most, modes, named) \
    {STR_INIT(name), least, most, modes, named, filter_##function},
#include "filters_table.h"
#undef FILTER_ROW
};

enum { FILTER_COUNT = sizeof filters / sizeof *filters };

/* --- at parse time --- */

void filters_resolve(const struct liquid_env *env, struct filter_use *use)
{
    for (ptrdiff_t i = 0; i < env->filter_count; i++) {
        if (!str_equal(env->filters[i].name, use->name)) continue;
        use->extension = &env->filters[i];
        return;
    }
    for (int i = 0; i < FILTER_COUNT; i++) {
        if (!(filters[i].modes & (1 << env->mode)) || !str_equal(filters[i].name, use->name)) continue;
        use->filter = &filters[i];
        return;
    }
}

str filters_nearest(const struct liquid_env *env, str name, struct arena *arena)
{
    str *names = ARENA_NEWS(arena, str, FILTER_COUNT + env->filter_count);
    for (int i = 0; i < FILTER_COUNT; i++) names[i] = filters[i].name;
    for (ptrdiff_t i = 0; i < env->filter_count; i++) names[FILTER_COUNT + i] = env->filters[i].name;
    return str_nearest(name, names, FILTER_COUNT + env->filter_count);
}

ptrdiff_t liquid_filter_names(enum liquid_mode mode, const str **names)
{
    static const str all[] = {
#define FILTER_ROW(name, function, least, most, modes, named) STR_INIT(name),
#include "filters_table.h"
#undef FILTER_ROW
    };
    (void)mode;
    *names = all;
    return FILTER_COUNT;
}

const char *filters_check_count(const struct filter_use *use, struct arena *arena)
{
    const struct filter *filter = use->filter;
    if (!filter) return NULL;
    ptrdiff_t count = use->argument_count + (!filter->named && use->named_count ? 1 : 0);
    if (count >= filter->least && (filter->most < 0 || count <= filter->most)) return NULL;
    struct buf text = buf_in(arena);
    buf_printf(&text, "'%" STR_F "' takes ", STR_A(use->name));
    if (filter->most == 0) buf_add(&text, S("no arguments"));
    else if (filter->least == filter->most) buf_printf(&text, "%d argument%s", filter->least, filter->least == 1 ? "" : "s");
    else buf_printf(&text, "%d to %d arguments", filter->least, filter->most);
    buf_printf(&text, ", not %d", (int)count);
    buf_char(&text, '\0');
    return text.p;
}

/* --- while rendering --- */

static bool filters_arguments(struct renderer *renderer, const struct filter_use *use, struct arena *arena,
                              value *arguments, value *named)
{
    for (ptrdiff_t i = 0; i < use->argument_count; i++)
        if (!evaluate(renderer, use->arguments[i], &arguments[i])) return false;
    *named = value_null();
    if (use->named_count) *named = value_map(arena);
    for (ptrdiff_t i = 0; i < use->named_count; i++) {
        value v;
        if (!evaluate(renderer, use->named[i].value, &v)) return false;
        value_set(arena, named, use->named[i].name.text, v);
    }
    return true;
}

static bool filters_apply_host(struct renderer *renderer, const struct filter_use *use, value input,
                               const value *arguments, value named, value *out)
{
    struct liquid_call call = {
        .name = use->name, .data = use->extension->data, .user = renderer->job->user, .input = input,
        .arguments = arguments, .argument_count = use->argument_count, .named = named, .at = use->at,
        .arena = renderer->arena, .diags = renderer->diags};
    if (!use->extension->call(&call)) return false;
    *out = call.result;
    return true;
}

bool filters_apply(struct renderer *renderer, const struct filter_use *use, value input, value *out)
{
    value few[4], *arguments = few, named;
    ptrdiff_t count = use->argument_count;
    /* The host may keep what it is given. */
    struct arena *arena = use->extension ? renderer->arena : &renderer->scratch;
    if (count >= 4) arguments = ARENA_NEWS(arena, value, count + 1);
    if (!filters_arguments(renderer, use, arena, arguments, &named)) return false;
    int64_t cost = 1 + renderer_cost(input);
    for (ptrdiff_t i = 0; i < count; i++) cost += renderer_cost(arguments[i]);
    if (!renderer_work(renderer, use->at, cost)) return false;
    if (use->extension) return filters_apply_host(renderer, use, input, arguments, named, out);
    if (!use->filter) {
        *out = input;       /* lax: unknown filters pass their input on */
        return true;
    }
    const char *wrong = filters_check_count(use, arena);
    if (wrong) return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, use->at, "%s", wrong);
    /* A filter without named arguments gets them as a map, its last argument, as in Ruby. */
    if (use->named_count && !use->filter->named) arguments[count++] = named;
    struct filter_call call = {.renderer = renderer, .arena = arena, .use = use, .input = input,
                               .arguments = arguments, .count = count, .named = named};
    if (!use->filter->call(&call)) return false;
    *out = call.result;
    return out->kind != VALUE_STR || filter_fits(&call, out->as.text.len);
}

/* --- for filters --- */

bool filter_error(struct filter_call *call, const char *format, ...)
{
    struct buf message = buf_in(call->arena);
    va_list arguments;
    buf_printf(&message, "'%" STR_F "': ", STR_A(call->use->name));
    va_start(arguments, format);
    buf_vprintf(&message, format, arguments);
    va_end(arguments);
    return renderer_error(call->renderer, DIAG_LIQUID_ARGUMENT, call->use->at, "%" STR_F,
                          STR_A(buf_str(&message)));
}

bool filter_fits(struct filter_call *call, ptrdiff_t bytes)
{
    if (bytes <= MOST_BYTES) return true;
    return renderer_error(call->renderer, DIAG_LIQUID_LIMIT, call->use->at,
                          "'%" STR_F "' makes a text of more than %d MiB", STR_A(call->use->name), MOST_BYTES >> 20);
}

bool filter_fits_items(struct filter_call *call, ptrdiff_t items)
{
    if (items <= MOST_ITEMS) return true;
    return renderer_error(call->renderer, DIAG_LIQUID_LIMIT, call->use->at,
                          "'%" STR_F "' makes a list of more than %d items", STR_A(call->use->name), MOST_ITEMS);
}

bool filter_is_jekyll(const struct filter_call *call)
{
    return call->renderer->env->mode == LIQUID_JEKYLL;
}

/* Ruby's to_s, which shows a list with its brackets; an output does not. */
static str filter_value_text(struct filter_call *call, value v)
{
    struct buf out = buf_in(call->arena);
    if (!filter_weigh(call, v)) return (str){0};
    if (v.kind != VALUE_LIST) return coerce_text(v, call->arena);
    coerce_inspect(&out, v, call->arena);
    return buf_str(&out);
}

str filter_text(struct filter_call *call)
{
    return filter_value_text(call, call->input);
}

bool filter_wants_text(struct filter_call *call, str *out)
{
    *out = filter_text(call);
    if (call->input.kind == VALUE_STR || !filter_is_jekyll(call)) return true;
    return filter_error(call, "want text, not %s", coerce_describe(call->input, call->arena));
}

str filter_argument_text(struct filter_call *call, ptrdiff_t index)
{
    return index < call->count ? filter_value_text(call, call->arguments[index]) : (str){0};
}

value filter_argument(const struct filter_call *call, ptrdiff_t index)
{
    return index < call->count ? call->arguments[index] : value_null();
}

static bool filter_flatten(struct filter_call *call, value v, struct value_list *out, int depth)
{
    if (v.kind != VALUE_LIST || depth > FLATTEN_DEPTH) {
        ARENA_PUSH(call->arena, out->items, out->count, out->capacity) = v;
        return filter_fits_items(call, out->count);
    }
    if (!renderer_work(call->renderer, call->use->at, renderer_cost(v))) return false;
    for (ptrdiff_t i = 0; i < v.as.list->count; i++)
        if (!filter_flatten(call, v.as.list->items[i], out, depth + 1)) return false;
    return true;
}

bool filter_items(struct filter_call *call, value input, struct value_list *out)
{
    *out = (struct value_list){0};
    if (input.kind == VALUE_NULL || input.kind == VALUE_MARK) return true;
    if (input.kind == VALUE_LIST || !coerce_is_sequence(input)) return filter_flatten(call, input, out, 0);
    return filter_walk(call, input, out);
}

bool filter_walk(struct filter_call *call, value input, struct value_list *out)
{
    *out = (struct value_list){0};
    ptrdiff_t count = value_count(input);
    if (!filter_fits_items(call, count) || !renderer_work(call->renderer, call->use->at, count)) return false;
    *out = (struct value_list){ARENA_NEWS(call->arena, value, count + 1), count, count + 1};
    for (ptrdiff_t i = 0; i < count; i++) out->items[i] = coerce_item(input, i, call->arena);
    return true;
}

bool filter_weigh(struct filter_call *call, value v)
{
    return renderer_weigh(call->renderer, call->use->at, v);
}

bool filter_step(struct filter_call *call)
{
    return renderer_step(call->renderer, call->use->at);
}
