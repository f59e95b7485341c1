/* svg_options.h - how svg_*.c parse: no network, no files, no entities
 * replaced, nothing printed, short texts inside their nodes, libxml2's limits on. */
#ifndef HUGI_IMAGE_SVG_OPTIONS_H
#define HUGI_IMAGE_SVG_OPTIONS_H

#include <libxml/parser.h>

enum {
    SVG_PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT,
    SVG_BYTES_MAX = 32 << 20,
    SVG_DEPTH_MAX = 200,
};

#endif
