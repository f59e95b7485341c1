/* card_text.h - inside card/: text to glyphs, and glyphs onto a canvas. */
#ifndef HUGI_CARD_CARD_TEXT_H
#define HUGI_CARD_CARD_TEXT_H

#include "card_canvas.h"
#include "card_fonts.h"
#include "card_lines.h"

/* Fonts opened for one thread. */
struct card_pen;
struct card_pen *card_pen_new(const struct card_fonts *fonts);
void card_pen_free(struct card_pen *pen);

struct card_style {
    double size;                /* pixels an em */
    struct card_color color;
    int opacity;                /* 0 to 255 */
};

/* The glyphs of one line of text; runes that no font has are left out. */
struct card_run card_text_shape(struct card_pen *pen, enum card_weight weight, str text, struct arena *arena);
double card_run_width(const struct card_run *run);
/* Draws glyphs [from, to) from `x` on at the base line `y`; returns where the next would stand. */
double card_text_draw(struct card_pen *pen, enum card_weight weight, const struct card_run *run, ptrdiff_t from, ptrdiff_t to,
                      struct image_raster *canvas, double x, int y, const struct card_style *style);

#endif
