/* pack.c - see pack.h. */
#include "base/pack.h"

enum { DEEPEST = 200 };         /* of nested values; YAML and JSON stop earlier */

/* --- writing ------------------------------------------------------------ */

void pack_number(struct buf *out, uint64_t number)
{
    while (number >= 0x80) {
        buf_char(out, (char)(number | 0x80));
        number >>= 7;
    }
    buf_char(out, (char)number);
}

void pack_signed(struct buf *out, int64_t number)
{
    uint64_t bits = (uint64_t)number;
    pack_number(out, number < 0 ? ~(bits << 1) : bits << 1);
}

void pack_str(struct buf *out, str text)
{
    pack_number(out, (uint64_t)text.len);
    buf_add(out, text);
}

void pack_bool(struct buf *out, bool flag) { buf_char(out, flag ? 1 : 0); }

void pack_hash(struct buf *out, hash128 hash) { buf_add(out, str_of((const char *)&hash, sizeof hash)); }

static void pack_span(struct buf *out, span at)
{
    pack_bool(out, at.file != 0);
    if (!at.file) return;
    pack_number(out, at.start);
    pack_number(out, at.len);
}

static void pack_time(struct buf *out, instant time)
{
    pack_signed(out, time.seconds);
    pack_signed(out, time.offset);
    pack_bool(out, time.date_only);
}

static void pack_map(struct buf *out, const struct value_map *map)
{
    pack_number(out, (uint64_t)map->count);
    for (ptrdiff_t i = 0; i < map->count; i++) {
        pack_str(out, map->pairs[i].key);
        pack_span(out, map->pairs[i].key_at);
        pack_value(out, map->pairs[i].value);
    }
}

void pack_value(struct buf *out, value v)
{
    uint64_t bits;
    pack_number(out, (uint64_t)v.kind << 1 | v.safe);
    pack_span(out, v.at);
    switch (v.kind) {
    case VALUE_BOOL: pack_bool(out, v.as.boolean); break;
    case VALUE_INT: pack_signed(out, v.as.integer); break;
    case VALUE_FLOAT:
        memcpy(&bits, &v.as.number, sizeof bits);
        pack_number(out, bits);
        break;
    case VALUE_STR: pack_str(out, v.as.text); break;
    case VALUE_TIME: pack_time(out, v.as.time); break;
    case VALUE_LIST:
        pack_number(out, (uint64_t)v.as.list->count);
        for (ptrdiff_t i = 0; i < v.as.list->count; i++) pack_value(out, v.as.list->items[i]);
        break;
    case VALUE_MAP: pack_map(out, v.as.map); break;
    default: break;
    }
}

/* --- reading ------------------------------------------------------------ */

static bool take(struct unpack *in, void *out, size_t size)
{
    if (in->failed || (size_t)in->bytes.len < size) {
        in->failed = true;
        in->bytes = (str){0};
        memset(out, 0, size);
        return false;
    }
    memcpy(out, in->bytes.p, size);
    in->bytes = str_from(in->bytes, (ptrdiff_t)size);
    return true;
}

/* Most are lengths, of one byte. */
uint64_t unpack_number(struct unpack *in)
{
    uint64_t number = 0;
    unsigned char byte;
    if (!in->failed && in->bytes.len > 0 && (unsigned char)*in->bytes.p < 0x80) {
        number = (unsigned char)*in->bytes.p;
        in->bytes = str_of(in->bytes.p + 1, in->bytes.len - 1);
        return number;
    }
    for (int shift = 0; shift < 64 && take(in, &byte, 1); shift += 7) {
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    in->failed = true;
    return 0;
}

int64_t unpack_signed(struct unpack *in)
{
    uint64_t bits = unpack_number(in);
    return (int64_t)(bits & 1 ? ~(bits >> 1) : bits >> 1);
}

str unpack_str(struct unpack *in)
{
    uint64_t len = unpack_number(in);
    if (in->failed || len > (uint64_t)in->bytes.len) {
        in->failed = true;
        return (str){0};
    }
    str text = str_of(in->bytes.p, (ptrdiff_t)len);
    in->bytes = str_of(in->bytes.p + len, in->bytes.len - text.len);
    return text;
}

bool unpack_bool(struct unpack *in)
{
    unsigned char byte;
    return take(in, &byte, 1) && byte == 1;
}

hash128 unpack_hash(struct unpack *in)
{
    hash128 hash;
    take(in, &hash, sizeof hash);
    return hash;
}

ptrdiff_t unpack_count(struct unpack *in)
{
    uint64_t count = unpack_number(in);
    if (count > (uint64_t)in->bytes.len) in->failed = true;
    return in->failed ? 0 : (ptrdiff_t)count;
}

static span unpack_span(struct unpack *in, uint32_t file)
{
    if (!unpack_bool(in)) return (span){0};
    uint32_t start = (uint32_t)unpack_number(in);
    return (span){file, start, (uint32_t)unpack_number(in)};
}

static instant unpack_time(struct unpack *in)
{
    instant time = {.seconds = unpack_signed(in)};
    time.offset = (int32_t)unpack_signed(in);
    time.date_only = unpack_bool(in);
    return time;
}

static value unpack_below(struct unpack *in, uint32_t file, struct arena *arena, int depth);

static value unpack_list(struct unpack *in, uint32_t file, struct arena *arena, int depth)
{
    value list = value_list(arena);
    ptrdiff_t count = unpack_count(in);
    value_reserve(arena, &list, count);
    for (ptrdiff_t i = 0; i < count && !in->failed; i++) value_push(arena, &list, unpack_below(in, file, arena, depth));
    return list;
}

static value unpack_map(struct unpack *in, uint32_t file, struct arena *arena, int depth)
{
    value map = value_map(arena);
    ptrdiff_t count = unpack_count(in);
    value_reserve(arena, &map, count);
    for (ptrdiff_t i = 0; i < count && !in->failed; i++) {
        str key = unpack_str(in);
        span at = unpack_span(in, file);
        value_set_at(arena, &map, key, at, unpack_below(in, file, arena, depth));
    }
    return map;
}

static value unpack_below(struct unpack *in, uint32_t file, struct arena *arena, int depth)
{
    uint64_t head = unpack_number(in), bits;
    span at = unpack_span(in, file);
    value v = value_null();
    if (depth > DEEPEST) in->failed = true;
    if (in->failed) return v;
    switch (head >> 1) {
    case VALUE_BOOL: v = value_bool(unpack_bool(in)); break;
    case VALUE_INT: v = value_int(unpack_signed(in)); break;
    case VALUE_FLOAT:
        bits = unpack_number(in);
        v = value_float(0);
        memcpy(&v.as.number, &bits, sizeof bits);
        break;
    case VALUE_STR: v = value_str(unpack_str(in)); break;
    case VALUE_TIME: v = value_time(unpack_time(in)); break;
    case VALUE_LIST: v = unpack_list(in, file, arena, depth + 1); break;
    case VALUE_MAP: v = unpack_map(in, file, arena, depth + 1); break;
    default: break;
    }
    v.safe = head & 1;
    v.at = at;
    return v;
}

value unpack_value(struct unpack *in, uint32_t file, struct arena *arena) { return unpack_below(in, file, arena, 0); }
