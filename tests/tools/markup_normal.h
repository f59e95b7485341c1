/* markup_normal.h - evening out HTML before two are compared: for markup_suite.c only. */
#ifndef HUGI_TESTS_MARKUP_NORMAL_H
#define HUGI_TESTS_MARKUP_NORMAL_H

#include "base/buf.h"
#include "base/escape.h"

/* Void tags lose their slash, rouge's wrappers and spans go, curly quotes are
 * straight, blanks between tags go, entities are decoded, names are in lower
 * case, attributes quoted and sorted. */

/* One attribute at tag.p[i]: as name="value"; *name is its name. */
static inline ptrdiff_t normal_attribute(struct arena *arena, str tag, ptrdiff_t i, str *name, str *out)
{
    ptrdiff_t start = i;
    while (i < tag.len && tag.p[i] != '=' && tag.p[i] != '>' && !char_is_space(tag.p[i])) i++;
    *name = str_lower_ascii(arena, str_slice(tag, start, i));
    str text = {0};
    if (i < tag.len && tag.p[i] == '=') {
        char quote = ++i < tag.len ? tag.p[i] : '\0';
        bool quoted = quote == '"' || quote == '\'';
        start = i += quoted;
        while (i < tag.len && (quoted ? tag.p[i] != quote : !char_is_space(tag.p[i]) && tag.p[i] != '>')) i++;
        text = str_replace(arena, html_decode(arena, str_slice(tag, start, i)), S("\n"), S(" "));
        i += quoted;
    }
    *out = str_format(arena, "%" STR_F "=\"%" STR_F "\"", STR_A(*name), STR_A(text));
    return i;
}

/* Attributes of `tag` by name, simple and slow. */
static inline str normal_tag(struct arena *arena, str tag)
{
    str names[32], parts[32];
    ptrdiff_t count = 0, i = 1;
    while (i < tag.len && !char_is_space(tag.p[i]) && tag.p[i] != '>') i++;
    struct buf out = buf_in(arena);
    buf_add(&out, str_lower_ascii(arena, str_slice(tag, 0, i)));
    while (i < tag.len && tag.p[i] != '>' && count < 32) {
        if (char_is_space(tag.p[i]) || tag.p[i] == '/') {
            i++;
            continue;
        }
        str name, part;
        i = normal_attribute(arena, tag, i, &name, &part);
        ptrdiff_t at = count++;
        for (; at > 0 && str_compare(name, names[at - 1]) < 0; at--) names[at] = names[at - 1], parts[at] = parts[at - 1];
        names[at] = name;
        parts[at] = part;
    }
    for (ptrdiff_t j = 0; j < count; j++) {
        buf_char(&out, ' ');
        buf_add(&out, parts[j]);
    }
    buf_char(&out, '>');
    return buf_str(&out);
}

/* kramdown's own suite turns the ids of headings off; roles of footnotes moved
 * to other elements in 2.5.  Takes both out. */
static inline str normal_tag_own(struct arena *arena, str tag)
{
    static const str roles[] = {STR_INIT(" role=\"doc-noteref\""), STR_INIT(" role=\"doc-endnote\"")};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) tag = str_replace(arena, tag, roles[i], S(""));
    bool heading = tag.len > 3 && tag.p[1] == 'h' && char_is_digit(tag.p[2]);
    ptrdiff_t id = heading ? str_find(tag, S(" id=\"")) : -1;
    if (id < 0) return tag;
    ptrdiff_t end = str_find_char(str_from(tag, id + 5), '"');
    return str_concat(arena, str_slice(tag, 0, id), str_from(tag, id + 5 + end + 1));
}

static inline void normal_add_text(struct buf *out, str text)
{
    for (ptrdiff_t i = 0; i < text.len; i++) {
        bool space = char_is_space(text.p[i]);
        if (space && (out->len == 0 || out->p[out->len - 1] == ' ' || out->p[out->len - 1] == '>')) continue;
        buf_char(out, space ? ' ' : text.p[i]);
    }
}

static inline bool normal_is_block(str tag)
{
    static const str names[] = {STR_INIT("p"), STR_INIT("li"), STR_INIT("ul"), STR_INIT("ol"), STR_INIT("div"),
        STR_INIT("pre"), STR_INIT("h1"), STR_INIT("h2"), STR_INIT("h3"), STR_INIT("h4"), STR_INIT("h5"),
        STR_INIT("h6"), STR_INIT("table"), STR_INIT("thead"), STR_INIT("tbody"), STR_INIT("tr"), STR_INIT("td"),
        STR_INIT("th"), STR_INIT("dl"), STR_INIT("dt"), STR_INIT("dd"), STR_INIT("blockquote"), STR_INIT("hr"),
        STR_INIT("br"), STR_INIT("section"), STR_INIT("center"), STR_INIT("tfoot")};
    ptrdiff_t start = tag.len > 1 && tag.p[1] == '/' ? 2 : 1, end = start;
    while (end < tag.len && !char_is_space(tag.p[end]) && tag.p[end] != '>') end++;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal(str_slice(tag, start, end), names[i])) return true;
    return false;
}

static inline str normal_html(struct arena *arena, str html, bool own)
{
    struct buf out = buf_in(arena);
    html = str_replace(arena, html, S(" class=\"highlight\""), S(""));
    html = str_replace(arena, html, S(" class=\"language-plaintext highlighter-rouge\""), S(""));
    html = str_replace(arena, html, S(" highlighter-rouge\""), S("\""));
    ptrdiff_t spans = 0, boxes = 0;
    for (ptrdiff_t i = 0; i < html.len;) {
        ptrdiff_t end = i;
        if (html.p[i] == '<') {
            bool comment = str_starts(str_from(html, i), S("<!--"));
            ptrdiff_t stop = str_find(str_from(html, i), comment ? S("-->") : S(">"));
            end = stop < 0 ? html.len : i + stop + (comment ? 2 : 0);
            str tag = str_slice(html, i, end + 1);
            i = end + 1;
            if (str_starts(tag, S("<span class=\"")) ) { spans++; continue; }
            if (str_equal(tag, S("</span>")) && spans > 0) { spans--; continue; }
            if (str_equal(tag, S("<div>")) || (str_starts(tag, S("<div ")) && str_contains(tag, S("class=\"language-")))) { boxes++; continue; }
            if (str_equal(tag, S("</div>")) && boxes > 0) { boxes--; continue; }
            if (str_starts(tag, S("<code class=\"language-"))) tag = S("<code>");
            if (normal_is_block(tag)) while (out.len > 0 && out.p[out.len - 1] == ' ') out.len--;
            tag = comment ? tag : normal_tag(arena, tag);
            buf_add(&out, own ? normal_tag_own(arena, tag) : tag);
            continue;
        }
        while (end < html.len && html.p[end] != '<') end++;
        str text = html_decode(arena, str_slice(html, i, end));
        static const struct { str from, to; } quotes[] = {
            {STR_INIT("“"), STR_INIT("\"")}, {STR_INIT("”"), STR_INIT("\"")}, {STR_INIT("‘"), STR_INIT("'")},
            {STR_INIT("’"), STR_INIT("'")}, {STR_INIT("…"), STR_INIT("...")}, {STR_INIT("—"), STR_INIT("---")},
            {STR_INIT("–"), STR_INIT("--")}};
        for (size_t q = 0; q < sizeof quotes / sizeof *quotes; q++)
            text = str_replace(arena, text, quotes[q].from, quotes[q].to);
        normal_add_text(&out, text);
        i = end;
    }
    return str_trim(buf_str(&out));
}

#endif
