/* test_image_formats.c - which format and kind of compression a variant gets, and JPEGs of every
 * subsampling turned every way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>
#include <turbojpeg.h>

#include "../../src/image/image_bytes.h"
#include "../../src/image/image_format.h"
#include "image/image.h"

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

/* Lines of "text" on one colour. */
static void draw_screenshot(struct pixels *p)
{
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++) {
            bool ink = y % 16 < 9 && x % 120 < 90 && (x * 7 + y * 13 + x * y) % 5 == 0;
            memset(pixels_row(p, y) + (ptrdiff_t)x * p->channels, ink ? 30 : 250, (size_t)p->channels);
        }
}

/* Smooth light under the noise of a sensor. */
static void draw_photo(struct pixels *p)
{
    uint32_t noise = 1;
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            for (int c = 0; c < p->channels; c++) {
                noise = noise * 1664525u + 1013904223u;
                pixels_row(p, y)[x * p->channels + c] = (unsigned char)(40 + (x + y) * 150 / (p->width + p->height) + (int)(noise >> 28) + 5 * c);
            }
}

static str png_of(struct arena *arena, int channels, void (*draw)(struct pixels *))
{
    struct pixels p = {0};
    str out, error;
    struct image_source source = {.arena = arena, .error = &error};
    assert_true(pixels_alloc(&p, 640, 400, channels));
    draw(&p);
    assert_true(png_write(&source, &p, 80, &out));
    pixels_free(&p);
    return out;
}

static str make(struct arena *arena, str bytes, enum image_kind format, int width, int quality)
{
    struct image_recipe recipe = {.format = format, .width = width, .quality = quality};
    struct image_variant variant;
    str error;
    assert_true(image_make(bytes, &limits, &recipe, 1, arena, &variant, &error));
    return variant.bytes;
}

static bool is_lossless_webp(str bytes) { return str_contains(str_slice(bytes, 0, 64), S("VP8L")); }

static void plain_is_what_has_fewer_bytes(void **state)
{
    struct arena *arena = *state;
    str screenshot = png_of(arena, 3, draw_screenshot), photo = png_of(arena, 3, draw_photo);
    str plain = make(arena, screenshot, IMAGE_UNKNOWN, 0, 80);
    assert_int_equal(image_sniff(plain), IMAGE_PNG);
    assert_true(plain.len <= make(arena, screenshot, IMAGE_JPEG, 0, 80).len);
    plain = make(arena, photo, IMAGE_UNKNOWN, 0, 80);
    assert_int_equal(image_sniff(plain), IMAGE_JPEG);
    assert_true(plain.len < make(arena, photo, IMAGE_PNG, 0, 80).len);
    str glass = png_of(arena, 4, draw_screenshot);
    assert_int_equal(image_sniff(make(arena, glass, IMAGE_UNKNOWN, 300, 80)), IMAGE_PNG);
}

static void screenshots_stay_lossless_where_smaller(void **state)
{
    struct arena *arena = *state;
    str screenshot = png_of(arena, 3, draw_screenshot), photo = png_of(arena, 3, draw_photo);
    assert_true(is_lossless_webp(make(arena, screenshot, IMAGE_WEBP, 0, 80)));
    assert_false(is_lossless_webp(make(arena, photo, IMAGE_WEBP, 0, 80)));
    assert_true(is_lossless_webp(make(arena, photo, IMAGE_WEBP, 0, 100)));
}

static void avif_is_written_where_there_is_an_encoder(void **state)
{
    struct arena *arena = *state;
    struct image_info info;
    struct image_raster raster;
    str photo = png_of(arena, 3, draw_photo), error;
    if (!image_writes_avif()) skip();
    str avif = make(arena, photo, IMAGE_AVIF, 320, 80);
    assert_int_equal(image_sniff(avif), IMAGE_AVIF);
    assert_true(image_probe(avif, &limits, arena, &info, &error));
    assert_int_equal(info.width, 320);
    assert_int_equal(info.height, 200);
    assert_true(avif.len < make(arena, photo, IMAGE_AVIF, 320, 95).len);
    assert_true(str_equal(avif, make(arena, photo, IMAGE_AVIF, 320, 80)));
    assert_true(image_raster_read(avif, arena, &raster, &error));
    int first = raster.rgb[0], last = raster.rgb[(320 * 200 - 1) * 3];
    image_raster_free(&raster);
    assert_in_range(first, 35, 65);
    assert_in_range(last, 180, 210);
    str glass = png_of(arena, 4, draw_screenshot);
    assert_true(image_probe(make(arena, glass, IMAGE_AVIF, 320, 80), &limits, arena, &info, &error));
    assert_true(info.alpha);
}

/* --- every subsampling, every way up ------------------------------------------- */

enum { WIDTH = 96, HEIGHT = 64 }; /* whole blocks of every subsampling, either way */

static str subsampled(struct arena *arena, int subsampling)
{
    struct pixels p = {0};
    unsigned char *jpeg = NULL;
    unsigned long size = 0;
    tjhandle handle = tjInitCompress();
    assert_true(pixels_alloc(&p, WIDTH, HEIGHT, 3));
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            memcpy(pixels_row(&p, y) + x * 3, (unsigned char[]){(unsigned char)(x * 2), (unsigned char)(y * 3), (unsigned char)(x + y)}, 3);
    assert_int_equal(tjCompress2(handle, p.data, WIDTH, 0, HEIGHT, TJPF_RGB, &jpeg, &size, subsampling, 95, 0), 0);
    str bytes = str_copy(arena, str_of((const char *)jpeg, (ptrdiff_t)size));
    tjFree(jpeg);
    tjDestroy(handle);
    pixels_free(&p);
    return bytes;
}

