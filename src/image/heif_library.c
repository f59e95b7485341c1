/* heif_library.c - finding libheif at run time, and what it can do here. */
#include "image/image.h"

#ifdef HUGI_HEIF
#include <dlfcn.h>
#include <string.h>

#include "heif_library.h"

#ifdef __APPLE__
#define LIBRARY "libheif.1.dylib"
#else
#define LIBRARY "libheif.so.1"
#endif

/* Loading again what is loaded only counts; the system keeps it, so hugi needs no global. */
const char *heif_load(struct heif *heif)
{
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL), *function;
    if (!library) return LIBRARY ", which HEIC and AVIF need, is not installed";
#define LOAD(name)                                                                   \
    if (!(function = dlsym(library, "heif_" #name))) return LIBRARY " has no heif_" #name; \
    memcpy(&heif->name, &function, sizeof function);
    HEIF_FUNCTIONS(LOAD)
#undef LOAD
    heif->init(NULL); /* counted */
    return NULL;
}

const char *image_heif_version(void) { return LIBHEIF_VERSION; }

bool image_writes_avif(void)
{
    struct heif heif;
    if (heif_load(&heif)) return false;
    bool writes = heif.have_encoder_for_format(heif_compression_AV1);
    heif.deinit();
    return writes;
}

#else

const char *image_heif_version(void) { return NULL; }

bool image_writes_avif(void) { return false; }

#endif
