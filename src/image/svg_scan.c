/* svg_scan.c - what a drawing will cost, by its brackets, quotes and equals signs.
 *
 * The walk follows XML's grammar closely enough to agree with libxml2 on every well-formed
 * file; of others it only has to end.  Order: encoding, DOCTYPE, elements. */
#include "svg_scan.h"

#include "svg_options.h"

/* What libxml2 takes for each, with what malloc adds. */
enum { NODE_BYTES = 136, TEXT_BYTES = 32, ATTRIBUTE_BYTES = 264 };

/* Of the table of names; where one is not found nearby, there are too many. */
enum { NAME_SLOTS = 4096, NAME_PROBES = 64 };

struct svg_scan {
    struct image_source *source;
    str rest; /* not yet seen */
    int64_t tree; /* estimated bytes */
    int64_t references; /* of the file's own entities */
    ptrdiff_t longest_entity;
    int64_t defaults, default_namespaces; /* attributes that a DOCTYPE gives to elements */
    int depth;
    int namespaces; /* in scope */
    int declared[SVG_DEPTH_MAX + 1]; /* by the open element of each depth */
    int name_count;
    bool too_many_names;
    str names[NAME_SLOTS]; /* by their hash */
};

/* --- encoding --- */

/* The value of `encoding` in <?xml ...?>; empty where it is not said. */
static str declared_encoding(str bytes)
{
    if (str_starts(bytes, S("\xef\xbb\xbf"))) bytes = str_from(bytes, 3);
    if (!str_starts(bytes, S("<?xml"))) return S("");
    str declaration = str_slice(bytes, 0, str_find(bytes, S("?>")));
    ptrdiff_t at = str_find(declaration, S("encoding"));
    if (at < 0) return S("");
    str value = str_trim_left(str_from(declaration, at + 8));
    value = str_trim_left(str_from(value, 1)); /* behind '=' */
    return str_slice(value, 1, 1 + str_find_char(str_from(value, 1), value.len ? value.p[0] : '"'));
}

/* Encodings in which the bytes of markup are nothing else: not UTF-7, ISO-2022, HZ, UTF-16. */
static bool is_plain_encoding(str name)
{
    static const str families[] = {
        STR_INIT("utf-8"),   STR_INIT("utf8"),    STR_INIT("us-ascii"), STR_INIT("ascii"), STR_INIT("iso-8859-"),
        STR_INIT("latin"),   STR_INIT("windows-"), STR_INIT("cp125"),   STR_INIT("euc-"),  STR_INIT("shift_jis"),
        STR_INIT("gbk"),     STR_INIT("gb2312"),  STR_INIT("gb18030"),  STR_INIT("big5"),  STR_INIT("koi8-"),
        STR_INIT("ks_c_5601"), STR_INIT("macintosh"),
    };
    if (str_empty(name)) return true;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (str_equal_ascii_case(str_slice(name, 0, families[i].len), families[i])) return true;
    return false;
}

/* --- names --- */

/* libxml2's table of names has 16,384 lists at most: each further name makes every look into it slower. */
static void note_name(struct svg_scan *scan, str name)
{
    uint32_t hash = 2166136261u;
    for (ptrdiff_t i = 0; i < name.len; i++) hash = (hash ^ (unsigned char)name.p[i]) * 16777619u;
    for (uint32_t probe = 0; probe < NAME_PROBES; probe++) {
        str *slot = &scan->names[(hash + (hash >> 16) + probe) % NAME_SLOTS];
        if (slot->p && str_equal(*slot, name)) return;
        if (slot->p) continue;
        *slot = name;
        scan->too_many_names = scan->too_many_names || ++scan->name_count > SVG_NAMES_MAX;
        return;
    }
    scan->too_many_names = true;
}

static bool ends_name(char c) { return char_is_space(c) || strchr("=/<>\"'&;?", c); }

/* The name that `text` starts with. */
static str name_at(str text)
{
    ptrdiff_t end = 0;
    while (end < text.len && !ends_name(text.p[end])) end++;
    return str_slice(text, 0, end);
}

/* --- walking --- */

/* Up to and with `end`; false where it does not come. */
static bool skip_to(struct svg_scan *scan, str end)
{
    ptrdiff_t at = str_find(scan->rest, end);
    scan->rest = at < 0 ? S("") : str_from(scan->rest, at + end.len);
    return at >= 0;
}

/* Comments, instructions, CDATA: true where one began, and is behind now. */
static bool skip_opaque(struct svg_scan *scan)
{
    static const struct { str start, end; } opaque[] = {
        {STR_INIT("<!--"), STR_INIT("-->")}, {STR_INIT("<?"), STR_INIT("?>")}, {STR_INIT("<![CDATA["), STR_INIT("]]>")}};
    for (size_t i = 0; i < sizeof opaque / sizeof *opaque; i++) {
        if (!str_starts(scan->rest, opaque[i].start)) continue;
        scan->rest = str_from(scan->rest, opaque[i].start.len);
        if (str_equal(opaque[i].start, S("<?"))) note_name(scan, name_at(scan->rest));
        ptrdiff_t before = scan->rest.len;
        skip_to(scan, opaque[i].end);
        scan->tree += NODE_BYTES + TEXT_BYTES + before - scan->rest.len;
        return true;
    }
    return false;
}

