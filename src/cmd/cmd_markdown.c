/* cmd_markdown.c - hugi markdown: a body in, HTML out. */
#include <stdlib.h>

#include "highlight/highlight.h"
#include "input.h"
#include "markup/markup.h"
#include "options.h"

static const struct { const char *name; enum markup_profile profile; } profiles[] = {
    {"hugi", MARKUP_HUGI}, {"gfm", MARKUP_GFM}, {"commonmark", MARKUP_COMMONMARK},
};

static bool find_profile(const char *name, enum markup_profile *out)
{
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
        if (!name || strcmp(name, profiles[i].name) == 0) {
            *out = profiles[i].profile;
            return true;
        }
    return false;
}

static bool find_html_mode(const char *name, enum html_mode *out)
{
    static const char *const names[] = {[HTML_ALLOW] = "allow", [HTML_SANITIZE] = "sanitize", [HTML_ESCAPE] = "escape"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!name || strcmp(name, names[i]) == 0) {
            *out = (enum html_mode)i;
            return true;
        }
    return false;
}

int cmd_markdown(const struct options *options)
{
    struct markup_options markup = {.plain = options->plain, .cjk = options->cjk, .smart = options->smart,
                                    .style = options->style, .language = S("ko")};
    if (!find_profile(options->profile, &markup.profile))
        return usage_error("there is no profile '%s'; there are hugi, gfm, commonmark", options->profile);
    if (!find_html_mode(options->html, &markup.html))
        return usage_error("raw HTML is not to be '%s'; there are allow, sanitize, escape", options->html);
    if (options->extensions) markup.extensions = str_c(options->extensions);
    str unknown = markup_unknown_extension(markup.extensions);
    if (unknown.len)
        return usage_error("there is no extension '%" STR_F "'; there are table, strikethrough, autolink, tagfilter, tasklist, footnotes, none",
                           STR_A(unknown));
    struct arena arena = {0}, scratch = {0};
    struct sources sources = {.arena = &arena};
    struct diags diags = diags_in(&arena);
    const char *name = options->word_count ? options->words[0] : "-";
    str text;
    struct content content = {0};
    markup_start();
    markup.highlight = highlight_start(getenv("HUGI_HIGHLIGHT"));
    bool ok = input_read(&arena, name, &text, &diags);
    if (ok) {
        struct markup_input input = {.text = text, .file = sources_add(&sources, str_c(strcmp(name, "-") ? name : "<stdin>"), text)};
        ok = markup_render(&markup, &input, &arena, &scratch, &diags, &content);
    }
    if (ok && content.html.len) fwrite(content.html.p, 1, (size_t)content.html.len, stdout);
    input_print_diags(&sources, &diags);
    highlight_stop(markup.highlight);
    arena_free(&arena);
    arena_free(&scratch);
    return ok ? EXIT_FINE : EXIT_SITE;
}
