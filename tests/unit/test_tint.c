/* test_tint.c - the colour most of a picture has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "image/image.h"

static struct arena arena;

struct rgb { unsigned char red, green, blue; };

static void paint(struct image_raster *raster, int from, int to, struct rgb colour)
{
    for (int y = from; y < to; y++)
        for (int x = 0; x < raster->width; x++) memcpy(raster->rgb + 3 * (y * raster->width + x), &colour, 3);
}

/* A picture of `most` above a third of `rest`. */
static struct image_tint tint_of(struct rgb most, struct rgb rest, enum image_kind kind)
{
    struct image_raster raster;
    struct image_tint tint = {0};
    str bytes, error = {0};
    assert_true(image_raster_new(&raster, 96, 96));
    paint(&raster, 0, 64, most);
    paint(&raster, 64, 96, rest);
    assert_true(image_raster_write(&raster, kind, 90, &arena, &bytes, &error));
    image_raster_free(&raster);
    assert_true(image_tint(bytes, &arena, &tint, &error));
    return tint;
}

static void check_tint(struct rgb most, int hue, int tone)
{
    static const enum image_kind kinds[] = {IMAGE_JPEG, IMAGE_PNG, IMAGE_WEBP};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct image_tint tint = tint_of(most, (struct rgb){200, 30, 160}, kinds[i]);
        assert_int_equal(tint.hue, hue);
        assert_int_equal(tint.tone, tone);
    }
}

static void tint_is_that_of_most(void **state)
{
    (void)state;
    check_tint((struct rgb){220, 40, 40}, 1, 4);
    check_tint((struct rgb){230, 40, 120}, 12, 4);
    check_tint((struct rgb){230, 130, 20}, 2, 3);
    check_tint((struct rgb){60, 180, 70}, 5, 3);
    check_tint((struct rgb){20, 52, 90}, 8, 2);
    check_tint((struct rgb){200, 205, 230}, 9, 6);
}

static void tint_of_greys_has_no_hue(void **state)
{
    (void)state;
    check_tint((struct rgb){255, 255, 255}, 0, 6);
    check_tint((struct rgb){0, 0, 0}, 0, 1);
    check_tint((struct rgb){120, 124, 130}, 0, 3);
}

static void tint_of_what_is_no_picture(void **state)
{
    (void)state;
    struct image_tint tint = {0};
    str error = {0};
    assert_false(image_tint(S("no picture"), &arena, &tint, &error));
    assert_true(error.len > 0);
    assert_int_equal(tint.tone, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tint_is_that_of_most),
        cmocka_unit_test(tint_of_greys_has_no_hue),
        cmocka_unit_test(tint_of_what_is_no_picture),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
