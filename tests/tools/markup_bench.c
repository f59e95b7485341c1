/* markup_bench.c - what Markdown costs, beside bare cmark-gfm.
 *
 *     markup_bench FOLDER [ROUNDS [ONLY]]   every *.md below FOLDER, front matter skipped;
 *                                           ONLY: one of the names below, for a profiler
 *
 * Two floors: what the least programs around libcmark-gfm do (parse, render,
 * free), one with the table extension and nothing else, one with all that GFM
 * has.  The others are markup_render as the build calls it and less than that,
 * so that differences say what a part costs.  All run in this process and
 * thread, in turns, and CPU time counts: the fastest of ROUNDS (9).  Code is
 * not highlighted.  Then all posts as one document, and a tenth of it. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/escape.h"
#include "base/file.h"
#include "markup/markup.h"

struct bench {
    struct arena arena;             /* the texts */
    str *texts;
    ptrdiff_t count, capacity, bytes;
    struct arena kept, scratch;     /* a page's and a worker's, as in the build */
    const char *only;               /* a rendering's name; NULL: all */
    size_t written;                 /* so that no work is for nothing */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* --- what is measured ----------------------------------------------------------- */

static void render_floor(struct bench *bench, str text, int flags, const char *const *names)
{
    cmark_parser *parser = cmark_parser_new(flags);
    for (; *names; names++) cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(*names));
    cmark_parser_feed(parser, text.p, (size_t)text.len);
    cmark_node *root = cmark_parser_finish(parser);
    char *html = cmark_render_html(root, flags, cmark_parser_get_syntax_extensions(parser));
    bench->written += strlen(html);
    free(html);
    cmark_node_free(root);
    cmark_parser_free(parser);
}

static void render_tables(struct bench *bench, str text, const struct markup_options *options)
{
    (void)options;
    render_floor(bench, text, CMARK_OPT_UNSAFE, (const char *const[]){"table", NULL});
}

static void render_gfm(struct bench *bench, str text, const struct markup_options *options)
{
    (void)options;
    render_floor(bench, text, CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8,
                 (const char *const[]){"table", "strikethrough", "autolink", "tasklist", NULL});
}

/* A site in which every local file is there, and none is a picture. */
static bool resolve(void *context, str destination, bool picture, span at, struct arena *arena,
                    struct diags *diags, struct markup_target *out)
{
    (void)context, (void)picture, (void)at, (void)arena, (void)diags;
    *out = (struct markup_target){.url = destination, .remote = url_is_absolute(destination)};
    return true;
}

static void render_hugi(struct bench *bench, str text, const struct markup_options *options)
{
    struct arena_mark kept = arena_mark(&bench->kept), scratch = arena_mark(&bench->scratch);
    struct diags diags = diags_in(&bench->kept);
    struct content content;
    struct markup_input input = {.text = text, .file = 1, .resolve = resolve};
    if (!markup_render(options, &input, &bench->kept, &bench->scratch, &diags, &content)) exit(1);
    bench->written += (size_t)content.html.len;
    arena_rewind(&bench->kept, kept);
    arena_rewind(&bench->scratch, scratch);
}

static const struct rendering {
    const char *name;
    void (*render)(struct bench *bench, str text, const struct markup_options *options);
    struct markup_options options;
} renderings[] = {
    {"cmark, tables", render_tables, {0}},
    {"cmark, gfm", render_gfm, {0}},
    {"commonmark", render_hugi, {.profile = MARKUP_COMMONMARK}},
    {"gfm", render_hugi, {.profile = MARKUP_GFM}},
    {"hugi, plain", render_hugi, {.profile = MARKUP_HUGI, .plain = true, .language = STR_INIT("ko")}},
    {"hugi", render_hugi, {.profile = MARKUP_HUGI, .demote = true, .language = STR_INIT("ko")}},
};
enum { RENDERINGS = sizeof renderings / sizeof *renderings };

/* --- the texts --------------------------------------------------------------------- */

