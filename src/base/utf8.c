/* utf8.c - decoding by hand (hot), Unicode's tables from utf8proc (rare).
 *
 * Nearly all text hugi sees is ASCII and precomposed Hangul, so every function
 * has a path for these that touches no table: eight bytes at a time where only
 * bytes count, ranges where characters do.
 *
 * Written in this order: decoding, counting, validity, what a rune is, normal
 * forms and case, the slug. */
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#define EVERY_BYTE(b) (UINT64_C(0x0101010101010101) * (b))

static inline uint64_t load8(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

static inline bool is_continuation(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

/* Bytes of the valid character at `p`, or 0: overlong forms, surrogates and
 * what lies above U+10FFFF are not valid. */
static inline int decode(const char *p, ptrdiff_t left, uint32_t *rune)
{
    uint32_t lead = (unsigned char)p[0];
    if (lead < 0x80) {
        *rune = lead;
        return 1;
    }
    if (lead < 0xC2 || left < 2 || !is_continuation(p[1])) return 0;
    uint32_t bits = (lead << 6) | ((unsigned char)p[1] & 0x3F);
    if (lead < 0xE0) {
        *rune = bits & 0x7FF;
        return 2;
    }
    if (left < 3 || !is_continuation(p[2])) return 0;
    bits = (bits << 6) | ((unsigned char)p[2] & 0x3F);
    if (lead < 0xF0) {
        *rune = bits & 0xFFFF;
        return *rune >= 0x800 && (*rune & 0xF800) != 0xD800 ? 3 : 0;
    }
    if (lead > 0xF4 || left < 4 || !is_continuation(p[3])) return 0;
    *rune = ((bits << 6) | ((unsigned char)p[3] & 0x3F)) & 0x1FFFFF;
    return *rune >= 0x10000 && *rune <= 0x10FFFF ? 4 : 0;
}

uint32_t utf8_next(str s, ptrdiff_t *at)
{
    uint32_t rune;
    int len = decode(s.p + *at, s.len - *at, &rune);
    *at += len ? len : 1;
    return len ? rune : RUNE_BAD;
}

uint32_t utf8_before(str s, ptrdiff_t *at)
{
    ptrdiff_t end = *at, start = end - 1;
    while (start > 0 && end - start < 4 && is_continuation(s.p[start])) start--;
    uint32_t rune = RUNE_BAD;
    if (decode(s.p + start, end - start, &rune) == end - start) {
        *at = start;
        return rune;
    }
    *at = end - 1;
    return RUNE_BAD;
}

int utf8_encode(uint32_t rune, char out[4])
{
    if (rune > 0x10FFFF || (rune & 0xFFFFF800u) == 0xD800) rune = RUNE_BAD;
    if (rune < 0x80) {
        out[0] = (char)rune;
        return 1;
    }
    if (rune < 0x800) {
        out[0] = (char)(0xC0 | (rune >> 6));
        out[1] = (char)(0x80 | (rune & 0x3F));
        return 2;
    }
    if (rune < 0x10000) {
        out[0] = (char)(0xE0 | (rune >> 12));
        out[1] = (char)(0x80 | ((rune >> 6) & 0x3F));
        out[2] = (char)(0x80 | (rune & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (rune >> 18));
    out[1] = (char)(0x80 | ((rune >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((rune >> 6) & 0x3F));
    out[3] = (char)(0x80 | (rune & 0x3F));
    return 4;
}

/* --- counting --------------------------------------------------------- */

/* How many of the eight bytes are continuation bytes (10xxxxxx). */
static inline ptrdiff_t continuations(uint64_t word)
{
    uint64_t ones = (word >> 7) & (~word >> 6) & EVERY_BYTE(1);
    return (ptrdiff_t)((ones * EVERY_BYTE(1)) >> 56);
}

ptrdiff_t utf8_count(str s)
{
    ptrdiff_t inner = 0, i = 0;
    for (; s.len - i >= 8; i += 8) inner += continuations(load8(s.p + i));
    for (; i < s.len; i++) inner += is_continuation(s.p[i]);
    return s.len - inner;
}

ptrdiff_t utf8_offset(str s, ptrdiff_t characters)
{
    ptrdiff_t i = 0;
    while (s.len - i >= 8 && characters > 8) {
        characters -= 8 - continuations(load8(s.p + i));
        i += 8;
    }
    while (i < s.len && (characters > 0 || is_continuation(s.p[i]))) {
        if (!is_continuation(s.p[i])) characters--;
        i++;
    }
    return i;
}

/* Hangul vowels and finals join the syllable before them; half-width forms
 * are CJK but one cell; pictographs newer than utf8proc's tables are two. */
static int rune_width(uint32_t rune)
{
    if (rune >= 0xAC00 && rune <= 0xD7A3) return 2;
    if ((rune >= 0x1160 && rune <= 0x11FF) || (rune >= 0xD7B0 && rune <= 0xD7FB)) return 0;
    if (rune >= 0x1FA70 && rune <= 0x1FAFF) return 2;
    if (rune_is_mark(rune)) return 0;
    return utf8proc_charwidth((utf8proc_int32_t)rune);
}

ptrdiff_t utf8_width(str s)
{
    ptrdiff_t cells = 0;
    for (ptrdiff_t at = 0; at < s.len;) {
        unsigned char c = (unsigned char)s.p[at];
        if (c < 0x80) {
            cells += c >= 0x20 && c < 0x7F;
            at++;
        } else {
            cells += rune_width(utf8_next(s, &at));
        }
    }
    return cells;
}

/* --- validity --------------------------------------------------------- */

/* A block of bytes behind at least three others.  Each byte is judged by itself and the three before
 * it, and without a branch, so that the compiler judges many at once. */
enum { BLOCK = 64 };

static bool is_valid_block(const char *block)
{
    unsigned char wrong = 0;
    for (int i = 0; i < BLOCK; i++) {
        const unsigned char *p = (const unsigned char *)block + i;
        unsigned char c = p[0], before = p[-1];
        bool inside = (c & 0xC0) == 0x80;
        bool due = (before >= 0xC0) | (p[-2] >= 0xE0) | (p[-3] >= 0xF0);
        bool overlong = ((before == 0xE0) & (c < 0xA0)) | ((before == 0xF0) & (c < 0x90));
        bool beyond = ((before == 0xED) & (c >= 0xA0)) | ((before == 0xF4) & (c >= 0x90));
        wrong |= (inside != due) | overlong | beyond | (c == 0) | ((c & 0xFE) == 0xC0) | (c > 0xF4);
    }
    return !wrong;
}

/* From the start of a character to that of the last one in the valid blocks that follow. */
static ptrdiff_t skip_valid_blocks(str s, ptrdiff_t at)
{
    ptrdiff_t end = at;
    while (s.len - end >= BLOCK && is_valid_block(s.p + end)) end += BLOCK;
    if (end == at) return at;
    do end--;
    while (is_continuation(s.p[end]));
    return end;
}

ptrdiff_t utf8_invalid(str s)
{
    for (ptrdiff_t i = 0; i < s.len;) {
        if (i >= 3) i = skip_valid_blocks(s, i);
        uint32_t rune;
        int len = decode(s.p + i, s.len - i, &rune);
        if (len == 0 || rune == 0) return i;
        i += len;
    }
    return -1;
}

bool utf8_is_ascii(str s)
{
    ptrdiff_t i = 0;
    for (; s.len - i >= 8; i += 8)
        if (load8(s.p + i) & EVERY_BYTE(0x80)) return false;
    for (; i < s.len; i++)
        if ((unsigned char)s.p[i] >= 0x80) return false;
    return true;
}

/* --- what a rune is --------------------------------------------------- */

static utf8proc_category_t category(uint32_t rune)
{
    return utf8proc_category((utf8proc_int32_t)rune);
}

bool rune_is_letter_or_digit(uint32_t rune)
{
    if (rune < 0x80) return char_is_alpha((char)rune) || char_is_digit((char)rune);
    if (rune >= 0xAC00 && rune <= 0xD7A3) return true;
    utf8proc_category_t is = category(rune);
    if (is == UTF8PROC_CATEGORY_CN) return rune_is_cjk(rune);   /* Han newer than the tables */
    return (is >= UTF8PROC_CATEGORY_LU && is <= UTF8PROC_CATEGORY_LO) ||
           (is >= UTF8PROC_CATEGORY_ND && is <= UTF8PROC_CATEGORY_NO);
}

bool rune_is_mark(uint32_t rune)
{
    if (rune < 0x300 || (rune >= 0xAC00 && rune <= 0xD7A3)) return false;
    utf8proc_category_t is = category(rune);
    return is >= UTF8PROC_CATEGORY_MN && is <= UTF8PROC_CATEGORY_ME;
}

bool rune_is_space(uint32_t rune)
{
    if (rune < 0x80) return char_is_space((char)rune);
    return rune == 0xA0 || rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) ||
           rune == 0x2028 || rune == 0x2029 || rune == 0x202F || rune == 0x205F ||
           rune == 0x3000 || rune == 0xFEFF;
}

bool rune_is_punctuation(uint32_t rune)
{
    if (rune < 0x80)
        return rune > 0x20 && rune < 0x7F && !char_is_alpha((char)rune) && !char_is_digit((char)rune);
    if (rune >= 0xAC00 && rune <= 0xD7A3) return false;
    utf8proc_category_t is = category(rune);
    return is >= UTF8PROC_CATEGORY_PC && is <= UTF8PROC_CATEGORY_SO;
}

bool rune_is_hangul(uint32_t rune)
{
    return (rune >= 0xAC00 && rune <= 0xD7A3) || (rune >= 0x1100 && rune <= 0x11FF) ||
           (rune >= 0x3131 && rune <= 0x318E) || (rune >= 0xA960 && rune <= 0xA97C) ||
           (rune >= 0xD7B0 && rune <= 0xD7FB) || (rune >= 0xFFA0 && rune <= 0xFFDC);
}

/* East Asian Width W, F or H, less what is shown as emoji, and all of Hangul
 * (Unicode 17).  Holes that hold no characters are closed; the others stay:
 * U+303F is half wide, U+3248..324F ambiguous, 🈁 and its like are emoji. */
static const struct {
    uint32_t first, last;
} cjk_ranges[] = {
    {0x1100, 0x11FF},   {0x20A9, 0x20A9},   {0x2329, 0x232A},   {0x2630, 0x2637},
    {0x268A, 0x268F},   {0x2E80, 0x303E},   {0x3041, 0x3247},   {0x3250, 0xA4C6},
    {0xA960, 0xA97C},   {0xAC00, 0xD7FB},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},
    {0xFE30, 0xFE6B},   {0xFF01, 0xFFEE},   {0x16FE0, 0x16FF6}, {0x17000, 0x18DF2},
    {0x1AFF0, 0x1B2FB}, {0x1D300, 0x1D356}, {0x1D360, 0x1D376}, {0x1F200, 0x1F200},
    {0x1F202, 0x1F219}, {0x1F21B, 0x1F22E}, {0x1F230, 0x1F231}, {0x1F237, 0x1F237},
    {0x1F23B, 0x1F248}, {0x1F260, 0x1F265}, {0x20000, 0x3FFFD},
};

bool rune_is_cjk(uint32_t rune)
{
    if (rune < 0x1100) return false;
    size_t low = 0, high = sizeof cjk_ranges / sizeof *cjk_ranges;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune < cjk_ranges[middle].first)
            high = middle;
        else if (rune > cjk_ranges[middle].last)
            low = middle + 1;
        else
            return true;
    }
    return false;
}

/* --- normal forms and case -------------------------------------------- */

/* Ranges in which no character changes under NFC, alone or beside another:
 * enough to let nearly every text through without a table. */
static bool is_surely_nfc(uint32_t rune)
{
    return rune < 0x300 || (rune >= 0xAC00 && rune <= 0xD7A3) ||
           (rune >= 0x2010 && rune <= 0x205E) || (rune >= 0x2190 && rune <= 0x2328) ||
           (rune >= 0x2460 && rune <= 0x27BF) || (rune >= 0x3000 && rune <= 0x3029) ||
           (rune >= 0x3041 && rune <= 0x3096) || (rune >= 0x30A0 && rune <= 0x318E) ||
           (rune >= 0x3400 && rune <= 0x9FFF) || (rune >= 0xFE00 && rune <= 0xFE0F) ||
           (rune >= 0xFF01 && rune <= 0xFFEE) || (rune >= 0x1F000 && rune <= 0x1FAFF);
}

static bool is_quickly_nfc(str s)
{
    if (utf8_is_ascii(s)) return true;
    for (ptrdiff_t at = 0; at < s.len;)
        if (!is_surely_nfc(utf8_next(s, &at))) return false;
    return true;
}

/* utf8proc writes runes into an array that it then packs to UTF-8 in place.
 * Text that is not valid UTF-8 comes back as it is. */
static str map_form(struct arena *arena, str s, utf8proc_option_t options)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)s.p;
    utf8proc_ssize_t count = utf8proc_decompose(bytes, s.len, NULL, 0, options);
    if (count < 0) return s;
    utf8proc_int32_t *runes = ARENA_NEWS(arena, utf8proc_int32_t, count + 1);
    count = utf8proc_decompose(bytes, s.len, runes, count, options);
    if (count >= 0) count = utf8proc_reencode(runes, count, options);
    return count < 0 ? s : str_of((const char *)runes, count);
}

