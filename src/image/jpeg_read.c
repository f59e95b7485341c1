/* jpeg_read.c - decoding JPEG by libjpeg-turbo, scaled while decoding.
 *
 * The inverse DCT can give an eighth, a quarter or half of the size for a fraction of the work:
 * the smallest scale that is still large enough for what is wanted is taken.  CMYK and YCCK
 * become RGB here, by their profile where there is one. */
#include <stdlib.h>

#include "color_transform.h"
#include "image_format.h"
#include "jpeg_half.h"
#include "jpeg_segments.h"
#include "jpeg_trap.h"

/* At 1/8 and 1/4. */
static const double ROOM = 1.5;

struct jpeg_reader {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_trap trap;
    struct jpeg_progress_mgr progress;
    struct image_source *source;
    const struct pixels_want *want;
    struct pixels *out;
    str profile; /* in the arena */
    unsigned char *inks; /* one row, where the file has four */
    struct color_transform *transform; /* of inks; NULL: without a profile */
    struct jpeg_half half;
};

static void count_scans(j_common_ptr common)
{
    struct jpeg_decompress_struct *jpeg = (struct jpeg_decompress_struct *)common;
    int most = jpeg_scans_max((int64_t)jpeg->image_width * jpeg->image_height);
    if (jpeg->input_scan_number <= most) return;
    struct jpeg_trap *trap = (struct jpeg_trap *)common->err;
    snprintf(trap->message, sizeof trap->message, "more than %d scans in a JPEG of %u x %u pixels", most, jpeg->image_width, jpeg->image_height);
    longjmp(trap->jump, 1);
}

/* m/8 of the size is at least the wanted one, with room: what libjpeg leaves of each block is coarse. */
static bool is_enough(const struct jpeg_decompress_struct *jpeg, unsigned m, const struct pixels_want *want, double room)
{
    return (jpeg->image_width * m + 7) / 8 >= want->width * room && (jpeg->image_height * m + 7) / 8 >= want->height * room;
}

/* m of m/8.  Others than these are slower, and not much smaller. */
static unsigned scale_for(const struct jpeg_decompress_struct *jpeg, const struct pixels_want *want)
{
    for (unsigned m = 1; m < 4; m *= 2)
        if (is_enough(jpeg, m, want, ROOM)) return m;
    return is_enough(jpeg, 4, want, 1) ? 4 : 8;
}

/* The parts of the profile in the order of their numbers, in the arena. */
static str read_profile(struct image_source *source)
{
    str parts[256] = {{0}};
    uint32_t count = 0;
    struct buf profile = buf_in(source->arena);
    struct jpeg_segment segment;
    for (ptrdiff_t at = 2; jpeg_segment_next(source->bytes, &at, &segment) && segment.marker != JPEG_SOS;) {
        if (!jpeg_segment_is_profile(&segment)) continue;
        uint32_t part = byte_at(segment.data, 12);
        if (parts[part].p) continue;
        parts[part] = str_from(segment.data, 14);
        count = byte_at(segment.data, 13);
    }
    for (uint32_t part = 1; part <= count; part++) {
        if (!parts[part].p) return S("");
        buf_add(&profile, parts[part]);
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

/* Inks as if they were filters on white: for files without a profile.  Photoshop
 * (Adobe marker) stores them inverted: 255 is none. */
static void mix_inks(const unsigned char *in, unsigned char *out, int width, bool inverted)
{
    int flip = inverted ? 0 : 255;
    for (int x = 0; x < width; x++, in += 4, out += 3)
        for (int c = 0; c < 3; c++) out[c] = (unsigned char)(((in[c] ^ flip) * (in[3] ^ flip) + 127) / 255);
}

static void read_inks(struct jpeg_reader *reader)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    bool inverted = jpeg->saw_Adobe_marker != 0;
    int width = reader->out->width;
    reader->inks = memory_alloc((size_t)width * 4);
    reader->transform = color_transform_inks(reader->profile, inverted ? INKS_INVERTED : INKS);
    while (jpeg->output_scanline < jpeg->output_height) {
        unsigned char *rgb = pixels_row(reader->out, (int)jpeg->output_scanline);
        jpeg_read_scanlines(jpeg, &reader->inks, 1);
        if (reader->transform)
            color_transform_row(reader->transform, reader->inks, rgb, width);
        else
            mix_inks(reader->inks, rgb, width, inverted);
    }
}

static void read_rows(struct jpeg_reader *reader)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    while (jpeg->output_scanline < jpeg->output_height) {
        JSAMPROW rows[4];
        int y = (int)jpeg->output_scanline, count = 4;
        if (reader->out->height - y < count) count = reader->out->height - y;
        for (int i = 0; i < count; i++) rows[i] = pixels_row(reader->out, y + i);
        jpeg_read_scanlines(jpeg, rows, (JDIMENSION)count);
    }
}

