/* png_write.c - encoding PNG by libpng, small.
 *
 * Up to 256 colours become a palette of 1, 2, 4 or 8 bits (screenshots, charts);
 * the rest keeps its channels and libpng tries all five filters on every row. */
#include <stdlib.h>

#include "image_format.h"
#include "png_trap.h"

enum { COLORS_MAX = 256, SLOTS = 1024 };

struct palette {
    uint32_t colors[COLORS_MAX]; /* as pixel_value() packs them */
    int count;
    int16_t slots[SLOTS]; /* open hashing: index into colors, or -1 */
};

struct png_writer {
    png_structp png;
    png_infop info;
    struct png_trap trap;
    struct image_source *source;
    struct buf out;
    unsigned char *indices; /* one byte a pixel, where there is a palette */
    struct palette palette;
};

static uint32_t pixel_value(const unsigned char *p, int channels)
{
    switch (channels) {
    case 1: return 0xff000000u | p[0] * 0x10101u;
    case 2: return (uint32_t)p[1] << 24 | p[0] * 0x10101u;
    case 3: return 0xff000000u | (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
    default: return (uint32_t)p[3] << 24 | (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
    }
}

/* The color's index, added where new; -1 when the palette is full. */
static int palette_index(struct palette *palette, uint32_t color)
{
    uint32_t slot = (color * 2654435761u) >> 22;
    while (palette->slots[slot] >= 0) {
        if (palette->colors[palette->slots[slot]] == color) return palette->slots[slot];
        slot = (slot + 1) % SLOTS;
    }
    if (palette->count == COLORS_MAX) return -1;
    palette->slots[slot] = (int16_t)palette->count;
    palette->colors[palette->count] = color;
    return palette->count++;
}

static bool find_palette(struct png_writer *writer, const struct pixels *pixels)
{
    struct palette *palette = &writer->palette;
    memset(palette->slots, 0xff, sizeof palette->slots);
    size_t count = (size_t)pixels->width * (size_t)pixels->height;
    writer->indices = memory_alloc(count);
    const unsigned char *p = pixels->data;
    uint32_t last = 0;
    int index = -1;
    for (size_t i = 0; i < count; i++, p += pixels->channels) {
        uint32_t color = pixel_value(p, pixels->channels);
        if (index < 0 || color != last) index = palette_index(palette, color);
        last = color;
        if (index < 0) return false;
        writer->indices[i] = (unsigned char)index;
    }
    return true;
}

static void write_palette(struct png_writer *writer)
{
    const struct palette *palette = &writer->palette;
    png_color colors[COLORS_MAX] = {{0, 0, 0}};
    png_byte alphas[COLORS_MAX];
    int transparent = 0; /* how many entries tRNS needs */
    for (int i = 0; i < palette->count; i++) {
        uint32_t color = palette->colors[i];
        colors[i] = (png_color){(png_byte)(color >> 16 & 0xff), (png_byte)(color >> 8 & 0xff), (png_byte)(color & 0xff)};
        alphas[i] = (png_byte)(color >> 24);
        if (alphas[i] < 255) transparent = i + 1;
    }
    png_set_PLTE(writer->png, writer->info, colors, palette->count);
    if (transparent) png_set_tRNS(writer->png, writer->info, alphas, transparent, NULL);
}

static int palette_bits(int count) { return count <= 2 ? 1 : count <= 4 ? 2 : count <= 16 ? 4 : 8; }

static void add_bytes(png_structp png, png_bytep bytes, size_t size)
{
    struct png_writer *writer = png_get_io_ptr(png);
    buf_add(&writer->out, str_of((const char *)bytes, (ptrdiff_t)size));
}

static void no_flush(png_structp png) { (void)png; }

/* Everything that may jump.  `indexed` rows come from writer->indices. */
static bool encode(struct png_writer *writer, const struct pixels *pixels, bool indexed, bool quickly)
{
    static const int types[5] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                                 PNG_COLOR_TYPE_RGB_ALPHA};
    png_structp png = writer->png;
    if (setjmp(png_jmpbuf(png))) return image_fail(writer->source, "PNG: %s", writer->trap.message);
    png_set_write_fn(png, writer, add_bytes, no_flush);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_set_IHDR(png, writer->info, (png_uint_32)pixels->width, (png_uint_32)pixels->height,
                 indexed ? palette_bits(writer->palette.count) : 8, indexed ? PNG_COLOR_TYPE_PALETTE : types[pixels->channels],
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_filter(png, 0, indexed ? PNG_FILTER_NONE : PNG_ALL_FILTERS);
    png_set_compression_level(png, quickly ? 4 : indexed ? 9 : 5);
    if (indexed) write_palette(writer);
    png_write_info(png, writer->info);
    if (indexed) png_set_packing(png);
    for (int y = 0; y < pixels->height; y++)
        png_write_row(png, indexed ? writer->indices + (size_t)y * (size_t)pixels->width : pixels_row(pixels, y));
    png_write_end(png, writer->info);
    return true;
}

bool png_write(struct image_source *source, const struct pixels *pixels, int quality, str *out)
{
    bool quickly = quality == 0; /* always lossless */
    struct png_writer writer = {.source = source, .out = buf_in(source->arena)};
    writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writer.trap, png_trap_error, png_trap_warning);
    if (writer.png) writer.info = png_create_info_struct(writer.png);
    bool indexed = find_palette(&writer, pixels);
    bool ok = writer.info ? encode(&writer, pixels, indexed, quickly) : image_fail(source, "libpng does not start");
    png_destroy_write_struct(&writer.png, &writer.info);
    free(writer.indices);
    *out = buf_str(&writer.out);
    return ok;
}

uint32_t png_encoder(void) { return (uint32_t)png_access_version_number(); }
