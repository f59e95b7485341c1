/* markup_links.c - links and pictures: asking the site where they lead.
 *
 * One walk in document order, so that slots are numbered as pictures stand.
 * The resolver reports what is missing; hugi then leaves the destination as
 * it was written. */
#include "base/escape.h"
#include "links.h"
#include "raw_html.h"

/* --- addresses ----------------------------------------------------------- */

/* Browsers skip blanks and control characters in a scheme. */
bool links_is_script(str url)
{
    static const str schemes[] = {STR_INIT("javascript:"), STR_INIT("vbscript:"), STR_INIT("data:")};
    char head[24];
    ptrdiff_t len = 0;
    for (ptrdiff_t i = 0; i < url.len && len < (ptrdiff_t)sizeof head; i++)
        if ((unsigned char)url.p[i] > ' ') head[len++] = char_lower(url.p[i]);
    str start = str_of(head, len);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        if (!str_starts(start, schemes[i])) continue;
        return !str_starts(start, S("data:image/")) || str_starts(start, S("data:image/svg"));
    }
    return false;
}

static bool is_youtube(str url)
{
    static const str hosts[] = {STR_INIT("https://youtu.be/"), STR_INIT("https://www.youtube.com/"),
                                STR_INIT("https://youtube.com/"), STR_INIT("https://m.youtube.com/")};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (str_starts(url, hosts[i])) return true;
    return false;
}

static bool is_tracking(str parameter)
{
    return str_starts(parameter, S("si=")) || str_starts(parameter, S("utm_")) ||
           str_starts(parameter, S("feature="));
}

str links_cut_tracking(struct arena *arena, str url)
{
    ptrdiff_t query = str_find_char(url, '?');
    if (query < 0 || !is_youtube(url)) return url;
    ptrdiff_t end = str_find_char(url, '#');
    if (end < query) end = url.len;
    struct buf out = buf_in(arena);
    buf_add(&out, str_slice(url, 0, query));
    char separator = '?';
    for (str rest = str_slice(url, query + 1, end), part; str_split(&rest, '&', &part);) {
        if (is_tracking(part) || part.len == 0) continue;
        buf_char(&out, separator);
        buf_add(&out, part);
        separator = '&';
    }
    buf_add(&out, str_from(url, end));
    return buf_str(&out);
}

static bool has_web_scheme(str url)
{
    return str_starts(url, S("http://")) || str_starts(url, S("https://")) || str_starts(url, S("//"));
}

bool links_ask(struct document *document, str destination, bool picture, span at,
               struct markup_target *target)
{
    const struct markup_input *input = document->input;
    *target = (struct markup_target){.url = destination, .remote = url_is_absolute(destination)};
    if (!input->resolve || destination.len == 0 || destination.p[0] == '#') return false;
    if (target->remote && !has_web_scheme(destination) && !url_is_picture(destination)) return false;
    return input->resolve(input->resolve_context, destination, picture, at, document->arena,
                          document->diags, target);
}

void links_add_link(struct document *document, const struct markup_target *target, span at)
{
    struct content *out = document->out;
    ARENA_PUSH(document->arena, out->links, out->link_count, out->link_capacity) =
        (struct link_ref){.url = str_copy(document->arena, target->url), .at = at,
                          .is_asset = target->asset != NULL, .asset = target->asset};
}

ptrdiff_t links_add_picture(struct document *document, struct picture_ref picture)
{
    struct content *out = document->out;
    picture.eager = !document->picture_seen;
    document->picture_seen = true;
    ARENA_PUSH(document->arena, out->pictures, out->picture_count, out->picture_capacity) = picture;
    return out->picture_count - 1;
}

/* --- nodes ------------------------------------------------------------------ */

static void resolve_link(struct document *document, struct node *node, const struct node *block)
{
    struct markup_target target;
    if (links_is_script(node->url)) node->url = (str){0};
    span at = place_of_destination(document, node, block);
    str wanted = node->wiki ? str_concat(document->scratch, S("[["), node->url) : node->url;
    bool found = links_ask(document, wanted, false, at, &target);
    if (found) node->url = target.url;
    if (node->url.len > 0 && node->url.p[0] == '#') target.url = node->url, found = true;
    if (found && !target.remote) links_add_link(document, &target, at);
    node->url = links_cut_tracking(document->scratch, node->url);
    if (target.remote && has_web_scheme(node->url) && !document->options->plain &&
        !attributes_find(node->attributes, S("rel")))
        attributes_set(document->scratch, &node->attributes, S("rel"), S("noopener"));
}

