/* lexer.c - words of a tag.  First the single characters (a table), then
 * names, numbers, strings and comparisons.
 *
 * Names may hold any byte above 0x7F, so that `page.장소` works. */
#include "lexer.h"

bool lexer_is_name_char(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

static enum lex_kind lexer_punctuation(char c)
{
    switch (c) {
    case '|': return LEX_PIPE;
    case ',': return LEX_COMMA;
    case ':': return LEX_COLON;
    case '.': return LEX_DOT;
    case '[': return LEX_OPEN_BRACKET;
    case ']': return LEX_CLOSE_BRACKET;
    case '(': return LEX_OPEN;
    case ')': return LEX_CLOSE;
    default: return LEX_JUNK;
    }
}

static char lexer_peek(const struct lexer *lexer, ptrdiff_t ahead)
{
    ptrdiff_t at = lexer->at + ahead;
    return at < lexer->text.len ? lexer->text.p[at] : '\0';
}

static void lexer_finish(struct lexer *lexer, enum lex_kind kind, ptrdiff_t from, ptrdiff_t to)
{
    lexer->word.kind = kind;
    lexer->word.text = str_of(lexer->text.p + from, to - from);
    lexer->word.start = lexer->text.p + from;
    lexer->word.end = lexer->text.p + to;
    lexer->at = to;
}

static void lexer_name(struct lexer *lexer)
{
    ptrdiff_t from = lexer->at, to = from + 1;
    while (to < lexer->text.len && (lexer_is_name_char(lexer->text.p[to]) || lexer->text.p[to] == '-'))
        to++;
    if (to < lexer->text.len && lexer->text.p[to] == '?') to++;
    lexer_finish(lexer, LEX_NAME, from, to);
    if (str_equal(lexer->word.text, S("contains"))) {
        lexer->word.kind = LEX_COMPARE;
        lexer->word.operator_ = OPERATOR_CONTAINS;
    }
}

static void lexer_number(struct lexer *lexer)
{
    ptrdiff_t from = lexer->at, to = from + 1;
    const str text = lexer->text;
    enum lex_kind kind = LEX_INT;
    while (to < text.len && char_is_digit(text.p[to])) to++;
    if (to + 1 < text.len && text.p[to] == '.' && char_is_digit(text.p[to + 1])) {
        kind = LEX_FLOAT;
        to++;
        while (to < text.len && char_is_digit(text.p[to])) to++;
    }
    lexer_finish(lexer, kind, from, to);
}

/* No escapes: a string ends at the next quote of its kind. */
static bool lexer_string(struct lexer *lexer, char quote)
{
    ptrdiff_t from = lexer->at;
    str rest = str_from(lexer->text, from + 1);
    ptrdiff_t len = str_find_char(rest, quote);
    if (len < 0) return false;
    lexer_finish(lexer, LEX_STRING, from, from + len + 2);
    lexer->word.text = str_of(rest.p, len);
    return true;
}

static void lexer_compare(struct lexer *lexer, enum operator_kind operator_, ptrdiff_t len)
{
    lexer_finish(lexer, LEX_COMPARE, lexer->at, lexer->at + len);
    lexer->word.operator_ = operator_;
}

static bool lexer_comparison(struct lexer *lexer, char c)
{
    char next = lexer_peek(lexer, 1);
    if (c == '=' && next == '=') return lexer_compare(lexer, OPERATOR_EQUAL, 2), true;
    if (c == '!' && next == '=') return lexer_compare(lexer, OPERATOR_UNEQUAL, 2), true;
    if (c == '<' && next == '>') return lexer_compare(lexer, OPERATOR_UNEQUAL, 2), true;
    if (c == '<' && next == '=') return lexer_compare(lexer, OPERATOR_LESS_EQUAL, 2), true;
    if (c == '>' && next == '=') return lexer_compare(lexer, OPERATOR_GREATER_EQUAL, 2), true;
    if (c == '<') return lexer_compare(lexer, OPERATOR_LESS, 1), true;
    if (c == '>') return lexer_compare(lexer, OPERATOR_GREATER, 1), true;
    if (c == '=') return lexer_finish(lexer, LEX_ASSIGN, lexer->at, lexer->at + 1), true;
    return false;
}

void lexer_next(struct lexer *lexer)
{
    while (lexer->at < lexer->text.len && char_is_space(lexer->text.p[lexer->at])) lexer->at++;
    lexer->word.operator_ = OPERATOR_NONE;
    if (lexer->at >= lexer->text.len) {
        lexer_finish(lexer, LEX_END, lexer->text.len, lexer->text.len);
        return;
    }
    char c = lexer->text.p[lexer->at], next = lexer_peek(lexer, 1);
    if (char_is_digit(c) || (c == '-' && char_is_digit(next))) {
        lexer_number(lexer);
    } else if (lexer_is_name_char(c)) {
        lexer_name(lexer);
    } else if (c == '.' && next == '.') {
        lexer_finish(lexer, LEX_DOTS, lexer->at, lexer->at + 2);
    } else if ((c == '"' || c == '\'') && lexer_string(lexer, c)) {
        return;
    } else if (!lexer_comparison(lexer, c)) {
        lexer_finish(lexer, lexer_punctuation(c), lexer->at, lexer->at + 1);
    }
}

void lexer_start(struct lexer *lexer, str text)
{
    if (!text.p) text = S("");
    *lexer = (struct lexer){.text = text};
    lexer_next(lexer);
}

bool lexer_take(struct lexer *lexer, enum lex_kind kind)
{
    if (lexer->word.kind != kind) return false;
    lexer_next(lexer);
    return true;
}

bool lexer_is_name(const struct lexer *lexer, str name)
{
    return lexer->word.kind == LEX_NAME && str_equal(lexer->word.text, name);
}

bool lexer_take_name(struct lexer *lexer, str name)
{
    if (!lexer_is_name(lexer, name)) return false;
    lexer_next(lexer);
    return true;
}

str lexer_rest(const struct lexer *lexer)
{
    return str_from(lexer->text, lexer->word.start - lexer->text.p);
}

enum operator_kind lexer_operator(str text)
{
    struct lexer lexer;
    lexer_start(&lexer, text);
    bool whole = lexer.word.kind == LEX_COMPARE && lexer.at == text.len;
    return whole ? lexer.word.operator_ : OPERATOR_NONE;
}
