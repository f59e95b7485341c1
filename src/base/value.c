/* value.c - building, reading, printing and comparing values. */
#include "base/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/hash.h"

enum { LINEAR_PAIRS = 8, DEEPEST = 200 };

value value_list(struct arena *arena)
{
    return (value){.kind = VALUE_LIST, .as.list = ARENA_NEW(arena, struct value_list)};
}

value value_map(struct arena *arena)
{
    return (value){.kind = VALUE_MAP, .as.map = ARENA_NEW(arena, struct value_map)};
}

void value_reserve(struct arena *arena, value *v, ptrdiff_t count)
{
    if (v->kind == VALUE_LIST) {
        v->as.list->items = ARENA_NEWS(arena, value, count);
        v->as.list->capacity = count;
    } else {
        v->as.map->pairs = ARENA_NEWS(arena, struct value_pair, count);
        v->as.map->capacity = count;
    }
}

void value_push(struct arena *arena, value *list, value item)
{
    struct value_list *l = list->as.list;
    ARENA_PUSH(arena, l->items, l->count, l->capacity) = item;
}

static ptrdiff_t find_slot(const struct value_map *map, str key, uint64_t hash)
{
    ptrdiff_t mask = map->slot_count - 1;
    for (ptrdiff_t at = (ptrdiff_t)(hash & (uint64_t)mask);; at = (at + 1) & mask) {
        int32_t pair = map->slots[at];
        if (pair == 0 || str_equal(map->pairs[pair - 1].key, key)) return at;
    }
}

static void grow_slots(struct arena *arena, struct value_map *map)
{
    map->slot_count = map->slot_count ? map->slot_count * 2 : 32;
    map->slots = ARENA_NEWS(arena, int32_t, map->slot_count);
    for (ptrdiff_t i = 0; i < map->count; i++)
        map->slots[find_slot(map, map->pairs[i].key, hash_str(map->pairs[i].key))] = (int32_t)(i + 1);
}

static struct value_pair *find_in_slots(const struct value_map *map, str key, uint64_t hash)
{
    int32_t pair = map->slots[find_slot(map, key, hash)];
    return pair ? &map->pairs[pair - 1] : NULL;
}

/* Of a small map: one by one, without a hash. */
static struct value_pair *find_in_row(const struct value_map *map, str key)
{
    for (ptrdiff_t i = 0; i < map->count; i++)
        if (str_equal(map->pairs[i].key, key)) return &map->pairs[i];
    return NULL;
}

static struct value_pair *find_pair(const struct value_map *map, str key)
{
    return map->slots ? find_in_slots(map, key, hash_str(key)) : find_in_row(map, key);
}

void value_set_at(struct arena *arena, value *map, str key, span key_at, value item)
{
    struct value_map *m = map->as.map;
    struct value_pair *pair = find_pair(m, key);
    if (pair) {
        pair->value = item;
        return;
    }
    ARENA_PUSH(arena, m->pairs, m->count, m->capacity) = (struct value_pair){key, key_at, item};
    if (m->count <= LINEAR_PAIRS) return;
    if (m->count * 2 > m->slot_count)
        grow_slots(arena, m);
    else
        m->slots[find_slot(m, key, hash_str(key))] = (int32_t)m->count;
}

void value_set(struct arena *arena, value *map, str key, value item)
{
    value_set_at(arena, map, key, (span){0}, item);
}

const struct value_pair *value_pair(const value *map, str key)
{
    return map->kind == VALUE_MAP ? find_pair(map->as.map, key) : NULL;
}

bool value_find(value v, str key, uint64_t hash, struct arena *arena, value *out)
{
    if (v.kind == VALUE_MAP) {
        const struct value_map *map = v.as.map;
        const struct value_pair *pair = map->slots ? find_in_slots(map, key, hash) : find_in_row(map, key);
        if (pair) *out = pair->value;
        return pair != NULL;
    }
    if (v.kind != VALUE_DROP) return false;
    const struct drop_class *class_ = v.as.drop.class_;
    if (class_->get_hashed) return class_->get_hashed(v.as.drop.self, key, hash, arena, out);
    return class_->get && class_->get(v.as.drop.self, key, arena, out);
}

value value_get(value v, str key, struct arena *arena)
{
    value out = value_null();
    if (v.kind == VALUE_MAP) {
        const struct value_pair *pair = find_pair(v.as.map, key);
        if (pair) out = pair->value;
    } else if (v.kind == VALUE_DROP) {
        v.as.drop.class_->get(v.as.drop.self, key, arena, &out);
    }
    return out;
}

value value_at(value v, ptrdiff_t index, struct arena *arena)
{
    ptrdiff_t count = value_count(v);
    if (index < 0) index += count;
    if (index < 0 || index >= count) return value_null();
    switch (v.kind) {
    case VALUE_LIST: return v.as.list->items[index];
    case VALUE_RANGE: return value_int(v.as.range.first + index);
    case VALUE_DROP: return v.as.drop.class_->at(v.as.drop.self, index, arena);
    default: return value_null();
    }
}

ptrdiff_t value_count(value v)
{
    switch (v.kind) {
    case VALUE_LIST: return v.as.list->count;
    case VALUE_MAP: return v.as.map->count;
    case VALUE_RANGE: return v.as.range.count < 0 ? 0 : (ptrdiff_t)v.as.range.count;
    case VALUE_DROP: return v.as.drop.class_->count ? v.as.drop.class_->count(v.as.drop.self) : 0;
    default: return 0;
    }
}

