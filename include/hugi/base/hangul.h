/* hangul.h - particles, syllables and reading time.  Pure functions. */
#ifndef HUGI_BASE_HANGUL_H
#define HUGI_BASE_HANGUL_H

#include "base/str.h"

enum hangul_final { HANGUL_FINAL_NONE, HANGUL_FINAL_RIEUL, HANGUL_FINAL_OTHER };

/* The sound a word ends in, also after digits (3 삼, 100 백), Latin letters as
 * Koreans read them, and signs that are spoken (% 퍼센트).  Closing quotes and
 * punctuation are skipped; so is what stands in round brackets behind a word,
 * which is not read: 케이콘(KCON)은.  Latin: a word that ends in a capital by
 * that letter's name (AWS 에스, URL 엘), else by its spelling: l and le 을, m n me
 * ne ng closed, c k p t b closed after one short vowel (Slack 슬랙, Summit 서밋),
 * anything else open (Redis 레디스, Cloud 클라우드). */
enum hangul_final hangul_final(str word);

/* The form of a particle after `word`.  `pair` is any of 은/는 이/가 을/를 와/과
 * 으로/로 (either half, or both with '/'); another text comes back unchanged. */
str hangul_josa(str word, str pair);

/* What reading time and counts are made of. */
struct text_counts {
    int64_t syllables;      /* Hangul syllables */
    int64_t words;          /* runs of other letters and digits */
    int64_t characters;     /* all but white space */
};
struct text_counts hangul_count(str text);

/* Whole minutes, rounded to the nearest, at least 1: syllables / 500 + words /
 * 238, + 3 s a photo (at most 12 counted), code at half speed. */
int hangul_reading_minutes(struct text_counts prose, struct text_counts code, int64_t photos);

#endif
