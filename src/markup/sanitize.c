/* sanitize.c - an allow list over libxml2's reading of the HTML.
 *
 * libxml2 only parses; the result is written here, tag by tag, with every value
 * quoted and escaped.  Elements that are not allowed lose their tags and keep
 * their text; those whose text is no text (script, style ...) go whole. */
#include "sanitize.h"

#include <libxml/HTMLparser.h>

#include "base/buf.h"
#include "base/library.h"
#include "html_write.h"
#include "links.h"

#define LIBXML(X) X(htmlReadMemory) X(xmlFreeDoc) X(xmlDocGetRootElement) X(xmlNodeListGetString) X(xmlFree)
static struct { LIBXML(LIBRARY_FIELD) } libxml;
static struct library libxml_library = LIBRARY(LIBRARY_XML2, LIBXML, libxml, .start = "xmlInitParser");

static const char *const allowed_elements[] = {
    "a", "abbr", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "hugi-stash", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "picture", "pre",
    "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var",
    "video", "audio", "wbr", NULL,
};
static const char *const dropped_elements[] = {
    "script", "style", "template", "iframe", "object", "embed", "applet", "noscript", "noembed", "noframes",
    "title", "textarea", "select", "svg", "math", "xmp", "plaintext", "head", "frameset", NULL,
};
static const char *const void_elements[] = {"br", "col", "hr", "hugi-stash", "img", "input", "source", "wbr", NULL};
static const char *const allowed_attributes[] = {
    "abbr", "align", "alt", "checked", "cite", "class", "colspan", "controls", "datetime", "decoding", "dir",
    "disabled", "headers", "height", "href", "id", "lang", "loading", "loop", "muted", "n", "open", "poster",
    "referrerpolicy", "rel", "reversed", "role", "rowspan", "scope", "span", "src", "start", "tabindex",
    "target", "title", "type", "value", "width", NULL,
};
static const char *const address_attributes[] = {"href", "src", "poster", "cite", NULL};

static bool is(const xmlChar *name, const char *wanted) { return strcmp((const char *)name, wanted) == 0; }

static bool is_in(const char *const *list, const xmlChar *name)
{
    for (; *list; list++)
        if (is(name, *list)) return true;
    return false;
}

/* Relative, or of a scheme that runs nothing. */
static bool is_safe_address(str url)
{
    static const str schemes[] = {STR_INIT("http:"), STR_INIT("https:"), STR_INIT("mailto:"),
                                  STR_INIT("tel:"), STR_INIT("ftp:")};
    char head[16];
    ptrdiff_t len = 0;
    for (ptrdiff_t i = 0; i < url.len && len < (ptrdiff_t)sizeof head; i++)
        if ((unsigned char)url.p[i] > ' ') head[len++] = char_lower(url.p[i]);
    str start = str_of(head, len);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (str_starts(start, schemes[i])) return true;
    for (ptrdiff_t i = 0; i < url.len; i++) {
        if (url.p[i] == '/' || url.p[i] == '?' || url.p[i] == '#') return true;
        if (url.p[i] == ':' || url.p[i] == '&') return false;
    }
    return true;
}

static bool is_allowed_attribute(const xmlChar *element, const xmlChar *name)
{
    if (is(element, "input"))
        return is_in((const char *const[]){"type", "checked", "disabled", NULL}, name);
    return is_in(allowed_attributes, name) || str_starts(str_c((const char *)name), S("data-")) ||
           str_starts(str_c((const char *)name), S("aria-"));
}

static void write_attributes(struct buf *out, const xmlNode *node)
{
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        if (!is_allowed_attribute(node->name, attribute->name)) continue;
        xmlChar *text = libxml.xmlNodeListGetString(node->doc, attribute->children, 1);
        str content = str_c((const char *)text);
        if (!is_in(address_attributes, attribute->name) || is_safe_address(content)) {
            buf_char(out, ' ');
            buf_add(out, str_c((const char *)attribute->name));
            buf_add(out, S("=\""));
            html_text_escape(out, content);
            buf_char(out, '"');
        }
        if (text) (*libxml.xmlFree)(text);
    }
}

/* <hugi-stash n> stands for HTML that a shortcode gave (expand/). */
static bool is_allowed(const xmlNode *node)
{
    return is_in(allowed_elements, node->name);
}

static void write_start(struct buf *out, const xmlNode *node)
{
    buf_char(out, '<');
    buf_add(out, str_c((const char *)node->name));
    write_attributes(out, node);
    buf_char(out, '>');
}

static void write_end(struct buf *out, const xmlNode *node)
{
    if (is_in(void_elements, node->name)) return;
    buf_add(out, S("</"));
    buf_add(out, str_c((const char *)node->name));
    buf_char(out, '>');
}

/* Whether to go into the children. */
static bool write_node(struct buf *out, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE) html_text_escape(out, str_c((const char *)node->content));
    if (node->type != XML_ELEMENT_NODE || is_in(dropped_elements, node->name)) return false;
    if (is_allowed(node)) write_start(out, node);
    return true;
}

static void leave_node(struct buf *out, const xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE && is_allowed(node)) write_end(out, node);
}

static void write_below(struct buf *out, const xmlNode *root)
{
    const xmlNode *node = root->children;
    while (node) {
        if (write_node(out, node)) {
            if (node->children) {
                node = node->children;
                continue;
            }
            leave_node(out, node);
        }
        while (!node->next) {
            node = node->parent;
            if (node == root) return;
            leave_node(out, node);
        }
        node = node->next;
    }
}

str sanitize_html(struct arena *arena, str html)
{
    enum { OPTIONS = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                     HTML_PARSE_NODEFDTD | HTML_PARSE_COMPACT };
    library_need(&libxml_library);
    struct buf out = buf_in(arena);
    str whole = str_concat3(arena, S("<html><body><div>"), html, S("</div></body></html>"));
    htmlDocPtr doc = libxml.htmlReadMemory(whole.p, (int)whole.len, NULL, "UTF-8", OPTIONS);
    const xmlNode *root = doc ? libxml.xmlDocGetRootElement(doc) : NULL;
    if (root) write_below(&out, root);
    if (doc) libxml.xmlFreeDoc(doc);
    str text = buf_str(&out);
    if (str_starts(text, S("<div>")) && str_ends(text, S("</div>"))) text = str_slice(text, 5, text.len - 6);
    return text;
}
