/* kramdown_blocks.c - kramdown's blocks that cmark reads as paragraphs or HTML:
 * tables without a header, {::comment}, {::nomarkdown}, abbreviations, HTML
 * elements with Markdown inside, and HTML of span level alone on a line. */
#include "kramdown_blocks.h"

#include "raw_html.h"

/* --- tables: every line starts with a bar ---------------------------------- */

static bool is_rule_line(str line)
{
    bool dash = false;
    for (ptrdiff_t i = 0; i < line.len; i++) {
        if (!strchr("|-:+= \t", line.p[i])) return false;
        dash |= line.p[i] == '-' || line.p[i] == '=';
    }
    return dash;
}

static bool is_table_text(str text)
{
    ptrdiff_t rows = 0;
    for (str rest = text, line; str_line(&rest, &line);) {
        line = str_trim(line);
        if (line.len == 0) continue;
        if (line.p[0] != '|' || line.len < 3 || line.p[line.len - 1] != '|') return false;
        rows += !is_rule_line(line);
    }
    return rows > 0;
}

/* The next cell: up to a bar that is not escaped and not in code. */
static bool next_cell(str *rest, str *cell)
{
    bool code = false;
    if (rest->len == 0) return false;
    for (ptrdiff_t i = 0; i < rest->len; i++) {
        if (rest->p[i] == '\\') i++;
        else if (rest->p[i] == '`') code = !code && str_find_char(str_from(*rest, i + 1), '`') >= 0;
        else if (rest->p[i] == '|' && !code) {
            *cell = str_trim(str_slice(*rest, 0, i));
            *rest = str_from(*rest, i + 1);
            return true;
        }
    }
    *cell = str_trim(*rest);
    *rest = (str){0};
    return true;
}

static enum alignment alignment_of(str rule)
{
    bool left = str_starts(rule, S(":")), right = str_ends(rule, S(":"));
    return left && right ? ALIGN_CENTER : left ? ALIGN_LEFT : right ? ALIGN_RIGHT : ALIGN_NONE;
}

static void align_rows(struct node *table, str rule)
{
    ptrdiff_t column = 0;
    for (str rest = str_from(rule, 1), cell; next_cell(&rest, &cell); column++)
        for (struct node *row = table->first; row; row = row->next) {
            struct node *at = row->first;
            for (ptrdiff_t i = 0; at && i < column; i++) at = at->next;
            if (at) at->align = (uint8_t)alignment_of(cell);
        }
}

static void add_row(struct document *document, struct node *table, str line, int number)
{
    struct node *row = tree_new(document->scratch, NODE_ROW);
    tree_append(table, row);
    for (str rest = str_slice(line, 1, line.len - 1), text; next_cell(&rest, &text);) {
        struct node *cell = tree_new(document->scratch, NODE_CELL);
        cell->text = str_replace(document->scratch, text, S("\\|"), S("|"));
        cell->line = cell->last_line = number;
        tree_append(row, cell);
    }
}

static void mark_header(struct node *table)
{
    for (struct node *row = table->first; row; row = row->next) {
        row->header = true;
        for (struct node *cell = row->first; cell; cell = cell->next) cell->header = true;
    }
}

static bool make_table(struct document *document, struct node *paragraph)
{
    if (!str_starts(paragraph->text, S("|")) || !is_table_text(paragraph->text)) return false;
    struct node *table = tree_new(document->scratch, NODE_TABLE);
    str rule = {0};
    bool header = false;
    int number = paragraph->line;
    for (str rest = paragraph->text, line; str_line(&rest, &line); number++) {
        line = str_trim(line);
        if (line.len == 0) continue;
        if (!is_rule_line(line)) {
            add_row(document, table, line, number);
        } else {
            rule = rule.len ? rule : line;
            if (table->first && !header && str_trim(rest).len > 0) mark_header(table), header = true;
        }
    }
    if (rule.len > 0) align_rows(table, rule);
    table->line = paragraph->line;
    table->attributes = paragraph->attributes;
    tree_insert_before(paragraph, table);
    tree_unlink(paragraph);
    return true;
}

/* "|---|" right before a table is its upper edge. */
static bool drop_edge(struct node *paragraph)
{
    str text = str_trim(paragraph->text);
    bool edge = text.len > 2 && text.p[0] == '|' && is_rule_line(text) && str_find_char(text, '\n') < 0;
    if (!edge || !paragraph->next || paragraph->next->kind != NODE_TABLE) return false;
    tree_unlink(paragraph);
    return true;
}

