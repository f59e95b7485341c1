/* attribute_lists.c - reading {: ... } and giving it to what it stands at.
 *
 * A list on a line of its own belongs to the block it touches: the one before
 * it, or, after a blank line, the one behind it.  cmark takes such a line into
 * the paragraph (or table) before it; which container is meant follows from
 * the marks of its source line: without '>' it is the quote's, not indented
 * to the item's text it is the list's. */
#include "attribute_lists.h"

enum { LONGEST = 1000 };

static char char_at(str text, ptrdiff_t at) { return at < text.len ? text.p[at] : '\0'; }

ptrdiff_t attribute_list_length(str text, ptrdiff_t at)
{
    if (char_at(text, at) != '{' || char_at(text, at + 1) != ':') return 0;
    char quote = '\0';
    for (ptrdiff_t i = at + 2; i < text.len && i - at < LONGEST && text.p[i] != '\n'; i++) {
        char c = text.p[i];
        if (quote) {
            if (c == quote) quote = '\0';
            else if (c == '\\') i++;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '}') {
            return i + 1 - at;
        } else if (c == '{') {
            return 0;
        }
    }
    return 0;
}

/* --- reading ---------------------------------------------------------------- */

static bool is_allowed(str name)
{
    static const str names[] = {STR_INIT("class"), STR_INIT("id"), STR_INIT("title"), STR_INIT("alt"),
                                STR_INIT("width"), STR_INIT("height"), STR_INIT("loading"),
                                STR_INIT("lang"), STR_INIT("target"), STR_INIT("rel"), STR_INIT("file")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, names[i])) return true;
    if (!str_starts(name, S("data-")) || name.len == 5 || str_equal(name, S("data-slot"))) return false;
    for (ptrdiff_t i = 5; i < name.len; i++)
        if (!char_is_alpha(name.p[i]) && !char_is_digit(name.p[i]) && name.p[i] != '-' && name.p[i] != '_') return false;
    return true;
}

