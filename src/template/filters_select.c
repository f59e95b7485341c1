/* filters_select.c - filters that pick items: where, reject, find, has, and
 * Jekyll's where, where_exp, find_exp, group_by, group_by_exp. */
#include "coerce.h"
#include "filters_list.h"
#include "parser.h"
#include "renderer.h"

/* --- Shopify --- */

enum verdict { VERDICT_NO, VERDICT_YES, VERDICT_NONE, VERDICT_ERROR };

/* Does item[property] fit the second argument, or is it true without one?
 * VERDICT_NONE: an item that has no properties at all makes the result null. */
static enum verdict select_test(struct filter_call *call, value item)
{
    value property = call->arguments[0], target = filter_argument(call, 1), v;
    if (item.kind == VALUE_NULL || item.kind == VALUE_BOOL || item.kind == VALUE_FLOAT) return VERDICT_NONE;
    if (property.kind == VALUE_NULL && item.kind != VALUE_MAP && item.kind != VALUE_DROP) return VERDICT_NONE;
    enum property found = list_property(call, item, property, &v);
    if (found == PROPERTY_NONE) return VERDICT_NONE;
    if (found == PROPERTY_WRONG) return VERDICT_ERROR;
    if (target.kind == VALUE_NULL) return coerce_truth(v) ? VERDICT_YES : VERDICT_NO;
    return coerce_equal(v, target, call->arena) ? VERDICT_YES : VERDICT_NO;
}

static bool select_keep(struct filter_call *call, bool wanted)
{
    struct value_list items, kept = {0};
    if (!filter_items(call, call->input, &items)) return false;
    for (ptrdiff_t i = 0; i < items.count; i++) {
        enum verdict verdict = select_test(call, items.items[i]);
        if (verdict == VERDICT_ERROR) return false;
        if (verdict == VERDICT_NONE) return filter_give(call, value_null());
        if ((verdict == VERDICT_YES) == wanted)
            ARENA_PUSH(call->arena, kept.items, kept.count, kept.capacity) = items.items[i];
    }
    return filter_give(call, list_value(call->arena, &kept));
}

bool filter_where(struct filter_call *call) { return select_keep(call, true); }
bool filter_reject(struct filter_call *call) { return select_keep(call, false); }

/* The index of the first item that fits, -1 for none; *null when there is no
 * telling. */
static bool select_first(struct filter_call *call, struct value_list *items, ptrdiff_t *at, bool *null)
{
    *at = -1;
    *null = false;
    if (!filter_items(call, call->input, items)) return false;
    for (ptrdiff_t i = 0; i < items->count && *at < 0; i++) {
        enum verdict verdict = select_test(call, items->items[i]);
        if (verdict == VERDICT_ERROR) return false;
        *null = verdict == VERDICT_NONE;
        if (*null) return true;
        if (verdict == VERDICT_YES) *at = i;
    }
    return true;
}

bool filter_find(struct filter_call *call)
{
    struct value_list items;
    ptrdiff_t at;
    bool null;
    if (!select_first(call, &items, &at, &null)) return false;
    return filter_give(call, at < 0 ? value_null() : items.items[at]);
}

bool filter_find_index(struct filter_call *call)
{
    struct value_list items;
    ptrdiff_t at;
    bool null;
    if (!select_first(call, &items, &at, &null)) return false;
    return filter_give(call, at < 0 ? value_null() : value_int(at));
}

bool filter_has(struct filter_call *call)
{
    struct value_list items;
    ptrdiff_t at;
    bool null;
    if (!select_first(call, &items, &at, &null)) return false;
    return filter_give(call, null ? value_null() : value_bool(at >= 0));
}

/* --- Jekyll: properties --- */

/* Ruby's item[key].  False: the item has no such thing as a key. */
static bool select_key(struct filter_call *call, value item, str key, value *out)
{
    *out = value_null();
    if (item.kind == VALUE_MAP || item.kind == VALUE_DROP) *out = value_get(item, key, call->arena);
    else if (item.kind != VALUE_STR) return false;
    else if (str_contains(item.as.text, key)) *out = value_str(key);
    return true;
}

/* "10" is 10 and ".5" is 0.5, for sorting and for groups. */
static value select_number(struct filter_call *call, value v)
{
    if (v.kind != VALUE_STR) return v;
    str text = str_trim(v.as.text), digits = str_starts(text, S("-")) ? str_from(text, 1) : text;
    ptrdiff_t dots = 0;
    int64_t whole;
    double number;
    for (ptrdiff_t i = 0; i < digits.len; i++)
        if (digits.p[i] == '.') dots++;
        else if (!char_is_digit(digits.p[i])) return v;
    if (digits.len == dots || dots > 1) return v;
    if (!dots) return str_to_int(text, &whole) ? value_int(whole) : v;
    text = str_concat3(call->arena, text.len > digits.len ? S("-0") : S("0"), digits, S("0"));
    return str_to_float(text, &number) ? value_float(number) : v;
}

