/* tags_partial.h - partials, shared by the tags that use them. */
#ifndef HUGI_TEMPLATE_TAGS_PARTIAL_H
#define HUGI_TEMPLATE_TAGS_PARTIAL_H

#include "tags.h"

/* The partial of that name; NULL: reported.  Names that lead out ("..", "/x") are never found. */
const struct liquid_template *partial_find(struct renderer *renderer, str name, span at);

/* The name of a partial or layout; strict mode says of an unknown one that it lacks quotes. */
bool partial_name(struct renderer *renderer, const struct expression *expression, value *out);

/* tags_jekyll.c: is it written as Jekyll's include (NAME.html a=b)? */
bool jekyll_is_include(const struct parser *parser, const struct token *token);
tag_parse_fn jekyll_include;

#endif
