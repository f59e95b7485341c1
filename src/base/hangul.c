/* hangul.c - the sound a word ends in, particles, counts, reading time.
 *
 * A syllable U+AC00 + n ends in final n % 28 (0 none, 8 ㄹ).  What is no Hangul
 * is judged as Koreans read it aloud: digits by their numeral, capitals by the
 * letter's name (AWS 에이더블유에스), words by a few rules over their spelling
 * (Amazon 아마존, GitHub 깃허브).  The rules guess: a handful of names that they
 * get wrong are in a table. */
#include "base/hangul.h"

#include "base/utf8.h"

enum { SYLLABLE_FIRST = 0xAC00, SYLLABLE_LAST = 0xD7A3, FINALS = 28, RIEUL = 8 };

/* The character of three bytes at `at`, as syllables are; 0: there is none. */
static inline uint32_t three_bytes(str s, ptrdiff_t at)
{
    if (s.len - at < 3) return 0;
    const unsigned char *p = (const unsigned char *)s.p + at;
    bool good = (p[0] & 0xF0) == 0xE0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
    return good ? (uint32_t)((p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F)) : 0;
}

static bool is_syllable(uint32_t rune) { return rune >= SYLLABLE_FIRST && rune <= SYLLABLE_LAST; }

/* --- the end of a word ------------------------------------------------ */

/* Signs that are spoken: "100%" 퍼센트, "C++" 플러스, "C#" 샵. */
static const struct {
    uint32_t rune;
    enum hangul_final final;
} spoken_signs[] = {
    {'%', HANGUL_FINAL_NONE},    {'+', HANGUL_FINAL_NONE},    {'#', HANGUL_FINAL_OTHER},
    {'$', HANGUL_FINAL_NONE},    {0xB0, HANGUL_FINAL_NONE},   {0x20A9, HANGUL_FINAL_OTHER},
    {0x20AC, HANGUL_FINAL_NONE}, {0x2103, HANGUL_FINAL_NONE},
};

static bool find_sign(uint32_t rune, enum hangul_final *final)
{
    for (size_t i = 0; i < sizeof spoken_signs / sizeof *spoken_signs; i++)
        if (spoken_signs[i].rune == rune) {
            *final = spoken_signs[i].final;
            return true;
        }
    return false;
}

/* Where the last "(" stands that the ")" at the end of `word` closes, or -1. */
static ptrdiff_t find_open(str word)
{
    int depth = 0;
    for (ptrdiff_t at = word.len; at > 0;) {
        uint32_t rune = utf8_before(word, &at);
        if (rune == ')' || rune == 0xFF09) depth++;
        if ((rune == '(' || rune == 0xFF08) && --depth == 0) return at;
    }
    return -1;
}

static bool has_sound(str text)
{
    enum hangul_final unused;
    for (ptrdiff_t at = 0; at < text.len;) {
        uint32_t rune = utf8_next(text, &at);
        if (rune_is_letter_or_digit(rune) || find_sign(rune, &unused)) return true;
    }
    return false;
}

/* `word` up to its last sound.  What stands in round brackets behind a word is
 * not read, so the particle follows the word: 케이콘(KCON)은. */
static str cut_silent(str word)
{
    enum hangul_final unused;
    while (word.len > 0) {
        ptrdiff_t start = word.len;
        uint32_t rune = utf8_before(word, &start);
        if (rune == ')' || rune == 0xFF09) {
            ptrdiff_t open = find_open(word);
            str before = str_slice(word, 0, open);
            word = open > 0 && has_sound(before) ? before : str_slice(word, 0, start);
            continue;
        }
        if (rune_is_letter_or_digit(rune) || find_sign(rune, &unused)) break;
        word = str_slice(word, 0, start);
    }
    return word;
}

/* --- numbers ---------------------------------------------------------- */

/* By the last digit; behind zeros by the last unit.  십 백 천 만 억 경 and 영 all end in
 * a consonant, only 조 (10^12) does not. */