static str skip_front_matter(str text)
{
    if (!str_starts(text, S("---\n"))) return text;
    ptrdiff_t end = str_find(text, S("\n---\n"));
    return end < 0 ? text : str_from(text, end + 5);
}

static void read_texts(struct bench *bench, str folder)
{
    struct diags diags = diags_in(&bench->arena);
    struct file_list files = {0};
    str text;
    if (!file_walk(&bench->arena, folder, folder, &files, &diags)) exit(2);
    for (ptrdiff_t i = 0; i < files.count; i++) {
        str path = str_concat3(&bench->arena, folder, S("/"), files.items[i].path);
        if (!str_ends(path, S(".md")) || !file_read(&bench->arena, path, &text, &diags)) continue;
        text = skip_front_matter(text);
        ARENA_PUSH(&bench->arena, bench->texts, bench->count, bench->capacity) = text;
        bench->bytes += text.len;
    }
}

static str join_texts(struct bench *bench)
{
    struct buf out = buf_in(&bench->arena);
    buf_reserve(&out, bench->bytes + bench->count);
    for (ptrdiff_t i = 0; i < bench->count; i++) {
        buf_add(&out, bench->texts[i]);
        buf_char(&out, '\n');
    }
    return buf_str(&out);
}

/* --- the rounds ---------------------------------------------------------------------- */

static double time_one(struct bench *bench, const struct rendering *rendering, const str *texts, ptrdiff_t count)
{
    if (bench->only && strcmp(bench->only, rendering->name) != 0) return 0;
    double start = now();
    for (ptrdiff_t i = 0; i < count; i++) rendering->render(bench, texts[i], &rendering->options);
    return now() - start;
}

static void time_all(struct bench *bench, int rounds, const str *texts, ptrdiff_t count, double best[RENDERINGS])
{
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < RENDERINGS; i++) {
            double seconds = time_one(bench, &renderings[i], texts, count);
            if (round == 0 || seconds < best[i]) best[i] = seconds;
        }
}

static void print_posts(struct bench *bench, int rounds)
{
    double best[RENDERINGS];
    time_all(bench, rounds, bench->texts, bench->count, best);
    printf("markup: %td posts, %.1f KB each; CPU time, fastest of %d\n", bench->count,
           (double)bench->bytes / (double)bench->count / 1e3, rounds);
    for (int i = 0; i < RENDERINGS; i++)
        printf("  %-16s %7.1f ms  %5.2f and %5.2f of the floors\n", renderings[i].name,
               best[i] * 1e3, best[i] / best[0], best[i] / best[1]);
}

static void print_document(struct bench *bench, int rounds)
{
    str whole = join_texts(bench);
    str tenth = str_slice(whole, 0, whole.len / 10);
    double best[RENDERINGS], small[RENDERINGS];
    time_all(bench, rounds, &tenth, 1, small);
    time_all(bench, rounds, &whole, 1, best);
    printf("markup: one document of %.1f MB\n", (double)whole.len / 1e6);
    for (int i = 0; i < RENDERINGS; i++)
        printf("  %-16s %7.1f ms  %5.2f and %5.2f of the floors, %4.1f times a tenth of it\n", renderings[i].name,
               best[i] * 1e3, best[i] / best[0], best[i] / best[1], best[i] / small[i]);
}

int main(int argc, char **argv)
{
    struct bench bench = {.only = argc > 3 ? argv[3] : NULL};
    int rounds = argc > 2 ? atoi(argv[2]) : 9;
    if (argc < 2 || rounds < 1) {
        fputs("usage: markup_bench FOLDER [ROUNDS [ONLY]]\n", stderr);
        return 2;
    }
    markup_start();
    read_texts(&bench, str_c(argv[1]));
    if (bench.count == 0) return 2;
    print_posts(&bench, rounds);
    print_document(&bench, (rounds + 1) / 2);
    arena_free(&bench.kept);
    arena_free(&bench.scratch);
    arena_free(&bench.arena);
    return 0;
}
