/* inline_more.c - marks of hugi's dialect: wiki links, math, emoji, dashes.
 *
 * Math is kept apart from Markdown, not typeset: its text must not become
 * emphasis.  A single $ is only math when it cannot be money: no blank inside
 * the dollars, no digit behind the second ("$5와 $10"). */
#include "inline_more.h"

#include "attribute_lists.h"
#include "base/path.h"
#include "emoji.h"
#include "raw_html.h"

static char peek(const struct inline_parser *parser, ptrdiff_t ahead)
{
    ptrdiff_t at = parser->at + ahead;
    return at >= 0 && at < parser->text.len ? parser->text.p[at] : '\0';
}

/* Where `end` stands on the same line behind `from`, without a '[' before it, or -1. */
static ptrdiff_t find_on_line(str text, ptrdiff_t from, str end)
{
    for (ptrdiff_t i = from; i + end.len <= text.len && text.p[i] != '\n' && text.p[i] != '['; i++)
        if (memcmp(text.p + i, end.p, (size_t)end.len) == 0) return i;
    return -1;
}

/* --- [[page|text]] ---------------------------------------------------------- */

/* "page#a heading": the heading's id stands in the address. */
static str heading_address(struct arena *arena, str page, ptrdiff_t hash)
{
    str id = markup_heading_id(arena, str_from(page, hash + 1));
    return str_concat3(arena, str_trim(str_slice(page, 0, hash)), S("#"), id);
}

/* As Obsidian shows it: "page > a heading". */
static str heading_name(struct arena *arena, str page, ptrdiff_t hash)
{
    str heading = str_trim(str_from(page, hash + 1)), name = str_trim(str_slice(page, 0, hash));
    return name.len > 0 ? str_concat3(arena, name, S(" > "), heading) : heading;
}

bool more_wiki(struct inline_parser *parser)
{
    str text = parser->text;
    ptrdiff_t start = parser->at + 2, end = find_on_line(text, start, S("]]"));
    if (end <= start) return false;
    str page = str_slice(text, start, end), shown = page;
    char next = end + 2 < text.len ? text.p[end + 2] : '\0';
    if (next == '(' || next == '[' || next == ']') return false;
    ptrdiff_t bar = str_find_char(page, '|');
    if (bar >= 0) {
        shown = str_trim(str_from(page, bar + 1));
        page = str_slice(page, 0, bar);
    }
    page = str_trim(page);
    if (page.len == 0 || str_trim(shown).len == 0) return false;
    struct node *link = inline_add(parser, NODE_LINK), *label = tree_new(parser->arena, NODE_TEXT);
    link->wiki = true;
    ptrdiff_t hash = str_find_char(page, '#');
    link->url = hash < 0 ? page : heading_address(parser->arena, page, hash);
    if (hash >= 0 && bar < 0) shown = heading_name(parser->arena, page, hash);
    link->at = (int32_t)(page.p - text.p);
    link->at_len = (int32_t)page.len;
    label->text = shown;
    tree_append(link, label);
    parser->at = end + 2;
    return true;
}

static bool is_picture_name(str path)
{
    static const str extensions[] = {STR_INIT("png"), STR_INIT("jpg"), STR_INIT("jpeg"), STR_INIT("gif"), STR_INIT("webp"),
                                     STR_INIT("svg"), STR_INIT("avif"), STR_INIT("heic"), STR_INIT("bmp")};
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (str_equal_ascii_case(path_extension(path), extensions[i])) return true;
    return false;
}

/* "300" or "300x200" behind the bar is a size, and all else the alternative text. */
static void embed_options(struct arena *arena, struct node *image, str options)
{
    ptrdiff_t x = str_find_char(options, 'x');
    str width = x < 0 ? options : str_slice(options, 0, x), height = x < 0 ? (str){0} : str_from(options, x + 1);
    int64_t number;
    if (str_to_int(width, &number) && (x < 0 || str_to_int(height, &number))) {
        attributes_set(arena, &image->attributes, S("width"), width);
        if (x >= 0) attributes_set(arena, &image->attributes, S("height"), height);
    } else if (options.len > 0) {
        struct node *label = tree_new(arena, NODE_TEXT);
        label->text = options;
        tree_append(image, label);
    }
}

