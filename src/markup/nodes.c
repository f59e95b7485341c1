/* nodes.c - making and changing the tree of nodes.h. */
#include "nodes.h"

struct node *tree_new(struct arena *arena, enum node_kind kind)
{
    struct node *node = ARENA_NEW(arena, struct node);
    node->kind = (uint8_t)kind;
    return node;
}

void tree_append(struct node *parent, struct node *child)
{
    child->parent = parent;
    child->previous = parent->last;
    child->next = NULL;
    if (parent->last) parent->last->next = child;
    else parent->first = child;
    parent->last = child;
}

void tree_insert_before(struct node *place, struct node *node)
{
    node->parent = place->parent;
    node->previous = place->previous;
    node->next = place;
    if (place->previous) place->previous->next = node;
    else if (place->parent) place->parent->first = node;
    place->previous = node;
}

void tree_insert_after(struct node *place, struct node *node)
{
    node->parent = place->parent;
    node->previous = place;
    node->next = place->next;
    if (place->next) place->next->previous = node;
    else if (place->parent) place->parent->last = node;
    place->next = node;
}

void tree_unlink(struct node *node)
{
    if (node->previous) node->previous->next = node->next;
    else if (node->parent) node->parent->first = node->next;
    if (node->next) node->next->previous = node->previous;
    else if (node->parent) node->parent->last = node->previous;
    node->parent = node->previous = node->next = NULL;
}

void tree_move_children(struct node *from, struct node *to)
{
    for (struct node *child = from->first, *next; child; child = next) {
        next = child->next;
        tree_append(to, child);
    }
    from->first = from->last = NULL;
}

void tree_unwrap(struct node *node)
{
    while (node->first) {
        struct node *child = node->first;
        tree_unlink(child);
        tree_insert_before(node, child);
    }
    tree_unlink(node);
}

bool node_holds_inlines(const struct node *node)
{
    return node->kind >= NODE_PARAGRAPH && node->kind <= NODE_CAPTION;
}

/* --- attributes ------------------------------------------------------- */

struct attribute *attributes_find(const struct attributes *attributes, str name)
{
    for (ptrdiff_t i = 0; attributes && i < attributes->count; i++)
        if (str_equal(attributes->items[i].name, name)) return &attributes->items[i];
    return NULL;
}

void attributes_set(struct arena *arena, struct attributes **attributes, str name, str value)
{
    enum { MOST = 200, LONGEST_CLASS = 4000 };      /* more is no author's, and adding one more is not free */
    if (!*attributes) *attributes = ARENA_NEW(arena, struct attributes);
    struct attribute *old = attributes_find(*attributes, name);
    bool full = old ? old->value.len > LONGEST_CLASS : (*attributes)->count >= MOST;
    if (!old && !full) {
        ARENA_PUSH(arena, (*attributes)->items, (*attributes)->count, (*attributes)->capacity) =
            (struct attribute){name, value};
    } else if (old && str_equal(name, S("class")) && old->value.len > 0) {
        if (!full) old->value = str_concat3(arena, old->value, S(" "), value);
    } else if (old) {
        old->value = value;
    }
}

void attributes_merge(struct arena *arena, struct attributes **into, const struct attributes *from)
{
    for (ptrdiff_t i = 0; from && i < from->count; i++)
        attributes_set(arena, into, from->items[i].name, from->items[i].value);
}

static void add_plain_text(const struct node *node, struct buf *out)
{
    for (const struct node *root = node; node; node = tree_next(node, root)) {
        switch ((enum node_kind)node->kind) {
        case NODE_TEXT:
        case NODE_CODE:
        case NODE_MATH: buf_add(out, node->text); break;
        case NODE_SOFT_BREAK:
        case NODE_HARD_BREAK: buf_char(out, ' '); break;
        default: break;
        }
    }
}

str tree_text(struct arena *arena, const struct node *node)
{
    const struct node *only = node->first;
    if (only && !only->next && only->kind == NODE_TEXT) return str_copy(arena, only->text);
    struct buf out = buf_in(arena);
    add_plain_text(node, &out);
    return buf_str(&out);
}
