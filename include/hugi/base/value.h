/* value.h - the one value type: YAML, JSON, Liquid and Lua all speak it.
 *
 * A value is 32 bytes, passed by copy, and borrows what it points to from the
 * arena it was made in.  Every value knows its place in the file it came from
 * (span.file 0 when it was computed).  Lists and maps are filled by one owner
 * and then shared read-only by all threads.
 *
 * A VALUE_DROP is a value that is looked up lazily: pages, the site, images.
 * It gives the fields its class lists and nothing else (view/ makes them all),
 * so every read of the site by a template or a hook passes one function. */
#ifndef HUGI_BASE_VALUE_H
#define HUGI_BASE_VALUE_H

#include "base/span.h"
#include "base/str.h"

enum value_kind {
    VALUE_NULL,
    VALUE_BOOL,
    VALUE_INT,
    VALUE_FLOAT,
    VALUE_STR,
    VALUE_TIME,
    VALUE_LIST,
    VALUE_MAP,
    VALUE_DROP,
    VALUE_RANGE,    /* Liquid's (1..3): `first` .. `first + count - 1`; (3..1) has a count below 1 and no items */
    VALUE_MARK      /* Liquid's `empty` and `blank`: compare, never print */
};

struct value_list;
struct value_map;
struct drop_class;

/* An instant and the zone it was written in or is shown in. */
typedef struct {
    int64_t seconds;        /* since 1970-01-01T00:00:00Z */
    int32_t offset;         /* minutes east of UTC at that instant */
    bool date_only;         /* written without a time of day */
} instant;

typedef struct value {
    uint8_t kind;           /* enum value_kind */
    bool safe;              /* VALUE_STR: is HTML already (hugi.html, partials) */
    int16_t spare;
    span at;
    union {
        bool boolean;
        int64_t integer;
        double number;
        str text;
        instant time;
        struct value_list *list;
        struct value_map *map;
        struct {
            const struct drop_class *class_;
            const void *self;
        } drop;
        struct {
            int64_t first, count;
        } range;
        int mark;           /* 0 empty, 1 blank */
    } as;
} value;

struct value_list {
    value *items;
    ptrdiff_t count, capacity;
};

struct value_pair {
    str key;
    span key_at;
    value value;
};

/* In order of insertion.  Up to 8 pairs are searched one by one, more through
 * `slots`. */
struct value_map {
    struct value_pair *pairs;
    ptrdiff_t count, capacity;
    int32_t *slots;
    ptrdiff_t slot_count;
};

/* What a kind of lazy value can do.  `get` returns false for a name that is no
 * field of the class; a field that is empty is true with VALUE_NULL.  Results
 * live in `arena` or longer. */
struct drop_class {
    const char *name;                                       /* "page" */
    bool (*get)(const void *self, str key, struct arena *arena, value *out);
    value (*at)(const void *self, ptrdiff_t index, struct arena *arena);  /* NULL: no list */
    ptrdiff_t (*count)(const void *self);                   /* with `at` */
    value (*keys)(const void *self, struct arena *arena);   /* list of field names */
    str (*text)(const void *self, struct arena *arena);     /* what printing gives; may be NULL */
    /* `get` for who knows hash_str(key) already; NULL: `get` serves. */
    bool (*get_hashed)(const void *self, str key, uint64_t hash, struct arena *arena, value *out);
    /* All of it as an ordinary value: of a map that is a drop only so that one knows which of its
     * keys were asked for.  Whoever wants more of it than a key takes value_whole first.  May be NULL. */
    value (*whole)(const void *self, struct arena *arena);
};

/* Makers. */
static inline value value_null(void) { return (value){.kind = VALUE_NULL}; }
static inline value value_bool(bool b) { return (value){.kind = VALUE_BOOL, .as.boolean = b}; }
static inline value value_int(int64_t n) { return (value){.kind = VALUE_INT, .as.integer = n}; }
static inline value value_float(double n) { return (value){.kind = VALUE_FLOAT, .as.number = n}; }
static inline value value_str(str s) { return (value){.kind = VALUE_STR, .as.text = s}; }
static inline value value_html(str s)
{
    return (value){.kind = VALUE_STR, .safe = true, .as.text = s};
}
static inline value value_time(instant t) { return (value){.kind = VALUE_TIME, .as.time = t}; }
static inline value value_drop(const struct drop_class *class_, const void *self)
{
    return (value){.kind = VALUE_DROP, .as.drop = {class_, self}};
}
value value_list(struct arena *arena);
value value_map(struct arena *arena);

/* Building.  `list` and `map` must be values of that kind. */
/* Room for `count` items or pairs in a list or map that is empty. */
void value_reserve(struct arena *arena, value *v, ptrdiff_t count);
void value_push(struct arena *arena, value *list, value item);
void value_set(struct arena *arena, value *map, str key, value item);
void value_set_at(struct arena *arena, value *map, str key, span key_at, value item);

/* Reading.  All take any value: what does not fit gives VALUE_NULL or 0. */
const struct value_pair *value_pair(const value *map, str key);     /* NULL when absent */
value value_get(value v, str key, struct arena *arena);   /* map or drop; else null */
/* value_get with hash_str(key) known; false: it has no such key, or has none at all. */
bool value_find(value v, str key, uint64_t hash, struct arena *arena, value *out);
value value_at(value v, ptrdiff_t index, struct arena *arena);  /* list, range or drop */
static inline value value_whole(value v, struct arena *arena)
{
    return v.kind == VALUE_DROP && v.as.drop.class_->whole ? v.as.drop.class_->whole(v.as.drop.self, arena) : v;
}
ptrdiff_t value_count(value v);                             /* items or pairs; else 0 */
static inline bool value_is_null(value v) { return v.kind == VALUE_NULL; }
static inline bool value_is_str(value v) { return v.kind == VALUE_STR; }
static inline str value_text(value v) { return v.kind == VALUE_STR ? v.as.text : (str){0}; }

/* As text for people: strings as they are, numbers in their shortest exact
 * form, times as RFC 3339, null empty, lists joined with ", ". */
str value_print(value v, struct arena *arena);

/* Deep equality (1 == 1.0; the order of a map's keys does not count). */
bool value_equal(value a, value b, struct arena *arena);

/* "string", "number", "list" ...: for messages. */
const char *value_kind_name(value v);

#endif
