/* figures.c - pictures that stand alone become figures, several a gallery.
 *
 * A paragraph of nothing but pictures (each may be a link) becomes one figure
 * per picture.  Its caption is the italic line under it, else the title, else
 * the alt text where that reads like a sentence and not like a file name or a
 * repeat.  Figures that follow each other directly become one gallery. */
#include "base/utf8.h"
#include "html_write.h"
#include "passes.h"

/* --- what is a caption -------------------------------------------------------- */

static bool has_hangul(str text)
{
    for (ptrdiff_t at = 0; at < text.len;)
        if (rune_is_hangul(utf8_next(text, &at))) return true;
    return false;
}

static ptrdiff_t word_count(str text)
{
    ptrdiff_t words = 0;
    for (str rest = text, word; str_split(&rest, ' ', &word);) words += word.len > 0;
    return words;
}

static bool is_file_name(str text)
{
    ptrdiff_t dot = str_find_last(text, '.');
    bool extension = dot > 0 && text.len - dot <= 5 && text.len - dot >= 3 && text.p[dot - 1] != '.';
    for (ptrdiff_t i = dot + 1; extension && i < text.len; i++)
        extension = char_is_alpha(text.p[i]) || char_is_digit(text.p[i]);
    return extension;
}

/* Two Korean words, or four others. */
static bool is_sentence(str text)
{
    ptrdiff_t words = word_count(text);
    return !is_file_name(text) && words >= (has_hangul(text) ? 2 : 4);
}

static bool is_repeated(struct document *document, str alt)
{
    return (intptr_t)map_get(&document->alts, alt) > 1;
}

static str caption_text(struct document *document, struct node *image)
{
    str alt = tree_text(document->scratch, image), title = str_trim(image->title);
    if (title.len > 0 && !str_equal(title, str_trim(alt)) && !is_file_name(title)) return title;
    bool good = is_sentence(str_trim(alt)) && !is_repeated(document, alt);
    return good ? str_trim(alt) : (str){0};
}

/* --- what stands alone ------------------------------------------------------------ */

static bool is_blank_text(const struct node *node)
{
    return node->kind == NODE_TEXT && str_trim(node->text).len == 0;
}

/* The picture of a node that is a picture or a link around just one; else NULL. */
static struct node *picture_in(struct node *node)
{
    if (node->kind == NODE_IMAGE) return node;
    bool wraps = node->kind == NODE_LINK && node->first && !node->first->next;
    return wraps && node->first->kind == NODE_IMAGE ? node->first : NULL;
}

static bool is_break(const struct node *node)
{
    return node->kind == NODE_SOFT_BREAK || node->kind == NODE_HARD_BREAK;
}

/* An italic line of its own right under a picture. */
static bool is_caption_line(const struct node *node)
{
    if (node->kind != NODE_EMPH || !node->previous || !is_break(node->previous)) return false;
    const struct node *above = node->previous->previous;
    bool under = above && picture_in((struct node *)above);
    return under && (!node->next || is_break(node->next));
}

static bool is_only_pictures(const struct node *paragraph)
{
    bool any = false;
    for (struct node *child = paragraph->first; child; child = child->next) {
        if (picture_in(child)) any = true;
        else if (!is_break(child) && !is_blank_text(child) && !is_caption_line(child)) return false;
    }
    return any;
}

/* --- making ------------------------------------------------------------------------- */

static str caption_html(struct document *document, struct node *caption)
{
    struct buf out = buf_in(document->arena);
    struct html_writer writer = {.document = document, .out = &out, .hugi = true};
    for (struct node *child = caption->first; child; child = child->next) html_write(&writer, child);
    return buf_str(&out);
}

static void add_caption(struct document *document, struct node *figure, struct node *image,
                        struct node *line)
{
    struct node *caption = tree_new(document->scratch, NODE_CAPTION);
    str text = caption_text(document, image);
    if (line) {
        tree_move_children(line, caption);
    } else if (text.len > 0) {
        struct node *node = tree_new(document->scratch, NODE_TEXT);
        node->text = text;
        tree_append(caption, node);
    }
    if (!caption->first) return;
    tree_append(figure, caption);
    if (image->number > 0)
        document->out->pictures[image->number - 1].caption = caption_html(document, caption);
    if (str_equal(image->title, text)) image->title = (str){0};     /* said once is enough */
}

