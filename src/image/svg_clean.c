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
    X(xmlReadMemory) X(xmlFreeDoc) X(xmlDocGetRootElement) X(xmlGetDocEntity) X(xmlNodeListGetString) X(xmlFree) \
    X(xmlGetLastError) X(xmlResetLastError)
static struct { LIBXML(LIBRARY_FIELD) } libxml;
static struct library libxml_library = LIBRARY(LIBRARY_XML2, LIBXML, libxml, .start = "xmlInitParser");

struct svg_writer {
    struct buf out;
    struct arena *arena; /* for one value or one <style>; rewound behind it */
    const struct image_source *source;
    ptrdiff_t limit; /* bytes of output; more comes only from entities piled up */
    int64_t turnable; /* pixels of embedded pictures */
    bool dropped; /* something did not stay */
    const char *failure; /* too deep, too large; NULL: not yet */
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
        bool stays = str_starts(str_trim(before), S("#")) || svg_data_clean(writer->source, before, &writer->turnable, given);
        if (given->p != before.p) writer->dropped = true;
        return stays;
    }
    str value = squeezed(writer->arena, *given);
    if (str_starts(value, S("#"))) return true;
    return str_equal(element, S("a")) && (str_starts(value, S("https://")) || str_starts(value, S("http://")));
}

/* Without one of these nothing is imported, called, set or escaped: as in paths and most other values. */
static bool may_load(str css)
{
    for (ptrdiff_t i = 0; i < css.len; i++)
        if (css.p[i] == '@' || css.p[i] == '\\' || css.p[i] == '(' || css.p[i] == ':') return true;
    return false;
}

/* CSS: every url() must point into the file; nothing may load or run.  An
 * escape could spell any of it, so text with one does not stay. */
static bool css_stays(struct arena *arena, str css)
{
    static const str forbidden[] = {STR_INIT("@import"),     STR_INIT("\\"),           STR_INIT("expression("),
                                    STR_INIT("javascript:"), STR_INIT("-moz-binding"), STR_INIT("image-set("),
                                    STR_INIT("src("),        STR_INIT("image(")};
    if (!may_load(css)) return true;
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
    struct arena_mark mark = arena_mark(writer->arena);
    xmlChar *raw = libxml.xmlNodeListGetString(attribute->doc, attribute->children, 1);
    str value = raw ? str_copy(writer->arena, text_of(raw)) : S("");
    (*libxml.xmlFree)(raw);
    if (attribute_stays(writer, element, name, &value)) {
        buf_char(&writer->out, ' ');
        buf_add(&writer->out, name);
        buf_add(&writer->out, S("=\""));
        buf_xml(&writer->out, value);
        buf_char(&writer->out, '"');
    } else {
        writer->dropped = true;
    }
    arena_rewind(writer->arena, mark);
}

/* --- elements --- */

static bool element_stays(const xmlNode *node)
{
    static const str forbidden[] = {
        STR_INIT("script"),        STR_INIT("foreignObject"), STR_INIT("handler"),  STR_INIT("listener"),
        STR_INIT("iframe"),        STR_INIT("embed"),         STR_INIT("object"),   STR_INIT("audio"),
        STR_INIT("video"),         STR_INIT("canvas"),        STR_INIT("metadata"), STR_INIT("tref"),
        STR_INIT("font-face-uri"), STR_INIT("color-profile"), STR_INIT("discard"),  STR_INIT("link"),
        STR_INIT("meta"),          STR_INIT("base"),
    };
    if (node->ns ? !is_namespace(node->ns, svg_namespace) : str_find_char(text_of(node->name), ':') >= 0) return false;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (str_equal_ascii_case(text_of(node->name), forbidden[i])) return false;
    return true;
}

static void write_node(struct svg_writer *writer, const xmlNode *node, int depth);

/* What an entity of the file's own DOCTYPE stands for, which Illustrator uses for names; one
 * that stands for markup or for another file is left out. */
static str entity_text(const xmlNode *node)
{
    const xmlEntity *entity = libxml.xmlGetDocEntity(node->doc, node->name);
    if (!entity || !entity->content || entity->etype != XML_INTERNAL_GENERAL_ENTITY) return S("");
    str text = text_of(entity->content);
    return str_find_char(text, '<') < 0 && str_find_char(text, '&') < 0 ? text : S("");
}

