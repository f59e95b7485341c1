/* coerce.c - values as text and as whole numbers.  Arithmetic is in decimal.c,
 * comparison in compare.c. */
#include "coerce.h"

#include <math.h>

#include "base/date.h"
#include "base/utf8.h"

enum { COERCE_DEPTH = 64 };     /* lists within lists that are still printed */

bool coerce_truth(value v)
{
    return v.kind != VALUE_NULL && !(v.kind == VALUE_BOOL && !v.as.boolean);
}

const char *coerce_class(value v)
{
    switch ((enum value_kind)v.kind) {
    case VALUE_NULL: return "nil";
    case VALUE_BOOL: return v.as.boolean ? "true" : "false";
    case VALUE_INT: return "Integer";
    case VALUE_FLOAT: return "Float";
    case VALUE_STR: return "String";
    case VALUE_TIME: return "Time";
    case VALUE_LIST: return "Array";
    case VALUE_MAP: return "Hash";
    case VALUE_DROP: return v.as.drop.class_->name;
    case VALUE_RANGE: return "Range";
    case VALUE_MARK: return v.as.mark ? "blank" : "empty";
    }
    return "?";
}

/* For messages: short values as a template writes them, others by their kind. */
const char *coerce_describe(value v, struct arena *arena)
{
    enum { LONGEST = 24 };
    struct buf out = buf_in(arena);
    if (v.kind == VALUE_STR) {
        ptrdiff_t end = utf8_offset(v.as.text, LONGEST), line = str_find_char(v.as.text, '\n');
        if (line >= 0 && line < end) end = line;
        buf_printf(&out, "\"%" STR_F "%s\"", STR_A(str_slice(v.as.text, 0, end)), end < v.as.text.len ? "..." : "");
    } else if (v.kind <= VALUE_FLOAT) {
        coerce_inspect(&out, v, arena);
    } else {
        return value_kind_name(v);
    }
    return str_z(arena, buf_str(&out));
}

/* --- text --- */

/* "2013-03-27 20:34:46 +0900", or the date alone when it was written so. */
static void coerce_time(struct buf *out, instant time)
{
    struct civil c = date_civil(time);
    buf_printf(out, "%04d-%02d-%02d", c.year, c.month, c.day);
    if (time.date_only) return;
    int offset = time.offset < 0 ? -time.offset : time.offset;
    buf_printf(out, " %02d:%02d:%02d ", c.hour, c.minute, c.second);
    if (time.offset == 0) buf_add(out, S("UTC"));
    else buf_printf(out, "%c%02d%02d", time.offset < 0 ? '-' : '+', offset / 60, offset % 60);
}

static void coerce_inspect_str(struct buf *out, str s)
{
    static const char escapes[] = "\"\"\\\\\nn\tt\rr\033e\aa\bb\ff\vv";
    buf_char(out, '"');
    for (ptrdiff_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        const char *escape = NULL;
        for (const char *e = escapes; *e; e += 2)
            if (*e == c) escape = e;
        if (escape) buf_char(out, '\\'), buf_char(out, escape[1]);
        else if (c == '#' && i + 1 < s.len && (s.p[i + 1] == '{' || s.p[i + 1] == '$' || s.p[i + 1] == '@'))
            buf_add(out, S("\\#"));
        else if ((unsigned char)c < 0x20 || c == 0x7F) buf_printf(out, "\\x%02X", (unsigned)(unsigned char)c);
        else buf_char(out, c);
    }
    buf_char(out, '"');
}

/* Whole numbers are what loops write most: no printf. */
static void coerce_write_int(struct buf *out, int64_t number)
{
    char digits[24];
    int at = sizeof digits;
    uint64_t rest = number < 0 ? (uint64_t)0 - (uint64_t)number : (uint64_t)number;
    do digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0) digits[--at] = '-';
    buf_add(out, str_of(digits + at, (ptrdiff_t)sizeof digits - at));
}

static void coerce_write_at(struct buf *out, value v, struct arena *arena, int depth);

static void coerce_inspect_at(struct buf *out, value v, struct arena *arena, int depth)
{
    if (depth > COERCE_DEPTH) {
        buf_add(out, S("..."));
        return;
    }
    switch ((enum value_kind)v.kind) {
    case VALUE_NULL: buf_add(out, S("nil")); return;
    case VALUE_STR: coerce_inspect_str(out, v.as.text); return;
    case VALUE_LIST:
        buf_char(out, '[');
        for (ptrdiff_t i = 0; i < v.as.list->count; i++) {
            if (i) buf_add(out, S(", "));
            coerce_inspect_at(out, v.as.list->items[i], arena, depth + 1);
        }
        buf_char(out, ']');
        return;
    case VALUE_MAP:
        buf_char(out, '{');
        for (ptrdiff_t i = 0; i < v.as.map->count; i++) {
            if (i) buf_add(out, S(", "));
            coerce_inspect_str(out, v.as.map->pairs[i].key);
            buf_add(out, S("=>"));
            coerce_inspect_at(out, v.as.map->pairs[i].value, arena, depth + 1);
        }
        buf_char(out, '}');
        return;
    case VALUE_BOOL: case VALUE_INT: case VALUE_FLOAT: case VALUE_TIME: case VALUE_DROP: case VALUE_RANGE:
    case VALUE_MARK: break;
    }
    coerce_write_at(out, v, arena, depth);
}

static void coerce_write_drop(struct buf *out, value v, struct arena *arena, int depth)
{
    const struct drop_class *class_ = v.as.drop.class_;
    if (class_->text) {
        buf_add(out, class_->text(v.as.drop.self, arena));
    } else if (class_->at && class_->count) {
        ptrdiff_t count = class_->count(v.as.drop.self);
        for (ptrdiff_t i = 0; i < count; i++)
            coerce_write_at(out, class_->at(v.as.drop.self, i, arena), arena, depth + 1);
    } else {
        buf_add(out, str_c(class_->name));
    }
}

