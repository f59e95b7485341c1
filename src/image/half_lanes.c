/* half_lanes.c - sums of 16-bit products: plain C, then SSE2.
 *
 * Both add the same int32 products, only in another order, and no sum overflows: the weights add up to 1, in
 * absolute value to less than 2. */
#include "half_lanes.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { PAIRS = HALF_TAPS / 2, WEIGHT_BITS = 14, SCALE_BITS = 6 };
enum { DOWN_BITS = WEIGHT_BITS - SCALE_BITS, ACROSS_BITS = WEIGHT_BITS + SCALE_BITS };

/* From the outermost to the middle; 1.0 = 1 << WEIGHT_BITS for both halves together.  Least squares: even up to
 * 0.18 of the sampling frequency, nothing from 0.32 on. */
static const int16_t weights[PAIRS] = {251, 300, -812, -1110, 2391, 7172};

/* --- plain C --- */

static void plain_down(const unsigned char *const rows[HALF_TAPS], ptrdiff_t columns, int16_t *out)
{
    for (ptrdiff_t x = 0; x < columns; x++) {
        int sum = 1 << (DOWN_BITS - 1);
        for (int i = 0; i < PAIRS; i++) sum += weights[i] * (rows[i][x] + rows[HALF_TAPS - 1 - i][x]);
        out[x] = (int16_t)(sum >> DOWN_BITS);
    }
}

static void plain_across(const int16_t *in, ptrdiff_t columns, unsigned char *out)
{
    for (ptrdiff_t x = 0; x < columns; x++, in += 2) {
        int sum = 1 << (ACROSS_BITS - 1);
        for (int i = 0; i < PAIRS; i++) sum += weights[i] * in[i] + weights[i] * in[HALF_TAPS - 1 - i];
        sum >>= ACROSS_BITS;
        out[x] = (unsigned char)(sum < 0 ? 0 : sum > 255 ? 255 : sum);
    }
}

static const struct half_lanes plain = {plain_down, plain_across};

const struct half_lanes *half_lanes_plain(void) { return &plain; }

#ifndef __SSE2__

const struct half_lanes *half_lanes_choose(void) { return &plain; }

#else

/* --- SSE2: every x86-64 has it --- */

static inline __m128i load16(const int16_t *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }

/* Sixteen samples of row `i` plus those of the one as far from the other end, in two halves. */
struct words {
    __m128i low, high;
};

static inline struct words sum_of_ends(const unsigned char *const rows[HALF_TAPS], int i, ptrdiff_t x)
{
    __m128i zero = _mm_setzero_si128();
    __m128i a = _mm_loadu_si128((const __m128i *)(const void *)(rows[i] + x));
    __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(rows[HALF_TAPS - 1 - i] + x));
    return (struct words){_mm_add_epi16(_mm_unpacklo_epi8(a, zero), _mm_unpacklo_epi8(b, zero)),
                          _mm_add_epi16(_mm_unpackhi_epi8(a, zero), _mm_unpackhi_epi8(b, zero))};
}

/* Two neighbouring weights in every lane. */
static inline __m128i weight_pair(int16_t first, int16_t second)
{
    return _mm_set_epi16(second, first, second, first, second, first, second, first);
}

struct sums {
    __m128i low, high;
};

static inline struct sums add_products(struct sums sums, __m128i a, __m128i b, __m128i pair)
{
    return (struct sums){_mm_add_epi32(sums.low, _mm_madd_epi16(_mm_unpacklo_epi16(a, b), pair)),
                         _mm_add_epi32(sums.high, _mm_madd_epi16(_mm_unpackhi_epi16(a, b), pair))};
}

static inline void store_sums(struct sums sums, int16_t *out)
{
    __m128i packed = _mm_packs_epi32(_mm_srai_epi32(sums.low, DOWN_BITS), _mm_srai_epi32(sums.high, DOWN_BITS));
    _mm_storeu_si128((__m128i *)(void *)out, packed);
}

static void sse2_down(const unsigned char *const rows[HALF_TAPS], ptrdiff_t columns, int16_t *out)
{
    const unsigned char *from[HALF_TAPS]; /* here, because what is stored may be anything for the compiler */
    __m128i half = _mm_set1_epi32(1 << (DOWN_BITS - 1)), pairs[PAIRS / 2];
    memcpy(from, rows, sizeof from);
    for (int i = 0; i < PAIRS / 2; i++) pairs[i] = weight_pair(weights[2 * i], weights[2 * i + 1]);
    for (ptrdiff_t x = 0; x < columns; x += HALF_COLUMNS) {
        struct sums left = {half, half}, right = left;
        for (int i = 0; i < PAIRS / 2; i++) {
            struct words a = sum_of_ends(from, 2 * i, x), b = sum_of_ends(from, 2 * i + 1, x);
            left = add_products(left, a.low, b.low, pairs[i]);
            right = add_products(right, a.high, b.high, pairs[i]);
        }
        store_sums(left, out + x);
        store_sums(right, out + x + HALF_COLUMNS / 2);
    }
}

/* Four results: neighbouring samples lie in one lane. */
static inline __m128i sse2_four(const int16_t *in, const __m128i pairs[PAIRS])
{
    __m128i sum = _mm_set1_epi32(1 << (ACROSS_BITS - 1));
    for (int i = 0; i < PAIRS; i++) sum = _mm_add_epi32(sum, _mm_madd_epi16(load16(in + 2 * i), pairs[i]));
    return _mm_srai_epi32(sum, ACROSS_BITS);
}

static void sse2_across(const int16_t *in, ptrdiff_t columns, unsigned char *out)
{
    __m128i pairs[PAIRS];
    for (int i = 0; i < PAIRS / 2; i++) {
        pairs[i] = weight_pair(weights[2 * i], weights[2 * i + 1]);
        pairs[PAIRS - 1 - i] = weight_pair(weights[2 * i + 1], weights[2 * i]);
    }
    for (ptrdiff_t x = 0; x < columns; x += HALF_COLUMNS, in += 2 * HALF_COLUMNS) {
        __m128i left = _mm_packs_epi32(sse2_four(in, pairs), sse2_four(in + 8, pairs));
        __m128i right = _mm_packs_epi32(sse2_four(in + 16, pairs), sse2_four(in + 24, pairs));
        _mm_storeu_si128((__m128i *)(void *)(out + x), _mm_packus_epi16(left, right));
    }
}

static const struct half_lanes sse2 = {sse2_down, sse2_across};

const struct half_lanes *half_lanes_choose(void) { return &sse2; }

#endif
