/* heif_library.c - finding libheif at run time, and what it can do here. */
#include "image/image.h"

#include "base/hash.h"

#ifdef HUGI_HEIF
#include "heif_library.h"

static struct heif functions;
#define HEIF_NAME(name) "heif_" #name,
static struct library libheif_library = {
    .id = LIBRARY_HEIF, .names = (const char *const[]){HEIF_FUNCTIONS(HEIF_NAME) NULL}, .table = &functions};

bool heif_load(struct image_source *source, struct heif *heif)
{
    if (!image_library(source, &libheif_library)) return false;
    *heif = functions;
    heif->init(NULL); /* counted */
    return true;
}

/* 0 without an AV1 encoder; else it differs with libheif's release and with the encoder's, which its name tells. */
uint32_t heif_encoder(void)
{
    struct arena arena = {0};
    const struct heif_encoder_descriptor *encoder;
    uint32_t release = 0;
    str why;
    if (library_find(&libheif_library, &arena, &why)) {
        functions.init(NULL);
        if (functions.context_get_encoder_descriptors(NULL, heif_compression_AV1, NULL, &encoder, 1) > 0) {
            str name = str_c(functions.encoder_descriptor_get_name(encoder));
            release = functions.get_version_number() ^ (uint32_t)hash_bytes(name.p, (size_t)name.len).low;
        }
        functions.deinit();
    }
    arena_free(&arena);
    return release;
}

uint32_t heif_decoder(void)
{
    struct arena arena = {0};
    str why;
    uint32_t release = library_find(&libheif_library, &arena, &why) ? functions.get_version_number() : 0;
    arena_free(&arena);
    return release;
}

bool image_writes_avif(void) { return heif_encoder() != 0; }

#else

bool image_writes_avif(void) { return false; }

#endif
