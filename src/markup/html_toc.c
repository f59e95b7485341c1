/* html_toc.c - {:toc}: the headings as nested lists, with kramdown's ids. */
#include "html_write.h"

static void note_id(struct document *document, str id)
{
    ARENA_PUSH(document->arena, document->out->ids.items, document->out->ids.count,
               document->out->ids.capacity) = id;
}

static void write_entry(struct html_writer *writer, const struct heading *heading, str prefix)
{
    buf_add(writer->out, S("<li><a href=\"#"));
    html_text_escape(writer->out, heading->id);
    buf_add(writer->out, S("\" id=\""));
    html_text_escape(writer->out, prefix);
    buf_char(writer->out, '-');
    html_text_escape(writer->out, heading->id);
    buf_add(writer->out, S("\">"));
    note_id(writer->document, str_concat3(writer->document->arena, prefix, S("-"), heading->id));
    buf_add(writer->out, heading->html);
    buf_add(writer->out, S("</a>"));
}

/* `open` holds the levels of the lists that are open, outermost first. */
static void write_entries(struct html_writer *writer, str prefix)
{
    const struct content *content = writer->document->out;
    int open[7], depth = 0;
    for (ptrdiff_t i = 0; i < content->heading_count; i++) {
        const struct heading *heading = &content->headings[i];
        if (!heading->in_toc) continue;
        while (depth > 1 && open[depth - 1] >= heading->level && open[depth - 2] >= heading->level) {
            buf_add(writer->out, S("</li>\n</ul>\n"));
            depth--;
        }
        if (depth > 0 && open[depth - 1] >= heading->level) {
            buf_add(writer->out, S("</li>\n"));
            open[depth - 1] = heading->level;
        } else {
            if (depth > 0) buf_add(writer->out, S("\n<ul>\n"));
            open[depth++] = heading->level;
        }
        write_entry(writer, heading, prefix);
    }
    for (; depth > 1; depth--) buf_add(writer->out, S("</li>\n</ul>\n"));
    if (depth == 1) buf_add(writer->out, S("</li>\n"));
}

void html_write_toc(struct html_writer *writer, struct node *toc)
{
    const struct attribute *id = attributes_find(toc->attributes, S("id"));
    str prefix = id ? id->value : S("markdown-toc");
    html_newline(writer->out);
    buf_add(writer->out, toc->ordered ? S("<ol") : S("<ul"));
    html_attributes(writer->out, toc->attributes);
    if (!id) {
        buf_add(writer->out, S(" id=\"markdown-toc\""));
        note_id(writer->document, prefix);
    }
    buf_add(writer->out, S(">\n"));
    ptrdiff_t start = writer->out->len;
    if (document_may_repeat(writer->document, 0)) write_entries(writer, prefix);
    document_may_repeat(writer->document, writer->out->len - start);
    buf_add(writer->out, toc->ordered ? S("</ol>\n") : S("</ul>\n"));
}
