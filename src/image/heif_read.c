/* heif_read.c - decoding HEIC and AVIF by libheif, where hugi is built with it.
 *
 * libheif turns the picture by the file's own properties (irot, imir, clap) and ignores EXIF's
 * orientation, which only repeats them; so pixels come upright and isobox_probe says 1.
 *
 * It brings its codecs along (x265, aom, dav1d), which would cost every start of hugi some
 * milliseconds; so it is loaded by name when the first such picture is met, and stays. */
#include "image_format.h"

#ifdef HUGI_HEIF
#include <dlfcn.h>
#include <libheif/heif.h>

const char *image_heif_version(void) { return LIBHEIF_VERSION; }

#ifdef __APPLE__
#define LIBRARY "libheif.1.dylib"
#else
#define LIBRARY "libheif.so.1"
#endif

/* What is used of it, each as heif_NAME. */
#define HEIF_FUNCTIONS(X)                                                                                          \
    X(init) X(deinit) X(context_alloc) X(context_free) X(context_set_max_decoding_threads)                         \
    X(context_set_maximum_image_size_limit) X(context_read_from_memory_without_copy)                               \
    X(context_get_primary_image_handle) X(image_handle_get_width) X(image_handle_get_height)                       \
    X(image_handle_has_alpha_channel) X(image_handle_get_raw_color_profile_size)                                   \
    X(image_handle_get_raw_color_profile) X(image_handle_release) X(decoding_options_alloc)                        \
    X(decoding_options_free) X(decode_image) X(image_get_plane_readonly) X(image_get_width) X(image_get_height)    \
    X(image_release)

struct heif {
#define FIELD(name) __typeof__(heif_##name) *name;
    HEIF_FUNCTIONS(FIELD)
#undef FIELD
};

/* Loading again what is loaded only counts; the system keeps it, so hugi needs no global. */
static bool heif_load(struct image_source *source, struct heif *heif)
{
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL), *function;
    if (!library) return image_fail(source, LIBRARY ", which reads %s, is not installed", image_kind_info(source->info.kind)->name);
#define LOAD(name)                                                                                                 \
    if (!(function = dlsym(library, "heif_" #name))) return image_fail(source, LIBRARY " has no heif_" #name);     \
    memcpy(&heif->name, &function, sizeof function);
    HEIF_FUNCTIONS(LOAD)
#undef LOAD
    return true;
}

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

static void read_profile(const struct still_reader *reader, struct pixels *out)
{
    size_t size = reader->heif->image_handle_get_raw_color_profile_size(reader->handle);
    if (size == 0 || size > (size_t)reader->source->bytes.len) return;
    char *profile = arena_alloc(reader->source->arena, size);
    struct heif_error error = reader->heif->image_handle_get_raw_color_profile(reader->handle, profile);
    if (error.code == heif_error_Ok) out->profile = str_of(profile, (ptrdiff_t)size);
}

/* One worker is one thread, and the decoders start none of their own. */
static bool decode(struct still_reader *reader, struct pixels *out)
{
    const struct heif *heif = reader->heif;
    struct image_source *source = reader->source;
    heif->context_set_max_decoding_threads(reader->context, 0);
    heif->context_set_maximum_image_size_limit(reader->context, source->limits->max_side);
    if (refused(reader, heif->context_read_from_memory_without_copy(reader->context, source->bytes.p, (size_t)source->bytes.len, NULL)) ||
        refused(reader, heif->context_get_primary_image_handle(reader->context, &reader->handle)))
        return false;
    int64_t area = (int64_t)heif->image_handle_get_width(reader->handle) * heif->image_handle_get_height(reader->handle);
    if (area > source->limits->pixels) return image_fail(source, "%lld pixels are above the limit", (long long)area);
    bool alpha = heif->image_handle_has_alpha_channel(reader->handle);
    struct heif_decoding_options *options = heif->decoding_options_alloc();
    options->convert_hdr_to_8bit = 1;
    struct heif_error error = heif->decode_image(reader->handle, &reader->image, heif_colorspace_RGB,
                                                alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, options);
    heif->decoding_options_free(options);
    return !refused(reader, error) && copy_rows(reader, alpha ? 4 : 3, out);
}

bool heif_read(struct image_source *source, const struct pixels_want *want, struct pixels *out)
{
    (void)want;
    struct heif heif;
    if (!heif_load(source, &heif)) return false;
    heif.init(NULL); /* counted */
    struct still_reader reader = {.heif = &heif, .source = source, .context = heif.context_alloc()};
    bool ok = reader.context ? decode(&reader, out) : image_fail(source, "libheif does not start");
    if (ok) read_profile(&reader, out);
    heif.image_release(reader.image);
    heif.image_handle_release(reader.handle);
    if (reader.context) heif.context_free(reader.context);
    heif.deinit();
    return ok;
}

#else

const char *image_heif_version(void) { return NULL; }

#endif