/* --- {::comment} and {::nomarkdown} ------------------------------------------------ */

/* Where the end mark of extension `name` stands in a block's text, or -1. */
static ptrdiff_t find_end(str text, str name)
{
    ptrdiff_t at = str_find(text, S("{:/"));
    if (at < 0) return -1;
    str rest = str_from(text, at + 3);
    return str_starts(rest, S("}")) || str_starts(rest, name) ? at : -1;
}

/* Takes all blocks up to the one with the end mark out; their source lines. */
static bool take_extension(struct document *document, struct node *first, str name, str *lines)
{
    struct node *last = first;
    while (last && find_end(last->text, name) < 0) last = last->next;
    if (!last) return false;
    str start = document_line(document, first->line + 1), end = document_line(document, last->last_line);
    *lines = start.p && end.p && start.p < end.p ? str_of(start.p, end.p - start.p) : (str){0};
    while (first->next && first != last) {
        struct node *next = first->next;
        bool done = next == last;
        tree_unlink(next);
        if (done) break;
    }
    return true;
}

static bool make_extension(struct document *document, struct node *paragraph)
{
    str text = str_trim(paragraph->text), lines;
    if (str_starts(text, S("{::options")) && str_ends(text, S("/}"))) {
        tree_unlink(paragraph);
        return true;
    }
    bool comment = str_starts(text, S("{::comment}")), raw = str_starts(text, S("{::nomarkdown}"));
    if (!comment && !raw) return false;
    if (!take_extension(document, paragraph, comment ? S("comment") : S("nomarkdown"), &lines)) return false;
    if (comment) {
        tree_unlink(paragraph);
        return true;
    }
    paragraph->kind = NODE_HTML_BLOCK;
    paragraph->text = lines;
    return true;
}

/* --- abbreviations: *[HTML]: HyperText ... ------------------------------------------- */

static bool read_abbreviation(struct document *document, str line)
{
    line = str_trim(line);
    ptrdiff_t end = str_find(line, S("]:"));
    if (!str_starts(line, S("*[")) || end < 3) return false;
    str name = str_slice(line, 2, end);
    str *meaning = ARENA_NEW(document->scratch, str);
    *meaning = str_trim(str_from(line, end + 2));
    if (!map_put(document->scratch, &document->abbreviations, name, meaning))
        ARENA_PUSH(document->scratch, document->abbreviation_names.items, document->abbreviation_names.count,
                   document->abbreviation_names.capacity) = name;
    return true;
}

static bool take_abbreviations(struct document *document, struct node *paragraph)
{
    while (str_starts(paragraph->text, S("*["))) {
        ptrdiff_t end = str_find_char(paragraph->text, '\n');
        str line = end < 0 ? paragraph->text : str_slice(paragraph->text, 0, end);
        if (!read_abbreviation(document, line)) return false;
        paragraph->text = end < 0 ? (str){0} : str_from(paragraph->text, end + 1);
        paragraph->line++;
    }
    if (paragraph->text.len > 0) return false;
    tree_unlink(paragraph);
    return true;
}

/* --- HTML -------------------------------------------------------------------------------- */

static bool is_span_tag(str name)
{
    static const str names[] = {STR_INIT("br"), STR_INIT("img"), STR_INIT("a"), STR_INIT("span"), STR_INIT("b"),
                                STR_INIT("i"), STR_INIT("em"), STR_INIT("strong"), STR_INIT("font"),
                                STR_INIT("u"), STR_INIT("s"), STR_INIT("sub"), STR_INIT("sup"),
                                STR_INIT("small"), STR_INIT("kbd"), STR_INIT("mark"), STR_INIT("code")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_ascii_case(name, names[i])) return true;
    return false;
}

/* The tag without its markdown="1". */
static str tag_without(struct arena *arena, const struct raw_tag *tag, const struct raw_attribute *attribute)
{
    const char *start = attribute->name.p, *end = attribute->text.p + attribute->text.len;
    const char *all = tag->all.p;
    if (*end == '"' || *end == '\'') end++;
    while (start > all && char_is_space(start[-1])) start--;
    return str_concat(arena, str_of(all, start - all), str_of(end, all + tag->all.len - end));
}

static struct document inner_document(struct document *document, str text)
{
    struct document inner = *document;
    inner.text = str_concat(document->scratch, text, S("\n"));
    inner.root = NULL;
    inner.lines = NULL;
    inner.line_count = 0;
    return inner;
}