str utf8_nfc(struct arena *arena, str s)
{
    if (is_quickly_nfc(s)) return s;
    str form = map_form(arena, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return str_equal(form, s) ? s : form;
}

str utf8_nfkc(struct arena *arena, str s)
{
    return utf8_is_ascii(s) ? s : map_form(arena, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
}

/* ASCII, Hangul syllables, punctuation, Kana and Han have no case but ASCII's, and nothing beside
 * them composes: nearly every Korean text. */
static bool folds_as_ascii(str s)
{
    for (ptrdiff_t at = 0; at < s.len;) {
        uint32_t rune = utf8_next(s, &at);
        bool caseless = rune < 0x80 || (rune >= 0xAC00 && rune <= 0xD7A3) || (rune >= 0x2010 && rune <= 0x205E) ||
                        (rune >= 0x3000 && rune <= 0x3029) || (rune >= 0x3041 && rune <= 0x3096) || (rune >= 0x3400 && rune <= 0x9FFF);
        if (!caseless) return false;
    }
    return true;
}

str utf8_fold(struct arena *arena, str s)
{
    if (folds_as_ascii(s)) return str_lower_ascii(arena, s);
    return map_form(arena, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

/* Hangul, Han and Kana have no case. */
static uint32_t rune_lower(uint32_t rune)
{
    if (rune < 0x80) return (unsigned char)char_lower((char)rune);
    if (rune >= 0xAC00 && rune <= 0xD7A3) return rune;
    return rune_is_cjk(rune) && rune < 0xFF00 ? rune
                                              : (uint32_t)utf8proc_tolower((utf8proc_int32_t)rune);
}

static uint32_t rune_upper(uint32_t rune)
{
    if (rune < 0x80) return rune >= 'a' && rune <= 'z' ? rune - 32 : rune;
    return rune_is_cjk(rune) && rune < 0xFF00 ? rune
                                              : (uint32_t)utf8proc_toupper((utf8proc_int32_t)rune);
}

/* Bad bytes stay what they are. */
static str map_runes(struct arena *arena, str s, uint32_t (*map)(uint32_t))
{
    struct buf out = buf_in(arena);
    buf_reserve(&out, s.len);
    for (ptrdiff_t at = 0; at < s.len;) {
        ptrdiff_t from = at;
        uint32_t rune = utf8_next(s, &at), mapped = map(rune);
        if (mapped == rune)
            buf_add(&out, str_slice(s, from, at));
        else
            buf_rune(&out, mapped);
    }
    return buf_str(&out);
}

str utf8_lower(struct arena *arena, str s)
{
    if (utf8_is_ascii(s)) return str_lower_ascii(arena, s);
    return map_runes(arena, s, rune_lower);
}

str utf8_upper(struct arena *arena, str s) { return map_runes(arena, s, rune_upper); }

/* --- the slug --------------------------------------------------------- */

/* Variation selectors, joiners and keycap rings are seen as part of an emoji:
 * in an address they would be invisible. */
static bool is_invisible(uint32_t rune)
{
    return (rune >= 0x200B && rune <= 0x200F) || (rune >= 0xFE00 && rune <= 0xFE0F) ||
           rune == 0xAD || rune == 0x2060 || rune == 0x20E3 || rune == 0xFEFF ||
           (rune >= 0xE0000 && rune <= 0xE01EF);
}

str utf8_slug(struct arena *arena, str s)
{
    s = utf8_nfc(arena, s);
    struct buf out = buf_in(arena);
    buf_reserve(&out, s.len);
    bool gap = false;
    for (ptrdiff_t at = 0; at < s.len;) {
        uint32_t rune = utf8_next(s, &at);
        if (is_invisible(rune)) continue;
        if (rune != '_' && !rune_is_letter_or_digit(rune) && !rune_is_mark(rune)) {
            gap = true;
            continue;
        }
        if (gap && out.len > 0) buf_char(&out, '-');
        gap = false;
        buf_rune(&out, rune_lower(rune));
    }
    return buf_str(&out);
}