/* photo-3 for the third picture, where no heading and nothing of the author's is called so. */
static str figure_id(struct document *document, int number)
{
    for (int again = 0;; again++) {
        str id = again ? str_format(document->arena, "photo-%d-%d", number, again) : str_format(document->arena, "photo-%d", number);
        if (map_get(&document->ids, id)) continue;
        map_put(document->scratch, &document->ids, id, document);
        ARENA_PUSH(document->arena, document->out->ids.items, document->out->ids.count, document->out->ids.capacity) = id;
        return id;
    }
}

/* Timelines and lists of photos link to figures: each has an id, its author's or its number. */
static void name_figure(struct document *document, struct node *figure, const struct node *image)
{
    if (image->number == 0) return;
    struct picture_ref *ref = &document->out->pictures[image->number - 1];
    if (!attributes_find(figure->attributes, S("id")))
        attributes_set(document->scratch, &figure->attributes, S("id"), figure_id(document, image->number));
    const struct attribute *id = attributes_find(figure->attributes, S("id"));
    if (id) ref->anchor = str_copy(document->arena, id->value);
}

/* Puts a figure for every picture of the paragraph in its place. */
static void split_paragraph(struct document *document, struct node *paragraph)
{
    bool single = true;
    for (struct node *child = paragraph->first, *next; child; child = next) {
        next = child->next;
        struct node *image = picture_in(child);
        if (!image) continue;
        while (next && is_blank_text(next)) next = next->next;
        struct node *line = next && is_break(next) && next->next && is_caption_line(next->next)
                                ? next->next : NULL;
        struct node *figure = tree_new(document->scratch, NODE_FIGURE);
        figure->line = paragraph->line;
        if (line) next = line->next;
        tree_unlink(child);
        tree_append(figure, child);
        add_caption(document, figure, image, line);
        tree_insert_before(paragraph, figure);
        if (single) attributes_merge(document->scratch, &figure->attributes, paragraph->attributes);
        name_figure(document, figure, image);
        single = false;
    }
    tree_unlink(paragraph);
}

/* How the default theme lays a gallery out: rows of three (four are two and two), what is left over
 * in halves or alone; on narrow screens rows of two.  The widths of pictures follow from it. */
static void place_in_row(struct picture_ref *ref, int index, int count)
{
    int left_over = count == 4 ? 0 : count % 3;
    bool in_last_row = index >= count - left_over;
    ref->columns = (unsigned char)(count == 4 ? 2 : in_last_row ? left_over : 3);
    ref->narrow_columns = count % 2 && index == count - 1 ? 1 : 2;
}

static void place_pictures(struct document *document, const struct node *gallery)
{
    int index = 0;
    for (struct node *figure = gallery->first; figure; figure = figure->next, index++) {
        const struct node *image = picture_in(figure->first);
        if (image->number > 0) place_in_row(&document->out->pictures[image->number - 1], index, gallery->number);
    }
}

static void make_gallery(struct document *document, struct node *first)
{
    if (!first->next || first->next->kind != NODE_FIGURE) return;
    struct node *gallery = tree_new(document->scratch, NODE_GALLERY);
    tree_insert_before(first, gallery);
    for (struct node *figure = first, *next; figure && figure->kind == NODE_FIGURE; figure = next) {
        next = figure->next;
        tree_unlink(figure);
        tree_append(gallery, figure);
        gallery->number++;
    }
    place_pictures(document, gallery);
}

static void make_below(struct document *document, struct node *root)
{
    for (struct node *node = root, *next; node; node = next) {
        next = tree_next_block(node, root);
        if (node->kind == NODE_PARAGRAPH && !node->tight && is_only_pictures(node)) split_paragraph(document, node);
    }
    for (struct node *node = root; node; node = tree_next_block(node, root))
        if (node->kind == NODE_FIGURE && node->parent->kind != NODE_GALLERY) make_gallery(document, node);
}

void figures_make(struct document *document)
{
    if (document->out->picture_count > 0) make_below(document, document->root);
}
