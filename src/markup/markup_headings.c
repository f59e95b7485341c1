/* markup_headings.c - ids as GitHub gives them, unique; demotion; the list for the TOC.
 *
 * GitHub and kramdown's GFM parser agree: lower case, everything but letters,
 * marks, decimal digits, '_', '-' and blanks goes, every blank becomes '-', a
 * second equal id gets "-1".  Where classic kramdown differs (it strips what
 * stands before the first letter) GitHub wins. */
#include "base/escape.h"
#include "base/utf8.h"
#include "html_write.h"
#include "passes.h"
#include "raw_html.h"

/* Numbers that are no decimal digits (½ ² ① ❶ ㉠ and others) are not kept. */
static bool is_other_number(uint32_t rune)
{
    static const struct { uint32_t first, last; } ranges[] = {
        {0xB2, 0xB3},     {0xB9, 0xB9},     {0xBC, 0xBE},     {0x2070, 0x2079}, {0x2080, 0x2089},
        {0x2150, 0x215F}, {0x2189, 0x2189}, {0x2460, 0x249B}, {0x24EA, 0x24FF}, {0x2776, 0x2793},
        {0x3192, 0x3195}, {0x3220, 0x3229}, {0x3248, 0x324F}, {0x3251, 0x325F}, {0x3280, 0x3289},
        {0x32B1, 0x32BF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (rune >= ranges[i].first && rune <= ranges[i].last) return true;
    return false;
}

static bool is_id_rune(uint32_t rune)
{
    if (rune < 0x80 || (rune >= 0xAC00 && rune <= 0xD7A3)) return rune == '_' || rune == '-' || rune_is_letter_or_digit(rune);
    if (rune == 0x203F || rune == 0x2040 || rune == 0xFF3F) return true;
    if (rune >= 0x24B6 && rune <= 0x24E9) return true;      /* Ⓐ counts as a letter */
    if (rune == 0x200D) return false;
    return (rune_is_letter_or_digit(rune) && !is_other_number(rune)) || rune_is_mark(rune);
}

str markup_heading_id(struct arena *arena, str text)
{
    struct buf out = buf_in(arena);
    str lower = utf8_lower(arena, str_trim(text));
    for (ptrdiff_t at = 0; at < lower.len;) {
        uint32_t rune = utf8_next(lower, &at);
        if (rune == ' ' || rune == '\t') buf_char(&out, '-');
        else if (is_id_rune(rune)) buf_rune(&out, rune);
    }
    return buf_str(&out);
}

/* --- unique ------------------------------------------------------------------ */

static void note_id(struct document *document, str id)
{
    map_put(document->scratch, &document->ids, id, document);
    ARENA_PUSH(document->arena, document->out->ids.items, document->out->ids.count,
               document->out->ids.capacity) = id;
}

/* ids maps a taken id to itself, or to how often it was asked for. */
struct id_count { ptrdiff_t next; };

static str unique_id(struct document *document, struct map *counts, str id)
{
    if (id.len == 0) id = S("section");
    struct id_count *count = map_get(counts, id);
    if (!count) {
        count = ARENA_NEW(document->scratch, struct id_count);
        map_put(document->scratch, counts, id, count);
    }
    for (;; count->next++) {
        str tried = count->next == 0 ? str_copy(document->arena, id)
                                     : str_format(document->arena, "%" STR_F "-%td", STR_A(id), count->next);
        if (map_get(&document->ids, tried)) continue;
        count->next++;
        return tried;
    }
}

static void note_given(struct document *document, str id)
{
    if (id.len > 0 && !map_get(&document->ids, id)) note_id(document, str_copy(document->arena, id));
}

/* Ids in the author's HTML. */
static void collect_raw(struct document *document, str html)
{
    struct raw_tag tag;
    if (!str_contains(html, S("id=")) && !str_contains(html, S("ID="))) return;
    for (ptrdiff_t at = 0; raw_html_next_tag(document->scratch, html, &at, &tag);) {
        const struct raw_attribute *id = tag.closing ? NULL : raw_tag_find(&tag, S("id"));
        if (id) note_given(document, html_decode(document->scratch, id->text));
    }
}

/* Ids that the author gave come first: generated ones make way.  They stand in {lists} and <tags>. */
static void collect_given(struct document *document)
{
    const struct node *root = document->root;
    bool tags = str_find_char(document->text, '<') >= 0;
    if (!document->has_braces && !tags) return;
    for (const struct node *node = root; node; node = tree_next(node, root)) {
        const struct attribute *id = attributes_find(node->attributes, S("id"));
        if (id) note_given(document, id->value);
        bool raw = node->kind == NODE_HTML || node->kind == NODE_HTML_BLOCK || node->kind == NODE_BOX;
        if (raw && tags) collect_raw(document, node->text);
    }
}

static void give_id(struct document *document, struct map *counts, struct node *heading, str text)
{
    struct attribute *given = attributes_find(heading->attributes, S("id"));
    if (given) {
        heading->label = given->value;
        return;
    }
    heading->label = unique_id(document, counts, markup_heading_id(document->scratch, text));
    note_id(document, heading->label);
    /* The id stands first among the attributes. */
    struct attributes *others = heading->attributes;
    heading->attributes = NULL;
    attributes_set(document->scratch, &heading->attributes, S("id"), heading->label);
    attributes_merge(document->scratch, &heading->attributes, others);
}

static bool is_left_out(const struct node *heading)
{
    const struct attribute *class = attributes_find(heading->attributes, S("class"));
    if (!class) return false;
    for (str rest = class->value, part; str_split(&rest, ' ', &part);)
        if (str_equal(part, S("no_toc"))) return true;
    return false;
}

/* --- demotion ----------------------------------------------------------------- */

/* The levels of the headings that a heading stands under, as the author wrote them. */
struct outline { int levels[6], depth; };

/* The page has the h1; its body's outline starts at h2 and skips no level: a
 * post that begins with ## or goes from # to ### reads right to a screen reader. */
static int outline_level(struct outline *outline, int level)
{
    while (outline->depth > 0 && outline->levels[outline->depth - 1] >= level) outline->depth--;
    outline->levels[outline->depth++] = level;
    return outline->depth < 5 ? outline->depth + 1 : 6;
}

static void add_heading(struct document *document, struct heading heading)
{
    struct content *out = document->out;
    ARENA_PUSH(document->arena, out->headings, out->heading_count, out->heading_capacity) = heading;
}

/* --- headings of the author's HTML ----------------------------------------------- */

static int raw_level(str name)
{
    bool heading = name.len == 2 && char_lower(name.p[0]) == 'h' && name.p[1] >= '1' && name.p[1] <= '6';
    return heading ? name.p[1] - '0' : 0;
}

/* Notes the heading whose tag starts at `at`; gives the tag, with an id when it had none. */
static str add_raw_heading(struct document *document, struct map *counts, const struct raw_tag *tag, str inside)
{
    struct arena *arena = document->arena;
    const struct raw_attribute *given = raw_tag_find(tag, S("id"));
    str text = html_text(arena, inside), id = given ? str_copy(arena, html_decode(arena, given->text)) : (str){0};
    struct attributes *attributes = NULL;
    struct buf html = buf_in(arena);
    int level = raw_level(tag->name);
    if (text.len == 0) return tag->all;
    if (id.len == 0) {
        id = unique_id(document, counts, markup_heading_id(document->scratch, text));
        note_id(document, id);
        attributes_set(document->scratch, &attributes, S("id"), id);
    }
    if (level == 1 && document->options->demote && !document->options->plain) level = 2;
    html_text_escape(&html, text);
    add_heading(document, (struct heading){.level = level, .id = id, .html = buf_str(&html), .text = text, .in_toc = true});
    return raw_html_with_attributes(document->scratch, tag->all, attributes);
}

static void collect_raw_headings(struct document *document, struct map *counts, struct node *block)
{
    str html = block->text;
    struct raw_tag tag;
    struct buf out = buf_in(document->scratch);
    ptrdiff_t done = 0;
    if (!str_contains(html, S("</h")) && !str_contains(html, S("</H"))) return;
    for (ptrdiff_t at = 0; raw_html_next_tag(document->scratch, html, &at, &tag);) {
        if (tag.closing || raw_level(tag.name) == 0) continue;
        ptrdiff_t end = raw_html_matching_end(html, at, tag.name);
        if (end < 0) break;
        buf_add(&out, str_slice(html, done, tag.all.p - html.p));
        buf_add(&out, add_raw_heading(document, counts, &tag, str_slice(html, at, end)));
        done = at;
    }
    if (done == 0) return;
    buf_add(&out, str_from(html, done));
    block->text = buf_str(&out);
}

void headings_collect(struct document *document)
{
    struct map counts = {0};
    struct outline outline = {0};
    collect_given(document);
    for (struct node *node = document->root; node; node = tree_next_block(node, document->root)) {
        if (node->kind == NODE_HTML_BLOCK) collect_raw_headings(document, &counts, node);
        if (node->kind != NODE_HEADING) continue;
        str text = tree_text(document->arena, node);
        give_id(document, &counts, node, text);
        if (document->options->demote && !document->options->plain)
            node->level = (uint8_t)outline_level(&outline, node->level);
        add_heading(document, (struct heading){.level = node->level, .id = str_copy(document->arena, node->label),
                                               .html = html_of_heading(document, node), .text = str_trim(text),
                                               .in_toc = !is_left_out(node)});
    }
}
