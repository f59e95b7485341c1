/* media_type.c - one table: extension, type, whether it is text. */
#include "media_type.h"

#include "base/path.h"

static const struct media_type types[] = {
    {"html", "text/html; charset=utf-8", true},
    {"htm", "text/html; charset=utf-8", true},
    {"css", "text/css; charset=utf-8", true},
    {"js", "text/javascript; charset=utf-8", true},
    {"mjs", "text/javascript; charset=utf-8", true},
    {"json", "application/json; charset=utf-8", true},
    {"map", "application/json; charset=utf-8", true},
    {"webmanifest", "application/manifest+json; charset=utf-8", true},
    {"xml", "application/xml; charset=utf-8", true},
    {"xsl", "application/xml; charset=utf-8", true},
    {"atom", "application/atom+xml; charset=utf-8", true},
    {"rss", "application/rss+xml; charset=utf-8", true},
    {"txt", "text/plain; charset=utf-8", true},
    {"md", "text/markdown; charset=utf-8", true},
    {"csv", "text/csv; charset=utf-8", true},
    {"ics", "text/calendar; charset=utf-8", true},
    {"vtt", "text/vtt; charset=utf-8", true},
    {"svg", "image/svg+xml; charset=utf-8", true},
    {"png", "image/png", false},
    {"apng", "image/apng", false},
    {"jpg", "image/jpeg", false},
    {"jpeg", "image/jpeg", false},
    {"gif", "image/gif", false},
    {"webp", "image/webp", false},
    {"avif", "image/avif", false},
    {"ico", "image/vnd.microsoft.icon", false},
    {"bmp", "image/bmp", false},
    {"woff2", "font/woff2", false},
    {"woff", "font/woff", false},
    {"ttf", "font/ttf", false},
    {"otf", "font/otf", false},
    {"mp4", "video/mp4", false},
    {"m4v", "video/mp4", false},
    {"mov", "video/quicktime", false},
    {"webm", "video/webm", false},
    {"ogv", "video/ogg", false},
    {"mp3", "audio/mpeg", false},
    {"m4a", "audio/mp4", false},
    {"ogg", "audio/ogg", false},
    {"wav", "audio/wav", false},
    {"flac", "audio/flac", false},
    {"pdf", "application/pdf", false},
    {"zip", "application/zip", false},
    {"gz", "application/gzip", false},
    {"wasm", "application/wasm", true},
};
static const struct media_type unknown = {"", "application/octet-stream", false};

const struct media_type *media_type_of(str name)
{
    str extension = path_extension(name);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_equal_ascii_case(extension, str_c(types[i].extension))) return &types[i];
    return &unknown;
}

bool media_type_is_page(const struct media_type *type)
{
    return strncmp(type->type, "text/html", 9) == 0;
}
