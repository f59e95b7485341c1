/* kramdown_lists.c - what cmark's lists become.
 *
 * Items of ":" are definitions, the lines of the paragraph before them terms.
 * Bulleted lists that follow each other are one, whatever their bullets are;
 * a list further in than the one before it belongs to that one's last item,
 * also where cmark wants one more blank ("1. a" and "  - b").  In a list the
 * first paragraph of an item is a <p> only when an empty line follows it, so
 * one such line does not pull a whole list apart. */
#include "kramdown_lists.h"

#include "attribute_lists.h"
#include "line_marks.h"

static bool is_empty_line(struct document *document, int line) { return line_content(document, line).len == 0; }

/* --- definitions -------------------------------------------------------------- */

/* {: .x} at the start of an item or term goes to it. */
static str take_own_list(struct document *document, struct node *node, str text)
{
    ptrdiff_t len = attribute_list_length(text, 0);
    if (len == 0) return text;
    attributes_merge(document->scratch, &node->attributes, attribute_list_read(document, str_slice(text, 0, len)));
    return str_trim_left(str_from(text, len));
}

static void add_terms(struct document *document, struct node *list, const struct node *paragraph)
{
    int number = paragraph->line;
    for (str rest = str_trim_right(paragraph->text), line; str_line(&rest, &line); number++) {
        struct node *term = tree_new(document->scratch, NODE_TERM);
        term->text = take_own_list(document, term, str_trim(line));
        term->line = term->last_line = number;
        tree_append(list, term);
    }
}

/* The list that the terms in `paragraph` belong to: the one before them, or a new one. */
static struct node *list_for(struct document *document, struct node *paragraph)
{
    struct node *before = paragraph->previous;
    if (before && before->kind == NODE_DEFINITIONS) return before;
    struct node *list = tree_new(document->scratch, NODE_DEFINITIONS);
    list->line = paragraph->line;
    tree_insert_before(paragraph, list);
    return list;
}

static void add_definition(struct document *document, struct node *list, struct node *item)
{
    struct node *definition = tree_new(document->scratch, NODE_DEFINITION), *first = item->first;
    definition->line = item->line;
    definition->last_line = item->last_line;
    if (first && first->kind == NODE_ATTRIBUTES && first->line == item->line) {
        take_own_list(document, definition, first->text);
        tree_unlink(first);
        first = item->first;
    }
    for (struct node *child = first; child; child = child->next)
        if (child->kind == NODE_PARAGRAPH) child->tight = child == first && !is_empty_line(document, item->line - 1);
    if (first && first->kind == NODE_PARAGRAPH) {
        first->text = take_own_list(document, definition, first->text);
        if (first->text.len == 0) tree_unlink(first);
    }
    tree_move_children(item, definition);
    tree_append(list, definition);
    list->last_line = item->last_line;
}

/* ": x" with no term before it is text. */
static void make_text(struct document *document, struct node *list)
{
    while (list->first) {
        struct node *item = list->first, *first = item->first;
        if (first && first->kind == NODE_PARAGRAPH) {
            first->text = str_concat(document->scratch, S(": "), first->text);
            first->tight = false;
        }
        while (item->first) {
            struct node *child = item->first;
            tree_unlink(child);
            tree_insert_before(list, child);
        }
        tree_unlink(item);
    }
}

static void make_definitions(struct document *document, struct node *list)
{
    struct node *terms = list->previous;
    if (!terms || terms->kind != NODE_PARAGRAPH) {
        make_text(document, list);
    } else {
        struct node *definitions = list_for(document, terms);
        add_terms(document, definitions, terms);
        tree_unlink(terms);
        while (list->first && list->first->bare) {
            struct node *item = list->first;
            tree_unlink(item);
            add_definition(document, definitions, item);
        }
    }
    if (!list->first) tree_unlink(list);
}

/* --- lists beside lists ---------------------------------------------------------- */

static ptrdiff_t column_of(struct document *document, const struct node *list)
{
    str line = document_line(document, list->line), content = line_content(document, list->line);
    return line.p ? content.p - line.p : 0;
}

static void append_list(struct node *to, struct node *from)
{
    to->last_line = from->last_line;
    to->number += from->number;
    tree_move_children(from, to);
    tree_unlink(from);
}

/* Nothing but empty lines between two lists: no footnote either, which is in the tree no longer. */
static bool is_right_behind(struct document *document, const struct node *list)
{
    int line = list->line - 1;
    while (line > 0 && is_empty_line(document, line)) line--;
    return line <= list->previous->last_line;
}

/* "2. b" behind a list that was moved into item 1. */
static bool goes_on(const struct node *before, const struct node *list)
{
    bool counts = list->start == 1 || list->start == before->start + before->number;
    return list->ordered && before->ordered && counts && before->last->last && before->last->last->kind == NODE_LIST;
}

/* Joins `list` to the one right before it where both are one in kramdown. */
static void join_lists(struct document *document, struct node *list)
{
    struct node *before = list->previous;
    if (!before || before->kind != NODE_LIST || !before->last || !is_right_behind(document, list)) return;
    ptrdiff_t here = column_of(document, list), outer = column_of(document, before);
    if (here >= outer + 2) {
        struct node *inner = before->last->last;
        before->last_line = before->last->last_line = list->last_line;
        tree_unlink(list);
        tree_append(before->last, list);
        if (inner && inner->kind == NODE_LIST) join_lists(document, list);
    } else if ((!list->ordered && !before->ordered) || goes_on(before, list)) {
        append_list(before, list);
    }
}

/* --- tight and loose ---------------------------------------------------------------- */

static bool is_tight_item(struct document *document, const struct node *item, bool earlier)
{
    const struct node *first = item->first;
    bool last = !item->next, blank = is_empty_line(document, first->last_line + 1);
    bool ended = item->parent->next && str_equal(item->parent->next->text, S("^"));
    if (blank && (!last || first->next || ended)) return false;
    return !last || !item->previous || earlier;
}

static void set_tight(struct document *document, struct node *list)
{
    bool earlier = false;       /* an item before has no <p> */
    for (struct node *item = list->first; item; item = item->next) {
        struct node *first = item->first;
        for (struct node *child = first; child; child = child->next)
            if (child->kind == NODE_PARAGRAPH) child->tight = false;
        if (first && first->kind == NODE_PARAGRAPH) first->tight = is_tight_item(document, item, earlier);
        earlier |= !first || first->kind != NODE_PARAGRAPH || first->tight;
    }
}

/* --- the walk ------------------------------------------------------------------------ */

static int count_items(const struct node *list)
{
    int count = 0;
    for (const struct node *item = list->first; item; item = item->next) count++;
    return count;
}

static void shape_list(struct document *document, struct node *list)
{
    if (list->first && list->first->bare) {
        make_definitions(document, list);
        if (!list->first) return;
    }
    list->number = count_items(list);
    join_lists(document, list);
}

void kramdown_lists(struct document *document, struct node *root)
{
    for (struct walk w = walk_start(root); walk_next(&w);)
        if (!w.enter && w.node->kind == NODE_LIST) shape_list(document, w.node);
    for (struct walk w = walk_start(root); walk_next(&w);)
        if (w.enter && w.node->kind == NODE_LIST) set_tight(document, w.node);
}
