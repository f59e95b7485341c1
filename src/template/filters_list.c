/* filters_list.c - lists: first, last, join, concat, reverse, sort, uniq,
 * compact, map, sum, and Jekyll's push, pop, shift, unshift. */
#include "base/utf8.h"
#include "coerce.h"
#include "filters.h"
#include "filters_list.h"
#include "renderer.h"

value list_value(struct arena *arena, const struct value_list *list)
{
    struct value_list *copy = ARENA_NEW(arena, struct value_list);
    *copy = *list;
    return (value){.kind = VALUE_LIST, .as.list = copy};
}

static bool list_give(struct filter_call *call, const struct value_list *list)
{
    return filter_give(call, list_value(call->arena, list));
}

static bool list_is_strict(const struct filter_call *call)
{
    return call->renderer->env->mode == LIQUID_STRICT;
}

bool list_property_error(struct filter_call *call, value item, value key)
{
    return filter_error(call, "cannot take '%" STR_F "' of %s", STR_A(coerce_text(key, call->arena)),
                        coerce_describe(item, call->arena));
}

static enum property list_property_wrong(struct filter_call *call, value item, value key)
{
    list_property_error(call, item, key);
    return PROPERTY_WRONG;
}

/* The character of that number, from the end when it is negative. */
static value list_character(str text, int64_t index)
{
    int64_t count = utf8_count(text);
    if (index < 0) index += count;
    if (index < 0 || index >= count) return value_null();
    ptrdiff_t from = utf8_offset(text, (ptrdiff_t)index), to = from;
    utf8_next(text, &to);
    return value_str(str_slice(text, from, to));
}

/* Maps give the value; a text the part of itself that is `key`, or the
 * character of that number; a whole number one of its bits. */
enum property list_property(struct filter_call *call, value item, value key, value *out)
{
    bool number = key.kind == VALUE_INT || key.kind == VALUE_FLOAT;
    int64_t index = number ? coerce_int_lenient(key) : 0;
    *out = value_null();
    switch (item.kind) {
    case VALUE_MAP:
    case VALUE_DROP:
        *out = evaluate_index(call->renderer, item, key);
        return PROPERTY_FOUND;
    case VALUE_STR:
        if (number) *out = list_character(item.as.text, index);
        else if (key.kind != VALUE_STR) return list_property_wrong(call, item, key);
        else if (str_contains(item.as.text, key.as.text)) *out = key;
        return PROPERTY_FOUND;
    case VALUE_INT:
        if (!number) return list_property_wrong(call, item, key);
        *out = value_int(index < 0 ? 0 : item.as.integer >> (index > 63 ? 63 : index) & 1);
        return PROPERTY_FOUND;
    case VALUE_LIST:
        if (!number) return list_property_wrong(call, item, key);
        *out = value_at(item, (ptrdiff_t)index, call->arena);
        return PROPERTY_FOUND;
    default: return list_is_strict(call) ? list_property_wrong(call, item, key) : PROPERTY_NONE;
    }
}

/* --- ends --- */

static bool list_end(struct filter_call *call, bool last)
{
    value v = call->input;
    if (v.kind == VALUE_STR && filter_is_jekyll(call)) return filter_give(call, value_null());
    if (v.kind == VALUE_STR) return filter_give_str(call, value_text(list_character(v.as.text, last ? -1 : 0)));
    bool items = coerce_is_sequence(v) || (v.kind == VALUE_MAP && !last);
    return filter_give(call, items ? coerce_item(v, last ? value_count(v) - 1 : 0, call->arena) : value_null());
}

bool filter_first(struct filter_call *call) { return list_end(call, false); }
bool filter_last(struct filter_call *call) { return list_end(call, true); }

/* --- put together --- */

bool filter_join(struct filter_call *call)
{
    struct value_list items;
    struct buf out = buf_in(call->arena);
    str glue = call->count ? filter_argument_text(call, 0) : S(" ");
    if (!filter_weigh(call, call->input) || !filter_items(call, call->input, &items)) return false;
    for (ptrdiff_t i = 0; i < items.count; i++) {
        if (i) buf_add(&out, glue);
        coerce_write(&out, items.items[i], call->arena);
        if (!filter_fits(call, out.len)) return false;
    }
    return filter_give_str(call, buf_str(&out));
}

bool filter_concat(struct filter_call *call)
{
    struct value_list items;
    value more = call->arguments[0];
    if (more.kind != VALUE_LIST && !(more.kind == VALUE_DROP && coerce_is_sequence(more)))
        return filter_error(call, "want a list, not %s", coerce_describe(more, call->arena));
    if (!filter_items(call, call->input, &items)) return false;
    if (!filter_fits_items(call, items.count + value_count(more))) return false;
    for (ptrdiff_t i = 0; i < value_count(more); i++)
        ARENA_PUSH(call->arena, items.items, items.count, items.capacity) = coerce_item(more, i, call->arena);
    return list_give(call, &items);
}

