/* color_profile.c - reading an ICC profile's primaries and curves.
 *
 * A profile is 128 bytes of header and a table of tags (name, offset, size).
 * rXYZ, gXYZ, bXYZ are the primaries under the D50 white; rTRC, gTRC, bTRC
 * (kTRC for gray) the curves from stored value to linear light. */
#include "color_profile.h"

#include <math.h>

#include "color_transform.h"
#include "image_bytes.h"

static str profile_tag(str profile, uint32_t name)
{
    uint32_t count = be32(profile, 128);
    if (count > 200) count = 200;
    for (uint32_t i = 0; i < count; i++) {
        ptrdiff_t at = 132 + (ptrdiff_t)i * 12;
        if (be32(profile, at) != name) continue;
        ptrdiff_t start = (ptrdiff_t)be32(profile, at + 4);
        return str_slice(profile, start, start + (ptrdiff_t)be32(profile, at + 8));
    }
    return S("");
}

static double fixed16(str tag, ptrdiff_t at) { return (int32_t)be32(tag, at) / 65536.0; }

static bool read_primary(str profile, uint32_t name, double xyz[3])
{
    str tag = profile_tag(profile, name);
    if (tag.len < 20 || be32(tag, 0) != FOURCC('X', 'Y', 'Z', ' ')) return false;
    for (int i = 0; i < 3; i++) xyz[i] = fixed16(tag, 8 + 4 * i);
    return true;
}

/* "curv": none (linear), one gamma, or a table of 16-bit values. */
static double curve_at(str tag, double x)
{
    ptrdiff_t count = (ptrdiff_t)be32(tag, 8);
    if (count == 0) return x;
    if (count == 1) return pow(x, be16(tag, 12) / 256.0);
    double at = x * (double)(count - 1);
    ptrdiff_t left = (ptrdiff_t)at, right = left + 1 < count ? left + 1 : left;
    double a = be16(tag, 12 + left * 2), b = be16(tag, 12 + right * 2);
    return (a + (b - a) * (at - (double)left)) / 65535;
}

/* "para": y = (a x + b)^g + c above d, e x + f below, in five degrees of detail. */
static double parametric_at(str tag, double x)
{
    double v[7];
    for (int i = 0; i < 7; i++) v[i] = fixed16(tag, 12 + 4 * i);
    double g = v[0], a = v[1], b = v[2], c = v[3], d = v[4];
    double power = pow(a * x + b > 0 ? a * x + b : 0, g);
    switch (be16(tag, 8)) {
    case 0: return pow(x, g);
    case 1: return a != 0 && x >= -b / a ? power : 0;
    case 2: return a != 0 && x >= -b / a ? power + c : c;
    case 3: return x >= d ? power : c * x;
    case 4: return x >= d ? power + v[5] : c * x + v[6];
    default: return x;
    }
}

static bool read_curve(str profile, uint32_t name, int16_t table[256])
{
    static const ptrdiff_t parametric_sizes[5] = {16, 24, 28, 32, 40};
    str tag = profile_tag(profile, name);
    uint32_t type = be32(tag, 0);
    if (type == FOURCC('c', 'u', 'r', 'v')) {
        if (tag.len < 12 || tag.len < 12 + 2 * (int64_t)be32(tag, 8)) return false;
    } else if (type == FOURCC('p', 'a', 'r', 'a')) {
        if (be16(tag, 8) > 4 || tag.len < parametric_sizes[be16(tag, 8)]) return false;
    } else {
        return false;
    }
    for (int level = 0; level < 256; level++) {
        double x = level / 255.0;
        double y = type == FOURCC('c', 'u', 'r', 'v') ? curve_at(tag, x) : parametric_at(tag, x);
        if (!(y >= 0)) y = 0; /* NaN too */
        table[level] = (int16_t)lround((y > 1 ? 1 : y) * LINEAR_ONE);
    }
    return true;
}

/* XYZ under D50 (the profile connection space) -> linear sRGB. */
static const double xyz_to_srgb[3][3] = {
    {3.1338561, -1.6168667, -0.4906146},
    {-0.9787684, 1.9161415, 0.0334540},
    {0.0719453, -0.2289914, 1.4052427},
};

static bool read_matrix(str profile, struct tone *tone)
{
    static const uint32_t names[3] = {FOURCC('r', 'X', 'Y', 'Z'), FOURCC('g', 'X', 'Y', 'Z'), FOURCC('b', 'X', 'Y', 'Z')};
    for (int primary = 0; primary < 3; primary++) {
        double xyz[3];
        if (!read_primary(profile, names[primary], xyz)) return false;
        for (int row = 0; row < 3; row++) {
            double sum = 0;
            for (int i = 0; i < 3; i++) sum += xyz_to_srgb[row][i] * xyz[i];
            if (!(fabs(sum) < 3)) return false; /* int32 products in tone.c */
            tone->matrix[row][primary] = (int)lround(sum * 16384);
        }
    }
    return true;
}

