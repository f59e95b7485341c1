/* emphasis.c - runs of * _ ~ = ' " , and which of them pair.
 *
 * The delimiter algorithm of CommonMark 0.31.2, with the amendment for Chinese,
 * Japanese and Korean: there a run may close beside a letter although it
 * stands behind punctuation, so that **강조(설명)**은 closes.
 *
 * `bottoms` remembers for every kind of closer below which opener nothing is
 * worth looking at: that keeps it linear.
 *
 * In this order: what stands beside a run, reading a run, pairing. */
#include "base/utf8.h"
#include "inlines.h"

/* --- what stands beside a run ------------------------------------------- */

/* One side of a run: what its nearest character (sequence) counts as. */
struct side {
    bool space, punctuation, cjk;
    bool selector;              /* an ideographic variation selector */
};

static bool is_selector(uint32_t rune) { return rune >= 0xFE00 && rune <= 0xFE0E; }

/* Quotes that U+FE01 makes full-width. */
static bool is_wide_quote(uint32_t rune)
{
    return rune == 0x2018 || rune == 0x2019 || rune == 0x201C || rune == 0x201D;
}

static struct side side_of(uint32_t rune)
{
    if (rune >= 0xAC00 && rune <= 0xD7A3) return (struct side){.cjk = true};
    bool space = rune_is_space(rune) && rune != 0xFEFF && rune != 0x2028 && rune != 0x2029;
    return (struct side){.space = space, .punctuation = rune_is_punctuation(rune),
                         .cjk = rune >= 0x80 && rune_is_cjk(rune),
                         .selector = rune >= 0xE0100 && rune <= 0xE01EF};
}

/* The end of the text counts as a space. */
static struct side side_before(str text, ptrdiff_t at)
{
    if (at == 0) return (struct side){.space = true};
    uint32_t rune = utf8_before(text, &at);
    if (!is_selector(rune) || at == 0) return side_of(rune);
    uint32_t base = utf8_before(text, &at);
    struct side side = side_of(base);
    if (rune == 0xFE01 && is_wide_quote(base)) side.cjk = true;
    return side;
}

static struct side side_after(str text, ptrdiff_t at)
{
    if (at >= text.len) return (struct side){.space = true};
    return side_of(utf8_next(text, &at));
}

struct flanks { bool left, right; };

static struct flanks flanks_of(struct side before, struct side after, bool cjk)
{
    bool punctuation_before = before.punctuation && !(cjk && before.cjk);
    bool punctuation_after = after.punctuation && !(cjk && after.cjk);
    bool opens_behind = before.space || before.punctuation || (cjk && (before.cjk || before.selector));
    bool closes_before = after.space || after.punctuation || (cjk && after.cjk);
    return (struct flanks){
        .left = !after.space && (!punctuation_after || opens_behind),
        .right = !before.space && (!punctuation_before || closes_before),
    };
}

/* --- reading a run ------------------------------------------------------ */

static void push(struct inline_parser *parser, struct delimiter delimiter)
{
    struct delimiter *new = ARENA_NEW(parser->arena, struct delimiter);
    *new = delimiter;
    new->previous = parser->delimiters;
    if (new->previous) new->previous->next = new;
    parser->delimiters = new;
}

/* Whether runs of this length mean anything. */
static bool is_length_used(const struct inline_parser *parser, char c, ptrdiff_t length)
{
    if (c == '=') return length == 2;
    if (c != '~') return true;
    return length == 2 || (length == 1 && (parser->features & FEATURE_STRIKE_SINGLE));
}

/* Straight quotes that pair with nothing: ' is an apostrophe, " opens. */
static str lone_quote(char c, bool opens)
{
    if (c == '\'') return S("\xE2\x80\x99");
    return opens ? S("\xE2\x80\x9C") : S("\xE2\x80\x9D");
}

void emphasis_run(struct inline_parser *parser)
{
    str text = parser->text;
    ptrdiff_t start = parser->at, end = start;
    char c = text.p[start];
    bool quote = c == '\'' || c == '"';
    do end++;
    while (!quote && end < text.len && text.p[end] == c);
    parser->at = end;

    struct side before = side_before(text, start), after = side_after(text, end);
    struct flanks flanks = flanks_of(before, after, (parser->features & FEATURE_CJK) != 0);
    struct delimiter run = {.at = start, .length = end - start, .c = c};
    run.can_open = flanks.left;
    run.can_close = flanks.right;
    if (c == '_') {
        run.can_open = flanks.left && (!flanks.right || before.punctuation);
        run.can_close = flanks.right && (!flanks.left || after.punctuation);
    } else if (quote) {
        char behind = start > 0 ? text.p[start - 1] : ' ';
        run.can_open = flanks.left && !(flanks.right && c == '\'') && behind != ']' && behind != ')';
        if (c == '"') run.can_open = flanks.left && (!flanks.right || before.punctuation);
    }
    if (!is_length_used(parser, c, run.length) || !(run.can_open || run.can_close)) {
        inline_add_text(parser, quote ? lone_quote(c, run.can_open) : str_slice(text, start, end));
        return;
    }
    run.node = inline_add(parser, NODE_TEXT);
    run.node->text = quote ? lone_quote(c, run.can_open) : str_slice(text, start, end);
    push(parser, run);
}

