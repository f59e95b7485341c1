/* card_motif.h - inside card/: the drawing behind the text of a card without a photo. */
#ifndef HUGI_CARD_CARD_MOTIF_H
#define HUGI_CARD_CARD_MOTIF_H

#include "card_canvas.h"

enum { MOTIF_X = 700, MOTIF_WIDTH = 500, MOTIF_HEIGHT = 630 };

/* A lanyard and its badge, in five levels of coverage: MOTIF_WIDTH * MOTIF_HEIGHT bytes. */
void card_motif_draw(unsigned char *mask);

#endif
