/* bare_links.c - addresses that stand in the text without brackets.
 *
 * The rules are GFM's autolink extension; hugi's dialect ends an address
 * before a Hangul particle (https://a.kr/x를) and before what is no ASCII
 * punctuation (https://a.kr」), but keeps Hangul paths (https://a.kr/경로).
 *
 * In this order: where an address ends, http and www, mail. */
#include "base/utf8.h"
#include "inlines.h"

/* --- where an address ends ---------------------------------------------- */

/* A host's length, 0 when it is none.  The first character is not looked at. */
static ptrdiff_t scan_host(str text, bool needs_dot)
{
    enum { LONGEST = 255 };
    ptrdiff_t dots = 0, last = 0, before_last = 0, i = 1;
    while (i < text.len && i < LONGEST) {
        char c = text.p[i];
        if (c == '_') {
            last++;
        } else if (c == '.') {
            before_last = last;
            last = 0;
            dots++;
        } else if (c != '-') {
            ptrdiff_t next = i;
            uint32_t rune = utf8_next(text, &next);
            if (rune_is_space(rune) || rune_is_punctuation(rune)) break;
            i = next;
            continue;
        }
        i++;
    }
    if (last > 0 || before_last > 0 || (needs_dot && dots == 0)) return 0;
    return i < text.len ? i : text.len;
}

/* &amp; and the like at the end are text. */
static ptrdiff_t cut_entity(str link)
{
    ptrdiff_t i = link.len - 2;
    while (i > 0 && char_is_alpha(link.p[i])) i--;
    return i < link.len - 2 && link.p[i] == '&' ? i : link.len - 1;
}

/* Takes punctuation that belongs to the sentence off the end. */
static str cut_punctuation(str link)
{
    ptrdiff_t open = 0, close = 0;
    for (ptrdiff_t i = 0; i < link.len; i++) {
        if (link.p[i] == '<') link.len = i;
        else if (link.p[i] == '(') open++;
        else if (link.p[i] == ')') close++;
    }
    while (link.len > 0) {
        char last = link.p[link.len - 1];
        if (strchr("?!.,:*_~'\"", last)) {
            link.len--;
        } else if (last == ';') {
            link.len = cut_entity(link);
        } else if (last == ')' && close > open) {
            close--;
            link.len--;
        } else {
            break;
        }
    }
    return link;
}

/* Particles and endings that follow an address in a sentence, as whole runs. */
static const str particles[] = {
    STR_INIT("을"), STR_INIT("를"), STR_INIT("이"), STR_INIT("가"), STR_INIT("은"), STR_INIT("는"),
    STR_INIT("에"), STR_INIT("의"), STR_INIT("와"), STR_INIT("과"), STR_INIT("도"), STR_INIT("로"),
    STR_INIT("으로"), STR_INIT("에서"), STR_INIT("에는"), STR_INIT("에도"), STR_INIT("에서는"),
    STR_INIT("부터"), STR_INIT("까지"), STR_INIT("입니다"), STR_INIT("이다"), STR_INIT("이며"),
    STR_INIT("이고"), STR_INIT("예요"), STR_INIT("이에요"), STR_INIT("라는"), STR_INIT("라고"),
    STR_INIT("이라는"), STR_INIT("이라고"), STR_INIT("처럼"), STR_INIT("보다"), STR_INIT("만"),
};

static bool is_particle(str run)
{
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (str_equal(particles[i], run)) return true;
    return false;
}

static bool is_ascii_word(char c) { return char_is_alpha(c) || char_is_digit(c); }

/* Ends before the first Hangul run that continues an ASCII word (x를), before a
 * particle that ends the address (x/를), and before punctuation that is not ASCII.
 * `host`: bytes of scheme and host, where a name may be all Hangul. */
static str cut_hangul(str link, ptrdiff_t host)
{
    for (ptrdiff_t i = 0; i < link.len;) {
        if ((unsigned char)link.p[i] < 0x80) {
            i++;
            continue;
        }
        ptrdiff_t end = i;
        uint32_t rune = utf8_next(link, &end);
        if (rune_is_punctuation(rune) || rune_is_space(rune)) return str_slice(link, 0, i);
        if (!rune_is_hangul(rune)) {
            i = end;
            continue;
        }
        for (ptrdiff_t next = end; end < link.len && rune_is_hangul(utf8_next(link, &next)); end = next) {}
        bool continues = i > 0 && is_ascii_word(link.p[i - 1]);
        bool tail = end == link.len || !(is_ascii_word(link.p[end]) || strchr("/-_%=&", link.p[end]));
        if ((continues && (tail || i < host)) || (tail && i > host && is_particle(str_slice(link, i, end)))) {
            while (i > host && link.p[i - 1] == '(') i--;       /* "x(가)" */
            return str_slice(link, 0, i);
        }
        i = end;
    }
    return link;
}

static ptrdiff_t scan_to_space(str text, ptrdiff_t at)
{
    while (at < text.len && !char_is_space(text.p[at])) at++;
    return at;
}

static str find_end(struct inline_parser *parser, str rest, ptrdiff_t host)
{
    str link = str_slice(rest, 0, scan_to_space(rest, host));
    if (parser->features & FEATURE_BARE_ENDS) link = cut_hangul(link, host);
    return cut_punctuation(link);
}

/* --- http and www ------------------------------------------------------------ */

