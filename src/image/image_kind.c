/* image_kind.c - the table of kinds, their names, and telling them by content. */
#include "image_bytes.h"
#include "image_format.h"

#include <stdarg.h>

/* Indexed by kind. */
static const struct image_format image_formats[IMAGE_KIND_COUNT] = {
    [IMAGE_UNKNOWN] =
        {{IMAGE_UNKNOWN, "unknown", "bin", "application/octet-stream", false, false, false, false}, NULL, NULL, NULL, NULL, NULL},
    [IMAGE_JPEG] =
        {{IMAGE_JPEG, "jpeg", "jpg", "image/jpeg", true, true, true, false}, jpeg_probe, jpeg_read, jpeg_write, jpeg_clean, jpeg_encoder},
    [IMAGE_PNG] =
        {{IMAGE_PNG, "png", "png", "image/png", true, true, true, false}, png_probe, png_read, png_write, png_clean, png_encoder},
    [IMAGE_GIF] = {{IMAGE_GIF, "gif", "gif", "image/gif", true, false, true, false}, gif_probe, stb_read, NULL, gif_clean, NULL},
    [IMAGE_WEBP] =
        {{IMAGE_WEBP, "webp", "webp", "image/webp", true, true, true, false}, webp_probe, webp_read, webp_write, webp_clean, webp_encoder},
    [IMAGE_SVG] = {{IMAGE_SVG, "svg", "svg", "image/svg+xml", false, false, true, false}, svg_probe, NULL, NULL, svg_clean, NULL},
    [IMAGE_AVIF] =
        {{IMAGE_AVIF, "avif", "avif", "image/avif", HAS_HEIF, HAS_HEIF, true, false}, isobox_probe, heif_read, heif_write,
         isobox_clean, heif_encoder},
    [IMAGE_HEIC] =
        {{IMAGE_HEIC, "heic", "heic", "image/heic", HAS_HEIF, false, true, false}, isobox_probe, heif_read, NULL, isobox_clean, NULL},
    [IMAGE_BMP] = {{IMAGE_BMP, "bmp", "bmp", "image/bmp", true, false, true, false}, bmp_probe, stb_read, NULL, bmp_clean, NULL},
    [IMAGE_TIFF] = {{IMAGE_TIFF, "tiff", "tif", "image/tiff", false, false, false, false}, tiff_probe, NULL, NULL, NULL, NULL},
    [IMAGE_ICO] =
        {{IMAGE_ICO, "ico", "ico", "image/vnd.microsoft.icon", false, false, true, false}, ico_probe, NULL, NULL, ico_clean, NULL},
    [IMAGE_RAW] = {{IMAGE_RAW, "raw", "raw", "application/octet-stream", false, false, false, false}, raw_probe, NULL, NULL, NULL, NULL},
    [IMAGE_JXL] = {{IMAGE_JXL, "jxl", "jxl", "image/jxl", false, false, false, false}, raw_probe, NULL, NULL, NULL, NULL},
    [IMAGE_MOVIE] = {{IMAGE_MOVIE, "movie", "mp4", "video/mp4", false, false, true, true}, movie_probe, NULL, NULL, movie_clean, NULL},
    [IMAGE_PSD] = {{IMAGE_PSD, "psd", "psd", "image/vnd.adobe.photoshop", false, false, false, false}, raw_probe, NULL, NULL, NULL, NULL},
    [IMAGE_JP2] = {{IMAGE_JP2, "jp2", "jp2", "image/jp2", false, false, false, false}, raw_probe, NULL, NULL, NULL, NULL},
    [IMAGE_EPS] = {{IMAGE_EPS, "eps", "eps", "application/postscript", false, false, false, false}, raw_probe, NULL, NULL, NULL, NULL},
    [IMAGE_EXR] = {{IMAGE_EXR, "exr", "exr", "image/x-exr", false, false, false, false}, raw_probe, NULL, NULL, NULL, NULL},
    [IMAGE_HDR] = {{IMAGE_HDR, "hdr", "hdr", "image/vnd.radiance", false, false, false, false}, raw_probe, NULL, NULL, NULL, NULL},
    [IMAGE_JXR] = {{IMAGE_JXR, "jxr", "jxr", "image/jxr", false, false, false, false}, raw_probe, NULL, NULL, NULL, NULL},
    [IMAGE_XCF] = {{IMAGE_XCF, "xcf", "xcf", "image/x-xcf", false, false, false, false}, raw_probe, NULL, NULL, NULL, NULL},
    [IMAGE_AVI] = {{IMAGE_AVI, "avi", "avi", "video/x-msvideo", false, false, true, true}, avi_probe, NULL, NULL, avi_clean, NULL},
    [IMAGE_WEBM] = {{IMAGE_WEBM, "webm", "webm", "video/webm", false, false, true, true}, matroska_probe, NULL, NULL, matroska_clean, NULL},
    [IMAGE_FILM] =
        {{IMAGE_FILM, "film", "mpg", "application/octet-stream", false, false, true, true}, film_probe, NULL, NULL, film_clean, NULL},
};

