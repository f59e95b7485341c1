/* card_lines.h - inside card/: a text's glyphs, and where its lines end. */
#ifndef HUGI_CARD_CARD_LINES_H
#define HUGI_CARD_CARD_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Lengths are in ems: shaped once, a text may be set in any size. */
struct card_glyph {
    int font;               /* in the list of its weight */
    uint32_t id;
    uint32_t cluster;       /* glyphs of one cluster stay together */
    bool space;
    double advance, x, y;
};

struct card_run {
    struct card_glyph *glyphs;
    ptrdiff_t count;
};

/* A line is glyphs [from, to), blanks at its end left out. */
struct card_line {
    ptrdiff_t from, to;
    double width;           /* ems */
};

enum { CARD_LINES_MAX = 4 };
struct card_lines {
    struct card_line line[CARD_LINES_MAX];
    int count;
    bool whole;             /* nothing is left over */
    bool split;             /* a word is longer than a line */
    double size;            /* pixels an em */
};

/* A size, and how many lines of it there is room for. */
struct card_size {
    double size;
    int lines;
};

/* Breaks at blanks, and within a word only when it alone is too long. */
struct card_lines card_lines_break(const struct card_run *run, double width, int most);

/* The first size in which all of it fits without splitting a word, else the last; lines are of
 * about the same length.  When the last does not hold it either, the last line leaves `ellipsis`
 * (ems) free.  `width` is in pixels. */
struct card_lines card_lines_fit(const struct card_run *run, double width, const struct card_size *sizes, int count,
                                 double ellipsis);

#endif
