/* brackets.c - links, pictures, footnote marks and wiki links.
 *
 * Every [ and ![ waits on a stack.  At a ] the newest one is tried as an inline
 * link, then as a reference.  A [ that stands before a finished link can no
 * longer become one: `links_end` says up to where, in one number, so that
 * "![[]()" times 160,000 stays linear (cmark walks its stack there).
 *
 * Behind a label hugi's dialect also reads what strict Markdown does not:
 * picture paths with blanks in them and a size (=640x480). */
#include "attribute_lists.h"
#include "inlines.h"

static char next_char(const struct inline_parser *parser)
{
    return parser->at < parser->text.len ? parser->text.p[parser->at] : '\0';
}

void bracket_open(struct inline_parser *parser, bool image)
{
    struct bracket *bracket = ARENA_NEW(parser->arena, struct bracket);
    ptrdiff_t len = image ? 2 : 1;
    bracket->node = inline_add(parser, NODE_TEXT);
    bracket->node->text = str_slice(parser->text, parser->at, parser->at + len);
    parser->at += len;
    bracket->at = parser->at;
    bracket->image = image;
    bracket->delimiter = parser->delimiters;
    bracket->previous = parser->brackets;
    if (parser->brackets) parser->brackets->bracket_after = true;
    parser->brackets = bracket;
}

/* What a link was found to be. */
struct target {
    str url, title;
    ptrdiff_t at, len;              /* the destination in the text; len 0: a reference */
    str width, height;              /* of =640x480 */
};

/* (destination "title") at the parser's place; moves behind it. */
static bool read_inline(struct inline_parser *parser, struct target *target)
{
    str text = parser->text, destination, title = {0};
    ptrdiff_t i = parser->at + 1;
    i += scan_blanks(text, i);
    ptrdiff_t len = scan_destination(text, i, &destination);
    if (len < 0) return false;
    ptrdiff_t at = i;
    i += len;
    ptrdiff_t blanks = scan_blanks(text, i);
    ptrdiff_t title_len = blanks > 0 ? scan_title(text, i + blanks, &title) : 0;
    if (title_len > 0) i += blanks + title_len;
    i += scan_blanks(text, i);
    if (i >= text.len || text.p[i] != ')') return false;
    parser->at = i + 1;
    *target = (struct target){.url = unescape(parser->arena, destination),
                              .title = unescape(parser->arena, title), .at = at, .len = len};
    return true;
}

/* --- paths as people write them ------------------------------------------ */

/* Where the ) of a one-line destination stands, or -1. */
static ptrdiff_t find_close(str text, ptrdiff_t at)
{
    enum { LONGEST = 2000 };    /* there may be many without an end */
    int depth = 0;
    char quote = '\0';
    for (ptrdiff_t i = at; i < text.len && i - at < LONGEST && text.p[i] != '\n'; i++) {
        char c = text.p[i];
        if (quote) {
            if (c == quote) quote = '\0';
        } else if ((c == '"' || c == '\'') && i > at && text.p[i - 1] == ' ') {
            quote = c;
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && depth-- == 0) {
            return i;
        }
    }
    return -1;
}

/* Takes a title in quotes off the end of a path. */
static void cut_title(str *path, str *title)
{
    char quote = path->len > 0 ? path->p[path->len - 1] : '\0';
    if (quote != '"' && quote != '\'') return;
    ptrdiff_t open = str_find_last(str_slice(*path, 0, path->len - 1), quote);
    if (open <= 0 || path->p[open - 1] != ' ') return;
    *title = str_slice(*path, open + 1, path->len - 1);
    *path = str_trim(str_slice(*path, 0, open));
}

static bool is_number(str s)
{
    for (ptrdiff_t i = 0; i < s.len; i++)
        if (!char_is_digit(s.p[i])) return false;
    return s.len < 6;
}

/* Takes =640x480, =640x, =x480 or =640 off the end of a path. */
static void cut_size(str *path, struct target *target)
{
    ptrdiff_t at = str_find_last(*path, ' ');
    if (at <= 0 || at + 2 >= path->len || path->p[at + 1] != '=') return;
    str size = str_from(*path, at + 2), width = size, height = {0};
    ptrdiff_t x = str_find_char(size, 'x');
    if (x >= 0) {
        width = str_slice(size, 0, x);
        height = str_from(size, x + 1);
    }
    if (!is_number(width) || !is_number(height) || (width.len == 0 && height.len == 0)) return;
    target->width = width;
    target->height = height;
    *path = str_trim(str_slice(*path, 0, at));
}

