/* library.c - loading by name, and what is said of a library that is missing.
 *
 * Nothing is unloaded: a library may have left things behind in threads.  The one lock is also held
 * while a library starts, so that two files that use the same one cannot start it at once. */
#include "base/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

/* The number is that of the library's binary interface, which the headers describe. */
#ifdef __APPLE__
#define FILE_OF(name, number) "lib" name "." number ".dylib"
#else
#define FILE_OF(name, number) "lib" name ".so." number
#endif

static const struct {
    const char *file, *does, *package;
} libraries[] = {
    [LIBRARY_XML2] = {FILE_OF("xml2", "2"), "reads SVG and HTML", "libxml2"},
    [LIBRARY_IDN2] = {FILE_OF("idn2", "0"), "reads host names that are not ASCII", "libidn2-0"},
    [LIBRARY_LCMS2] = {FILE_OF("lcms2", "2"), "converts colours by their profiles", "liblcms2-2"},
    [LIBRARY_WEBP] = {FILE_OF("webp", "7"), "reads and writes WebP", "libwebp7"},
    [LIBRARY_WEBPDEMUX] = {FILE_OF("webpdemux", "2"), "takes animated WebP apart", "libwebpdemux2"},
    [LIBRARY_HEIF] = {FILE_OF("heif", "1"), "reads HEIC and AVIF", "libheif1"},
    [LIBRARY_FREETYPE] = {FILE_OF("freetype", "6"), "draws the letters of social cards", "libfreetype6"},
    [LIBRARY_HARFBUZZ] = {FILE_OF("harfbuzz", "0"), "sets the lines of social cards", "libharfbuzz0b"},
    [LIBRARY_FONTCONFIG] = {FILE_OF("fontconfig", "1"), "finds the fonts of social cards", "libfontconfig1"},
    [LIBRARY_MICROHTTPD] = {FILE_OF("microhttpd", "12"), "answers browsers", "libmicrohttpd12"},
    [LIBRARY_QRENCODE] = {FILE_OF("qrencode", "4"), "draws an address for phones", "libqrencode4"},
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool fill_table(void *handle, const struct library *library)
{
    for (size_t i = 0; library->names[i]; i++) {
        void *symbol = dlsym(handle, library->names[i]);
        if (!symbol) return false;
        memcpy((char *)library->table + i * sizeof symbol, &symbol, sizeof symbol);
    }
    return true;
}

static bool start(void *handle, const struct library *library)
{
    void (*function)(void);
    if (!library->start) return true;
    void *symbol = dlsym(handle, library->start);
    if (!symbol) return false;
    memcpy(&function, &symbol, sizeof function);
    function();
    return true;
}

static bool load(struct library *library)
{
    void *handle = dlopen(libraries[library->id].file, RTLD_NOW | RTLD_LOCAL);
    return handle && fill_table(handle, library) && start(handle, library);
}

bool library_find(struct library *library, struct arena *arena, str *why)
{
    pthread_mutex_lock(&lock);
    if (!library->loaded) library->loaded = load(library);
    bool loaded = library->loaded;
    if (!loaded)
        *why = str_format(arena, "the library that %s cannot be loaded: %s (Debian has it in %s)", libraries[library->id].does,
                          dlerror(), libraries[library->id].package);
    pthread_mutex_unlock(&lock);
    return loaded;
}

void library_need(struct library *library)
{
    struct arena arena = {0};
    str why;
    if (!library_find(library, &arena, &why)) {
        fprintf(stderr, "hugi: %" STR_F "\n", STR_A(why));
        exit(EXIT_FAILURE);
    }
    arena_free(&arena);
}
