/* test_config.c - hugi.yaml: defaults, shapes, and every kind of mistake with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/path.h"
#include "config/config_load.h"

struct loaded {
    struct arena arena;
    struct sources sources;
    struct diags diags;
    struct config config;
    bool ok;
};

static char folder[] = "/tmp/hugi-config-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    unsetenv("SOURCE_DATE_EPOCH");
    return mkdtemp(folder) ? 0 : 1;
}

static int remove_folder(void **state)
{
    (void)state;
    return file_remove_tree(str_c(folder)) ? 0 : 1;
}

/* Loads hugi.yaml with this text; NULL: there is no file. */
static struct loaded *load_with(const char *text, const struct config_overrides *overrides)
{
    struct loaded *l = calloc(1, sizeof *l);
    l->sources.arena = &l->arena;
    l->diags = diags_in(&l->arena);
    str path = path_join(&l->arena, str_c(folder), S("hugi.yaml"));
    file_remove(path);
    if (text) assert_true(file_write(path, str_c(text), &l->diags));
    l->ok = config_load(&l->arena, str_c(folder), overrides, &l->sources, &l->diags, &l->config);
    return l;
}

static struct loaded *load(const char *text) { return load_with(text, NULL); }

static void drop(struct loaded *l)
{
    arena_free(&l->arena);
    free(l);
}

static void assert_text(str actual, const char *expected)
{
    assert_int_equal(actual.len, (ptrdiff_t)strlen(expected));
    assert_memory_equal(actual.p, expected, strlen(expected));
}

static bool has(str text, const char *part) { return str_contains(text, str_c(part)); }

/* The text is refused with one report of that code, at that place, saying that. */
static void assert_refused(const char *text, enum diag_code code, int line, int column, const char *message,
                           const char *hint)
{
    struct loaded *l = load(text);
    assert_false(l->ok);
    assert_int_equal(l->diags.count, 1);
    struct diag *diag = &l->diags.items[0];
    struct place place = diag_place(&l->sources, diag->at);
    assert_int_equal(diag->code, code);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    if (!has(diag->message, message)) assert_text(diag->message, message);
    if (hint && !has(diag->hint, hint)) assert_text(diag->hint, hint);
    drop(l);
}

static void without_a_file_everything_has_its_default(void **state)
{
    (void)state;
    struct loaded *l = load(NULL);
    const struct config *c = &l->config;
    assert_true(l->ok);
    assert_int_equal(c->file, 0);
    assert_text(c->timezone, "Asia/Seoul");
    assert_text(c->theme, "default");
    assert_int_equal(c->paginate, 10);
    assert_int_equal(c->language_count, 2);            /* NAME.en.md works at once */
    assert_text(c->languages[1].prefix, "/en");
    assert_text(c->languages[0].code, "ko");
    assert_text(c->languages[0].prefix, "");
    assert_int_equal(c->taxonomies.count, 4);
    assert_text(c->taxonomies.items[3], "authors");
    assert_int_equal(c->section_count, 1);
    assert_text(c->sections[0].folders.items[0], "posts");
    assert_int_equal(c->permalink_count, 4);
    assert_text(c->permalinks[0].pattern, "/posts/:slug/");
    assert_true(c->feeds.atom && c->feeds.rss && c->feeds.json);
    assert_int_equal(c->feeds.items, 20);
    assert_false(c->build.drafts || c->build.future || c->build.expired);
    assert_true(c->markdown.liquid);
    assert_int_equal(c->markdown.html, HTML_ALLOW);
    assert_int_equal(c->images.width_count, 3);
    assert_int_equal(c->images.widths[2], 1600);
    assert_int_equal(c->images.on_error, IMAGE_ERROR_STOP);
    assert_int_equal(c->images.max_pixels, 100000000);
    assert_int_equal(c->hooks.memory, 64 << 20);
    assert_int_equal(c->hooks.steps, 50000000);
    assert_int_equal(c->templates.depth, 100);
    assert_int_equal(c->templates.steps, 10000000);
    assert_int_equal(c->templates.output, 32 << 20);
    assert_int_equal(c->templates.time, 10000);
    assert_false(c->preview);
    drop(l);
    struct loaded *empty = load("# 아직 아무것도\ntitle:\n");
    assert_true(empty->ok);
    assert_text(empty->config.title, "후기");        /* a site is called something */
    drop(empty);
}

