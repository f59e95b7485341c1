/* punycode.c - the encoder of RFC 3492, label by label. */
#include "punycode.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, FIRST_BIAS = 72, FIRST_CODE = 128 };

static uint32_t punycode_adapt(uint32_t delta, uint32_t points, bool first)
{
    uint32_t k = 0;
    delta = first ? delta / DAMP : delta / 2;
    delta += delta / points;
    for (; delta > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) delta /= BASE - T_MIN;
    return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static char punycode_digit(uint32_t digit)
{
    return (char)(digit < 26 ? 'a' + digit : '0' + (digit - 26));
}

static void punycode_number(struct buf *out, uint32_t delta, uint32_t bias)
{
    for (uint32_t k = BASE;; k += BASE) {
        uint32_t t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
        if (delta < t) break;
        buf_char(out, punycode_digit(t + (delta - t) % (BASE - t)));
        delta = (delta - t) / (BASE - t);
    }
    buf_char(out, punycode_digit(delta));
}

static void punycode_label(struct buf *out, str label)
{
    uint32_t code = FIRST_CODE, delta = 0, bias = FIRST_BIAS, done = 0, basic, total = (uint32_t)utf8_count(label);
    buf_add(out, S("xn--"));
    for (ptrdiff_t i = 0; i < label.len; i++)
        if ((unsigned char)label.p[i] < 0x80) buf_char(out, label.p[i]), done++;
    basic = done;
    if (basic) buf_char(out, '-');
    while (done < total) {
        uint32_t next = UINT32_MAX;
        for (ptrdiff_t at = 0; at < label.len;) {
            uint32_t rune = utf8_next(label, &at);
            if (rune >= code && rune < next) next = rune;
        }
        delta += (next - code) * (done + 1);
        code = next;
        for (ptrdiff_t at = 0; at < label.len;) {
            uint32_t rune = utf8_next(label, &at);
            if (rune < code) delta++;
            if (rune != code) continue;
            punycode_number(out, delta, bias);
            bias = punycode_adapt(delta, done + 1, done == basic);
            delta = 0;
            done++;
        }
        delta++;
        code++;
    }
}

str punycode_host(struct arena *arena, str host)
{
    struct buf out = buf_in(arena);
    str rest = utf8_lower(arena, host), label;
    bool first = true;
    if (host.len > 255) return host;
    while (str_split(&rest, '.', &label)) {
        bool ascii = true;
        for (ptrdiff_t i = 0; i < label.len; i++) ascii = ascii && (unsigned char)label.p[i] < 0x80;
        if (!first) buf_char(&out, '.');
        if (ascii) buf_add(&out, label);
        else punycode_label(&out, label);
        first = false;
    }
    return buf_str(&out);
}