/* Other names people and configuration files use. */
static const struct {
    str name;
    enum image_kind kind;
} kind_synonyms[] = {
    {STR_INIT("jpe"), IMAGE_JPEG}, {STR_INIT("jfif"), IMAGE_JPEG},    {STR_INIT("pjpeg"), IMAGE_JPEG},
    {STR_INIT("apng"), IMAGE_PNG}, {STR_INIT("svgz"), IMAGE_SVG},     {STR_INIT("heif"), IMAGE_HEIC},
    {STR_INIT("hif"), IMAGE_HEIC}, {STR_INIT("dib"), IMAGE_BMP},      {STR_INIT("mov"), IMAGE_MOVIE},
    {STR_INIT("m4v"), IMAGE_MOVIE},  {STR_INIT("qt"), IMAGE_MOVIE},       {STR_INIT("3gp"), IMAGE_MOVIE},
    {STR_INIT("3g2"), IMAGE_MOVIE},  {STR_INIT("insv"), IMAGE_MOVIE},     {STR_INIT("psb"), IMAGE_PSD},
    {STR_INIT("j2k"), IMAGE_JP2},    {STR_INIT("j2c"), IMAGE_JP2},        {STR_INIT("jpf"), IMAGE_JP2},
    {STR_INIT("jpx"), IMAGE_JP2},    {STR_INIT("mj2"), IMAGE_JP2},        {STR_INIT("wdp"), IMAGE_JXR},
    {STR_INIT("mkv"), IMAGE_WEBM},   {STR_INIT("matroska"), IMAGE_WEBM},  {STR_INIT("wmv"), IMAGE_FILM},
    {STR_INIT("asf"), IMAGE_FILM},   {STR_INIT("flv"), IMAGE_FILM},       {STR_INIT("mpeg"), IMAGE_FILM},
    {STR_INIT("m2ts"), IMAGE_FILM},  {STR_INIT("mxf"), IMAGE_FILM},       {STR_INIT("ogv"), IMAGE_FILM},
    {STR_INIT("rm"), IMAGE_FILM},    {STR_INIT("rmvb"), IMAGE_FILM},
};

const struct image_format *image_format(enum image_kind kind)
{
    return &image_formats[kind > IMAGE_UNKNOWN && kind < IMAGE_KIND_COUNT ? kind : IMAGE_UNKNOWN];
}

const struct image_kind_info *image_kind_info(enum image_kind kind) { return &image_format(kind)->info; }

/* Of hugi's own steps, from decoding to the settings of the encoders, and of cleaning, which gives some variants: to be
 * raised when variants that were made before are worth making anew. */
enum { MAKING = 3 };

uint64_t image_encoder(enum image_kind kind)
{
    if (kind == IMAGE_UNKNOWN) return (image_encoder(IMAGE_JPEG) * 31 + image_encoder(IMAGE_PNG)) * 31 + image_encoder(IMAGE_WEBP);
    static _Atomic uint64_t known[IMAGE_KIND_COUNT];
    const struct image_format *format = image_format(kind);
    _Atomic uint64_t *encoder = &known[format->info.kind];
    if (!*encoder && format->encoder) {
        uint32_t release = format->encoder();
        *encoder = release ? (uint64_t)MAKING << 32 | release : 0;
    }
    return *encoder;
}

