/* markup_suite.c - runs a suite of Markdown cases (JSON) and counts.
 *
 *     markup_suite FILE [--profile commonmark|gfm|hugi] [--cjk] [--plain] [--smart] [--normal]
 *                      [--ext LIST] [--own] [-v]
 *
 * Prints "NAME: N of M".  A case is {markdown, html, extensions?, disputed?};
 * cases marked as disputed are left out.  --normal compares after evening out
 * what kramdown writes differently (void tags, attribute order, blanks between
 * blocks, rouge's wrappers, curly quotes).  --own is for kramdown's own suite:
 * only cases that set no option, without the ids of headings, which it turns
 * off, and the roles of footnotes.  -v shows what fails. */
#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "markup/markup.h"
#include "markup_normal.h"

struct run {
    struct markup_options options;
    bool normal, own, verbose;
    struct arena arena;
    ptrdiff_t passed, count;
};

/* The case's extensions as one list; the specification calls task lists "disabled". */
static str extensions_of(value test, struct arena *arena)
{
    value list = value_get(test, S("extensions"), arena);
    if (value_count(list) == 0) return S("none");
    struct buf out = buf_in(arena);
    for (ptrdiff_t i = 0; i < value_count(list); i++) {
        str name = value_text(value_at(list, i, arena));
        if (i > 0) buf_char(&out, ',');
        buf_add(&out, str_equal(name, S("disabled")) ? S("tasklist") : name);
    }
    return buf_str(&out);
}

static bool is_same(struct run *run, str got, str wanted, struct arena *arena)
{
    if (run->options.cjk) {     /* its oracle writes void tags without a slash, and <s> */
        got = str_replace(arena, got, S(" />"), S(">"));
        wanted = str_replace(arena, wanted, S(" />"), S(">"));
    }
    if (!run->normal) return str_equal(str_trim_right(got), str_trim_right(wanted));
    return str_equal(normal_html(arena, got, run->own), normal_html(arena, wanted, run->own));
}

static void show(struct run *run, value test, str got, struct arena *arena)
{
    value name = value_get(test, S("name"), arena), number = value_get(test, S("example"), arena);
    str label = value_print(value_is_null(name) ? number : name, arena);
    str wanted = value_text(value_get(test, S("html"), arena));
    printf("--- %" STR_F "\n%" STR_F "\n  want: %" STR_F "\n  got:  %" STR_F "\n", STR_A(label),
           STR_A(value_text(value_get(test, S("markdown"), arena))),
           STR_A(run->normal ? normal_html(arena, wanted, run->own) : wanted),
           STR_A(run->normal ? normal_html(arena, got, run->own) : got));
}

static void run_case(struct run *run, value test)
{
    struct arena arena = {0}, scratch = {0};
    struct diags diags = diags_in(&arena);
    struct markup_options options = run->options;
    struct content content;
    bool left_out = run->own && !value_is_null(value_get(test, S("options"), &arena));
    if (!left_out && value_is_null(value_get(test, S("disputed"), &arena))) {
        if (options.profile == MARKUP_GFM && !options.cjk && str_empty(options.extensions))
            options.extensions = extensions_of(test, &arena);
        struct markup_input input = {.text = value_text(value_get(test, S("markdown"), &arena))};
        bool done = markup_render(&options, &input, &arena, &scratch, &diags, &content);
        bool same = done && is_same(run, content.html, value_text(value_get(test, S("html"), &arena)), &arena);
        run->count++;
        run->passed += same;
        if (!same && run->verbose) show(run, test, done ? content.html : S("(error)"), &arena);
    }
    arena_free(&scratch);
    arena_free(&arena);
}

static bool set_option(struct run *run, str word, str next, int *used)
{
    if (str_equal(word, S("-v"))) run->verbose = true;
    else if (str_equal(word, S("--cjk"))) run->options.cjk = true;
    else if (str_equal(word, S("--plain"))) run->options.plain = true;
    else if (str_equal(word, S("--smart"))) run->options.smart = true;
    else if (str_equal(word, S("--normal"))) run->normal = true;
    else if (str_equal(word, S("--own"))) run->normal = run->own = true;
    else if (str_equal(word, S("--ext"))) {
        *used = 2;
        run->options.extensions = next;
    } else if (str_equal(word, S("--profile"))) {
        *used = 2;
        if (str_equal(next, S("commonmark"))) run->options.profile = MARKUP_COMMONMARK;
        else if (str_equal(next, S("gfm"))) run->options.profile = MARKUP_GFM;
        else run->options.profile = MARKUP_HUGI;
    } else return false;
    return true;
}

int main(int argc, char **argv)
{
    struct run run = {.options = {.profile = MARKUP_COMMONMARK}};
    const char *path = NULL;
    for (int i = 1, used = 1; i < argc; i += used, used = 1)
        if (!set_option(&run, str_c(argv[i]), str_c(i + 1 < argc ? argv[i + 1] : ""), &used)) path = argv[i];
    if (!path) {
        fprintf(stderr, "usage: markup_suite FILE [--profile P] [--cjk] [--plain] [--smart] [--normal] [--ext LIST] [--own] [-v]\n");
        return 2;
    }
    struct diags diags = diags_in(&run.arena);
    str text;
    value suite;
    if (!file_read(&run.arena, str_c(path), &text, &diags) || !json_parse(&run.arena, text, 0, &diags, &suite)) {
        fprintf(stderr, "markup_suite: cannot read %s\n", path);
        return 1;
    }
    markup_start();
    value tests = value_get(suite, S("tests"), &run.arena);
    for (ptrdiff_t i = 0; i < value_count(tests); i++) run_case(&run, value_at(tests, i, &run.arena));
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    printf("%s: %td of %td\n", name, run.passed, run.count);
    arena_free(&run.arena);
    return run.passed == run.count ? 0 : 1;
}
