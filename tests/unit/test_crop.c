/* test_crop.c - crops that go where there is something to see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "../../src/image/crop_interest.h"

/* A gray picture with a board of black and white squares at x, y. */
static struct pixels board_at(int width, int height, int x, int y)
{
    struct pixels pixels = {0};
    assert_true(pixels_alloc(&pixels, width, height, 1));
    memset(pixels.data, 128, (size_t)width * (size_t)height);
    for (int row = y; row < y + 40; row++)
        for (int column = x; column < x + 40; column++)
            pixels_row(&pixels, row)[column] = (row / 8 + column / 8) % 2 ? 255 : 0;
    return pixels;
}

static void check_part(struct pixels pixels, struct area part, int from, int to)
{
    struct area got = crop_interest(&pixels, part);
    bool across = part.width < pixels.width;
    assert_int_equal(got.width, part.width);
    assert_int_equal(got.height, part.height);
    assert_in_range(across ? got.x : got.y, from, to);
    assert_int_equal(across ? got.y : got.x, 0);
    pixels_free(&pixels);
}

static void crop_goes_where_edges_are(void **state)
{
    (void)state;
    check_part(board_at(600, 200, 540, 100), (struct area){200, 0, 200, 200}, 380, 400);
    check_part(board_at(600, 200, 0, 0), (struct area){200, 0, 200, 200}, 0, 0);
    check_part(board_at(100, 900, 20, 700), (struct area){0, 400, 100, 100}, 640, 700);
    check_part(board_at(5000, 300, 4900, 10), (struct area){0, 0, 300, 300}, 4640, 4700);
}

static void crop_of_a_plain_picture_is_its_middle(void **state)
{
    (void)state;
    struct pixels pixels = {0};
    assert_true(pixels_alloc(&pixels, 601, 200, 3));
    memset(pixels.data, 90, (size_t)601 * 200 * 3);
    check_part(pixels, (struct area){0, 0, 200, 200}, 200, 200);
    assert_true(pixels_alloc(&pixels, 3, 1, 4));
    memset(pixels.data, 0, 12);
    check_part(pixels, (struct area){0, 0, 1, 1}, 1, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crop_goes_where_edges_are),
        cmocka_unit_test(crop_of_a_plain_picture_is_its_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
