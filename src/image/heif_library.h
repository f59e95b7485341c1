/* heif_library.h - libheif, loaded when it is needed; inside image/, for heif_read.c and heif_write.c.
 *
 * It brings its codecs along (x265, aom, dav1d).
 *
 * Third-party header: only the heif_*.c files include this one. */
#ifndef HUGI_IMAGE_HEIF_LIBRARY_H
#define HUGI_IMAGE_HEIF_LIBRARY_H

#include <libheif/heif.h>

#include "image_format.h"

/* What is used of it, each as heif_NAME. */
#define HEIF_FUNCTIONS(X)                                                                                          \
    X(init) X(deinit) X(context_alloc) X(context_free) X(context_set_max_decoding_threads)                         \
    X(context_set_maximum_image_size_limit) X(context_read_from_memory_without_copy)                               \
    X(context_get_primary_image_handle) X(image_handle_get_width) X(image_handle_get_height)                       \
    X(image_handle_has_alpha_channel) X(image_handle_get_raw_color_profile_size)                                   \
    X(image_handle_get_raw_color_profile) X(image_handle_get_nclx_color_profile) X(image_handle_release) X(decoding_options_alloc)                        \
    X(decoding_options_free) X(decode_image) X(image_get_plane_readonly) X(image_get_width) X(image_get_height)    \
    X(image_release) X(context_get_encoder_for_format) X(encoder_release)                                       \
    X(encoder_set_lossy_quality) X(encoder_set_parameter_integer) X(encoder_set_parameter_string)                  \
    X(encoding_options_alloc) X(encoding_options_free) X(nclx_color_profile_alloc) X(nclx_color_profile_free)      \
    X(image_create) X(image_add_plane) X(image_get_plane) X(context_encode_image) X(context_write)                   \
    X(get_version_number) X(context_get_encoder_descriptors) X(encoder_descriptor_get_name)

struct heif {
#define HEIF_FIELD(name) __typeof__(heif_##name) *name;
    HEIF_FUNCTIONS(HEIF_FIELD)
#undef HEIF_FIELD
};

/* Gives its functions, after heif_init: every load wants one `deinit`.  False, with the source's
 * error set: it cannot be loaded. */
bool heif_load(struct image_source *source, struct heif *heif);

#endif
