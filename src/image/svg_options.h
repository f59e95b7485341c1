/* svg_options.h - how svg_*.c parse: no network, no files, no entities
 * replaced, nothing printed, short texts inside their nodes.  The limits are those
 * of svg_scan.h: libxml2's own would refuse photos inside drawings (10 MB). */
#ifndef HUGI_IMAGE_SVG_OPTIONS_H
#define HUGI_IMAGE_SVG_OPTIONS_H

#include <libxml/parser.h>

enum {
    SVG_PARSE_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT | XML_PARSE_HUGE,
    SVG_BYTES_MAX = 32 << 20,
    SVG_DEPTH_MAX = 200,
};

#endif