static enum hangul_final number_final(str word)
{
    static const enum hangul_final digits[] = {
        HANGUL_FINAL_OTHER /* 영 */, HANGUL_FINAL_RIEUL /* 일 */, HANGUL_FINAL_NONE /* 이 */,
        HANGUL_FINAL_OTHER /* 삼 */, HANGUL_FINAL_NONE /* 사 */,  HANGUL_FINAL_NONE /* 오 */,
        HANGUL_FINAL_OTHER /* 육 */, HANGUL_FINAL_RIEUL /* 칠 */, HANGUL_FINAL_RIEUL /* 팔 */,
        HANGUL_FINAL_NONE /* 구 */,
    };
    char last = word.p[word.len - 1];
    if (last != '0') return digits[last - '0'];
    int zeros = 0;
    ptrdiff_t i = word.len;
    while (i > 0 && (word.p[i - 1] == '0' || (word.p[i - 1] == ',' && zeros % 3 == 0))) {
        i--;
        zeros += word.p[i] == '0' && zeros < 100;
    }
    bool is_whole = i > 0 && char_is_digit(word.p[i - 1]);
    return is_whole && zeros >= 12 && zeros < 16 ? HANGUL_FINAL_NONE : HANGUL_FINAL_OTHER;
}

/* --- Latin letters ---------------------------------------------------- */

/* L 엘, R 알, M 엠, N 엔; the names of all others end in a vowel. */
static enum hangul_final letter_final(char c)
{
    switch (char_lower(c)) {
    case 'l':
    case 'r': return HANGUL_FINAL_RIEUL;
    case 'm':
    case 'n': return HANGUL_FINAL_OTHER;
    default: return HANGUL_FINAL_NONE;
    }
}

