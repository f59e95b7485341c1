/* cover.c - a drawn cover: a ground in one of the theme's colours, one of five quiet patterns in
 * white upon it, a mark and a label.
 *
 * A hash decides everything, so that posts of one event look alike and a rebuild changes nothing.
 * Numbers are whole.  Order here: chance, colours, patterns, words. */
#include "image/cover.h"

#include "base/escape.h"
#include "base/hash.h"
#include "base/utf8.h"

enum { WIDTH = 1200, HEIGHT = 800, MARGIN = 90, BYTES_MAX = 200 };

/* --- chance --- */

struct chance {
    uint64_t state;
};

/* splitmix64: the same numbers everywhere. */
static uint64_t chance_next(struct chance *chance)
{
    uint64_t z = chance->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int chance_between(struct chance *chance, int low, int high)
{
    return low + (int)(chance_next(chance) % (uint64_t)(high - low + 1));
}

/* c0 to c5 of the default theme. */
static const uint32_t colors[] = {0x0d5a72, 0x2c5c49, 0x54406e, 0x96431c, 0x35434c, 0x8d3357};
enum { COLORS = sizeof colors / sizeof *colors };

uint32_t cover_color(str family) { return colors[family.len ? hash_str(family) % COLORS : 0]; }

/* --- patterns: white and faint, so that words can be read on them --- */

/* A shape with its numbers: '@' stands for the next one, '~' for the next one in two digits.  Every
 * card of a list has a cover: printf would take longer than all else of it. */
static void draw(struct buf *out, str shape, const int *numbers)
{
    ptrdiff_t from = 0;
    for (ptrdiff_t at = 0; at < shape.len; at++) {
        if (shape.p[at] != '@' && shape.p[at] != '~') continue;
        buf_add(out, str_slice(shape, from, at));
        if (shape.p[at] == '~' && *numbers < 10) buf_char(out, '0');
        buf_int(out, *numbers++);
        from = at + 1;
    }
    buf_add(out, str_from(shape, from));
}

static void draw_bubbles(struct buf *out, struct chance *chance)
{
    for (int i = 0; i < 6; i++) {
        int strength = chance_between(chance, 7, 15), radius = chance_between(chance, 60, 260);
        int y = chance_between(chance, 0, HEIGHT), x = chance_between(chance, 640, WIDTH);
        draw(out, S("<circle cx=\"@\" cy=\"@\" r=\"@\" opacity=\".~\"/>"), (int[]){x, y, radius, strength});
    }
}

static void draw_rings(struct buf *out, struct chance *chance)
{
    int x = chance_between(chance, 860, 1150), y = chance_between(chance, 40, 300);
    int step = chance_between(chance, 62, 84);
    buf_add(out, S("<g fill=\"none\" stroke=\"#fff\" stroke-width=\"30\">"));
    for (int i = 1; i <= 7; i++)
        draw(out, S("<circle cx=\"@\" cy=\"@\" r=\"@\" opacity=\".~\"/>"), (int[]){x, y, i * step, 20 - i * 2});
    buf_add(out, S("</g>"));
}

static void draw_bands(struct buf *out, struct chance *chance)
{
    int angle = chance_between(chance, 0, 1) ? -35 : 35;
    draw(out, S("<g transform=\"rotate(@ 900 400)\">"), &angle);
    for (int i = 0; i < 7; i++) {
        int strength = chance_between(chance, 7, 18), width = chance_between(chance, 220, 560);
        int x = chance_between(chance, 480, 900);
        draw(out, S("<rect x=\"@\" y=\"@\" width=\"@\" height=\"64\" rx=\"32\" opacity=\".~\"/>"),
             (int[]){x, i * 100 - 40, width, strength});
    }
    buf_add(out, S("</g>"));
}

static void draw_hills(struct buf *out, struct chance *chance)
{
    for (int i = 0; i < 4; i++) {
        int y = 330 + i * 110, rise = chance_between(chance, 60, 150);
        draw(out, S("<path d=\"M0 @q300 @ 600 0t600 0V800H0z\" opacity=\".~\"/>"), (int[]){y, i % 2 ? rise : -rise, 5 + i * 2});
    }
}

/* Quarter circles in squares, each with its round corner somewhere else, in
 * three strengths: one path each, which is shorter than one a tile. */
static void draw_tiles(struct buf *out, struct chance *chance)
{
    static const str shapes[4] = {
        STR_INIT("h126a126 126 0 0 1-126 126z"),
        STR_INIT("v126h126a126 126 0 0 0-126-126z"),
        STR_INIT("v126h126v-126a126 126 0 0 1-126 0z"),
        STR_INIT("h126v126a126 126 0 0 1-126-126z"),
    };
    uint64_t turns = chance_next(chance), strengths = chance_next(chance);
    for (int strength = 0; strength < 3; strength++) {
        draw(out, S("<path opacity=\".~\" d=\""), (int[]){6 + strength * 5});
        for (int tile = 0; tile < 28; tile++) {
            int column = tile % 4, row = tile / 4;
            if ((row % 2 && column % 2 == 0) || (int)(strengths >> (2 * tile) & 3) % 3 != strength) continue;
            draw(out, S("M@ @"), (int[]){696 + column * 126, row * 126});
            buf_add(out, shapes[turns >> (2 * tile) & 3]);
        }
        buf_add(out, S("\"/>"));
    }
}

static void (*const patterns[])(struct buf *, struct chance *) = {
    draw_bubbles, draw_rings, draw_bands, draw_hills, draw_tiles,
};
enum { PATTERNS = sizeof patterns / sizeof *patterns };

/* --- words --- */

/* Words of up to `cells` are drawn in `size`, longer ones smaller, to four fifths of it; what is longer still is cut. */
struct lettering { ptrdiff_t cells; int size, weight; };
static const struct lettering mark_letters = {10, 168, 800}, label_letters = {27, 62, 600};

/* As many bytes of the text as fit. */
static ptrdiff_t word_fit(str text, ptrdiff_t cells)
{
    ptrdiff_t at = 0, end = 0;
    if (text.len <= BYTES_MAX && utf8_width(text) <= cells) return text.len;
    while (at < text.len) {
        utf8_next(text, &at);
        if (utf8_width(str_slice(text, 0, at)) > cells || at > BYTES_MAX) break;
        end = at;
    }
    return end;
}

static void draw_word(struct buf *out, str text, const struct lettering *letters, int y)
{
    ptrdiff_t most = letters->cells * 5 / 4, end = word_fit(text, most);
    ptrdiff_t cells = end < text.len ? most : utf8_width(text);
    int size = cells > letters->cells ? (int)(letters->size * letters->cells / cells) : letters->size;
    if (end == 0) return;
    draw(out, S("<text x=\"@\" y=\"@\" font-size=\"@\" font-weight=\"@\">"), (int[]){MARGIN, y, size, letters->weight});
    buf_xml(out, str_trim(str_slice(text, 0, end)));
    buf_add(out, end < text.len ? S("…</text>") : S("</text>"));
}

void cover_svg(struct buf *out, const struct cover *cover)
{
    struct chance kind = {hash_str(cover->family)}, chance = {hash_str(cover->family) ^ hash_str(cover->title) << 1};
    buf_reserve(out, 2048);
    draw(out, S("<svg viewBox=\"0 0 @ @\" preserveAspectRatio=\"xMidYMid slice\" aria-hidden=\"true\"><path fill=\"#"), (int[]){WIDTH, HEIGHT});
    for (int shift = 20; shift >= 0; shift -= 4) buf_char(out, "0123456789abcdef"[cover_color(cover->family) >> shift & 15]);
    draw(out, S("\" d=\"M0 0h@v@H0z\"/><g fill=\"#fff\">"), (int[]){WIDTH, HEIGHT});
    patterns[chance_between(&kind, 0, PATTERNS - 1)](out, &chance);
    draw_word(out, str_trim(cover->mark), &mark_letters, HEIGHT - MARGIN - 88);
    draw_word(out, str_trim(cover->label), &label_letters, HEIGHT - MARGIN);
    buf_add(out, S("</g></svg>"));
}
