/* jpeg_write.c - encoding JPEG by libjpeg-turbo: baseline, 4:2:0; drawn pictures 4:4:4, so that
 * coloured text stays sharp.
 *
 * Huffman tables fitted to the picture save 2 to 7 % of the bytes for half as
 * much time again; progressive scans would cost four times as much for a few
 * percent more, and of smooth pictures they make larger files. */
#include "image_format.h"
#include "jpeg_trap.h"

enum { CHUNK = 1 << 16, COEFFICIENTS = DCTSIZE2 };

struct jpeg_writer {
    struct jpeg_compress_struct jpeg;
    struct jpeg_trap trap;
    struct jpeg_destination_mgr destination;
    struct image_source *source;
    struct buf out;
    unsigned char chunk[CHUNK]; /* libjpeg fills it; full, it goes into `out` */
};

static void chunk_start(j_compress_ptr jpeg)
{
    struct jpeg_writer *writer = jpeg->client_data;
    writer->destination.next_output_byte = writer->chunk;
    writer->destination.free_in_buffer = CHUNK;
}

static boolean chunk_full(j_compress_ptr jpeg)
{
    struct jpeg_writer *writer = jpeg->client_data;
    buf_add(&writer->out, str_of((const char *)writer->chunk, CHUNK));
    chunk_start(jpeg);
    return TRUE;
}

static void chunk_end(j_compress_ptr jpeg)
{
    struct jpeg_writer *writer = jpeg->client_data;
    ptrdiff_t left = (ptrdiff_t)writer->destination.free_in_buffer;
    buf_add(&writer->out, str_of((const char *)writer->chunk, CHUNK - left));
}

/* How coarsely each frequency is kept, at quality 50: coarser with the square of the frequency, colours
 * like light.  The tables of the standard's annex, of 1992 and for screens of then, are farther from the
 * original (by SSIM) at equal bytes. */
static void set_quantization(struct jpeg_compress_struct *jpeg, int quality)
{
    unsigned table[COEFFICIENTS];
    for (unsigned i = 0; i < COEFFICIENTS; i++) {
        unsigned across = i % DCTSIZE, down = i / DCTSIZE;
        table[i] = 16 + across * across + down * down;
    }
    int scale = jpeg_quality_scaling(quality);
    jpeg_add_quant_table(jpeg, 0, table, scale, TRUE);
    jpeg_add_quant_table(jpeg, 1, table, scale, TRUE);
}

/* For fitted tables all coefficients, of two bytes, are held beside the pixels. */
static bool tables_fit(const struct jpeg_compress_struct *jpeg)
{
    int64_t samples = jpeg->input_components == 1 ? 2 : jpeg->comp_info[0].h_samp_factor == 1 ? 6 : 3;
    return (int64_t)jpeg->image_width * jpeg->image_height * (samples + jpeg->input_components) <= PIXELS_MEMORY_MAX;
}

static void configure(struct jpeg_compress_struct *jpeg, const struct pixels *pixels, int quality)
{
    jpeg->image_width = (JDIMENSION)pixels->width;
    jpeg->image_height = (JDIMENSION)pixels->height;
    jpeg->input_components = pixels->channels;
    jpeg->in_color_space = pixels->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(jpeg);
    set_quantization(jpeg, quality);
    if (pixels_drawn(pixels)) jpeg->comp_info[0].h_samp_factor = jpeg->comp_info[0].v_samp_factor = 1;
    jpeg->optimize_coding = tables_fit(jpeg);
}

static bool encode(struct jpeg_writer *writer, const struct pixels *pixels, int quality)
{
    struct jpeg_compress_struct *jpeg = &writer->jpeg;
    if (setjmp(writer->trap.jump)) return image_fail(writer->source, "%s", writer->trap.message);
    jpeg_create_compress(jpeg);
    jpeg->client_data = writer;
    jpeg->dest = &writer->destination;
    configure(jpeg, pixels, quality);
    jpeg_start_compress(jpeg, TRUE);
    while (jpeg->next_scanline < jpeg->image_height) {
        JSAMPROW row = pixels_row(pixels, (int)jpeg->next_scanline);
        jpeg_write_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_compress(jpeg);
    return true;
}

bool jpeg_write(struct image_source *source, const struct pixels *pixels, int quality, str *out)
{
    struct jpeg_writer writer;
    memset(&writer.jpeg, 0, sizeof writer.jpeg);
    writer.jpeg.err = jpeg_trap_init(&writer.trap);
    writer.source = source;
    writer.destination = (struct jpeg_destination_mgr){
        .init_destination = chunk_start, .empty_output_buffer = chunk_full, .term_destination = chunk_end};
    writer.out = buf_in(source->arena);
    buf_reserve(&writer.out, (ptrdiff_t)pixels->width * pixels->height / 8 + 1024);
    bool ok = encode(&writer, pixels, quality);
    jpeg_destroy_compress(&writer.jpeg);
    *out = buf_str(&writer.out);
    return ok;
}

/* Known when hugi is built: the library does not tell. */
uint32_t jpeg_encoder(void) { return LIBJPEG_TURBO_VERSION_NUMBER; }
