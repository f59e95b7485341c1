/* inlines.c - the text inside blocks: the main loop.
 *
 * hugi parses inlines itself and not with cmark, because (1) emphasis beside
 * Hangul needs to know what the author typed: behind cmark \*, &ast; and * look
 * the same, (2) cmark's strikethrough and autolink extensions switch a global
 * table on and off and so break parallel parsing, (3) diagnostics want to know
 * where a destination stands, (4) attribute lists, picture paths with blanks
 * and marks are read in the same pass.  The rules are CommonMark 0.31.2's.
 *
 * Plain text between special characters is taken as one slice of the block's
 * text, without a copy.
 *
 * In this order: adding nodes, one function per special character, the loop. */
#include "inlines.h"

#include "attribute_lists.h"
#include "base/utf8.h"
#include "inline_more.h"
#include "raw_html.h"

/* --- adding nodes --------------------------------------------------------- */

struct node *inline_add(struct inline_parser *parser, enum node_kind kind)
{
    struct node *node = tree_new(parser->arena, kind);
    tree_append(parser->block, node);
    parser->plain = NULL;
    return node;
}

void inline_add_text(struct inline_parser *parser, str text)
{
    struct node *plain = parser->plain;
    if (text.len == 0) return;
    if (plain && plain->text.p + plain->text.len == text.p) {
        plain->text.len += text.len;
        return;
    }
    plain = inline_add(parser, NODE_TEXT);
    plain->text = text;
    parser->plain = plain;
}

static void add_here(struct inline_parser *parser, ptrdiff_t len)
{
    inline_add_text(parser, str_slice(parser->text, parser->at, parser->at + len));
    parser->at += len;
}

static char peek(const struct inline_parser *parser, ptrdiff_t ahead)
{
    ptrdiff_t at = parser->at + ahead;
    return at < parser->text.len ? parser->text.p[at] : '\0';
}

/* --- one function per character ------------------------------------------------ */

static void skip_line_start(struct inline_parser *parser)
{
    while (peek(parser, 0) == ' ' || peek(parser, 0) == '\t') parser->at++;
}

static void parse_newline(struct inline_parser *parser)
{
    struct node *plain = parser->plain;
    str text = parser->text;
    bool hard = parser->at >= 2 && text.p[parser->at - 1] == ' ' && text.p[parser->at - 2] == ' ';
    if (plain && plain->text.p + plain->text.len == text.p + parser->at) {
        plain->text = str_trim_right(plain->text);
        if (plain->text.len == 0) tree_unlink(plain);
    }
    parser->at++;
    inline_add(parser, hard ? NODE_HARD_BREAK : NODE_SOFT_BREAK);
    skip_line_start(parser);
}

static void parse_backslash(struct inline_parser *parser)
{
    char next = peek(parser, 1);
    bool kramdown_break = next == '\\' && peek(parser, 2) == '\n' && (parser->features & FEATURE_HUGI);
    if (next == '\n' || kramdown_break) {
        parser->at += kramdown_break;
        parser->at += 2;
        inline_add(parser, NODE_HARD_BREAK);
        skip_line_start(parser);
    } else if (next > ' ' && next < 0x7F && !char_is_alpha(next) && !char_is_digit(next)) {
        parser->at++;
        add_here(parser, 1);
    } else {
        add_here(parser, 1);
    }
}

static void parse_entity(struct inline_parser *parser)
{
    str meaning;
    ptrdiff_t len = scan_entity(parser->arena, parser->text, parser->at, &meaning);
    if (len == 0) {
        add_here(parser, 1);
        return;
    }
    inline_add(parser, NODE_TEXT)->text = meaning;
    parser->at += len;
}

static ptrdiff_t count_ticks(str text, ptrdiff_t at)
{
    ptrdiff_t i = at;
    while (i < text.len && text.p[i] == '`') i++;
    return i - at;
}