static str with_orientation(struct arena *arena, str jpeg, int orientation)
{
    struct buf out = buf_in(arena);
    buf_add(&out, S("\xff\xd8\xff\xe1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01"));
    buf_be32(&out, (uint32_t)orientation << 16);
    buf_be32(&out, 0);
    buf_add(&out, str_from(jpeg, 2));
    return buf_str(&out);
}

/* The pixels of the cleaned file against those of the untouched one, turned. */
static void check_turned(struct arena *arena, str jpeg, int orientation)
{
    struct image_info info;
    struct image_raster stored, shown;
    str clean, error;
    assert_true(image_clean(with_orientation(arena, jpeg, orientation), &limits, arena, &clean, &error));
    assert_true(image_probe(clean, &limits, arena, &info, &error));
    assert_int_equal(info.orientation, 1);
    assert_false(info.has_metadata);
    assert_true(image_raster_read(jpeg, arena, &stored, &error) && image_raster_read(clean, arena, &shown, &error));
    struct pixels upright = {.width = stored.width, .height = stored.height, .channels = 3, .data = stored.rgb};
    assert_true(pixels_orient(&upright, orientation));
    assert_int_equal(shown.width, upright.width);
    int64_t apart = 0, count = (int64_t)WIDTH * HEIGHT * 3;
    for (int64_t i = 0; i < count; i++) apart += abs(shown.rgb[i] - upright.data[i]);
    assert_true(apart <= count); /* at most one level, on average: chroma is spread from the other side */
    pixels_free(&upright);
    image_raster_free(&shown);
}

static void every_subsampling_turns_losslessly(void **state)
{
    static const int subsamplings[] = {TJSAMP_444, TJSAMP_422, TJSAMP_420, TJSAMP_GRAY, TJSAMP_440};
    for (size_t i = 0; i < sizeof subsamplings / sizeof *subsamplings; i++) {
        str jpeg = subsampled(*state, subsamplings[i]);
        for (int orientation = 2; orientation <= 8; orientation++) check_turned(*state, jpeg, orientation);
    }
}

/* What tells the cache that variants have to be made anew. */
static void every_format_has_an_encoder(void **state)
{
    (void)state;
    static const enum image_kind written[] = {IMAGE_UNKNOWN, IMAGE_JPEG, IMAGE_PNG, IMAGE_WEBP};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        assert_true(image_encoder(written[i]) != 0);
        assert_true(image_encoder(written[i]) == image_encoder(written[i]));
        for (size_t other = 0; other < i; other++) assert_true(image_encoder(written[i]) != image_encoder(written[other]));
    }
    assert_true(image_encoder(IMAGE_GIF) == 0);
    if (image_writes_avif()) assert_true(image_encoder(IMAGE_AVIF) != 0);
}

/* A slope of light and colour, and of no two pixels alike. */
static int slope(double x, double y, int channel) { return (int)(20 + 2.4 * x + 2.4 * y + 15 * channel + 0.5); }

static bool is_at_edge(const struct pixels *raster, int x, int y)
{
    return x < 3 || y < 3 || x >= raster->width - 3 || y >= raster->height - 3;
}

/* At exactly half its size a JPEG is decoded by hugi's own filter: every pixel lies between its four.  At the
 * edges, where the slope ends, nearly. */
static void a_jpeg_is_halved_evenly(void **state)
{
    static const struct { int width, height; } sizes[] = {{48, 36}, {47, 35}, {35, 27}, {16, 16}, {33, 17}, {3, 3}, {2, 40}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct pixels p = {0};
        struct pixels half = {0};
        str jpeg, error = {0};
        struct image_source source = {.arena = *state, .error = &error};
        assert_true(pixels_alloc(&p, sizes[i].width, sizes[i].height, 3));
        for (int y = 0; y < p.height; y++)
            for (int x = 0; x < p.width; x++)
                for (int c = 0; c < 3; c++) pixels_row(&p, y)[3 * x + c] = (unsigned char)slope(x, y, c);
        assert_true(jpeg_write(&source, &p, 98, &jpeg));
        pixels_free(&p);
        struct pixels_want want = {(sizes[i].width + 1) / 2, (sizes[i].height + 1) / 2};
        assert_true(image_open(&source, jpeg, &limits, *state, &error));
        assert_true(jpeg_read(&source, &want, &half));
        assert_int_equal(half.width, want.width);
        for (int y = 0; y < half.height; y++)
            for (int x = 0; x < half.width; x++) {
                double scale = (double)sizes[i].height / half.height;
                const unsigned char *rgb = pixels_row(&half, y) + 3 * x;
                int is = (rgb[0] + rgb[1] + rgb[2]) / 3, due = slope(2 * x + 0.5, (y + 0.5) * scale - 0.5, 1);
                int off = is_at_edge(&half, x, y) ? 6 : 2;
                assert_in_range(is, due - off, due + off);
            }
        pixels_free(&half);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)
    const struct CMUnitTest tests[] = {
        TEST(plain_is_what_has_fewer_bytes),
        TEST(screenshots_stay_lossless_where_smaller),
        TEST(avif_is_written_where_there_is_an_encoder),
        TEST(every_format_has_an_encoder),
        TEST(a_jpeg_is_halved_evenly),
        TEST(every_subsampling_turns_losslessly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
