/* cover.c - a cover drawn from a name: a dark two-colour ground, one of five
 * quiet patterns, the label and the title in white.
 *
 * Everything is decided by a hash of the seed, so that posts of one event look
 * alike and a rebuild changes nothing.  Numbers are whole: an SVG of under 2 KB.
 * Order here: chance, patterns, the title's lines, the whole. */
#include "image/cover.h"

#include "base/escape.h"
#include "base/hash.h"
#include "base/utf8.h"

enum { WIDTH = 1200, HEIGHT = 630, MARGIN = 96 };

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

/* Grounds dark enough for white text (7:1 and more), and a light colour for
 * the patterns and the label that goes with both. */
static const struct {
    const char *from, *to, *accent;
} palettes[] = {
    {"#14213d", "#1f4068", "#ffd166"}, /* night, amber */
    {"#0b3b36", "#14584f", "#f4d58d"}, /* pine, sand */
    {"#3b1c32", "#6a1e55", "#ffb4a2"}, /* plum, peach */
    {"#1b1b3a", "#44397d", "#9be7ff"}, /* indigo, ice */
    {"#2b2118", "#5c3d2e", "#f2c6a0"}, /* coffee, cream */
    {"#0d2c54", "#215a8f", "#9ad1d4"}, /* ocean, mist */
    {"#2d132c", "#801336", "#ffc6a5"}, /* wine, rose */
    {"#1d3124", "#386641", "#d9ed92"}, /* forest, lime */
    {"#22223b", "#4a4e69", "#f2e9e4"}, /* slate, paper */
    {"#10312b", "#1b4965", "#a7f0ba"}, /* teal, mint */
};
enum { PALETTES = sizeof palettes / sizeof *palettes };

/* --- patterns: each draws inside a group filled with the accent --- */

static void draw_bubbles(struct buf *out, struct chance *chance)
{
    for (int i = 0; i < 6; i++)
        buf_printf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" opacity=\".%02d\"/>", chance_between(chance, 640, WIDTH),
                   chance_between(chance, 0, HEIGHT), chance_between(chance, 60, 260), chance_between(chance, 7, 15));
}

static void draw_rings(struct buf *out, struct chance *chance)
{
    int x = chance_between(chance, 860, 1150), y = chance_between(chance, 0, 1) ? 60 : 560;
    int step = chance_between(chance, 62, 84);
    buf_add(out, S("<g fill=\"none\" stroke-width=\"26\">"));
    for (int i = 1; i <= 7; i++)
        buf_printf(out, "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" opacity=\".%02d\"/>", x, y, i * step, 24 - i * 2);
    buf_add(out, S("</g>"));
}

static void draw_bands(struct buf *out, struct chance *chance)
{
    int angle = chance_between(chance, 0, 1) ? -35 : 35;
    buf_printf(out, "<g transform=\"rotate(%d 900 315)\">", angle);
    for (int i = 0; i < 7; i++)
        buf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"64\" rx=\"32\" opacity=\".%02d\"/>",
                   chance_between(chance, 480, 900), i * 100 - 40, chance_between(chance, 220, 560),
                   chance_between(chance, 7, 18));
    buf_add(out, S("</g>"));
}

static void draw_hills(struct buf *out, struct chance *chance)
{
    for (int i = 0; i < 4; i++) {
        int y = 300 + i * 85, rise = chance_between(chance, 60, 150);
        buf_printf(out, "<path d=\"M0 %dq300 %d 600 0t600 0V630H0z\" opacity=\".%02d\"/>", y, i % 2 ? rise : -rise, 7 + i * 2);
    }
}

/* Quarter circles in squares, each with its round corner somewhere else, in
 * three strengths: one path each, which is shorter than one a tile. */
static void draw_tiles(struct buf *out, struct chance *chance)
{
    static const char *const shapes[4] = {
        "h126a126 126 0 0 1-126 126z",
        "v126h126a126 126 0 0 0-126-126z",
        "v126h126v-126a126 126 0 0 1-126 0z",
        "h126v126a126 126 0 0 1-126-126z",
    };
    uint64_t turns = chance_next(chance), strengths = chance_next(chance);
    for (int strength = 0; strength < 3; strength++) {
        buf_printf(out, "<path opacity=\".%02d\" d=\"", 6 + strength * 5);
        for (int tile = 0; tile < 20; tile++) {
            int column = tile % 4, row = tile / 4;
            if ((row % 2 && column % 2 == 0) || (int)(strengths >> (3 * tile) & 7) % 3 != strength) continue;
            buf_printf(out, "M%d %d%s", 696 + column * 126, row * 126, shapes[turns >> (2 * tile) & 3]);
        }
        buf_add(out, S("\"/>"));
    }
}

static void (*const patterns[])(struct buf *, struct chance *) = {
    draw_bubbles, draw_rings, draw_bands, draw_hills, draw_tiles,
};
enum { PATTERNS = sizeof patterns / sizeof *patterns };

/* --- the title's lines --- */

enum {
    LINES_MAX = 3,
    CELLS_MAX = 28, /* of a line: 14 Hangul syllables */
    TEXT_BYTES_MAX = 250, /* marks without width could be without end */
};

struct lines {
    str line[LINES_MAX];
    int count;
    bool complete; /* all of the text is in them */
};

/* How much of `text` fits into `cells`: up to a blank, or in the middle of a
 * word that alone is too long. */
