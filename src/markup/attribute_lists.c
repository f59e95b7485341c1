/* attribute_lists.c - reading {: ... } and giving it to what it stands at.
 *
 * A list on a line of its own is a block (line_marks.c) and belongs to the one
 * it touches: the one before it, or, after a blank line, the one behind it. */
#include "attribute_lists.h"

#include "line_marks.h"
#include "raw_html.h"

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

static bool is_allowed(const struct document *document, str name)
{
    static const str names[] = {STR_INIT("class"), STR_INIT("id"), STR_INIT("title"), STR_INIT("alt"),
                                STR_INIT("width"), STR_INIT("height"), STR_INIT("loading"),
                                STR_INIT("lang"), STR_INIT("target"), STR_INIT("rel"), STR_INIT("file")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(name, names[i])) return true;
    if (str_equal(name, S("style"))) return document->options->style && document->options->html == HTML_ALLOW;
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

/* {:a: b}, {:b: c} ...: names in names, so deep; names that stand for several names grow without end. */
enum { MAX_NAMES = 8, MAX_MEANING = 4000 };

static void read_word(struct document *document, str word, struct attributes **out)
{
    struct arena *arena = document->scratch;
    if (word.len > 1 && word.p[0] == '.') {
        attributes_set(arena, out, S("class"), str_from(word, 1));
        return;
    }
    if (word.len > 1 && word.p[0] == '#') {
        attributes_set(arena, out, S("id"), str_from(word, 1));
        return;
    }
    ptrdiff_t equals = str_find_char(word, '=');
    if (equals <= 0) return;
    str name = str_lower_ascii(arena, str_slice(word, 0, equals));
    if (is_allowed(document, name)) attributes_set(arena, out, name, unquote(arena, str_from(word, equals + 1)));
}

/* What names stand for comes first, wherever they stand. */
static void read_words(struct document *document, str words, struct attributes **out, int depth)
{
    bool names = document->attribute_lists.count > 0 && depth < MAX_NAMES;
    for (str rest = words, word; names && next_word(&rest, &word);) {
        const str *meaning = map_get(&document->attribute_lists, word);
        if (meaning && document_may_repeat(document, meaning->len + 1)) read_words(document, *meaning, out, depth + 1);
    }
    for (str rest = words, word; next_word(&rest, &word);) read_word(document, word, out);
}

struct attributes *attribute_list_read(struct document *document, str list)
{
    struct attributes *out = NULL;
    read_words(document, list_inside(list), &out, 0);
    return out;
}

bool attribute_list_has(str list, str wanted)
{
    for (str rest = list_inside(list), word; next_word(&rest, &word);)
        if (str_equal(word, wanted)) return true;
    return false;
}

/* --- blocks -------------------------------------------------------------------- */

/* {:name: .a .b} : its name, or "". */
static str definition_name(str line)
{
    line = str_trim(line);
    if (line.len < 4 || char_is_space(line.p[2])) return (str){0};
    ptrdiff_t end = 2;
    while (end < line.len && !char_is_space(line.p[end]) && !strchr(":.#={}\"'", line.p[end])) end++;
    return end > 2 && char_at(line, end) == ':' ? str_slice(line, 2, end) : (str){0};
}

/* Lists of one name add up. */
static void define(struct document *document, str line, str name)
{
    str list = str_trim(line), *old = map_get(&document->attribute_lists, name);
    str *words = ARENA_NEW(document->scratch, str);
    *words = str_slice(list, name.len + 3, list.len - 1);
    if (old && old->len > MAX_MEANING) return;
    if (old) *words = str_concat3(document->scratch, *old, S(" "), *words);
    map_put(document->scratch, &document->attribute_lists, name, words);
}

/* An element's tag takes them, HTML or Markdown inside. */
static void apply_to_html(struct document *document, struct node *node, const struct attributes *attributes)
{
    ptrdiff_t at = str_find_char(node->text, '<');
    if (at < 0) return;
    str tag = raw_html_with_attributes(document->scratch, str_from(node->text, at), attributes);
    node->text = str_concat(document->scratch, str_slice(node->text, 0, at), tag);
}

/* {:auto_ids} and {:auto_ids-prefix-}: the terms of a definition list get ids. */
static void give_term_ids(struct document *document, str list, struct node *definitions)
{
    for (str rest = list_inside(list), word; next_word(&rest, &word);) {
        if (!str_starts(word, S("auto_ids"))) continue;
        str prefix = str_starts(word, S("auto_ids-")) ? str_from(word, 9) : (str){0};
        for (struct node *term = definitions->first; term; term = term->next) {
            if (term->kind != NODE_TERM || attributes_find(term->attributes, S("id"))) continue;
            str id = str_concat(document->scratch, prefix, markup_heading_id(document->scratch, term->text));
            attributes_set(document->scratch, &term->attributes, S("id"), id);
        }
    }
}

/* {: .language-bash} names the language of code that has none. */
static void take_language(struct node *code)
{
    const struct attribute *class = attributes_find(code->attributes, S("class"));
    if (code->url.len > 0 || !class) return;
    for (str rest = class->value, word; str_split(&rest, ' ', &word);)
        if (str_starts(word, S("language-"))) code->url = str_from(word, 9);
}

static void apply_line(struct document *document, str line, struct node *node)
{
    line = str_trim(line);
    for (ptrdiff_t at = 0, len; (len = attribute_list_length(line, at)) > 0;) {
        str list = str_slice(line, at, at + len);
        struct attributes *attributes = attribute_list_read(document, list);
        if (node->kind == NODE_LIST && attribute_list_has(list, S("toc"))) {
            node->kind = NODE_TOC;
            node->first = node->last = NULL;
        }
        if (node->kind == NODE_DEFINITIONS) give_term_ids(document, list, node);
        if (node->kind == NODE_HTML_BLOCK || node->kind == NODE_BOX) apply_to_html(document, node, attributes);
        else attributes_merge(document->scratch, &node->attributes, attributes);
        if (node->kind == NODE_CODE_BLOCK) take_language(node);
        at += len;
        while (at < line.len && char_is_space(line.p[at])) at++;
    }
}

/* What is known of the run of lists that is gone over: each of many would look at all the others. */
struct list_run {
    int line;                   /* of the list looked at last ... */
    bool touches;               /* ... and whether it touches what stands before the run */
    struct node *behind;        /* the block behind the run; of lists that are `checked` */
};

/* Whether the list on this source line touches what stands before it. */
static bool touches_before(struct document *document, int line, struct list_run *run)
{
    int up = line;
    str above = (str){0};
    do above = line_content(document, --up);
    while (up != run->line && line_is_control(document, up) && line_is_list(above));
    bool known = up == run->line && line_is_control(document, up) && line_is_list(above);
    run->touches = known ? run->touches : above.len > 0 && !line_is_control(document, up);
    run->line = line;
    return run->touches;
}

static struct node *block_behind(struct node *list, struct list_run *run)
{
    if (list->checked) return run->behind;
    for (run->behind = list->next; run->behind && run->behind->kind == NODE_ATTRIBUTES; run->behind = run->behind->next)
        run->behind->checked = true;
    return run->behind;
}

/* The block a list on a line of its own is for, or NULL. */
static struct node *meant_block(struct document *document, struct node *list, struct list_run *run)
{
    bool touches = list->previous && touches_before(document, list->line, run);
    return touches ? list->previous : block_behind(list, run);
}

static void apply_block(struct document *document, struct node *list, struct list_run *run)
{
    bool named = definition_name(list->text).len > 0;
    struct node *meant = line_is_list(list->text) && !named ? meant_block(document, list, run) : NULL;
    if (meant) apply_line(document, list->text, meant);
}

/* "- {: .x} text" and "## title {#id}". */
static void take_item_list(struct document *document, struct node *paragraph)
{
    ptrdiff_t len = attribute_list_length(paragraph->text, 0);
    if (len == 0 || paragraph->previous || paragraph->parent->kind != NODE_ITEM) return;
    if (!line_is_list(str_slice(paragraph->text, 0, len))) return;
    attributes_merge(document->scratch, &paragraph->parent->attributes,
                     attribute_list_read(document, str_slice(paragraph->text, 0, len)));
    paragraph->text = str_trim_left(str_from(paragraph->text, len));
}

/* "## title ## {#id}": what stands before it is the title, closing marks are none of it. */
static void take_heading_id(struct document *document, struct node *heading)
{
    str text = str_trim_right(heading->text);
    ptrdiff_t open = str_find_last(text, '{');
    if (!str_ends(text, S("}")) || open < 1 || char_at(text, open + 1) != '#' || !char_is_space(text.p[open - 1])) return;
    str id = str_slice(text, open + 2, text.len - 1), title = str_trim_right(str_slice(text, 0, open));
    if (id.len == 0 || str_find_char(id, ' ') >= 0 || char_is_digit(id.p[0])) return;
    attributes_set(document->scratch, &heading->attributes, S("id"), id);
    str closed = title;
    while (str_ends(closed, S("#"))) closed.len--;
    heading->text = closed.len == 0 || char_is_space(closed.p[closed.len - 1]) ? str_trim_right(closed) : title;
}

void attribute_lists_define(struct document *document, struct node *root)
{
    if (!document->marks) return;
    for (struct walk w = walk_start(root); walk_next(&w);) {
        if (!w.enter || w.node->kind != NODE_ATTRIBUTES) continue;
        str name = definition_name(w.node->text);
        if (name.len > 0) define(document, w.node->text, name);
    }
}

void attribute_lists_of_blocks(struct document *document, struct node *root)
{
    struct list_run run = {0};
    if (!document->has_braces && !document->marks) return;
    for (struct walk w = walk_start(root); walk_next(&w);) {
        if (w.enter) continue;
        switch ((enum node_kind)w.node->kind) {
        case NODE_HEADING: take_heading_id(document, w.node); break;
        case NODE_PARAGRAPH: take_item_list(document, w.node); break;
        case NODE_ATTRIBUTES:
            apply_block(document, w.node, &run);
            tree_unlink(w.node);
            break;
        default: break;
        }
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

/* The value of that name, which is then not among the attributes. */
static bool take(struct attributes *attributes, str name, str *out)
{
    struct attribute *found = attributes_find(attributes, name);
    if (!found) return false;
    *out = found->value;
    ptrdiff_t behind = attributes->items + --attributes->count - found;
    memmove(found, found + 1, (size_t)behind * sizeof *found);
    return true;
}

/* A picture and a link have places for these: a list sets what stands there, and nothing is said twice. */
static void take_alt_and_title(struct document *document, struct node *node)
{
    str alt;
    if (node->kind != NODE_IMAGE && node->kind != NODE_LINK) return;
    take(node->attributes, S("title"), &node->title);
    if (node->kind != NODE_IMAGE || !take(node->attributes, S("alt"), &alt)) return;
    struct node *text = tree_new(document->scratch, NODE_TEXT);
    text->text = alt;
    node->first = node->last = NULL;
    tree_append(node, text);
}

void attribute_lists_of_spans(struct document *document, struct node *root)
{
    if (!document->has_braces) return;
    for (struct walk w = walk_start(root); walk_next(&w);) {
        if (w.enter || w.node->kind != NODE_ATTRIBUTES) continue;
        struct node *before = w.node->previous;
        if (before && takes_attributes(before)) {
            attributes_merge(document->scratch, &before->attributes,
                             attribute_list_read(document, w.node->text));
            take_alt_and_title(document, before);
            tree_unlink(w.node);
        } else {
            w.node->kind = NODE_TEXT;
        }
    }
}
