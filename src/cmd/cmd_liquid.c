/* cmd_liquid.c - hugi liquid: a template and its data in, text out. */
#include "base/file.h"
#include "base/json.h"
#include "base/map.h"
#include "base/path.h"
#include "base/yaml.h"
#include "input.h"
#include "markup/markup.h"
#include "options.h"
#include "template/liquid.h"

struct partials {
    const struct options *options;
    struct arena *arena;
    struct sources *sources;
    struct diags *diags;
    struct map known;
};

static const struct { const char *name; enum liquid_mode mode; } modes[] = {
    {"lax", LIQUID_LAX}, {"strict", LIQUID_STRICT}, {"jekyll", LIQUID_JEKYLL},
};

/* Where the template begins: a byte-order mark would stand in the middle of a page. */
static struct liquid_parse begin_parse(struct sources *sources, str name, str text)
{
    uint32_t mark = str_starts(text, S("\xef\xbb\xbf")) ? 3 : 0;
    return (struct liquid_parse){.text = str_from(text, mark), .file = sources_add(sources, name, text), .offset = mark};
}

/* A file parsed once and kept under its path; NULL when it is not there or has errors. */
static const struct liquid_template *read_partial(const struct liquid_env *env, str path)
{
    struct partials *partials = (struct partials *)env->partial_data;
    const struct liquid_template *known = map_get(&partials->known, path);
    struct file_stat stat;
    str text;
    if (known || !file_stat(path, &stat) || !stat.is_file) return known;
    if (!file_read(partials->arena, path, &text, partials->diags)) return NULL;
    struct liquid_parse parse = begin_parse(partials->sources, path, text);
    known = liquid_parse(env, partials->arena, &parse, partials->diags);
    if (known) map_put(partials->arena, &partials->known, path, (void *)known);
    return known;
}

/* Partials are read when they are asked for; one thread, so nothing is shared. */
static const struct liquid_template *find_partial(const struct liquid_env *env, str name)
{
    struct partials *partials = (struct partials *)env->partial_data;
    static const str endings[] = {STR_INIT(""), STR_INIT(".liquid"), STR_INIT(".html")};
    str inside;
    if (!path_normalize(partials->arena, name, &inside)) return NULL;
    for (int d = 0; d < partials->options->partial_count; d++)
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
            str file = str_concat(partials->arena, inside, endings[i]);
            const struct liquid_template *found =
                read_partial(env, path_join(partials->arena, str_c(partials->options->partials[d]), file));
            if (found) return found;
        }
    return NULL;
}

/* Of what lies in the folders, named as find_partial takes it. */
static str nearest_partial(const struct liquid_env *env, str name, struct arena *arena)
{
    struct partials *partials = (struct partials *)env->partial_data;
    struct diags ignored = diags_in(arena);
    struct file_list files = {0};
    for (int d = 0; d < partials->options->partial_count; d++) {
        str folder = str_c(partials->options->partials[d]);
        file_walk(arena, folder, folder, &files, &ignored);
    }
    str *names = ARENA_NEWS(arena, str, files.count * 2);
    for (ptrdiff_t i = 0; i < files.count; i++) {
        str file = files.items[i].path;
        bool ending = str_ends(file, S(".liquid")) || str_ends(file, S(".html"));
        names[2 * i] = ending ? str_slice(file, 0, str_find_last(file, '.')) : file;
        names[2 * i + 1] = file;        /* Jekyll's way */
    }
    return str_nearest(name, names, files.count * 2);
}

/* {% include_relative %}: beside the template; for standard input in the folder hugi runs in. */
static const struct liquid_template *find_relative(const struct liquid_env *env, str name, span at,
                                                   struct diags *diags)
{
    struct partials *partials = (struct partials *)env->partial_data;
    str own = str_c(partials->options->words[0]), inside;
    ptrdiff_t slash = str_find_last(own, '/');
    (void)at;
    (void)diags;            /* they are partials->diags */
    if (!path_normalize(partials->arena, name, &inside)) return NULL;
    if (slash < 0) return read_partial(env, inside);
    return read_partial(env, path_join(partials->arena, str_slice(own, 0, slash ? slash : 1), inside));
}

/* `data` says that the HTML is to look like kramdown's. */
static bool filter_markdownify(struct liquid_call *call)
{
    str html = markup_fragment(value_print(call->input, call->arena), false, call->arena);
    call->result = value_html(call->data ? markup_kramdown_layout(html, call->arena) : html);
    return true;
}

static bool filter_img(struct liquid_call *call)
{
    diag_report(call->diags, DIAG_LIQUID_ARGUMENT, call->at, "'img' makes pictures of a site; 'hugi liquid' has none");
    return false;
}