static void texts_are_kept_as_written(void **state)
{
    (void)state;
    struct loaded *l = load("\xEF\xBB\xBFtitle: 2024\r\ndescription: 1.10\r\nauthor: \"한서진\"\r\n");
    assert_true(l->ok);
    assert_text(l->config.title, "2024");
    assert_text(l->config.description, "1.10");
    assert_text(l->config.author, "한서진");
    drop(l);
}

static void base_url_is_split_and_written_in_ascii(void **state)
{
    (void)state;
    struct loaded *l = load("base_url: HTTPS://Me.GitHub.io:8443/blog/\n");
    assert_text(l->config.base_url, "https://me.github.io:8443/blog");
    assert_text(l->config.base_path, "/blog");
    drop(l);
    l = load("base_url: https://후기.한국/블로그//\n");
    assert_true(l->ok);
    assert_text(l->config.base_url, "https://xn--ok0bm38e.xn--3e0b707e/%EB%B8%94%EB%A1%9C%EA%B7%B8");
    drop(l);
    l = load_with("base_url: https://a.example/\n", &(struct config_overrides){.base_url = "http://localhost:8080/x"});
    assert_text(l->config.base_url, "http://localhost:8080/x");
    assert_text(l->config.base_path, "/x");
    drop(l);
    l = load("base_url: \"\"\n");
    assert_true(l->ok);
    assert_int_equal(l->config.base_url.len, 0);
    drop(l);
    assert_refused("base_url: me.github.io/blog\n", DIAG_CONFIG_VALUE, 1, 11, "absolute address", "https://me.github.io/blog");
    assert_refused("base_url: https://a.example/?x=1\n", DIAG_CONFIG_VALUE, 1, 11, "without '?'", NULL);
    assert_refused("base_url: https://a b/\n", DIAG_CONFIG_VALUE, 1, 11, "absolute address", NULL);
    assert_refused("base_url: https://me@a.example/\n", DIAG_CONFIG_VALUE, 1, 11, "user name", NULL);
    assert_refused("base_url: https://a.example:99999/\n", DIAG_CONFIG_VALUE, 1, 11, "port", NULL);
    assert_refused("base_url: https://-x-/\n", DIAG_CONFIG_VALUE, 1, 11, "host name", NULL);
}

static void languages_have_two_shapes(void **state)
{
    (void)state;
    struct loaded *l = load("title: 후기\nlanguages: [en, ko]\n");
    assert_int_equal(l->config.language_count, 2);
    assert_text(l->config.languages[0].code, "en");
    assert_text(l->config.languages[1].prefix, "/ko");
    drop(l);
    l = load("title: 후기\nlanguage: ko\nlanguages: {en: {title: Reports, description: d}}\n");
    assert_int_equal(l->config.language_count, 2);
    assert_text(l->config.languages[0].code, "ko");
    assert_text(l->config.languages[0].title, "후기");
    assert_text(l->config.languages[1].title, "Reports");
    assert_text(l->config.languages[1].prefix, "/en");
    drop(l);
    assert_refused("languages: {en: {titel: x}}\n", DIAG_CONFIG_KEY, 1, 18, "languages.en.titel", "'title'");
    assert_refused("languages: [ko, english]\n", DIAG_CONFIG_VALUE, 1, 17, "language code", NULL);
    assert_refused("language: 한국어\n", DIAG_CONFIG_VALUE, 1, 11, "language code", NULL);
}

