/* cmd_version.c - hugi version: what it is made of, for bug reports. */
#include <cmark-gfm.h>
#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <libxml/xmlversion.h>
#include <lua.h>
#include <microhttpd.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <utf8proc.h>
#include <webp/decode.h>
#include <yaml.h>

#include "image/image.h"
#include "options.h"

int cmd_version(const struct options *options)
{
    int major, minor, patch;
    yaml_get_version(&major, &minor, &patch);
    int webp = WebPGetDecoderVersion();
    int fonts = FcGetVersion();
    char yaml[32], webp_text[32], pcre[64], fonts_text[32];
    pcre2_config(PCRE2_CONFIG_VERSION, pcre);
    snprintf(yaml, sizeof yaml, "%d.%d.%d", major, minor, patch);
    snprintf(webp_text, sizeof webp_text, "%d.%d.%d", webp >> 16, (webp >> 8) & 255, webp & 255);
    snprintf(fonts_text, sizeof fonts_text, "%d.%d.%d", fonts / 10000, fonts / 100 % 100, fonts % 100);
    const char *libraries[][2] = {
        {"cmark-gfm", cmark_version_string()}, {"libxml2", LIBXML_DOTTED_VERSION},
        {"lua", LUA_VERSION_MAJOR "." LUA_VERSION_MINOR "." LUA_VERSION_RELEASE}, {"libyaml", yaml},
        {"libwebp", webp_text}, {"utf8proc", utf8proc_version()},
        {"libheif", image_heif_version() ? image_heif_version() : "none (HEIC and AVIF are not decoded)"},
        {"avif", image_writes_avif() ? "can be written" : "is not written: no AV1 encoder of libheif is installed"},
        {"pcre2", pcre}, {"harfbuzz", hb_version_string()}, {"fontconfig", fonts_text}, {"libmicrohttpd", MHD_get_version()},
    };
    enum { LIBRARIES = sizeof libraries / sizeof *libraries };
    if (options->json) {
        printf("{\"type\":\"version\",\"hugi\":\"" HUGI_VERSION "\"");
        for (int i = 0; i < LIBRARIES; i++) printf(",\"%s\":\"%s\"", libraries[i][0], libraries[i][1]);
        printf("}\n");
        return EXIT_FINE;
    }
    printf("hugi " HUGI_VERSION "\n");
    for (int i = 0; i < LIBRARIES; i++) printf("  %s %s\n", libraries[i][0], libraries[i][1]);
    return EXIT_FINE;
}