static const bool as_kramdown = true;
static const struct liquid_extension filters[] = {{STR_INIT("markdownify"), filter_markdownify, NULL, false},
                                                  {STR_INIT("img"), filter_img, NULL, false}};
static const struct liquid_extension jekyll_filters[] = {{STR_INIT("markdownify"), filter_markdownify, &as_kramdown, false},
                                                         {STR_INIT("img"), filter_img, NULL, false}};

static bool read_data(const struct options *options, struct arena *arena, struct sources *sources, struct diags *diags, value *out)
{
    *out = value_map(arena);
    if (!options->data) return true;
    str text, name = str_c(options->data);
    if (!input_read(arena, options->data, &text, diags)) return false;
    uint32_t file = sources_add(sources, name, text);
    bool json = str_ends(name, S(".json"));
    if (!(json ? json_parse(arena, text, file, diags, out) : yaml_parse(arena, text, file, 0, diags, out))) return false;
    if (value_is_null(*out)) *out = value_map(arena);
    if (out->kind == VALUE_MAP) return true;
    diag_report(diags, DIAG_LIQUID_ARGUMENT, (span){file, 0, 0}, "the data is %s, not a map of names", value_kind_name(*out));
    return false;
}

static bool find_mode(const char *name, enum liquid_mode *out)
{
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (!name || strcmp(name, modes[i].name) == 0) {
            *out = modes[i].mode;
            return true;
        }
    return false;
}

static bool render(const struct options *options, struct liquid_env *env, struct arena *arena, struct sources *sources,
                   struct diags *diags, struct buf *out)
{
    const char *name = options->words[0];
    str text;
    value data;
    if (!input_read(arena, name, &text, diags) || !read_data(options, arena, sources, diags, &data)) return false;
    struct liquid_parse parse = begin_parse(sources, str_c(strcmp(name, "-") ? name : "<stdin>"), text);
    const struct liquid_template *template_ = liquid_parse(env, arena, &parse, diags);
    if (!template_) return false;
    struct liquid_render render = {.template_ = template_, .globals = data};
    return liquid_render(env, &render, arena, out, diags);
}

/* What the flags say; EXIT_FINE, or the exit status after a report. */
static int set_up(const struct options *options, struct arena *arena, struct liquid_env *env)
{
    if (options->data && !strcmp(options->data, "-") && !strcmp(options->words[0], "-"))
        return usage_error("template and data cannot both be standard input");
    for (int i = 0; i < options->partial_count; i++) {
        struct file_stat stat;
        if (!file_stat(str_c(options->partials[i]), &stat) || !stat.is_dir)
            return usage_error("there is no folder '%s' for --partials", options->partials[i]);
    }
    if (!find_mode(options->mode, &env->mode)) return usage_error("there is no mode '%s'; there are strict, lax, jekyll", options->mode);
    if (options->build.base_url) env->base_url = str_c(options->build.base_url);
    env->zone = zone_load(arena, options->timezone ? str_c(options->timezone) : S("UTC"));
    if (!env->zone) return usage_error("there is no time zone '%s'; names look like Asia/Seoul", options->timezone);
    if (options->build.now && !date_parse(str_c(options->build.now), env->zone, &env->now))
        return usage_error("--now wants a date (YYYY-MM-DD or RFC 3339), not '%s'", options->build.now);
    return EXIT_FINE;
}

int cmd_liquid(const struct options *options)
{
    if (options->word_count != 1) return usage_error("'liquid' wants one template: FILE, or - for standard input");
    struct arena arena = {0};
    struct sources sources = {.arena = &arena};
    struct diags diags = diags_in(&arena);
    struct partials partials = {options, &arena, &sources, &diags, {0}};
    struct liquid_env env = {.partial = find_partial, .relative = find_relative,
                             .nearest_partial = nearest_partial, .partial_data = &partials, .language = S("ko")};
    int wrong = set_up(options, &arena, &env);
    if (wrong != EXIT_FINE) {
        arena_free(&arena);
        return wrong;
    }
    env.filters = env.mode == LIQUID_JEKYLL ? jekyll_filters : filters;
    env.filter_count = 2;
    markup_start();
    struct buf out = buf_in(&arena);
    bool ok = render(options, &env, &arena, &sources, &diags, &out) && diags.errors == 0;
    if (ok && out.len) fwrite(out.p, 1, (size_t)out.len, stdout);
    input_print_diags(&sources, &diags);
    arena_free(&arena);
    return ok ? EXIT_FINE : EXIT_SITE;
}