static bool is_vowel(char c)
{
    c = char_lower(c);
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Names whose reading the rules below miss.  Compared without case. */
static const struct {
    str name;
    enum hangul_final final;
} known_names[] = {
    {STR_INIT("naver"), HANGUL_FINAL_NONE},    {STR_INIT("line"), HANGUL_FINAL_OTHER},
    {STR_INIT("datadog"), HANGUL_FINAL_OTHER}, {STR_INIT("readme"), HANGUL_FINAL_NONE},
    {STR_INIT("private"), HANGUL_FINAL_OTHER}, {STR_INIT("type"), HANGUL_FINAL_OTHER},
    {STR_INIT("awskrug"), HANGUL_FINAL_NONE},  {STR_INIT("deep"), HANGUL_FINAL_OTHER},
};

/* A consonant that Korean keeps at the end of a syllable only after one short
 * vowel: Slack 슬랙, App 앱, Summit 서밋, Web 웹; but Network 네트워크, Meet 미트,
 * GitHub 허브.  "ou" and "oo" before t and k: Layout 레이아웃, Facebook 북. */
static bool is_stop_kept(str word)
{
    char last = char_lower(word.p[word.len - 1]);
    char before = word.len > 1 ? char_lower(word.p[word.len - 2]) : 'x';
    char third = word.len > 2 ? char_lower(word.p[word.len - 3]) : 'x';
    bool after_short_vowel = is_vowel(before) && !is_vowel(third);
    switch (last) {
    case 'c': return is_vowel(before);                          /* Basic 베이직 */
    case 'k': return before == 'c' || after_short_vowel || (third == 'o' && before == 'o');
    case 't': return after_short_vowel || (third == 'o' && before == 'u');
    case 'p': return after_short_vowel || (before == 'p' && is_vowel(third));
    case 'b': return after_short_vowel && before != 'u' && before != 'i';
    default: return false;
    }
}

/* A word in letters: by its last letter, behind which a silent e is dropped
 * after l, m and n (Google 구글, Chrome 크롬, Phone 폰). */
static enum hangul_final word_final(str word)
{
    for (size_t i = 0; i < sizeof known_names / sizeof *known_names; i++)
        if (str_equal_ascii_case(word, known_names[i].name)) return known_names[i].final;
    char last = word.p[word.len - 1];
    bool is_capital = last >= 'A' && last <= 'Z';
    if (is_capital || word.len == 1) return letter_final(last);
    if (last == 'e' && word.len > 2) {
        last = char_lower(word.p[word.len - 2]);
        if (last != 'l' && last != 'm' && last != 'n') return HANGUL_FINAL_NONE;
    }
    if (last == 'l') return HANGUL_FINAL_RIEUL;
    if (last == 'm' || last == 'n') return HANGUL_FINAL_OTHER;
    if (last == 'g')
        return word.p[word.len - 2] == 'n' ? HANGUL_FINAL_OTHER : HANGUL_FINAL_NONE;
    return is_stop_kept(word) ? HANGUL_FINAL_OTHER : HANGUL_FINAL_NONE;
}

/* --- particles -------------------------------------------------------- */

/* The end of a text decides, and 256 bytes hold every end: more would only let
 * a row of brackets cost time. */
static str last_part(str word)
{
    ptrdiff_t from = word.len > 256 ? word.len - 256 : 0;
    while (from > 0 && from < word.len && ((unsigned char)word.p[from] & 0xC0) == 0x80) from++;
    return str_from(word, from);
}

enum hangul_final hangul_final(str word)
{
    word = cut_silent(last_part(word));
    if (word.len == 0) return HANGUL_FINAL_NONE;
    ptrdiff_t start = word.len;
    uint32_t rune = utf8_before(word, &start);
    enum hangul_final final = HANGUL_FINAL_NONE;
    if (is_syllable(rune)) {
        uint32_t n = (rune - SYLLABLE_FIRST) % FINALS;
        return n == 0 ? HANGUL_FINAL_NONE : n == RIEUL ? HANGUL_FINAL_RIEUL : HANGUL_FINAL_OTHER;
    }
    if (rune < 0x80 && char_is_digit((char)rune)) return number_final(word);
    if (rune < 0x80 && char_is_alpha((char)rune)) {
        while (start > 0 && char_is_alpha(word.p[start - 1])) start--;
        return word_final(str_from(word, start));
    }
    if (find_sign(rune, &final)) return final;
    /* Finals of decomposed syllables, and consonants that stand alone. */
    if (rune == 0x11AF || rune == 0x3139) return HANGUL_FINAL_RIEUL;
    if ((rune >= 0x11A8 && rune <= 0x11FF) || (rune >= 0x3131 && rune <= 0x314E))
        return HANGUL_FINAL_OTHER;
    return HANGUL_FINAL_NONE;
}

static const struct {
    str both, closed, open;     /* closed: after a final; open: after a vowel */
} particles[] = {
    {STR_INIT("은/는"), STR_INIT("은"), STR_INIT("는")},
    {STR_INIT("이/가"), STR_INIT("이"), STR_INIT("가")},
    {STR_INIT("을/를"), STR_INIT("을"), STR_INIT("를")},
    {STR_INIT("와/과"), STR_INIT("과"), STR_INIT("와")},
    {STR_INIT("으로/로"), STR_INIT("으로"), STR_INIT("로")},
};

static bool is_reversed(str pair, str first, str second)
{
    return pair.len == first.len + second.len + 1 && str_starts(pair, first) &&
           str_ends(pair, second) && pair.p[first.len] == '/';
}

str hangul_josa(str word, str pair)
{
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        str closed = particles[i].closed, open = particles[i].open;
        if (!str_equal(pair, particles[i].both) && !str_equal(pair, closed) &&
            !str_equal(pair, open) && !is_reversed(pair, open, closed) &&
            !is_reversed(pair, closed, open))
            continue;
        enum hangul_final final = hangul_final(word);
        /* 로 follows ㄹ as it follows a vowel: 서울로, 3일로. */
        bool counts_rieul = !str_equal(open, S("로"));
        bool is_closed = final == HANGUL_FINAL_OTHER || (final == HANGUL_FINAL_RIEUL && counts_rieul);
        return is_closed ? closed : open;
    }
    return pair;
}

/* --- counts and reading time ------------------------------------------ */

static bool is_apostrophe(uint32_t rune) { return rune == '\'' || rune == 0x2019; }

/* A decomposed syllable counts once, by its initial; its vowel and final end
 * no word and begin none. */
static void count_rune(struct text_counts *counts, uint32_t rune, bool *in_word)
{
    if (rune_is_space(rune)) {
        *in_word = false;
        return;
    }
    counts->characters++;
    if (is_syllable(rune) || (rune >= 0x1100 && rune <= 0x115F)) {
        counts->syllables++;
        *in_word = false;
    } else if (rune_is_letter_or_digit(rune) && !(rune >= 0x1160 && rune <= 0x11FF)) {
        counts->words += !*in_word;
        *in_word = true;
    } else if (!rune_is_mark(rune) && !(*in_word && is_apostrophe(rune))) {
        *in_word = false;
    }
}

static bool is_word_byte(unsigned char c)
{
    return ((unsigned char)((c | 0x20) - 'a') < 26) | ((unsigned char)(c - '0') < 10);
}

