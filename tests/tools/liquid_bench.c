/* liquid_bench.c - how long a template takes to render, parsed before.
 *
 *     liquid_bench TURNS OUT DIR...
 *
 * Renders DIR/templates/index.liquid with DIR/data.json, partials from the same
 * folder, once into OUT/NAME.hugi, then TURNS times; prints "NAME MICROSECONDS",
 * processor time of one render.  Each render starts from an empty arena, as a
 * page's does.  tests/bench/ holds the same for others. */
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/json.h"
#include "base/map.h"
#include "base/path.h"
#include "template/liquid.h"

struct bench {
    struct arena arena;
    struct diags diags;
    struct sources sources;
    struct map templates;       /* by name, parsed */
    value data;
};

static const struct liquid_template *find_partial(const struct liquid_env *env, str name)
{
    const struct bench *bench = env->partial_data;
    return map_get(&bench->templates, name);
}

static bool read_folder(struct bench *bench, const struct liquid_env *env, str folder)
{
    struct arena *arena = &bench->arena;
    str templates = path_join(arena, folder, S("templates")), text;
    struct file_list files = {0};
    if (!file_walk(arena, templates, templates, &files, &bench->diags)) return false;
    for (ptrdiff_t i = 0; i < files.count; i++) {
        str path = path_join(arena, templates, files.items[i].path);
        if (!file_read(arena, path, &text, &bench->diags)) return false;
        struct liquid_parse parse = {.text = text, .file = sources_add(&bench->sources, path, text)};
        const struct liquid_template *parsed = liquid_parse(env, arena, &parse, &bench->diags);
        if (!parsed) return false;
        map_put(arena, &bench->templates, files.items[i].path, (void *)parsed);
    }
    str path = path_join(arena, folder, S("data.json"));
    return file_read(arena, path, &text, &bench->diags)
           && json_parse(arena, text, sources_add(&bench->sources, path, text), &bench->diags, &bench->data);
}

static double spent(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* One render; the arena is a worker's, emptied and used again. */
static bool render(struct bench *bench, const struct liquid_env *env, struct arena *scratch, str save)
{
    struct arena_mark mark = arena_mark(scratch);
    struct buf out = buf_in(scratch);
    struct liquid_render job = {.template_ = map_get(&bench->templates, S("index.liquid")), .globals = bench->data};
    bool good = liquid_render(env, &job, scratch, &out, &bench->diags)
                && (!save.len || file_write(save, buf_str(&out), &bench->diags));
    arena_rewind(scratch, mark);
    return good;
}

static bool run(struct bench *bench, str folder, int turns, str out)
{
    struct liquid_env env = {.mode = LIQUID_LAX, .partial = find_partial, .partial_data = bench, .language = S("en"),
                             .now = {.seconds = (int64_t)time(NULL)}};
    struct arena scratch = {0};
    str name = path_name(folder);
    bool good = read_folder(bench, &env, folder)
                && render(bench, &env, &scratch, str_concat(&bench->arena, path_join(&bench->arena, out, name), S(".hugi")));
    for (int i = 0; good && i < turns / 10; i++) good = render(bench, &env, &scratch, (str){0});
    double start = spent();
    for (int i = 0; good && i < turns; i++) good = render(bench, &env, &scratch, (str){0});
    if (good) printf("%" STR_F " %.2f\n", STR_A(name), (spent() - start) / turns);
    arena_free(&scratch);
    return good;
}

int main(int argc, char **argv)
{
    bool good = argc > 3;
    if (!good) fprintf(stderr, "usage: liquid_bench TURNS OUT DIR...\n");
    for (int i = 3; i < argc; i++) {
        struct bench bench = {.diags = diags_in(&bench.arena), .sources = {.arena = &bench.arena}};
        struct buf text = buf_in(&bench.arena);
        good = run(&bench, str_c(argv[i]), atoi(argv[1]), str_c(argv[2])) && good;
        for (ptrdiff_t d = 0; d < bench.diags.count; d++) diag_print(&text, &bench.sources, &bench.diags.items[d], false);
        fwrite(text.p ? text.p : "", 1, (size_t)text.len, stderr);
        arena_free(&bench.arena);
    }
    return good ? 0 : 1;
}