/* In Jekyll's mode what has no keys at all is an error where the property is
 * one word, and `false` on a path; else it is null. */
bool list_jekyll_property(struct filter_call *call, value item, value property, value *out)
{
    str path = coerce_text(property, call->arena), key;
    bool dotted = str_find_char(path, '.') >= 0, jekyll = filter_is_jekyll(call);
    for (str rest = path.len ? path : S(""); str_split(&rest, '.', &key);) {
        bool none = item.kind == VALUE_NULL || item.kind == VALUE_BOOL || item.kind == VALUE_FLOAT || item.kind == VALUE_TIME;
        value inner = jekyll ? value_bool(false) : value_null();
        if (!(dotted && none) && !select_key(call, item, key, &inner) && jekyll)
            return list_property_error(call, item, value_str(key));
        item = inner;
    }
    *out = select_number(call, item);
    return true;
}

/* Jekyll compares by text: 2014 fits "2014"; a list fits when it holds it. */
static bool select_jekyll_fits(struct filter_call *call, value v, value target)
{
    if (target.kind == VALUE_NULL) return v.kind == VALUE_NULL;
    if (target.kind == VALUE_MARK) {
        struct buf printed = buf_in(call->arena);
        if (v.kind != VALUE_MAP) coerce_write(&printed, v, call->arena);
        return v.kind == VALUE_MAP ? coerce_is_empty(v) : printed.len == 0;
    }
    str text = coerce_text(target, call->arena);
    if (v.kind == VALUE_NULL) return false;
    if (v.kind != VALUE_LIST && v.kind != VALUE_MAP) return str_equal(coerce_text(v, call->arena), text);
    for (ptrdiff_t i = 0; i < value_count(v); i++)
        if (str_equal(coerce_text(coerce_item(v, i, call->arena), call->arena), text)) return true;
    return false;
}

/* What Jekyll's filters walk over: lists, ranges, and maps as pairs or values. */
static bool select_jekyll_items(struct filter_call *call, bool pairs, struct value_list *out)
{
    bool map = call->input.kind == VALUE_MAP;
    if ((!map && !coerce_is_sequence(call->input)) || !filter_walk(call, call->input, out)) return false;
    for (ptrdiff_t i = 0; map && !pairs && i < out->count; i++) out->items[i] = call->input.as.map->pairs[i].value;
    return true;
}

/* `where` keeps all that fit, `find` gives the first. */
static bool select_jekyll(struct filter_call *call, bool all)
{
    struct value_list items, kept = {0};
    value property = call->arguments[0], target = call->arguments[1], v;
    if (!coerce_truth(property) || target.kind == VALUE_LIST || target.kind == VALUE_MAP
        || !select_jekyll_items(call, false, &items))
        return filter_give(call, call->input);
    for (ptrdiff_t i = 0; i < items.count; i++) {
        if (!list_jekyll_property(call, items.items[i], property, &v)) return false;
        if (!select_jekyll_fits(call, v, target)) continue;
        if (!all) return filter_give(call, items.items[i]);
        ARENA_PUSH(call->arena, kept.items, kept.count, kept.capacity) = items.items[i];
    }
    return filter_give(call, all ? list_value(call->arena, &kept) : value_null());
}

bool filter_jekyll_where(struct filter_call *call) { return select_jekyll(call, true); }
bool filter_jekyll_find(struct filter_call *call) { return select_jekyll(call, false); }

/* --- Jekyll: expressions --- */

/* Sets the variable, item by item, and says whether the condition holds. */
struct select_exp {
    struct name *variable;
    const struct expression *condition;
    const struct pipeline *pipeline;
    struct value_list items;
};

