/* heif_read.c - decoding HEIC and AVIF by libheif, where hugi is built with it.
 *
 * libheif turns the picture by the file's own properties (irot, imir, clap) and ignores EXIF's
 * orientation, which only repeats them; so pixels come upright and isobox_probe says 1. */
#include "image_format.h"

#ifdef HUGI_HEIF
#include "heif_library.h"

struct still_reader {
    const struct heif *heif;
    struct image_source *source;
    struct heif_context *context;
    struct heif_image_handle *handle;
    struct heif_image *image;
};

static bool refused(const struct still_reader *reader, struct heif_error error)
{
    if (error.code == heif_error_Ok) return false;
    image_fail(reader->source, "%s: %s", image_kind_info(reader->source->info.kind)->name, error.message);
    return true;
}

/* Of four bytes a pixel, rows padded, to rows without padding. */
static bool copy_rows(const struct still_reader *reader, int channels, struct pixels *out)
{
    int stride;
    const uint8_t *rows = reader->heif->image_get_plane_readonly(reader->image, heif_channel_interleaved, &stride);
    int width = reader->heif->image_get_width(reader->image, heif_channel_interleaved);
    int height = reader->heif->image_get_height(reader->image, heif_channel_interleaved);
    if (!rows || stride < width * channels || !pixels_alloc(out, width, height, channels))
        return image_fail(reader->source, "%d x %d pixels do not fit into memory", width, height);
    for (int y = 0; y < height; y++)
        memcpy(pixels_row(out, y), rows + (size_t)y * (size_t)stride, (size_t)width * (size_t)channels);
    return true;
}

/* Primaries by their number (H.273), where there is no profile. */
static void read_primaries(const struct still_reader *reader, struct pixels *out)
{
    struct heif_color_profile_nclx *said = NULL;
    struct heif_error error = reader->heif->image_handle_get_nclx_color_profile(reader->handle, &said);
    out->wide = error.code == heif_error_Ok && said && said->color_primaries == heif_color_primaries_SMPTE_EG_432_1;
    if (said) reader->heif->nclx_color_profile_free(said);
}

static void read_profile(const struct still_reader *reader, struct pixels *out)
{
    size_t size = reader->heif->image_handle_get_raw_color_profile_size(reader->handle);
    if (size == 0) read_primaries(reader, out);
    if (size == 0 || size > (size_t)reader->source->bytes.len) return;
    char *profile = arena_alloc(reader->source->arena, size);
    struct heif_error error = reader->heif->image_handle_get_raw_color_profile(reader->handle, profile);
    if (error.code == heif_error_Ok) out->profile = str_of(profile, (ptrdiff_t)size);
}

/* One worker is one thread, and the decoders start none of their own. */
static bool decode(struct still_reader *reader, struct pixels *out)
{
    struct image_source *source = reader->source;
    reader->heif->context_set_max_decoding_threads(reader->context, 0);
    reader->heif->context_set_maximum_image_size_limit(reader->context, source->limits->max_side);
    if (refused(reader, reader->heif->context_read_from_memory_without_copy(reader->context, source->bytes.p, (size_t)source->bytes.len, NULL)) ||
        refused(reader, reader->heif->context_get_primary_image_handle(reader->context, &reader->handle)))
        return false;
    int64_t area = (int64_t)reader->heif->image_handle_get_width(reader->handle) * reader->heif->image_handle_get_height(reader->handle);
    if (area > source->limits->pixels) return image_fail(source, "%lld pixels are above the limit", (long long)area);
    bool alpha = reader->heif->image_handle_has_alpha_channel(reader->handle);
    struct heif_decoding_options *options = reader->heif->decoding_options_alloc();
    options->convert_hdr_to_8bit = 1;
    struct heif_error error = reader->heif->decode_image(reader->handle, &reader->image, heif_colorspace_RGB,
                                                alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, options);
    reader->heif->decoding_options_free(options);
    return !refused(reader, error) && copy_rows(reader, alpha ? 4 : 3, out);
}

bool heif_read(struct image_source *source, const struct pixels_want *want, struct pixels *out)
{
    (void)want;
    struct heif heif;
    if (!heif_load(source, &heif)) return false;
    struct still_reader reader = {.heif = &heif, .source = source, .context = heif.context_alloc()};
    bool ok = reader.context ? decode(&reader, out) : image_fail(source, "libheif does not start");
    if (ok) read_profile(&reader, out);
    heif.image_release(reader.image);
    heif.image_handle_release(reader.handle);
    if (reader.context) heif.context_free(reader.context);
    heif.deinit();
    return ok;
}

#endif
