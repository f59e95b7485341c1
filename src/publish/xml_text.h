/* xml_text.h - inside publish/: libxml2's text writer with our strings.
 *
 * The writer's memory ends with xml_end; what XML forbids (control characters)
 * is left out before it gets there. */
#ifndef HUGI_PUBLISH_XML_TEXT_H
#define HUGI_PUBLISH_XML_TEXT_H

#include <libxml/xmlwriter.h>

#include "base/buf.h"

struct xml_document {
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
};

bool xml_begin(struct xml_document *document);
/* Ends the document and gives its bytes; false when libxml2 ran out of memory. */
bool xml_end(struct xml_document *document, struct arena *arena, str *out);
void xml_attribute(xmlTextWriterPtr writer, const char *name, str text, struct arena *arena);
void xml_element(xmlTextWriterPtr writer, const char *name, str text, struct arena *arena);

#endif