/* False: *good says whether the input simply passes (true) or an error was reported. */
static bool select_exp_start(struct filter_call *call, struct select_exp *exp, bool pipeline, bool *good)
{
    str error = {0}, text = filter_argument_text(call, 1);
    *good = true;
    if (!select_jekyll_items(call, pipeline, &exp->items)) {
        call->result = call->input;
        return false;
    }
    const struct liquid_env *env = call->renderer->env;
    if (call->arguments[1].kind != VALUE_STR && filter_is_jekyll(call)) {
        *good = filter_error(call, "want an expression as text, not %s", coerce_describe(call->arguments[1], call->arena));
        return false;
    }
    if (pipeline) exp->pipeline = parser_pipeline_text(env, call->arena, text, &error);
    else exp->condition = parser_condition_text(env, call->arena, text, &error);
    if (!exp->pipeline && !exp->condition) {
        *good = filter_error(call, "in \"%" STR_F "\": %" STR_F, STR_A(text), STR_A(error));
        return false;
    }
    call->renderer->text_at = call->use->at;
    exp->variable = ARENA_NEW(call->arena, struct name);
    *exp->variable = name_make(filter_argument_text(call, 0));
    return true;
}

static bool select_exp_test(struct filter_call *call, const struct select_exp *exp, value item, bool *out)
{
    ptrdiff_t mark = scope_mark(call->renderer);
    scope_push(call->renderer, exp->variable, item);
    bool good = renderer_step(call->renderer, call->use->at)
                && evaluate_condition(call->renderer, exp->condition, out);
    scope_pop(call->renderer, mark);
    return good;
}

bool filter_where_exp(struct filter_call *call)
{
    struct select_exp exp = {0};
    struct value_list kept = {0};
    bool good;
    if (!select_exp_start(call, &exp, false, &good)) return good;
    for (ptrdiff_t i = 0; i < exp.items.count; i++) {
        bool fits = false;
        if (!select_exp_test(call, &exp, exp.items.items[i], &fits)) return false;
        if (fits) ARENA_PUSH(call->arena, kept.items, kept.count, kept.capacity) = exp.items.items[i];
    }
    return filter_give(call, list_value(call->arena, &kept));
}

bool filter_find_exp(struct filter_call *call)
{
    struct select_exp exp = {0};
    bool good;
    if (!select_exp_start(call, &exp, false, &good)) return good;
    for (ptrdiff_t i = 0; i < exp.items.count; i++) {
        bool fits = false;
        if (!select_exp_test(call, &exp, exp.items.items[i], &fits)) return false;
        if (fits) return filter_give(call, exp.items.items[i]);
    }
    return filter_give(call, value_null());
}

/* --- groups --- */

/* [{name, items, size}], in the order in which the keys first come. */
struct groups {
    value list;
    struct map index;           /* by the name's inspect, which tells 1 from "1" */
    struct buf key;
};

static struct groups select_groups(struct filter_call *call)
{
    return (struct groups){.list = value_list(call->arena), .key = buf_in(call->arena)};
}

static bool select_group(struct filter_call *call, struct groups *groups, value name, value item)
{
    if (!filter_weigh(call, name)) return false;
    buf_clear(&groups->key);
    coerce_inspect(&groups->key, name, call->arena);
    value *group = map_get(&groups->index, buf_str(&groups->key));
    if (!group) {
        group = ARENA_NEW(call->arena, value);
        *group = value_map(call->arena);
        value_set(call->arena, group, S("name"), name);
        value_set(call->arena, group, S("items"), value_list(call->arena));
        value_set(call->arena, group, S("size"), value_int(0));
        map_put(call->arena, &groups->index, str_copy(call->arena, buf_str(&groups->key)), group);
        value_push(call->arena, &groups->list, *group);
    }
    value items = value_get(*group, S("items"), call->arena);
    value_push(call->arena, &items, item);
    value_set(call->arena, group, S("size"), value_int(value_count(items)));
    return filter_step(call);
}

bool filter_group_by(struct filter_call *call)
{
    struct value_list items;
    struct groups groups = select_groups(call);
    value v;
    if (!select_jekyll_items(call, true, &items)) return filter_give(call, call->input);
    for (ptrdiff_t i = 0; i < items.count; i++) {
        if (!list_jekyll_property(call, items.items[i], call->arguments[0], &v)) return false;
        if (!select_group(call, &groups, value_str(coerce_text(v, call->arena)), items.items[i])) return false;
    }
    return filter_give(call, groups.list);
}

bool filter_group_by_exp(struct filter_call *call)
{
    struct select_exp exp = {0};
    struct groups groups = select_groups(call);
    bool good;
    if (!select_exp_start(call, &exp, true, &good)) return good;
    for (ptrdiff_t i = 0; i < exp.items.count; i++) {
        value name;
        ptrdiff_t mark = scope_mark(call->renderer);
        scope_push(call->renderer, exp.variable, exp.items.items[i]);
        good = evaluate_pipeline(call->renderer, exp.pipeline, &name);
        scope_pop(call->renderer, mark);
        if (!good || !select_group(call, &groups, name, exp.items.items[i])) return false;
    }
    return filter_give(call, groups.list);
}