/* Own entities: no characters by number, none of XML's five. */
static bool is_reference(str at)
{
    static const str known[] = {STR_INIT("&#"),    STR_INIT("&lt;"),   STR_INIT("&gt;"),
                                STR_INIT("&amp;"), STR_INIT("&quot;"), STR_INIT("&apos;")};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(at, known[i])) return false;
    return true;
}

static int64_t count_references(struct svg_scan *scan, str text)
{
    int64_t count = 0;
    for (ptrdiff_t at; (at = str_find_char(text, '&')) >= 0; text = str_from(text, at + 1)) {
        if (!is_reference(str_from(text, at))) continue;
        note_name(scan, name_at(str_from(text, at + 1)));
        count++;
    }
    return count;
}

/* Does an entity's text refer to others?  "&#38;x;" does too: its reference shows when the number is read. */
static bool entity_nests(str text)
{
    for (ptrdiff_t at; (at = str_find_char(text, '&')) >= 0; text = str_from(text, at + 1)) {
        str reference = str_from(text, at);
        ptrdiff_t end = str_find_char(reference, ';');
        if (is_reference(reference)) return true;
        if (!str_starts(reference, S("&#")) || end < 0) continue;
        str number = str_slice(reference, 2, end);
        while (str_starts(number, S("0")) || str_starts(number, S("x"))) number = str_from(number, 1);
        bool ampersand = str_equal(number, S("38")) || str_equal(number, S("26"));
        if (ampersand && !str_starts(str_from(reference, end + 1), S("#"))) return true;
    }
    return false;
}

/* Elements in an entity are parsed where it is used: '=' may be written as a number there. */
static bool entity_is_long(str text)
{
    return (str_find_char(text, '<') >= 0 || str_contains(text, S("&#"))) && str_count(text, '=') + str_count(text, '&') > SVG_ATTRIBUTES_MAX;
}

static bool scan_entity(struct svg_scan *scan, str text)
{
    if (entity_nests(text)) return image_fail(scan->source, "an SVG with entities made of other entities");
    if (entity_is_long(text)) return image_fail(scan->source, "an SVG with an entity of more than %d attributes", SVG_ATTRIBUTES_MAX);
    if (text.len > scan->longest_entity) scan->longest_entity = text.len;
    return true;
}

/* The text in quotes that `rest` starts with; scan->rest moves behind it. */
static str take_quoted(struct svg_scan *scan)
{
    str inside = str_from(scan->rest, 1);
    ptrdiff_t end = str_find_char(inside, scan->rest.p[0]);
    if (end < 0) end = inside.len;
    scan->rest = str_from(inside, end + 1);
    return str_slice(inside, 0, end);
}

/* --- DOCTYPE --- */

/* <!ENTITY ...> and its like, from behind the "<!" to its ">". */
static bool scan_declaration(struct svg_scan *scan)
{
    bool entity = str_starts(scan->rest, S("ENTITY")), attributes = str_starts(scan->rest, S("ATTLIST"));
    while (scan->rest.len && scan->rest.p[0] != '>') {
        char c = scan->rest.p[0];
        if (entity && c == '%') return image_fail(scan->source, "an SVG with parameter entities (<!ENTITY %%) in its DOCTYPE");
        if (c == '"' || c == '\'') {
            str value = take_quoted(scan);
            if (entity && !scan_entity(scan, value)) return false;
            if (attributes) scan->defaults++;
            continue;
        }
        if (attributes && str_starts(scan->rest, S("xmlns"))) scan->default_namespaces++;
        scan->rest = str_from(scan->rest, 1);
    }
    scan->rest = str_from(scan->rest, 1);
    return true;
}

/* From behind "[" to behind "]". */
static bool scan_subset(struct svg_scan *scan)
{
    ptrdiff_t length = scan->rest.len;
    while (scan->rest.len && scan->rest.p[0] != ']') {
        if (skip_opaque(scan)) continue;
        bool declaration = str_starts(scan->rest, S("<!"));
        scan->rest = str_from(scan->rest, declaration ? 2 : 1);
        if (declaration && !scan_declaration(scan)) return false;
    }
    scan->rest = str_from(scan->rest, 1);
    return length - scan->rest.len <= SVG_SUBSET_MAX ||
           image_fail(scan->source, "an SVG with declarations of %lld bytes in its DOCTYPE, above the limit of %d",
                      (long long)(length - scan->rest.len), SVG_SUBSET_MAX);
}

