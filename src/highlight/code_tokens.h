/* code_tokens.h - the state of a lexer, and the tokens it goes by. */
#ifndef HUGI_HIGHLIGHT_CODE_TOKENS_H
#define HUGI_HIGHLIGHT_CODE_TOKENS_H

#include "code_lexer.h"

enum { MOST_FRAMES = 8 };

struct cursor {                         /* of a rule, in a line */
    ptrdiff_t start, end;               /* its next token */
    ptrdiff_t resume;                   /* where its next match is looked for */
    ptrdiff_t line;                     /* of which this is said; -1: none yet */
    bool dead;                          /* it ran into a limit */
};

struct frame {
    const struct language *language;
    struct cursor *cursors;             /* one for each rule */
    const struct rule *section;         /* the host's rule that led here, whose end ... */
    struct cursor section_end;          /* ... is looked for here */
    struct state_hook *hook;
    enum state state;                   /* STANDARD, STRING, BLOCK_COMMENT, DIRECTIVE */
    enum state before;                  /* kind of the token just before, STANDARD when text came between */
    ptrdiff_t opener;                   /* of string or comment: rule ... */
    str opening;                        /* ... and text */
    str heredoc;                        /* the word that ends the string, or that of one which begins with the next line */
    bool raw, in_directive, ends_by_word, heredoc_raw;
    int depth;                          /* of nested comments */
};

struct lexer {
    const struct lexer_source *source;
    struct arena *scratch;
    struct spans *spans;
    str code, line;
    ptrdiff_t line_start, line_number;
    ptrdiff_t at;                       /* in the line: all before is written */
    struct frame frames[MOST_FRAMES];
    int depth;
    const struct rule *entering;        /* a section begins at enter_at */
    ptrdiff_t enter_at;
    pcre2_match_data *match;
    pcre2_match_context *limits;
};

struct token {
    ptrdiff_t start, end;
    ptrdiff_t rule;
};

/* The first token at or after `from` of the rules that count in the frame's state. */
bool token_next(struct lexer *lexer, struct frame *frame, ptrdiff_t from, struct token *token);
/* One rule's cursor to its first token at or after `from`. */
void token_seek(struct lexer *lexer, struct cursor *cursor, const pcre2_code *code, int group, ptrdiff_t from);
ptrdiff_t token_after_character(const struct lexer *lexer, ptrdiff_t at);

/* Words are looked up, *group is theirs; one that goes on in Hangul is none. */
enum state token_state(const struct lexer *lexer, const struct frame *frame, const struct token *token, int *group);
/* What the language says of it; *group too, because a state it makes has no word. */
enum state token_validate(struct lexer *lexer, struct frame *frame, const struct token *token, enum state state,
                          int *group);
/* It's no string: an apostrophe in a word, or a quote nothing closes. */
bool token_opens_nothing(const struct lexer *lexer, const struct frame *frame, const struct token *token);

#endif
