/* heif_write.c - encoding AVIF by libheif, where the one installed has an AV1 encoder (aom).
 *
 * Slower than WebP, for fewer bytes; so it is made where it is asked for only. */
#include "image_format.h"

#ifdef HUGI_HEIF
#include "heif_library.h"

/* aom's, from 0 (days) to 9. */
enum { SPEED = 7 };

struct still_writer {
    const struct heif *heif;
    struct image_source *source;
    struct heif_context *context;
    struct heif_encoder *encoder;
    struct heif_image *image;
    struct heif_encoding_options *options;
    struct heif_color_profile_nclx *colors;
    struct buf out;
};

static bool refused(const struct still_writer *writer, struct heif_error error)
{
    if (error.code == heif_error_Ok) return false;
    image_fail(writer->source, "avif: %s", error.message);
    return true;
}

static struct heif_error add_bytes(struct heif_context *context, const void *bytes, size_t size, void *user)
{
    (void)context;
    buf_add(&((struct still_writer *)user)->out, str_of(bytes, (ptrdiff_t)size));
    return (struct heif_error){heif_error_Ok, heif_suberror_Unspecified, ""};
}

/* The encoder's own scale shows at 64 what JPEG and WebP show at 80. */
static int quality_of_encoder(int quality) { return quality * 4 / 5; }

/* One thread, because one worker is one, and because the bytes must not depend on their number. */
static bool open_encoder(struct still_writer *writer, int quality)
{
    const struct heif *heif = writer->heif;
    return !refused(writer, heif->context_get_encoder_for_format(writer->context, heif_compression_AV1, &writer->encoder)) &&
           !refused(writer, heif->encoder_set_lossy_quality(writer->encoder, quality_of_encoder(quality))) &&
           !refused(writer, heif->encoder_set_parameter_integer(writer->encoder, "speed", SPEED)) &&
           !refused(writer, heif->encoder_set_parameter_integer(writer->encoder, "threads", 1)) &&
           !refused(writer, heif->encoder_set_parameter_string(writer->encoder, "chroma", "420"));
}

static bool fill_image(struct still_writer *writer, const struct pixels *pixels)
{
    const struct heif *heif = writer->heif;
    enum heif_chroma chroma = pixels->channels == 4 ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
    int stride;
    if (refused(writer, heif->image_create(pixels->width, pixels->height, heif_colorspace_RGB, chroma, &writer->image)) ||
        refused(writer, heif->image_add_plane(writer->image, heif_channel_interleaved, pixels->width, pixels->height, 8)))
        return false;
    uint8_t *rows = heif->image_get_plane(writer->image, heif_channel_interleaved, &stride);
    for (int y = 0; y < pixels->height; y++)
        memcpy(rows + (size_t)y * (size_t)stride, pixels_row(pixels, y), (size_t)pixels->width * (size_t)pixels->channels);
    return true;
}

/* libheif's description of colours is sRGB's from the start. */
static bool encode(struct still_writer *writer, const struct pixels *pixels, int quality)
{
    const struct heif *heif = writer->heif;
    struct heif_writer to = {.writer_api_version = 1, .write = add_bytes};
    if (!open_encoder(writer, quality) || !fill_image(writer, pixels)) return false;
    writer->options = heif->encoding_options_alloc();
    writer->colors = heif->nclx_color_profile_alloc();
    writer->options->output_nclx_profile = writer->colors;
    return !refused(writer, heif->context_encode_image(writer->context, writer->image, writer->encoder, writer->options, NULL)) &&
           !refused(writer, heif->context_write(writer->context, &to, writer));
}

static void close_writer(const struct still_writer *writer)
{
    const struct heif *heif = writer->heif;
    if (writer->options) heif->encoding_options_free(writer->options);
    if (writer->colors) heif->nclx_color_profile_free(writer->colors);
    if (writer->encoder) heif->encoder_release(writer->encoder);
    heif->image_release(writer->image);
    if (writer->context) heif->context_free(writer->context);
}

bool heif_write(struct image_source *source, const struct pixels *pixels, int quality, str *out)
{
    struct heif heif;
    struct pixels rgb = *pixels;
    if (!heif_load(source, &heif)) return false;
    bool gray = pixels->channels < 3;
    if (gray && !pixels_widen(pixels, &rgb)) return image_fail(source, "too many pixels for memory");
    struct still_writer writer = {.heif = &heif, .source = source, .context = heif.context_alloc(), .out = buf_in(source->arena)};
    bool ok = writer.context ? encode(&writer, &rgb, quality) : image_fail(source, "libheif does not start");
    close_writer(&writer);
    heif.deinit();
    if (gray) pixels_free(&rgb);
    *out = buf_str(&writer.out);
    return ok;
}

#endif