/* The shortest of 15 to 17 digits that reads back the same; always with a point or exponent. */
static str print_float(double n, struct arena *arena)
{
    char digits[40];
    int len = 0;
    for (int precision = 15; precision <= 17; precision++) {
        len = snprintf(digits, sizeof digits, "%.*g", precision, n);
        if (strtod(digits, NULL) == n) break;
    }
    str s = str_copy(arena, str_of(digits, len));
    bool has_mark = str_find_char(s, '.') >= 0 || str_find_char(s, 'e') >= 0 || !isfinite(n);
    return has_mark ? s : str_concat(arena, s, S(".0"));
}

static void print_into(struct buf *out, value v, int depth)
{
    if (depth > DEEPEST) return;
    switch (v.kind) {
    case VALUE_BOOL: buf_add(out, v.as.boolean ? S("true") : S("false")); break;
    case VALUE_INT: buf_int(out, v.as.integer); break;
    case VALUE_FLOAT: buf_add(out, print_float(v.as.number, out->arena)); break;
    case VALUE_STR: buf_add(out, v.as.text); break;
    case VALUE_TIME: buf_add(out, date_rfc3339(out->arena, v.as.time)); break;
    case VALUE_RANGE:
        buf_printf(out, "%lld..%lld", (long long)v.as.range.first,
                   (long long)(v.as.range.first + v.as.range.count - 1));
        break;
    case VALUE_DROP:
        if (v.as.drop.class_->text) buf_add(out, v.as.drop.class_->text(v.as.drop.self, out->arena));
        break;
    case VALUE_LIST:
        for (ptrdiff_t i = 0; i < v.as.list->count; i++) {
            if (i) buf_add(out, S(", "));
            print_into(out, v.as.list->items[i], depth + 1);
        }
        break;
    case VALUE_MAP:
        for (ptrdiff_t i = 0; i < v.as.map->count; i++) {
            if (i) buf_add(out, S(", "));
            buf_add(out, v.as.map->pairs[i].key);
            buf_add(out, S(": "));
            print_into(out, v.as.map->pairs[i].value, depth + 1);
        }
        break;
    default: break;
    }
}

str value_print(value v, struct arena *arena)
{
    if (v.kind == VALUE_STR) return v.as.text;
    struct buf out = buf_in(arena);
    print_into(&out, v, 0);
    return buf_str(&out);
}

/* Lists that hold a list more than once, and so on, are small and have no end to speak of. */
enum { MOST_COMPARED = 10 * 1000 * 1000 };

struct comparison {
    struct arena *arena;
    int64_t steps;
};

static bool equal(value a, value b, struct comparison *c, int depth);

static bool equal_maps(const struct value_map *a, const struct value_map *b, struct comparison *c, int depth)
{
    if (a->count != b->count) return false;
    for (ptrdiff_t i = 0; i < a->count; i++) {
        const struct value_pair *other = find_pair(b, a->pairs[i].key);
        if (!other || !equal(a->pairs[i].value, other->value, c, depth + 1)) return false;
    }
    return true;
}

static bool equal_lists(value a, value b, struct comparison *c, int depth)
{
    ptrdiff_t count = value_count(a);
    if (count != value_count(b)) return false;
    for (ptrdiff_t i = 0; i < count; i++)
        if (!equal(value_at(a, i, c->arena), value_at(b, i, c->arena), c, depth + 1)) return false;
    return true;
}

static double as_number(value v)
{
    return v.kind == VALUE_INT ? (double)v.as.integer : v.as.number;
}

static bool equal(value a, value b, struct comparison *c, int depth)
{
    if (depth > DEEPEST || ++c->steps > MOST_COMPARED) return false;
    bool a_number = a.kind == VALUE_INT || a.kind == VALUE_FLOAT;
    bool b_number = b.kind == VALUE_INT || b.kind == VALUE_FLOAT;
    if (a_number && b_number) {
        if (a.kind == VALUE_INT && b.kind == VALUE_INT) return a.as.integer == b.as.integer;
        return as_number(a) == as_number(b);
    }
    if (a.kind != b.kind) return false;
    switch (a.kind) {
    case VALUE_BOOL: return a.as.boolean == b.as.boolean;
    case VALUE_STR: return str_equal(a.as.text, b.as.text);
    case VALUE_TIME: return a.as.time.seconds == b.as.time.seconds;
    case VALUE_RANGE:
        return a.as.range.first == b.as.range.first && a.as.range.count == b.as.range.count;
    case VALUE_LIST: return equal_lists(a, b, c, depth);
    case VALUE_MAP: return equal_maps(a.as.map, b.as.map, c, depth);
    case VALUE_DROP:
        return a.as.drop.class_ == b.as.drop.class_ && a.as.drop.self == b.as.drop.self;
    case VALUE_MARK: return a.as.mark == b.as.mark;
    default: return true;
    }
}

bool value_equal(value a, value b, struct arena *arena)
{
    struct comparison comparison = {.arena = arena};
    return equal(a, b, &comparison, 0);
}

const char *value_kind_name(value v)
{
    static const char *const names[] = {
        [VALUE_NULL] = "nothing", [VALUE_BOOL] = "true or false", [VALUE_INT] = "a number",
        [VALUE_FLOAT] = "a number", [VALUE_STR] = "text", [VALUE_TIME] = "a time",
        [VALUE_LIST] = "a list", [VALUE_MAP] = "a map", [VALUE_DROP] = "an object",
        [VALUE_RANGE] = "a range", [VALUE_MARK] = "a mark",
    };
    return names[v.kind];
}
