/* kramdown_blocks.c - kramdown's blocks that cmark reads as paragraphs: tables
 * without a header, or with several bodies or a foot, and abbreviations. */
#include "kramdown_blocks.h"

#include <stdlib.h>

/* --- tables ------------------------------------------------------------------ */

static bool is_rule_line(str line)
{
    bool dash = false;
    for (ptrdiff_t i = 0; i < line.len; i++) {
        if (!strchr("|-:+= \t", line.p[i])) return false;
        dash |= line.p[i] == '-' || line.p[i] == '=';
    }
    return dash;
}

/* Bars that are no text: not behind a backslash. */
static ptrdiff_t count_bars(str line)
{
    ptrdiff_t bars = 0;
    for (ptrdiff_t i = 0; i < line.len; i++) {
        if (line.p[i] == '\\') i++;
        else bars += line.p[i] == '|';
    }
    return bars;
}

/* kramdown makes a table of any line with a bar in it.  "| x | 는 절댓값" is more
 * often text, so one line must end in a bar, and the first must start with one. */
static bool is_table_text(str text)
{
    ptrdiff_t rows = 0, lines = 0;
    bool closed = false;
    for (str rest = text, line; str_line(&rest, &line); lines++) {
        line = str_trim(line);
        if (line.len == 0) continue;
        if (count_bars(line) == 0 || (lines == 0 && count_bars(line) < 2)) return false;
        closed = line.p[line.len - 1] == '|';
        rows += !is_rule_line(line);
    }
    return rows > 0 && (lines > 1 || closed);
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
    for (struct node *row = table->first; row; row = row->next) {
        str rest = str_from(rule, 1), text;
        for (struct node *cell = row->first; cell && next_cell(&rest, &text); cell = cell->next)
            cell->align = (uint8_t)alignment_of(text);
    }
}

static void add_cell(struct document *document, struct node *row, str text, int line)
{
    struct node *cell = tree_new(document->scratch, NODE_CELL);
    cell->text = str_replace(document->scratch, text, S("\\|"), S("|"));
    cell->line = cell->last_line = line;
    tree_append(row, cell);
}

static ptrdiff_t count_cells(const struct node *row)
{
    ptrdiff_t count = 0;
    for (const struct node *cell = row->first; cell; cell = cell->next) count++;
    return count;
}

/* The body or foot that a row stands in is its `number`. */
static struct node *add_row(struct document *document, struct node *table, str line, int number)
{
    struct node *row = tree_new(document->scratch, NODE_ROW);
    str inside = str_starts(line, S("|")) ? str_from(line, 1) : line;
    if (str_ends(inside, S("|")) && !str_ends(inside, S("\\|"))) inside.len--;
    tree_append(table, row);
    for (str rest = inside, text; next_cell(&rest, &text);) add_cell(document, row, text, number);
    return row;
}

/* Rows that are too short get empty cells. */
static void fill_rows(struct document *document, struct node *table)
{
    ptrdiff_t columns = 0;
    for (struct node *row = table->first; row; row = row->next)
        if (count_cells(row) > columns) columns = count_cells(row);
    for (struct node *row = table->first; row; row = row->next)
        for (ptrdiff_t i = count_cells(row); i < columns && document_may_repeat(document, (ptrdiff_t)sizeof *row); i++)
            add_cell(document, row, (str){0}, table->line);
}

static void mark_header(struct node *table)
{
    for (struct node *row = table->first; row; row = row->next) {
        row->header = true;
        for (struct node *cell = row->first; cell; cell = cell->next) cell->header = true;
    }
}

/* The first rule behind rows makes them a head and says how columns are
 * aligned, a later one starts another body, one of "=" the foot. */
static void read_rows(struct document *document, struct node *table, str text)
{
    str rule = {0};
    int body = 0, number = table->line;
    bool footer = false;
    for (str rest = text, line; str_line(&rest, &line); number++) {
        line = str_trim(line);
        if (line.len == 0) continue;
        if (!is_rule_line(line)) {
            struct node *row = add_row(document, table, line, number);
            row->number = body;
            row->footer = footer;
        } else if (str_find_char(line, '=') >= 0) {
            footer = true;
        } else if (table->first && !footer) {
            if (body++ == 0 && str_trim(rest).len > 0) mark_header(table);
            rule = rule.len > 0 ? rule : line;
        }
    }
    fill_rows(document, table);
    if (rule.len > 0) align_rows(table, rule);
}

