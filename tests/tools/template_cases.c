/* template_cases.c - runs our own cases of src/template.
 *
 *     template_cases [--accept] FOLDER [CASE...]
 *
 * A case is FOLDER/.../NAME.liquid with the values of NAME.yaml.  It is compared with NAME.out (the
 * output), NAME.err (the diagnostics) and NAME.map (a post's segments); what is not there must be
 * empty.  --accept writes them.  CASE is a path without its ending: filters/upcase.
 *
 * The mode is strict, or what NAME starts with: lax_, jekyll_, lenient_ (a post: strict mode, lenient
 * parsing; the values' keys are the known names; text between backticks is verbatim).  Such a case
 * takes the values of the name behind it when it has none: jekyll_sort those of sort.yaml.
 *
 * Partials are in FOLDER/partials.  A host's tag `box`, block tag `figure` and filter `shout` are
 * there in all cases.
 *
 * Prints "ok NAME" or "not ok NAME" with what differs.  All cases together are checked for being
 * complete: filters/NAME and tags/NAME for every filter and tag that hugi knows. */
#include <stdio.h>

#include "base/file.h"
#include "base/map.h"
#include "base/yaml.h"
#include "template/liquid.h"

struct cases {
    struct arena arena;
    struct sources sources;
    str folder;
    const struct zone *zone;
    bool accept;
};

/* What one case's partials come from; the env's partial_data. */
struct partials {
    struct cases *cases;
    struct arena *arena;
    struct diags *diags;
    struct map parsed;
};

static const struct liquid_template *find_partial(const struct liquid_env *env, str name)
{
    struct partials *partials = (struct partials *)env->partial_data;
    struct diags quiet = diags_in(partials->arena);
    const struct liquid_template *known = map_get(&partials->parsed, name);
    if (known) return known;
    str path = str_concat3(partials->arena, partials->cases->folder, S("/partials/"), name), text;
    if (!file_exists(path)) path = str_concat(partials->arena, path, S(".liquid"));
    if (!file_read(partials->arena, path, &text, &quiet)) return NULL;
    path = str_copy(&partials->cases->arena, str_from(path, partials->cases->folder.len + 1));
    text = str_copy(&partials->cases->arena, text);
    struct liquid_parse source = {.text = text, .file = sources_add(&partials->cases->sources, path, text)};
    known = liquid_parse(env, partials->arena, &source, partials->diags);
    if (known) map_put(partials->arena, &partials->parsed, str_copy(partials->arena, name), (void *)known);
    return known;
}

/* --- the host's filter and tags --- */

static bool demo_shout(struct liquid_call *call)
{
    call->result = value_str(str_concat(call->arena, value_text(call->input), S("!")));
    return true;
}

/* {% box a b=c %} and {% figure %}..{% endfigure %}: say what they were given. */
static bool demo_tag(struct liquid_call *call)
{
    struct buf out = buf_in(call->arena);
    buf_printf(&out, "<%" STR_F, STR_A(call->name));
    for (ptrdiff_t i = 0; i < call->argument_count; i++)
        buf_printf(&out, " %" STR_F, STR_A(value_print(call->arguments[i], call->arena)));
    for (ptrdiff_t i = 0; call->named.kind == VALUE_MAP && i < call->named.as.map->count; i++)
        buf_printf(&out, " %" STR_F "=%" STR_F, STR_A(call->named.as.map->pairs[i].key),
                   STR_A(value_print(call->named.as.map->pairs[i].value, call->arena)));
    buf_printf(&out, ">%" STR_F, STR_A(call->body));
    call->result = value_html(buf_str(&out));
    return true;
}

static const struct liquid_extension demo_filters[] = {{STR_INIT("shout"), demo_shout, NULL, false}};
static const struct liquid_extension demo_tags[] = {{STR_INIT("box"), demo_tag, NULL, false},
                                                    {STR_INIT("figure"), demo_tag, NULL, true}};

/* --- one case --- */

