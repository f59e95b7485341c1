/* buf.c - growing text: the capacity doubles, where the text lies if it is the arena's newest
 * piece; else the old copy stays in the arena. */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

void buf_reserve(struct buf *buf, ptrdiff_t more)
{
    if (more <= buf->capacity - buf->len) return;
    ptrdiff_t larger = buf->capacity < 32 ? 64 : buf->capacity * 2;
    if (larger - buf->len < more) larger = buf->len + more;
    if (arena_extend(buf->arena, buf->p, (size_t)buf->capacity, (size_t)larger)) {
        buf->capacity = larger;
        return;
    }
    char *moved = arena_room(buf->arena, (size_t)larger);
    if (buf->len) memcpy(moved, buf->p, (size_t)buf->len);
    buf->p = moved;
    buf->capacity = larger;
}

void buf_add_slow(struct buf *buf, str s)
{
    if (s.len <= 0) return;
    buf_reserve(buf, s.len);
    memcpy(buf->p + buf->len, s.p, (size_t)s.len);
    buf->len += s.len;
}

void buf_rune(struct buf *buf, uint32_t rune)
{
    char bytes[4];
    int len = utf8_encode(rune, bytes);
    buf_add(buf, str_of(bytes, len));
}

void buf_int(struct buf *buf, int64_t n)
{
    char digits[24], *first = digits + sizeof digits;
    uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
    do *--first = (char)('0' + rest % 10);
    while (rest /= 10);
    if (n < 0) *--first = '-';
    buf_add(buf, str_of(first, digits + sizeof digits - first));
}

void buf_count(struct buf *buf, int64_t n)
{
    if (n >= 1000) {
        buf_count(buf, n / 1000);
        buf_printf(buf, ",%03d", (int)(n % 1000));
    } else {
        buf_int(buf, n);
    }
}

void buf_repeat(struct buf *buf, char c, ptrdiff_t count)
{
    if (count <= 0) return;
    buf_reserve(buf, count);
    memset(buf->p + buf->len, c, (size_t)count);
    buf->len += count;
}

void buf_vprintf(struct buf *buf, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    buf_reserve(buf, 64);               /* what most need */
    int len = vsnprintf(buf->p + buf->len, (size_t)(buf->capacity - buf->len), format, arguments);
    if (len >= buf->capacity - buf->len) {
        buf_reserve(buf, len + 1);
        vsnprintf(buf->p + buf->len, (size_t)len + 1, format, again);
    }
    if (len > 0) buf->len += len;
    va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buf_vprintf(buf, format, arguments);
    va_end(arguments);
}

str buf_finish(struct buf *buf)
{
    arena_shrink(buf->arena, buf->p, (size_t)buf->capacity, (size_t)buf->len);
    buf->capacity = buf->len;
    return buf_str(buf);
}

void buf_clear(struct buf *buf) { buf->len = 0; }
