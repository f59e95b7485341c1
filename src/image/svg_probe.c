/* svg_probe.c - an SVG's size: width and height of its root, else its viewBox. */
#include <libxml/xmlreader.h>
#include <math.h>
#include <stdlib.h>

#include "image_format.h"
#include "svg_options.h"
#include "svg_scan.h"

#define LIBXML(X)                                                                                                  \
    X(xmlReaderForMemory) X(xmlFreeTextReader) X(xmlTextReaderRead) X(xmlTextReaderNodeType)                       \
    X(xmlTextReaderGetAttribute) X(xmlFree)
static struct { LIBXML(LIBRARY_FIELD) } libxml;
static struct library libxml_library = LIBRARY(LIBRARY_XML2, LIBXML, libxml, .start = "xmlInitParser");

/* CSS lengths in pixels. */
static const struct {
    str unit;
    double pixels;
} units[] = {
    {STR_INIT("px"), 1},  {STR_INIT("pt"), 96.0 / 72}, {STR_INIT("pc"), 16},
    {STR_INIT("in"), 96}, {STR_INIT("cm"), 96 / 2.54}, {STR_INIT("mm"), 96 / 25.4},
    {STR_INIT("em"), 16}, {STR_INIT("ex"), 8},         {STR_INIT("rem"), 16},
};

/* The number at the start of `text`, which moves behind it; NAN without one.
 * By hand because strtod follows the locale. */
static double take_number(str *text)
{
    *text = str_trim_left(*text);
    ptrdiff_t end = 0;
    while (end < text->len && (char_is_digit(text->p[end]) || strchr("+-.", text->p[end]))) end++;
    /* "1e3", but not the e of "1em" */
    if (end > 0 && end + 1 < text->len && char_lower(text->p[end]) == 'e' && char_is_digit(text->p[end + 1]))
        for (end++; end < text->len && char_is_digit(text->p[end]);) end++;
    double number = NAN;
    if (end == 0 || !str_to_float(str_slice(*text, 0, end), &number)) return NAN;
    *text = str_from(*text, end);
    return number;
}

/* 0 where it is absent, relative ("100%") or nonsense. */
static int read_length(str text)
{
    double number = take_number(&text);
    str unit = str_trim(text);
    double factor = str_empty(unit) ? 1 : 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_equal_ascii_case(unit, units[i].unit)) factor = units[i].pixels;
    double pixels = number * factor;
    return pixels > 0 && pixels < 1e6 ? (int)ceil(pixels) : 0;
}

static void read_view_box(str text, double *width, double *height)
{
    double numbers[4];
    for (int i = 0; i < 4; i++) {
        text = str_trim_left(text);
        if (str_starts(text, S(","))) text = str_from(text, 1);
        numbers[i] = take_number(&text);
    }
    *width = numbers[2] > 0 ? numbers[2] : 0;
    *height = numbers[3] > 0 ? numbers[3] : 0;
}

static str attribute(xmlTextReaderPtr reader, const char *name, struct arena *arena)
{
    xmlChar *value = libxml.xmlTextReaderGetAttribute(reader, (const xmlChar *)name);
    if (!value) return S("");
    str copy = str_copy(arena, str_c((const char *)value));
    (*libxml.xmlFree)(value);
    return copy;
}

static int whole(double x) { return x >= 1 && x < 1e6 ? (int)(x + 0.5) : 0; }

static void read_root(struct image_source *source, xmlTextReaderPtr reader)
{
    struct image_info *info = &source->info;
    double box_width, box_height;
    info->width = read_length(attribute(reader, "width", source->arena));
    info->height = read_length(attribute(reader, "height", source->arena));
    read_view_box(attribute(reader, "viewBox", source->arena), &box_width, &box_height);
    bool box = box_width > 0 && box_height > 0;
    if (info->width > 0 && info->height == 0 && box)
        info->height = whole(info->width * box_height / box_width);
    else if (info->height > 0 && info->width == 0 && box)
        info->width = whole(info->height * box_width / box_height);
    if (info->width > 0 && info->height > 0) return;
    info->width = whole(box_width);
    info->height = whole(box_height);
}

bool svg_probe(struct image_source *source)
{
    if (!svg_scan(source)) return false;
    if (!image_library(source, &libxml_library)) return false;
    xmlTextReaderPtr reader = libxml.xmlReaderForMemory(source->bytes.p, (int)source->bytes.len, NULL, NULL, SVG_PARSE_OPTIONS);
    if (!reader) return image_fail(source, "libxml2 does not start");
    int more;
    while ((more = libxml.xmlTextReaderRead(reader)) == 1 && libxml.xmlTextReaderNodeType(reader) != XML_READER_TYPE_ELEMENT) continue;
    bool found = more == 1;
    if (found) read_root(source, reader);
    libxml.xmlFreeTextReader(reader);
    source->info.alpha = true;
    source->info.has_metadata = str_contains(source->bytes, S("metadata")) || str_contains(source->bytes, S("<!--"));
    return found || image_fail(source, "an SVG that is not well-formed XML");
}
