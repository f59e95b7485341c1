/* test_color.c - colour profiles: gray, tables and inks come out as sRGB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <jpeglib.h>
#include <lcms2.h>

#include "../../src/image/color_profile.h"
#include "../../src/image/image_format.h"

static const struct image_limits limits = IMAGE_LIMITS;

static int arena_setup(void **state)
{
    *state = calloc(1, sizeof(struct arena));
    return *state ? 0 : 1;
}

static int arena_teardown(void **state)
{
    arena_free(*state);
    free(*state);
    return 0;
}

static struct pixels decode(struct arena *arena, str bytes)
{
    struct image_source source;
    struct pixels_want want = {100000, 100000};
    struct pixels out = {0};
    str error;
    assert_true(image_open(&source, bytes, &limits, arena, &error));
    assert_true(image_format(source.info.kind)->read(&source, &want, &out));
    return out;
}

/* What a device of three or four numbers shows, as the tests' profiles say it: red and blue change places. */
static cmsInt32Number sample_device(const cmsUInt16Number in[], cmsUInt16Number out[], void *to_lab)
{
    cmsUInt16Number rgb[3] = {in[2], in[1], in[0]};
    cmsDoTransform(to_lab, rgb, out, 1);
    return 1;
}

static cmsInt32Number sample_inks(const cmsUInt16Number in[], cmsUInt16Number out[], void *to_lab)
{
    cmsUInt16Number light[3];
    for (int c = 0; c < 3; c++) light[c] = (cmsUInt16Number)((65535u - in[c]) * (65535u - in[3]) / 65535u);
    return sample_device(light, out, to_lab);
}

/* A profile that is a table. */
static str table_profile(struct arena *arena, cmsColorSpaceSignature space, cmsUInt32Number inputs, cmsSAMPLER16 sampler)
{
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(NULL), srgb = cmsCreate_sRGBProfile(), lab = cmsCreateLab4Profile(NULL);
    cmsHTRANSFORM to_lab = cmsCreateTransform(srgb, TYPE_RGB_16, lab, TYPE_Lab_16, INTENT_RELATIVE_COLORIMETRIC, 0);
    cmsStage *table = cmsStageAllocCLut16bit(NULL, 17, inputs, 3, NULL);
    cmsPipeline *pipeline = cmsPipelineAlloc(NULL, inputs, 3);
    cmsStageSampleCLut16bit(table, sampler, to_lab, 0);
    cmsPipelineInsertStage(pipeline, cmsAT_END, cmsStageAllocToneCurves(NULL, inputs, NULL));
    cmsPipelineInsertStage(pipeline, cmsAT_END, table);
    cmsPipelineInsertStage(pipeline, cmsAT_END, cmsStageAllocToneCurves(NULL, 3, NULL));
    cmsSetProfileVersion(profile, 4.3);
    cmsSetDeviceClass(profile, cmsSigInputClass);
    cmsSetColorSpace(profile, space);
    cmsSetPCS(profile, cmsSigLabData);
    cmsWriteTag(profile, cmsSigAToB0Tag, pipeline);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, NULL, &size);
    char *bytes = arena_alloc(arena, size);
    assert_true(cmsSaveProfileToMem(profile, bytes, &size));
    cmsPipelineFree(pipeline);
    cmsDeleteTransform(to_lab);
    cmsCloseProfile(lab), cmsCloseProfile(srgb), cmsCloseProfile(profile);
    return str_of(bytes, (ptrdiff_t)size);
}

