/* tree.h - what a template is once it is parsed: blocks of nodes, with
 * expressions in them.
 *
 * Everything here lives in the arena of the template and is const after
 * liquid_parse, so that all workers render from the same tree.  Text nodes are
 * slices of the source; names carry their hash, filters their function: a
 * render looks nothing up by text that the parser could have looked up. */
#ifndef HUGI_TEMPLATE_TREE_H
#define HUGI_TEMPLATE_TREE_H

#include "template/liquid.h"

struct renderer;
struct filter;
struct node;

/* A name in a template, with its hash. */
struct name {
    str text;
    uint64_t hash;
};

struct name name_make(str text);
static inline bool name_equal(const struct name *a, const struct name *b)
{
    return a->hash == b->hash && str_equal(a->text, b->text);
}

enum expression_kind {
    EXPRESSION_LITERAL,
    EXPRESSION_LOOKUP,          /* a.b[c].size */
    EXPRESSION_RANGE,           /* (a..b) */
    EXPRESSION_TEST,            /* a < b */
    EXPRESSION_CHAIN,           /* a and b or c */
    EXPRESSION_NOT
};

enum operator_kind {
    OPERATOR_NONE,
    OPERATOR_EQUAL,
    OPERATOR_UNEQUAL,
    OPERATOR_LESS,
    OPERATOR_LESS_EQUAL,
    OPERATOR_GREATER,
    OPERATOR_GREATER_EQUAL,
    OPERATOR_CONTAINS,
    OPERATOR_AND,
    OPERATOR_OR
};

/* The words that mean something where a value has no such key. */
enum command_kind { COMMAND_NONE, COMMAND_FIRST, COMMAND_LAST, COMMAND_SIZE };

/* One '.key' or '[index]' of a lookup. */
struct step {
    const struct expression *index;     /* NULL: `key` */
    struct name key;
    enum command_kind command;          /* only for '.key' */
};

/* One operand of `and`/`or`, and what stands behind it. */
struct link {
    const struct expression *operand;
    enum operator_kind next;            /* AND, OR; NONE at the end */
};

struct expression {
    enum expression_kind kind;
    enum operator_kind operator_;       /* TEST */
    span at;
    union {
        value literal;
        struct {
            struct name name;
            const struct expression *dynamic;   /* [expression] in place of the name */
            const struct step *steps;
            ptrdiff_t step_count;
        } lookup;
        struct {
            const struct expression *left, *right;  /* NOT: left only */
        } pair;
        struct {
            const struct link *links;           /* evaluated right to left, without recursion */
            ptrdiff_t count;
        } chain;
    } as;
};

struct named_argument {
    struct name name;
    const struct expression *value;
};

/* One `| name: arguments`. */
struct filter_use {
    str name;
    span at;
    const struct filter *filter;                    /* built in; else ... */
    const struct liquid_extension *extension;       /* ... the host's; else unknown: lax passes */
    const struct expression *const *arguments;
    ptrdiff_t argument_count;
    const struct named_argument *named;
    ptrdiff_t named_count;
};

/* expression | filter | filter */
struct pipeline {
    const struct expression *input;                 /* NULL: nothing */
    const struct filter_use *filters;
    ptrdiff_t filter_count;
    span at;
};

struct block {
    struct node *nodes;
    ptrdiff_t count, capacity;
    bool blank;                 /* only white space and tags that write nothing */
};

/* False: an error was reported (or a limit reached). */
typedef bool node_render_fn(struct renderer *renderer, const struct node *node);

struct node {
    node_render_fn *render;     /* NULL: `text` */
    span at;
    union {
        str text;
        const struct pipeline *pipeline;
        const void *data;       /* the tag's own struct */
    } as;
};

struct name_list {
    struct name *items;
    ptrdiff_t count, capacity;
};

struct liquid_template {
    struct block body;
    const struct expression *layout;    /* {% layout %}; NULL: none */
    span layout_at;
    struct name_list assigned;          /* names some tag of it may set: unset they are null, not unknown */
    str source;
    uint32_t file;
    bool plain;
    bool lenient;                       /* a post's: Markdown, not HTML */
};

#endif