static void count_character(struct text_counts *counts, str text, ptrdiff_t *at, bool *in_word)
{
    unsigned char c = (unsigned char)text.p[*at];
    if (c < 0x80) {
        counts->characters += !char_is_space((char)c);
        counts->words += is_word_byte(c) && !*in_word;
        *in_word = is_word_byte(c) || (*in_word && is_apostrophe(c));
        *at += 1;
    } else if (is_syllable(three_bytes(text, *at))) {
        counts->syllables++;
        counts->characters++;
        *in_word = false;
        *at += 3;
    } else {
        count_rune(counts, utf8_next(text, at), in_word);
    }
}

/* A block of bytes, with two before it.  Each is judged by itself and those two, and without a branch, so
 * that the compiler judges many at once; a syllable counts at its last byte.  False: there is something
 * else than ASCII and whole syllables, or an apostrophe, and nothing was counted. */
enum { BLOCK = 64 };

static bool count_block(const char *block, struct text_counts *counts)
{
    unsigned char other = 0, syllables = 0, signs = 0, words = 0;
    for (int i = 0; i < BLOCK; i++) {
        const unsigned char *p = (const unsigned char *)block + i;
        unsigned char c = p[0], before = p[-1], lead = p[-2];
        bool inside = (c & 0xC0) == 0x80, due = (before >= 0xEA) | (lead >= 0xEA);
        bool too_low = (lead == 0xEA) & (before < 0xB0);
        bool too_high = (lead == 0xED) & ((before > 0x9E) | ((before == 0x9E) & (c > 0xA3)));
        bool blank = (c == ' ') | ((unsigned char)(c - '\t') < 5);
        other |= (inside != due) | too_low | too_high | ((c >= 0xC0) & (c < 0xEA)) | (c > 0xED) | (c == '\'');
        syllables = (unsigned char)(syllables + (lead >= 0xEA));
        signs = (unsigned char)(signs + ((c < 0x80) & !blank));
        words = (unsigned char)(words + (is_word_byte(c) & !is_word_byte(before)));
    }
    if (other) return false;
    counts->syllables += syllables;
    counts->characters += syllables + signs;
    counts->words += words;
    return true;
}

/* Behind the blocks that could be counted at `at`, where a character starts, as one does there. */
static ptrdiff_t count_blocks(struct text_counts *counts, str text, ptrdiff_t at, bool *in_word)
{
    ptrdiff_t end = at;
    const unsigned char *p = (const unsigned char *)text.p;
    if (at < 2 || *in_word != is_word_byte(p[at - 1])) return at;
    while (text.len - end >= BLOCK && count_block(text.p + end, counts)) end += BLOCK;
    *in_word = is_word_byte(p[end - 1]);
    return end - (p[end - 1] >= 0xC0 ? 1 : p[end - 2] >= 0xC0 ? 2 : 0);
}

/* Nearly every byte of a report is a syllable's, a blank or a letter. */
struct text_counts hangul_count(str text)
{
    struct text_counts counts = {0};
    bool in_word = false;
    for (ptrdiff_t at = 0; at < text.len;) {
        at = count_blocks(&counts, text, at, &in_word);
        for (ptrdiff_t end = at + BLOCK; at < text.len && at < end;) count_character(&counts, text, &at, &in_word);
    }
    return counts;
}

/* In units of 1/119000 minute, so that 1/500, 1/238 and 3 seconds are whole. */
enum { UNITS_MINUTE = 500 * 238, UNITS_PHOTO = UNITS_MINUTE / 20, PHOTOS_MOST = 12 };

static int64_t clamp_count(int64_t n)
{
    const int64_t most = INT64_C(1000000000);
    return n < 0 ? 0 : n > most ? most : n;
}

static int64_t reading_units(struct text_counts counts)
{
    return clamp_count(counts.syllables) * 238 + clamp_count(counts.words) * 500;
}

int hangul_reading_minutes(struct text_counts prose, struct text_counts code, int64_t photos)
{
    int64_t seen = photos < 0 ? 0 : photos > PHOTOS_MOST ? PHOTOS_MOST : photos;
    int64_t units = reading_units(prose) + 2 * reading_units(code) + seen * UNITS_PHOTO;
    int64_t minutes = (units + UNITS_MINUTE / 2) / UNITS_MINUTE;
    return minutes < 1 ? 1 : (int)minutes;
}