/* --- pairing ------------------------------------------------------------ */

static void drop(struct inline_parser *parser, struct delimiter *delimiter)
{
    if (delimiter->next) delimiter->next->previous = delimiter->previous;
    else parser->delimiters = delimiter->previous;
    if (delimiter->previous) delimiter->previous->next = delimiter->next;
}

/* Rule of three: runs that can do both do not pair when their sum is a
 * multiple of 3, unless both are. */
static bool pairs(const struct delimiter *opener, const struct delimiter *closer)
{
    if (!opener->can_open || opener->c != closer->c) return false;
    if (closer->c == '~' || closer->c == '=') return opener->length == closer->length;
    if (closer->c == '\'' || closer->c == '"') return true;
    if (!closer->can_open && !opener->can_close) return true;
    return (opener->length + closer->length) % 3 != 0 || closer->length % 3 == 0;
}

/* The row of `bottoms` of a closer: what decides which openers it may have. */
enum { BOTTOM_STAR = 0, BOTTOM_UNDERSCORE = 6, BOTTOM_TILDE = 12, BOTTOM_MARK = 14, BOTTOM_QUOTE = 15, BOTTOMS = 17 };

static int bottom_of(const struct delimiter *closer)
{
    int rule = (closer->can_open ? 3 : 0) + (int)(closer->length % 3);
    switch (closer->c) {
    case '*': return BOTTOM_STAR + rule;
    case '_': return BOTTOM_UNDERSCORE + rule;
    case '~': return BOTTOM_TILDE + (closer->length == 2);
    case '=': return BOTTOM_MARK;
    case '\'': return BOTTOM_QUOTE;
    default: return BOTTOM_QUOTE + 1;
    }
}

static enum node_kind kind_of(char c, ptrdiff_t used)
{
    if (c == '~') return NODE_STRIKE;
    if (c == '=') return NODE_MARK;
    return used == 2 ? NODE_STRONG : NODE_EMPH;
}

/* Puts what stands between the two runs into a new node; gives the closer to go on with. */
static struct delimiter *wrap(struct inline_parser *parser, struct delimiter *opener,
                              struct delimiter *closer)
{
    struct node *from = opener->node, *to = closer->node;
    ptrdiff_t used = closer->c == '~' || closer->c == '=' ? opener->length
                     : from->text.len >= 2 && to->text.len >= 2 ? 2 : 1;
    for (struct delimiter *between = closer->previous; between != opener; between = between->previous)
        drop(parser, between);

    struct node *node = tree_new(parser->arena, kind_of(closer->c, used));
    for (struct node *child = from->next, *next; child != to; child = next) {
        next = child->next;
        tree_unlink(child);
        tree_append(node, child);
    }
    tree_insert_after(from, node);
    from->text.len -= used;
    to->text = str_from(to->text, used);
    struct delimiter *go_on = closer;
    if (from->text.len == 0) {
        tree_unlink(from);
        drop(parser, opener);
    }
    if (to->text.len == 0) {
        tree_unlink(to);
        go_on = closer->next;
        drop(parser, closer);
    }
    return go_on;
}

static struct delimiter *pair_quotes(struct inline_parser *parser, struct delimiter *opener,
                                     struct delimiter *closer)
{
    bool single = closer->c == '\'';
    struct delimiter *next = closer->next;
    closer->node->text = single ? S("\xE2\x80\x99") : S("\xE2\x80\x9D");
    if (opener) opener->node->text = single ? S("\xE2\x80\x98") : S("\xE2\x80\x9C");
    if (opener) drop(parser, opener);
    if (opener || !closer->can_open) drop(parser, closer);
    return next;
}

static struct delimiter *find_opener(struct delimiter *closer, struct delimiter *bottom,
                                     ptrdiff_t known)
{
    for (struct delimiter *opener = closer->previous;
         opener && opener != bottom && opener->at >= known; opener = opener->previous)
        if (pairs(opener, closer)) return opener;
    return NULL;
}

void emphasis_pair(struct inline_parser *parser, struct delimiter *bottom)
{
    ptrdiff_t bottoms[BOTTOMS] = {0};
    struct delimiter *closer = parser->delimiters;
    if (closer == bottom) return;
    while (closer && closer->previous != bottom) closer = closer->previous;

    while (closer) {
        if (!closer->can_close) {
            closer = closer->next;
            continue;
        }
        int row = bottom_of(closer);
        struct delimiter *opener = find_opener(closer, bottom, bottoms[row]);
        if (!opener) bottoms[row] = closer->at;
        if (closer->c == '\'' || closer->c == '"') {
            closer = pair_quotes(parser, opener, closer);
        } else if (opener) {
            closer = wrap(parser, opener, closer);
        } else {
            struct delimiter *next = closer->next;
            if (!closer->can_open) drop(parser, closer);
            closer = next;
        }
    }
    parser->delimiters = bottom;
    if (bottom) bottom->next = NULL;
}
