/* evaluate.c - expressions to values: steps of a lookup, operators, chains,
 * pipelines of filters. */
#include "base/utf8.h"
#include "coerce.h"
#include "filters.h"
#include "renderer.h"

/* --- lookups --- */

static value evaluate_command(struct renderer *renderer, value v, enum command_kind command)
{
    ptrdiff_t count = value_count(v);
    bool items = coerce_is_sequence(v) || v.kind == VALUE_MAP;
    /* Ruby's Integer#size. */
    if (v.kind == VALUE_INT && command == COMMAND_SIZE) return value_int(sizeof v.as.integer);
    if (v.kind == VALUE_STR) {
        if (command == COMMAND_SIZE) {
            renderer->steps += renderer_cost(v);
            return value_int(utf8_count(v.as.text));
        }
        ptrdiff_t at = v.as.text.len, from = 0;
        if (!at) return v;
        if (command == COMMAND_LAST) return utf8_before(v.as.text, &at), value_str(str_from(v.as.text, at));
        utf8_next(v.as.text, &from);
        return value_str(str_slice(v.as.text, 0, from));
    }
    if (!items) return value_null();
    if (command == COMMAND_SIZE) return value_int(count);
    if (command == COMMAND_FIRST) return coerce_item(v, 0, renderer->arena);
    return v.kind == VALUE_MAP ? value_null() : coerce_item(v, count - 1, renderer->arena);
}

static value evaluate_named(struct renderer *renderer, value v, const struct name *key, enum command_kind command)
{
    value found;
    if (value_find(v, key->text, key->hash, renderer->arena, &found)) return found;
    return command == COMMAND_NONE ? value_null() : evaluate_command(renderer, value_whole(v, renderer->arena), command);
}

value evaluate_step(struct renderer *renderer, value v, str key, enum command_kind command)
{
    struct name name = name_make(key);
    return evaluate_named(renderer, v, &name, command);
}

value evaluate_index(struct renderer *renderer, value v, value index)
{
    if (index.kind == VALUE_STR) return evaluate_step(renderer, v, index.as.text, COMMAND_NONE);
    if (index.kind != VALUE_INT) return value_null();
    v = value_whole(v, renderer->arena);
    if (v.kind == VALUE_MAP) return evaluate_step(renderer, v, coerce_text(index, renderer->arena), COMMAND_NONE);
    if (!coerce_is_sequence(v) || v.kind == VALUE_RANGE) return value_null();
    return value_at(v, (ptrdiff_t)index.as.integer, renderer->arena);
}

value evaluate_path(struct renderer *renderer, value v, str path)
{
    str key;
    while (str_split(&path, '.', &key)) v = evaluate_step(renderer, v, key, COMMAND_NONE);
    return value_whole(v, renderer->arena);
}

/* The name at the start of a lookup.  In strict mode a name nobody knows is an
 * error. */
static bool evaluate_name(struct renderer *renderer, const struct expression *expression,
                          const struct name *name, value *out)
{
    if (scope_get(renderer, name, out)) return true;
    if (renderer->env->mode != LIQUID_STRICT || renderer->tolerant) return true;
    if (scope_may_be_unset(renderer, name)) return true;
    span at = expression->at;
    if (at.len > (uint32_t)name->text.len && !expression->as.lookup.dynamic) at.len = (uint32_t)name->text.len;
    if (renderer_reported(renderer, DIAG_LIQUID_NAME, at)) return renderer->failed = true, false;
    return renderer_error_hint(renderer, DIAG_LIQUID_NAME, at, scope_nearest(renderer, name->text),
                               "unknown name '%" STR_F "'", STR_A(name->text));
}

