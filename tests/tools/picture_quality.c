/* picture_quality.c - how far hugi's variant and another program's are from a reference, at equal bytes.
 *
 *     picture_quality ORIGINAL REFERENCE PEER
 *
 * PEER is a JPEG or WebP that another program made of ORIGINAL; REFERENCE is the same size without
 * loss.  Variants of that size and format are made by hugi at the two qualities whose bytes enclose
 * PEER's, and their distances interpolated to it.  Prints
 *     BYTES  DISTANCE-OF-PEER  DISTANCE-OF-HUGI  QUALITY
 * DISTANCE is 1 / SSIM - 1, times a million: the mean over three scales (each half of the one before)
 * of light (6 of 8) and the two differences of colour (1 each), with a Gaussian window of 11 samples.
 * 0 is the reference itself.  Written: planes, SSIM, distance, the search for the quality. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "image/image.h"

enum { PLANES = 3, SCALES = 3, REACH = 5, WINDOW = 2 * REACH + 1 };

struct plane {
    int width, height;
    float *samples;
};

static struct plane plane_new(int width, int height)
{
    return (struct plane){width, height, memory_alloc((size_t)width * (size_t)height * sizeof(float))};
}

static ptrdiff_t plane_count(const struct plane *plane) { return (ptrdiff_t)plane->width * plane->height; }

static void to_planes(const struct image_raster *raster, struct plane planes[PLANES])
{
    for (int i = 0; i < PLANES; i++) planes[i] = plane_new(raster->width, raster->height);
    const unsigned char *p = raster->rgb;
    for (ptrdiff_t i = 0; i < plane_count(&planes[0]); i++, p += 3) {
        float light = 0.299f * p[0] + 0.587f * p[1] + 0.114f * p[2];
        planes[0].samples[i] = light;
        planes[1].samples[i] = 0.564f * (p[2] - light);
        planes[2].samples[i] = 0.713f * (p[0] - light);
    }
}

static void halve(struct plane *plane)
{
    struct plane half = plane_new(plane->width / 2, plane->height / 2);
    for (int y = 0; y < half.height; y++)
        for (int x = 0; x < half.width; x++) {
            const float *p = plane->samples + (ptrdiff_t)2 * y * plane->width + 2 * x;
            half.samples[(ptrdiff_t)y * half.width + x] = (p[0] + p[1] + p[plane->width] + p[plane->width + 1]) / 4;
        }
    free(plane->samples);
    *plane = half;
}

static void blur_line(const float *in, float *out, int count, ptrdiff_t step, const float weights[WINDOW])
{
    for (int i = 0; i < count; i++) {
        float sum = 0;
        for (int k = -REACH; k <= REACH; k++) {
            int at = i + k < 0 ? 0 : i + k >= count ? count - 1 : i + k;
            sum += in[at * step] * weights[k + REACH];
        }
        out[i * step] = sum;
    }
}

static void blur(struct plane *plane)
{
    float weights[WINDOW], sum = 0;
    for (int k = -REACH; k <= REACH; k++) sum += weights[k + REACH] = expf(-(float)(k * k) / (2 * 1.5f * 1.5f));
    for (int k = 0; k < WINDOW; k++) weights[k] /= sum;
    struct plane across = plane_new(plane->width, plane->height);
    for (int y = 0; y < plane->height; y++)
        blur_line(plane->samples + (ptrdiff_t)y * plane->width, across.samples + (ptrdiff_t)y * plane->width, plane->width, 1, weights);
    for (int x = 0; x < plane->width; x++) blur_line(across.samples + x, plane->samples + x, plane->height, plane->width, weights);
    free(across.samples);
}

/* The blurred product of two planes. */
static struct plane moment(const struct plane *a, const struct plane *b)
{
    struct plane product = plane_new(a->width, a->height);
    for (ptrdiff_t i = 0; i < plane_count(a); i++) product.samples[i] = a->samples[i] * (b ? b->samples[i] : 1);
    blur(&product);
    return product;
}

static double plane_ssim(const struct plane *a, const struct plane *b)
{
    const double c1 = 0.01 * 255 * 0.01 * 255, c2 = 0.03 * 255 * 0.03 * 255;
    struct plane mean_a = moment(a, NULL), mean_b = moment(b, NULL), aa = moment(a, a), bb = moment(b, b), ab = moment(a, b);
    double sum = 0;
    for (ptrdiff_t i = 0; i < plane_count(a); i++) {
        double ma = mean_a.samples[i], mb = mean_b.samples[i];
        double va = aa.samples[i] - ma * ma, vb = bb.samples[i] - mb * mb, vab = ab.samples[i] - ma * mb;
        sum += (2 * ma * mb + c1) * (2 * vab + c2) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
    }
    free(mean_a.samples);
    free(mean_b.samples);
    free(aa.samples);
    free(bb.samples);
    free(ab.samples);
    return sum / (double)plane_count(a);
}

