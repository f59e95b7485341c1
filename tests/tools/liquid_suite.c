/* liquid_suite.c - runs a JSON suite of Liquid cases through src/template.
 *
 *     liquid_suite [-v] [--partials DIR] [--aside FILE] SUITE.json
 *
 * Suites come in three shapes: golden-liquid (`tests`, lax mode; those tagged strict or
 * `invalid` in strict mode, `absent` left out), Jekyll's (`tests` with
 * `default_data`; jekyll mode, config as `site`, Asia/Seoul) and the hostile
 * templates (`templates`; each must end within a second).  -v prints what
 * failed.  The last line is "liquid: N of M". */
#include <stdio.h>
#include <time.h>

#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "markup/markup.h"
#include "template/liquid.h"

struct suite {
    struct arena arena;
    struct sources sources;
    value root, aside;
    str partials;
    bool verbose, jekyll;
    const struct zone *zone;
    int passed, total;
};

/* What one case's partials come from; the env's partial_data. */
struct partials {
    struct suite *suite;
    struct arena *arena;
    struct diags *diags;
    value templates;
};

static const struct liquid_template *find_partial(const struct liquid_env *env, str name)
{
    const struct partials *partials = env->partial_data;
    value text = value_get(partials->templates, name, partials->arena);
    struct diags quiet = diags_in(partials->arena);
    str content = value_text(text), path = name;
    if (!value_is_str(text)) {
        path = str_concat3(partials->arena, partials->suite->partials, S("/"), name);
        if (!file_exists(path)) path = str_concat(partials->arena, path, S(".liquid"));
        if (!partials->suite->partials.len || !file_read(partials->arena, path, &content, &quiet)) return NULL;
        path = str_from(path, partials->suite->partials.len + 1);
    }
    uint32_t file = sources_add(&partials->suite->sources, str_copy(&partials->suite->arena, path),
                                str_copy(&partials->suite->arena, content));
    struct liquid_parse source = {.text = content, .file = file};
    return liquid_parse(env, partials->arena, &source, partials->diags);
}

static bool has_tag(value test, const char *tag)
{
    value tags = value_get(test, S("tags"), NULL);
    for (ptrdiff_t i = 0; i < value_count(tags); i++)
        if (str_equal(value_text(value_at(tags, i, NULL)), str_c(tag))) return true;
    return false;
}

static bool is_aside(const struct suite *suite, str name)
{
    for (ptrdiff_t i = 0; i < value_count(suite->aside); i++)
        if (str_equal(value_text(value_at(suite->aside, i, NULL)), name)) return true;
    return false;
}

/* The globals: the case's data, for Jekyll with its config as `site`. */
static value case_globals(struct suite *suite, struct arena *arena, value test)
{
    value data = value_get(test, S("data"), arena), config;
    value globals = value_map(arena);
    if (value_is_str(data)) data = value_get(suite->root, S("default_data"), arena);
    if (data.kind == VALUE_MAP)
        for (ptrdiff_t i = 0; i < data.as.map->count; i++)
            value_set(arena, &globals, data.as.map->pairs[i].key, data.as.map->pairs[i].value);
    if (!suite->jekyll) return globals;
    config = value_get(test, S("config"), arena);
    if (value_is_null(config)) config = value_get(suite->root, S("default_config"), arena);
    value_set(arena, &globals, S("site"), config);
    return globals;
}

/* As `hugi liquid` has it. */
static bool filter_markdownify(struct liquid_call *call)
{
    str html = markup_fragment(value_print(call->input, call->arena), false, call->arena);
    call->result = value_html(markup_kramdown_layout(html, call->arena));
    return true;
}

static const struct liquid_extension jekyll_filters[] = {{STR_INIT("markdownify"), filter_markdownify, NULL, false}};

static bool run(struct suite *suite, struct arena *arena, enum liquid_mode mode, str text, value test,
                struct buf *out, struct diags *diags)
{
    struct partials partials = {suite, arena, diags, value_get(test, S("templates"), arena)};
    struct liquid_env env = {.mode = mode, .partial = find_partial, .partial_data = &partials,
                             .zone = suite->zone, .now = {.seconds = 1700000000}, .language = S("ko")};
    env.filters = jekyll_filters;
    env.filter_count = suite->jekyll ? 1 : 0;
    struct liquid_parse source = {.text = text, .file = sources_add(&suite->sources, S("template"), text)};
    const struct liquid_template *template_ = liquid_parse(&env, arena, &source, diags);
    if (!template_) return false;
    struct liquid_render render = {.template_ = template_, .globals = case_globals(suite, arena, test)};
    return liquid_render(&env, &render, arena, out, diags);
}

static bool matches(value test, str got)
{
    value result = value_get(test, S("result"), NULL), results = value_get(test, S("results"), NULL);
    if (value_is_str(result)) return str_equal(result.as.text, got);
    for (ptrdiff_t i = 0; i < value_count(results); i++)
        if (str_equal(value_text(value_at(results, i, NULL)), got)) return true;
    return false;
}