/* The next word of a list: up to a blank, quotes kept together. */
static bool next_word(str *rest, str *word)
{
    *rest = str_trim_left(*rest);
    if (rest->len == 0) return false;
    char quote = '\0';
    ptrdiff_t i = 0;
    for (; i < rest->len; i++) {
        char c = rest->p[i];
        if (quote) {
            if (c == quote) quote = '\0';
            else if (c == '\\') i++;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (char_is_space(c) || ((c == '.' || c == '#') && i > 0 &&
                   (rest->p[0] == '.' || rest->p[0] == '#'))) {
            break;
        }
    }
    if (i > rest->len) i = rest->len;
    *word = str_slice(*rest, 0, i);
    *rest = str_from(*rest, i);
    return true;
}

/* The words between the braces. */
static str list_inside(str list) { return list.len < 3 ? (str){0} : str_slice(list, 2, list.len - 1); }

static str unquote(struct arena *arena, str word)
{
    if (word.len < 2 || (word.p[0] != '"' && word.p[0] != '\'')) return word;
    str inside = str_slice(word, 1, word.len - 1);
    str quote = word.p[0] == '"' ? S("\\\"") : S("\\'");
    return str_replace(arena, inside, quote, str_from(quote, 1));
}

static void read_word(struct document *document, str word, struct attributes **out)
{
    struct arena *arena = document->scratch;
    if (word.len > 1 && word.p[0] == '.') {
        attributes_set(arena, out, S("class"), str_from(word, 1));
    } else if (word.len > 1 && word.p[0] == '#') {
        attributes_set(arena, out, S("id"), str_from(word, 1));
    } else {
        ptrdiff_t equals = str_find_char(word, '=');
        if (equals > 0) {
            str name = str_lower_ascii(arena, str_slice(word, 0, equals));
            if (is_allowed(name)) attributes_set(arena, out, name, unquote(arena, str_from(word, equals + 1)));
        } else {
            attributes_merge(arena, out, map_get(&document->attribute_lists, word));
        }
    }
}

struct attributes *attribute_list_read(struct document *document, str list)
{
    struct attributes *out = NULL;
    for (str rest = list_inside(list), word; next_word(&rest, &word);) read_word(document, word, &out);
    return out;
}

bool attribute_list_has(str list, str wanted)
{
    for (str rest = list_inside(list), word; next_word(&rest, &word);)
        if (str_equal(word, wanted)) return true;
    return false;
}

/* --- blocks -------------------------------------------------------------------- */

/* A whole line that is one or more lists: "{: .a}{: .b}". */
static bool is_list_line(str line)
{
    line = str_trim(line);
    if (!str_starts(line, S("{:"))) return false;
    for (ptrdiff_t at = 0; at < line.len;) {
        ptrdiff_t len = attribute_list_length(line, at);
        if (len == 0) return false;
        at += len;
        while (at < line.len && char_is_space(line.p[at])) at++;
    }
    return true;
}

/* {:name: .a .b} : its name, or "". */
static str definition_name(str line)
{
    line = str_trim(line);
    if (line.len < 4 || char_is_space(line.p[2])) return (str){0};
    ptrdiff_t end = 2;
    while (end < line.len && !char_is_space(line.p[end]) && !strchr(":.#={}\"'", line.p[end])) end++;
    return end > 2 && char_at(line, end) == ':' ? str_slice(line, 2, end) : (str){0};
}

static void define(struct document *document, str line, str name)
{
    str rest = str_trim(line);
    str list = str_concat(document->scratch, S("{:"), str_from(rest, name.len + 3));
    struct attributes *old = map_get(&document->attribute_lists, name);
    struct attributes *read = attribute_list_read(document, list), *all = NULL;
    attributes_merge(document->scratch, &all, old);
    attributes_merge(document->scratch, &all, read);
    if (!all) all = ARENA_NEW(document->scratch, struct attributes);
    map_put(document->scratch, &document->attribute_lists, name, all);
}

static void apply_line(struct document *document, str line, struct node *node)
{
    line = str_trim(line);
    for (ptrdiff_t at = 0; at < line.len;) {
        ptrdiff_t len = attribute_list_length(line, at);
        if (len == 0) break;
        str list = str_slice(line, at, at + len);
        if (node->kind == NODE_LIST && attribute_list_has(list, S("toc"))) {
            node->kind = NODE_TOC;
            node->first = node->last = NULL;
        }
        attributes_merge(document->scratch, &node->attributes, attribute_list_read(document, list));
        at += len;
        while (at < line.len && char_is_space(line.p[at])) at++;
    }
}

/* Columns before the text of a line. */
static ptrdiff_t indent_of(str line)
{
    ptrdiff_t columns = 0;
    for (ptrdiff_t i = 0; i < line.len && (line.p[i] == ' ' || line.p[i] == '\t'); i++)
        columns += line.p[i] == '\t' ? 4 - columns % 4 : 1;
    return columns;
}

/* Which block the list on source line `line` means, when cmark made it a part of `block`. */
static struct node *meant_block(struct document *document, struct node *block, int line)
{
    str source = document_line(document, line);
    bool quoted = str_starts(str_trim_left(source), S(">"));
    ptrdiff_t indent = indent_of(source);
    struct node *meant = block;
    for (struct node *up = block->parent; up; up = up->parent) {
        if (up->kind == NODE_QUOTE && !quoted) meant = up;
        if (up->kind == NODE_LIST && !quoted) {
            str first = document_line(document, up->line);
            if (indent <= indent_of(first)) meant = up;
        }
    }
    return meant;
}

static int line_count(str text)
{
    int lines = 1;
    for (ptrdiff_t i = 0; i < text.len; i++) lines += text.p[i] == '\n';
    return lines;
}

/* Whether the source line before `line` is blank (or there is none). */
static bool is_after_blank(struct document *document, int line)
{
    return str_trim(document_line(document, line - 1)).len == 0;
}

/* Takes list lines off the end of a paragraph's text. */
static void take_last_lines(struct document *document, struct node *block)
{
    for (;;) {
        str text = str_trim_right(block->text);
        ptrdiff_t start = str_find_last(text, '\n') + 1;
        str line = str_from(text, start);
        if (start == 0 || !is_list_line(line) || definition_name(line).len > 0) return;
        apply_line(document, line, meant_block(document, block, block->last_line));
        block->text = str_slice(block->text, 0, start - 1);
        block->last_line--;
    }
}

/* Lists that open a paragraph: of the block before when they touch it, else of this one. */
static void take_first_lines(struct document *document, struct node *block)
{
    int line = block->last_line - line_count(str_trim_right(block->text)) + 1;
    while (block->text.len > 0) {
        ptrdiff_t end = str_find_char(block->text, '\n');
        str first = end < 0 ? block->text : str_slice(block->text, 0, end);
        if (!is_list_line(first)) return;
        str name = definition_name(first);
        bool whole = end < 0 || str_trim(str_from(block->text, end)).len == 0;
        struct node *meant = block;
        if (block->previous && !is_after_blank(document, line)) meant = block->previous;
        else if (whole && block->next) meant = block->next;
        if (name.len > 0) define(document, first, name);
        else apply_line(document, first, meant);
        block->text = end < 0 ? (str){0} : str_from(block->text, end + 1);
        line++;
    }
}

/* cmark reads "{: .x}" under a table as its last row. */
static void take_table_row(struct document *document, struct node *table)
{
    struct node *row = table->last, *cell = row ? row->first : NULL;
    if (!row || row->header || !cell || !is_list_line(cell->text)) return;
    for (struct node *other = cell->next; other; other = other->next)
        if (str_trim(other->text).len > 0) return;
    apply_line(document, cell->text, table);
    tree_unlink(row);
}

/* "- {: .x} text" and "## title {#id}". */
static void take_item_list(struct document *document, struct node *paragraph)
{
    ptrdiff_t len = attribute_list_length(paragraph->text, 0);
    if (len == 0 || paragraph->previous || paragraph->parent->kind != NODE_ITEM) return;
    attributes_merge(document->scratch, &paragraph->parent->attributes,
                     attribute_list_read(document, str_slice(paragraph->text, 0, len)));
    paragraph->text = str_trim_left(str_from(paragraph->text, len));
}

static void take_heading_id(struct document *document, struct node *heading)
{
    str text = str_trim_right(heading->text);
    ptrdiff_t open = str_find_last(text, '{');
    if (!str_ends(text, S("}")) || open < 0 || char_at(text, open + 1) != '#') return;
    str id = str_slice(text, open + 2, text.len - 1);
    if (id.len == 0 || str_find_char(id, ' ') >= 0) return;
    attributes_set(document->scratch, &heading->attributes, S("id"), id);
    heading->text = str_trim_right(str_slice(text, 0, open));
}

static void take_lists(struct document *document, struct node *node)
{
    if (node->kind == NODE_TABLE) take_table_row(document, node);
    if (node->kind == NODE_HEADING) take_heading_id(document, node);
    if (node->kind != NODE_PARAGRAPH || str_find(node->text, S("{:")) < 0) return;
    take_first_lines(document, node);
    take_last_lines(document, node);
    take_item_list(document, node);
}

/* Whether any list is in the text at all: most documents have none. */
static bool has_lists(const struct document *document)
{
    return str_contains(document->text, S("{:")) || str_contains(document->text, S("{#"));
}

void attribute_lists_of_blocks(struct document *document)
{
    if (!has_lists(document)) return;
    for (struct walk w = walk_start(document->root); walk_next(&w);) {
        if (w.enter) continue;
        bool had_text = w.node->text.len > 0;
        take_lists(document, w.node);
        if (w.node->kind == NODE_PARAGRAPH && had_text && str_trim(w.node->text).len == 0)
            tree_unlink(w.node);
    }
}

/* --- spans ------------------------------------------------------------------------ */

static bool takes_attributes(const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_CODE:
    case NODE_EMPH:
    case NODE_STRONG:
    case NODE_STRIKE:
    case NODE_MARK:
    case NODE_LINK:
    case NODE_IMAGE: return true;
    default: return false;
    }
}

void attribute_lists_of_spans(struct document *document)
{
    if (!str_contains(document->text, S("{:"))) return;
    for (struct walk w = walk_start(document->root); walk_next(&w);) {
        if (w.enter || w.node->kind != NODE_ATTRIBUTES) continue;
        struct node *before = w.node->previous;
        if (before && takes_attributes(before)) {
            attributes_merge(document->scratch, &before->attributes,
                             attribute_list_read(document, w.node->text));
            tree_unlink(w.node);
        } else {
            w.node->kind = NODE_TEXT;
        }
    }
}
