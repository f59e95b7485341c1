/* code_block.c - code blocks: the one place that knows how they are shown.
 *
 * Highlighting (issue 4) replaces write_code_text and nothing else. */
#include "html_write.h"

/* The first word of an info string, without {3,5-7} stuck to it. */
static str language_of(str info)
{
    ptrdiff_t end = 0;
    while (end < info.len && !char_is_space(info.p[end])) end++;
    return str_slice(info, 0, end);
}

static str bare_language(str language)
{
    ptrdiff_t end = 0;
    while (end < language.len && language.p[end] != '{' && language.p[end] != ':' && language.p[end] != ',') end++;
    return str_slice(language, 0, end);
}

/* Value of key="value" or key=value in the info string. */
static str info_value(str info, str key)
{
    ptrdiff_t at = str_find(info, key);
    if (at < 0 || (at > 0 && !char_is_space(info.p[at - 1]) && info.p[at - 1] != '{')) return (str){0};
    str rest = str_from(info, at + key.len);
    if (!str_starts(rest, S("="))) return (str){0};
    rest = str_from(rest, 1);
    char quote = rest.len > 0 ? rest.p[0] : '\0';
    if (quote == '"' || quote == '\'') {
        ptrdiff_t end = str_find_char(str_from(rest, 1), quote);
        return end < 0 ? (str){0} : str_slice(rest, 1, 1 + end);
    }
    ptrdiff_t end = 0;
    while (end < rest.len && !char_is_space(rest.p[end]) && rest.p[end] != '}') end++;
    return str_slice(rest, 0, end);
}

/* The name of the file the code is of: title="x", file="x", {: file="x"}, ```java:x. */
static str file_name(const struct node *node, str language)
{
    const struct attribute *file = attributes_find(node->attributes, S("file"));
    if (file) return file->value;
    str name = info_value(node->url, S("title"));
    if (name.len == 0) name = info_value(node->url, S("file"));
    if (name.len == 0) name = info_value(node->url, S("filename"));
    ptrdiff_t colon = str_find_char(language, ':');
    return name.len == 0 && colon > 0 ? str_from(language, colon + 1) : name;
}

/* The hook for highlighting: today code is shown as it is. */
static void write_code_text(struct html_writer *writer, str language, str code)
{
    (void)language;
    html_text_escape(writer->out, code);
}

static void write_code(struct html_writer *writer, struct node *node, str language)
{
    bool scrolls = writer->hugi && !writer->plain;      /* by keyboard too */
    buf_add(writer->out, scrolls ? S("<pre tabindex=\"0\"") : S("<pre"));
    if (writer->plain && language.len == 0) html_attributes(writer->out, node->attributes);
    buf_add(writer->out, S("><code"));
    if (language.len > 0) {
        buf_add(writer->out, S(" class=\"language-"));
        html_text_escape(writer->out, language);
        buf_char(writer->out, '"');
    }
    buf_char(writer->out, '>');
    write_code_text(writer, language, node->text);
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
        if (str_equal(one.name, S("class")) || str_equal(one.name, S("file"))) continue;
        html_attributes(out, &(struct attributes){&one, 1, 1});
    }
}

static void write_box(struct html_writer *writer, struct node *node, str language, str file)
{
    struct buf *out = writer->out;
    const struct attribute *class = attributes_find(node->attributes, S("class"));
    buf_add(out, S("<div class=\"code"));
    if (class) {
        buf_char(out, ' ');
        html_text_escape(out, class->value);
    }
    buf_char(out, '"');
    if (language.len > 0) {
        buf_add(out, S(" data-language=\""));
        html_text_escape(out, language);
        buf_char(out, '"');
    }
    write_attributes_but_file(out, node);
    buf_char(out, '>');
    if (file.len > 0) {
        buf_add(out, S("\n<div class=\"code-name\">"));
        html_text_escape(out, file);
        buf_add(out, S("</div>"));
    }
    buf_char(out, '\n');
    write_code(writer, node, language);
    buf_add(out, S("\n</div>\n"));
}

void html_write_code(struct html_writer *writer, struct node *node)
{
    str language = language_of(node->url);
    html_newline(writer->out);
    if (!writer->hugi || writer->plain) {
        write_code(writer, node, language);
        buf_char(writer->out, '\n');
        return;
    }
    str bare = bare_language(language);
    if (str_equal(bare, S("mermaid"))) write_mermaid(writer, node);
    else write_box(writer, node, bare, file_name(node, language));
}
