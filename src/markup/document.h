/* document.h - one body on its way through markup: what every part of it shares.
 *
 * A struct document belongs to one call of markup_render.  Everything in it is
 * of the `scratch` arena, but what goes into `out` is of `arena`. */
#ifndef HUGI_MARKUP_DOCUMENT_H
#define HUGI_MARKUP_DOCUMENT_H

#include "base/map.h"
#include "markup/markup.h"
#include "nodes.h"

/* What the parsers do.  A profile is a set of these (markup.c: the table). */
enum feature {
    FEATURE_TABLES = 1 << 0,
    FEATURE_FOOTNOTES = 1 << 1,
    FEATURE_STRIKE = 1 << 2,            /* ~~x~~ */
    FEATURE_STRIKE_SINGLE = 1 << 3,     /* ~x~ too */
    FEATURE_BARE_LINKS = 1 << 4,        /* addresses without <> */
    FEATURE_BARE_ENDS = 1 << 5,         /* ... which end before a Hangul particle */
    FEATURE_TASKS = 1 << 6,
    FEATURE_TAGFILTER = 1 << 7,
    FEATURE_CJK = 1 << 8,               /* emphasis beside Hangul, Han, Kana */
    FEATURE_SPEC_029 = 1 << 9,          /* the rules of CommonMark 0.29, on which GFM stands */
    FEATURE_SMART = 1 << 10,
    FEATURE_ATTRIBUTES = 1 << 11,       /* kramdown's {: } */
    FEATURE_LOOSE_PATHS = 1 << 12,      /* picture paths with blanks, =640x480 */
    FEATURE_MARKS = 1 << 13,            /* ==mark== */
    FEATURE_WIKI = 1 << 14,             /* [[page|text]] */
    FEATURE_MATH = 1 << 15,             /* $$x$$ */
    FEATURE_EMOJI = 1 << 16,            /* :tada: */
    FEATURE_HUGI = 1 << 17,             /* block passes: callouts, definitions ... */
    FEATURE_TEXT_ONLY = 1 << 18         /* .txt: nothing is Markdown but bare links */
};

struct reference {
    str url, title;
};

struct document {
    const struct markup_options *options;
    const struct markup_input *input;
    unsigned features;
    struct arena *arena, *scratch;
    struct diags *diags;
    struct content *out;

    str text;                   /* what is parsed: input.text, or what a pre-pass made of it */
    struct node *root;
    struct map references;      /* normalised label -> struct reference */
    struct map footnotes;       /* normalised label -> struct node (NODE_FOOTNOTE) */
    struct node **footnote_order;   /* by first mention */
    ptrdiff_t footnote_count, footnote_capacity;
    ptrdiff_t *lines;           /* offset of every line of `text`; made when first needed */
    ptrdiff_t line_count;
    uint8_t *marks;             /* line_marks.c: a mark for every line, NULL: none is marked */
    int mark_count;
    struct map ids;             /* every id given so far */
    bool has_braces;            /* there may be attribute lists */
    ptrdiff_t repeated;         /* bytes that stand once and were read or written again; document_may_repeat */
    struct map attribute_lists; /* {:name: ...} -> str, its words */
    struct abbreviation_index {
        bool starts[256];           /* the first bytes of names */
        ptrdiff_t *lengths, count;  /* their lengths, each once, longest first */
    } *abbreviation_index;          /* made when first needed */
    struct map abbreviations;   /* *[HTML]: ... -> struct abbreviation */
    struct map alts;            /* alt text -> how many pictures have it, as intptr_t */
    struct {                    /* positions.c: the line it last looked at */
        const struct node *block;
        ptrdiff_t start, end;   /* in the block's text */
        ptrdiff_t base;         /* of `start` in `text`; -1: not found there */
        int line;
        const struct node *cell;    /* the last one, and where it starts in its line */
        ptrdiff_t cell_at;
    } here;
    int html_depth;             /* how many elements with markdown="1" it stands in */
    bool picture_seen;          /* the first picture is eager */
    bool in_picture;            /* inside a <picture> of the author's */
    bool in_link;               /* inside a link's node: resolving only */
    bool in_raw_link;           /* inside an <a href> of the author's */
    bool failed;                /* an error was reported */
};

/* What references, names of attribute lists and abbreviations stand for, and tables of contents, may be written
 * so often that a short text becomes an endless one: only so many bytes of them, more than an author's ever are.
 * Notes that so many more were; false: that is too much. */
static inline bool document_may_repeat(struct document *document, ptrdiff_t bytes)
{
    enum { MOST = 8 * 1024 * 1024 };
    document->repeated += bytes;
    return document->repeated <= MOST + document->text.len;
}

/* markup_blocks.c: fills root, references, footnotes.  false: reported. */
bool blocks_parse(struct document *document);
/* Label of a reference or footnote as key: blanks folded, case folded. */
str label_normalise(struct arena *arena, str label);

/* inlines.c: parses the raw text of every block that holds inlines. */
void inlines_parse(struct document *document);

/* positions.c: places in the author's file. */
span place_of_range(const struct document *document, ptrdiff_t start, ptrdiff_t len);   /* bytes of document->text */
span place_of_line(struct document *document, int line);    /* from 1; all of it */
/* `len` bytes from `at` of the text of a block with inlines, or its first line. */
span place_in_block(struct document *document, const struct node *block, ptrdiff_t at, ptrdiff_t len);
/* The destination of a link or picture in `block`; its first line when it is not known. */
span place_of_destination(struct document *document, const struct node *node, const struct node *block);
str document_line(struct document *document, int line);     /* without its newline; "" outside */

#endif
