/* xml_text.c - libxml2's text writer with our strings. */
#include "xml_text.h"

#include "base/utf8.h"

/* XML 1.0, 2.2: characters a document may hold. */
static bool is_xml_char(uint32_t rune)
{
    return rune == '\t' || rune == '\n' || rune == '\r' || (rune >= 0x20 && rune != 0xFFFE && rune != 0xFFFF);
}

static char *clean(str text, struct arena *arena)
{
    struct buf out = buf_in(arena);
    buf_reserve(&out, text.len + 1);
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t from = at;
        if (is_xml_char(utf8_next(text, &at))) buf_add(&out, str_slice(text, from, at));
    }
    buf_char(&out, 0);
    return out.p;
}

bool xml_begin(struct xml_document *document)
{
    document->buffer = xmlBufferCreate();
    document->writer = document->buffer ? xmlNewTextWriterMemory(document->buffer, 0) : NULL;
    if (!document->writer) {
        if (document->buffer) xmlBufferFree(document->buffer);
        return false;
    }
    xmlTextWriterSetIndent(document->writer, 1);
    xmlTextWriterSetIndentString(document->writer, BAD_CAST "  ");
    return xmlTextWriterStartDocument(document->writer, NULL, "UTF-8", NULL) >= 0;
}

bool xml_end(struct xml_document *document, struct arena *arena, str *out)
{
    bool ok = xmlTextWriterEndDocument(document->writer) >= 0;
    xmlFreeTextWriter(document->writer);
    *out = str_copy(arena, str_of((const char *)xmlBufferContent(document->buffer), xmlBufferLength(document->buffer)));
    xmlBufferFree(document->buffer);
    return ok;
}

void xml_attribute(xmlTextWriterPtr writer, const char *name, str text, struct arena *arena)
{
    xmlTextWriterWriteAttribute(writer, BAD_CAST name, BAD_CAST clean(text, arena));
}

void xml_element(xmlTextWriterPtr writer, const char *name, str text, struct arena *arena)
{
    xmlTextWriterWriteElement(writer, BAD_CAST name, BAD_CAST clean(text, arena));
}