bool filter_reverse(struct filter_call *call)
{
    struct value_list items;
    if (!filter_items(call, call->input, &items)) return false;
    for (ptrdiff_t i = 0, j = items.count - 1; i < j; i++, j--) {
        value swap = items.items[i];
        items.items[i] = items.items[j];
        items.items[j] = swap;
    }
    return list_give(call, &items);
}

/* --- Jekyll's ends --- */

/* A range is none: it passes as it is. */
static bool list_is_list(value v)
{
    return coerce_is_sequence(v) && v.kind != VALUE_RANGE;
}

bool filter_push(struct filter_call *call)
{
    struct value_list items;
    if (!list_is_list(call->input)) return filter_give(call, call->input);
    if (!filter_walk(call, call->input, &items)) return false;
    ARENA_PUSH(call->arena, items.items, items.count, items.capacity) = call->arguments[0];
    return list_give(call, &items);
}

bool filter_unshift(struct filter_call *call)
{
    struct value_list items;
    if (!list_is_list(call->input)) return filter_give(call, call->input);
    if (!filter_walk(call, call->input, &items)) return false;
    ARENA_PUSH(call->arena, items.items, items.count, items.capacity) = call->arguments[0];
    memmove(items.items + 1, items.items, (size_t)(items.count - 1) * sizeof *items.items);
    items.items[0] = call->arguments[0];
    return list_give(call, &items);
}

static bool list_drop(struct filter_call *call, bool front)
{
    struct value_list items;
    int64_t count = 1;
    if (!list_is_list(call->input)) return filter_give(call, call->input);
    if (call->count && !coerce_int(call->arguments[0], &count))
        return filter_error(call, "want a whole number, not %s", coerce_describe(call->arguments[0], call->arena));
    if (count < 0) return filter_error(call, "want a number that is not negative");
    if (!filter_walk(call, call->input, &items)) return false;
    if (count > items.count) count = items.count;
    if (front) items.items += count;
    items.count -= (ptrdiff_t)count;
    items.capacity = items.count;
    return list_give(call, &items);
}

bool filter_pop(struct filter_call *call) { return list_drop(call, false); }
bool filter_shift(struct filter_call *call) { return list_drop(call, true); }

/* --- sorting --- */

enum { SORT_DEPTH = 32 };       /* lists within lists that are still compared */

struct sort_key {
    value key, item;
};

struct sort_rule {
    struct filter_call *call;
    bool natural;               /* as text, letter case aside */
    bool jekyll;                /* by a property: what has no order goes by its text */
    bool nulls_first;
    bool failed;
};

static int list_compare_natural(str x, str y)
{
    for (ptrdiff_t i = 0; i < x.len && i < y.len; i++) {
        unsigned char c = (unsigned char)char_lower(x.p[i]), d = (unsigned char)char_lower(y.p[i]);
        if (c != d) return c < d ? -1 : 1;
    }
    return (x.len > y.len) - (x.len < y.len);
}

/* Ruby's <=>: lists item by item; false where there is no order. */
static bool list_order(value a, value b, int depth, int *out)
{
    *out = 0;
    if (a.kind != VALUE_LIST || b.kind != VALUE_LIST || depth > SORT_DEPTH)
        return coerce_compare(a, b, out) || (a.kind == b.kind && value_equal(a, b, NULL));
    ptrdiff_t x = a.as.list->count, y = b.as.list->count;
    for (ptrdiff_t i = 0; i < x && i < y && *out == 0; i++)
        if (!list_order(a.as.list->items[i], b.as.list->items[i], depth + 1, out)) return false;
    if (*out == 0) *out = (x > y) - (x < y);
    return true;
}

static int list_compare_jekyll(struct sort_rule *rule, value a, value b)
{
    bool a_null = a.kind == VALUE_NULL, b_null = b.kind == VALUE_NULL;
    int order;
    if (a_null || b_null) return (a_null - b_null) * (rule->nulls_first ? -1 : 1);
    if (list_order(a, b, 0, &order)) return order;
    struct buf x = buf_in(rule->call->arena), y = buf_in(rule->call->arena);
    (a.kind == VALUE_LIST ? coerce_inspect : coerce_write)(&x, a, rule->call->arena);
    (b.kind == VALUE_LIST ? coerce_inspect : coerce_write)(&y, b, rule->call->arena);
    return str_compare(buf_str(&x), buf_str(&y));
}

