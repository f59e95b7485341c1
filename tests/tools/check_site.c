/* check_site.c - every internal link, anchor and picture of a built site exists.
 *
 *     check_site PUBLIC [BASE_URL]
 *
 * Reads each .html below PUBLIC with libxml2's HTML reader, and each .css: href,
 * src, srcset, poster, data, content of og:image, url().  An address without a
 * host, or with BASE_URL's, must lie below BASE_URL's path and be a file of PUBLIC, with the
 * very letters of its name; its #fragment must be an id of that page.  An id
 * that stands twice in a page is a mistake too.  Prints one line for each, and
 * ends with status 1 when there was any.
 *
 * Two walks: one gathers the ids of all pages, one follows their links. */
#include <libxml/HTMLparser.h>
#include <stdio.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/map.h"
#include "base/path.h"

struct document {
    str path;                   /* "posts/a/index.html" */
    htmlDocPtr html;            /* NULL for files that are no pages */
    struct map ids;
};

struct check {
    struct arena arena;
    struct diags diags;
    str root, origin, base;     /* "public", "https://me.io" or "", "/blog" or "" */
    struct map files;           /* path -> struct document * */
    int mistakes;
};

/* --- reading ----------------------------------------------------------- */

static str attribute(struct check *check, const xmlNode *node, const char *name)
{
    xmlChar *text = xmlGetProp(node, BAD_CAST name);
    str copy = text ? str_copy(&check->arena, str_c((const char *)text)) : (str){0};
    xmlFree(text);
    return copy;
}

static void mistake(struct check *check, const struct document *document, const char *what, str detail)
{
    printf("%" STR_F ": %s: %" STR_F "\n", STR_A(document->path), what, STR_A(detail));
    check->mistakes++;
}

static const xmlNode *next_element(const xmlNode *node, const xmlNode *root)
{
    const xmlNode *next = node->children;
    while (!next && node != root) {
        next = node->next;
        node = node->parent;
    }
    while (next && next->type != XML_ELEMENT_NODE && next->type != XML_HTML_DOCUMENT_NODE) {
        const xmlNode *here = next;
        next = here->next;
        for (const xmlNode *up = here->parent; !next && up && up != root; up = up->parent) next = up->next;
    }
    return next;
}

static void gather_ids(struct check *check, struct document *document)
{
    const xmlNode *root = xmlDocGetRootElement(document->html);
    for (const xmlNode *node = root; node; node = next_element(node, root)) {
        str id = attribute(check, node, "id");
        if (id.len && map_put(&check->arena, &document->ids, id, document)) mistake(check, document, "id stands twice", id);
        str name = strcmp((const char *)node->name, "a") == 0 ? attribute(check, node, "name") : (str){0};
        if (name.len) map_put(&check->arena, &document->ids, name, document);
    }
}

static void read_file(struct check *check, str path)
{
    struct document *document = ARENA_NEW(&check->arena, struct document);
    document->path = path;
    map_put(&check->arena, &check->files, path, document);
    str text;
    if (!str_ends(path, S(".html")) || !file_read(&check->arena, path_join(&check->arena, check->root, path), &text, &check->diags)) return;
    document->html = htmlReadMemory(text.p, (int)text.len, NULL, "UTF-8",
                                    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_RECOVER);
    if (document->html && xmlDocGetRootElement(document->html))
        gather_ids(check, document);
    else
        mistake(check, document, "cannot be read", path);
}

/* --- following --------------------------------------------------------- */

static bool has_scheme(str url)
{
    ptrdiff_t i = 0;
    while (i < url.len && (char_is_alpha(url.p[i]) || char_is_digit(url.p[i]) || url.p[i] == '+' || url.p[i] == '-' || url.p[i] == '.')) i++;
    return i > 0 && i < url.len && url.p[i] == ':';
}

static const struct document *find_file(struct check *check, str path)
{
    str clean;
    bool folder = path.len == 0 || path.p[path.len - 1] == '/';
    if (!path_normalize(&check->arena, path, &clean)) return NULL;
    return map_get(&check->files, folder ? path_join(&check->arena, clean, S("index.html")) : clean);
}

