/* markup.h - Markdown, plain text and HTML fragments -> struct content.
 *
 * The only folder that sees cmark.  Thread-safe: many documents at once
 * (only cmark-gfm's table extension and footnotes are attached; see the
 * architecture's rule 8).  Call markup_start once before any thread. */
#ifndef HUGI_MARKUP_MARKUP_H
#define HUGI_MARKUP_MARKUP_H

#include "highlight/highlight.h"
#include "model/page.h"

enum markup_profile { MARKUP_HUGI, MARKUP_GFM, MARKUP_COMMONMARK };

/* What a link or picture of a body leads to.  `destination` is as written.
 * or "[[page" for a wiki link.  Gives the site-relative address (or the same text when it is of another
 * host) and, for files, the asset.  Reports what is missing into `diags`. */
struct markup_target {
    str url;
    const struct asset *asset;
    bool remote;
};
typedef bool markup_resolve_fn(void *context, str destination, bool picture, span at,
                               struct arena *arena, struct diags *diags, struct markup_target *out);

struct markup_options {
    enum markup_profile profile;
    bool plain;                 /* without the presentation passes: figures, anchors, demotion, lazy */
    bool cjk;                   /* emphasis beside Hangul, Han, Kana in the gfm and commonmark profiles too */
    bool demote;                /* the page has an h1 of its own: the body's outline starts at h2, no level skipped;
                                 <h1> of raw HTML becomes <h2> */
    enum html_mode html;
    bool smart;
    bool style;                 /* attribute lists may set style */
    str language;
    struct highlight *highlight;    /* NULL: code is shown as it is */
    str extensions;             /* gfm: "table,tasklist", "none"; empty: all of them */
};

struct markup_input {
    enum page_format format;
    str text;
    uint32_t file;              /* for places in messages ... */
    uint32_t offset;            /* ... of text's first byte in that file */
    const struct segments *segments;    /* NULL or empty: text is the file's own */
    markup_resolve_fn *resolve; /* NULL: destinations stay as written, and no picture is a slot */
    void *resolve_context;
};

void markup_start(void);
const char *markup_library(void);       /* name and version of what parses the blocks */

/* The first name of a list for `extensions` that is none; empty: all are. */
str markup_unknown_extension(str list);

bool markup_render(const struct markup_options *options, const struct markup_input *input,
                   struct arena *arena, struct arena *scratch, struct diags *diags, struct content *out);

/* For the markdownify filter: a fragment; a single paragraph loses its <p> when `inline_`. */
str markup_fragment(str text, bool inline_, struct arena *arena);
/* The same HTML with kramdown's line breaks and indentation, for templates of Jekyll's. */
str markup_kramdown_layout(str html, struct arena *arena);

/* Byte ranges of code (spans, blocks, <pre> and <script> of HTML blocks) in a Markdown body, in order and
 * without overlaps: Liquid leaves them alone.  Found by the parser that renders, so that the two agree;
 * a body without "{{" and "{%" gives none and costs nothing. */
struct markup_range { ptrdiff_t start, end; };
ptrdiff_t markup_code_ranges(str text, struct arena *arena, struct markup_range **out);

/* The id GitHub and kramdown give a heading of this text ("행사장 분위기" -> "행사장-분위기"). */
str markup_heading_id(struct arena *arena, str text);

#endif
