/* buf.h - text being written: `buf` owns its bytes and grows in an arena.
 *
 *     struct buf out = buf_in(arena);
 *     buf_add(&out, S("<p>"));
 *     buf_html(&out, title);
 *     return buf_str(&out);
 *
 * The text is valid as long as the arena; growing may move it.
 * Threads: as the arena.  Errors: none. */
#ifndef HUGI_BASE_BUF_H
#define HUGI_BASE_BUF_H

#include <stdarg.h>

#include "base/str.h"

struct buf {
    char *p;
    ptrdiff_t len;
    ptrdiff_t capacity;
    struct arena *arena;
};

static inline struct buf buf_in(struct arena *arena) { return (struct buf){0, 0, 0, arena}; }
static inline str buf_str(const struct buf *buf) { return (str){buf->p, buf->len}; }

void buf_reserve(struct buf *buf, ptrdiff_t more);  /* room for `more` further bytes */
void buf_add_slow(struct buf *buf, str s);

static inline void buf_add(struct buf *buf, str s)
{
    if (s.len <= buf->capacity - buf->len && s.len > 0) {
        memcpy(buf->p + buf->len, s.p, (size_t)s.len);
        buf->len += s.len;
    } else {
        buf_add_slow(buf, s);
    }
}

static inline void buf_char(struct buf *buf, char c)
{
    if (buf->len == buf->capacity) buf_reserve(buf, 1);
    buf->p[buf->len++] = c;
}

void buf_rune(struct buf *buf, uint32_t rune);      /* as UTF-8 */
void buf_int(struct buf *buf, int64_t n);
void buf_count(struct buf *buf, int64_t n);         /* for people: 12,345; not negative */
void buf_repeat(struct buf *buf, char c, ptrdiff_t count);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void buf_printf(struct buf *buf, const char *format, ...);
void buf_vprintf(struct buf *buf, const char *format, va_list arguments);
str buf_finish(struct buf *buf);                    /* its text; room it does not need goes back to the arena */
void buf_clear(struct buf *buf);                    /* empty, memory kept */

#endif
