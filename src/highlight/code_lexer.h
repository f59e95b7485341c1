/* code_lexer.h - a piece of code through a language's rules. */
#ifndef HUGI_HIGHLIGHT_CODE_LEXER_H
#define HUGI_HIGHLIGHT_CODE_LEXER_H

#include "language.h"
#include "spans.h"
#include "state_hook.h"

/* Where languages inside languages and Lua states come from; both may be asked from any thread. */
struct lexer_source {
    void *context;
    const struct language *(*language)(void *context, str name);        /* NULL: none */
    struct state_hook *(*lend)(void *context, const struct language *language);
    void (*give_back)(void *context, const struct language *language, struct state_hook *hook);
};

void lexer_run(const struct lexer_source *source, const struct language *language, str code, struct arena *scratch,
               struct spans *spans);

#endif
