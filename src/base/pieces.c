/* pieces.c - see pieces.h.
 *
 * The packed form is the text's length and then, until that is reached: bytes that are
 * written out, how much of the other text is passed over, and how much of it is taken.  It is only
 * ever read forwards, so what comes out is never longer than both together.
 *
 * Packing passes over what a text of HTML leaves out: tags, code, what stands for a character.
 * Only where that leads nowhere it searches, which takes longer.  Each text pays for both from
 * what it is worth: when that is used up, the rest is written out. */
#include "base/pieces.h"

enum {
    SHORTEST = 6,                   /* of what is taken, but between two tags: two syllables */
    MOST_TAGS = 32,                 /* passed over in a row */
    ENTITY = 12,                    /* the longest */
    NEAR = 256, NEAR_AFTER = 2,     /* what is searched, once so many bytes had to be written out */
    FAR = 16 * 1024, FAR_SHORTEST = 16, FAR_AFTER = 8,
    WORTH = 16,                     /* bytes looked at for each of both texts */
};

static ptrdiff_t common(str a, str b)
{
    ptrdiff_t most = a.len < b.len ? a.len : b.len, i = 0;
    uint64_t x, y;
    for (; i + 8 <= most; i += 8) {
        memcpy(&x, a.p + i, 8);
        memcpy(&y, b.p + i, 8);
        if (x != y) break;
    }
    while (i < most && a.p[i] == b.p[i]) i++;
    return i;
}

/* Elements whose content is no part of the text. */
static str left_out(str of)
{
    if (str_starts(of, S("<pre"))) return S("</pre>");
    if (str_starts(of, S("<figure"))) return S("</figure>");
    if (str_starts(of, S("<a class=\"anchor\""))) return S("</a>");
    return str_starts(of, S("<sup class=\"footnote")) ? S("</sup>") : S(">");
}

/* Of what `of` begins with and a text would not hold; 0: it holds this. */
static ptrdiff_t markup_len(str of)
{
    str last;
    ptrdiff_t end;
    switch (of.p[0]) {
    case ' ':
    case '\n': return 1;
    case '&':
        end = str_find_char(str_slice(of, 0, of.len < ENTITY ? of.len : ENTITY), ';');
        return end + 1;
    case '<':
        last = left_out(of);
        end = str_find(of, last);
        return end < 0 ? of.len : end + last.len;
    default: return 0;
    }
}

static bool goes_on(str text, str of)
{
    ptrdiff_t same = common(str_slice(text, 0, text.len < SHORTEST ? text.len : SHORTEST), of);
    return same >= SHORTEST || (same > 0 && (same == of.len || of.p[same] == '<' || of.p[same] == '&'));
}

static ptrdiff_t pass_markup(str text, str of, ptrdiff_t *worth)
{
    ptrdiff_t at = 0, len;
    for (int i = 0; i < MOST_TAGS && at < of.len; i++, at += len, *worth -= len) {
        str rest = str_from(of, at);
        if (goes_on(text, rest)) return at;
        len = markup_len(rest);
        if (len == 0) return -1;
    }
    return -1;
}

static ptrdiff_t find_within(str of, ptrdiff_t window, str text, ptrdiff_t shortest, ptrdiff_t *worth)
{
    if (text.len < shortest) return -1;
    *worth -= window;
    return str_find(str_slice(of, 0, window < of.len ? window : of.len), str_slice(text, 0, shortest));
}

/* Where in `of` the text goes on, after `written` bytes of it for which there was no such place; -1: nowhere. */
static ptrdiff_t find_start(str text, str of, ptrdiff_t written, ptrdiff_t *worth)
{
    if (text.len == 0 || *worth < 0) return -1;
    ptrdiff_t at = pass_markup(text, of, worth);
    if (at < 0 && written >= NEAR_AFTER) at = find_within(of, NEAR, text, SHORTEST, worth);
    if (at < 0 && written >= FAR_AFTER) at = find_within(of, FAR, text, FAR_SHORTEST, worth);
    return at;
}

void pack_pieces(struct buf *out, str text, str of)
{
    ptrdiff_t worth = FAR + (text.len + of.len) * WORTH;
    pack_number(out, (uint64_t)text.len);
    while (text.len > 0) {
        ptrdiff_t written = 0, skip = find_start(text, of, 0, &worth);
        while (skip < 0 && written < text.len) {
            written += 1 + written / 8;
            if (written > text.len) written = text.len;
            skip = find_start(str_from(text, written), of, written, &worth);
        }
        pack_str(out, str_slice(text, 0, written));
        text = str_from(text, written);
        if (skip < 0) skip = 0;
        of = str_from(of, skip);
        ptrdiff_t taken = common(text, of);
        pack_number(out, (uint64_t)skip);
        pack_number(out, (uint64_t)taken);
        text = str_from(text, taken);
        of = str_from(of, taken);
    }
}

/* The next so many bytes of *from, or none where there are fewer. */
static str take(str *from, uint64_t count, struct unpack *in)
{
    if (count > (uint64_t)from->len) in->failed = true;
    if (in->failed) return (str){0};
    str taken = str_slice(*from, 0, (ptrdiff_t)count);
    *from = str_from(*from, (ptrdiff_t)count);
    return taken;
}

str unpack_pieces(struct unpack *in, str of, struct arena *arena)
{
    uint64_t len = unpack_number(in);
    if (len > (uint64_t)of.len + (uint64_t)in->bytes.len) in->failed = true;
    if (in->failed) return (str){0};
    struct buf out = buf_in(arena);
    buf_reserve(&out, (ptrdiff_t)len);
    while (out.len < (ptrdiff_t)len && !in->failed) {
        buf_add(&out, unpack_str(in));
        take(&of, unpack_number(in), in);
        buf_add(&out, take(&of, unpack_number(in), in));
    }
    if (out.len > (ptrdiff_t)len) in->failed = true;
    return buf_str(&out);
}
