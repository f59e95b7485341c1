/* markup.c - a body from text to struct content: the order of things.
 *
 * Profiles are sets of features; what the features mean is said in document.h.
 * Read render_markdown to know the folder. */
#include "markup/markup.h"

#include "attribute_lists.h"
#include "blocks.h"
#include "html_write.h"
#include "kramdown_blocks.h"
#include "kramdown_lists.h"
#include "links.h"
#include "passes.h"
#include "raw_html.h"
#include "sanitize.h"

static const struct profile {
    enum markup_profile profile;
    unsigned features;
} profiles[] = {
    {MARKUP_COMMONMARK, 0},
    {MARKUP_GFM, FEATURE_SPEC_029},
    {MARKUP_HUGI, FEATURE_TABLES | FEATURE_FOOTNOTES | FEATURE_STRIKE | FEATURE_BARE_LINKS | FEATURE_BARE_ENDS |
                  FEATURE_TASKS | FEATURE_CJK | FEATURE_ATTRIBUTES | FEATURE_LOOSE_PATHS | FEATURE_MARKS |
                  FEATURE_WIKI | FEATURE_MATH | FEATURE_EMOJI | FEATURE_HUGI},
};

static const struct extension {
    str name;
    unsigned features;
} extensions[] = {
    {STR_INIT("table"), FEATURE_TABLES},
    {STR_INIT("strikethrough"), FEATURE_STRIKE | FEATURE_STRIKE_SINGLE},
    {STR_INIT("autolink"), FEATURE_BARE_LINKS},
    {STR_INIT("tagfilter"), FEATURE_TAGFILTER},
    {STR_INIT("tasklist"), FEATURE_TASKS},
    {STR_INIT("footnotes"), FEATURE_FOOTNOTES},
    {STR_INIT("none"), 0},
};

static const struct extension *find_extension(str name)
{
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (str_equal(str_trim(name), extensions[i].name)) return &extensions[i];
    return NULL;
}

/* Of a list "table,tasklist"; unknown names mean nothing here. */
static unsigned features_of_list(str list)
{
    unsigned features = 0;
    for (str rest = list, name; str_split(&rest, ',', &name);) {
        const struct extension *extension = find_extension(name);
        if (extension) features |= extension->features;
    }
    return features;
}

str markup_unknown_extension(str list)
{
    for (str rest = list, name; str_split(&rest, ',', &name);)
        if (!find_extension(name)) return str_trim(name);
    return (str){0};
}

static unsigned features_of(const struct markup_options *options)
{
    unsigned features = 0;
    str list = options->extensions;
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
        if (profiles[i].profile == options->profile) features = profiles[i].features;
    if (options->profile == MARKUP_GFM && str_empty(list))
        list = S("table,strikethrough,autolink,tagfilter,tasklist");
    features |= features_of_list(list);
    if (options->cjk) features |= FEATURE_CJK;
    if (options->smart) features |= FEATURE_SMART;
    return features;
}

/* --- passes ------------------------------------------------------------------ */

/* The box of a task goes before its text, once that is parsed. */
static void add_checkboxes(struct document *document)
{
    for (struct node *item = document->root; item; item = tree_next_block(item, document->root)) {
        if (item->kind != NODE_ITEM || !item->fenced || !item->first) continue;
        struct node *paragraph = item->first, *box = tree_new(document->scratch, NODE_CHECKBOX);
        struct node *blank = tree_new(document->scratch, NODE_TEXT);
        box->checked = item->checked;
        blank->text = S(" ");
        struct node *first = paragraph->first;
        if (first) tree_insert_before(first, box);
        else tree_append(paragraph, box);
        tree_insert_after(box, blank);
    }
}

/* What a shortcode gave as HTML stands aside under this mark (expand/). */
static bool is_stash(const struct node *node) { return str_starts(str_trim(node->text), S("<hugi-stash n=\"")); }

/* Raw HTML as text: html: escape. */
static void escape_html(struct document *document)
{
    for (struct walk w = walk_start(document->root); walk_next(&w);) {
        if (!w.enter || is_stash(w.node)) continue;
        if (w.node->kind == NODE_HTML) w.node->kind = NODE_TEXT;
        if (w.node->kind != NODE_HTML_BLOCK) continue;
        struct node *text = tree_new(document->scratch, NODE_TEXT);
        text->text = str_trim(w.node->text);
        w.node->kind = NODE_PARAGRAPH;
        tree_append(w.node, text);
        walk_skip(&w);
    }
}