/* <div markdown="1"> ... </div>: the inside is parsed as blocks of its own. */
static void make_box(struct document *document, struct node *block, const struct raw_tag *tag,
                     const struct raw_attribute *attribute)
{
    str text = block->text;
    ptrdiff_t open = tag->all.p + tag->all.len - text.p;
    str close = str_concat3(document->scratch, S("</"), tag->name, S(">"));
    str trimmed = str_trim_right(text);
    bool closed = str_ends(trimmed, close);
    str inside = closed ? str_slice(trimmed, open, trimmed.len - close.len) : str_from(text, open);
    struct document inner = inner_document(document, inside);
    if (!blocks_parse(&inner)) return;
    block->kind = NODE_BOX;
    block->text = tag_without(document->scratch, tag, attribute);
    block->title = closed ? close : (str){0};
    for (struct walk w = walk_start(inner.root); walk_next(&w);)
        if (w.enter && w.node->line > 0) w.node->line += block->line - 1, w.node->last_line += block->line - 1;
    tree_move_children(inner.root, block);
}

void kramdown_html(struct document *document, struct node *block)
{
    struct raw_tag tag;
    str text = block->text;
    ptrdiff_t at = str_find_char(text, '<');
    if (at < 0 || str_trim(str_slice(text, 0, at)).len > 0) return;
    if (!raw_tag_read(document->scratch, text, at, &tag) || tag.closing) return;
    const struct raw_attribute *markdown = raw_tag_find(&tag, S("markdown"));
    if (markdown && markdown->has_value && !str_equal(markdown->text, S("0"))) {
        make_box(document, block, &tag, markdown);
    } else if (is_span_tag(tag.name)) {
        block->kind = NODE_PARAGRAPH;
        block->tight = false;
    }
}

bool kramdown_paragraph(struct document *document, struct node *paragraph)
{
    if (paragraph->text.len == 0) return false;
    switch (paragraph->text.p[0]) {
    case '|': return drop_edge(paragraph) || make_table(document, paragraph);
    case '{': return make_extension(document, paragraph);
    case '*': return take_abbreviations(document, paragraph);
    default: return false;
    }
}

/* --- abbreviations in the text ---------------------------------------------------------------- */

static bool is_word(char c) { return char_is_alpha(c) || char_is_digit(c) || c == '_'; }

/* The first abbreviation in `text` that stands as a word; its place, or -1.  A
 * Hangul particle may follow it. */
static ptrdiff_t find_abbreviation(struct document *document, str text, str *name)
{
    ptrdiff_t best = -1;
    for (ptrdiff_t i = 0; i < document->abbreviation_names.count; i++) {
        str wanted = document->abbreviation_names.items[i];
        ptrdiff_t at = str_find(text, wanted);
        if (at < 0 || (best >= 0 && at >= best)) continue;
        bool starts = at == 0 || !is_word(text.p[at - 1]);
        bool ends = at + wanted.len >= text.len || !is_word(text.p[at + wanted.len]);
        if (!starts || !ends) continue;
        best = at;
        *name = wanted;
    }
    return best;
}

static void split_text(struct document *document, struct node *node)
{
    str name;
    for (;;) {
        ptrdiff_t at = find_abbreviation(document, node->text, &name);
        if (at < 0) return;
        struct node *abbr = tree_new(document->scratch, NODE_ABBR), *inside = tree_new(document->scratch, NODE_TEXT);
        struct node *behind = tree_new(document->scratch, NODE_TEXT);
        const str *meaning = map_get(&document->abbreviations, name);
        if (meaning->len > 0) attributes_set(document->scratch, &abbr->attributes, S("title"), *meaning);
        inside->text = name;
        behind->text = str_from(node->text, at + name.len);
        node->text = str_slice(node->text, 0, at);
        tree_append(abbr, inside);
        tree_insert_after(node, abbr);
        tree_insert_after(abbr, behind);
        node = behind;
    }
}

void kramdown_abbreviations(struct document *document)
{
    if (document->abbreviation_names.count == 0) return;
    for (struct walk w = walk_start(document->root); walk_next(&w);) {
        if (!w.enter) continue;
        if (w.node->kind == NODE_ABBR || w.node->kind == NODE_IMAGE) walk_skip(&w);
        else if (w.node->kind == NODE_TEXT) split_text(document, w.node);
    }
}
