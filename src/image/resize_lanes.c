/* resize_lanes.c - sums of 16-bit products: plain C, then SSE2, then AVX2.
 *
 * All three add the same int32 products, only in another order, and a sum
 * cannot overflow (weights add up to 1, in absolute value to less than 2). */
#include "resize_lanes.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAS_X86_LANES 1
#include <immintrin.h>
#endif

/* --- plain C --- */

static int16_t pack(int sum)
{
    int x = (sum + WEIGHT_ONE / 2) >> WEIGHT_BITS;
    return (int16_t)(x < INT16_MIN ? INT16_MIN : x > INT16_MAX ? INT16_MAX : x);
}

static void plain_across(const int16_t *in, const int *starts, const int16_t *weights, int taps, int count, int16_t *out)
{
    for (int x = 0; x < count; x++, weights += taps) {
        int sum = 0;
        for (int i = 0; i < taps; i++) sum += in[starts[x] + i] * weights[i];
        out[x] = pack(sum);
    }
}

static void plain_down(const int16_t *const *rows, const int16_t *weights, int count, ptrdiff_t columns, int16_t *out)
{
    for (ptrdiff_t x = 0; x < columns; x++) {
        int sum = 0;
        for (int i = 0; i < count; i++) sum += rows[i][x] * weights[i];
        out[x] = pack(sum);
    }
}

static const struct lanes plain = {plain_across, plain_down};

const struct lanes *lanes_plain(void) { return &plain; }

#if !defined(HAS_X86_LANES)

const struct lanes *lanes_choose(void) { return &plain; }

#else

/* Two neighbouring weights, for the two rows that are interleaved. */
static inline int weight_pair(const int16_t *weights)
{
    int pair;
    memcpy(&pair, weights, sizeof pair);
    return pair;
}

/* --- SSE2: every x86-64 has it --- */

static inline __m128i load8(const int16_t *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }

static inline __m128i sse2_dot(const int16_t *in, const int16_t *weights, int taps)
{
    __m128i sum = _mm_madd_epi16(load8(in), load8(weights));
    for (int i = 8; i < taps; i += 8) sum = _mm_add_epi32(sum, _mm_madd_epi16(load8(in + i), load8(weights + i)));
    return sum;
}

static inline __m128i sse2_four(const int16_t *in, const int *starts, const int16_t *weights, int taps)
{
    __m128i a = sse2_dot(in + starts[0], weights, taps);
    __m128i b = sse2_dot(in + starts[1], weights + taps, taps);
    __m128i c = sse2_dot(in + starts[2], weights + 2 * taps, taps);
    __m128i d = sse2_dot(in + starts[3], weights + 3 * taps, taps);
    __m128i ab = _mm_add_epi32(_mm_unpacklo_epi32(a, b), _mm_unpackhi_epi32(a, b));
    __m128i cd = _mm_add_epi32(_mm_unpacklo_epi32(c, d), _mm_unpackhi_epi32(c, d));
    __m128i sum = _mm_add_epi32(_mm_unpacklo_epi64(ab, cd), _mm_unpackhi_epi64(ab, cd));
    return _mm_srai_epi32(_mm_add_epi32(sum, _mm_set1_epi32(WEIGHT_ONE / 2)), WEIGHT_BITS);
}

static void sse2_across(const int16_t *in, const int *starts, const int16_t *weights, int taps, int count, int16_t *out)
{
    for (int x = 0; x < count; x += LANES_ACROSS, weights += (ptrdiff_t)LANES_ACROSS * taps) {
        __m128i low = sse2_four(in, starts + x, weights, taps);
        __m128i high = sse2_four(in, starts + x + 4, weights + 4 * taps, taps);
        _mm_storeu_si128((__m128i *)(void *)(out + x), _mm_packs_epi32(low, high));
    }
}

static inline void sse2_down_eight(const int16_t *const *rows, const int16_t *weights, int count, ptrdiff_t x, int16_t *out)
{
    __m128i low = _mm_set1_epi32(WEIGHT_ONE / 2), high = low;
    for (int i = 0; i < count; i += 2) {
        __m128i a = load8(rows[i] + x), b = load8(rows[i + 1] + x);
        __m128i w = _mm_set1_epi32(weight_pair(weights + i));
        low = _mm_add_epi32(low, _mm_madd_epi16(_mm_unpacklo_epi16(a, b), w));
        high = _mm_add_epi32(high, _mm_madd_epi16(_mm_unpackhi_epi16(a, b), w));
    }
    low = _mm_srai_epi32(low, WEIGHT_BITS);
    high = _mm_srai_epi32(high, WEIGHT_BITS);
    _mm_storeu_si128((__m128i *)(void *)(out + x), _mm_packs_epi32(low, high));
}

