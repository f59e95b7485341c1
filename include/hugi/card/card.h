/* card.h - social cards: what a link to a page looks like where it is shared.
 *
 * 1200 x 630, the page's title over its photo or over a drawn ground.  Bytes
 * out; knows nothing of pages.  Text is set by HarfBuzz and drawn by FreeType
 * with the fonts that fontconfig finds: the same fonts give the same bytes.
 *
 *     fonts = card_fonts_open(...)            serial, once: a few milliseconds
 *     artist = card_artist_new(fonts)         one per worker; fonts are opened when first used
 *     card_draw(artist, &card, ...)
 *     card_artist_free, card_fonts_close
 *
 * Letters run from left to right; what no font has is left out. */
#ifndef HUGI_CARD_CARD_H
#define HUGI_CARD_CARD_H

#include "base/buf.h"
#include "base/hash.h"
#include "image/image.h"

enum { CARD_WIDTH = 1200, CARD_HEIGHT = 630 };

/* Texts are plain, and may be empty. */
struct card {
    str title;
    str label;              /* above the title: the event */
    str author, date;       /* below, on the left */
    str site;               /* ... and on the right */
    str seed;               /* decides the colour of a drawn ground; "": the theme's own */
    bool photo;             /* there is a picture to lay the text on */
};

/* PNG, which is small and sharp for few colours; JPEG over photos and with emoji. */
enum image_kind card_format(const struct card *card);
/* All that decides how it looks, fonts and the photo aside. */
hash128 card_key(const struct card *card);

struct card_fonts;
/* `family`: a font's name, or "" for the system's for Korean.  NULL: there is none that has Hangul.
 * *other: another family was found instead of the one asked for. */
struct card_fonts *card_fonts_open(struct arena *arena, str family, bool *other);
hash128 card_fonts_identity(const struct card_fonts *fonts);
/* The first character of a card's texts that no font has, with what is joined to it; it would be left out.  False: there is none. */
bool card_fonts_lack(const struct card_fonts *fonts, const struct card *card, str *out);
void card_fonts_close(struct card_fonts *fonts);

struct card_artist;
struct card_artist *card_artist_new(const struct card_fonts *fonts);
void card_artist_free(struct card_artist *artist);
/* `photo`: bytes that image_make made; where they cannot be read, the ground is drawn.  False: *error says why. */
bool card_draw(struct card_artist *artist, const struct card *card, str photo, struct arena *arena, str *out, str *error);

#endif