static double distance(const struct image_raster *a, const struct image_raster *b)
{
    static const double weights[PLANES] = {6 / 8.0, 1 / 8.0, 1 / 8.0};
    struct plane of_a[PLANES], of_b[PLANES];
    double ssim = 0;
    to_planes(a, of_a);
    to_planes(b, of_b);
    for (int scale = 0; scale < SCALES; scale++)
        for (int i = 0; i < PLANES; i++) {
            if (scale > 0) halve(&of_a[i]);
            if (scale > 0) halve(&of_b[i]);
            ssim += weights[i] * plane_ssim(&of_a[i], &of_b[i]) / SCALES;
        }
    for (int i = 0; i < PLANES; i++) free(of_a[i].samples);
    for (int i = 0; i < PLANES; i++) free(of_b[i].samples);
    return (1 / ssim - 1) * 1e6;
}

struct comparison {
    struct arena arena;
    struct diags diags;
    str original, peer;
    struct image_raster reference;
    enum image_kind format;
};

static int fail(str text)
{
    fprintf(stderr, "picture_quality: %.*s\n", STR_A(text));
    return 1;
}

static bool raster_of(struct comparison *comparison, str bytes, struct image_raster *out)
{
    str error;
    return image_raster_read(bytes, &comparison->arena, out, &error) || fail(error) == 0;
}

static bool distance_of(struct comparison *comparison, str bytes, double *out)
{
    struct image_raster raster;
    if (!raster_of(comparison, bytes, &raster)) return false;
    bool same = raster.width == comparison->reference.width && raster.height == comparison->reference.height;
    if (same) *out = distance(&raster, &comparison->reference);
    image_raster_free(&raster);
    return same || fail(S("the pictures are not of one size")) == 0;
}

static bool make(struct comparison *comparison, int quality, str *out)
{
    struct image_recipe recipe = {.format = comparison->format, .width = comparison->reference.width, .quality = quality};
    struct image_limits limits = IMAGE_LIMITS;
    struct image_variant variant;
    str error;
    bool ok = image_make(comparison->original, &limits, &recipe, 1, &comparison->arena, &variant, &error);
    *out = variant.bytes;
    return ok || fail(error) == 0;
}

static bool compare(struct comparison *comparison)
{
    str below, above, tried;
    double of_peer, of_below, of_above;
    int low = 1, high = 99; /* WebP of 100 is lossless */
    if (!make(comparison, low, &below) || !make(comparison, high, &above)) return false;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (!make(comparison, middle, &tried)) return false;
        bool fits = tried.len <= comparison->peer.len;
        *(fits ? &low : &high) = middle;
        *(fits ? &below : &above) = tried;
    }
    if (!distance_of(comparison, comparison->peer, &of_peer) || !distance_of(comparison, below, &of_below) ||
        !distance_of(comparison, above, &of_above))
        return false;
    double step = (double)(above.len - below.len), part = step > 0 ? (double)(comparison->peer.len - below.len) / step : 0;
    printf("%td %.0f %.0f %.1f\n", comparison->peer.len, of_peer, of_below + part * (of_above - of_below), low + part);
    return true;
}

int main(int argc, char **argv)
{
    static struct comparison comparison;
    comparison.diags = diags_in(&comparison.arena);
    str reference;
    if (argc != 4) return fail(S("usage: picture_quality ORIGINAL REFERENCE PEER")) + 1;
    if (!file_read(&comparison.arena, str_c(argv[1]), &comparison.original, &comparison.diags) ||
        !file_read(&comparison.arena, str_c(argv[2]), &reference, &comparison.diags) ||
        !file_read(&comparison.arena, str_c(argv[3]), &comparison.peer, &comparison.diags))
        return fail(S("a file cannot be read"));
    comparison.format = image_sniff(comparison.peer);
    if (!raster_of(&comparison, reference, &comparison.reference)) return 1;
    bool ok = compare(&comparison);
    image_raster_free(&comparison.reference);
    arena_free(&comparison.arena);
    return ok ? 0 : 1;
}
