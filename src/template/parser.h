/* parser.h - the state of one parse, and what tags use to read their markup.
 *
 * Functions that read return false or NULL after exactly one report; the
 * parser then goes on behind the tag, so that all errors of a template come
 * out together. */
#ifndef HUGI_TEMPLATE_PARSER_H
#define HUGI_TEMPLATE_PARSER_H

#include "lexer.h"
#include "scanner.h"

struct tag;

/* A block whose end is being looked for, the innermost first. */
struct open_block {
    const struct open_block *outer;
    str name, whole;
};

/* An end tag that may still come for a block already told of, so many blocks deep. */
struct forgiven_list {
    struct forgiven {
        str name;
        int level;
    } *items;
    ptrdiff_t count, capacity;
};

struct parser {
    const struct liquid_env *env;
    struct arena *arena;
    const struct liquid_parse *source;
    struct diags *diags;
    struct liquid_template *template_;
    struct scanner scanner;
    str current;                /* the token being read: where errors without a place of their own are */
    const struct open_block *open;
    int told;                   /* errors so far */
    struct forgiven_list forgiven;      /* recover.c: end tags that are not told again */
    int depth;                  /* of blocks and of brackets */
    bool lax;                   /* lax and jekyll mode: what does not fit is no error (lax.c) */
    bool extended;              /* a condition with `not` or parentheses was read */
    bool marks_are_text;        /* `empty` and `blank` are "" (Jekyll's where_exp) */
    bool failed;
    bool gave_up;               /* a limit, or more errors than anybody reads: the rest is not read */
};

/* The place of a slice of the template. */
span parser_span(const struct parser *parser, str slice);
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
struct diag *parser_error(struct parser *parser, enum diag_code code, str at, const char *format, ...);
bool parser_unexpected(struct parser *parser, const struct lexer *lexer, const char *wanted);

/* What stands in a tag behind its name, and the tag, for messages. */
struct markup {
    str text, whole, name;
};
/* Reads markup into a struct of the caller's, as the mode has it: strictly;
 * lax: with `lax`; jekyll: strictly, and if that fails with `lax` (as Jekyll's
 * "warn" mode).  `tag` of `size` bytes is as it was before each of them. */
typedef bool markup_fn(struct parser *parser, const struct markup *markup, void *tag);
bool parser_markup(struct parser *parser, const struct markup *markup, void *tag, size_t size, markup_fn *strict,
                   markup_fn *lax);
/* As the mode has it; NULL: reported. */
const struct pipeline *parser_pipeline(struct parser *parser, str text);
const struct expression *parser_condition(struct parser *parser, const struct markup *markup);

/* expression.c and pipeline.c: the strict grammar of expressions.  NULL: reported. */
const struct expression *expression_parse(struct parser *parser, struct lexer *lexer);  /* a value */
const struct expression *expression_operand(struct parser *parser, struct lexer *lexer);    /* of a comparison */
const struct expression *expression_condition(struct parser *parser, struct lexer *lexer);
const struct pipeline *expression_pipeline(struct parser *parser, struct lexer *lexer);
/* Is this the end of the tag?  If not, that is reported. */
bool expression_end(struct parser *parser, struct lexer *lexer);
/* What both grammars build expressions with. */
struct expression *expression_new(struct parser *parser, enum expression_kind kind, str at);
const struct expression *expression_literal(struct parser *parser, str at, value literal);
bool expression_enter(struct parser *parser, str at);   /* a bracket deeper; then parser->depth-- */
enum command_kind expression_command(str key);
bool expression_constant(const struct parser *parser, str word, value *out);   /* nil, true ... */
bool expression_mark(const struct parser *parser, str word, value *out);       /* empty, blank */
/* `name: value, name: value` with commas anywhere between. */
bool expression_named(struct parser *parser, struct lexer *lexer, const struct named_argument **named,
                      ptrdiff_t *count);

/* template_parse.c: bodies of block tags. */
struct block_end {
    str name;                   /* "else", "endif" ...; empty at the end of the template */
    str markup;
    str whole;                  /* from '{%' to '%}' */
    bool reported;              /* no name: why has been said */
};
/* Reads nodes into *block up to one of the `ends` (separated by blanks).  False
 * when the template ended first, which is reported at the opening tag. */
bool parser_block(struct parser *parser, const struct token *open, const char *ends, struct block *block,
                  struct block_end *end);
void parser_nodes(struct parser *parser, const char *ends, struct block *block, struct block_end *end);
void parser_push(struct parser *parser, struct block *block, struct node node, bool blank);
/* White space of a blank block is dropped. */
void parser_drop_blank(struct block *block);
void parser_assigns(struct parser *parser, str name);
/* recover.c: an end tag that does not fit the block being read. */
enum recovery {
    RECOVER_NOT,                /* nothing to recover from */
    RECOVER_SKIP,               /* said before */
    RECOVER_ENDS,               /* reported: it ends the block all the same */
    RECOVER_OUTER               /* reported: the block is left open; the scanner is before the tag again */
};
enum recovery parser_recover(struct parser *parser, const struct token *token);
/* {% if a }}...{% endif %}: reported, and the tag cut where it should have ended; false: it is left out. */
bool parser_repair(struct parser *parser, struct token *token);
void parser_forgive(struct parser *parser, str name);
/* An expression of its own (where_exp), parsed while rendering. */
const struct expression *parser_condition_text(const struct liquid_env *env, struct arena *arena, str text,
                                               str *error);
const struct pipeline *parser_pipeline_text(const struct liquid_env *env, struct arena *arena, str text,
                                            str *error);

#endif