static void sections_and_permalinks_go_together(void **state)
{
    (void)state;
    struct loaded *l = load("sections: {notes: [notes, til/]}\npermalinks: {notes: /n/:year/:slug.html, pages: /p/:path/}\n");
    const struct config *c = &l->config;
    assert_true(l->ok);
    assert_int_equal(c->section_count, 1);
    assert_text(c->sections[0].folders.items[1], "til");
    assert_text(c->permalinks[0].pattern, "/n/:year/:slug.html");
    assert_text(c->permalinks[c->permalink_count - 1].pattern, "/p/:path/");
    drop(l);
    l = load("sections: [posts, notes]\n");
    assert_int_equal(l->config.section_count, 2);
    assert_text(l->config.permalinks[1].pattern, "/notes/:slug/");
    drop(l);
    assert_refused("permalinks: {posts: /:yeer/:slug/}\n", DIAG_CONFIG_VALUE, 1, 22, "':yeer'", "':year'");
    assert_refused("permalinks: {post: /:slug/}\n", DIAG_CONFIG_KEY, 1, 14, "permalinks.post", "'posts'");
    assert_refused("permalinks: {posts: p/:slug/}\n", DIAG_CONFIG_VALUE, 1, 21, "begins with '/'", "permalinks: {posts:");
    assert_refused("permalinks: {posts: /:slug}\n", DIAG_CONFIG_VALUE, 1, 21, "ends in '/'", NULL);
    assert_refused("permalinks: {posts: /../:slug/}\n", DIAG_CONFIG_VALUE, 1, 21, "inside the site", NULL);
    assert_refused("sections: {posts: [events]}\n", DIAG_CONFIG_VALUE, 1, 20, "a folder for posts", NULL);
    assert_refused("sections: {posts: [a, ../b]}\n", DIAG_CONFIG_VALUE, 1, 23, "a folder of content/", NULL);
    assert_refused("sections: {posts: [a], notes: a}\n", DIAG_CONFIG_VALUE, 1, 31, "one section only", NULL);
}

static void amounts_have_units(void **state)
{
    (void)state;
    struct loaded *l = load("hooks: {memory: 1 GB, steps: 5m}\nimages: {max_pixels: 12000000, widths: [900, 300, 900]}\n");
    assert_true(l->ok);
    assert_int_equal(l->config.hooks.memory, 1 << 30);
    assert_int_equal(l->config.hooks.steps, 5000000);
    assert_int_equal(l->config.images.max_pixels, 12000000);
    assert_int_equal(l->config.images.width_count, 2);
    assert_int_equal(l->config.images.widths[0], 300);
    drop(l);
    assert_refused("hooks: {memory: 64XB}\n", DIAG_CONFIG_VALUE, 1, 17, "'hooks.memory' is not a size", "{memory: 64MB}");
    assert_refused("hooks: {memory: 99999999999999999999}\n", DIAG_CONFIG_VALUE, 1, 17, "size", NULL);
    assert_refused("templates: {output: 2GB}\n", DIAG_CONFIG_VALUE, 1, 21, "'templates.output' is not a size from 1MB to 1GB", "{output: 32MB}");
    assert_refused("templates: {depth: 0}\n", DIAG_CONFIG_VALUE, 1, 20, "4 to 100", NULL);
    assert_refused("hooks: {steps: -1}\n", DIAG_CONFIG_VALUE, 1, 16, "count", NULL);
}

