/* tags.h - what a tag is, and the one table of them.
 *
 * A tag's parse function gets the tag's token, reads bodies with parser_block
 * and pushes its node into `into`.  False: reported; nothing was pushed, and
 * the parser goes on behind the tag. */
#ifndef HUGI_TEMPLATE_TAGS_H
#define HUGI_TEMPLATE_TAGS_H

#include "parser.h"

typedef bool tag_parse_fn(struct parser *parser, const struct token *token, struct block *into);

struct tag {
    str name;
    int modes;                  /* filters.h: MODE_... */
    const char *inside;         /* for else, when ...: the tags it belongs to; NULL: a tag of its own */
    tag_parse_fn *parse;
};

const struct tag *tags_find(enum liquid_mode mode, str name);
str tags_nearest(const struct liquid_env *env, str name, struct arena *arena);

/* tags_host.c: a tag of the host's. */
bool tag_host(struct parser *parser, const struct token *token, const struct liquid_extension *extension,
              struct block *into);
const struct liquid_extension *tag_host_find(const struct liquid_env *env, str name);

tag_parse_fn tag_assign, tag_capture, tag_increment, tag_decrement, tag_echo, tag_cycle, tag_ifchanged;
tag_parse_fn tag_if, tag_unless, tag_case, tag_for, tag_tablerow, tag_break, tag_continue;
tag_parse_fn tag_comment, tag_inline_comment, tag_doc, tag_raw, tag_liquid, tag_highlight;
tag_parse_fn tag_include, tag_render, tag_layout, tag_block, tag_link, tag_post_url;

#endif
