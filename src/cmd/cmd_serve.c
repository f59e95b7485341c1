/* cmd_serve.c - hugi serve: the same build, again after each change, into a
 * folder of its own. */
#include "base/path.h"
#include "build/report.h"
#include "model/site.h"
#include "options.h"
#include "serve/serve.h"

enum { LOCK_PATIENCE = 60000 };     /* milliseconds: a `hugi build` beside it may take its time */

/* What a site is made of; the rest of its folder is nobody's business. */
static const str sources[] = {
    STR_INIT("hugi.yaml"), STR_INIT("content"), STR_INIT("static"), STR_INIT("data"), STR_INIT("themes"), STR_INIT("hooks"),
};

static void published(void *context, const struct site *site)
{
    struct serve_build *out = context;
    out->ok = true;
    out->base_path = site->config->base_path;
    out->shown(out);
}

static void rebuild(void *context, struct arena *arena, struct serve_build *out)
{
    const struct options *options = context;
    struct build_options build = options->build;
    struct build_result result;
    build.published = published;
    build.published_context = out;
    out->ok = build_run(&build, &result);
    struct buf report = buf_in(arena);
    report_diags(&(struct report_options){.quiet = true}, &result, false, &report);
    out->report = buf_str(&report);
    out->base_path = str_copy(arena, result.config->base_path);
    out->written = result.written;
    out->removed = result.removed;
    out->warnings = result.diags.warnings;
    out->errors = result.diags.errors;
    build_end(&result);
}

int cmd_serve(const struct options *given)
{
    if (given->word_count) return usage_error("'serve' takes no '%s'; the site's folder is --source DIR", given->words[0]);
    if (site_options_check(given) != EXIT_FINE) return EXIT_USAGE;
    struct arena arena = {0};
    struct options options = *given;
    str source = str_c(options.build.source && options.build.source[0] ? options.build.source : ".");
    str output = path_join(&arena, source, S(".hugi/preview"));
    options.build.destination = str_z(&arena, output);
    options.build.preview = true;
    options.build.progress = !options.quiet;
    options.build.lock_patience = LOCK_PATIENCE;
    struct serve_options serve = {
        .source = source, .output = output, .watched = sources, .watched_count = sizeof sources / sizeof *sources,
        .address = options.bind, .port = options.port, .open = options.open, .poll = options.poll, .quiet = options.quiet,
        .rebuild = rebuild, .context = &options,
    };
    bool ok = serve_run(&serve);
    arena_free(&arena);
    return ok ? EXIT_FINE : EXIT_USAGE;    /* an address or a port that is not to be had */
}