/* (/한글 경로/그림 1.png =640x "title"): what read_inline refused. */
static bool read_loose(struct inline_parser *parser, struct target *target)
{
    ptrdiff_t open = parser->at + 1, close = find_close(parser->text, open);
    if (close < 0) return false;
    str path = str_trim(str_slice(parser->text, open, close)), title = {0};
    cut_title(&path, &title);
    *target = (struct target){0};
    cut_size(&path, target);
    cut_title(&path, &title);
    if (path.len == 0 || path.p[0] == '<' || str_find_char(path, '"') >= 0) return false;
    target->url = unescape(parser->arena, path);
    target->title = unescape(parser->arena, title);
    target->at = path.p - parser->text.p;
    target->len = path.len;
    parser->at = close + 1;
    return true;
}

/* --- references ------------------------------------------------------------ */

static bool read_reference(struct inline_parser *parser, const struct bracket *opener,
                           struct target *target)
{
    enum { MAX_LABEL = 1000 };
    str label = {0};
    ptrdiff_t len = scan_label(parser->text, parser->at, &label);
    if (label.len == 0 && !opener->bracket_after)
        label = str_slice(parser->text, opener->at, parser->at - 1);
    if (label.len == 0 || label.len > MAX_LABEL || parser->document->references.count == 0) return false;
    struct arena_mark mark = arena_mark(parser->arena);
    const struct reference *found =
        map_get(&parser->document->references, label_normalise(parser->arena, label));
    arena_rewind(parser->arena, mark);
    if (!found || !document_may_repeat(parser->document, found->url.len + found->title.len)) return false;
    parser->at += len;
    *target = (struct target){.url = found->url, .title = found->title};
    return true;
}

/* --- closing ---------------------------------------------------------------- */

static void make_link(struct inline_parser *parser, struct bracket *opener, const struct target *target)
{
    struct node *node = tree_new(parser->arena, opener->image ? NODE_IMAGE : NODE_LINK);
    node->url = target->url;
    node->title = target->title;
    node->at = (int32_t)target->at;
    node->at_len = (int32_t)target->len;
    if (target->width.len) attributes_set(parser->arena, &node->attributes, S("width"), target->width);
    if (target->height.len) attributes_set(parser->arena, &node->attributes, S("height"), target->height);
    tree_insert_before(opener->node, node);
    for (struct node *child = opener->node->next, *next; child; child = next) {
        next = child->next;
        tree_unlink(child);
        tree_append(node, child);
    }
    tree_unlink(opener->node);
    parser->plain = NULL;
    emphasis_pair(parser, opener->delimiter);
    parser->brackets = opener->previous;
    if (!opener->image) parser->links_end = opener->at;
}

void bracket_close(struct inline_parser *parser)
{
    struct bracket *opener = parser->brackets;
    ptrdiff_t close = parser->at++;
    if (opener && (opener->image || opener->at > parser->links_end)) {
        struct target target;
        bool found = next_char(parser) == '(' && read_inline(parser, &target);
        if (!found) found = read_reference(parser, opener, &target);
        if (!found && opener->image && next_char(parser) == '(' &&
            (parser->features & FEATURE_LOOSE_PATHS))
            found = read_loose(parser, &target);
        if (found) {
            make_link(parser, opener, &target);
            return;
        }
    }
    if (opener) parser->brackets = opener->previous;
    parser->at = close + 1;
    inline_add_text(parser, str_slice(parser->text, close, close + 1));
}

/* --- footnote marks ----------------------------------------------------------- */

bool bracket_footnote(struct inline_parser *parser)
{
    str label;
    if (!(parser->features & FEATURE_FOOTNOTES)) return false;
    ptrdiff_t len = scan_label(parser->text, parser->at, &label);
    if (len < 4 || label.p[0] != '^') return false;
    label = label_normalise(parser->arena, str_from(label, 1));
    if (!map_get(&parser->document->footnotes, label)) return false;
    inline_add(parser, NODE_FOOTNOTE_MARK)->label = label;
    parser->at += len;
    return true;
}