enum image_kind image_kind_of_name(str name)
{
    for (int kind = IMAGE_UNKNOWN + 1; kind < IMAGE_KIND_COUNT; kind++) {
        const struct image_kind_info *info = &image_formats[kind].info;
        if (str_equal_ascii_case(name, str_c(info->name))) return info->kind;
        if (str_equal_ascii_case(name, str_c(info->extension))) return info->kind;
    }
    for (size_t i = 0; i < sizeof kind_synonyms / sizeof *kind_synonyms; i++)
        if (str_equal_ascii_case(name, kind_synonyms[i].name)) return kind_synonyms[i].kind;
    return IMAGE_UNKNOWN;
}

/* The brands of an ISO media file: "ftyp", size, major brand, version, others. */
static enum image_kind sniff_brands(str head)
{
    ptrdiff_t end = (ptrdiff_t)be32(head, 0);
    if (end > head.len) end = head.len;
    enum image_kind kind = IMAGE_MOVIE; /* the box is of films; pictures say so */
    for (ptrdiff_t at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
        switch (be32(head, at)) {
        case FOURCC('a', 'v', 'i', 'f'):
        case FOURCC('a', 'v', 'i', 's'): return IMAGE_AVIF;
        case FOURCC('h', 'e', 'i', 'c'):
        case FOURCC('h', 'e', 'i', 'x'):
        case FOURCC('h', 'e', 'v', 'c'):
        case FOURCC('h', 'e', 'v', 'x'):
        case FOURCC('h', 'e', 'i', 'm'):
        case FOURCC('h', 'e', 'i', 's'): return IMAGE_HEIC;
        case FOURCC('c', 'r', 'x', ' '): return IMAGE_RAW;
        case FOURCC('m', 'i', 'f', '1'):
        case FOURCC('m', 'i', 'f', '3'):
        case FOURCC('m', 's', 'f', '1'):
            kind = IMAGE_HEIC; /* unless a later brand says AVIF */
            break;
        }
    }
    return kind;
}

/* QuickTime of the time before "ftyp", and pieces of a stream; the first byte of a length is no letter. */
static bool is_bare_movie(str head)
{
    static const char kinds[] = "moov mdat wide free skip pnot moof styp sidx";
    for (size_t i = 0; byte_at(head, 0) < 0x20 && i + 4 < sizeof kinds; i += 5)
        if (be32(head, 4) == FOURCC(kinds[i], kinds[i + 1], kinds[i + 2], kinds[i + 3])) return true;
    return false;
}

/* Fonts are PostScript too, and no drawings. */
static bool is_postscript(str head)
{
    return (str_starts(head, S("%!PS")) && !str_starts(head, S("%!PS-AdobeFont"))) || str_starts(head, S("\xc5\xd0\xd3\xc6"));
}

/* An XML text whose first element is <svg>: a declaration, comments and a
 * DOCTYPE may come before. */
static bool sniff_svg(str head)
{
    str rest = head;
    if (str_starts(rest, S("\xef\xbb\xbf"))) rest = str_from(rest, 3);
    for (;;) {
        rest = str_trim_left(rest);
        str end = S(">");
        if (str_starts(rest, S("<!--")))
            end = S("-->");
        else if (str_starts(rest, S("<?")))
            end = S("?>");
        else if (!str_starts(rest, S("<!DOCTYPE svg")))
            break;
        /* An internal subset ends with "]>"; the root follows somewhere after. */
        else
            return true;
        ptrdiff_t at = str_find(rest, end);
        if (at < 0) return false;
        rest = str_from(rest, at + end.len);
    }
    if (!str_starts(rest, S("<"))) return false;
    ptrdiff_t end = 1;
    while (end < rest.len && !char_is_space(rest.p[end]) && rest.p[end] != '>' && rest.p[end] != '/') end++;
    str name = str_slice(rest, 1, end);
    return str_equal(name, S("svg")) || str_ends(name, S(":svg"));
}