static void copy_attributes(struct document *document, const struct node *node, struct picture_ref *picture)
{
    ptrdiff_t capacity = 0;
    struct arena *arena = document->arena;
    for (ptrdiff_t i = 0; node->attributes && i < node->attributes->count; i++) {
        struct attribute from = node->attributes->items[i];
        ARENA_PUSH(arena, picture->attributes, picture->attribute_count, capacity) =
            (struct attribute){str_copy(arena, from.name), str_copy(arena, from.value)};
    }
}

static void resolve_image(struct document *document, struct node *node, const struct node *block)
{
    struct arena *arena = document->arena;
    str destination = node->url;
    if (links_is_script(node->url)) node->url = (str){0};
    struct picture_ref picture = {.alt = tree_text(arena, node), .title = str_copy(arena, node->title),
                                  .at = place_of_destination(document, node, block),
                                  .linked = document->in_link || document->in_raw_link};
    struct markup_target target;
    if (links_ask(document, node->url, true, picture.at, &target)) picture.asset = target.asset;
    node->url = target.url;     /* of one that is not there, where it would be */
    bool slot = picture.asset && !document->in_picture;
    if (picture.asset && !slot) links_add_link(document, &target, picture.at);
    picture.url = str_copy(arena, node->url);
    copy_attributes(document, node, &picture);
    bool lost = url_is_picture(destination) && node->url.len == 0;
    node->level = slot ? IMAGE_SLOT : lost ? IMAGE_LOST : document->picture_seen ? IMAGE_LATER : IMAGE_FIRST;
    node->bare = url_is_absolute(node->url);
    node->number = (int32_t)links_add_picture(document, picture) + 1;
    void *count = map_get(&document->alts, picture.alt);
    map_put(document->scratch, &document->alts, picture.alt, (void *)((intptr_t)count + 1));
}

void links_image_attributes(struct buf *out, const struct node *image)
{
    if (image->level == IMAGE_LATER && !attributes_find(image->attributes, S("loading")))
        buf_add(out, S(" loading=\"lazy\""));
    buf_add(out, S(" decoding=\"async\""));
    if (image->bare) buf_add(out, S(" referrerpolicy=\"no-referrer\""));
}

/* What an author's tags left open around the place where the walk is. */
struct open_tags { bool picture, link; };

static struct open_tags open_tags(const struct document *document)
{
    return (struct open_tags){document->in_picture, document->in_raw_link};
}

static void set_open_tags(struct document *document, struct open_tags open)
{
    document->in_picture = open.picture;
    document->in_raw_link = open.link;
}

static void resolve_below(struct document *document, struct node *root)
{
    const struct node *block = root;    /* the one the walk is in; a block with inlines holds no blocks */
    const struct node *behind_link = NULL;      /* what comes after the link the walk is in */
    struct open_tags open = {false, false};     /* what is left open in a paragraph ends with it */
    for (struct node *node = root, *next; node; node = next) {
        next = node->kind == NODE_IMAGE ? tree_past(node, root) : tree_next(node, root);    /* an alt is text */
        if (node_is_block(node)) {
            if (node_holds_inlines(block)) set_open_tags(document, open);
            block = node;
            open = open_tags(document);
        }
        if (node == behind_link) document->in_link = false;
        switch ((enum node_kind)node->kind) {
        case NODE_LINK:
            resolve_link(document, node, block);
            document->in_link = true;
            behind_link = tree_past(node, root);
            break;
        case NODE_IMAGE: resolve_image(document, node, block); break;
        case NODE_HTML:
        case NODE_HTML_BLOCK:
            node->text = raw_html_rewrite(document, node->text, block);
            break;
        case NODE_BOX:
            node->text = raw_html_rewrite(document, node->text, block);
            node->title = raw_html_rewrite(document, node->title, block);
            break;
        default: break;
        }
    }
    if (node_holds_inlines(block)) set_open_tags(document, open);
    document->in_link = false;
}

void links_resolve(struct document *document)
{
    resolve_below(document, document->root);
    for (ptrdiff_t i = 0; i < document->footnote_count; i++)
        resolve_below(document, document->footnote_order[i]);
}
