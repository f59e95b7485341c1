/* png_read.c - decoding PNG by libpng: any depth, palette, interlaced -> 8 bits.
 *
 * libpng and not stb_image: it checks the checksums, knows gAMA, bounds memory
 * by chunk and was hardened for years against hostile files. */
#include <stdlib.h>

#include "image_format.h"
#include "png_chunks.h"
#include "png_trap.h"

/* A profile or text that unpacks to more than this is left out. */
enum { CHUNK_MEMORY_MAX = 8 << 20 };

struct png_reader {
    png_structp png;
    png_infop info;
    struct png_trap trap;
    str rest; /* what libpng has not read yet */
    struct image_source *source;
    struct pixels *out;
    png_bytep *rows; /* of an interlaced picture */
};

static void give_bytes(png_structp png, png_bytep to, size_t size)
{
    struct png_reader *reader = png_get_io_ptr(png);
    if ((size_t)reader->rest.len < size) png_error(png, "the file is cut off");
    memcpy(to, reader->rest.p, size);
    reader->rest = str_from(reader->rest, (ptrdiff_t)size);
}

/* Texts are not wanted: not even unpacked. */
static void skip_texts(png_structp png)
{
    static const png_byte names[] = "tEXt\0zTXt\0iTXt\0tIME\0eXIf\0sPLT\0hIST";
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, 7);
    png_set_chunk_malloc_max(png, CHUNK_MEMORY_MAX);
}

/* cICP, which libpng does not know, comes before all others (PNG, third edition, 11.3.2.6): primaries, transfer,
 * matrix, range, by the numbers of H.273.  What is meant for screens of high dynamic range is taken as it is. */
static bool read_code_points(struct png_reader *reader)
{
    enum { PRIMARIES_SRGB = 1, PRIMARIES_P3 = 12, TRANSFER_SRGB = 13 };
    struct png_chunk chunk;
    for (ptrdiff_t at = 8; png_chunk_next(reader->source->bytes, &at, &chunk) && chunk.type != FOURCC('I', 'D', 'A', 'T');) {
        if (chunk.type != FOURCC('c', 'I', 'C', 'P') || chunk.data.len < 4 || byte_at(chunk.data, 1) != TRANSFER_SRGB) continue;
        reader->out->wide = byte_at(chunk.data, 0) == PRIMARIES_P3;
        return reader->out->wide || byte_at(chunk.data, 0) == PRIMARIES_SRGB;
    }
    return false;
}

static bool is_near(double a, double b) { return a > b - 0.005 && a < b + 0.005; }

static bool says_wide(const struct png_reader *reader)
{
    double white_x, white_y, red_x, red_y, green_x, green_y, blue_x, blue_y;
    return png_get_cHRM(reader->png, reader->info, &white_x, &white_y, &red_x, &red_y, &green_x, &green_y, &blue_x, &blue_y) &&
           is_near(white_x, 0.3127) && is_near(white_y, 0.3290) && is_near(red_x, 0.680) && is_near(red_y, 0.320) &&
           is_near(green_x, 0.265) && is_near(green_y, 0.690) && is_near(blue_x, 0.150) && is_near(blue_y, 0.060);
}

static void read_color_space(struct png_reader *reader)
{
    png_charp name;
    int compression, intent;
    png_bytep profile;
    png_uint_32 size;
    double gamma;
    if (read_code_points(reader)) return;
    if (png_get_iCCP(reader->png, reader->info, &name, &compression, &profile, &size))
        reader->out->profile = str_copy(reader->source->arena, str_of((const char *)profile, (ptrdiff_t)size));
    if (reader->out->profile.len || png_get_sRGB(reader->png, reader->info, &intent)) return;
    if (png_get_gAMA(reader->png, reader->info, &gamma) && gamma > 0.01 && gamma < 10) reader->out->gamma = 1 / gamma;
    reader->out->wide = says_wide(reader);
}

/* To 1 to 4 channels of 8 bits. */
static int choose_transforms(struct png_reader *reader)
{
    png_structp png = reader->png;
    png_set_expand(png); /* palette to RGB, 1-4 bits to 8, tRNS to alpha */
    png_set_scale_16(png);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, reader->info);
    return passes;
}

static void read_rows(struct png_reader *reader, int passes)
{
    struct pixels *out = reader->out;
    if (passes == 1) {
        for (int y = 0; y < out->height; y++) png_read_row(reader->png, pixels_row(out, y), NULL);
    } else {
        reader->rows = memory_alloc((size_t)out->height * sizeof *reader->rows);
        for (int y = 0; y < out->height; y++) reader->rows[y] = pixels_row(out, y);
        png_read_image(reader->png, reader->rows);
    }
    png_read_end(reader->png, NULL);
}

/* Everything that may jump. */
static bool decode(struct png_reader *reader)
{
    png_structp png = reader->png;
    if (setjmp(png_jmpbuf(png))) return image_fail(reader->source, "PNG: %s", reader->trap.message);
    png_set_read_fn(png, reader, give_bytes);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff); /* ours are checked already */
    skip_texts(png);
    png_read_info(png, reader->info);
    int passes = choose_transforms(reader);
    int width = (int)png_get_image_width(png, reader->info);
    int height = (int)png_get_image_height(png, reader->info);
    if (!pixels_alloc(reader->out, width, height, png_get_channels(png, reader->info)))
        return image_fail(reader->source, "%d x %d pixels do not fit into memory", width, height);
    read_color_space(reader);
    read_rows(reader, passes);
    return true;
}

bool png_read(struct image_source *source, const struct pixels_want *want, struct pixels *out)
{
    (void)want;
    struct png_reader reader = {.rest = source->bytes, .source = source, .out = out};
    reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader.trap, png_trap_error, png_trap_warning);
    if (reader.png) reader.info = png_create_info_struct(reader.png);
    bool ok = reader.info ? decode(&reader) : image_fail(source, "libpng does not start");
    png_destroy_read_struct(&reader.png, &reader.info, NULL);
    free(reader.rows);
    return ok;
}
