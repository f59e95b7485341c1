/* scanner.h - cuts a template into text, outputs and tags.
 *
 * An output or tag ends at its first '}}' or '%}', whatever stands between, as
 * in Ruby's Liquid.  White space control is done here: text tokens come
 * trimmed.  Inside {% liquid %} every line is a tag. */
#ifndef HUGI_TEMPLATE_SCANNER_H
#define HUGI_TEMPLATE_SCANNER_H

#include "tree.h"

enum token_kind { TOKEN_END, TOKEN_TEXT, TOKEN_OUTPUT, TOKEN_TAG, TOKEN_BROKEN };

struct token {
    enum token_kind kind;
    str text;           /* TEXT: trimmed; OUTPUT: between the braces; BROKEN: what was opened */
    str whole;          /* with its braces */
    str name;           /* TAG */
    str markup;         /* TAG: behind the name, trimmed */
    bool trims_left, trims_right;
};

struct scanner {
    str text;
    ptrdiff_t at;
    bool lines;                 /* inside {% liquid %} */
    bool trim_next;             /* the last tag ended with '-' */
    ptrdiff_t next_brace, next_percent;     /* where the next '}' and '%}' were last seen; 0: not looked */
    const struct liquid_range *verbatim;
    ptrdiff_t verbatim_count;
};

void scanner_next(struct scanner *scanner, struct token *token);
/* The text up to {% NAME %}, which is passed; false when there is none.
 * For raw and doc, whose content is never cut. */
bool scanner_raw(struct scanner *scanner, str name, str *body, struct token *end);
/* Back to the first byte behind `token`'s opening braces: it was text after all. */
void scanner_back(struct scanner *scanner, const struct token *token, struct token *text);

#endif
