/* buf.c - growing text: the capacity doubles, the old copy stays in the arena. */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

void buf_reserve(struct buf *buf, ptrdiff_t more)
{
    if (more <= buf->capacity - buf->len) return;
    ptrdiff_t larger = buf->capacity < 128 ? 256 : buf->capacity * 2;
    if (larger - buf->len < more) larger = buf->len + more;
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
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n);
    buf_add(buf, str_of(digits, len));
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
    int len = vsnprintf(NULL, 0, format, arguments);
    if (len > 0) {
        buf_reserve(buf, len + 1);
        vsnprintf(buf->p + buf->len, (size_t)len + 1, format, again);
        buf->len += len;
    }
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
