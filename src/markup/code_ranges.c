/* code_ranges.c - where a Markdown body holds code, for the step that runs Liquid.
 *
 * The ranges come from the parser that will render the body, so that the two
 * cannot disagree; a body without "{{" and "{%" costs one look. */
#include <stdlib.h>

#include "document.h"
#include "inlines.h"

struct ranges {
    struct document *document;
    struct arena *arena;
    struct markup_range *items;
    ptrdiff_t count, capacity;
};

static void add(struct ranges *ranges, ptrdiff_t start, ptrdiff_t end)
{
    if (end <= start) return;
    ARENA_PUSH(ranges->arena, ranges->items, ranges->count, ranges->capacity) =
        (struct markup_range){start, end};
}

/* Whole source lines. */
static void add_lines(struct ranges *ranges, const struct node *node)
{
    str first = document_line(ranges->document, node->line);
    str last = document_line(ranges->document, node->last_line);
    const char *text = ranges->document->text.p;
    if (first.p && last.p) add(ranges, first.p - text, last.p + last.len - text);
}

/* <pre>, <code>, <script> and <style> of an HTML block: their whole elements. */
static void add_html(struct ranges *ranges, const struct node *node)
{
    static const str names[] = {STR_INIT("<pre"), STR_INIT("<code"), STR_INIT("<script"), STR_INIT("<style")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (ptrdiff_t at = 0; at + names[i].len < node->text.len; at++)
            if (str_equal_ascii_case(str_slice(node->text, at, at + names[i].len), names[i])) {
                add_lines(ranges, node);
                return;
            }
}

static void add_span(struct ranges *ranges, const struct node *block, const struct node *code)
{
    str text = str_slice(block->text, code->at, code->at + code->at_len);
    span start = place_in_block(ranges->document, block, code->at, code->at_len);
    if (str_find_char(text, '\n') < 0) {
        add(ranges, start.start, (ptrdiff_t)start.start + start.len);
        return;
    }
    span end = place_in_block(ranges->document, block, code->at + code->at_len - 1, 1);
    add(ranges, start.start, (ptrdiff_t)end.start + 1);
}

static void collect(struct ranges *ranges, struct node *root)
{
    const struct node *block = root;
    for (struct walk w = walk_start(root); walk_next(&w);) {
        if (!w.enter) continue;
        if (node_is_block(w.node)) block = w.node;
        if (w.node->kind == NODE_CODE_BLOCK) add_lines(ranges, w.node);
        if (w.node->kind == NODE_HTML_BLOCK) add_html(ranges, w.node);
        if (w.node->kind == NODE_CODE) add_span(ranges, block, w.node);
    }
}

static int compare(const void *a, const void *b)
{
    const struct markup_range *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* In order, without overlaps. */
static void tidy(struct ranges *ranges)
{
    if (ranges->count == 0) return;
    qsort(ranges->items, (size_t)ranges->count, sizeof *ranges->items, compare);
    ptrdiff_t kept = 0;
    for (ptrdiff_t i = 1; i < ranges->count; i++) {
        struct markup_range *last = &ranges->items[kept];
        if (ranges->items[i].start > last->end) ranges->items[++kept] = ranges->items[i];
        else if (ranges->items[i].end > last->end) last->end = ranges->items[i].end;
    }
    ranges->count = kept + 1;
}

ptrdiff_t markup_code_ranges(str text, struct arena *arena, struct markup_range **out)
{
    *out = NULL;
    if (!str_contains(text, S("{{")) && !str_contains(text, S("{%"))) return 0;
    struct arena scratch = {0};
    struct markup_options options = {.profile = MARKUP_HUGI};
    struct markup_input input = {.text = text};
    struct content content = {0};
    struct document document = {.options = &options, .input = &input, .arena = &scratch,
                                .scratch = &scratch, .out = &content, .text = text,
                                .features = FEATURE_TABLES | FEATURE_FOOTNOTES | FEATURE_HUGI};
    struct ranges ranges = {.document = &document, .arena = arena};
    if (blocks_parse(&document)) {
        inlines_parse(&document);
        collect(&ranges, document.root);
        for (ptrdiff_t i = 0; i < document.footnotes.count; i++)
            collect(&ranges, document.footnotes.entries[i].value);
        tidy(&ranges);
    }
    arena_free(&scratch);
    *out = ranges.items;
    return ranges.count;
}