static const struct case_mode {
    str prefix;
    enum liquid_mode mode;
    bool lenient;
} modes[] = {
    {STR_INIT("lax_"), LIQUID_LAX, false},
    {STR_INIT("jekyll_"), LIQUID_JEKYLL, false},
    {STR_INIT("lenient_"), LIQUID_STRICT, true},
    {STR_INIT(""), LIQUID_STRICT, false},
};

static const struct case_mode *mode_of(str name)
{
    const struct case_mode *mode = modes;
    str base = str_from(name, str_find_last(name, '/') + 1);
    while (!str_starts(base, mode->prefix)) mode++;
    return mode;
}

/* Every pair of backticks and what is between. */
static ptrdiff_t verbatim_ranges(str text, struct liquid_range *ranges, ptrdiff_t most)
{
    ptrdiff_t count = 0, open = -1;
    for (ptrdiff_t i = 0; i < text.len && count < most; i++) {
        if (text.p[i] != '`') continue;
        if (open >= 0) ranges[count++] = (struct liquid_range){open, i + 1};
        open = open >= 0 ? -1 : i;
    }
    return count;
}

struct result {
    struct buf out, err, map;
};

static void render(struct cases *cases, struct arena *arena, str name, str text, value values, struct result *result)
{
    enum { MOST = 64 };
    struct diags diags = diags_in(arena);
    struct liquid_range ranges[MOST];
    str known[MOST];
    const struct case_mode *mode = mode_of(name);
    struct partials partials = {cases, arena, &diags, {0}};
    struct liquid_env env = {
        .mode = mode->mode, .partial = find_partial, .partial_data = &partials, .base_url = S("https://me.github.io/blog"),
        .zone = cases->zone, .now = {.seconds = 1700000000, .offset = 540}, .language = S("ko"),
        .filters = demo_filters, .filter_count = 1, .tags = demo_tags, .tag_count = 2};
    str file = str_concat(&cases->arena, name, S(".liquid"));
    struct liquid_parse source = {.text = text, .file = sources_add(&cases->sources, file, text), .lenient = mode->lenient,
                                  .known_names = known, .verbatim = ranges};
    for (ptrdiff_t i = 0; i < value_count(values) && i < MOST; i++)
        known[source.known_name_count++] = values.as.map->pairs[i].key;
    if (mode->lenient) source.verbatim_count = verbatim_ranges(text, ranges, MOST);
    struct liquid_segments segments = {0};
    const struct liquid_template *template_ = liquid_parse(&env, arena, &source, &diags);
    struct liquid_render render = {.template_ = template_, .globals = values, .segments = mode->lenient ? &segments : NULL};
    if (template_) liquid_render(&env, &render, arena, &result->out, &diags);
    for (ptrdiff_t i = 0; i < diags.count; i++) diag_print(&result->err, &cases->sources, &diags.items[i], false);
    for (ptrdiff_t i = 0; i < segments.count; i++)
        buf_printf(&result->map, "%td %u %s\n", segments.items[i].output, (unsigned)segments.items[i].source,
                   segments.items[i].copied ? "copied" : "made");
}

static str path_of(const struct cases *cases, struct arena *arena, str name, const char *ending)
{
    return str_concat3(arena, cases->folder, str_concat(arena, S("/"), name), str_c(ending));
}

static bool read_values(struct cases *cases, struct arena *arena, str name, value *out, struct diags *diags)
{
    str path = path_of(cases, arena, name, ".yaml"), text;
    ptrdiff_t prefix = mode_of(name)->prefix.len, base = str_find_last(name, '/') + 1;
    *out = value_map(arena);
    if (!file_exists(path))
        path = path_of(cases, arena, str_concat(arena, str_slice(name, 0, base), str_from(name, base + prefix)), ".yaml");
    if (!file_exists(path)) return true;
    return file_read(arena, path, &text, diags) && yaml_parse(arena, text, sources_add(&cases->sources, str_copy(&cases->arena, path),
                                                                                     str_copy(&cases->arena, text)), 0, diags, out)
           && out->kind == VALUE_MAP;
}

static void print_indented(str text)
{
    for (str line; str_line(&text, &line);) printf("    %" STR_F "\n", STR_A(line));
}

