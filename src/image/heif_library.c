/* heif_library.c - finding libheif at run time, and what it can do here. */
#include "image/image.h"

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

bool image_writes_avif(void)
{
    struct arena arena = {0};
    str why;
    bool writes = library_find(&libheif_library, &arena, &why);
    if (writes) {
        functions.init(NULL);
        writes = functions.have_encoder_for_format(heif_compression_AV1);
        functions.deinit();
    }
    arena_free(&arena);
    return writes;
}

#else

bool image_writes_avif(void) { return false; }

#endif
