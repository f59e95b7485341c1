/* svg_clean.c - an SVG that can only be looked at.
 *
 * The file is parsed by libxml2 and written anew by the rules of this file, which name
 * what may stay: elements and attributes of SVG without those that run code, references
 * into the file itself, links to http(s), raster pictures embedded as data.  So
 * comments, editors' notes (they name folders and people), metadata, DOCTYPE and
 * entities go too.  Order: values, attributes, elements. */
#include <libxml/tree.h>

#include "base/escape.h"
#include "image_format.h"
#include "svg_data.h"
#include "svg_options.h"

#define LIBXML(X)                                                                                                  \
    X(xmlReadMemory) X(xmlFreeDoc) X(xmlDocGetRootElement) X(xmlGetDocEntity) X(xmlNodeListGetString) X(xmlFree)
static struct { LIBXML(LIBRARY_FIELD) } libxml;
static struct library libxml_library = LIBRARY(LIBRARY_XML2, LIBXML, libxml, .start = "xmlInitParser");

struct svg_writer {
    struct buf out;
    struct arena *arena;
    const struct image_source *source;
    ptrdiff_t limit; /* bytes of output; more comes only from entities piled up */
    bool dropped; /* something did not stay */
    bool failed; /* too deep, too large */
};

static str text_of(const xmlChar *text) { return str_c((const char *)text); }

static const char svg_namespace[] = "http://www.w3.org/2000/svg";
static const char xlink_namespace[] = "http://www.w3.org/1999/xlink";

/* --- values --- */

/* For comparing: without blanks and control characters, in lower case. */
static str squeezed(struct arena *arena, str value)
{
    struct buf out = buf_in(arena);
    for (ptrdiff_t i = 0; i < value.len; i++)
        if ((unsigned char)value.p[i] > ' ') buf_char(&out, char_lower(value.p[i]));
    return buf_str(&out);
}

/* An embedded picture's metadata goes, so *value may change. */
static bool href_stays(struct svg_writer *writer, str element, str *given)
{
    if (str_equal(element, S("image")) || str_equal(element, S("feImage"))) {
        str before = *given;
        bool stays = str_starts(str_trim(before), S("#")) || svg_data_clean(writer->source, before, given);
        if (given->p != before.p) writer->dropped = true;
        return stays;
    }
    str value = squeezed(writer->arena, *given);
    if (str_starts(value, S("#"))) return true;
    return str_equal(element, S("a")) && (str_starts(value, S("https://")) || str_starts(value, S("http://")));
}

/* CSS: every url() must point into the file; nothing may load or run.  An
 * escape could spell any of it, so text with one does not stay. */
static bool css_stays(struct arena *arena, str css)
{
    static const str forbidden[] = {STR_INIT("@import"),     STR_INIT("\\"),           STR_INIT("expression("),
                                    STR_INIT("javascript:"), STR_INIT("-moz-binding"), STR_INIT("image-set(")};
    css = squeezed(arena, css);
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (str_contains(css, forbidden[i])) return false;
    for (ptrdiff_t at; (at = str_find(css, S("url("))) >= 0;) {
        css = str_from(css, at + 4);
        str target = css;
        if (str_starts(target, S("\"")) || str_starts(target, S("'"))) target = str_from(target, 1);
        if (!str_starts(target, S("#"))) return false;
    }
    return true;
}

/* --- attributes --- */

static bool is_namespace(const xmlNs *ns, const char *href)
{
    return ns && ns->href && strcmp((const char *)ns->href, href) == 0;
}

/* The name it is written with, or an empty str when it goes.  `href` alone and
 * xlink:href mean the same; files keep the form they have.  A prefix that the file does
 * not declare may get a meaning from the declarations written here: only xlink:href may. */
static str attribute_name(const xmlAttr *attribute)
{
    str name = text_of(attribute->name);
    if (!attribute->ns) return str_find_char(name, ':') < 0 || str_equal(name, S("xlink:href")) ? name : S("");
    if (is_namespace(attribute->ns, (const char *)XML_XML_NAMESPACE))
        return str_equal(name, S("space")) ? S("xml:space") : str_equal(name, S("lang")) ? S("xml:lang") : S("");
    if (is_namespace(attribute->ns, xlink_namespace))
        return str_equal(name, S("href")) ? S("xlink:href") : str_equal(name, S("title")) ? S("xlink:title") : S("");
    return S("");
}

/* An animation could set what an attribute may not say. */
static bool animates_danger(str name, str value)
{
    value = str_trim(value);
    if (!str_equal(name, S("attributeName"))) return false;
    return str_equal_ascii_case(value, S("href")) || str_ends(value, S(":href")) ||
           str_equal_ascii_case(str_slice(value, 0, 2), S("on")) || str_equal_ascii_case(value, S("style"));
}

static bool attribute_stays(struct svg_writer *writer, str element, str name, str *given)
{
    str value = *given;
    if (str_empty(name) || str_equal_ascii_case(str_slice(name, 0, 2), S("on"))) return false;
    if (str_equal(name, S("href")) || str_equal(name, S("xlink:href"))) return href_stays(writer, element, given);
    if (str_equal_ascii_case(name, S("src")) || str_equal_ascii_case(name, S("base")) ||
        str_equal_ascii_case(name, S("ping")) || animates_danger(name, value))
        return false;
    /* Attributes like fill are CSS too; a text like aria-label may hold anything
     * that is not a call. */
    return css_stays(writer->arena, value) || (!str_equal(name, S("style")) && !str_contains(value, S("(")) &&
                                               !str_contains(squeezed(writer->arena, value), S("javascript:")));
}