static void coerce_write_at(struct buf *out, value v, struct arena *arena, int depth)
{
    if (depth > COERCE_DEPTH) return;
    switch ((enum value_kind)v.kind) {
    case VALUE_NULL:
    case VALUE_MARK: return;
    case VALUE_BOOL: buf_add(out, v.as.boolean ? S("true") : S("false")); return;
    case VALUE_INT: coerce_write_int(out, v.as.integer); return;
    case VALUE_FLOAT: coerce_float(out, v.as.number); return;
    case VALUE_STR: buf_add(out, v.as.text); return;
    case VALUE_TIME: coerce_time(out, v.as.time); return;
    case VALUE_LIST:
        for (ptrdiff_t i = 0; i < v.as.list->count; i++)
            coerce_write_at(out, v.as.list->items[i], arena, depth + 1);
        return;
    case VALUE_MAP: coerce_inspect_at(out, v, arena, depth); return;
    case VALUE_DROP: coerce_write_drop(out, v, arena, depth); return;
    case VALUE_RANGE:
        buf_int(out, v.as.range.first);
        buf_add(out, S(".."));
        buf_int(out, v.as.range.first + v.as.range.count - 1);
        return;
    }
}

void coerce_write(struct buf *out, value v, struct arena *arena)
{
    coerce_write_at(out, v, arena, 0);
}

void coerce_inspect(struct buf *out, value v, struct arena *arena)
{
    coerce_inspect_at(out, v, arena, 0);
}

str coerce_text(value v, struct arena *arena)
{
    if (v.kind == VALUE_STR) return v.as.text;
    struct buf out = buf_in(arena);
    if (v.kind == VALUE_LIST) coerce_inspect(&out, v, arena);
    else coerce_write(&out, v, arena);
    return buf_str(&out);
}

/* --- numbers --- */

/* The digits a text starts with, as Ruby's to_i. */
int64_t coerce_leading_int(str text)
{
    text = str_trim_left(text);
    bool negative = text.len && text.p[0] == '-';
    if (text.len && (text.p[0] == '-' || text.p[0] == '+')) text = str_from(text, 1);
    int64_t number = 0;
    for (ptrdiff_t i = 0; i < text.len && (char_is_digit(text.p[i]) || text.p[i] == '_'); i++) {
        if (text.p[i] == '_') {     /* between two digits only */
            if (i && i + 1 < text.len && char_is_digit(text.p[i + 1])) continue;
            break;
        }
        if (__builtin_mul_overflow(number, (int64_t)10, &number)
            || __builtin_add_overflow(number, (int64_t)(text.p[i] - '0'), &number))
            return negative ? INT64_MIN : INT64_MAX;
    }
    return negative ? -number : number;
}

static int64_t coerce_truncate(double number)
{
    if (isnan(number)) return 0;
    if (number >= 9.2e18) return INT64_MAX;
    if (number <= -9.2e18) return INT64_MIN;
    return (int64_t)number;
}

/* "-5.1": a fraction; all other text is the whole number it starts with. */
static value coerce_number_text(str text)
{
    text = str_trim(text);
    ptrdiff_t dot = str_find_char(text, '.');
    bool fraction = dot > 0 && dot + 1 < text.len;
    for (ptrdiff_t i = 0; i < text.len && fraction; i++)
        fraction = char_is_digit(text.p[i]) || i == dot || (i == 0 && text.p[0] == '-' && dot > 1);
    double number;
    if (fraction && str_to_float(text, &number)) return value_float(number);
    int64_t whole = coerce_leading_int(text);
    if ((whole == INT64_MAX || whole == INT64_MIN) && str_to_float(text, &number)) return value_float(number);
    return value_int(whole);
}

value coerce_number(value v)
{
    if (v.kind == VALUE_INT || v.kind == VALUE_FLOAT) return v;
    if (v.kind == VALUE_STR) return coerce_number_text(v.as.text);
    return value_int(0);
}

int64_t coerce_int_lenient(value v)
{
    switch (v.kind) {
    case VALUE_INT: return v.as.integer;
    case VALUE_FLOAT: return coerce_truncate(v.as.number);
    case VALUE_STR: return coerce_leading_int(v.as.text);
    default: return 0;
    }
}

bool coerce_int(value v, int64_t *out)
{
    if (v.kind == VALUE_INT) {
        *out = v.as.integer;
        return true;
    }
    return v.kind == VALUE_STR && str_to_int(str_trim(v.as.text), out);
}

/* --- items --- */

bool coerce_is_sequence(value v)
{
    return v.kind == VALUE_LIST || v.kind == VALUE_RANGE
           || (v.kind == VALUE_DROP && v.as.drop.class_->at && v.as.drop.class_->count);
}

value coerce_pair(struct arena *arena, const struct value_pair *pair)
{
    value list = value_list(arena);
    value_push(arena, &list, value_str(pair->key));
    value_push(arena, &list, pair->value);
    return list;
}

value coerce_item(value v, ptrdiff_t index, struct arena *arena)
{
    if (v.kind == VALUE_MAP) {
        if (index < 0 || index >= v.as.map->count) return value_null();
        return coerce_pair(arena, &v.as.map->pairs[index]);
    }
    if (v.kind == VALUE_LIST) {
        if (index < 0 || index >= v.as.list->count) return value_null();
        return v.as.list->items[index];
    }
    return value_at(v, index, arena);
}