/* A comparison is a step; of long texts more. */
static int list_compare(struct sort_rule *rule, value a, value b)
{
    struct filter_call *call = rule->call;
    rule->failed = rule->failed || !renderer_work(call->renderer, call->use->at, 1 + (renderer_cost(a) >> 4));
    rule->failed = rule->failed || !filter_weigh(call, a);
    if (rule->failed) return 0;
    if (rule->jekyll) return list_compare_jekyll(rule, a, b);
    bool a_null = a.kind == VALUE_NULL, b_null = b.kind == VALUE_NULL;
    if (a_null || b_null) return a_null - b_null;
    if (rule->natural) return list_compare_natural(a.as.text, b.as.text);
    int order = 0;
    if (coerce_compare(a, b, &order)) return order;
    rule->failed = !coerce_equal(a, b, call->arena);
    if (rule->failed)
        filter_error(call, "%s and %s cannot be put in order", coerce_describe(a, call->arena),
                     coerce_describe(b, call->arena));
    return 0;
}

/* Merge sort: stable, and no worse than n log n.  `spare` holds the first half. */
static void list_merge_sort(struct sort_rule *rule, struct sort_key *keys, struct sort_key *spare, ptrdiff_t count)
{
    if (count < 2) return;
    ptrdiff_t half = count / 2, b = half, to = 0;
    list_merge_sort(rule, keys, spare, half);
    list_merge_sort(rule, keys + half, spare, count - half);
    memcpy(spare, keys, (size_t)half * sizeof *keys);
    for (ptrdiff_t a = 0; a < half; a++) {
        while (b < count && list_compare(rule, spare[a].key, keys[b].key) > 0) keys[to++] = keys[b++];
        keys[to++] = spare[a];
    }
}

static bool list_sort(struct filter_call *call, struct sort_rule *rule, struct sort_key *keys, ptrdiff_t count)
{
    list_merge_sort(rule, keys, ARENA_NEWS(call->arena, struct sort_key, count / 2), count);
    if (rule->failed) return false;
    struct value_list sorted = {ARENA_NEWS(call->arena, value, count), count, count};
    for (ptrdiff_t i = 0; i < count; i++) sorted.items[i] = keys[i].item;
    return list_give(call, &sorted);
}

/* Is there an item without any properties?  Then no property of it is looked at. */
static bool list_has_bare(const struct value_list *items)
{
    for (ptrdiff_t i = 0; i < items->count; i++) {
        uint8_t kind = items->items[i].kind;
        if (kind != VALUE_MAP && kind != VALUE_DROP && kind != VALUE_STR && kind != VALUE_INT && kind != VALUE_LIST)
            return true;
    }
    return false;
}

static bool list_sort_shopify(struct filter_call *call, bool natural)
{
    struct value_list items;
    value property = filter_argument(call, 0);
    if (!filter_items(call, call->input, &items)) return false;
    if (property.kind != VALUE_NULL && !list_is_strict(call) && list_has_bare(&items))
        return filter_give(call, value_null());
    struct sort_key *keys = ARENA_NEWS(call->arena, struct sort_key, items.count);
    for (ptrdiff_t i = 0; i < items.count; i++) {
        value *key = &keys[i].key;
        keys[i] = (struct sort_key){items.items[i], items.items[i]};
        bool alone = items.count == 1 && !list_is_strict(call);     /* one item is compared with nothing */
        if (property.kind != VALUE_NULL && !alone
            && list_property(call, items.items[i], property, key) != PROPERTY_FOUND) return false;
        if (natural && key->kind != VALUE_NULL) *key = value_str(coerce_text(*key, call->arena));
    }
    struct sort_rule rule = {.call = call, .natural = natural};
    return list_sort(call, &rule, keys, items.count);
}

bool filter_sort(struct filter_call *call) { return list_sort_shopify(call, false); }
bool filter_sort_natural(struct filter_call *call) { return list_sort_shopify(call, true); }

/* Without a property what has no order is an error, and null has none. */
static bool list_sort_plain(struct filter_call *call, struct sort_rule *rule, const struct value_list *items)
{
    int order;
    for (ptrdiff_t i = 1; i < items->count; i++)
        if (!list_order(items->items[0], items->items[i], 0, &order))
            return filter_error(call, "%s and %s cannot be put in order", coerce_describe(items->items[0], call->arena),
                                coerce_describe(items->items[i], call->arena));
    struct sort_key *keys = ARENA_NEWS(call->arena, struct sort_key, items->count);
    for (ptrdiff_t i = 0; i < items->count; i++) keys[i] = (struct sort_key){items->items[i], items->items[i]};
    return list_sort(call, rule, keys, items->count);
}

