/* diffs.c - diffs: every line as a whole; in `diff-yaml` the lines are YAML beneath. */
#include "sessions.h"
#include "spans.h"

bool diff_is(str language)
{
    return str_equal(language, S("diff")) || str_equal(language, S("patch")) || str_equal(language, S("udiff")) ||
           str_starts(language, S("diff-"));
}

static const char *line_class(str line)
{
    static const str headings[] = {
        STR_INIT("+++ "), STR_INIT("--- "), STR_INIT("@@"), STR_INIT("diff "), STR_INIT("index "), STR_INIT("Index: "),
    };
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        if (str_starts(line, headings[i])) return "gu";
    if (line.len == 0) return NULL;
    switch (line.p[0]) {
    case '+': case '>': return "gi";
    case '-': case '<': return "gd";
    default: return NULL;
    }
}

static str next_line(str *rest, bool *last)
{
    ptrdiff_t end = str_find_char(*rest, '\n');
    str line = end < 0 ? *rest : str_slice(*rest, 0, end);
    *last = end < 0;
    *rest = str_from(*rest, end < 0 ? rest->len : end + 1);
    return line;
}

static bool has_mark(str line) { return line.len > 0 && strchr("+- ", line.p[0]); }

/* Lines without their marks, so that they are code again. */
static str without_marks(str code, struct arena *arena)
{
    struct buf out = buf_in(arena);
    for (bool last = false; !last;) {
        str line = next_line(&code, &last);
        const char *class = line_class(line);
        if (!class || strcmp(class, "gu") != 0) buf_add(&out, has_mark(line) ? str_from(line, 1) : line);
        if (!last) buf_char(&out, '\n');
    }
    return buf_str(&out);
}

/* `html` is line by line what stands behind the marks; none: the code's own lines. */
static void write_lines(str code, str html, bool inner, struct buf *out)
{
    for (bool last = false, end; !last;) {
        str line = next_line(&code, &last), behind = inner ? next_line(&html, &end) : (str){0};
        const char *class = line_class(line);
        struct spans spans = {.out = out};
        bool heading = class && strcmp(class, "gu") == 0;
        spans_add(&spans, class, inner && !heading ? str_slice(line, 0, has_mark(line)) : line);
        if (inner && !heading) {
            if (class && !spans.open) spans_open_tag(out, class);
            buf_add(out, behind);
            if (class) buf_add(out, S("</span>"));
        } else {
            spans_end(&spans);
        }
        if (!last) buf_char(out, '\n');
    }
}

void diff_write(struct highlight *highlight, str language, str code, struct buf *out)
{
    struct arena scratch = {0};
    struct buf html = buf_in(&scratch);
    bool inner = str_starts(language, S("diff-")) &&
                 highlight_language(highlight, str_from(language, 5), without_marks(code, &scratch), &html);
    write_lines(code, buf_str(&html), inner, out);
    arena_free(&scratch);
}
