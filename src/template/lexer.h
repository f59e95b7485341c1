/* lexer.h - the words of one tag or output: names, literals, punctuation.
 *
 * One word of look-ahead, no allocation: a word is a slice of the template.
 * What is no word is LEX_JUNK, which fits nowhere. */
#ifndef HUGI_TEMPLATE_LEXER_H
#define HUGI_TEMPLATE_LEXER_H

#include "tree.h"

enum lex_kind {
    LEX_END, LEX_NAME, LEX_STRING, LEX_INT, LEX_FLOAT, LEX_COMPARE, LEX_DOTS,
    LEX_PIPE, LEX_COMMA, LEX_COLON, LEX_DOT, LEX_OPEN_BRACKET, LEX_CLOSE_BRACKET,
    LEX_OPEN, LEX_CLOSE, LEX_ASSIGN, LEX_JUNK
};

struct word {
    enum lex_kind kind;
    enum operator_kind operator_;   /* LEX_COMPARE */
    str text;                       /* strings without their quotes */
    const char *start, *end;        /* the whole word */
};

struct lexer {
    str text;
    ptrdiff_t at;
    struct word word;               /* the current one */
};

void lexer_start(struct lexer *lexer, str text);
void lexer_next(struct lexer *lexer);
bool lexer_take(struct lexer *lexer, enum lex_kind kind);       /* moves on when it is that */
bool lexer_is_name(const struct lexer *lexer, str name);
bool lexer_take_name(struct lexer *lexer, str name);
str lexer_rest(const struct lexer *lexer);                      /* from the current word on */
enum operator_kind lexer_operator(str text);        /* NONE: no comparison */

bool lexer_is_name_char(char c);

#endif
