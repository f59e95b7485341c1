/* svg_scan.h - is a drawing cheap enough to be parsed? */
#ifndef HUGI_IMAGE_SVG_SCAN_H
#define HUGI_IMAGE_SVG_SCAN_H

#include "image_format.h"

/* One pass over the bytes, before libxml2 sees them.  False, with the reason, where parsing or
 * cleaning could take time that grows faster than the file, or more than SVG_TREE_MAX bytes:
 * some attributes or namespaces too many in one place, entities made of entities, small
 * elements by the million, an encoding in which '<' need not mean '<'. */
bool svg_scan(struct image_source *source);

enum {
    SVG_TREE_MAX = 192 << 20, /* of the tree that libxml2 builds, as estimated */
    SVG_ATTRIBUTES_MAX = 1000, /* of one element: libxml2 compares each with each */
    SVG_NAMESPACES_MAX = 500, /* declared by an element and those around it: searched through for each name */
    SVG_NAMES_MAX = 2000, /* different ones */
    SVG_SUBSET_MAX = 256 << 10, /* of the DOCTYPE's declarations */
    SVG_EXPANSION_MAX = 64 << 20, /* what all entities together may stand for */
};

#endif