static bool evaluate_lookup(struct renderer *renderer, const struct expression *expression, value *out)
{
    const struct name *name = &expression->as.lookup.name;
    struct name computed;
    if (expression->as.lookup.dynamic) {
        value v;
        if (!evaluate(renderer, expression->as.lookup.dynamic, &v)) return false;
        if (v.kind != VALUE_STR) return *out = value_null(), true;
        renderer->steps += renderer_cost(v);
        computed = name_make(v.as.text);
        name = &computed;
    }
    if (!evaluate_name(renderer, expression, name, out)) return false;
    for (ptrdiff_t i = 0; i < expression->as.lookup.step_count; i++) {
        const struct step *step = &expression->as.lookup.steps[i];
        if (!step->index) {
            *out = evaluate_named(renderer, *out, &step->key, step->command);
            continue;
        }
        value index;
        if (!evaluate(renderer, step->index, &index)) return false;
        *out = evaluate_index(renderer, *out, index);
    }
    *out = value_whole(*out, renderer->arena);
    return true;
}

/* An end of a range.  Between two literals any value counts as the whole number
 * it starts with; beside a name a fraction is an error, as in Ruby. */
static bool evaluate_range_end(struct renderer *renderer, const struct expression *expression, bool lenient,
                               int64_t *out)
{
    value v;
    if (!evaluate(renderer, expression, &v)) return false;
    *out = coerce_int_lenient(v);
    if (lenient && v.kind != VALUE_BOOL) return true;
    if (v.kind == VALUE_INT || v.kind == VALUE_STR || v.kind == VALUE_NULL) return true;
    return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, expression->at, "want a whole number, not %s",
                          coerce_describe(v, renderer->arena));
}

static bool evaluate_range(struct renderer *renderer, const struct expression *expression, value *out)
{
    const struct expression *left = expression->as.pair.left, *right = expression->as.pair.right;
    bool lenient = left->kind == EXPRESSION_LITERAL && right->kind == EXPRESSION_LITERAL;
    int64_t first, last, count;
    if (!evaluate_range_end(renderer, left, lenient, &first)) return false;
    if (!evaluate_range_end(renderer, right, lenient, &last)) return false;
    if (__builtin_sub_overflow(last, first, &count) || __builtin_add_overflow(count, (int64_t)1, &count))
        return renderer_error(renderer, DIAG_LIQUID_LIMIT, expression->at, "the range is too long");
    *out = (value){.kind = VALUE_RANGE, .as.range = {first, count}};    /* (3..1) has a count below 0: it is printed */
    return true;
}

/* --- operators --- */

static bool evaluate_has_order(value v)
{
    return v.kind == VALUE_INT || v.kind == VALUE_FLOAT || v.kind == VALUE_STR || v.kind == VALUE_TIME;
}

/* <, <=, >, >=: null, lists and the like are in no order (false); a text and a
 * number are an error. */
static bool evaluate_order(struct renderer *renderer, const struct expression *test, value left, value right,
                           bool *out)
{
    int order;
    *out = false;
    if (!evaluate_has_order(left) || !evaluate_has_order(right)) return true;
    if (!coerce_compare(left, right, &order))
        return renderer_error(renderer, DIAG_LIQUID_ARGUMENT, test->at, "%s cannot be compared with %s",
                              coerce_describe(left, renderer->arena), coerce_describe(right, renderer->arena));
    switch (test->operator_) {
    case OPERATOR_LESS: *out = order < 0; break;
    case OPERATOR_LESS_EQUAL: *out = order <= 0; break;
    case OPERATOR_GREATER: *out = order > 0; break;
    case OPERATOR_GREATER_EQUAL: *out = order >= 0; break;
    case OPERATOR_NONE: case OPERATOR_EQUAL: case OPERATOR_UNEQUAL: case OPERATOR_CONTAINS:
    case OPERATOR_AND: case OPERATOR_OR: break;
    }
    return true;
}

