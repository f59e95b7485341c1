/* card_fonts.h - inside card/: which fonts there are, as fontconfig orders them. */
#ifndef HUGI_CARD_CARD_FONTS_H
#define HUGI_CARD_CARD_FONTS_H

#include "card/card.h"

enum card_weight { CARD_REGULAR, CARD_BOLD, CARD_WEIGHTS };
enum { CARD_NO_FONT = -1 };

struct card_font {
    const char *path;
    int index;              /* within a collection, and a variable font's instance above bit 16 */
    bool emoji;             /* a font of pictures */
};

ptrdiff_t card_font_count(const struct card_fonts *fonts, enum card_weight weight);
const struct card_font *card_font_at(const struct card_fonts *fonts, enum card_weight weight, ptrdiff_t at);
/* The first font that has the character, among those of pictures if `picture`; else CARD_NO_FONT. */
int card_font_for(const struct card_fonts *fonts, enum card_weight weight, uint32_t rune, bool picture);

#endif