/* Where the last run of every length starts, found once per block. */
static void learn_ticks(struct inline_parser *parser)
{
    str text = parser->text;
    memset(parser->ticks_end, 0xFF, sizeof parser->ticks_end);
    for (ptrdiff_t i = parser->at; i < text.len;) {
        const char *tick = memchr(text.p + i, '`', (size_t)(text.len - i));
        if (!tick) break;
        i = tick - text.p;
        ptrdiff_t run = count_ticks(text, i);
        if (run <= 80) parser->ticks_end[run] = i;
        i += run;
    }
    parser->ticks_known = true;
}

static ptrdiff_t find_ticks(struct inline_parser *parser, ptrdiff_t run)
{
    str text = parser->text;
    if (!parser->ticks_known) learn_ticks(parser);
    if (run > 80 || parser->ticks_end[run] <= parser->at) return -1;
    for (ptrdiff_t i = parser->at + run; i < text.len;) {
        if (text.p[i] != '`') {
            i++;
            continue;
        }
        ptrdiff_t len = count_ticks(text, i);
        if (len == run) return i;
        i += len;
    }
    return -1;
}

/* Newlines are blanks; one blank at either end goes when there is one at both. */
static str code_text(struct arena *arena, str code)
{
    bool only_blanks = true, newline = false;
    for (ptrdiff_t i = 0; i < code.len; i++) {
        newline |= code.p[i] == '\n';
        only_blanks &= code.p[i] == ' ' || code.p[i] == '\n';
    }
    if (newline) {
        char *copy = arena_copy(arena, code.p, (size_t)code.len);
        for (ptrdiff_t i = 0; i < code.len; i++)
            if (copy[i] == '\n') copy[i] = ' ';
        code.p = copy;
    }
    bool padded = code.len > 2 && code.p[0] == ' ' && code.p[code.len - 1] == ' ';
    return padded && !only_blanks ? str_slice(code, 1, code.len - 1) : code;
}

static void parse_code(struct inline_parser *parser)
{
    ptrdiff_t run = count_ticks(parser->text, parser->at);
    ptrdiff_t end = find_ticks(parser, run);
    if (end < 0) {
        add_here(parser, run);
        return;
    }
    str code = str_slice(parser->text, parser->at + run, end);
    struct node *node = inline_add(parser, NODE_CODE);
    node->text = code_text(parser->arena, code);
    node->at = (int32_t)parser->at;
    node->at_len = (int32_t)(end + run - parser->at);
    parser->at = end + run;
}

/* --- < -------------------------------------------------------------------------- */

/* From `at` behind the next `end`, or 0; `missing` remembers that there is none. */
static ptrdiff_t scan_to(str text, ptrdiff_t from, ptrdiff_t at, str end, bool *missing)
{
    if (*missing) return 0;
    ptrdiff_t found = str_find(str_from(text, from), end);
    *missing = found < 0;
    return found < 0 ? 0 : from + found + end.len - at;
}

/* 0.29, on which GFM stands, forbids "--" and a leading ">" in comments. */
static ptrdiff_t scan_comment(struct inline_parser *parser)
{
    str text = parser->text;
    ptrdiff_t at = parser->at;
    bool old = (parser->features & FEATURE_SPEC_029) != 0;
    str rest = str_from(text, at + 4);
    if (str_starts(rest, S(">"))) return old ? 0 : 5;
    if (str_starts(rest, S("->"))) return old ? 0 : 6;
    ptrdiff_t len = scan_to(text, at + 4, at, S("-->"), &parser->no_comment_end);
    if (len == 0 || !old) return len;
    str inside = str_slice(text, at + 4, at + len - 3);
    bool bad = str_contains(inside, S("--")) || str_ends(inside, S("-"));
    return bad ? 0 : len;
}

