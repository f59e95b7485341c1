/* lua_suite.c - runs hostile Lua through src/hook.
 *
 *     lua_suite [-v] SUITE.json ...
 *
 * A suite is {"scripts": [...]}.  Each script is tried four ways: as a whole
 * file, and as the body of a tag hook, of a filter and of hugi.once.  It passes
 * when every way ends within two seconds (of processor time: the machine may be
 * busy), well or with a located error, and the next call of the same state does
 * the same.  -v prints what became of each.  The last line is "lua: N of M". */
#include <stdio.h>
#include <time.h>

#include "base/file.h"
#include "base/json.h"
#include "hook/hook.h"

enum { MEMORY = 64 * 1024 * 1024, STEPS = 50 * 1000 * 1000, SECONDS = 2 };

struct suite {
    struct arena arena;
    bool verbose;
    int passed, total;
};

/* One way of trying a script. */
struct trial {
    const char *name;
    const char *format;
    bool calls_tag, calls_filter;
};

static const struct trial trials[] = {
    {"file", "%" STR_F "\n", false, false},
    {"tag", "function tag(term, site)\n%" STR_F "\nend\n", true, false},
    {"filter", "hugi.filter('f', function(input)\n%" STR_F "\nend)\n", false, true},
    {"once", "function tag()\nlocal v = hugi.once('v', function()\n%" STR_F "\nend)\nreturn nil\nend\n", true, false},
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool call_tag(struct hooks *hooks, struct arena *arena, struct diags *diags)
{
    static const struct language korean = {.code = STR_INIT("ko")};
    struct term term = {.taxonomy = S("tags"), .name = S("AWS"), .language = &korean, .default_url = S("/tags/aws/")};
    struct term_page out;
    return hooks_tag(hooks, 0, NULL, &term, arena, diags, &out);
}

static bool call_filter(struct hooks *hooks, struct arena *arena, struct diags *diags)
{
    const struct liquid_extension *filters;
    if (hooks_filters(hooks, &filters) != 1) return true;
    struct hook_call user = {.hooks = hooks};
    struct liquid_call call = {.name = filters[0].name, .data = filters[0].data, .user = &user,
                               .input = value_str(S("text")), .arena = arena, .diags = diags};
    return filters[0].call(&call);
}

/* Every failure has exactly one diagnostic, with a place in the script. */
static bool is_located(bool ok, const struct diags *diags, uint32_t file)
{
    if (ok) return diags->errors == 0;
    return diags->errors == 1 && diags->items[diags->count - 1].at.file == file;
}

static void show(const struct suite *suite, const struct trial *trial, bool passed, double seconds,
                 struct arena *arena, const struct sources *sources, const struct diags *diags)
{
    if (!suite->verbose && passed) return;
    struct buf out = buf_in(arena);
    for (ptrdiff_t i = 0; i < diags->count && i < 3; i++) diag_print(&out, sources, &diags->items[i], false);
    printf("%s %-6s %.3f s\n%" STR_F, passed ? "ok  " : "FAIL", trial->name, seconds, STR_A(buf_str(&out)));
}

static bool try_script(const struct suite *suite, const struct trial *trial, str text)
{
    struct arena arena = {0};
    struct sources sources = {.arena = &arena};
    struct diags diags = diags_in(&arena), again = diags_in(&arena);
    struct theme_script script = {.name = S("hostile.lua"), .path = S("hooks/hostile.lua")};
    script.text = str_format(&arena, trial->format, STR_A(text));
    script.file = sources_add(&sources, script.path, script.text);
    struct hooks_options options = {.scripts = &script, .script_count = 1, .memory = MEMORY, .steps = STEPS,
                                    .root = S("."), .workers = 1};
    double start = now();
    struct hooks *hooks = hooks_load(&arena, &options, &diags);
    bool ok = hooks != NULL;
    if (ok && trial->calls_tag) ok = call_tag(hooks, &arena, &diags);
    if (ok && trial->calls_filter) ok = call_filter(hooks, &arena, &diags);
    double seconds = now() - start;
    bool passed = seconds < SECONDS && is_located(ok, &diags, script.file);
    bool survives = !hooks || !trial->calls_tag || call_tag(hooks, &arena, &again) == ok;
    show(suite, trial, passed && survives, seconds, &arena, &sources, &diags);
    hooks_free(hooks);
    arena_free(&arena);
    return passed && survives;
}

static void run_script(struct suite *suite, str text)
{
    bool passed = true;
    if (suite->verbose) printf("--- %" STR_F "\n", STR_A(text));
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++)
        if (!try_script(suite, &trials[i], text)) {
            passed = false;
            if (!suite->verbose) printf("     in: %" STR_F "\n", STR_A(text));
        }
    suite->total++;
    suite->passed += passed;
}

static bool run_file(struct suite *suite, str path)
{
    str text;
    value root;
    struct diags diags = diags_in(&suite->arena);
    if (!file_read(&suite->arena, path, &text, &diags) || !json_parse(&suite->arena, text, 0, &diags, &root)) {
        fprintf(stderr, "lua_suite: %" STR_F ": %" STR_F "\n", STR_A(path), STR_A(diags.items[0].message));
        return false;
    }
    value scripts = value_get(root, S("scripts"), &suite->arena);
    for (ptrdiff_t i = 0; i < value_count(scripts); i++)
        run_script(suite, value_text(value_at(scripts, i, &suite->arena)));
    return true;
}

int main(int argc, char **argv)
{
    struct suite suite = {0};
    bool ok = true;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) suite.verbose = true;
        else ok = run_file(&suite, str_c(argv[i])) && ok;
    }
    arena_free(&suite.arena);
    printf("lua: %d of %d\n", suite.passed, suite.total);
    return ok && suite.passed == suite.total ? 0 : 1;
}