static void write_attribute(struct svg_writer *writer, str element, const xmlAttr *attribute)
{
    str name = attribute_name(attribute);
    xmlChar *raw = libxml.xmlNodeListGetString(attribute->doc, attribute->children, 1);
    str value = raw ? str_copy(writer->arena, text_of(raw)) : S("");
    (*libxml.xmlFree)(raw);
    if (!attribute_stays(writer, element, name, &value)) {
        writer->dropped = true;
        return;
    }
    buf_char(&writer->out, ' ');
    buf_add(&writer->out, name);
    buf_add(&writer->out, S("=\""));
    buf_xml(&writer->out, value);
    buf_char(&writer->out, '"');
}

/* --- elements --- */

static bool element_stays(const xmlNode *node)
{
    static const str forbidden[] = {
        STR_INIT("script"),        STR_INIT("foreignObject"), STR_INIT("handler"),  STR_INIT("listener"),
        STR_INIT("iframe"),        STR_INIT("embed"),         STR_INIT("object"),   STR_INIT("audio"),
        STR_INIT("video"),         STR_INIT("canvas"),        STR_INIT("metadata"), STR_INIT("tref"),
        STR_INIT("font-face-uri"), STR_INIT("color-profile"), STR_INIT("discard"),
    };
    if (node->ns ? !is_namespace(node->ns, svg_namespace) : str_find_char(text_of(node->name), ':') >= 0) return false;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (str_equal_ascii_case(text_of(node->name), forbidden[i])) return false;
    return true;
}

static void write_node(struct svg_writer *writer, const xmlNode *node, int depth);

static void write_text(struct svg_writer *writer, const xmlNode *node)
{
    str text = text_of(node->content);
    str element = text_of(node->parent->name);
    if (str_equal_ascii_case(element, S("style")) && !css_stays(writer->arena, text))
        writer->dropped = true;
    else
        buf_xml(&writer->out, text);
}

/* Entities of the file's own DOCTYPE, which Illustrator uses for names; one
 * that stands for markup or for another file is left out. */
static void write_entity(struct svg_writer *writer, const xmlNode *node)
{
    const xmlEntity *entity = libxml.xmlGetDocEntity(node->doc, node->name);
    writer->dropped = true;
    if (!entity || !entity->content || entity->etype != XML_INTERNAL_GENERAL_ENTITY) return;
    str text = text_of(entity->content);
    if (str_find_char(text, '<') < 0 && str_find_char(text, '&') < 0) buf_xml(&writer->out, text);
}

static void write_element(struct svg_writer *writer, const xmlNode *node, int depth)
{
    str name = text_of(node->name);
    buf_char(&writer->out, '<');
    buf_add(&writer->out, name);
    if (depth == 0) buf_printf(&writer->out, " xmlns=\"%s\" xmlns:xlink=\"%s\"", svg_namespace, xlink_namespace);
    for (const xmlAttr *a = node->properties; a; a = a->next) write_attribute(writer, name, a);
    if (!node->children) {
        buf_add(&writer->out, S("/>"));
        return;
    }
    buf_char(&writer->out, '>');
    for (const xmlNode *child = node->children; child; child = child->next) write_node(writer, child, depth + 1);
    buf_add(&writer->out, S("</"));
    buf_add(&writer->out, name);
    buf_char(&writer->out, '>');
}

static void write_node(struct svg_writer *writer, const xmlNode *node, int depth)
{
    if (depth > SVG_DEPTH_MAX || writer->out.len > writer->limit) writer->failed = true;
    if (writer->failed) return;
    switch (node->type) {
    case XML_ELEMENT_NODE:
        if (element_stays(node))
            write_element(writer, node, depth);
        else
            writer->dropped = true;
        break;
    case XML_TEXT_NODE:
    case XML_CDATA_SECTION_NODE: write_text(writer, node); break;
    case XML_ENTITY_REF_NODE: write_entity(writer, node); break;
    default: writer->dropped = true; break; /* comments, instructions, DOCTYPE */
    }
}

/* Anything beside the root element. */
static bool has_extras(const xmlDoc *doc)
{
    for (const xmlNode *node = doc->children; node; node = node->next)
        if (node->type != XML_ELEMENT_NODE) return true;
    return false;
}

static bool write_document(struct image_source *source, xmlDoc *doc, str *out)
{
    const xmlNode *root = libxml.xmlDocGetRootElement(doc);
    if (!root || !element_stays(root) || !str_equal(text_of(root->name), S("svg")))
        return image_fail(source, "an SVG whose root is not an <svg>");
    struct svg_writer writer = {.out = buf_in(source->arena), .arena = source->arena, .source = source, .limit = source->bytes.len * 4 + 4096};
    write_node(&writer, root, 0);
    if (writer.failed) return image_fail(source, "an SVG too deep or with too many entities");
    bool same = !writer.dropped && !has_extras(doc);
    *out = same ? source->bytes : buf_str(&writer.out);
    return true;
}

bool svg_clean(struct image_source *source, str *out)
{
    if (!image_library(source, &libxml_library)) return false;
    xmlDoc *doc = libxml.xmlReadMemory(source->bytes.p, (int)source->bytes.len, NULL, NULL, SVG_PARSE_OPTIONS);
    if (!doc) return image_fail(source, "an SVG that is not well-formed XML");
    bool ok = write_document(source, doc, out);
    libxml.xmlFreeDoc(doc);
    return ok;
}