static bool render_strict(struct document *document)
{
    if (!blocks_parse(document)) return false;
    if (document->features & FEATURE_TASKS) dialect_tasks(document);
    inlines_parse(document);
    if (document->features & FEATURE_TASKS) add_checkboxes(document);
    footnotes_number(document);
    return true;
}

/* What all formats of the dialect have in common, once there is a tree. */
static void finish_dialect(struct document *document)
{
    footnotes_number(document);
    if (document->options->html == HTML_ESCAPE) escape_html(document);
    headings_collect(document);
    links_resolve(document);
    content_measure(document);
    if (!document->options->plain) figures_make(document);
}

/* Runs a pass over the body and every footnote. */
static void run_pass(struct document *document, void (*pass)(struct document *document, struct node *root))
{
    pass(document, document->root);
    for (ptrdiff_t i = 0; i < document->footnotes.count; i++) pass(document, document->footnotes.entries[i].value);
}

static bool render_markdown(struct document *document)
{
    document->has_braces = str_find_char(document->text, '{') >= 0;
    if (!blocks_parse(document)) return false;
    run_pass(document, kramdown_lists);
    run_pass(document, attribute_lists_define);
    run_pass(document, attribute_lists_of_blocks);
    run_pass(document, dialect_blocks);
    inlines_parse(document);
    run_pass(document, attribute_lists_of_spans);
    run_pass(document, kramdown_abbreviations);
    add_checkboxes(document);
    finish_dialect(document);
    return true;
}

static void render_text(struct document *document)
{
    document->features = FEATURE_BARE_LINKS | FEATURE_BARE_ENDS | FEATURE_TEXT_ONLY;
    text_format_parse(document);
    finish_dialect(document);
}

static void render_html(struct document *document)
{
    struct node *block = tree_new(document->scratch, NODE_HTML_BLOCK);
    document->root = tree_new(document->scratch, NODE_DOCUMENT);
    block->text = document->text;
    block->line = 1;
    tree_append(document->root, block);
    finish_dialect(document);
}

static bool render_format(struct document *document)
{
    if (document->options->profile != MARKUP_HUGI) return render_strict(document);
    switch (document->input->format) {
    case FORMAT_TEXT: render_text(document); return true;
    case FORMAT_HTML: render_html(document); return true;
    case FORMAT_MARKDOWN: break;
    }
    return render_markdown(document);
}

/* --- the entry points ----------------------------------------------------------- */

void markup_start(void) { blocks_start(); }

/* Files are repaired when they are read; what comes from elsewhere may have CRs. */
static str repair_newlines(struct arena *arena, str text)
{
    if (str_find_char(text, '\r') < 0) return text;
    return str_replace(arena, str_replace(arena, text, S("\r\n"), S("\n")), S("\r"), S("\n"));
}

bool markup_render(const struct markup_options *options, const struct markup_input *input,
                   struct arena *arena, struct arena *scratch, struct diags *diags, struct content *out)
{
    *out = (struct content){0};
    struct document document = {.options = options, .input = input, .arena = arena, .scratch = scratch,
                                .diags = diags, .out = out, .features = features_of(options),
                                .text = repair_newlines(scratch, input->text)};
    if (!render_format(&document) || document.failed) return false;
    struct buf html = buf_in(arena);
    buf_reserve(&html, document.text.len + document.text.len / 2 + 64);
    html_write_document(&document, &html);
    out->html = buf_finish(&html);
    if (options->profile == MARKUP_HUGI && options->html == HTML_SANITIZE)
        out->html = sanitize_html(arena, out->html);
    return true;
}

str markup_fragment(str text, bool inline_, struct arena *arena)
{
    struct markup_options options = {.profile = MARKUP_HUGI, .plain = true};
    struct markup_input input = {.text = text};
    struct arena scratch = {0};
    struct diags diags = diags_in(&scratch);
    struct content content;
    bool done = markup_render(&options, &input, arena, &scratch, &diags, &content);
    str html = done ? content.html : (str){0};
    bool single = str_starts(html, S("<p>")) && str_ends(html, S("</p>\n")) &&
                  !str_contains(str_from(html, 3), S("<p>"));
    arena_free(&scratch);
    return inline_ && single ? str_slice(html, 3, html.len - 5) : html;
}