static const struct {
    str magic;
    enum image_kind kind;
} magics[] = {
    {STR_INIT("\xff\xd8\xff"), IMAGE_JPEG}, {STR_INIT("\x89PNG\r\n\x1a\n"), IMAGE_PNG},
    {STR_INIT("GIF87a"), IMAGE_GIF},        {STR_INIT("GIF89a"), IMAGE_GIF},
    {STR_INIT("II*\0"), IMAGE_TIFF},        {STR_INIT("MM\0*"), IMAGE_TIFF},
    {STR_INIT("\0\0\1\0"), IMAGE_ICO},       {STR_INIT("FUJIFILMCCD-RAW"), IMAGE_RAW},
    {STR_INIT("IIRO"), IMAGE_RAW},          {STR_INIT("IIRS"), IMAGE_RAW},
    {STR_INIT("MMOR"), IMAGE_RAW},          {STR_INIT("IIU\0"), IMAGE_RAW},
    {STR_INIT("FOVb"), IMAGE_RAW},          {STR_INIT("\0\0\0\x0cJXL \r\n\x87\n"), IMAGE_JXL},
    {STR_INIT("II\x1a\0\0\0HEAPCCDR"), IMAGE_RAW}, {STR_INIT("\0MRM"), IMAGE_RAW},
    {STR_INIT("II+\0"), IMAGE_TIFF},        {STR_INIT("MM\0+"), IMAGE_TIFF},
    {STR_INIT("\xff\n"), IMAGE_JXL},        {STR_INIT("8BPS"), IMAGE_PSD},
    {STR_INIT("\0\0\0\x0cjP  \r\n\x87\n"), IMAGE_JP2}, {STR_INIT("\xff\x4f\xff\x51"), IMAGE_JP2},
    {STR_INIT("II\xbc\1"), IMAGE_JXR},      {STR_INIT("\x76\x2f\x31\x01"), IMAGE_EXR},
    {STR_INIT("#?RADIANCE"), IMAGE_HDR},    {STR_INIT("#?RGBE"), IMAGE_HDR},
    {STR_INIT("gimp xcf"), IMAGE_XCF},      {STR_INIT("\x1a\x45\xdf\xa3"), IMAGE_WEBM},
};

enum image_kind image_sniff(str head)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(head, magics[i].magic)) return magics[i].kind;
    if (be32(head, 0) == FOURCC('R', 'I', 'F', 'F') && be32(head, 8) == FOURCC('W', 'E', 'B', 'P')) return IMAGE_WEBP;
    if (be32(head, 4) == FOURCC('f', 't', 'y', 'p')) return sniff_brands(head);
    if (is_bare_movie(head)) return IMAGE_MOVIE;
    if (be32(head, 0) == FOURCC('R', 'I', 'F', 'F') && be32(head, 8) == FOURCC('A', 'V', 'I', ' ')) return IMAGE_AVI;
    if (is_postscript(head)) return IMAGE_EPS;
    if (film_sniff(head)) return IMAGE_FILM;
    /* "BM" alone would claim many texts: the header's size must be one that exists. */
    if (str_starts(head, S("BM")) && le32(head, 14) >= 12 && le32(head, 14) <= 124) return IMAGE_BMP;
    return sniff_svg(head) ? IMAGE_SVG : IMAGE_UNKNOWN;
}

const char *image_trace_name(enum image_trace trace)
{
    static const char *const names[TRACE_COUNT] = {"location", "owner", "serial number", "camera", "maker note", "thumbnail", "XMP", "notes hugi cannot read"};
    return names[trace];
}

bool image_fail(struct image_source *source, const char *format, ...)
{
    struct buf line = buf_in(source->arena);
    va_list arguments;
    va_start(arguments, format);
    buf_vprintf(&line, format, arguments);
    va_end(arguments);
    *source->error = buf_str(&line);
    return false;
}

bool image_library(struct image_source *source, struct library *library)
{
    return library_find(library, source->arena, source->error);
}