static void show_failure(struct suite *suite, struct arena *arena, value test, bool invalid, bool good, str got,
                         const struct diags *diags)
{
    struct buf text = buf_in(arena);
    buf_printf(&text, "FAIL %" STR_F "\n  template: ", STR_A(value_text(value_get(test, S("name"), arena))));
    buf_json_value(&text, value_get(test, S("template"), arena), 0, arena);
    buf_printf(&text, "\n  expected: ");
    if (invalid) buf_add(&text, S("an error"));
    else buf_json_value(&text, value_get(test, S("result"), arena), 0, arena);
    buf_printf(&text, "\n  got:      ");
    buf_json_value(&text, value_str(got), 0, arena);
    buf_char(&text, '\n');
    if (!good)
        for (ptrdiff_t i = 0; i < diags->count; i++) diag_print(&text, &suite->sources, &diags->items[i], false);
    fwrite(text.p, 1, (size_t)text.len, stdout);
}

static void run_case(struct suite *suite, value test)
{
    struct arena arena = {0};
    struct diags diags = diags_in(&arena);
    struct buf out = buf_in(&arena);
    bool invalid = value_get(test, S("invalid"), &arena).as.boolean;
    if (has_tag(test, "absent") || is_aside(suite, value_text(value_get(test, S("name"), &arena)))) return;
    bool strict = !suite->jekyll && (invalid || has_tag(test, "strict") || has_tag(test, "strict2"));
    enum liquid_mode mode = suite->jekyll ? LIQUID_JEKYLL : strict ? LIQUID_STRICT : LIQUID_LAX;
    bool good = run(suite, &arena, mode, value_text(value_get(test, S("template"), &arena)), test, &out, &diags);
    bool passed = invalid ? !good : good && matches(test, buf_str(&out));
    suite->total++;
    suite->passed += passed;
    if (!passed && suite->verbose) show_failure(suite, &arena, test, invalid, good, buf_str(&out), &diags);
    arena_free(&arena);
}

/* Seconds of work, whatever else the machine does. */
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run_hostile(struct suite *suite, value text)
{
    for (enum liquid_mode mode = LIQUID_STRICT; mode <= LIQUID_JEKYLL; mode++) {
        struct arena arena = {0};
        struct diags diags = diags_in(&arena);
        struct buf out = buf_in(&arena);
        double start = now();
        bool good = run(suite, &arena, mode, value_text(text), value_null(), &out, &diags);
        double seconds = now() - start;
        bool passed = seconds < 1 && (good || diags.errors > 0) && arena.total < (200u << 20);
        suite->total++;
        suite->passed += passed;
        if (suite->verbose && (!passed || seconds > 0.3)) {
            str head = str_slice(value_text(text), 0, 60);
            printf("%s %.2f s %zu MB %" STR_F "\n", passed ? "slow" : "FAIL", seconds, arena.total >> 20, STR_A(head));
        }
        arena_free(&arena);
    }
}

static bool read_json(struct suite *suite, const char *path, value *out, struct diags *diags)
{
    str text;
    if (!file_read(&suite->arena, str_c(path), &text, diags)) return false;
    return json_parse(&suite->arena, text, sources_add(&suite->sources, str_c(path), text), diags, out);
}

int main(int argc, char **argv)
{
    struct suite suite = {0};
    struct diags diags = diags_in(&suite.arena);
    const char *path = NULL, *aside = NULL;
    suite.sources.arena = &suite.arena;
    markup_start();
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "-v")) suite.verbose = true;
        else if (!strcmp(argv[i], "--partials") && i + 1 < argc) suite.partials = str_c(argv[++i]);
        else if (!strcmp(argv[i], "--aside") && i + 1 < argc) aside = argv[++i];
        else path = argv[i];
    }
    if (!path) {
        fprintf(stderr, "usage: liquid_suite [-v] [--partials DIR] [--aside FILE] SUITE.json\n");
        return 2;
    }
    if (!read_json(&suite, path, &suite.root, &diags) || (aside && !read_json(&suite, aside, &suite.aside, &diags))) {
        fprintf(stderr, "liquid_suite: cannot read %s\n", path);
        return 1;
    }
    suite.aside = value_get(suite.aside, S("names"), &suite.arena);
    suite.jekyll = !value_is_null(value_get(suite.root, S("default_data"), &suite.arena));
    if (suite.jekyll) suite.zone = zone_load(&suite.arena, S("Asia/Seoul"));
    value tests = value_get(suite.root, S("tests"), &suite.arena);
    value templates = value_get(suite.root, S("templates"), &suite.arena);
    for (ptrdiff_t i = 0; i < value_count(tests); i++) run_case(&suite, value_at(tests, i, &suite.arena));
    for (ptrdiff_t i = 0; i < value_count(templates); i++) run_hostile(&suite, value_at(templates, i, &suite.arena));
    printf("liquid: %d of %d\n", suite.passed, suite.total);
    arena_free(&suite.arena);
    return suite.passed == suite.total ? 0 : 1;
}