/* Jekyll: the property may be a path, numbers in texts are numbers, nulls
 * stand first unless "last" is asked for. */
bool filter_jekyll_sort(struct filter_call *call)
{
    value property = filter_argument(call, 0);
    str nulls = call->count > 1 ? filter_argument_text(call, 1) : S("first");
    struct sort_rule rule = {.call = call, .jekyll = true, .nulls_first = str_equal(nulls, S("first"))};
    struct value_list items;
    if (!coerce_is_sequence(call->input) && call->input.kind != VALUE_MAP)
        return filter_error(call, "%s cannot be sorted", coerce_describe(call->input, call->arena));
    if (!filter_walk(call, call->input, &items)) return false;
    if (property.kind == VALUE_NULL) return list_sort_plain(call, &rule, &items);
    if (!rule.nulls_first && !str_equal(nulls, S("last")))
        return filter_error(call, "'%" STR_F "' is no order of nulls (want first or last)", STR_A(nulls));
    struct sort_key *keys = ARENA_NEWS(call->arena, struct sort_key, items.count);
    for (ptrdiff_t i = 0; i < items.count; i++) {
        keys[i].item = items.items[i];
        if (!list_jekyll_property(call, items.items[i], property, &keys[i].key)) return false;
    }
    return list_sort(call, &rule, keys, items.count);
}

/* --- uniq, compact, map, sum --- */

/* What uniq and compact look at: the items themselves, or (when there are at
 * least so many) a property of them.  PROPERTY_NONE: some item has none, and
 * the result is null. */
static enum property list_keys(struct filter_call *call, const struct value_list *items, ptrdiff_t least, value **keys)
{
    value property = filter_argument(call, 0);
    *keys = items->items;
    if (property.kind == VALUE_NULL || (items->count < least && !list_is_strict(call))) return PROPERTY_FOUND;
    *keys = ARENA_NEWS(call->arena, value, items->count);
    for (ptrdiff_t i = 0; i < items->count; i++) {
        enum property found = list_property(call, items->items[i], property, &(*keys)[i]);
        if (found == PROPERTY_NONE) call->result = value_null();
        if (found != PROPERTY_FOUND) return found;
    }
    return PROPERTY_FOUND;
}

bool filter_uniq(struct filter_call *call)
{
    struct value_list items, kept = {0};
    struct map seen = {0};
    struct buf text = buf_in(call->arena);
    value *keys;
    if (!filter_items(call, call->input, &items)) return false;
    enum property found = list_keys(call, &items, 2, &keys);
    if (found != PROPERTY_FOUND) return found == PROPERTY_NONE;
    for (ptrdiff_t i = 0; i < items.count; i++) {
        if (!filter_step(call) || !filter_weigh(call, keys[i])) return false;
        buf_clear(&text);
        coerce_inspect(&text, keys[i], call->arena);        /* tells 1 from "1" */
        if (map_get(&seen, buf_str(&text))) continue;
        map_put(call->arena, &seen, str_copy(call->arena, buf_str(&text)), call);
        ARENA_PUSH(call->arena, kept.items, kept.count, kept.capacity) = items.items[i];
    }
    return list_give(call, &kept);
}

bool filter_compact(struct filter_call *call)
{
    struct value_list items, kept = {0};
    value *keys;
    if (!filter_items(call, call->input, &items)) return false;
    enum property found = list_keys(call, &items, 1, &keys);
    if (found != PROPERTY_FOUND) return found == PROPERTY_NONE;
    for (ptrdiff_t i = 0; i < items.count; i++)
        if (keys[i].kind != VALUE_NULL)
            ARENA_PUSH(call->arena, kept.items, kept.count, kept.capacity) = items.items[i];
    return list_give(call, &kept);
}

bool filter_map(struct filter_call *call)
{
    struct value_list items, out = {0};
    value property = call->arguments[0], v;
    if (!filter_items(call, call->input, &items)) return false;
    for (ptrdiff_t i = 0; i < items.count; i++) {
        if (list_property(call, items.items[i], property, &v) == PROPERTY_WRONG) return false;
        ARENA_PUSH(call->arena, out.items, out.count, out.capacity) = v;
    }
    return list_give(call, &out);
}

bool filter_sum(struct filter_call *call)
{
    struct value_list items;
    value property = filter_argument(call, 0), sum = value_int(0);
    if (!filter_items(call, call->input, &items)) return false;
    for (ptrdiff_t i = 0; i < items.count; i++) {
        value v = items.items[i];
        if (property.kind != VALUE_NULL && list_property(call, items.items[i], property, &v) == PROPERTY_WRONG)
            return false;
        sum = coerce_add(sum, coerce_number(v));
    }
    return filter_give(call, sum);
}
