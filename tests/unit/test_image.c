/* test_image.c - pictures made in memory through image.h and the steps behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../src/image/exif.h"
#include "../../src/image/image_bytes.h"
#include "../../src/image/image_format.h"
#include "../../src/image/isobox.h"
#include "../../src/image/png_chunks.h"
#include "../../src/image/resize.h"
#include "../../src/image/half_lanes.h"
#include "../../src/image/resize_lanes.h"
#include "image/cover.h"
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

/* A picture whose four corners differ: red, green / blue, white, on gray. */
static struct pixels corners(int width, int height, int channels)
{
    struct pixels p = {0};
    assert_true(pixels_alloc(&p, width, height, channels));
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            bool right = x >= width / 2, low = y >= height / 2;
            unsigned char rgb[3] = {(unsigned char)(right == low ? 230 : 20), (unsigned char)(right ? 230 : 20),
                                    (unsigned char)(low ? 230 : 20)};
            unsigned char *to = pixels_row(&p, y) + (ptrdiff_t)x * channels;
            memcpy(to, rgb, 3);
            if (channels == 4) to[3] = 255;
        }
    return p;
}

static str encode(struct arena *arena, enum image_kind kind, const struct pixels *pixels, int quality)
{
    str out, error;
    struct image_source source = {.arena = arena, .error = &error};
    assert_true(image_format(kind)->write(&source, pixels, quality, &out));
    return out;
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

static str corner_file(struct arena *arena, enum image_kind kind, int width, int height)
{
    struct pixels p = corners(width, height, 3);
    str bytes = encode(arena, kind, &p, 95);
    pixels_free(&p);
    return bytes;
}

/* An APP1 with EXIF behind SOI: an orientation, and a GPS directory with a latitude. */
static str with_exif(struct arena *arena, str jpeg, int orientation)
{
    struct buf exif = buf_in(arena), out = buf_in(arena);
    buf_add(&exif, S("Exif\0\0MM\0*\0\0\0\x08\0\x02"));
    buf_add(&exif, S("\x01\x12\0\x03\0\0\0\x01"));
    buf_be32(&exif, (uint32_t)orientation << 16);
    buf_add(&exif, S("\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0"));
    buf_add(&exif, S("\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\0\0\0\0\0")); /* at 0x26 */
    buf_add(&out, S("\xff\xd8\xff\xe1"));
    buf_be16(&out, (uint32_t)exif.len + 2);
    buf_add(&out, buf_str(&exif));
    buf_add(&out, str_from(jpeg, 2));
    return buf_str(&out);
}

static void kinds_agree_with_their_functions(void **state)
{
    (void)state;
    for (int kind = 0; kind < IMAGE_KIND_COUNT; kind++) {
        const struct image_format *format = image_format((enum image_kind)kind);
        assert_int_equal(format->info.kind, kind);
        assert_true(format->info.decodes == (format->read != NULL));
        assert_true(format->info.encodes == (format->write != NULL));
        assert_true(format->info.cleans == (format->clean != NULL));
    }
    assert_int_equal(image_kind_of_name(S("JPG")), IMAGE_JPEG);
    assert_int_equal(image_kind_of_name(S("webp")), IMAGE_WEBP);
    assert_int_equal(image_kind_of_name(S("heif")), IMAGE_HEIC);
    assert_int_equal(image_kind_of_name(S("doc")), IMAGE_UNKNOWN);
}

static void content_decides_the_kind(void **state)
{
    (void)state;
    assert_int_equal(image_sniff(S("\xff\xd8\xff\xe0")), IMAGE_JPEG);
    assert_int_equal(image_sniff(S("GIF89a...")), IMAGE_GIF);
    assert_int_equal(image_sniff(S("RIFF\x10\0\0\0WEBPVP8 ")), IMAGE_WEBP);
    assert_int_equal(image_sniff(S("\0\0\0\x14"
                                   "ftypavif\0\0\0\0mif1")),
                     IMAGE_AVIF);
    assert_int_equal(image_sniff(S("\0\0\0\x18"
                                   "ftypmif1\0\0\0\0mif1avif")),
                     IMAGE_AVIF);
    assert_int_equal(image_sniff(S("\0\0\0\x14"
                                   "ftypheic\0\0\0\0mif1")),
                     IMAGE_HEIC);
    assert_int_equal(image_sniff(S("\0\0\0\x14"
                                   "ftypisom\0\0\0\0mp41")),
                     IMAGE_MOVIE);
    assert_int_equal(image_sniff(S("\0\0\0\x18"
                                   "ftypcrx \0\0\0\0crx isom")),
                     IMAGE_RAW);
    assert_int_equal(image_sniff(S("\0\0\0\x08widemdat")), IMAGE_MOVIE);
    assert_int_equal(image_sniff(S("FUJIFILMCCD-RAW 0201")), IMAGE_RAW);
    assert_int_equal(image_sniff(S("<?xml version='1.0'?>\n<!-- x --><svg>")), IMAGE_SVG);
    assert_int_equal(image_sniff(S("<html><svg>")), IMAGE_UNKNOWN);
    assert_int_equal(image_sniff(S("BMW is a car")), IMAGE_UNKNOWN);
    assert_int_equal(image_sniff(S("")), IMAGE_UNKNOWN);
}

static void exif_is_read_and_turns_the_size(void **state)
{
    struct arena *arena = *state;
    struct image_info info;
    str error, jpeg = with_exif(arena, corner_file(arena, IMAGE_JPEG, 64, 32), 6);
    assert_true(image_probe(jpeg, &limits, arena, &info, &error));
    assert_int_equal(info.kind, IMAGE_JPEG);
    assert_int_equal(info.orientation, 6);
    assert_int_equal(info.width, 32);
    assert_int_equal(info.height, 64);
    assert_true(image_tells(&info, TRACE_LOCATION) && info.has_metadata);
}

static void exif_time_is_local_seconds(void **state)
{
    (void)state;
    struct image_info info = {0};
    /* One directory whose Exif directory, at 26, has DateTimeOriginal at 44. */
    exif_read(S("II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0"
                "\x01\0\x03\x90\x02\0\x14\0\0\0\x2c\0\0\0\0\0\0\0"
                "2023:11:29 18:04:05\0"),
              &info, false);
    assert_true(info.has_time && !info.has_offset);
    assert_int_equal(info.taken, 1701281045);
}

/* A day that is none would come out as another one. */
static void exif_time_is_a_day_that_there_was(void **state)
{
    static const struct { const char *text; bool is_time; } cases[] = {
        {"2024:02:29 10:00:00", true}, {"2023:02:29 10:00:00", false}, {"2024:02:31 10:00:00", false},
        {"2024:04:31 10:00:00", false}, {"2024:12:31 23:59:60", true}, {"0000:00:00 00:00:00", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image_info info = {0};
        struct buf exif = buf_in(*state);
        buf_add(&exif, S("II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0"
                         "\x01\0\x03\x90\x02\0\x14\0\0\0\x2c\0\0\0\0\0\0\0"));
        buf_add(&exif, str_of(cases[i].text, 20));
        exif_read(buf_str(&exif), &info, false);
        assert_int_equal(info.has_time, cases[i].is_time);
    }
}

/* An Exif directory, at 26, of three entries: DateTimeOriginal at 68, and two offsets at 88 and 96. */
static struct image_info exif_with_offsets(struct arena *arena, const char *tags, const char *first, const char *second)
{
    struct image_info info = {0};
    struct buf exif = buf_in(arena);
    buf_add(&exif, S("II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0"
                     "\x03\0\x03\x90\x02\0\x14\0\0\0\x44\0\0\0"));
    buf_add(&exif, str_of((const char[]){tags[0], '\x90', 2, 0, 7, 0, 0, 0, 88, 0, 0, 0}, 12));
    buf_add(&exif, str_of((const char[]){tags[1], '\x90', 2, 0, 7, 0, 0, 0, 96, 0, 0, 0}, 12));
    buf_add(&exif, S("\0\0\0\0" "2023:11:29 18:04:05\0"));
    buf_add(&exif, str_of(first, 7));
    buf_add(&exif, S("\0"));
    buf_add(&exif, str_of(second, 7));
    exif_read(buf_str(&exif), &info, false);
    assert_true(info.has_time);
    assert_int_equal(info.taken, 1701281045);
    return info;
}

static void exif_offset_is_that_of_its_time(void **state)
{
    struct arena *arena = *state;
    struct image_info info = exif_with_offsets(arena, "\x10\x11", "+09:00", "-08:00");
    assert_true(info.has_offset);
    assert_int_equal(info.offset, -480);
    info = exif_with_offsets(arena, "\x12\x10", "-08:00", "+05:30");
    assert_true(info.has_offset);
    assert_int_equal(info.offset, 330);
    info = exif_with_offsets(arena, "\x11\x10", "   :  ", "+09:00");
    assert_true(info.has_offset);
    assert_int_equal(info.offset, 540);
    assert_false(exif_with_offsets(arena, "\x11\x12", "+99:00", "+09:00").has_offset);
}

static unsigned traces_of(struct arena *arena, str bytes)
{
    struct image_info info;
    str error;
    assert_true(image_probe(bytes, &limits, arena, &info, &error));
    return info.traces;
}

static str with_segment(struct arena *arena, str jpeg, int marker, str data)
{
    struct buf out = buf_in(arena);
    buf_add(&out, S("\xff\xd8\xff")), buf_char(&out, (char)marker);
    buf_be16(&out, (uint32_t)data.len + 2), buf_add(&out, data), buf_add(&out, str_from(jpeg, 2));
    return buf_str(&out);
}

static str with_chunk(struct arena *arena, str png, uint32_t type, str data)
{
    struct buf out = buf_in(arena);
    buf_add(&out, str_slice(png, 0, 33)), buf_png_chunk(&out, type, data), buf_add(&out, str_from(png, 33));
    return buf_str(&out);
}

#define IPTC_CITY "\x1c\2\x5a\0\5Seoul"
#define IPTC_AUTHOR "\x1c\2\x50\0\3Kim"

/* Photoshop's resources hold IPTC among others; a PNG has texts.  Cut anywhere they tell less, and nothing breaks. */
static void iptc_and_texts_tell(void **state)
{
    struct arena *arena = *state;
    str jpeg = corner_file(arena, IMAGE_JPEG, 16, 16), png = corner_file(arena, IMAGE_PNG, 16, 16);
    str iptc = S("Photoshop 3.0\0" "8BIM\4\x25\0\0\0\0\0\3abc\0" "8BIM\4\4\3nam\0\0\0\x13" IPTC_CITY IPTC_AUTHOR "\x1c\0");
    unsigned place = 1u << TRACE_LOCATION, owner = 1u << TRACE_OWNER;
    assert_int_equal(traces_of(arena, with_segment(arena, jpeg, 0xed, iptc)), place | owner);
    for (ptrdiff_t cut = 0; cut < iptc.len; cut++)
        assert_int_equal(traces_of(arena, with_segment(arena, jpeg, 0xed, str_slice(iptc, 0, cut))) & ~(place | owner), 0);
    assert_int_equal(traces_of(arena, with_chunk(arena, png, FOURCC('t', 'E', 'X', 't'), S("Author\0Kim"))), owner);
    assert_int_equal(traces_of(arena, with_chunk(arena, png, FOURCC('i', 'T', 'X', 't'), S("exif:GPSLatitude\0\0\0\0\0" "37/1"))), place);
    assert_int_equal(traces_of(arena, with_chunk(arena, png, FOURCC('t', 'E', 'X', 't'), S("Comment\0Author"))), 0);
}

/* As a camera stores it whose EXIF then says `orientation`. */
static void turn_back(struct pixels *upright, int orientation)
{
    static const int undo[9] = {1, 1, 2, 3, 4, 5, 8, 7, 6};
    assert_true(pixels_orient(upright, undo[orientation]));
}

/* Each orientation, stored so that upright it is `corners`. */
static void variants_are_upright(void **state)
{
    struct arena *arena = *state;
    const struct image_recipe recipe = {.format = IMAGE_PNG, .width = 32};
    for (int orientation = 1; orientation <= 8; orientation++) {
        struct pixels p = corners(64, 48, 3);
        turn_back(&p, orientation);
        str bytes = with_exif(arena, encode(arena, IMAGE_JPEG, &p, 95), orientation), error;
        struct image_variant variant;
        pixels_free(&p);
        assert_true(image_make(bytes, &limits, &recipe, 1, arena, &variant, &error));
        assert_int_equal(variant.width, 32);
        assert_int_equal(variant.height, 24);
        struct pixels made = decode(arena, variant.bytes), want = corners(32, 24, 3);
        for (int corner = 0; corner < 4; corner++) {
            int x = corner % 2 ? 28 : 3, y = corner / 2 ? 20 : 3;
            for (int c = 0; c < 3; c++)
                assert_in_range(pixels_row(&made, y)[x * 3 + c] + 20 - pixels_row(&want, y)[x * 3 + c], 10, 30);
        }
        pixels_free(&made);
        pixels_free(&want);
    }
}

static void recipes_never_enlarge(void **state)
{
    (void)state;
    const struct image_info info = {.width = 400, .height = 300};
    static const struct {
        struct image_recipe recipe;
        int width, height;
    } cases[] = {
        {{.width = 0}, 400, 300},
        {{.width = 200}, 200, 150},
        {{.width = 960}, 400, 300},
        {{.width = 320, .height = 320, .crop = IMAGE_CROP_CENTER}, 300, 300},
        {{.width = 100, .height = 100, .crop = IMAGE_CROP_TOP}, 100, 100},
        {{.width = 1200, .height = 630, .crop = IMAGE_CROP_CENTER}, 400, 210},
        {{.width = 100, .height = 900, .crop = IMAGE_CROP_CENTER}, 33, 300},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int width, height;
        image_recipe_size(&info, &cases[i].recipe, &width, &height);
        assert_int_equal(width, cases[i].width);
        assert_int_equal(height, cases[i].height);
    }
}

static void one_decode_makes_many(void **state)
{
    struct arena *arena = *state;
    const struct image_recipe recipes[] = {
        {.format = IMAGE_WEBP, .width = 40, .quality = 80},
        {.format = IMAGE_JPEG, .width = 80, .quality = 80},
        {.format = IMAGE_WEBP, .width = 80, .quality = 100},
        {.format = IMAGE_PNG, .width = 30, .height = 30, .crop = IMAGE_CROP_CENTER},
        {.format = IMAGE_PNG, .width = 9999},
    };
    static const int widths[] = {40, 80, 80, 30, 160}, heights[] = {30, 60, 60, 30, 120};
    struct image_variant variants[5];
    str error, bytes = corner_file(arena, IMAGE_PNG, 160, 120);
    assert_true(image_make(bytes, &limits, recipes, 5, arena, variants, &error));
    assert_int_equal(error.len, 0);
    for (int i = 0; i < 5; i++) {
        struct image_info info;
        assert_true(image_probe(variants[i].bytes, &limits, arena, &info, &error));
        assert_int_equal(info.kind, recipes[i].format);
        assert_int_equal(info.width, widths[i]);
        assert_int_equal(info.height, heights[i]);
        assert_int_equal(variants[i].width, widths[i]);
        assert_false(info.has_metadata || info.has_profile);
    }
}

/* The same bytes whichever of them are wanted, and in whatever order: pages come and go.  Those above
 * 1600 want a base of their own. */
static void a_recipe_gives_the_same_in_any_company(void **state)
{
    struct arena *arena = *state;
    enum { COUNT = 8 };
    const struct image_recipe recipes[COUNT] = {
        {.format = IMAGE_WEBP, .width = 40, .quality = 80},
        {.format = IMAGE_JPEG, .width = 80, .quality = 80},
        {.format = IMAGE_JPEG, .width = 60, .height = 32, .crop = IMAGE_CROP_CENTER, .quality = 80},
        {.format = IMAGE_JPEG, .width = 1600, .quality = 80},
        {.format = IMAGE_WEBP, .width = 60, .height = 32, .crop = IMAGE_CROP_CENTER, .quality = 80},
        {.format = IMAGE_PNG, .width = 40, .height = 40, .crop = IMAGE_CROP_TOP},
        {.format = IMAGE_JPEG, .width = 2400, .quality = 80},
        {.format = IMAGE_JPEG, .quality = 80},
    };
    struct image_variant whole[COUNT], part[COUNT];
    str error, bytes = corner_file(arena, IMAGE_JPEG, 3600, 120);
    assert_true(image_make(bytes, &limits, recipes, COUNT, arena, whole, &error));
    for (unsigned wanted = 1; wanted < 1u << COUNT; wanted += 7) {
        struct image_recipe some[COUNT];
        ptrdiff_t from[COUNT], count = 0;
        for (int i = 0; i < COUNT; i++) {
            from[count] = (i + (int)wanted) % COUNT;
            some[count] = recipes[from[count]];
            count += wanted >> i & 1;
        }
        assert_true(image_make(bytes, &limits, some, count, arena, part, &error));
        for (ptrdiff_t i = 0; i < count; i++) {
            assert_int_equal(part[i].width, whole[from[i]].width);
            assert_true(str_equal(part[i].bytes, whole[from[i]].bytes));
        }
    }
}

static void same_size_stays_exact(void **state)
{
    struct arena *arena = *state;
    struct pixels p = {0};
    assert_true(pixels_alloc(&p, 61, 37, 4));
    for (size_t i = 0; i < 61 * 37 * 4; i++) p.data[i] = (unsigned char)(i * 37 >> 3);
    const struct image_recipe recipe = {.format = IMAGE_PNG};
    struct image_variant variant;
    str error;
    assert_true(image_make(encode(arena, IMAGE_PNG, &p, 0), &limits, &recipe, 1, arena, &variant, &error));
    struct pixels made = decode(arena, variant.bytes);
    assert_memory_equal(made.data, p.data, 61 * 37 * 4);
    pixels_free(&made);
    pixels_free(&p);
}

static void transparent_pictures_go_on_white(void **state)
{
    struct arena *arena = *state;
    struct pixels p = corners(16, 16, 4);
    for (size_t i = 3; i < 16 * 16 * 4; i += 4) p.data[i] = 0;
    const struct image_recipe recipe = {.format = IMAGE_JPEG, .width = 8, .quality = 90};
    struct image_variant variant;
    str error;
    assert_true(image_make(encode(arena, IMAGE_PNG, &p, 0), &limits, &recipe, 1, arena, &variant, &error));
    struct pixels made = decode(arena, variant.bytes);
    assert_int_equal(made.data[0], 255);
    pixels_free(&made);
    pixels_free(&p);
}

/* Black and white lines average to the middle of light: 188 in sRGB, not 128. */
static void resizing_is_in_linear_light(void **state)
{
    (void)state;
    struct pixels p = {0}, small;
    struct tone *tone = malloc(sizeof *tone);
    assert_true(pixels_alloc(&p, 64, 64, 1));
    for (int y = 0; y < 64; y++) memset(pixels_row(&p, y), y % 2 ? 255 : 0, 64);
    tone_init(tone);
    struct resize size = {.part = {0, 0, 64, 64}, .width = 16, .height = 16};
    assert_true(resize_pixels(&p, tone, &size, 1));
    small = size.out;
    assert_in_range(pixels_row(&small, 8)[8], 186, 190);
    pixels_free(&p);
    pixels_free(&small);
    free(tone);
}

/* Sizes from 1 to more than the source's: nothing read outside (under the
 * address sanitizer), flat colours stay flat. */
static void resizing_keeps_flat_colours_at_every_size(void **state)
{
    (void)state;
    static const int sizes[] = {1, 2, 3, 5, 7, 8, 15, 16, 17, 33, 100, 1000};
    struct tone *tone = malloc(sizeof *tone);
    tone_init(tone);
    for (int i = 0; i < 12; i++)
        for (int k = 0; k < 12; k++) {
            struct pixels p = {0}, out;
            assert_true(pixels_alloc(&p, sizes[i], 5, 3));
            memset(p.data, 77, (size_t)sizes[i] * 15);
            struct resize size = {.part = {0, 0, sizes[i], 5}, .width = sizes[k], .height = 3};
            assert_true(resize_pixels(&p, tone, &size, 1));
            out = size.out;
            for (int x = 0; x < sizes[k] * 9; x++) assert_int_equal(out.data[x], 77);
            pixels_free(&p);
            pixels_free(&out);
        }
    free(tone);
}

static void lanes_agree(void **state)
{
    (void)state;
    enum { COUNT = 32, TAPS = 24 };
    int16_t in[512], weights[COUNT * TAPS], a[COUNT], b[COUNT];
    int starts[COUNT];
    const int16_t *rows[4];
    uint32_t random = 1;
    for (int i = 0; i < 512; i++) in[i] = (int16_t)((random = random * 1664525 + 1013904223) >> 16);
    for (int i = 0; i < COUNT * TAPS; i++) weights[i] = (int16_t)((int32_t)(random = random * 1664525 + 1013904223) >> 21);
    for (int i = 0; i < COUNT; i++) starts[i] = i * 13;
    for (int i = 0; i < 4; i++) rows[i] = in + i * 100;
    for (int taps = 8; taps <= TAPS; taps += 8) {
        lanes_plain()->across(in, starts, weights, taps, COUNT, a);
        lanes_choose()->across(in, starts, weights, taps, COUNT, b);
        assert_memory_equal(a, b, sizeof a);
    }
    lanes_plain()->down(rows, weights, 4, COUNT, a);
    lanes_choose()->down(rows, weights, 4, COUNT, b);
    assert_memory_equal(a, b, sizeof a);
}

static void half_lanes_agree(void **state)
{
    (void)state;
    enum { COUNT = 2 * HALF_COLUMNS };
    static unsigned char samples[HALF_TAPS][COUNT], e[COUNT], f[COUNT];
    static int16_t a[COUNT], b[COUNT], in[2 * COUNT + HALF_TAPS];
    const unsigned char *rows[HALF_TAPS];
    for (int row = 0; row < HALF_TAPS; row++) {
        rows[row] = samples[row];
        for (int x = 0; x < COUNT; x++) samples[row][x] = (unsigned char)((row + x) % 3 ? 255 * (row % 2) : row * 37 + x * 101);
    }
    for (int x = 0; x < 2 * COUNT + HALF_TAPS; x++) in[x] = (int16_t)(x % 5 ? x * 7919 % 20000 - 2000 : 64 * 255);
    half_lanes_plain()->down(rows, COUNT, a);
    half_lanes_choose()->down(rows, COUNT, b);
    assert_memory_equal(a, b, sizeof a);
    half_lanes_plain()->across(in, COUNT, e);
    half_lanes_choose()->across(in, COUNT, f);
    assert_memory_equal(e, f, sizeof e);
}

static void bombs_are_refused_from_their_header(void **state)
{
    struct arena *arena = *state;
    char png[33] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0";
    struct image_info info;
    struct image_variant variant;
    const struct image_recipe recipe = {.format = IMAGE_JPEG, .width = 480};
    str error = {0};
    assert_false(image_probe(str_of(png, 33), &limits, arena, &info, &error));
    assert_true(str_contains(error, S("30000 x 30000")));
    assert_false(image_make(str_of(png, 33), &limits, &recipe, 1, arena, &variant, &error));
    assert_false(image_probe(S(""), &limits, arena, &info, &error));
    const struct image_limits small = {.pixels = 1000, .bytes = 100, .max_side = 100};
    assert_false(image_probe(corner_file(arena, IMAGE_JPEG, 8, 8), &small, arena, &info, &error));
}

static void cut_off_jpeg_is_made_and_told(void **state)
{
    struct arena *arena = *state;
    const struct image_recipe recipe = {.format = IMAGE_JPEG, .width = 32, .quality = 80};
    struct image_variant variant;
    str error, bytes = corner_file(arena, IMAGE_JPEG, 256, 256);
    assert_true(image_make(str_slice(bytes, 0, bytes.len - bytes.len / 5), &limits, &recipe, 1, arena, &variant, &error));
    assert_true(str_contains(error, S("cut off")));
}

/* What ends within its frame header has no size that could be relied on. */
static void jpeg_cut_off_in_its_frame_header_is_none(void **state)
{
    struct arena *arena = *state;
    struct image_info info;
    str error, bytes = corner_file(arena, IMAGE_JPEG, 64, 32);
    ptrdiff_t frame = str_find(bytes, S("\xff\xc0"));
    assert_true(image_probe(str_slice(bytes, 0, frame + 19), &limits, arena, &info, &error));
    assert_false(image_probe(str_slice(bytes, 0, frame + 18), &limits, arena, &info, &error));
    assert_true(str_contains(error, S("no frame header")));
}

/* An AVIF's "iloc" whose numbers take no bytes: 65,535 pieces of every item would cost nothing to say. */
static void heif_pieces_of_no_bytes_count_once(void **state)
{
    struct arena *arena = *state;
    enum { ITEMS = 4000 };
    struct buf infe = buf_in(arena), iloc = buf_in(arena), file = buf_in(arena);
    for (int i = 0; i < ITEMS; i++) {
        buf_be32(&infe, 20), buf_add(&infe, S("infe\2\0\0\0")), buf_be16(&infe, 1), buf_add(&infe, S("\0\0Exif\0\0"));
        buf_be16(&iloc, 1), buf_add(&iloc, S("\0\0\xff\xff"));
    }
    buf_add(&file, S("\0\0\0\x14" "ftypavif\0\0\0\0mif1"));
    buf_be32(&file, (uint32_t)(12 + 14 + infe.len + 16 + iloc.len)), buf_add(&file, S("meta\0\0\0\0"));
    buf_be32(&file, (uint32_t)(14 + infe.len)), buf_add(&file, S("iinf\0\0\0\0")), buf_be16(&file, ITEMS), buf_add(&file, buf_str(&infe));
    buf_be32(&file, (uint32_t)(16 + iloc.len)), buf_add(&file, S("iloc\0\0\0\0\0\0")), buf_be16(&file, ITEMS), buf_add(&file, buf_str(&iloc));
    struct isobox_item item = {0};
    while (isobox_item_next(buf_str(&file), &item)) assert_int_equal(item.extent, 1);
    assert_int_equal(item.pieces, ISOBOX_PIECES_MAX);
    assert_true(isobox_is_excessive(buf_str(&file), &item));
}

/* 200, 120, 80 of Display P3 is 213, 115, 70 in sRGB. */
static void wide_colours_come_out_right(void **state)
{
    struct arena *arena = *state;
    struct pixels p = {0};
    assert_true(pixels_alloc(&p, 40, 30, 3));
    for (int i = 0; i < 40 * 30; i++) memcpy(p.data + 3 * i, (const unsigned char[]){200, 120, 80}, 3);
    str png = encode(arena, IMAGE_PNG, &p, 0);
    pixels_free(&p);
    struct buf primaries = buf_in(arena);
    static const uint32_t p3[] = {31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000};
    for (int i = 0; i < 8; i++) buf_be32(&primaries, p3[i]);
    str wide = with_chunk(arena, with_chunk(arena, png, FOURCC('g', 'A', 'M', 'A'), S("\0\0\xb1\x8f")), FOURCC('c', 'H', 'R', 'M'), buf_str(&primaries));
    const struct { str file; int rgb[3]; } cases[] = {
        {png, {200, 120, 80}}, {wide, {213, 115, 70}},
        {with_chunk(arena, png, FOURCC('c', 'I', 'C', 'P'), S("\x0c\x0d\0\1")), {213, 115, 70}},
        {with_chunk(arena, wide, FOURCC('c', 'I', 'C', 'P'), S("\1\x0d\0\1")), {200, 120, 80}},
    };
    const struct image_recipe recipe = {.format = IMAGE_PNG, .width = 8};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image_variant made;
        str error;
        assert_true(image_make(cases[i].file, &limits, &recipe, 1, arena, &made, &error));
        struct pixels out = decode(arena, made.bytes);
        for (int c = 0; c < 3; c++) assert_in_range(pixels_row(&out, 3)[4 * 3 + c] + 3 - cases[i].rgb[c], 1, 5);
        pixels_free(&out);
    }
}

/* Upright, without metadata, and the red corner in the upper left. */
static void check_cleaned_upright(struct arena *arena, str bytes, enum image_kind kind)
{
    struct image_info info;
    str clean, again, error;
    assert_true(image_clean(bytes, &limits, arena, &clean, &error));
    assert_true(image_probe(clean, &limits, arena, &info, &error));
    assert_int_equal(info.kind, kind);
    assert_false(info.has_metadata || info.traces);
    assert_int_equal(info.orientation, 1);
    struct pixels made = decode(arena, clean);
    const unsigned char *first = pixels_row(&made, 1) + made.channels;
    assert_in_range(first[0], 190, 255);
    assert_in_range(first[1], 0, 60);
    pixels_free(&made);
    assert_true(image_clean(clean, &limits, arena, &again, &error));
    assert_ptr_equal(again.p, clean.p);
}

static void cleaning_turns_upright(void **state)
{
    struct arena *arena = *state;
    str clean, error, jpeg = corner_file(arena, IMAGE_JPEG, 64, 32);
    assert_true(image_clean(jpeg, &limits, arena, &clean, &error));
    assert_ptr_equal(clean.p, jpeg.p);
    for (int orientation = 1; orientation <= 8; orientation++) {
        /* 50 x 30 is not whole blocks: cannot be turned without loss. */
        static const struct { int width, height; } sizes[] = {{64, 32}, {50, 30}};
        for (int i = 0; i < 2; i++) {
            struct pixels p = corners(sizes[i].width, sizes[i].height, 3);
            turn_back(&p, orientation);
            check_cleaned_upright(arena, with_exif(arena, encode(arena, IMAGE_JPEG, &p, 95), orientation), IMAGE_JPEG);
            struct buf exif = buf_in(arena);
            buf_exif_orientation(&exif, orientation);
            str png = with_chunk(arena, encode(arena, IMAGE_PNG, &p, 0), FOURCC('e', 'X', 'I', 'f'), buf_str(&exif));
            check_cleaned_upright(arena, png, IMAGE_PNG);
            pixels_free(&p);
        }
    }
}

/* Of its own size and format a JPEG stays what it was, unless a quality is asked for and gives fewer bytes. */
static void what_needs_no_work_is_not_made_again(void **state)
{
    struct arena *arena = *state;
    struct pixels p = corners(160, 120, 3);
    str fine = encode(arena, IMAGE_JPEG, &p, 98), coarse = encode(arena, IMAGE_JPEG, &p, 30), error;
    pixels_free(&p);
    struct image_recipe recipe = {.format = IMAGE_JPEG, .width = 999, .quality = 60, .keeps_jpeg = true};
    struct image_variant made;
    assert_true(image_make(with_exif(arena, fine, 1), &limits, &recipe, 1, arena, &made, &error));
    assert_true(str_equal(made.bytes, fine));
    recipe.keeps_jpeg = false;
    assert_true(image_make(fine, &limits, &recipe, 1, arena, &made, &error));
    assert_true(made.bytes.len < fine.len);
    assert_true(image_make(with_exif(arena, coarse, 1), &limits, &recipe, 1, arena, &made, &error));
    assert_true(str_equal(made.bytes, coarse));
    recipe.width = 100;
    assert_true(image_make(fine, &limits, &recipe, 1, arena, &made, &error));
    assert_int_equal(made.width, 100);
}

static void cleaning_png_drops_texts(void **state)
{
    struct arena *arena = *state;
    str clean, error, png = corner_file(arena, IMAGE_PNG, 8, 8);
    str text = S("\0\0\0\x05tEXta\0abc\0\0\0\0"), whole;
    assert_true(image_clean(png, &limits, arena, &clean, &error));
    assert_ptr_equal(clean.p, png.p);
    whole = str_concat3(arena, str_slice(png, 0, 33), text, str_from(png, 33));
    assert_true(image_clean(str_concat(arena, whole, S("tail")), &limits, arena, &clean, &error));
    assert_true(str_equal(clean, png));
}

static void check_svg(struct arena *arena, str dirty, str want)
{
    str clean, error = {0};
    assert_true(image_clean(dirty, &limits, arena, &clean, &error));
    char *got = str_z(arena, clean);
    assert_string_equal(got, str_z(arena, want));
}

#define SVG_HEAD "<svg xmlns=\"http://www.w3.org/2000/svg\""
#define SVG_CLEAN SVG_HEAD " xmlns:xlink=\"http://www.w3.org/1999/xlink\""

static void svg_loses_what_runs_or_loads(void **state)
{
    struct arena *arena = *state;
    check_svg(arena, S(SVG_HEAD "><path d=\"M0 0\"/></svg>"), S(SVG_HEAD "><path d=\"M0 0\"/></svg>"));
    check_svg(arena, S(SVG_HEAD " onload=\"x()\"><script>a</script><g id=\"한글\"/></svg>"),
              S(SVG_CLEAN "><g id=\"한글\"/></svg>"));
    check_svg(arena, S(SVG_HEAD "><a href=\" java\tscript:x\"/><a href=\"https://a.b/\"/></svg>"),
              S(SVG_CLEAN "><a/><a href=\"https://a.b/\"/></svg>"));
    check_svg(arena,
              S(SVG_HEAD "><use href=\"x.svg#a\"/><use href=\"#a\"/>"
                         "<image href=\"http://x/y.png\"/></svg>"),
              S(SVG_CLEAN "><use/><use href=\"#a\"/><image/></svg>"));
    check_svg(arena,
              S(SVG_HEAD "><style>@import 'x';</style><g style=\"fill:url(http://x)\" "
                         "fill=\"url(#a)\"/><foreignObject><p/></foreignObject></svg>"),
              S(SVG_CLEAN "><style></style><g fill=\"url(#a)\"/></svg>"));
    check_svg(
        arena,
        S("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY y \"z\">]>" SVG_HEAD "><text>&x;&y;</text></svg>"),
        S(SVG_CLEAN "><text>z</text></svg>"));
    check_svg(arena,
              S(SVG_HEAD "><set attributeName=\"onclick\" to=\"x()\"/>"
                         "<g fill=\"u\\72l(http://x)\"/><!-- Kim's --></svg>"),
              S(SVG_CLEAN "><set to=\"x()\"/><g/></svg>"));
    check_svg(arena, S(SVG_HEAD "><g xlink:xlink=\"a\" b:c=\"d\"/><a xlink:href=\"#a\"/><e:f/></svg>"),
              S(SVG_CLEAN "><g/><a xlink:href=\"#a\"/></svg>"));
}

/* A style sheet is read as a browser joins it, and kept or dropped as a whole. */
static void svg_styles_are_judged_as_one_text(void **state)
{
    static const char *const loading[] = {
        "@im<!-- -->port 'https://a.example/a.css';",
        "@im<g/>port 'https://a.example/a.css';",
        "@im<?x y?>port 'https://a.example/a.css';",
        "@im<![CDATA[port 'https://a.example/a.css';]]>",
        "rect{fill:ur<!-- -->l(https://a.example/x.svg#a)}",
        "rect{fill:ur<tspan/>l(https://a.example/x.svg#a)}",
        "@im&x; 'https://a.example/a.css';",
        "@&i;port 'https://a.example/a.css';",
        "\\40 import 'https://a.example/a.css';",
        "rect{fill:u\\72l(https://a.example/x.svg#a)}",
        "rect{fill:URL( 'https://a.example/x.svg#a')}",
        "rect{mask-image:image-set('https://a.example/x.png' 1x)}",
        "rect{mask-image:-webkit-image-set('https://a.example/x.png' 1x)}",
        "rect{mask-image:image('https://a.example/x.png')}",
        "@font-face{font-family:a;src:src('https://a.example/a.woff2')}",
        "@font-face{font-family:a;src:url(//a.example/a.woff2)}",
        "@namespace url(https://a.example/);",
    };
    struct arena *arena = *state;
    for (size_t i = 0; i < sizeof loading / sizeof *loading; i++) {
        struct buf dirty = buf_in(arena);
        buf_printf(&dirty, "<!DOCTYPE svg [<!ENTITY x 'port'><!ENTITY i 'im'>]>" SVG_HEAD "><style>%s</style></svg>", loading[i]);
        check_svg(arena, buf_str(&dirty), S(SVG_CLEAN "><style></style></svg>"));
    }
    check_svg(arena, S(SVG_HEAD "><style>a{<!-- b -->fill:<![CDATA[url(#c)]]><g>@import</g>}</style></svg>"),
              S(SVG_CLEAN "><style>a{fill:url(#c)}</style></svg>"));
    check_svg(arena, S("<!DOCTYPE svg [<!ENTITY x 'red'>]>" SVG_HEAD "><style>a{fill:&x;}</style></svg>"),
              S(SVG_CLEAN "><style>a{fill:red}</style></svg>"));
}

static void svg_attributes_load_nothing(void **state)
{
    static const char *const loading[] = {
        "<g style=\"fill:&u;(https://a.example/x.svg#a)\"/>", "<g fill=\"&u;(https://a.example/x.svg#a)\"/>",
        "<g style=\"mask:image-set('https://a.example/a.png' 1x)\"/>", "<g mask=\"src('https://a.example/a.svg')\"/>",
        "<g style=\"fill:\\75rl(https://a.example/x.svg)\"/>", "<g xml:base=\"https://a.example/\"/>",
        "<g href=\"https://a.example/x.svg#a\"/>", "<g xlink:href=\"x.svg#a\"/>", "<g href=\"data:image/svg+xml,a\"/>",
        "<g href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>", "<g attributeName=\"&h;\"/>", "<g attributeName=\" xlink:href \"/>",
        "<g to=\"url(https://a.example/x.svg#a)\"/>", "<g values=\"#a;javascript:x()\"/>", "<g onbegin=\"x()\"/>",
        "<g href=\"java&#10;script:x()\"/>",
    };
    struct arena *arena = *state;
    for (size_t i = 0; i < sizeof loading / sizeof *loading; i++) {
        struct buf dirty = buf_in(arena);
        buf_printf(&dirty, "<!DOCTYPE svg [<!ENTITY u 'url'><!ENTITY h 'href'>]>" SVG_HEAD " xmlns:xlink=\"http://www.w3.org/1999/xlink\">%s</svg>",
                   loading[i]);
        check_svg(arena, buf_str(&dirty), S(SVG_CLEAN "><g/></svg>"));
    }
    check_svg(arena,
              S("<?xml-stylesheet href=\"https://a.example/a.css\"?>" SVG_HEAD " xmlns:xi=\"http://www.w3.org/2001/XInclude\">"
                "<?xml-stylesheet href=\"a.css\"?><xi:include href=\"a\"/><include xmlns=\"http://www.w3.org/2001/XInclude\"/>"
                "<link href=\"a.css\"/><foreignObject/></svg>"),
              S(SVG_CLEAN "></svg>"));
}

/* 0x5c is a yen sign to libxml2, and a backslash to browsers. */
static void svg_becomes_utf8(void **state)
{
    check_svg(*state, S("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>" SVG_HEAD "><style>a{fill:u\\72l(x)}</style></svg>"),
              S(SVG_CLEAN "><style>a{fill:u\xc2\xa5" "72l(x)}</style></svg>"));
}

static void svg_bombs_end(void **state)
{
    struct arena *arena = *state;
    struct buf deep = buf_in(arena), laughs = buf_in(arena);
    str clean, error = {0};
    buf_add(&deep, S(SVG_HEAD ">"));
    for (int i = 0; i < 100000; i++) buf_add(&deep, S("<g>"));
    assert_false(image_clean(buf_str(&deep), &limits, arena, &clean, &error));
    buf_add(&laughs, S("<!DOCTYPE svg [<!ENTITY a0 \"ha\">"));
    for (int i = 1; i < 30; i++) buf_printf(&laughs, "<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;\">", i, i - 1, i - 1, i - 1, i - 1);
    buf_add(&laughs, S("]>" SVG_HEAD "><text a=\"&a29;\">&a29;</text></svg>"));
    assert_false(image_clean(buf_str(&laughs), &limits, arena, &clean, &error));
}

static void svg_sizes(void **state)
{
    struct arena *arena = *state;
    static const struct {
        str root;
        int width, height;
    } cases[] = {
        {STR_INIT(SVG_HEAD " width=\"120\" height=\"80px\"/>"), 120, 80},
        {STR_INIT(SVG_HEAD " viewBox=\"0 0 24 12\"/>"), 24, 12},
        {STR_INIT(SVG_HEAD " width=\"48\" viewBox=\"0,0,24,12\"/>"), 48, 24},
        {STR_INIT(SVG_HEAD " width=\"100%\" height=\"100%\" viewBox=\"0 0 5e1 25.4\"/>"), 50, 25},
        {STR_INIT(SVG_HEAD " width=\"1in\" height=\"25.4mm\"/>"), 96, 96},
        {STR_INIT(SVG_HEAD "/>"), 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct image_info info;
        str error;
        assert_true(image_probe(cases[i].root, &limits, arena, &info, &error));
        assert_int_equal(info.width, cases[i].width);
        assert_int_equal(info.height, cases[i].height);
    }
}

static str cover(struct arena *arena, str family, str text)
{
    struct buf out = buf_in(arena);
    struct cover cover = {.family = family, .title = text, .mark = text, .label = text};
    cover_svg(&out, &cover);
    return buf_str(&out);
}

static void covers_are_small_safe_and_the_same_twice(void **state)
{
    struct arena *arena = *state;
    struct buf quotes = buf_in(arena), hangul = buf_in(arena), marks = buf_in(arena);
    for (int i = 0; i < 300; i++) {
        buf_char(&quotes, '"');
        buf_add(&hangul, i % 5 ? S("한") : S(" 글"));
        buf_add(&marks, S("\xcc\x81"));
    }
    for (int i = 0; i < 200; i++) {
        str seed = str_format(arena, "event-%d", i), error, clean;
        str titles[] = {buf_str(&quotes), buf_str(&hangul), buf_str(&marks), S(""), S("<b> & c")};
        for (int t = 0; t < 5; t++) {
            str svg = cover(arena, seed, titles[t]);
            assert_true(svg.len < 2048);
            assert_true(str_equal(svg, cover(arena, seed, titles[t])));
            assert_false(str_contains(svg, S("style=")));
            svg = str_concat(arena, S("<svg xmlns=\"http://www.w3.org/2000/svg\""), str_from(svg, 4));
            assert_true(image_clean(svg, &limits, arena, &clean, &error));
            assert_ptr_equal(clean.p, svg.p);
        }
    }
}

/* Every prefix of every kind, and every byte changed: an answer, no crash. */
/* Long words are drawn smaller before they are cut, so that they end where the margin is. */
static void words_of_covers_stay_within_the_margin(void **state)
{
    struct arena *arena = *state;
    static const struct { str label, want; } words[] = {
        {STR_INIT("AWS Summit Seoul"), STR_INIT("font-size=\"62\" font-weight=\"600\">AWS Summit Seoul</text>")},
        {STR_INIT("KubeCon + CloudNativeCon Europe"), STR_INIT("font-size=\"54\" font-weight=\"600\">KubeCon + CloudNativeCon Europe</text>")},
        {STR_INIT("The Yearly Conference on Everything at Once"), STR_INIT("font-size=\"50\" font-weight=\"600\">The Yearly Conference on Everythi…</text>")},
        {STR_INIT("한국어로 된 행사 이름은 두 배로 넓다"), STR_INIT("font-size=\"50\" font-weight=\"600\">한국어로 된 행사 이름은 두 배로…</text>")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct buf out = buf_in(arena);
        cover_svg(&out, &(struct cover){.family = S("a"), .title = S("b"), .mark = S("2025"), .label = words[i].label});
        if (!str_contains(buf_str(&out), words[i].want)) fail_msg("%s", str_z(arena, buf_str(&out)));
    }
}

static void broken_files_end(void **state)
{
    struct arena *arena = *state;
    static const enum image_kind kinds[] = {IMAGE_JPEG, IMAGE_PNG, IMAGE_WEBP};
    const struct image_recipe recipe = {.format = IMAGE_JPEG, .width = 8, .quality = 50};
    for (int k = 0; k < 3; k++) {
        str whole = corner_file(arena, kinds[k], 24, 16);
        if (kinds[k] == IMAGE_JPEG) whole = with_exif(arena, whole, 8);
        for (ptrdiff_t i = 0; i < whole.len; i++) {
            struct arena scratch = {0};
            char *broken = arena_copy(&scratch, whole.p, (size_t)whole.len);
            struct image_variant variant;
            str out, error;
            image_make(str_of(broken, i), &limits, &recipe, 1, &scratch, &variant, &error);
            image_clean(str_of(broken, i), &limits, &scratch, &out, &error);
            broken[i] = (char)~broken[i];
            image_make(str_of(broken, whole.len), &limits, &recipe, 1, &scratch, &variant, &error);
            image_clean(str_of(broken, whole.len), &limits, &scratch, &out, &error);
            arena_free(&scratch);
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(kinds_agree_with_their_functions),
        TEST(content_decides_the_kind),
        TEST(exif_is_read_and_turns_the_size),
        TEST(exif_time_is_local_seconds), TEST(exif_time_is_a_day_that_there_was),
        TEST(exif_offset_is_that_of_its_time),
        TEST(variants_are_upright),
        TEST(recipes_never_enlarge),
        TEST(one_decode_makes_many), TEST(a_recipe_gives_the_same_in_any_company),
        TEST(same_size_stays_exact),
        TEST(transparent_pictures_go_on_white),
        TEST(resizing_is_in_linear_light),
        TEST(resizing_keeps_flat_colours_at_every_size),
        TEST(lanes_agree),
        TEST(half_lanes_agree),
        TEST(bombs_are_refused_from_their_header),
        TEST(cut_off_jpeg_is_made_and_told),
        TEST(jpeg_cut_off_in_its_frame_header_is_none),
        TEST(heif_pieces_of_no_bytes_count_once),
        TEST(wide_colours_come_out_right), TEST(iptc_and_texts_tell), TEST(cleaning_turns_upright), TEST(what_needs_no_work_is_not_made_again),
        TEST(cleaning_png_drops_texts),
        TEST(svg_loses_what_runs_or_loads),
        TEST(svg_styles_are_judged_as_one_text),
        TEST(svg_attributes_load_nothing),
        TEST(svg_becomes_utf8),
        TEST(svg_bombs_end),
        TEST(svg_sizes),
        TEST(covers_are_small_safe_and_the_same_twice),
        TEST(words_of_covers_stay_within_the_margin),
        TEST(broken_files_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
