/* card_canvas.c - filling, laying over, shading. */
#include "card_canvas.h"

#include <string.h>

static unsigned char *pixel_at(struct image_raster *canvas, int x, int y)
{
    return canvas->rgb + ((size_t)y * (size_t)canvas->width + (size_t)x) * 3;
}

static void put(unsigned char *pixel, struct card_color color)
{
    pixel[0] = color.r;
    pixel[1] = color.g;
    pixel[2] = color.b;
}

static unsigned char mixed(unsigned under, unsigned over, unsigned part)
{
    return (unsigned char)((under * (255 - part) + over * part + 127) / 255);
}

void canvas_fill(struct image_raster *canvas, struct card_color color)
{
    size_t row = (size_t)canvas->width * 3;
    for (int x = 0; x < canvas->width; x++) put(pixel_at(canvas, x, 0), color);
    for (int y = 1; y < canvas->height; y++) memcpy(pixel_at(canvas, 0, y), canvas->rgb, row);
}

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

void canvas_rectangle(struct image_raster *canvas, int x, int y, int width, int height, struct card_color color)
{
    for (int row = most(y, 0); row < least(y + height, canvas->height); row++)
        for (int column = most(x, 0); column < least(x + width, canvas->width); column++) put(pixel_at(canvas, column, row), color);
}

void canvas_mask(struct image_raster *canvas, int x, int y, struct card_mask mask, struct card_color color, int opacity)
{
    int from = most(0, -x), to = least(mask.width, canvas->width - x);
    for (int row = most(0, -y); row < least(mask.height, canvas->height - y); row++) {
        const unsigned char *cover = mask.bytes + row * mask.stride;
        for (int column = from; column < to; column++) {
            unsigned part = (cover[column] + 8u) / 17u * 17u * (unsigned)opacity / 255u;
            if (part == 0) continue;
            unsigned char *pixel = pixel_at(canvas, x + column, y + row);
            put(pixel, (struct card_color){mixed(pixel[0], color.r, part), mixed(pixel[1], color.g, part), mixed(pixel[2], color.b, part)});
        }
    }
}

/* The mean of the source's pixels below one of the result's. */
static void average(const struct card_mask *picture, int x0, int x1, int y0, int y1, unsigned mean[4])
{
    unsigned sum[4] = {0}, count = (unsigned)((x1 - x0) * (y1 - y0));
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            for (int c = 0; c < 4; c++) sum[c] += picture->bytes[y * picture->stride + x * 4 + c];
    for (int c = 0; c < 4; c++) mean[c] = sum[c] / count;
}

void canvas_picture(struct image_raster *canvas, int x, int y, int width, int height, struct card_mask picture)
{
    for (int row = most(0, -y); row < least(height, canvas->height - y); row++) {
        int y0 = row * picture.height / height, y1 = most(y0 + 1, (row + 1) * picture.height / height);
        for (int column = most(0, -x); column < least(width, canvas->width - x); column++) {
            int x0 = column * picture.width / width, x1 = most(x0 + 1, (column + 1) * picture.width / width);
            unsigned mean[4];
            average(&picture, x0, x1, y0, y1, mean);
            unsigned char *pixel = pixel_at(canvas, x + column, y + row);
            for (int c = 0; c < 3; c++) pixel[c] = (unsigned char)least(255, (int)(mean[2 - c] + pixel[c] * (255 - mean[3]) / 255));
        }
    }
}

/* Between four pixels; positions are in 256ths. */
static void sample(const struct image_raster *photo, int64_t x, int64_t y, unsigned char out[3])
{
    int x0 = (int)(x >> 8), y0 = (int)(y >> 8);
    int x1 = least(x0 + 1, photo->width - 1), y1 = least(y0 + 1, photo->height - 1);
    unsigned right = (unsigned)(x & 255), down = (unsigned)(y & 255);
    size_t row = (size_t)photo->width * 3;
    const unsigned char *top = photo->rgb + row * (size_t)y0, *bottom = photo->rgb + row * (size_t)y1;
    for (int c = 0; c < 3; c++) {
        unsigned upper = top[x0 * 3 + c] * (256 - right) + top[x1 * 3 + c] * right;
        unsigned lower = bottom[x0 * 3 + c] * (256 - right) + bottom[x1 * 3 + c] * right;
        out[c] = (unsigned char)((upper * (256 - down) + lower * down) >> 16);
    }
}

void canvas_photo(struct image_raster *canvas, const struct image_raster *photo)
{
    if (photo->width == canvas->width && photo->height == canvas->height) {
        memcpy(canvas->rgb, photo->rgb, (size_t)canvas->width * (size_t)canvas->height * 3);
        return;
    }
    int64_t by_width = ((int64_t)photo->width << 8) / canvas->width, by_height = ((int64_t)photo->height << 8) / canvas->height;
    int64_t step = by_width < by_height ? by_width : by_height;
    int64_t left = (((int64_t)photo->width << 8) - step * canvas->width) / 2, up = (((int64_t)photo->height << 8) - step * canvas->height) / 2;
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++) sample(photo, left + x * step, up + y * step, pixel_at(canvas, x, y));
}

void canvas_shade(struct image_raster *canvas, const unsigned char *shade)
{
    size_t row = (size_t)canvas->width * 3;
    for (int y = 0; y < canvas->height; y++) {
        unsigned char *bytes = pixel_at(canvas, 0, y);
        unsigned left = 255u - shade[y];
        for (size_t i = 0; i < row; i++) bytes[i] = (unsigned char)(bytes[i] * left / 255);
    }
}
