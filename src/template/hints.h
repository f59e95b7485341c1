/* hints.h - ways out for what people write who know another template language.
 * NULL where there is nothing to say. */
#ifndef HUGI_TEMPLATE_HINTS_H
#define HUGI_TEMPLATE_HINTS_H

#include "lexer.h"

const char *hint_for_tag(str name);
const char *hint_for_filter(str name);
/* The word that stands where another was wanted. */
const char *hint_for_word(const struct lexer *lexer);

#endif