static void sse2_down(const int16_t *const *rows, const int16_t *weights, int count, ptrdiff_t columns, int16_t *out)
{
    for (ptrdiff_t x = 0; x < columns; x += 8) sse2_down_eight(rows, weights, count, x, out);
}

static const struct lanes sse2 = {sse2_across, sse2_down};

/* --- AVX2: twice as wide --- */

#define AVX2 __attribute__((target("avx2")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

AVX2_INLINE __m256i load8_twice(const int16_t *low, const int16_t *high)
{
    return _mm256_inserti128_si256(_mm256_castsi128_si256(load8(low)), load8(high), 1);
}

/* Two results: one in each half. */
AVX2_INLINE __m256i avx2_two(const int16_t *in, const int *starts, const int16_t *weights, int taps)
{
    const int16_t *a = in + starts[0], *b = in + starts[1];
    __m256i sum = _mm256_setzero_si256();
    for (int i = 0; i < taps; i += 8)
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(load8_twice(a + i, b + i), load8_twice(weights + i, weights + taps + i)));
    return sum;
}

AVX2_INLINE void avx2_across_taps(const int16_t *in, const int *starts, const int16_t *weights, int taps, int count,
                                  int16_t *out)
{
    for (int x = 0; x < count; x += LANES_ACROSS, weights += (ptrdiff_t)LANES_ACROSS * taps) {
        __m256i a = avx2_two(in, starts + x, weights, taps);
        __m256i b = avx2_two(in, starts + x + 2, weights + 2 * taps, taps);
        __m256i c = avx2_two(in, starts + x + 4, weights + 4 * taps, taps);
        __m256i d = avx2_two(in, starts + x + 6, weights + 6 * taps, taps);
        /* Halves: results 0 2 4 6 and 1 3 5 7. */
        __m256i sum = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
        sum = _mm256_add_epi32(sum, _mm256_set1_epi32(WEIGHT_ONE / 2));
        sum = _mm256_srai_epi32(sum, WEIGHT_BITS);
        __m128i even = _mm256_castsi256_si128(sum), odd = _mm256_extracti128_si256(sum, 1);
        __m128i packed = _mm_packs_epi32(_mm_unpacklo_epi32(even, odd), _mm_unpackhi_epi32(even, odd));
        _mm_storeu_si128((__m128i *)(void *)(out + x), packed);
    }
}

/* The common counts as constants, so that the inner loop unrolls. */
AVX2 static void avx2_across(const int16_t *in, const int *starts, const int16_t *weights, int taps, int count, int16_t *out)
{
    switch (taps) {
    case 8: avx2_across_taps(in, starts, weights, 8, count, out); break;
    case 16: avx2_across_taps(in, starts, weights, 16, count, out); break;
    case 24: avx2_across_taps(in, starts, weights, 24, count, out); break;
    default: avx2_across_taps(in, starts, weights, taps, count, out); break;
    }
}

AVX2 static void avx2_down(const int16_t *const *rows, const int16_t *weights, int count, ptrdiff_t columns, int16_t *out)
{
    for (ptrdiff_t x = 0; x < columns; x += LANES_DOWN) {
        __m256i low = _mm256_set1_epi32(WEIGHT_ONE / 2), high = low;
        for (int i = 0; i < count; i += 2) {
            __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(rows[i] + x));
            __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(rows[i + 1] + x));
            __m256i w = _mm256_set1_epi32(weight_pair(weights + i));
            low = _mm256_add_epi32(low, _mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), w));
            high = _mm256_add_epi32(high, _mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), w));
        }
        low = _mm256_srai_epi32(low, WEIGHT_BITS);
        high = _mm256_srai_epi32(high, WEIGHT_BITS);
        _mm256_storeu_si256((__m256i *)(void *)(out + x), _mm256_packs_epi32(low, high));
    }
}

static const struct lanes avx2 = {avx2_across, avx2_down};

const struct lanes *lanes_choose(void) { return __builtin_cpu_supports("avx2") ? &avx2 : &sse2; }

#endif
