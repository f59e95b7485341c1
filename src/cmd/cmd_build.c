/* cmd_build.c - hugi build */
#include "build/report.h"
#include "options.h"

int cmd_build(const struct options *options)
{
    if (options->word_count) return usage_error("'build' takes no '%s'; the site's folder is --source DIR", options->words[0]);
    struct build_result result;
    bool ok = build_run(&options->build, &result);
    report_print(&(struct report_options){options->json, options->quiet, options->verbose, options->timings, true}, &result);
    build_end(&result);
    return ok ? EXIT_FINE : EXIT_SITE;
}