/* A file of several scans is held as a whole, two bytes a coefficient, beside the pixels made of it. */
static bool fits_memory(struct jpeg_reader *reader, int64_t pixels)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    if (!jpeg_has_multiple_scans(jpeg)) return true;
    int64_t need = pixels;
    for (int i = 0; i < jpeg->num_components; i++)
        need += (int64_t)jpeg->comp_info[i].width_in_blocks * jpeg->comp_info[i].height_in_blocks * DCTSIZE2 * 2;
    return need <= PIXELS_MEMORY_MAX ||
           image_fail(reader->source, "%u x %u pixels in several scans (progressive) need %lld MB of memory; hugi takes up to %lld for one picture",
                      jpeg->image_width, jpeg->image_height, (long long)(need >> 20), (long long)(PIXELS_MEMORY_MAX >> 20));
}

static bool pixels_fit(struct jpeg_reader *reader, bool fits)
{
    return fits || image_fail(reader->source, "%u x %u pixels do not fit into memory", reader->jpeg.output_width, reader->jpeg.output_height);
}

static bool read_scaled(struct jpeg_reader *reader, unsigned scale, int channels)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    jpeg->scale_num = scale;
    jpeg->scale_denom = 8;
    jpeg_calc_output_dimensions(jpeg);
    if (!fits_memory(reader, (int64_t)jpeg->output_width * jpeg->output_height * channels)) return false;
    jpeg_start_decompress(jpeg);
    if (!pixels_fit(reader, pixels_alloc(reader->out, (int)jpeg->output_width, (int)jpeg->output_height, channels))) return false;
    if (jpeg->out_color_space == JCS_CMYK)
        read_inks(reader);
    else
        read_rows(reader);
    return true;
}

/* At exactly half its size, by hugi's own filter. */
static bool read_half(struct jpeg_reader *reader)
{
    struct jpeg_decompress_struct *jpeg = &reader->jpeg;
    int64_t pixels = (int64_t)((jpeg->image_width + 1) / 2) * ((jpeg->image_height + 1) / 2) * 3;
    return fits_memory(reader, pixels) && pixels_fit(reader, jpeg_half_read(jpeg, &reader->half, reader->out));
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
    unsigned scale = scale_for(jpeg, reader->want);
    if (!(scale == 4 && jpeg_half_suits(jpeg) ? read_half(reader) : read_scaled(reader, scale, channels))) return false;
    jpeg_finish_decompress(jpeg);
    return true;
}

bool jpeg_read(struct image_source *source, const struct pixels_want *want, struct pixels *out)
{
    struct jpeg_reader reader = {.source = source, .want = want, .out = out};
    if (source->info.has_profile) reader.profile = read_profile(source);
    reader.jpeg.err = jpeg_trap_init(&reader.trap);
    reader.progress.progress_monitor = count_scans;
    bool ok = decode(&reader);
    jpeg_destroy_decompress(&reader.jpeg);
    jpeg_half_free(&reader.half);
    free(reader.inks);
    color_transform_free(reader.transform);
    out->damage = reader.trap.damage;
    if (ok && reader.jpeg.out_color_space != JCS_CMYK) out->profile = reader.profile;
    return ok;
}