static void mistakes_are_told_with_place_and_way_out(void **state)
{
    (void)state;
    assert_refused("tittle: x\n", DIAG_CONFIG_KEY, 1, 1, "'tittle' is not a setting", "'title'");
    assert_refused("images: {qualty: 3}\n", DIAG_CONFIG_KEY, 1, 10, "'images.qualty'", "'quality'");
    assert_refused("baseurl: /x\n", DIAG_CONFIG_KEY, 1, 1, "baseurl", "'base_url'");
    assert_refused("quality: 80\n", DIAG_CONFIG_KEY, 1, 1, "quality", "'images.quality'");
    assert_refused("내설정: 1\n", DIAG_CONFIG_KEY, 1, 1, "내설정", "params");
    assert_refused("paginate: 0\n", DIAG_CONFIG_VALUE, 1, 11, "from 1 to 1000: 0", "paginate: 10");
    assert_refused("paginate: \"10\"\n", DIAG_CONFIG_VALUE, 1, 11, "whole number", NULL);
    assert_refused("timezone: Asia/Soul\n", DIAG_CONFIG_VALUE, 1, 11, "time zone: \"Asia/Soul\"", "Asia/Seoul");
    assert_refused("feeds: false\n", DIAG_CONFIG_VALUE, 1, 8, "'feeds' is not a map", "feeds: {atom: true}");
    assert_refused("feeds: {atom: ja}\n", DIAG_CONFIG_VALUE, 1, 15, "true or false", NULL);
    assert_refused("markdown: {html: raw}\n", DIAG_CONFIG_VALUE, 1, 18, "allow, sanitize, escape", NULL);
    assert_refused("images: {formats: [webp, tiff]}\n", DIAG_CONFIG_VALUE, 1, 26, "tiff", NULL);
    assert_refused("theme: ../x\n", DIAG_CONFIG_VALUE, 1, 8, "a name", NULL);
    assert_refused("taxonomies: [tags, tags]\n", DIAG_CONFIG_VALUE, 1, 20, "different names", NULL);
    assert_refused("taxonomies: {tag: tags}\n", DIAG_CONFIG_VALUE, 1, 13, "a list of names", NULL);
    assert_refused("menu: [{title: 소개}]\n", DIAG_CONFIG_VALUE, 1, 8, "{title, url}", NULL);
    assert_refused("params: x\n", DIAG_CONFIG_VALUE, 1, 9, "a map", NULL);
    assert_refused("- a\n- b\n", DIAG_CONFIG_VALUE, 1, 1, "not a map of settings", NULL);
    assert_refused("title: a\xFF\n", DIAG_ENCODING, 1, 9, "UTF-8", NULL);
    assert_refused("title: a: b\n", DIAG_YAML, 1, 9, "", NULL);
}

static void all_mistakes_are_told_in_the_order_of_the_file(void **state)
{
    (void)state;
    struct loaded *l = load("language: 한국어\npermalinks: {posts: x}\npaginate: 0\nnope: 1\n");
    assert_int_equal(l->diags.count, 4);
    for (ptrdiff_t i = 0; i < 4; i++) assert_int_equal(diag_place(&l->sources, l->diags.items[i].at).line, i + 1);
    drop(l);
}

static void now_is_given_or_the_epoch_or_the_clock(void **state)
{
    (void)state;
    struct loaded *l = load_with(NULL, &(struct config_overrides){.now = "2024-05-18", .drafts = true});
    assert_int_equal(l->config.now.seconds, 1715958000);
    assert_int_equal(l->config.now.offset, 540);
    assert_true(l->config.build.drafts);
    assert_false(l->config.build.future);
    drop(l);
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    l = load(NULL);
    assert_int_equal(l->config.now.seconds, 1700000000);
    drop(l);
    setenv("SOURCE_DATE_EPOCH", "soon", 1);
    l = load(NULL);
    assert_false(l->ok);
    drop(l);
    unsetenv("SOURCE_DATE_EPOCH");
    l = load(NULL);
    assert_true(l->config.now.seconds > 1700000000);
    drop(l);
    l = load_with(NULL, &(struct config_overrides){.now = "어제"});
    assert_false(l->ok);
    drop(l);
}

static void the_table_has_a_line_of_help_for_every_key(void **state)
{
    (void)state;
    const struct config_key_help *rows;
    ptrdiff_t count = config_key_table(&rows);
    assert_true(count > 30);
    for (ptrdiff_t i = 0; i < count; i++) {
        assert_true(rows[i].name.len && rows[i].type.len && rows[i].help.len);
        for (ptrdiff_t j = 0; j < i; j++) assert_false(str_equal(rows[i].name, rows[j].name));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_file_everything_has_its_default),
        cmocka_unit_test(texts_are_kept_as_written),
        cmocka_unit_test(base_url_is_split_and_written_in_ascii),
        cmocka_unit_test(languages_have_two_shapes),
        cmocka_unit_test(sections_and_permalinks_go_together),
        cmocka_unit_test(amounts_have_units),
        cmocka_unit_test(mistakes_are_told_with_place_and_way_out),
        cmocka_unit_test(all_mistakes_are_told_in_the_order_of_the_file),
        cmocka_unit_test(now_is_given_or_the_epoch_or_the_clock),
        cmocka_unit_test(the_table_has_a_line_of_help_for_every_key),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
