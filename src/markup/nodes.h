/* nodes.h - the tree a body is parsed into, and how to walk it.
 *
 * cmark finds the blocks (markup_blocks.c), hugi parses the text inside them
 * (inlines.c), passes change the tree, markup_html.c writes it.  Nodes live in
 * the document's scratch arena and are never freed.  The depth of a tree is
 * the author's, so nothing recurses over it: tree_next walks without a stack. */
#ifndef HUGI_MARKUP_NODES_H
#define HUGI_MARKUP_NODES_H

#include "base/buf.h"
#include "model/content.h"

enum node_kind {
    /* blocks that hold blocks */
    NODE_DOCUMENT,
    NODE_QUOTE,
    NODE_LIST,
    NODE_ITEM,
    NODE_FOOTNOTE,          /* a definition; `label` */
    NODE_TABLE,
    NODE_ROW,
    NODE_DEFINITIONS,
    NODE_DEFINITION,        /* <dd> */
    NODE_FIGURE,            /* one image, then NODE_CAPTION when there is a caption */
    NODE_GALLERY,           /* figures */
    NODE_ALERT,             /* a callout: > [!NOTE] */
    NODE_BOX,               /* an HTML element with markdown="1": `text` is its start tag, `title` its end tag */
    /* blocks that hold inlines */
    NODE_PARAGRAPH,
    NODE_HEADING,
    NODE_CELL,
    NODE_TERM,              /* <dt> */
    NODE_CAPTION,
    /* blocks that hold text */
    NODE_CODE_BLOCK,
    NODE_HTML_BLOCK,
    NODE_RULE,
    NODE_TOC,
    NODE_MORE,              /* <!--more--> */
    NODE_MATH_BLOCK,
    /* inlines */
    NODE_TEXT,
    NODE_SOFT_BREAK,
    NODE_HARD_BREAK,
    NODE_CODE,
    NODE_HTML,
    NODE_EMPH,
    NODE_STRONG,
    NODE_STRIKE,
    NODE_MARK,
    NODE_LINK,
    NODE_IMAGE,
    NODE_FOOTNOTE_MARK,     /* a reference; `label` */
    NODE_ATTRIBUTES,        /* {: ...} as written; applied or turned to text by a pass.  As a block also "^" */
    NODE_CHECKBOX,
    NODE_MATH,
    NODE_ABBR
};

enum alignment { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* Classes are joined into one "class"; the rest stands in the order written. */
struct attributes {
    struct attribute *items;
    ptrdiff_t count, capacity;
};

/* 128 bytes: a long document's tree is larger than the processor's caches, and
 * every pass reads it.  What no one kind has together shares its place. */
struct node {
    uint8_t kind;               /* enum node_kind */
    uint8_t level;              /* HEADING: 1..6; CELL, LIST: see below */
    bool tight;                 /* LIST; and PARAGRAPH in a tight list; BOX around one line */
    bool ordered;               /* LIST */
    bool header;                /* ROW and CELL of a table's head */
    bool footer;                /* ROW of its foot */
    bool checked;               /* CHECKBOX */
    bool fenced;                /* CODE_BLOCK */
    bool display;               /* MATH */
    bool no_toc;                /* HEADING */
    bool wiki;                  /* LINK made of [[page]]: the page may be a name or a title */
    bool bare;                  /* LINK made of a bare address; ITEM of a definition list;
                                   HTML_BLOCK that is left as it is */
    uint8_t align;              /* CELL: enum alignment */
    int32_t start;              /* LIST: first number; CELL: its column, from 0 */
    int32_t number;             /* FOOTNOTE, FOOTNOTE_MARK */
    union {
        struct { int32_t line, last_line; };    /* blocks: of the source, from 1 */
        struct { int32_t at, at_len; };         /* LINK, IMAGE, CODE: where the destination or code stands in the
                                                 * block's text; at_len 0: unknown */
    };
    struct node *parent, *previous, *next, *first, *last;
    struct attributes *attributes;  /* NULL: none */
    str text;                   /* TEXT, CODE, HTML...: what it holds; blocks with inlines: their raw text */
    union {
        str url;                /* LINK, IMAGE; CODE_BLOCK: the info string */
        str label;              /* FOOTNOTE, FOOTNOTE_MARK, HEADING: the id */
    };
    str title;                  /* LINK, IMAGE, ALERT, BOX */
};

struct node *tree_new(struct arena *arena, enum node_kind kind);
void tree_append(struct node *parent, struct node *child);
void tree_insert_before(struct node *place, struct node *node);
void tree_insert_after(struct node *place, struct node *node);
void tree_unlink(struct node *node);
/* Moves all children of `from` behind those of `to`. */
void tree_move_children(struct node *from, struct node *to);
/* Takes `node` out and puts its children where it stood. */
void tree_unwrap(struct node *node);

/* Where most passes need only see every node once, parents first:
 *     for (struct node *node = root; node; node = tree_next(node, root)) ...
 * tree_past leaves out what is below `node`; tree_next_block all inlines, which
 * are nine in ten nodes.  Take the next before taking a node out. */
static inline struct node *tree_past(const struct node *node, const struct node *root)
{
    while (node != root && !node->next) node = node->parent;
    return node == root ? NULL : node->next;
}

static inline struct node *tree_next(const struct node *node, const struct node *root)
{
    return node->first ? node->first : tree_past(node, root);
}

static inline bool node_is_block(const struct node *node) { return node->kind < NODE_TEXT; }

static inline struct node *tree_next_block(const struct node *node, const struct node *root)
{
    bool holds_blocks = node->kind <= NODE_BOX && node->first && node_is_block(node->first);
    return holds_blocks ? node->first : tree_past(node, root);
}

/* A walk: enter and leave events of every node below and including `root`.
 *     for (struct walk w = walk_start(root); walk_next(&w);) if (w.enter) ...
 * Taking out or changing w.node is allowed when `next` is set to go on from
 * there by walk_skip (children are then not visited) before it is unlinked. */
struct walk {
    struct node *root, *node;
    bool enter;
    struct node *next;
    bool next_enter;
};

static inline struct walk walk_start(struct node *root)
{
    return (struct walk){.root = root, .next = root, .next_enter = true};
}

/* On enter: past the children and the leave event. */
static inline void walk_skip(struct walk *walk)
{
    struct node *node = walk->node;
    walk->next_enter = node != walk->root && node->next;
    walk->next = node == walk->root ? NULL : node->next ? node->next : node->parent;
}

static inline bool walk_next(struct walk *walk)
{
    struct node *node = walk->next;
    if (!node) return false;
    walk->node = node;
    walk->enter = walk->next_enter;
    if (!walk->enter) walk_skip(walk);
    else if (node->first) walk->next = node->first;
    else walk->next_enter = false;
    return true;
}

bool node_holds_inlines(const struct node *node);

/* Attribute of that name, or NULL. */
struct attribute *attributes_find(const struct attributes *attributes, str name);
/* Sets name to value; "class" is added to what is there. */
void attributes_set(struct arena *arena, struct attributes **attributes, str name, str value);
void attributes_merge(struct arena *arena, struct attributes **into, const struct attributes *from);

/* The plain text of a node's inlines, copied: breaks are blanks, images give their alt. */
str tree_text(struct arena *arena, const struct node *node);

#endif