/* An address without its host; relative ones begin at the folder of their page. */
static void follow(struct check *check, const struct document *document, str whole)
{
    struct arena *arena = &check->arena;
    str url = str_trim(whole);
    if (check->origin.len && str_starts(url, check->origin))
        url = str_from(url, check->origin.len);
    else if (has_scheme(url) || str_starts(url, S("//")))
        return;
    ptrdiff_t hash = str_find_char(url, '#'), query;
    str fragment = hash < 0 ? (str){0} : url_decode(arena, str_from(url, hash + 1));
    if (hash >= 0) url = str_slice(url, 0, hash);
    if ((query = str_find_char(url, '?')) >= 0) url = str_slice(url, 0, query);
    const struct document *target = document;
    if (url.len) {
        str path = url_decode(arena, url);
        if (path.p[0] != '/') {
            path = path_join(arena, path_dir(document->path), path);
        } else if (check->base.len == 0 || (str_starts(path, check->base) && (path.len == check->base.len || path.p[check->base.len] == '/'))) {
            path = str_from(path, check->base.len);
        } else {
            mistake(check, document, "lies outside the base", whole);
            return;
        }
        target = find_file(check, path);
    }
    if (!target)
        mistake(check, document, "leads nowhere", whole);
    else if (fragment.len && target->html && !str_equal(fragment, S("top")) && !map_get(&target->ids, fragment))
        mistake(check, document, "no such id", whole);
}

/* "a.webp 480w, b.webp 960w": an address ends with a blank, its descriptors with a comma. */
static void follow_set(struct check *check, const struct document *document, str set)
{
    for (str rest = str_trim(set), url, unused; rest.len; rest = str_trim(rest)) {
        str_split(&rest, ' ', &url);
        bool alone = str_ends(url, S(","));
        if (url.len) follow(check, document, alone ? str_slice(url, 0, url.len - 1) : url);
        if (!alone) str_split(&rest, ',', &unused);
    }
}

static void follow_element(struct check *check, const struct document *document, const xmlNode *node)
{
    static const char *const plain[] = {"href", "src", "poster", "data", "action"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        xmlAttr *given = xmlHasProp(node, BAD_CAST plain[i]);
        if (given) follow(check, document, attribute(check, node, plain[i]));
    }
    follow_set(check, document, attribute(check, node, "srcset"));
    if (str_equal(attribute(check, node, "property"), S("og:image"))) follow(check, document, attribute(check, node, "content"));
}

static void follow_css(struct check *check, const struct document *document)
{
    str text;
    if (!file_read(&check->arena, path_join(&check->arena, check->root, document->path), &text, &check->diags)) return;
    for (ptrdiff_t at; (at = str_find(text, S("url("))) >= 0;) {
        text = str_from(text, at + 4);
        ptrdiff_t end = str_find_char(text, ')');
        str url = str_trim_char(str_trim_char(str_trim(str_slice(text, 0, end < 0 ? text.len : end)), '"'), '\'');
        follow(check, document, url);
    }
}

static void follow_all(struct check *check)
{
    for (ptrdiff_t i = 0; i < check->files.count; i++) {
        struct document *document = check->files.entries[i].value;
        if (str_ends(document->path, S(".css"))) follow_css(check, document);
        if (!document->html) continue;
        const xmlNode *root = xmlDocGetRootElement(document->html);
        for (const xmlNode *node = root; node; node = next_element(node, root)) follow_element(check, document, node);
    }
}

/* --- the whole --------------------------------------------------------- */

static void set_base(struct check *check, str url)
{
    while (url.len && url.p[url.len - 1] == '/') url.len--;
    ptrdiff_t host = str_find(url, S("://"));
    ptrdiff_t slash = host < 0 ? 0 : str_find_char(str_from(url, host + 3), '/');
    check->origin = slash < 0 || host < 0 ? url : str_slice(url, 0, host + 3 + slash);
    check->base = slash < 0 || host < 0 ? (str){0} : url_decode(&check->arena, str_from(url, host + 3 + slash));
}

int main(int count, char **arguments)
{
    struct check check = {0};
    struct file_list files = {0};
    if (count < 2 || count > 3) {
        fputs("usage: check_site PUBLIC [BASE_URL]\n", stderr);
        return 2;
    }
    check.diags = diags_in(&check.arena);
    check.root = str_c(arguments[1]);
    if (count == 3) set_base(&check, str_c(arguments[2]));
    xmlInitParser();
    if (!file_walk(&check.arena, check.root, check.root, &files, &check.diags)) {
        fprintf(stderr, "%s cannot be read\n", arguments[1]);
        return 2;
    }
    for (ptrdiff_t i = 0; i < files.count; i++) read_file(&check, files.items[i].disk);
    follow_all(&check);
    printf("%td files, %d mistakes\n", files.count, check.mistakes);
    for (ptrdiff_t i = 0; i < check.files.count; i++) xmlFreeDoc(((struct document *)check.files.entries[i].value)->html);
    xmlCleanupParser();
    arena_free(&check.arena);
    return check.mistakes > 0;
}
