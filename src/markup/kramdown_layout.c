/* kramdown_layout.c - the same HTML with the line breaks and the indentation
 * that kramdown gives it: what templates written for Jekyll compare with.
 * Blocks that hold blocks are walked; all others are copied as they stand. */
#include "base/buf.h"
#include "markup/markup.h"

enum { LAYOUT_DEPTH = 40 };

struct layout {
    struct buf *out;
    str rest;
};

enum layout_kind { LAYOUT_INLINE, LAYOUT_LEAF, LAYOUT_HOLDER, LAYOUT_ROW };

/* HOLDER's children stand apart from each other; a ROW stands close to its siblings. */
static enum layout_kind layout_kind(str name)
{
    static const struct { str name; enum layout_kind kind; } kinds[] = {
        {STR_INIT("ul"), LAYOUT_HOLDER}, {STR_INIT("ol"), LAYOUT_HOLDER}, {STR_INIT("blockquote"), LAYOUT_HOLDER},
        {STR_INIT("table"), LAYOUT_HOLDER}, {STR_INIT("dl"), LAYOUT_HOLDER}, {STR_INIT("li"), LAYOUT_ROW},
        {STR_INIT("thead"), LAYOUT_ROW}, {STR_INIT("tbody"), LAYOUT_ROW}, {STR_INIT("tr"), LAYOUT_ROW},
        {STR_INIT("td"), LAYOUT_ROW}, {STR_INIT("th"), LAYOUT_ROW}, {STR_INIT("dt"), LAYOUT_ROW},
        {STR_INIT("dd"), LAYOUT_ROW}, {STR_INIT("p"), LAYOUT_LEAF}, {STR_INIT("pre"), LAYOUT_LEAF},
        {STR_INIT("h1"), LAYOUT_LEAF}, {STR_INIT("h2"), LAYOUT_LEAF}, {STR_INIT("h3"), LAYOUT_LEAF},
        {STR_INIT("h4"), LAYOUT_LEAF}, {STR_INIT("h5"), LAYOUT_LEAF}, {STR_INIT("h6"), LAYOUT_LEAF},
        {STR_INIT("hr"), LAYOUT_LEAF}, {STR_INIT("div"), LAYOUT_LEAF}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_equal(kinds[i].name, name)) return kinds[i].kind;
    return LAYOUT_INLINE;
}

/* The name of the tag `html` begins with, opening or closing; "" when it is none. */
static str layout_tag(str html, bool closing)
{
    ptrdiff_t at = closing ? 2 : 1, len = 0;
    if (!str_starts(html, closing ? S("</") : S("<"))) return (str){"", 0};
    str name = str_from(html, at);
    while (len < name.len && (char_is_alpha(name.p[len]) || char_is_digit(name.p[len]))) len++;
    return str_slice(name, 0, len);
}

static void layout_indent(struct layout *layout, int depth) { buf_repeat(layout->out, ' ', depth * 2); }

/* Copies bytes; void tags get kramdown's slash. */
static void layout_copy(struct layout *layout, ptrdiff_t len)
{
    for (ptrdiff_t i = 0; i < len; i++) {
        str rest = str_from(layout->rest, i), name = layout_tag(rest, false);
        bool empty = str_equal(name, S("br")) || str_equal(name, S("hr")) || str_equal(name, S("img"));
        ptrdiff_t end = empty ? str_find_char(rest, '>') : -1;
        if (end < 0 || rest.p[end - 1] == '/') {
            buf_char(layout->out, rest.p[0]);
            continue;
        }
        buf_add(layout->out, str_slice(rest, 0, end));
        buf_add(layout->out, S(" />"));
        i += end;
    }
    layout->rest = str_from(layout->rest, len);
}

/* Up to the next tag of a block, or the end. */
static void layout_text(struct layout *layout)
{
    ptrdiff_t len = 0;
    for (; len < layout->rest.len; len++) {
        str rest = str_from(layout->rest, len), open = layout_tag(rest, false), close = layout_tag(rest, true);
        if (layout_kind(open.len ? open : close) != LAYOUT_INLINE) break;
    }
    str text = str_trim_right(str_slice(layout->rest, 0, len)), rest = str_from(layout->rest, len);
    layout_copy(layout, text.len);
    layout->rest = rest;
}

static void layout_block(struct layout *layout, str name, int depth);

static void layout_children(struct layout *layout, int depth)
{
    bool apart = false;
    for (;;) {
        layout->rest = str_trim_left(layout->rest);
        str name = layout_tag(layout->rest, false);
        enum layout_kind kind = layout_kind(name);
        if (!layout->rest.len || layout_kind(layout_tag(layout->rest, true)) != LAYOUT_INLINE) return;
        if (apart && kind != LAYOUT_ROW) buf_char(layout->out, '\n');
        apart = true;
        layout_indent(layout, depth);
        if (kind == LAYOUT_INLINE) layout_text(layout);
        else layout_block(layout, name, depth);
        buf_char(layout->out, '\n');
    }
}

static void layout_block(struct layout *layout, str name, int depth)
{
    char close[16] = "</";
    memcpy(close + 2, name.p, (size_t)name.len);
    memcpy(close + 2 + name.len, ">", 2);
    if (layout_kind(name) == LAYOUT_LEAF || depth > LAYOUT_DEPTH) {
        ptrdiff_t end = str_equal(name, S("hr")) ? str_find_char(layout->rest, '>') + 1
                                                  : str_find(layout->rest, str_c(close)) + name.len + 3;
        layout_copy(layout, end > name.len + 2 ? end : layout->rest.len);
        return;
    }
    layout_copy(layout, str_find_char(layout->rest, '>') + 1);
    str inside = str_trim_left(layout->rest);
    bool block = layout_kind(layout_tag(inside, false)) != LAYOUT_INLINE;
    if (!block) layout_text(layout);
    if (!str_starts(str_trim_left(layout->rest), str_c(close))) {
        buf_char(layout->out, '\n');
        layout_children(layout, depth + 1);
        layout_indent(layout, depth);
    }
    layout->rest = str_trim_left(layout->rest);
    if (str_starts(layout->rest, str_c(close))) layout_copy(layout, name.len + 3);
}

str markup_kramdown_layout(str html, struct arena *arena)
{
    struct buf out = buf_in(arena);
    struct layout layout = {&out, html};
    layout_children(&layout, 0);
    if (layout.rest.len) buf_add(&out, layout.rest);
    if (!out.len) buf_char(&out, '\n');
    return buf_str(&out);
}