/* Every row sums to 1, so that white and grays stay neutral in spite of rounding. */
static void balance_matrix(struct tone *tone)
{
    for (int row = 0; row < 3; row++) {
        int *m = tone->matrix[row];
        int missing = 16384 - (m[0] + m[1] + m[2]);
        if (missing > -400 && missing < 400) m[row] += missing;
    }
}

static bool matrix_matters(const struct tone *tone)
{
    for (int row = 0; row < 3; row++)
        for (int c = 0; c < 3; c++) {
            int off = tone->matrix[row][c] - (row == c ? 16384 : 0);
            if (off > 100 || off < -100) return true;
        }
    return false;
}

/* Would some level come out as another one than sRGB has? */
static bool curves_matter(const struct tone *tone, int colors)
{
    for (int c = 0; c < colors; c++)
        for (int level = 0; level < 256; level++) {
            int shown = tone->to_srgb[(tone->to_linear[c][level] >> 1) + 16384];
            if (shown > level + 1 || shown < level - 1) return true;
        }
    return false;
}

static bool read_rgb(str profile, struct tone *tone)
{
    static const uint32_t names[3] = {FOURCC('r', 'T', 'R', 'C'), FOURCC('g', 'T', 'R', 'C'), FOURCC('b', 'T', 'R', 'C')};
    for (int c = 0; c < 3; c++)
        if (!read_curve(profile, names[c], tone->to_linear[c])) return false;
    if (!read_matrix(profile, tone)) return false;
    balance_matrix(tone);
    tone->mixes = matrix_matters(tone);
    return true;
}

/* The curve leads to light, or to lightness where the profile's other side is Lab. */
static bool read_gray(str profile, int16_t table[256])
{
    if (!read_curve(profile, FOURCC('k', 'T', 'R', 'C'), table)) return false;
    if (be32(profile, 20) != FOURCC('L', 'a', 'b', ' ')) return true;
    for (int level = 0; level < 256; level++) {
        double lightness = 100.0 * table[level] / LINEAR_ONE;
        double light = lightness > 8 ? pow((lightness + 16) / 116, 3) : lightness / 903.3;
        table[level] = (int16_t)lround(light * LINEAR_ONE);
    }
    return true;
}

/* Programs that know tables prefer them to the curves that may be there too. */
static bool is_table(str profile) { return profile_tag(profile, FOURCC('A', '2', 'B', '0')).len > 0; }

static void apply_gamma(struct tone *tone, double gamma)
{
    for (int level = 0; level < 256; level++)
        for (int c = 0; c < 3; c++) tone->to_linear[c][level] = (int16_t)lround(pow(level / 255.0, gamma) * LINEAR_ONE);
}

/* Both under D65 (SMPTE EG 432-1, IEC 61966-2-1). */
static void apply_wide(struct tone *tone)
{
    static const int matrix[3][3] = {{20069, -3685, 0}, {-689, 17073, 0}, {-322, -1288, 17994}};
    memcpy(tone->matrix, matrix, sizeof matrix);
    tone->mixes = true;
}

/* What a file says without a profile: exponent and primaries.  False: nothing that differs from sRGB. */
static bool apply_said(struct tone *tone, const struct pixels *pixels)
{
    /* Gammas of 2.2 are sRGB's in practice: what old programs meant by them. */
    bool curved = pixels->gamma > 0 && fabs(pixels->gamma - 2.2) > 0.05, wide = pixels->wide && pixels->channels >= 3;
    if (curved) apply_gamma(tone, pixels->gamma);
    if (wide) apply_wide(tone);
    return curved || wide;
}

bool tone_init_profile(struct tone *tone, struct pixels *pixels)
{
    tone_init(tone);
    str profile = pixels->profile;
    uint32_t space = be32(profile, 16);
    bool ok = false;
    if (pixels->channels >= 3 && space == FOURCC('R', 'G', 'B', ' '))
        ok = !is_table(profile) && read_rgb(profile, tone);
    else if (pixels->channels < 3 && space == FOURCC('G', 'R', 'A', 'Y'))
        ok = read_gray(profile, tone->to_linear[0]);
    else if (profile.len == 0)
        ok = apply_said(tone, pixels);
    if (ok && (tone->mixes || curves_matter(tone, pixels->channels >= 3 ? 3 : 1))) return true;
    tone_init(tone);
    if (!ok && profile.len) pixels_to_srgb(pixels);
    return false;
}
