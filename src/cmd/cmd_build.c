/* cmd_build.c - hugi build */
#include "build/report.h"
#include "options.h"

enum { LOCK_PATIENCE = 2000 };      /* milliseconds: a `hugi serve` beside it builds now and then */

int cmd_build(const struct options *options)
{
    if (options->word_count) return usage_error("'build' takes no '%s'; the site's folder is --source DIR", options->words[0]);
    if (site_options_check(options) != EXIT_FINE) return EXIT_USAGE;
    struct build_options build = options->build;
    struct build_result result;
    build.lock_patience = LOCK_PATIENCE;
    build.timings = options->timings;
    build.progress = !options->json && !options->quiet;
    bool ok = build_run(&build, &result);
    report_print(&(struct report_options){options->json, options->quiet, options->verbose, options->timings, true}, &result);
    if (result.unexplained.len) usage_error("%" STR_F, STR_A(result.unexplained));
    int status = !ok ? EXIT_SITE : result.unexplained.len ? EXIT_USAGE : EXIT_FINE;
    build_end(&result);
    return status;
}
