/* test_markup_threads.c - many documents at once give what one after another gives.
 *
 * Every body of tests/markup/ ($TESTS/markup) is a part: what a new case brings is tried here too.
 * Document n is three of them below a heading of its own, rendered in one of the ways below. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/job.h"
#include "markup/markup.h"

enum { DOCUMENTS = 1600, WORKERS = 8, MOST_PARTS = 500 };

static const struct markup_options ways[] = {
    {.demote = true, .language = STR_INIT("ko")},
    {.demote = true, .smart = true, .html = HTML_SANITIZE, .language = STR_INIT("en")},
    {.profile = MARKUP_GFM},
    {.plain = true, .html = HTML_ESCAPE, .language = STR_INIT("ko")},
    {.profile = MARKUP_GFM, .cjk = true, .extensions = STR_INIT("table,strikethrough,autolink,footnotes")},
    {.profile = MARKUP_COMMONMARK},
};
enum { WAYS = sizeof ways / sizeof *ways };

struct round {
    str parts[MOST_PARTS];
    ptrdiff_t part_count;
    struct highlight *highlight;
    str results[DOCUMENTS];
};

static bool resolve(void *context, str destination, bool picture, span at, struct arena *arena,
                    struct diags *diags, struct markup_target *out)
{
    static const struct asset asset;
    (void)context, (void)at, (void)arena, (void)diags;
    *out = (struct markup_target){.url = destination, .remote = url_is_absolute(destination)};
    if (picture && !out->remote) out->asset = &asset;
    return true;
}

static str document_text(const struct round *round, ptrdiff_t index, struct arena *arena)
{
    struct buf text = buf_in(arena);
    buf_printf(&text, "# 후기 %td {#h%td}\n", index, index);
    for (ptrdiff_t i = 1; i <= 3; i++) {
        buf_add(&text, S("\n\n"));
        buf_add(&text, round->parts[index * (2 * i - 1) / i % round->part_count]);
    }
    return buf_str(&text);
}

/* All that pages and themes see of a body, as one text. */
static str result_text(const struct content *content, struct arena *arena)
{
    struct buf out = buf_in(arena);
    buf_add(&out, content->html);
    buf_add(&out, content->text);
    buf_add(&out, content->summary);
    for (ptrdiff_t i = 0; i < content->heading_count; i++) buf_add(&out, content->headings[i].html);
    for (ptrdiff_t i = 0; i < content->picture_count; i++) buf_add(&out, content->pictures[i].caption);
    for (ptrdiff_t i = 0; i < content->link_count; i++) buf_add(&out, content->links[i].url);
    return buf_str(&out);
}

static void render(struct worker *worker, ptrdiff_t index, void *context)
{
    struct round *round = context;
    struct arena page = {0};
    struct diags diags = diags_in(&page);
    struct content content;
    struct markup_options options = ways[index % WAYS];
    options.highlight = round->highlight;
    struct markup_input input = {.text = document_text(round, index, &page), .file = 1, .resolve = resolve};
    bool good = markup_render(&options, &input, &page, &worker->scratch, &diags, &content);
    if (good) round->results[index] = str_copy(&worker->arena, result_text(&content, &page));
    arena_free(&page);
}

static void read_parts(struct round *round, struct arena *arena)
{
    const char *tests = getenv("TESTS");
    str folder = str_concat(arena, str_c(tests ? tests : "tests"), S("/markup"));
    struct diags diags = diags_in(arena);
    struct file_list files = {0};
    assert_true(file_walk(arena, folder, folder, &files, &diags));
    for (ptrdiff_t i = 0; i < files.count && round->part_count < MOST_PARTS; i++) {
        if (!str_ends(files.items[i].path, S(".md"))) continue;
        str path = str_concat3(arena, folder, S("/"), files.items[i].path);
        assert_true(file_read(arena, path, &round->parts[round->part_count++], &diags));
    }
    assert_true(round->part_count >= 30);
}

/* Definitions of languages are read again in each round: by several workers at once in the second. */
static struct job_pool *render_all(struct round *round, int workers)
{
    struct job_pool *pool = job_pool_start(workers);
    round->highlight = highlight_start(NULL);
    job_each(pool, DOCUMENTS, render, round);
    highlight_stop(round->highlight);
    return pool;
}

static void many_workers_write_what_one_writes(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct round *one = ARENA_NEW(&arena, struct round), *many = ARENA_NEW(&arena, struct round);
    markup_start();
    read_parts(one, &arena);
    *many = *one;
    struct job_pool *single = render_all(one, 1), *pool = render_all(many, WORKERS);
    assert_int_equal(job_workers(pool), WORKERS);
    for (ptrdiff_t i = 0; i < DOCUMENTS; i++) {
        assert_true(one->results[i].len > 0);
        assert_int_equal(one->results[i].len, many->results[i].len);
        assert_memory_equal(one->results[i].p, many->results[i].p, (size_t)one->results[i].len);
    }
    job_pool_stop(single);
    job_pool_stop(pool);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(many_workers_write_what_one_writes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
