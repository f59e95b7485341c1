/* inlines.h - the state of one inline parser, shared by its files:
 *
 *     inlines.c       the main loop: what every character starts
 *     emphasis.c      runs of * _ ~ = and quotes, paired by the delimiter algorithm
 *     brackets.c      links, pictures, footnote marks
 *     inline_scan.c   pure scanners: tags, <addresses>, destinations, titles, entities
 *     bare_links.c    addresses without brackets
 *
 * One parser is used for all blocks of a document, one after another. */
#ifndef HUGI_MARKUP_INLINES_H
#define HUGI_MARKUP_INLINES_H

#include "document.h"

/* A run of delimiters that may open or close; the newest is the last. */
struct delimiter {
    struct delimiter *previous, *next;
    struct node *node;          /* its text; shrinks as delimiters are used */
    ptrdiff_t at;               /* where it starts */
    ptrdiff_t length;           /* as written */
    char c;
    bool can_open, can_close;
};

/* An open [ or ![ . */
struct bracket {
    struct bracket *previous;
    struct node *node;
    struct delimiter *delimiter;    /* the newest when it was opened */
    ptrdiff_t at;                   /* behind the [ */
    bool image;
    bool bracket_after;             /* another [ was opened behind it */
};

struct inline_parser {
    struct document *document;
    struct arena *arena;
    unsigned features;
    struct node *block;             /* where nodes are appended */
    str text;                       /* the whole raw text */
    ptrdiff_t at;
    struct node *plain;             /* the last text, when it may be made longer */
    struct delimiter *delimiters;   /* the newest */
    struct bracket *brackets;       /* the newest */
    ptrdiff_t links_end;            /* a [ before this cannot become a link: links do not nest */
    /* What is known to be missing in the rest of the text, so that it is not looked for again. */
    bool no_comment_end, no_instruction_end, no_declaration_end, no_cdata_end;
    bool no_script_end, no_style_end, no_extension_end, no_raw_end;
    ptrdiff_t ticks_end[81];        /* where the last run of n backticks starts, -1: nowhere */
    bool ticks_known;
    bool special[256];
    bool has_mail;                  /* there may be bare mail addresses in the document */
};

/* Appends. */
struct node *inline_add(struct inline_parser *parser, enum node_kind kind);
void inline_add_text(struct inline_parser *parser, str text);

/* emphasis.c */
void emphasis_run(struct inline_parser *parser);        /* at a delimiter: reads the run */
void emphasis_pair(struct inline_parser *parser, struct delimiter *bottom);    /* pairs all above bottom */

/* brackets.c */
void bracket_open(struct inline_parser *parser, bool image);
void bracket_close(struct inline_parser *parser);
bool bracket_footnote(struct inline_parser *parser);    /* at [^ */

/* bare_links.c: at ':' of "https://" or at 'w' of "www."; false: it is no address. */
bool bare_link_scheme(struct inline_parser *parser);
bool bare_link_www(struct inline_parser *parser);
void bare_links_mail(struct inline_parser *parser, struct node *block);   /* after parsing */

/* inline_scan.c: each gives the length of what stands at text.p[at], 0 when it is not there. */
ptrdiff_t scan_uri_link(str text, ptrdiff_t at);        /* <https://x>, with the brackets */
ptrdiff_t scan_mail_link(str text, ptrdiff_t at);
ptrdiff_t scan_html_tag(str text, ptrdiff_t at);        /* an open or closing tag */
ptrdiff_t scan_blanks(str text, ptrdiff_t at);          /* blanks, tabs, at most one newline */
/* A destination as written; *inner is what it leads to.  -1: none. */
ptrdiff_t scan_destination(str text, ptrdiff_t at, str *inner);
ptrdiff_t scan_title(str text, ptrdiff_t at, str *inner);
ptrdiff_t scan_label(str text, ptrdiff_t at, str *inner);
/* An entity at '&': its length, and what it stands for. */
ptrdiff_t scan_entity(struct arena *arena, str text, ptrdiff_t at, str *out);
/* Backslash escapes and entities of a destination or title. */
str unescape(struct arena *arena, str text);

#endif
