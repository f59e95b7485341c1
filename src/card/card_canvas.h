/* card_canvas.h - inside card/: a picture in the making, RGB of 8 bits. */
#ifndef HUGI_CARD_CARD_CANVAS_H
#define HUGI_CARD_CARD_CANVAS_H

#include "image/image.h"

struct card_color {
    unsigned char r, g, b;
};

static inline struct card_color card_rgb(uint32_t rgb)
{
    return (struct card_color){(unsigned char)(rgb >> 16), (unsigned char)(rgb >> 8), (unsigned char)rgb};
}

/* A shape: how much of each pixel it covers, 0 to 255; or pixels of its own. */
struct card_mask {
    const unsigned char *bytes;
    int width, height;
    ptrdiff_t stride;           /* bytes from row to row */
};

void canvas_fill(struct image_raster *canvas, struct card_color color);
void canvas_rectangle(struct image_raster *canvas, int x, int y, int width, int height, struct card_color color);
/* Coverage counts in 16 steps, so that what is drawn has few colours; `opacity` 0 to 255. */
void canvas_mask(struct image_raster *canvas, int x, int y, struct card_mask mask, struct card_color color, int opacity);
/* Blue, green, red, alpha, premultiplied, made smaller to `width` x `height`. */
void canvas_picture(struct image_raster *canvas, int x, int y, int width, int height, struct card_mask picture);
/* The photo fills the canvas, its overhang cut off alike on both sides. */
void canvas_photo(struct image_raster *canvas, const struct image_raster *photo);
/* Rows [0, count) take `shade[row]` (0 to 255) of black. */
void canvas_shade(struct image_raster *canvas, const unsigned char *shade);

#endif