/* The text of an element, as a browser joins it: over comments and instructions, and
 * with what entities stand for.  Elements inside have no place there. */
static str joined_text(struct svg_writer *writer, const xmlNode *element)
{
    struct buf text = buf_in(writer->arena);
    for (const xmlNode *node = element->children; node; node = node->next) {
        bool plain = node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
        if (!plain) writer->dropped = true;
        if (plain) buf_add(&text, text_of(node->content));
        if (node->type == XML_ENTITY_REF_NODE) buf_add(&text, entity_text(node));
    }
    return buf_str(&text);
}

/* A style sheet is judged and written as a whole, and as one text. */
static void write_style(struct svg_writer *writer, const xmlNode *node)
{
    struct arena_mark mark = arena_mark(writer->arena);
    str css = joined_text(writer, node);
    if (css_stays(writer->arena, css))
        buf_xml(&writer->out, css);
    else
        writer->dropped = true;
    arena_rewind(writer->arena, mark);
}

static void write_children(struct svg_writer *writer, const xmlNode *node, int depth)
{
    if (str_equal_ascii_case(text_of(node->name), S("style"))) {
        write_style(writer, node);
        return;
    }
    for (const xmlNode *child = node->children; child; child = child->next) write_node(writer, child, depth + 1);
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
    write_children(writer, node, depth);
    buf_add(&writer->out, S("</"));
    buf_add(&writer->out, name);
    buf_char(&writer->out, '>');
}

static void write_node(struct svg_writer *writer, const xmlNode *node, int depth)
{
    if (depth > SVG_DEPTH_MAX || writer->out.len > writer->limit) writer->failure = "an SVG too deep or with too many entities";
    if (writer->turnable < 0) writer->failure = "an SVG with photos inside that would have to be turned, of more than 50 megapixels together";
    if (writer->failure) return;
    switch (node->type) {
    case XML_ELEMENT_NODE:
        if (element_stays(node))
            write_element(writer, node, depth);
        else
            writer->dropped = true;
        break;
    case XML_TEXT_NODE:
    case XML_CDATA_SECTION_NODE: buf_xml(&writer->out, text_of(node->content)); break;
    case XML_ENTITY_REF_NODE:
        writer->dropped = true;
        buf_xml(&writer->out, entity_text(node));
        break;
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

/* In another encoding a browser may read the bytes in another way than libxml2 (Shift_JIS: 0x5c). */
static bool is_unicode(const xmlDoc *doc)
{
    str name = text_of(doc->encoding);
    return str_empty(name) || str_equal_ascii_case(name, S("utf-8")) || str_equal_ascii_case(name, S("us-ascii"));
}

static bool write_document(struct image_source *source, xmlDoc *doc, str *out)
{
    const xmlNode *root = libxml.xmlDocGetRootElement(doc);
    if (!root || !element_stays(root) || !str_equal(text_of(root->name), S("svg")))
        return image_fail(source, "an SVG whose root is not an <svg>");
    struct arena scratch = {0};
    struct svg_writer writer = {
        .out = buf_in(source->arena), .arena = &scratch, .source = source, .limit = source->bytes.len * 4 + 4096, .turnable = SVG_TURNABLE_MAX};
    buf_reserve(&writer.out, source->bytes.len + 256);
    write_node(&writer, root, 0);
    arena_free(&scratch);
    if (writer.failure) return image_fail(source, "%s", writer.failure);
    bool same = !writer.dropped && !has_extras(doc) && is_unicode(doc);
    *out = same ? source->bytes : buf_str(&writer.out);
    return true;
}

bool svg_clean(struct image_source *source, str *out)
{
    if (!image_library(source, &libxml_library)) return false;
    libxml.xmlResetLastError();
    xmlDoc *doc = libxml.xmlReadMemory(source->bytes.p, (int)source->bytes.len, NULL, NULL, SVG_PARSE_OPTIONS);
    if (!doc) return image_fail(source, "an SVG that is not well-formed XML");
    const xmlError *told = libxml.xmlGetLastError();
    bool whole = !told || told->code != XML_ERR_NO_MEMORY;   /* it may go on without what did not fit */
    bool ok = whole ? write_document(source, doc, out) : image_fail(source, "an SVG that does not fit into memory");
    libxml.xmlFreeDoc(doc);
    return ok;
}