/* <script> and <style> are taken with all that is in them, up to their end tags. */
static ptrdiff_t scan_raw_element(struct inline_parser *parser, ptrdiff_t tag)
{
    ptrdiff_t at = 0;
    str name = raw_html_open_element(str_slice(parser->text, parser->at, parser->at + tag), &at);
    bool *missing = str_equal(name, S("script")) ? &parser->no_script_end : &parser->no_style_end;
    if (name.len == 0 || at > 0 || *missing) return tag;
    ptrdiff_t end = raw_html_element_end(parser->text, parser->at + tag, name);
    *missing = end < 0;
    return end < 0 ? tag : end - parser->at;
}

static ptrdiff_t scan_markup(struct inline_parser *parser)
{
    str text = parser->text, rest = str_from(text, parser->at);
    ptrdiff_t at = parser->at;
    if (str_starts(rest, S("<!--"))) return scan_comment(parser);
    if (str_starts(rest, S("<?"))) return scan_to(text, at + 2, at, S("?>"), &parser->no_instruction_end);
    if (str_starts(rest, S("<![CDATA[")))
        return scan_to(text, at + 9, at, S("]]>"), &parser->no_cdata_end);
    if (str_starts(rest, S("<!")) && char_is_alpha(peek(parser, 2)))
        return scan_to(text, at + 3, at, S(">"), &parser->no_declaration_end);
    ptrdiff_t tag = scan_html_tag(text, at);
    if (tag == 0 || !(parser->features & FEATURE_HUGI)) return tag;
    return scan_raw_element(parser, more_raw_element(parser, tag));
}

static void add_address(struct inline_parser *parser, ptrdiff_t len, bool mail)
{
    str inner = str_slice(parser->text, parser->at + 1, parser->at + len - 1);
    struct node *link = inline_add(parser, NODE_LINK);
    link->url = unescape(parser->arena, inner);
    if (mail) link->url = str_concat(parser->arena, S("mailto:"), link->url);
    link->at = (int32_t)parser->at + 1;
    link->at_len = (int32_t)inner.len;
    struct node *text = tree_new(parser->arena, NODE_TEXT);
    text->text = unescape(parser->arena, inner);
    if (!mail) link->url = inner, text->text = inner;
    tree_append(link, text);
    parser->at += len;
}

static void parse_less(struct inline_parser *parser)
{
    ptrdiff_t len = scan_uri_link(parser->text, parser->at);
    if (len > 0) {
        add_address(parser, len, false);
    } else if ((len = scan_mail_link(parser->text, parser->at)) > 0) {
        add_address(parser, len, true);
    } else if ((len = scan_markup(parser)) > 0) {
        inline_add(parser, NODE_HTML)->text = str_slice(parser->text, parser->at, parser->at + len);
        parser->at += len;
    } else {
        add_here(parser, 1);
    }
}

static void parse_bracket(struct inline_parser *parser)
{
    if (peek(parser, 1) == '^' && bracket_footnote(parser)) return;
    if (peek(parser, 1) == '[' && (parser->features & FEATURE_WIKI) && more_wiki(parser)) return;
    bracket_open(parser, false);
}

static void parse_brace(struct inline_parser *parser)
{
    if (more_extension(parser)) return;
    ptrdiff_t len = attribute_list_length(parser->text, parser->at);
    if (len == 0) {
        add_here(parser, 1);
        return;
    }
    inline_add(parser, NODE_ATTRIBUTES)->text = str_slice(parser->text, parser->at, parser->at + len);
    parser->at += len;
}

/* "![^1]" is a "!" before a footnote's mark, and no picture. */
static bool parse_bang_footnote(struct inline_parser *parser)
{
    str bang = str_slice(parser->text, parser->at, parser->at + 1);
    if (peek(parser, 2) != '^') return false;
    parser->at++;
    if (!bracket_footnote(parser)) {
        parser->at--;
        return false;
    }
    struct node *text = tree_new(parser->arena, NODE_TEXT);
    text->text = bang;
    tree_insert_before(parser->block->last, text);
    return true;
}

/* --- the loop ----------------------------------------------------------------- */