static ptrdiff_t line_length(str text, ptrdiff_t cells)
{
    ptrdiff_t at = 0, blank = 0;
    while (at < text.len) {
        ptrdiff_t start = at;
        utf8_next(text, &at);
        if (text.p[start] == ' ') blank = start;
        if (utf8_width(str_slice(text, 0, at)) > cells) return blank > 0 ? blank : start;
    }
    return text.len;
}

static struct lines wrap(str text, ptrdiff_t cells)
{
    struct lines lines = {0};
    text = str_trim(text);
    while (lines.count < LINES_MAX && text.len > 0) {
        ptrdiff_t length = line_length(text, cells);
        if (length == 0) length = text.len; /* cannot be: cells is at least 2 */
        lines.line[lines.count++] = str_trim(str_slice(text, 0, length));
        text = str_trim(str_from(text, length));
    }
    lines.complete = text.len == 0;
    return lines;
}

/* As few lines as can be, of about the same length. */
static struct lines wrap_balanced(str text)
{
    struct lines widest = wrap(text, CELLS_MAX);
    if (!widest.complete || widest.count <= 1) return widest;
    for (ptrdiff_t cells = utf8_width(text) / widest.count; cells < CELLS_MAX; cells++) {
        struct lines lines = wrap(text, cells < 2 ? 2 : cells);
        if (lines.complete && lines.count == widest.count) return lines;
    }
    return widest;
}

/* Bytes once escaped: &quot; is the longest. */
static int escaped_size(str character) { return strchr("&<>\"'", character.p[0]) ? 6 : (int)character.len; }

/* At most that many cells, and TEXT_BYTES_MAX bytes in the SVG; with an
 * ellipsis when something is cut. */
static str shortened(struct arena *arena, str text, ptrdiff_t cells)
{
    ptrdiff_t at = 0, end = 0;
    int bytes = 0;
    while (at < text.len) {
        ptrdiff_t start = at;
        utf8_next(text, &at);
        bytes += escaped_size(str_slice(text, start, at));
        if (bytes > TEXT_BYTES_MAX || utf8_width(str_slice(text, 0, at)) > cells) break;
        end = at;
    }
    if (end == text.len) return text;
    return str_concat(arena, str_trim(str_slice(text, 0, end)), S("…"));
}

static void draw_title(struct buf *out, str title)
{
    struct lines lines = wrap_balanced(title);
    ptrdiff_t widest = 1;
    for (int i = 0; i < lines.count; i++)
        if (utf8_width(lines.line[i]) > widest) widest = utf8_width(lines.line[i]);
    int size = (int)((WIDTH - 2 * MARGIN) * 2 / widest);
    if (size > 104) size = 104;
    int step = size * 128 / 100, y = HEIGHT - MARGIN - size / 8 - (lines.count - 1) * step;
    buf_printf(out, "<text fill=\"#fff\" font-size=\"%d\" font-weight=\"700\" letter-spacing=\"-1\">", size);
    for (int i = 0; i < lines.count; i++) {
        buf_printf(out, "<tspan x=\"%d\" y=\"%d\">", MARGIN, y + i * step);
        buf_xml(out, i == LINES_MAX - 1 && !lines.complete ? str_concat(out->arena, lines.line[i], S("…")) : lines.line[i]);
        buf_add(out, S("</tspan>"));
    }
    buf_add(out, S("</text>"));
}

/* --- the whole --- */

static void draw_label(struct buf *out, str label, const char *accent)
{
    buf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"56\" height=\"6\" rx=\"3\" fill=\"%s\"/>", MARGIN, MARGIN - 12, accent);
    if (str_empty(label)) return;
    buf_printf(out, "<text x=\"%d\" y=\"%d\" font-size=\"32\" font-weight=\"600\" fill=\"%s\">", MARGIN, MARGIN + 50, accent);
    buf_xml(out, shortened(out->arena, label, 36));
    buf_add(out, S("</text>"));
}

void cover_svg(struct buf *out, str seed, str title, str label)
{
    uint64_t hash = hash_str(seed);
    struct chance chance = {hash};
    int palette = chance_between(&chance, 0, PALETTES - 1);
    int pattern = chance_between(&chance, 0, PATTERNS - 1);
    const char *accent = palettes[palette].accent;
    int id = (int)(hash >> 48); /* several covers may stand in one document */
    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
               "height=\"%d\" font-family=\"Apple SD Gothic Neo,Pretendard,Noto Sans KR,Noto Sans "
               "CJK KR,Malgun Gothic,sans-serif\"><linearGradient id=\"g%04x\" x2=\"1\" y2=\"1\">"
               "<stop stop-color=\"%s\"/><stop offset=\"1\" stop-color=\"%s\"/></linearGradient>"
               "<path fill=\"url(#g%04x)\" d=\"M0 0h%dv%dH0z\"/><g fill=\"%s\" stroke=\"%s\" "
               "stroke-width=\"0\">",
               WIDTH, HEIGHT, WIDTH, HEIGHT, (unsigned)id, palettes[palette].from, palettes[palette].to, (unsigned)id, WIDTH,
               HEIGHT, accent, accent);
    patterns[pattern](out, &chance);
    buf_add(out, S("</g>"));
    draw_label(out, str_trim(label), accent);
    title = shortened(out->arena, str_trim(title), LINES_MAX * CELLS_MAX);
    if (!str_empty(title)) draw_title(out, title);
    buf_add(out, S("</svg>\n"));
}
