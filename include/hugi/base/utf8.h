/* utf8.h - characters, cells and normal forms (Unicode by utf8proc).
 *
 * Bytes are str.len; characters are what utf8_count counts; terminal cells
 * what utf8_width counts (a Hangul syllable is two).  Pure functions. */
#ifndef HUGI_BASE_UTF8_H
#define HUGI_BASE_UTF8_H

#include "base/buf.h"

#define RUNE_BAD 0xFFFDu

/* The character at *at, which moves behind it.  A bad byte gives RUNE_BAD and
 * moves by one.  *at must be < s.len. */
uint32_t utf8_next(str s, ptrdiff_t *at);
/* The character that ends before *at, which moves to its start (*at > 0). */
uint32_t utf8_before(str s, ptrdiff_t *at);
int utf8_encode(uint32_t rune, char out[4]);        /* bytes written: 1 to 4 */

/* Counting takes valid text; a stray continuation byte counts with the
 * character before it. */
ptrdiff_t utf8_count(str s);                        /* characters */
ptrdiff_t utf8_width(str s);                        /* terminal cells */
ptrdiff_t utf8_offset(str s, ptrdiff_t characters); /* byte offset of that character, at most s.len */

/* Offset of the first byte that is not valid UTF-8 or is NUL, or -1. */
ptrdiff_t utf8_invalid(str s);
bool utf8_is_ascii(str s);

/* NFC; the same bytes back (no copy) when `s` is ASCII or already NFC. */
str utf8_nfc(struct arena *arena, str s);
/* NFKC: compatible characters too ("Ⅳ" is "IV"). */
str utf8_nfkc(struct arena *arena, str s);
/* Unicode lower case, character by character (no folding). */
str utf8_lower(struct arena *arena, str s);
str utf8_upper(struct arena *arena, str s);
/* NFC + full case folding: the key under which names, tags and paths collide. */
str utf8_fold(struct arena *arena, str s);

bool rune_is_letter_or_digit(uint32_t rune);        /* categories L*, N* */
bool rune_is_mark(uint32_t rune);                   /* M* */
bool rune_is_space(uint32_t rune);                  /* Zs, tab, newlines, U+FEFF */
bool rune_is_punctuation(uint32_t rune);            /* P*, S* and ASCII punctuation */
bool rune_is_hangul(uint32_t rune);                 /* syllables and jamo */
bool rune_is_cjk(uint32_t rune);                    /* Hangul, Han, Kana, Bopomofo and their punctuation */

/* The address form of a name: NFC, Unicode lower case, every run of what is
 * not a letter, digit, mark or '_' (so also of '-') becomes one '-', trimmed of
 * '-'.  Zero-width characters and variation selectors leave no trace. */
str utf8_slug(struct arena *arena, str s);

#endif