static bool evaluate_test(struct renderer *renderer, const struct expression *test, bool *out)
{
    value left, right;
    if (test->operator_ == OPERATOR_NONE)       /* lax mode read it */
        return renderer_error(renderer, DIAG_LIQUID_SYNTAX, test->at,
                              "this is no operator (want ==, !=, <, >, <=, >= or contains)");
    if (!evaluate(renderer, test->as.pair.left, &left)) return false;
    if (!evaluate(renderer, test->as.pair.right, &right)) return false;
    renderer->steps += renderer_cost(left);     /* the next tag looks at the limit */
    switch (test->operator_) {
    case OPERATOR_EQUAL: *out = coerce_equal(left, right, renderer->arena); return true;
    case OPERATOR_UNEQUAL: *out = !coerce_equal(left, right, renderer->arena); return true;
    case OPERATOR_CONTAINS: *out = coerce_contains(left, right, renderer->arena); return true;
    case OPERATOR_NONE: case OPERATOR_LESS: case OPERATOR_LESS_EQUAL: case OPERATOR_GREATER:
    case OPERATOR_GREATER_EQUAL: case OPERATOR_AND: case OPERATOR_OR: break;
    }
    return evaluate_order(renderer, test, left, right, out);
}

/* a and (b or (c and d)): from the left, `and` ends at the first false, `or`
 * at the first true. */
static bool evaluate_chain(struct renderer *renderer, const struct expression *chain, bool *out)
{
    for (ptrdiff_t i = 0; i < chain->as.chain.count; i++) {
        const struct link *link = &chain->as.chain.links[i];
        if (!evaluate_condition(renderer, link->operand, out)) return false;
        if (link->next == OPERATOR_AND && !*out) break;
        if (link->next == OPERATOR_OR && *out) break;
    }
    return true;
}

bool evaluate_condition(struct renderer *renderer, const struct expression *expression, bool *out)
{
    value v;
    switch (expression->kind) {
    case EXPRESSION_TEST: return evaluate_test(renderer, expression, out);
    case EXPRESSION_CHAIN: return evaluate_chain(renderer, expression, out);
    case EXPRESSION_NOT:
        if (!evaluate_condition(renderer, expression->as.pair.left, out)) return false;
        *out = !*out;
        return true;
    case EXPRESSION_LITERAL: case EXPRESSION_LOOKUP: case EXPRESSION_RANGE: break;
    }
    if (!evaluate(renderer, expression, &v)) return false;
    *out = coerce_truth(v);
    return true;
}

bool evaluate(struct renderer *renderer, const struct expression *expression, value *out)
{
    bool truth = false;
    switch (expression->kind) {
    case EXPRESSION_LITERAL: *out = expression->as.literal; return true;
    case EXPRESSION_LOOKUP: return evaluate_lookup(renderer, expression, out);
    case EXPRESSION_RANGE: return evaluate_range(renderer, expression, out);
    case EXPRESSION_TEST: case EXPRESSION_CHAIN: case EXPRESSION_NOT: break;
    }
    if (!evaluate_condition(renderer, expression, &truth)) return false;
    *out = value_bool(truth);
    return true;
}

/* --- pipelines --- */

bool evaluate_pipeline(struct renderer *renderer, const struct pipeline *pipeline, value *out)
{
    *out = value_null();
    if (!pipeline->input) return true;
    bool tolerant = renderer->tolerant;
    /* `{{ name | default: x }}` says itself that the name may be missing. */
    if (pipeline->filter_count && str_equal(pipeline->filters[0].name, S("default"))) renderer->tolerant = true;
    bool good = evaluate(renderer, pipeline->input, out);
    renderer->tolerant = tolerant;
    for (ptrdiff_t i = 0; good && i < pipeline->filter_count; i++) {
        value input = *out;
        good = filters_apply(renderer, &pipeline->filters[i], input, out);
    }
    return good;
}

/* A text is copied; a list stays where it is, with what was made before it. */
bool evaluate_lasting(struct renderer *renderer, const struct pipeline *pipeline, value *out)
{
    struct scratch_mark mark = scratch_mark(renderer);
    if (!evaluate_pipeline(renderer, pipeline, out)) return false;
    if (!pipeline->filter_count) return true;
    if (out->kind == VALUE_STR) out->as.text = str_copy(renderer->arena, out->as.text);
    if (out->kind == VALUE_LIST || out->kind == VALUE_MAP || out->kind == VALUE_DROP) renderer->kept++;
    scratch_rewind(renderer, mark);
    return true;
}