static void parse_special(struct inline_parser *parser, char c)
{
    switch (c) {
    case '\n': parse_newline(parser); return;
    case '\\':
        if (!more_math(parser)) parse_backslash(parser);
        return;
    case '&': parse_entity(parser); return;
    case '`': parse_code(parser); return;
    case '<': parse_less(parser); return;
    case '[': parse_bracket(parser); return;
    case ']': bracket_close(parser); return;
    case '{': parse_brace(parser); return;
    case '*':
    case '_':
    case '~':
    case '=':
    case '\'':
    case '"': emphasis_run(parser); return;
    case '!':
        if (peek(parser, 1) != '[') add_here(parser, 1);
        else if (peek(parser, 2) == '[' && (parser->features & FEATURE_WIKI) && more_embed(parser)) return;
        else if (!parse_bang_footnote(parser)) bracket_open(parser, true);
        return;
    case ':':
        if (bare_link_scheme(parser) || more_emoji(parser)) return;
        break;
    case 'w':
        if (bare_link_www(parser)) return;
        break;
    case '$':
        if (more_math(parser)) return;
        break;
    case '-':
    case '.':
        if (more_smart(parser)) return;
        break;
    default: break;
    }
    add_here(parser, 1);
}

static void set_special(struct inline_parser *parser)
{
    const char *characters = parser->features & FEATURE_TEXT_ONLY ? "" : "\n\\&`<[]*_!";
    for (; *characters; characters++) parser->special[(unsigned char)*characters] = true;
    unsigned has = parser->features;
    parser->special['~'] = (has & (FEATURE_STRIKE | FEATURE_STRIKE_SINGLE)) != 0;
    parser->special['='] = (has & FEATURE_MARKS) != 0;
    parser->special[':'] = (has & (FEATURE_BARE_LINKS | FEATURE_EMOJI)) != 0;
    parser->special['w'] = (has & FEATURE_BARE_LINKS) != 0;
    parser->special['{'] = (has & FEATURE_ATTRIBUTES) != 0;
    parser->special['$'] = (has & FEATURE_MATH) != 0;
    parser->special['"'] = parser->special['\''] = parser->special['-'] = parser->special['.'] =
        (has & FEATURE_SMART) != 0;
}

static struct inline_parser start_parser(struct document *document)
{
    struct inline_parser parser = {.document = document, .arena = document->scratch,
                                   .features = document->features};
    set_special(&parser);
    parser.has_mail = (parser.features & FEATURE_BARE_LINKS) && str_find_char(document->text, '@') >= 0;
    return parser;
}

static void parse_block(struct inline_parser *parser, struct node *block, str text)
{
    parser->block = block;
    parser->text = str_trim(text);
    parser->at = 0;
    parser->plain = NULL;
    parser->delimiters = NULL;
    parser->brackets = NULL;
    parser->links_end = -1;
    parser->ticks_known = false;
    parser->no_comment_end = parser->no_instruction_end = false;
    parser->no_declaration_end = parser->no_cdata_end = false;
    parser->no_script_end = parser->no_style_end = parser->no_extension_end = parser->no_raw_end = false;
    block->text = parser->text;     /* node.at counts in it */
    while (parser->at < parser->text.len) {
        ptrdiff_t i = parser->at;
        while (i < parser->text.len && !parser->special[(unsigned char)parser->text.p[i]]) i++;
        if (i > parser->at) add_here(parser, i - parser->at);
        if (i < parser->text.len) parse_special(parser, parser->text.p[i]);
    }
    emphasis_pair(parser, NULL);
    if (parser->has_mail) bare_links_mail(parser, block);
}

static void parse_below(struct inline_parser *parser, struct node *root)
{
    for (struct node *block = root; block; block = tree_next_block(block, root))
        if (node_holds_inlines(block) && !block->first) parse_block(parser, block, block->text);
}

void inlines_parse(struct document *document)
{
    struct inline_parser parser = start_parser(document);
    parse_below(&parser, document->root);
    for (ptrdiff_t i = 0; i < document->footnotes.count; i++)
        parse_below(&parser, document->footnotes.entries[i].value);
}