bool more_embed(struct inline_parser *parser)
{
    str text = parser->text;
    ptrdiff_t start = parser->at + 3, end = find_on_line(text, start, S("]]"));
    if (end <= start) return false;
    str path = str_slice(text, start, end), options = {0};
    ptrdiff_t bar = str_find_char(path, '|');
    if (bar >= 0) {
        options = str_trim(str_from(path, bar + 1));
        path = str_slice(path, 0, bar);
    }
    path = str_trim(path);
    if (!is_picture_name(path)) return false;
    struct node *image = inline_add(parser, NODE_IMAGE);
    image->url = path;
    image->at = (int32_t)(path.p - text.p);
    image->at_len = (int32_t)path.len;
    embed_options(parser->arena, image, options);
    parser->at = end + 2;
    return true;
}

/* --- math ------------------------------------------------------------------- */

static void add_math(struct inline_parser *parser, ptrdiff_t start, ptrdiff_t end, ptrdiff_t close, bool display)
{
    struct node *math = inline_add(parser, NODE_MATH);
    math->text = str_trim(str_slice(parser->text, start, end));
    math->display = display;
    parser->at = end + close;
}

/* What no price holds: "$5-$10" may be one, "$2^n$" is none. */
static bool is_tex(str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (strchr("\\^_=", text.p[i])) return true;
    return false;
}

bool math_is_meant(str text)
{
    bool sign = false, word = false, letter = false;
    if (is_tex(text)) return true;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.p[i] >= 0x80) return false;
        bool alpha = char_is_alpha(text.p[i]);
        word = word || (alpha && i > 0 && char_is_alpha(text.p[i - 1]));
        letter = letter || alpha;
        sign = sign || !(alpha || char_is_digit(text.p[i]) || strchr(" \n.,:;!?'-", text.p[i]));
    }
    return sign || (letter && !word);
}

/* Between two marks of two characters. */
static bool add_marked_math(struct inline_parser *parser, str close, bool display)
{
    ptrdiff_t start = parser->at + 2, len = str_find(str_slice(parser->text, start, start + 300), close);
    if (len <= 0 || (close.p[0] == '\\' && !math_is_meant(str_slice(parser->text, start, start + len)))) return false;
    add_math(parser, start, start + len, close.len, display);
    return true;
}

/* The dollar that closes the one before `start`, on its line and in ASCII, or -1. */
static ptrdiff_t closing_dollar(str text, ptrdiff_t start)
{
    for (ptrdiff_t i = start; i < text.len && i - start < 400; i++) {
        if (text.p[i] == '$') return i;
        if (text.p[i] == '\n' || (unsigned char)text.p[i] >= 0x80) return -1;
        if (text.p[i] == '\\') i++;
    }
    return -1;
}

static bool add_dollar_math(struct inline_parser *parser)
{
    str text = parser->text;
    ptrdiff_t start = parser->at + 1, end = closing_dollar(text, start);
    if (end <= start || char_is_space(text.p[start]) || char_is_space(text.p[end - 1])) return false;
    if (text.p[start] == '{') return false;     /* ${name} of a shell */
    char before = peek(parser, -1), behind = end + 1 < text.len ? text.p[end + 1] : ' ';
    if (char_is_digit(before) || char_is_alpha(before) || char_is_digit(behind) || char_is_alpha(behind)) return false;
    if (char_is_digit(text.p[start]) && !is_tex(str_slice(text, start, end))) return false;
    add_math(parser, start, end, 1, false);
    return true;
}

bool more_math(struct inline_parser *parser)
{
    if (!(parser->features & FEATURE_MATH)) return false;
    char c = peek(parser, 0), next = peek(parser, 1);
    if (c == '$') return next == '$' ? add_marked_math(parser, S("$$"), false) : add_dollar_math(parser);
    if (c == '\\' && next == '(') return add_marked_math(parser, S("\\)"), false);
    if (c == '\\' && next == '[') return add_marked_math(parser, S("\\]"), true);
    return false;
}

/* --- :tada: ------------------------------------------------------------------- */

bool more_emoji(struct inline_parser *parser)
{
    enum { LONGEST = 40 };
    str text = parser->text;
    if (!(parser->features & FEATURE_EMOJI)) return false;
    ptrdiff_t i = parser->at + 1;
    for (; i < text.len && i - parser->at < LONGEST; i++)
        if (!char_is_alpha(text.p[i]) && !char_is_digit(text.p[i]) && !strchr("_+-", text.p[i])) break;
    if (i >= text.len || text.p[i] != ':' || i == parser->at + 1) return false;
    str sign = emoji_find(str_slice(text, parser->at + 1, i));
    if (sign.len == 0) return false;
    inline_add(parser, NODE_TEXT)->text = sign;
    parser->at = i + 1;
    return true;
}

