/* jpeg_read.c - decoding JPEG by libjpeg-turbo, scaled while decoding.
 *
 * The inverse DCT can give 1/8 to 8/8 of the size for a fraction of the work:
 * the smallest scale that is still as large as wanted is taken.  CMYK and YCCK
 * become RGB here. */
#include <stdlib.h>

#include "image_format.h"
#include "jpeg_segments.h"
#include "jpeg_trap.h"

/* A progressive file may repeat scans without end, each costing the whole picture. */
enum { SCANS_MAX = 100 };

struct jpeg_reader {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_trap trap;
    struct jpeg_progress_mgr progress;
    struct image_source *source;
    const struct pixels_want *want;
    struct pixels *out;
    unsigned char *cmyk; /* one row, where the file has four inks */
};

static void count_scans(j_common_ptr common)
{
    struct jpeg_decompress_struct *jpeg = (struct jpeg_decompress_struct *)common;
    if (jpeg->input_scan_number <= SCANS_MAX) return;
    struct jpeg_trap *trap = (struct jpeg_trap *)common->err;
    snprintf(trap->message, sizeof trap->message, "more than %d scans", SCANS_MAX);
    longjmp(trap->jump, 1);
}

/* The smallest m of m/8 that gives at least the wanted size. */
static unsigned scale_for(const struct jpeg_decompress_struct *jpeg, const struct pixels_want *want)
{
    for (unsigned m = 1; m < 8; m++)
        if ((jpeg->image_width * m + 7) / 8 >= (unsigned)want->width &&
            (jpeg->image_height * m + 7) / 8 >= (unsigned)want->height)
            return m;
    return 8;
}

/* The parts of the profile in the order of their numbers, in the arena. */
static str read_profile(struct image_source *source)
{
    struct buf profile = buf_in(source->arena);
    struct jpeg_segment segment;
    for (uint32_t part = 1, parts = 1; part <= parts; part++) {
        bool found = false;
        for (ptrdiff_t at = 2; !found && jpeg_segment_next(source->bytes, &at, &segment) && segment.marker != JPEG_SOS;) {
            found = jpeg_segment_is_profile(&segment) && byte_at(segment.data, 12) == part;
            if (found) parts = byte_at(segment.data, 13);
        }
        if (!found) return S("");
        buf_add(&profile, str_from(segment.data, 14));
    }
    return buf_str(&profile);
}

static int choose_colors(struct jpeg_decompress_struct *jpeg)
{
    switch (jpeg->jpeg_color_space) {
    case JCS_GRAYSCALE: jpeg->out_color_space = JCS_GRAYSCALE; return 1;
    case JCS_CMYK:
    case JCS_YCCK: jpeg->out_color_space = JCS_CMYK; return 3;
    default: jpeg->out_color_space = JCS_RGB; return 3;
    }
}

/* Photoshop (Adobe marker) stores inks inverted: 255 is none. */
static void cmyk_row(const unsigned char *in, unsigned char *out, int width, bool inverted)
{
    int flip = inverted ? 0 : 255;
    for (int x = 0; x < width; x++, in += 4, out += 3)
        for (int c = 0; c < 3; c++) out[c] = (unsigned char)(((in[c] ^ flip) * (in[3] ^ flip) + 127) / 255);
}

static void read_rows(struct jpeg_reader *reader)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    bool inks = jpeg->out_color_space == JCS_CMYK;
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW rows[4];
        int y = (int)jpeg->output_scanline, count = inks ? 1 : 4;
        for (int i = 0; i < count; i++) {
            int row = y + i < reader->out->height ? y + i : reader->out->height - 1;
            rows[i] = inks ? reader->cmyk : pixels_row(reader->out, row);
        }
        if ((int)jpeg->output_height - y < count) count = (int)jpeg->output_height - y;
        jpeg_read_scanlines(jpeg, rows, (JDIMENSION)count);
        if (inks) cmyk_row(reader->cmyk, pixels_row(reader->out, y), reader->out->width, jpeg->saw_Adobe_marker != 0);
    }
}

/* Everything that may jump.  Only *reader is changed, so nothing is clobbered. */
static bool decode(struct jpeg_reader *reader)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    if (setjmp(reader->trap.jump)) return image_fail(reader->source, "%s", reader->trap.message);
    jpeg_create_decompress(jpeg);
    jpeg->mem->max_memory_to_use = (long)(PIXELS_MEMORY_MAX - 1);
    jpeg->progress = &reader->progress;
    jpeg_mem_src(jpeg, (const unsigned char *)reader->source->bytes.p, (unsigned long)reader->source->bytes.len);
    jpeg_read_header(jpeg, TRUE);
    int channels = choose_colors(jpeg);
    jpeg->scale_num = scale_for(jpeg, reader->want);
    jpeg->scale_denom = 8;
    jpeg_start_decompress(jpeg);
    if (!pixels_alloc(reader->out, (int)jpeg->output_width, (int)jpeg->output_height, channels))
        return image_fail(reader->source, "%u x %u pixels do not fit into memory", jpeg->output_width, jpeg->output_height);
    reader->cmyk = memory_alloc((size_t)jpeg->output_width * 4);
    read_rows(reader);
    jpeg_finish_decompress(jpeg);
    return true;
}

bool jpeg_read(struct image_source *source, const struct pixels_want *want, struct pixels *out)
{
    struct jpeg_reader reader = {.source = source, .want = want, .out = out};
    reader.jpeg.err = jpeg_trap_init(&reader.trap);
    reader.progress.progress_monitor = count_scans;
    bool ok = decode(&reader);
    jpeg_destroy_decompress(&reader.jpeg);
    free(reader.cmyk);
    out->damage = reader.trap.damage;
    if (ok && source->info.has_profile) out->profile = read_profile(source);
    return ok;
}
