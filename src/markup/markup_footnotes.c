/* markup_footnotes.c - which note is 1, 2, 3: by the first mark in the text.
 *
 * Notes may mention notes, so the list grows while it is walked.  A note that
 * nothing mentions is left out. */
#include "passes.h"

/* node->start of a note counts its marks, of a mark which one it is. */
static void number_marks(struct document *document, struct node *root)
{
    for (struct node *mark = root; mark; mark = tree_next(mark, root)) {
        if (mark->kind != NODE_FOOTNOTE_MARK) continue;
        struct node *note = map_get(&document->footnotes, mark->label);
        if (!note) continue;
        if (note->number == 0) {
            ARENA_PUSH(document->scratch, document->footnote_order, document->footnote_count,
                       document->footnote_capacity) = note;
            note->number = (int32_t)document->footnote_count;
        }
        mark->number = note->number;
        mark->label = note->label;
        mark->start = ++note->start;
    }
}

static void note_id(struct document *document, str prefix, str label)
{
    ARENA_PUSH(document->arena, document->out->ids.items, document->out->ids.count,
               document->out->ids.capacity) = str_concat(document->arena, prefix, label);
}

/* A link back needs a paragraph to stand in. */
static void add_paragraph(struct document *document, struct node *note)
{
    if (note->last && note->last->kind == NODE_PARAGRAPH) return;
    tree_append(note, tree_new(document->scratch, NODE_PARAGRAPH));
}

void footnotes_number(struct document *document)
{
    if (document->footnotes.count == 0) return;
    number_marks(document, document->root);
    for (ptrdiff_t i = 0; i < document->footnote_count; i++) {
        number_marks(document, document->footnote_order[i]);
        add_paragraph(document, document->footnote_order[i]);
        note_id(document, S("fn:"), document->footnote_order[i]->label);
        note_id(document, S("fnref:"), document->footnote_order[i]->label);
    }
}