static bool make_table(struct document *document, struct node *paragraph)
{
    if (!is_table_text(paragraph->text)) return false;
    struct node *table = tree_new(document->scratch, NODE_TABLE);
    table->line = paragraph->line;
    table->last_line = paragraph->last_line;
    table->attributes = paragraph->attributes;
    read_rows(document, table, paragraph->text);
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

/* --- abbreviations: *[HTML]: HyperText ... ------------------------------------------- */

struct abbreviation {
    str meaning;
    const struct attributes *attributes;
};

static bool read_abbreviation(struct document *document, str line, const struct attributes *attributes)
{
    line = str_trim(line);
    ptrdiff_t end = str_find(line, S("]:"));
    if (!str_starts(line, S("*[")) || end < 3) return false;
    str name = str_slice(line, 2, end);
    struct abbreviation *abbreviation = ARENA_NEW(document->scratch, struct abbreviation);
    *abbreviation = (struct abbreviation){str_trim(str_from(line, end + 2)), attributes};
    map_put(document->scratch, &document->abbreviations, name, abbreviation);
    return true;
}

static bool take_abbreviations(struct document *document, struct node *paragraph)
{
    while (str_starts(paragraph->text, S("*["))) {
        ptrdiff_t end = str_find_char(paragraph->text, '\n');
        str line = end < 0 ? paragraph->text : str_slice(paragraph->text, 0, end);
        bool last = end < 0 || str_trim(str_from(paragraph->text, end)).len == 0;
        if (!read_abbreviation(document, line, last ? paragraph->attributes : NULL)) return false;
        paragraph->text = end < 0 ? (str){0} : str_from(paragraph->text, end + 1);
        paragraph->line++;
    }
    if (paragraph->text.len > 0) return false;
    tree_unlink(paragraph);
    return true;
}

/* --- tables that cmark made: rows of rules part bodies, as above ---------------------- */

/* "----" or "====" in a cell and nothing else in its row: '-' or '=', else '\0'. */
static char rule_of_row(const struct node *row)
{
    char found = '\0';
    for (const struct node *cell = row->first; cell; cell = cell->next) {
        str text = str_trim(cell->text);
        char c = text.len > 2 ? text.p[text.len / 2] : '\0';
        if (text.len == 0) continue;
        if (c != '-' && c != '=') return '\0';
        for (ptrdiff_t i = 0; i < text.len; i++)
            if (text.p[i] != c && (text.p[i] != ':' || (i > 0 && i + 1 < text.len))) return '\0';
        found = c;
    }
    return found;
}

void kramdown_table(struct node *table)
{
    int body = 0;
    bool footer = false;
    for (struct node *row = table->first, *next; row; row = next) {
        next = row->next;
        char rule = row->header ? '\0' : rule_of_row(row);
        row->number = body;
        row->footer = footer;
        if (!rule) continue;
        footer |= rule == '=';
        body += !footer;
        tree_unlink(row);
    }
}

bool kramdown_paragraph(struct document *document, struct node *paragraph)
{
    if (paragraph->text.len == 0) return false;
    switch (paragraph->text.p[0]) {
    case '|': return drop_edge(paragraph) || make_table(document, paragraph);
    case '*': return take_abbreviations(document, paragraph);
    default: return false;
    }
}

/* --- abbreviations in the text ---------------------------------------------------------------- */

static bool is_word(char c) { return char_is_alpha(c) || char_is_digit(c) || c == '_'; }

/* The abbreviation at text.p[at], or "": the longest. */
static str abbreviation_at(struct document *document, str text, ptrdiff_t at)
{
    const struct abbreviation_index *index = document->abbreviation_index;
    for (ptrdiff_t i = 0; i < index->count; i++) {
        str name = str_slice(text, at, at + index->lengths[i]);
        bool ends = name.len == index->lengths[i] && (at + name.len >= text.len || !is_word(text.p[at + name.len]));
        if (ends && map_get(&document->abbreviations, name)) return name;
    }
    return (str){0};
}

/* The first abbreviation in `text` that stands as a word; its place, or -1.  A Hangul
 * particle may follow it. */
static ptrdiff_t find_abbreviation(struct document *document, str text, str *name)
{
    const struct abbreviation_index *index = document->abbreviation_index;
    for (ptrdiff_t at = 0; at < text.len; at++) {
        if (!index->starts[(unsigned char)text.p[at]] || (at > 0 && is_word(text.p[at - 1]))) continue;
        *name = abbreviation_at(document, text, at);
        if (name->len > 0) return at;
    }
    return -1;
}

static int compare_lengths(const void *a, const void *b)
{
    ptrdiff_t left = *(const ptrdiff_t *)a, right = *(const ptrdiff_t *)b;
    return (left < right) - (left > right);
}

/* Made once, so that a text costs no more for every name that is not in it. */
static void index_abbreviations(struct document *document)
{
    struct abbreviation_index *index = ARENA_NEW(document->scratch, struct abbreviation_index);
    ptrdiff_t count = document->abbreviations.count, *lengths = ARENA_NEWS(document->scratch, ptrdiff_t, count);
    for (ptrdiff_t i = 0; i < count; i++) {
        str name = document->abbreviations.entries[i].key;
        index->starts[(unsigned char)name.p[0]] = true;
        lengths[i] = name.len;
    }
    qsort(lengths, (size_t)count, sizeof *lengths, compare_lengths);
    for (ptrdiff_t i = 0; i < count; i++)
        if (i == 0 || lengths[i] != lengths[i - 1]) lengths[index->count++] = lengths[i];
    index->lengths = lengths;
    document->abbreviation_index = index;
}

static void split_text(struct document *document, struct node *node)
{
    str name;
    for (;;) {
        ptrdiff_t at = find_abbreviation(document, node->text, &name);
        if (at < 0) return;
        struct node *abbr = tree_new(document->scratch, NODE_ABBR), *inside = tree_new(document->scratch, NODE_TEXT);
        struct node *behind = tree_new(document->scratch, NODE_TEXT);
        const struct abbreviation *found = map_get(&document->abbreviations, name);
        if (found->meaning.len > 0 && document_may_repeat(document, found->meaning.len))
            attributes_set(document->scratch, &abbr->attributes, S("title"), found->meaning);
        attributes_merge(document->scratch, &abbr->attributes, found->attributes);
        inside->text = name;
        behind->text = str_from(node->text, at + name.len);
        node->text = str_slice(node->text, 0, at);
        tree_append(abbr, inside);
        tree_insert_after(node, abbr);
        tree_insert_after(abbr, behind);
        node = behind;
    }
}

void kramdown_abbreviations(struct document *document, struct node *root)
{
    if (document->abbreviations.count == 0) return;
    if (!document->abbreviation_index) index_abbreviations(document);
    for (struct walk w = walk_start(root); walk_next(&w);) {
        if (!w.enter) continue;
        if (w.node->kind == NODE_ABBR || w.node->kind == NODE_IMAGE) walk_skip(&w);
        else if (w.node->kind == NODE_TEXT) split_text(document, w.node);
    }
}