/* Compares with (or writes) one of a case's files. */
static bool same_file(const struct cases *cases, struct arena *arena, str name, const char *ending, str got, struct buf *wrong)
{
    struct diags diags = diags_in(arena);
    str path = path_of(cases, arena, name, ending), want = {0};
    if (cases->accept) {
        if (got.len) return file_write(path, got, &diags);
        file_remove(path);
        return true;
    }
    if (file_exists(path) && !file_read(arena, path, &want, &diags)) return false;
    if (str_equal(want, got)) return true;
    buf_printf(wrong, "want %s:\n%" STR_F "\ngot %s:\n%" STR_F "\n", ending, STR_A(want), ending, STR_A(got));
    return false;
}

static void run_case(struct cases *cases, str name)
{
    struct arena arena = {0};
    struct diags diags = diags_in(&arena);
    struct buf wrong = buf_in(&arena);
    struct result result = {buf_in(&arena), buf_in(&arena), buf_in(&arena)};
    value values;
    str text;
    bool good = file_read(&arena, path_of(cases, &arena, name, ".liquid"), &text, &diags)
                && read_values(cases, &arena, name, &values, &diags);
    if (good) {
        render(cases, &arena, name, text, values, &result);
        good = same_file(cases, &arena, name, ".out", buf_str(&result.out), &wrong);
        good = same_file(cases, &arena, name, ".err", buf_str(&result.err), &wrong) && good;
        good = same_file(cases, &arena, name, ".map", buf_str(&result.map), &wrong) && good;
    }
    for (ptrdiff_t i = 0; i < diags.count; i++) diag_print(&wrong, &cases->sources, &diags.items[i], false);
    printf("%s %" STR_F "\n", good ? "ok" : "not ok", STR_A(name));
    if (!good) print_indented(buf_str(&wrong));
    arena_free(&arena);
}

/* --- all of them --- */

static void check_complete(const struct cases *cases, const char *kind, ptrdiff_t count, const str *names)
{
    struct arena arena = {0};
    bool good = true;
    for (ptrdiff_t i = 0; i < count; i++) {
        str name = str_format(&arena, "%s/%" STR_F, kind, STR_A(names[i]));
        if (file_exists(path_of(cases, &arena, name, ".liquid"))) continue;
        printf("not ok there is no case %" STR_F ".liquid\n", STR_A(name));
        good = false;
    }
    if (good) printf("ok every one of %s/ has its case\n", kind);
    arena_free(&arena);
}

static bool run_all(struct cases *cases)
{
    struct diags diags = diags_in(&cases->arena);
    struct file_list files = {0};
    if (!file_walk(&cases->arena, cases->folder, cases->folder, &files, &diags)) return false;
    for (ptrdiff_t i = 0; i < files.count; i++) {
        str name = files.items[i].path;
        if (!str_ends(name, S(".liquid")) || str_starts(name, S("partials/"))) continue;
        run_case(cases, str_slice(name, 0, name.len - 7));
    }
    const str *names;
    ptrdiff_t count = liquid_filter_names(LIQUID_STRICT, &names);
    check_complete(cases, "filters", count, names);
    count = liquid_tag_names(LIQUID_STRICT, &names);
    check_complete(cases, "tags", count, names);
    return true;
}

int main(int argc, char **argv)
{
    struct cases cases = {0};
    int at = 1;
    cases.accept = argc > 1 && !strcmp(argv[1], "--accept");
    if (cases.accept) at++;
    if (at >= argc) {
        fprintf(stderr, "usage: template_cases [--accept] FOLDER [CASE...]\n");
        return 2;
    }
    cases.sources.arena = &cases.arena;
    cases.folder = str_c(argv[at++]);
    cases.zone = zone_load(&cases.arena, S("Asia/Seoul"));
    bool good = true;
    if (at == argc) good = run_all(&cases);
    for (; at < argc; at++) run_case(&cases, str_c(argv[at]));
    arena_free(&cases.arena);
    return good ? 0 : 1;
}