/* Of a JPEG of one colour in inks, the colour it is shown with. */
static void ink_color(struct arena *arena, const unsigned char inks[4], str profile, unsigned char color[3])
{
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    unsigned char row[16 * 4], *bytes = NULL;
    unsigned long size = 0;
    JSAMPROW rows[1] = {row};
    for (int x = 0; x < 16; x++) memcpy(row + x * 4, inks, 4);
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &bytes, &size);
    jpeg.image_width = jpeg.image_height = 16;
    jpeg.input_components = 4;
    jpeg.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, 100, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    if (profile.len) jpeg_write_icc_profile(&jpeg, (const JOCTET *)profile.p, (unsigned)profile.len);
    for (int y = 0; y < 16; y++) jpeg_write_scanlines(&jpeg, rows, 1);
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    const struct image_recipe recipe = {.format = IMAGE_PNG};
    struct image_variant variant;
    str error;
    assert_true(image_make(str_of((const char *)bytes, (ptrdiff_t)size), &limits, &recipe, 1, arena, &variant, &error));
    free(bytes);
    struct pixels pixels = decode(arena, variant.bytes);
    for (int c = 0; c < 3; c++) color[c] = pixels.data[c];
    pixels_free(&pixels);
}

static void inks_are_shown_by_their_profile(void **state)
{
    struct arena *arena = *state;
    static const unsigned char cyan[4] = {0, 255, 255, 255}, dark[4] = {255, 255, 0, 128};  /* inverted, as Adobe writes them */
    unsigned char color[3];
    ink_color(arena, cyan, S(""), color);
    assert_true(color[0] < 3 && color[1] > 252 && color[2] > 252);
    str profile = table_profile(arena, cmsSigCmykData, 4, sample_inks);
    ink_color(arena, cyan, profile, color);
    assert_true(color[0] > 245 && color[1] > 245 && color[2] < 16);
    ink_color(arena, dark, profile, color);
    assert_true(color[0] < 16 && abs(color[1] - 128) < 12 && abs(color[2] - 128) < 12);
    ink_color(arena, cyan, str_slice(profile, 0, 300), color);      /* damaged: as without */
    assert_true(color[0] < 3 && color[1] > 252);
}

static void tables_of_colors_are_looked_up(void **state)
{
    struct arena *arena = *state;
    struct pixels pixels = {0};
    assert_true(pixels_alloc(&pixels, 2, 1, 4));
    memcpy(pixels.data, "\xc8\x64\x32\x80" "\x32\x64\xc8\xff", 8);
    pixels.profile = table_profile(arena, cmsSigRgbData, 3, sample_device);
    struct tone tone;
    assert_false(tone_init_profile(&tone, &pixels));
    static const unsigned char want[8] = {0x32, 0x64, 0xc8, 0x80, 0xc8, 0x64, 0x32, 0xff};
    for (int i = 0; i < 8; i++) assert_true(abs(pixels.data[i] - want[i]) < 8);
    assert_int_equal(pixels.data[3], 0x80);
    pixels_free(&pixels);
}

/* Half of the way in lightness is 18 % of the light: sRGB's 119. */
static void gray_of_lightness(void **state)
{
    struct arena *arena = *state;
    cmsToneCurve *straight = cmsBuildGamma(NULL, 1);
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(NULL);
    cmsSetProfileVersion(profile, 2.1);
    cmsSetDeviceClass(profile, cmsSigDisplayClass);
    cmsSetColorSpace(profile, cmsSigGrayData);
    cmsSetPCS(profile, cmsSigLabData);
    cmsWriteTag(profile, cmsSigGrayTRCTag, straight);
    cmsUInt32Number size = 4096;
    char *bytes = arena_alloc(arena, size);
    assert_true(cmsSaveProfileToMem(profile, bytes, &size));
    cmsCloseProfile(profile);
    cmsFreeToneCurve(straight);
    struct pixels pixels = {.width = 1, .height = 1, .channels = 1, .profile = str_of(bytes, (ptrdiff_t)size)};
    struct tone tone;
    assert_true(tone_init_profile(&tone, &pixels));
    assert_int_equal(tone.to_srgb[(tone.to_linear[0][128] >> 1) + 16384], 119);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(inks_are_shown_by_their_profile),
        TEST(tables_of_colors_are_looked_up),
        TEST(gray_of_lightness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
