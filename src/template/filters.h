/* filters.h - what a filter is, and the one table of them.
 *
 * A filter reads call->input and call->arguments and sets call->result.  It
 * returns false after reporting one diagnostic (filter_error).  The number of
 * arguments has been checked against the table.  What it makes lives in
 * call->arena. */
#ifndef HUGI_TEMPLATE_FILTERS_H
#define HUGI_TEMPLATE_FILTERS_H

#include "tree.h"

struct filter_call {
    struct renderer *renderer;
    struct arena *arena;
    const struct filter_use *use;
    value input;
    const value *arguments;
    ptrdiff_t count;
    value named;                /* map, or null */
    value result;
};

typedef bool filter_fn(struct filter_call *call);

enum {
    MODE_STRICT = 1 << LIQUID_STRICT,
    MODE_LAX = 1 << LIQUID_LAX,
    MODE_JEKYLL = 1 << LIQUID_JEKYLL,
    MODE_SHOPIFY = MODE_STRICT | MODE_LAX,      /* where Jekyll does something else */
    MODE_ALL = MODE_STRICT | MODE_LAX | MODE_JEKYLL
};

struct filter {
    str name;
    int8_t least, most;         /* positional arguments; most -1: any number */
    int8_t modes;
    bool named;                 /* takes `name: value` arguments */
    filter_fn *call;
};

/* Sets use->filter or use->extension; both stay NULL for an unknown name. */
void filters_resolve(const struct liquid_env *env, struct filter_use *use);
str filters_nearest(const struct liquid_env *env, str name, struct arena *arena);
/* NULL, or what is wrong with the number of arguments. */
const char *filters_check_count(const struct filter_use *use, struct arena *arena);
bool filters_apply(struct renderer *renderer, const struct filter_use *use, value input, value *out);

/* --- for filters --- */

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
bool filter_error(struct filter_call *call, const char *format, ...);
static inline bool filter_give(struct filter_call *call, value v)
{
    call->result = v;
    return true;
}
static inline bool filter_give_str(struct filter_call *call, str s)
{
    call->result = value_str(s);
    return true;
}
/* Results stay below a limit, so that doubling a string forty times ends in a
 * diagnostic and not in the memory of the machine. */
bool filter_fits(struct filter_call *call, ptrdiff_t bytes);
bool filter_fits_items(struct filter_call *call, ptrdiff_t items);
bool filter_is_jekyll(const struct filter_call *call);
str filter_text(struct filter_call *call);                          /* the input as text */
/* The same for filters of Jekyll's own, which in its mode take nothing but text.  False: reported. */
bool filter_wants_text(struct filter_call *call, str *out);
str filter_argument_text(struct filter_call *call, ptrdiff_t index);   /* "" when absent */
value filter_argument(const struct filter_call *call, ptrdiff_t index);    /* null when absent */
/* The input as a list: nested lists flattened, a map or scalar as its only item. */
bool filter_items(struct filter_call *call, value input, struct value_list *out);
/* What a sequence or map holds (a map: pairs), lists within it as they are; room for one more. */
bool filter_walk(struct filter_call *call, value input, struct value_list *out);
/* Before all of a list or map is printed (renderer_weigh). */
bool filter_weigh(struct filter_call *call, value v);
/* For what is done for each item; false (reported) when a limit is reached. */
bool filter_step(struct filter_call *call);

/* Each in the file filters_GROUP.c. */
#define FILTER_ROW(name, function, least, most, modes, named) filter_fn filter_##function;
#include "filters_table.h"
#undef FILTER_ROW

#endif
