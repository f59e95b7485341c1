/* expand.h - Liquid and shortcodes in posts, before Markdown is read.
 *
 * Code spans and blocks are protected first.  Only tags and outputs that hugi
 * knows are run; all else stays text.  What a shortcode gives as HTML is put
 * aside under a mark that Markdown leaves alone, and put back behind markup. */
#ifndef HUGI_EXPAND_EXPAND_H
#define HUGI_EXPAND_EXPAND_H

#include "hook/hook.h"
#include "model/page.h"
#include "template/liquid.h"
#include "view/view.h"

/* HTML put aside while Markdown is read. */
struct stash {
    str *items;
    ptrdiff_t count, capacity;
    struct arena *arena;
};

struct expand {
    const struct liquid_env *env;       /* of posts: lax */
    struct hooks *hooks;
    const struct view *view;
    int worker;
};

/* Fills page->source and page->segments; false after reporting into page->diags. */
bool expand_page(const struct expand *expand, struct page *page, struct arena *scratch, struct stash *stash);

/* Puts the stash's HTML back into finished HTML. */
str expand_restore(const struct stash *stash, str html, struct arena *arena);

#endif
