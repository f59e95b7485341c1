/* xml_text.c - tags, attributes and text, with their line breaks. */
#include "xml_text.h"

#include "base/arena.h"
#include "base/escape.h"

struct xml xml_begin(struct arena *arena)
{
    struct xml xml = {.out = buf_in(arena)};
    buf_add(&xml.out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    return xml;
}

struct xml xml_part(struct arena *arena, const struct xml *within)
{
    return (struct xml){.out = buf_in(arena), .depth = within->depth};
}

enum { IN_TEXT = 1, IN_ATTRIBUTE };

/* Text with what buf_xml does not know of: apostrophes need no escape, and white space that a
 * reader would not keep needs one. */
static void add_text(struct buf *out, str text, int where)
{
    static const unsigned char special[256] = {
        ['\''] = IN_TEXT, ['\r'] = IN_TEXT, ['\n'] = IN_ATTRIBUTE, ['\t'] = IN_ATTRIBUTE};
    ptrdiff_t from = 0;
    for (ptrdiff_t at = 0; at < text.len; at++) {
        char c = text.p[at];
        int first = special[(unsigned char)c];
        if (first == 0 || first > where) continue;
        buf_xml(out, str_slice(text, from, at));
        from = at + 1;
        if (c == '\'') buf_char(out, c);
        else buf_printf(out, "&#%d;", c);
    }
    buf_xml(out, str_from(text, from));
}

static void end_tag(struct xml *xml, str end)
{
    if (xml->in_tag) buf_add(&xml->out, end);
    xml->in_tag = false;
}

void xml_open(struct xml *xml, const char *name)
{
    end_tag(xml, S(">\n"));
    buf_repeat(&xml->out, ' ', 2 * xml->depth);
    buf_char(&xml->out, '<');
    buf_add(&xml->out, str_c(name));
    xml->names[xml->depth++] = name;
    xml->in_tag = true;
}

void xml_attribute(struct xml *xml, const char *name, str text)
{
    buf_char(&xml->out, ' ');
    buf_add(&xml->out, str_c(name));
    buf_add(&xml->out, S("=\""));
    add_text(&xml->out, text, IN_ATTRIBUTE);
    buf_char(&xml->out, '"');
}

static struct buf *begin_text(struct xml *xml)
{
    end_tag(xml, S(">"));
    xml->in_text = true;
    return &xml->out;
}

void xml_text(struct xml *xml, str text) { add_text(begin_text(xml), text, IN_TEXT); }

void xml_html(struct xml *xml, str html)
{
    struct buf *out = begin_text(xml);
    buf_reserve(out, html.len + html.len / 4);
    buf_xml(out, html);
}

void xml_raw(struct xml *xml, str bytes)
{
    end_tag(xml, S(">\n"));
    buf_add(&xml->out, bytes);
}

void xml_close(struct xml *xml)
{
    xml->depth--;
    if (xml->in_tag) {
        buf_add(&xml->out, S("/>\n"));
    } else {
        if (!xml->in_text) buf_repeat(&xml->out, ' ', 2 * xml->depth);
        buf_add(&xml->out, S("</"));
        buf_add(&xml->out, str_c(xml->names[xml->depth]));
        buf_add(&xml->out, S(">\n"));
    }
    xml->in_tag = xml->in_text = false;
}

void xml_element(struct xml *xml, const char *name, str text)
{
    xml_open(xml, name);
    xml_text(xml, text);
    xml_close(xml);
}

str xml_bytes(struct xml *xml) { return buf_finish(&xml->out); }
