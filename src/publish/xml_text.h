/* xml_text.h - inside publish/: an XML document, element by element.
 *
 *     struct xml xml = xml_begin(arena);
 *     xml_open(&xml, "feed");
 *     xml_attribute(&xml, "xml:lang", S("ko"));
 *     xml_element(&xml, "title", title);
 *     xml_close(&xml);
 *     return xml_bytes(&xml);
 *
 * Each element stands on a line of its own, two blanks deeper than the one around it; one with
 * text is not broken.  What XML forbids (control characters) is left out.  Threads: as the arena.
 * Errors: none. */
#ifndef HUGI_PUBLISH_XML_TEXT_H
#define HUGI_PUBLISH_XML_TEXT_H

#include "base/buf.h"

enum { XML_DEEPEST = 8 };

struct xml {
    struct buf out;
    const char *names[XML_DEEPEST];     /* of the open elements */
    int depth;
    bool in_tag;                        /* attributes may follow */
    bool in_text;
};

struct xml xml_begin(struct arena *arena);              /* with the declaration */
struct xml xml_part(struct arena *arena, const struct xml *within);  /* what may be put there with xml_raw */
void xml_open(struct xml *xml, const char *name);
void xml_attribute(struct xml *xml, const char *name, str text);
void xml_text(struct xml *xml, str text);
void xml_html(struct xml *xml, str html);               /* as text, quotes of both kinds escaped */
void xml_raw(struct xml *xml, str bytes);               /* whole elements */
void xml_close(struct xml *xml);
void xml_element(struct xml *xml, const char *name, str text);
str xml_bytes(struct xml *xml);

#endif
