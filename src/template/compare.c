/* compare.c - equality, order, `contains`, `empty` and `blank`. */
#include <math.h>

#include "coerce.h"

/* A range is never empty: Ruby's does not know the question. */
bool coerce_is_empty(value v)
{
    switch (v.kind) {
    case VALUE_STR: return v.as.text.len == 0;
    case VALUE_LIST: return v.as.list->count == 0;
    case VALUE_MAP: return v.as.map->count == 0;
    case VALUE_DROP: return coerce_is_sequence(v) && value_count(v) == 0;
    default: return false;
    }
}

bool coerce_is_blank(value v)
{
    if (v.kind == VALUE_STR) return str_trim(v.as.text).len == 0;
    return !coerce_truth(v) || coerce_is_empty(v);
}

static bool compare_mark(value mark, value other)
{
    if (other.kind == VALUE_MARK) return mark.as.mark == other.as.mark;
    return mark.as.mark ? coerce_is_blank(other) : coerce_is_empty(other);
}

bool coerce_equal(value a, value b, struct arena *arena)
{
    if (a.kind == VALUE_MARK) return compare_mark(a, b);
    if (b.kind == VALUE_MARK) return compare_mark(b, a);
    if (a.kind == b.kind) {
        if (a.kind == VALUE_STR) return str_equal(a.as.text, b.as.text);
        if (a.kind == VALUE_INT) return a.as.integer == b.as.integer;
        if (a.kind == VALUE_RANGE)
            return a.as.range.first == b.as.range.first && a.as.range.count == b.as.range.count;
        if (a.kind == VALUE_DROP) return a.as.drop.self == b.as.drop.self;
        if (a.kind == VALUE_TIME) return a.as.time.seconds == b.as.time.seconds;
    }
    return value_equal(a, b, arena);
}

static bool compare_is_number(value v)
{
    return v.kind == VALUE_INT || v.kind == VALUE_FLOAT;
}

bool coerce_compare(value a, value b, int *out)
{
    if (a.kind == VALUE_INT && b.kind == VALUE_INT) {
        *out = (a.as.integer > b.as.integer) - (a.as.integer < b.as.integer);
        return true;
    }
    if (compare_is_number(a) && compare_is_number(b)) {
        double x = a.kind == VALUE_INT ? (double)a.as.integer : a.as.number;
        double y = b.kind == VALUE_INT ? (double)b.as.integer : b.as.number;
        if (isnan(x) || isnan(y)) return false;
        *out = (x > y) - (x < y);
        return true;
    }
    if (a.kind == VALUE_STR && b.kind == VALUE_STR) {
        *out = str_compare(a.as.text, b.as.text);
        return true;
    }
    if (a.kind == VALUE_TIME && b.kind == VALUE_TIME) {
        *out = (a.as.time.seconds > b.as.time.seconds) - (a.as.time.seconds < b.as.time.seconds);
        return true;
    }
    return false;
}

bool coerce_contains(value in, value what, struct arena *arena)
{
    if (!coerce_truth(in) || !coerce_truth(what)) return false;
    if (in.kind == VALUE_STR) return str_contains(in.as.text, coerce_text(what, arena));
    if (in.kind == VALUE_MAP) return what.kind == VALUE_STR && value_pair(&in, what.as.text) != NULL;
    if (in.kind == VALUE_RANGE)
        return what.kind == VALUE_INT && what.as.integer >= in.as.range.first
               && what.as.integer - in.as.range.first < in.as.range.count;
    if (!coerce_is_sequence(in)) return false;
    ptrdiff_t count = value_count(in);
    for (ptrdiff_t i = 0; i < count; i++)
        if (coerce_equal(coerce_item(in, i, arena), what, arena)) return true;
    return false;
}
