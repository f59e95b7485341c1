/* lax.h - reading markup as Ruby's Liquid does unless it is told to be strict:
 * with regular expressions that pick out what they know and skip the rest.
 *
 * All of them pick out fragments: "quoted text", or a run of characters up to
 * white space, a comma or a '|' (Ruby's QuotedFragment).  What one fragment
 * means is decided by lax_value. */
#ifndef HUGI_TEMPLATE_LAX_H
#define HUGI_TEMPLATE_LAX_H

#include "parser.h"

/* Bytes of the fragment that `text` starts with; 0: none. */
ptrdiff_t lax_fragment_len(str text);
ptrdiff_t lax_quoted_len(str text);        /* of one in quotes only */
/* The next fragment of *rest, which then begins behind it; false: none. */
bool lax_fragment(str *rest, str *out);
/* Fragments that touch count as one ("a""b"). */
bool lax_fragments(str *rest, str *out);
/* The next `name: fragment` of *rest. */
bool lax_attribute(str *rest, str *name, str *out);
/* A run of name characters and '-' at the start of *rest; may be empty. */
str lax_word(str *rest);
/* `word` between white space at the start of *rest, as in "a in b"; false: *rest is as it was. */
bool lax_take(str *rest, str word);

/* Never NULL but for brackets nested too deep, which is reported. */
const struct expression *lax_value(struct parser *parser, str fragment);
const struct expression *lax_operand(struct parser *parser, str fragment);     /* `empty` and `blank` are marks */
/* NULL: reported. */
const struct pipeline *lax_pipeline(struct parser *parser, str markup);
const struct expression *lax_condition(struct parser *parser, const struct markup *markup);

#endif
