/* xss_page.c - one HTML page of all hostile inputs, as hugi writes them.
 *
 *     xss_page sanitize|escape SUITE...
 *
 * A suite is {tests: [{payload}]} or {cases: [text]}.  Every input is rendered as
 * a body of its own and put into <div class="vector" data-number="N">.  Whether one of
 * them runs anything is told by a browser: tests/browser/xss.sh. */
#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "markup/markup.h"

static str payload_of(value test, struct arena *arena)
{
    return test.kind == VALUE_STR ? test.as.text : value_text(value_get(test, S("payload"), arena));
}

static void write_vector(enum html_mode mode, str text, ptrdiff_t number, struct buf *out)
{
    struct arena arena = {0}, scratch = {0};
    struct diags diags = diags_in(&arena);
    struct markup_options options = {.profile = MARKUP_HUGI, .html = mode};
    struct markup_input input = {.text = text};
    struct content content;
    if (markup_render(&options, &input, &arena, &scratch, &diags, &content)) {
        buf_printf(out, "<div class=\"vector\" data-number=\"%td\">\n", number);
        buf_add(out, content.html);
        buf_add(out, S("</div>\n"));
    }
    arena_free(&scratch);
    arena_free(&arena);
}

static ptrdiff_t write_suite(enum html_mode mode, const char *path, ptrdiff_t number, struct buf *out)
{
    struct arena arena = {0};
    struct diags diags = diags_in(&arena);
    str text;
    value suite;
    if (!file_read(&arena, str_c(path), &text, &diags) || !json_parse(&arena, text, 0, &diags, &suite)) {
        fprintf(stderr, "xss_page: cannot read %s\n", path);
        return -1;
    }
    value tests = value_get(suite, S("tests"), &arena);
    if (value_is_null(tests)) tests = value_get(suite, S("cases"), &arena);
    for (ptrdiff_t i = 0; i < value_count(tests); i++)
        write_vector(mode, payload_of(value_at(tests, i, &arena), &arena), number++, out);
    arena_free(&arena);
    return number;
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct buf out = buf_in(&arena);
    enum html_mode mode = argc > 1 && str_equal(str_c(argv[1]), S("escape")) ? HTML_ESCAPE : HTML_SANITIZE;
    if (argc < 3) {
        fprintf(stderr, "usage: xss_page sanitize|escape SUITE...\n");
        return 2;
    }
    markup_start();
    ptrdiff_t number = 0;
    for (int i = 2; i < argc && number >= 0; i++) number = write_suite(mode, argv[i], number, &out);
    fwrite(out.p, 1, (size_t)out.len, stdout);
    arena_free(&arena);
    return number < 0;
}
