/* cmd_check.c - hugi check: everything is read and every mistake told, but nothing is made.
 * With --photos a line for each picture that tells more than it shows. */
#include "base/escape.h"
#include "build/report.h"
#include "model/site.h"
#include "options.h"

static void photo_line(const struct asset *asset, bool json, struct buf *out)
{
    const char *between = "";
    if (json) {
        buf_add(out, S("{\"type\":\"photo\",\"path\":"));
        buf_json(out, asset->path);
        buf_add(out, S(",\"tells\":["));
    } else {
        buf_add(out, asset->path);
        buf_add(out, S(": "));
    }
    for (int trace = 0; trace < TRACE_COUNT; trace++) {
        if (!image_tells(&asset->info, (enum image_trace)trace)) continue;
        buf_printf(out, json ? "%s\"%s\"" : "%s%s", between, image_trace_name((enum image_trace)trace));
        between = json ? "," : ", ";
    }
    buf_add(out, json ? S("]}\n") : S("\n"));
}

static void list_photos(const struct site *site, bool json, struct buf *out)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < site->asset_count; i++) {
        if (site->assets[i]->info.traces == 0) continue;
        photo_line(site->assets[i], json, out);
        count++;
    }
    if (json) return;
    if (count == 1) buf_add(out, S("1 file tells more than it shows; what is published does not\n"));
    else buf_printf(out, "%td files tell more than they show; what is published does not\n", count);
}

int cmd_check(const struct options *options)
{
    if (options->word_count) return usage_error("'check' takes no '%s'; the site's folder is --source DIR", options->words[0]);
    if (site_options_check(options) != EXIT_FINE) return EXIT_USAGE;
    struct build_result result;
    struct build_options build = options->build;
    build.progress = !options->json && !options->quiet;
    bool ok = build_site(&build, &result);
    struct buf out = buf_in(result.arena);
    if (options->photos && result.site) list_photos(result.site, options->json, &out);
    if (out.len) fwrite(out.p, 1, (size_t)out.len, stdout);
    fflush(stdout);
    report_print(&(struct report_options){.json = options->json, .quiet = options->quiet}, &result);
    build_end(&result);
    return ok ? EXIT_FINE : EXIT_SITE;
}
