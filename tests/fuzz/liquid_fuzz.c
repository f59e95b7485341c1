/* liquid_fuzz.c - a template of any bytes: parse, render, print what was wrong.
 *
 * The first byte chooses: '0' strict, '1' lax, '2' jekyll, '3' a post.  Partials: `self`, the template
 * itself; `card`, which reads and sets names; a layout for every other name.
 * fuzz-first: 0 1 2 3
 * fuzz-seeds: tests/template fuzz/liquid_hostile.json liquid/golden_liquid.json jekyll/jekyll_4.3.1_liquid.json
 */
#include "base/json.h"
#include "template/liquid.h"

static const char data_text[] =
    "{\"a\": [3, 1, null, 2.5, \"x\", [4]], \"b\": {\"x\": 1, \"y\": \"2025-05-16\"}, \"s\": \"\\ud6c4\\uae30, <b>&\", \"n\": -7,"
    "\"posts\": [{\"title\": \"B\", \"tags\": [\"x\"], \"n\": 2}, {\"title\": \"A\", \"date\": \"2025-05-16 10:00 +0900\"}]}";
static const str card = STR_INIT("{{ card }}{% assign n = n | plus: 1 %}{% for i in a limit: 2 %}{{ i }}{% break %}{% endfor %}");
static const str base = STR_INIT("<{% block main %}{{ n }}{% endblock %}{{ content }}>");

struct job {
    struct arena arena;
    struct diags diags;
    struct liquid_parse source;
};

static const struct liquid_template *find_partial(const struct liquid_env *env, str name)
{
    struct job *job = (struct job *)env->partial_data;
    struct liquid_parse source = {.text = str_equal(name, S("card")) ? card : base};
    return liquid_parse(env, &job->arena, str_equal(name, S("self")) ? &job->source : &source, &job->diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const str known[] = {STR_INIT("a"), STR_INIT("s"), STR_INIT("posts")};
    struct job job = {.diags = diags_in(&job.arena), .source = {.file = 1, .known_names = known, .known_name_count = 3}};
    struct sources sources = {.arena = &job.arena};
    struct buf out = buf_in(&job.arena);
    struct liquid_segments segments = {0};
    int kind = size ? bytes[0] % 4 : 0;     /* three modes, and a post, which is strict */
    if (size) job.source.text = str_of((const char *)bytes + 1, (ptrdiff_t)size - 1);
    job.source.lenient = kind == 3;
    sources_add(&sources, S("template"), job.source.text);
    struct liquid_env env = {.mode = (enum liquid_mode)(kind % 3), .limits = {20, 4000, 1 << 16, 500}, .partial = find_partial, .partial_data = &job,
                             .language = S("ko")};
    struct liquid_render render = {.template_ = liquid_parse(&env, &job.arena, &job.source, &job.diags), .segments = kind == 3 ? &segments : NULL};
    json_parse(&job.arena, S(data_text), 0, &job.diags, &render.globals);
    if (render.template_) liquid_render(&env, &render, &job.arena, &out, &job.diags);
    for (ptrdiff_t i = 0; i < job.diags.count; i++) diag_print(&out, &sources, &job.diags.items[i], false);
    arena_free(&job.arena);
    return 0;
}
