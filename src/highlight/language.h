/* language.h - a language as the lexer wants it: compiled rules in order, and a table of words. */
#ifndef HUGI_HIGHLIGHT_LANGUAGE_H
#define HUGI_HIGHLIGHT_LANGUAGE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/map.h"

/* What highlight calls states: kinds of tokens, and what the lexer is in.  The files know them as
 * HL_STRING and so on (state_hook.c has the names). */
enum state {
    STATE_STANDARD, STATE_STRING, STATE_NUMBER, STATE_LINE_COMMENT, STATE_BLOCK_COMMENT, STATE_ESCAPE,
    STATE_DIRECTIVE, STATE_DIRECTIVE_STRING, STATE_LINE_NUMBER, STATE_OPERATOR, STATE_INTERPOLATION, STATE_KEYWORD,
    STATE_STRING_END, STATE_NUMBER_END, STATE_LINE_COMMENT_END, STATE_BLOCK_COMMENT_END, STATE_ESCAPE_END,
    STATE_DIRECTIVE_END, STATE_OPERATOR_END, STATE_INTERPOLATION_END, STATE_KEYWORD_END,
    STATE_IDENTIFIER, STATE_IDENTIFIER_END, STATE_EMBEDDED, STATE_EMBEDDED_END,
    STATE_HEREDOC,              /* ours: `<<EOF`, whose string begins with the next line */
    STATE_WHOLE_STRING,         /* ours: a string that is one token, as a regular expression in JavaScript */
    STATE_UNKNOWN, STATE_REJECT,
    STATES
};

enum { LAST_GROUP = -1, WORD_GROUPS = 6 };

struct rule {
    enum state state;
    pcre2_code *code;
    int group;                  /* the part of a match that is the token; LAST_GROUP: the highest numbered one */
    int word_group;             /* keywords: 1 to WORD_GROUPS */
    ptrdiff_t opener;           /* ends: index of the rule that begins; others: -1 */
    bool raw;                   /* strings: without escapes */
    bool nests;                 /* comments */
    bool ends_itself;           /* comments: both delimiters are the same */
    str nested;                 /* embedded: name of the language inside ... */
    pcre2_code *nested_end;     /* ... and what ends it */
};

struct state_hook;

struct language {
    str name;
    struct rule *rules;         /* of two that match at a place the first wins */
    ptrdiff_t rule_count, rule_capacity;
    struct map words;           /* -> (void *)group */
    int left_out;               /* expressions that do not compile */
    bool ignore_case;
    bool equal_length;          /* a string's delimiters are equally long: Lua's [==[ */
    bool has_hook;
    char raw_prefix;            /* '\0': none */
    char continuation;          /* of preprocessor lines */
    struct state_hook *spare;   /* Lua states nobody uses now; guarded by the lock of struct highlight */
};

/* What language files are read with. */
struct definitions {
    str folder;                 /* .../langDefs */
    struct arena *arena;
};

bool definitions_has(const struct definitions *definitions, str name);
/* The text of a definition: ours before the package's, or (`base`) the package's. */
bool definitions_read(const struct definitions *definitions, struct arena *arena, str name, bool base, str *out);

/* language_load.c: NULL when the file is missing or broken. */
struct language *language_load(const struct definitions *definitions, str name);
void language_free(struct language *language);

/* languages.c: the canonical name of what people write after ```; empty: unknown. */
struct language_names {
    struct map by_extension;    /* -> str *, of filetypes.conf */
    bool loaded;
};
str language_resolve(struct language_names *names, const struct definitions *definitions, str filetypes, str name);

#endif
