/* cmd_version.c - hugi version: what it is made of, for bug reports.
 *
 * Libraries that are loaded when they are needed are loaded here, and asked. */
#include <cmark-gfm.h>
#include <fontconfig/fontconfig.h>
#include <hb.h>
#ifdef HUGI_HEIF
#include <libheif/heif.h>
#endif
#include <lua.h>
#include <microhttpd.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <utf8proc.h>
#include <webp/decode.h>
#include <yaml.h>

#include "base/library.h"
#include "image/image.h"
#include "image/image.h"
#include "options.h"

static str number_text(struct arena *arena, int major, int minor, int patch)
{
    return str_format(arena, "%d.%d.%d", major, minor, patch);
}

/* 21304 is 2.13.4. */
static str decimal_text(struct arena *arena, int number)
{
    return number_text(arena, number / 10000, number / 100 % 100, number % 100);
}

static str cmark_version_text(struct arena *arena) { (void)arena; return str_c(cmark_version_string()); }
static str lua_version_text(struct arena *arena) { (void)arena; return S(LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE); }
static str utf8proc_version_text(struct arena *arena) { (void)arena; return str_c(utf8proc_version()); }

static str yaml_version_text(struct arena *arena)
{
    int major, minor, patch;
    yaml_get_version(&major, &minor, &patch);
    return number_text(arena, major, minor, patch);
}

static str pcre2_version_text(struct arena *arena)
{
    char text[64];
    pcre2_config(PCRE2_CONFIG_VERSION, text);
    return str_copy(arena, str_c(text));
}

/* --- loaded -------------------------------------------------------------------------- */

/* A variable, which old headers hide behind a macro of its name. */
static struct { const char **xmlParserVersion; } libxml;
static struct library libxml_library = {LIBRARY_XML2, (const char *const[]){"xmlParserVersion", NULL}, &libxml, NULL, false};
static str libxml_version_text(struct arena *arena) { return decimal_text(arena, atoi(*libxml.xmlParserVersion)); }

#define HARFBUZZ(X) X(hb_version_string)
static struct { HARFBUZZ(LIBRARY_FIELD) } harfbuzz;
static struct library harfbuzz_library = LIBRARY(LIBRARY_HARFBUZZ, HARFBUZZ, harfbuzz);
static str harfbuzz_version_text(struct arena *arena) { (void)arena; return str_c(harfbuzz.hb_version_string()); }

#define FONTCONFIG(X) X(FcGetVersion)
static struct { FONTCONFIG(LIBRARY_FIELD) } fontconfig;
static struct library fontconfig_library = LIBRARY(LIBRARY_FONTCONFIG, FONTCONFIG, fontconfig);
static str fontconfig_version_text(struct arena *arena) { return decimal_text(arena, fontconfig.FcGetVersion()); }

#define MICROHTTPD(X) X(MHD_get_version)
static struct { MICROHTTPD(LIBRARY_FIELD) } microhttpd;
static struct library microhttpd_library = LIBRARY(LIBRARY_MICROHTTPD, MICROHTTPD, microhttpd);
static str microhttpd_version_text(struct arena *arena) { (void)arena; return str_c(microhttpd.MHD_get_version()); }

#define WEBP(X) X(WebPGetDecoderVersion)
static struct { WEBP(LIBRARY_FIELD) } libwebp;
static struct library libwebp_library = LIBRARY(LIBRARY_WEBP, WEBP, libwebp);
static str libwebp_version_text(struct arena *arena)
{
    int version = libwebp.WebPGetDecoderVersion();
    return number_text(arena, version >> 16, (version >> 8) & 255, version & 255);
}

#ifdef HUGI_HEIF
#define HEIF(X) X(heif_get_version)
static struct { HEIF(LIBRARY_FIELD) } libheif;
static struct library libheif_library = LIBRARY(LIBRARY_HEIF, HEIF, libheif);
static str libheif_version_text(struct arena *arena) { (void)arena; return str_c(libheif.heif_get_version()); }
#else
static str libheif_version_text(struct arena *arena) { (void)arena; return S("none (HEIC and AVIF are not decoded)"); }
#endif

static str avif_text(struct arena *arena)
{
    (void)arena;
    return image_writes_avif() ? S("can be written") : S("is not written: no AV1 encoder of libheif is installed");
}

/* --- all of them ----------------------------------------------------------------------- */

static const struct part {
    const char *name;
    str (*version)(struct arena *arena);
    struct library *library;        /* NULL: linked */
} parts[] = {
    {"cmark-gfm", cmark_version_text, NULL},
    {"libxml2", libxml_version_text, &libxml_library},
    {"lua", lua_version_text, NULL},
    {"libyaml", yaml_version_text, NULL},
    {"libwebp", libwebp_version_text, &libwebp_library},
    {"utf8proc", utf8proc_version_text, NULL},
#ifdef HUGI_HEIF
    {"libheif", libheif_version_text, &libheif_library},
#else
    {"libheif", libheif_version_text, NULL},
#endif
    {"avif", avif_text, NULL},
    {"pcre2", pcre2_version_text, NULL},
    {"harfbuzz", harfbuzz_version_text, &harfbuzz_library},
    {"fontconfig", fontconfig_version_text, &fontconfig_library},
    {"libmicrohttpd", microhttpd_version_text, &microhttpd_library},
};
enum { PARTS = sizeof parts / sizeof *parts };

static str version_of(const struct part *part, struct arena *arena)
{
    str why;
    if (part->library && !library_find(part->library, arena, &why)) return S("none (it is not installed)");
    return part->version(arena);
}

int cmd_version(const struct options *options)
{
    struct arena arena = {0};
    printf(options->json ? "{\"type\":\"version\",\"hugi\":\"" HUGI_VERSION "\"" : "hugi " HUGI_VERSION "\n");
    for (int i = 0; i < PARTS; i++)
        printf(options->json ? ",\"%s\":\"%" STR_F "\"" : "  %s %" STR_F "\n", parts[i].name, STR_A(version_of(&parts[i], &arena)));
    if (options->json) printf("}\n");
    arena_free(&arena);
    return EXIT_FINE;
}
