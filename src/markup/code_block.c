/* code_block.c - code blocks: the one place that knows how they are shown.
 *
 * Highlighting gives HTML of the same lines; numbers and marks are put around them here. */
#include "code_info.h"
#include "html_write.h"

/* Lines in spans of their own; the line ends stay outside. */
static void write_lines(struct buf *out, const struct code_info *info, str html)
{
    for (int64_t number = 1; html.len > 0; number++) {
        ptrdiff_t end = str_find_char(html, '\n');
        str line = end < 0 ? html : str_slice(html, 0, end);
        buf_add(out, code_info_marks(info, number) ? S("<span class=\"line hl\"") : S("<span class=\"line\""));
        if (info->first_number > 0) {
            buf_add(out, S(" data-line=\""));
            buf_int(out, info->first_number + number - 1);
            buf_char(out, '"');
        }
        buf_char(out, '>');
        buf_add(out, line);
        buf_add(out, S("</span>"));
        if (end < 0) return;
        buf_char(out, '\n');
        html = str_from(html, end + 1);
    }
}

static void write_code_text(struct html_writer *writer, const struct code_info *info, str code)
{
    struct highlight *highlight = writer->document->options->highlight;
    bool by_lines = info->first_number > 0 || info->mark_count > 0;
    struct buf lines = buf_in(writer->document->scratch);
    struct buf *out = by_lines ? &lines : writer->out;
    if (!highlight || !highlight_code(highlight, info->language, code, out)) html_text_escape(out, code);
    if (by_lines) write_lines(writer->out, info, buf_str(&lines));
}

/* Without `info` as the specifications have it: the code alone. */
static void write_code(struct html_writer *writer, struct node *node, const struct code_info *info)
{
    str language = info ? info->language : code_info_word(node->url);
    buf_add(writer->out, info ? S("<pre tabindex=\"0\"") : S("<pre"));
    if (writer->plain && language.len == 0) html_attributes(writer->out, node->attributes);
    buf_add(writer->out, S("><code"));
    if (language.len > 0) {
        buf_add(writer->out, S(" class=\"language-"));
        html_text_escape(writer->out, language);
        buf_char(writer->out, '"');
    }
    buf_char(writer->out, '>');
    if (info) write_code_text(writer, info, node->text);
    else html_text_escape(writer->out, node->text);
    buf_add(writer->out, S("</code></pre>"));
}

/* Mermaid is drawn by an opt-in script; its source is the readable fallback. */
static void write_mermaid(struct html_writer *writer, struct node *node)
{
    buf_add(writer->out, S("<pre class=\"mermaid\">"));
    html_text_escape(writer->out, node->text);
    buf_add(writer->out, S("</pre>\n"));
}

static void write_attributes_but_file(struct buf *out, const struct node *node)
{
    for (ptrdiff_t i = 0; node->attributes && i < node->attributes->count; i++) {
        struct attribute one = node->attributes->items[i];
        if (str_equal(one.name, S("class")) || str_equal(one.name, S("file")) ||
            str_equal(one.name, S("mark_lines"))) continue;
        html_attributes(out, &(struct attributes){&one, 1, 1});
    }
}

static void write_box(struct html_writer *writer, struct node *node, const struct code_info *info)
{
    struct buf *out = writer->out;
    const struct attribute *class = attributes_find(node->attributes, S("class"));
    buf_add(out, S("<div class=\"code"));
    if (class) {
        buf_char(out, ' ');
        html_text_escape(out, class->value);
    }
    buf_char(out, '"');
    if (info->language.len > 0) {
        buf_add(out, S(" data-language=\""));
        html_text_escape(out, info->language);
        buf_char(out, '"');
    }
    write_attributes_but_file(out, node);
    buf_char(out, '>');
    if (info->file.len > 0) {
        buf_add(out, S("\n<div class=\"code-name\">"));
        html_text_escape(out, info->file);
        buf_add(out, S("</div>"));
    }
    buf_char(out, '\n');
    write_code(writer, node, info);
    buf_add(out, S("\n</div>\n"));
}

void html_write_code(struct html_writer *writer, struct node *node)
{
    html_newline(writer->out);
    if (!writer->hugi || writer->plain) {
        write_code(writer, node, NULL);
        buf_char(writer->out, '\n');
        return;
    }
    struct code_info info = code_info_read(node);
    if (str_equal(info.language, S("mermaid"))) write_mermaid(writer, node);
    else write_box(writer, node, &info);
}