static struct node *new_link(struct arena *arena, str url, str shown)
{
    struct node *link = tree_new(arena, NODE_LINK), *text = tree_new(arena, NODE_TEXT);
    link->url = url;
    link->bare = true;
    text->text = shown;
    tree_append(link, text);
    return link;
}

static void add_link(struct inline_parser *parser, str link, ptrdiff_t start, str prefix)
{
    str url = prefix.len ? str_concat(parser->arena, prefix, link) : link;
    struct node *node = new_link(parser->arena, url, link);
    node->at = (int32_t)start;
    node->at_len = (int32_t)link.len;
    tree_append(parser->block, node);
    parser->plain = NULL;
    parser->at = start + link.len;
}

/* A link does not hold links. */
static bool is_in_bracket(const struct inline_parser *parser) { return parser->brackets != NULL; }

bool bare_link_scheme(struct inline_parser *parser)
{
    static const str schemes[] = {STR_INIT("https"), STR_INIT("http"), STR_INIT("ftp")};
    str text = parser->text;
    ptrdiff_t at = parser->at, start = at;
    if (!(parser->features & FEATURE_BARE_LINKS) || !str_starts(str_from(text, at), S("://"))) return false;
    struct node *plain = parser->plain;
    if (!plain || plain->text.p + plain->text.len != text.p + at || is_in_bracket(parser)) return false;
    ptrdiff_t behind = plain->text.len;
    while (behind > 0 && char_is_alpha(text.p[start - 1])) start--, behind--;
    bool known = false;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        known |= str_equal_ascii_case(str_slice(text, start, at), schemes[i]);
    str rest = str_from(text, start);
    ptrdiff_t head = at + 3 - start;
    if (!known || head >= rest.len) return false;
    ptrdiff_t host = scan_host(str_from(rest, head), false);
    if (host == 0) return false;
    str link = find_end(parser, rest, head + host);
    if (link.len <= head) return false;
    plain->text.len -= at - start;
    if (plain->text.len == 0) tree_unlink(plain);
    add_link(parser, link, start, (str){0});
    return true;
}

bool bare_link_www(struct inline_parser *parser)
{
    str text = parser->text, rest = str_from(text, parser->at);
    ptrdiff_t at = parser->at;
    if (!str_starts(rest, S("www.")) || is_in_bracket(parser)) return false;
    if (at > 0 && !strchr("*_~(", text.p[at - 1]) && !char_is_space(text.p[at - 1])) return false;
    ptrdiff_t host = scan_host(rest, true);
    if (host == 0) return false;
    str link = find_end(parser, rest, host);
    if (link.len <= 4) return false;
    add_link(parser, link, at, S("http://"));
    return true;
}

/* --- mail ----------------------------------------------------------------------- */

static bool is_mail_part(char c) { return is_ascii_word(c) || (c != '\0' && strchr(".+-_", c)); }

/* The address around the '@' at text.p[at]; empty when there is none. */
static str find_mail(str text, ptrdiff_t at)
{
    ptrdiff_t start = at, end = at + 1, dots = 0;
    while (start > 0 && is_mail_part(text.p[start - 1])) start--;
    for (; end < text.len; end++) {
        char c = text.p[end];
        if (is_ascii_word(c) || c == '-' || c == '_') continue;
        if (c != '.' || end + 1 >= text.len || !is_ascii_word(text.p[end + 1])) break;
        dots++;
    }
    bool whole = start < at && end > at + 2 && dots > 0 && (end >= text.len || text.p[end] != '@') &&
                 (char_is_alpha(text.p[end - 1]) || text.p[end - 1] == '.');
    return whole ? cut_punctuation(str_slice(text, start, end)) : (str){0};
}

/* Splits `node` around its first address; gives what is behind it. */
static struct node *split_mail(struct arena *arena, struct node *node)
{
    str text = node->text;
    for (ptrdiff_t at = 0; at < text.len; at++) {
        const char *sign = memchr(text.p + at, '@', (size_t)(text.len - at));
        if (!sign) return NULL;
        at = sign - text.p;
        str mail = find_mail(text, at);
        if (mail.len == 0) continue;
        struct node *link = new_link(arena, str_concat(arena, S("mailto:"), mail), mail);
        struct node *behind = tree_new(arena, NODE_TEXT);
        behind->text = str_of(mail.p + mail.len, text.p + text.len - mail.p - mail.len);
        node->text.len = mail.p - text.p;
        tree_insert_after(node, link);
        tree_insert_after(link, behind);
        return behind;
    }
    return NULL;
}

/* Joins texts that stand side by side in the source: left-over _ and * . */
static void join_texts(struct node *node)
{
    while (node->next && node->next->kind == NODE_TEXT &&
           node->text.p + node->text.len == node->next->text.p) {
        node->text.len += node->next->text.len;
        tree_unlink(node->next);
    }
}

void bare_links_mail(struct inline_parser *parser, struct node *block)
{
    if (str_find_char(parser->text, '@') < 0) return;
    for (struct walk w = walk_start(block); walk_next(&w);) {
        if (!w.enter) continue;
        if (w.node->kind == NODE_LINK) {
            walk_skip(&w);
        } else if (w.node->kind == NODE_TEXT) {
            join_texts(w.node);
            struct node *behind = split_mail(parser->arena, w.node);
            while (behind) behind = split_mail(parser->arena, behind);
            walk_skip(&w);
        }
    }
}