static bool scan_doctype(struct svg_scan *scan)
{
    while (scan->rest.len && scan->rest.p[0] != '>') {
        char c = scan->rest.p[0];
        if (c == '"' || c == '\'') {
            take_quoted(scan);
            continue;
        }
        scan->rest = str_from(scan->rest, 1);
        if (c == '[' && !scan_subset(scan)) return false;
    }
    return true;
}

/* --- elements --- */

/* What stands between "<" and ">". */
struct svg_tag {
    int attributes, namespaces;
    int64_t references;
    bool empty; /* it ends with "/" */
};

static void close_element(struct svg_scan *scan)
{
    if (scan->depth <= 0) return;
    scan->namespaces -= scan->declared[scan->depth];
    scan->declared[scan->depth--] = 0;
}

static bool open_element(struct svg_scan *scan, const struct svg_tag *tag)
{
    struct image_source *source = scan->source;
    if (++scan->depth > SVG_DEPTH_MAX) return image_fail(source, "an SVG with elements more than %d deep", SVG_DEPTH_MAX);
    scan->declared[scan->depth] = tag->namespaces;
    scan->namespaces += tag->namespaces;
    scan->tree += NODE_BYTES + (tag->attributes + scan->defaults) * ATTRIBUTE_BYTES;
    if (scan->namespaces + scan->depth * scan->default_namespaces > SVG_NAMESPACES_MAX)
        return image_fail(source, "an SVG with more than %d namespaces in one place", SVG_NAMESPACES_MAX);
    return true;
}

/* The next name, value or sign. */
static void scan_token(struct svg_scan *scan, struct svg_tag *tag, bool *names_space)
{
    char c = scan->rest.p[0];
    tag->empty = c == '/';
    if (c == '"' || c == '\'') {
        str value = take_quoted(scan);
        tag->references += count_references(scan, value);
        if (*names_space) note_name(scan, value);
        *names_space = false;
        return;
    }
    str name = name_at(scan->rest);
    scan->rest = str_from(scan->rest, name.len ? name.len : 1);
    if (c == '=') tag->attributes++;
    if (!name.len) return;
    note_name(scan, name);
    *names_space = str_starts(name, S("xmlns"));
    tag->namespaces += *names_space;
}

/* From the "<" to behind its ">". */
static bool scan_tag(struct svg_scan *scan)
{
    struct svg_tag tag = {0};
    bool closes = str_starts(scan->rest, S("</")), names_space = false;
    scan->rest = str_from(scan->rest, 1);
    while (scan->rest.len && scan->rest.p[0] != '>') {
        scan_token(scan, &tag, &names_space);
        if (tag.attributes > SVG_ATTRIBUTES_MAX || tag.references > SVG_ATTRIBUTES_MAX)
            return image_fail(scan->source, "an SVG with more than %d attributes or entities in one element", SVG_ATTRIBUTES_MAX);
    }
    scan->rest = str_from(scan->rest, 1);
    scan->references += tag.references;
    scan->tree += tag.references * NODE_BYTES;
    if (!closes && !open_element(scan, &tag)) return false;
    if (closes || tag.empty) close_element(scan);
    return true;
}

/* Up to the next "<". */
static void scan_text(struct svg_scan *scan)
{
    ptrdiff_t end = str_find_char(scan->rest, '<');
    str text = str_slice(scan->rest, 0, end < 0 ? scan->rest.len : end);
    int64_t references = count_references(scan, text);
    scan->references += references;
    scan->tree += NODE_BYTES + 2 * references * NODE_BYTES + text.len;
    scan->rest = str_from(scan->rest, text.len);
}

static bool scan_next(struct svg_scan *scan)
{
    if (scan->rest.p[0] != '<') scan_text(scan);
    else if (!skip_opaque(scan)) return str_starts(scan->rest, S("<!")) ? scan_doctype(scan) : scan_tag(scan);
    return true;
}

bool svg_scan(struct image_source *source)
{
    struct svg_scan scan = {.source = source, .rest = source->bytes};
    if (source->bytes.len > SVG_BYTES_MAX) return image_fail(source, "an SVG of more than %d MiB", SVG_BYTES_MAX >> 20);
    str encoding = declared_encoding(source->bytes);
    if (!is_plain_encoding(encoding)) return image_fail(source, "an SVG in the encoding %" STR_F "; save it in UTF-8", STR_A(str_slice(encoding, 0, 40)));
    while (scan.rest.len) {
        if (!scan_next(&scan)) return false;
        if (scan.too_many_names) return image_fail(source, "an SVG with more than %d names of elements, attributes and namespaces", SVG_NAMES_MAX);
        if (scan.tree > SVG_TREE_MAX)
            return image_fail(source, "an SVG with so many elements and attributes that it needs more than %d MiB of memory", SVG_TREE_MAX >> 20);
        if (scan.references * scan.longest_entity > SVG_EXPANSION_MAX)
            return image_fail(source, "an SVG whose entities stand for more than %d MiB", SVG_EXPANSION_MAX >> 20);
    }
    return true;
}