/* --- kramdown's {::name} and markdown="0" ------------------------------------------- */

/* The next {:/} or {:/name} behind `from`: where it starts and its length. */
static ptrdiff_t find_extension_end(str text, ptrdiff_t from, str name, ptrdiff_t *len)
{
    for (ptrdiff_t at = from, found; (found = str_find(str_from(text, at), S("{:/"))) >= 0; at += found + 3) {
        str rest = str_from(text, at + found + 3);
        if (str_starts(rest, name)) rest = str_from(rest, name.len);
        if (!str_starts(rest, S("}"))) continue;
        *len = rest.p + 1 - (text.p + at + found);
        return at + found;
    }
    return -1;
}

bool more_extension(struct inline_parser *parser)
{
    str text = parser->text, start = str_from(text, parser->at), name = S("comment");
    ptrdiff_t len = attribute_list_length(text, parser->at), end_len = 0;
    if (len == 0 || !(parser->features & FEATURE_HUGI) || !str_starts(start, S("{::"))) return false;
    start = str_slice(start, 0, len);
    if (str_starts(start, S("{::nomarkdown"))) name = S("nomarkdown");
    else if (!str_starts(start, S("{::comment")) && !str_starts(start, S("{::options"))) return false;
    if (str_ends(start, S("/}"))) {
        parser->at += len;
        parser->plain = NULL;
        return true;
    }
    if (str_starts(start, S("{::options")) || parser->no_extension_end) return false;
    ptrdiff_t end = find_extension_end(text, parser->at + len, name, &end_len);
    parser->no_extension_end = end < 0;
    if (end < 0) return false;
    str inside = str_slice(text, parser->at + len, end);
    if (name.len == 7) inside = str_concat3(parser->arena, S("<!-- "), inside, S(" -->"));
    inline_add(parser, NODE_HTML)->text = inside;
    parser->at = end + end_len;
    return true;
}

ptrdiff_t more_raw_element(struct inline_parser *parser, ptrdiff_t len)
{
    struct raw_tag tag;
    if (parser->no_raw_end || !str_contains(str_slice(parser->text, parser->at, parser->at + len), S("markdown"))) return len;
    if (!raw_tag_read(parser->arena, parser->text, parser->at, &tag) || tag.closing) return len;
    const struct raw_attribute *markdown = raw_tag_find(&tag, S("markdown"));
    if (!markdown || !str_equal(markdown->text, S("0"))) return len;
    ptrdiff_t end = raw_html_matching_end(parser->text, parser->at + len, tag.name);
    parser->no_raw_end = end < 0;
    return end < 0 ? len : end - parser->at;
}

/* --- ... -- --- ------------------------------------------------------------------ */

/* Hyphens become dashes as cmark's smart punctuation does: all em when they
 * divide by three, all en when by two, else em dashes and one or two en. */
static void add_dashes(struct inline_parser *parser, ptrdiff_t count)
{
    ptrdiff_t en = count % 3 == 0 ? 0 : count % 2 == 0 ? count / 2 : count % 3 == 2 ? 1 : 2;
    ptrdiff_t em = (count - 2 * en) / 3;
    struct buf out = buf_in(parser->arena);
    for (ptrdiff_t i = 0; i < em; i++) buf_rune(&out, 0x2014);
    for (ptrdiff_t i = 0; i < en; i++) buf_rune(&out, 0x2013);
    inline_add(parser, NODE_TEXT)->text = buf_str(&out);
    parser->at += count;
}

bool more_smart(struct inline_parser *parser)
{
    if (peek(parser, 0) == '.') {
        if (peek(parser, 1) != '.' || peek(parser, 2) != '.') return false;
        inline_add(parser, NODE_TEXT)->text = S("\xE2\x80\xA6");
        parser->at += 3;
        return true;
    }
    ptrdiff_t count = 0;
    while (peek(parser, count) == '-') count++;
    if (count < 2) return false;
    add_dashes(parser, count);
    return true;
}
