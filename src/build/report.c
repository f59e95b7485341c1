/* report.c - diagnostics for people (standard error) or machines (JSON lines),
 * and the summary. */
#include "build/report.h"

#include <unistd.h>

#include "base/escape.h"
#include "timings.h"

enum { MOST_NOTICES = 3 };      /* of one code; the others are only counted */

/* Notices, and foreign files, come by the dozen and say the same. */
static void print_more(struct buf *out, const ptrdiff_t *hidden)
{
    for (int code = 0; code < DIAG_CODE_COUNT; code++)
        if (hidden[code]) buf_printf(out, "hugi: %td more like '%s'; --verbose shows them\n", hidden[code], diag_code_text((enum diag_code)code));
}

void report_diags(const struct report_options *options, const struct build_result *result, bool color, struct buf *out)
{
    ptrdiff_t shown[DIAG_CODE_COUNT] = {0}, hidden[DIAG_CODE_COUNT] = {0};
    for (ptrdiff_t i = 0; i < result->diags.count; i++) {
        const struct diag *diag = &result->diags.items[i];
        bool notice = diag->severity == DIAG_NOTICE, folded = notice || diag->code == DIAG_FOREIGN;
        if (options->json)
            diag_print_json(out, &result->sources, diag);
        else if (notice && options->quiet)
            continue;
        else if (folded && !options->verbose && shown[diag->code]++ >= MOST_NOTICES)
            hidden[diag->code]++;
        else
            diag_print(out, &result->sources, diag, color);
    }
    if (!options->json) print_more(out, hidden);
}

static void json_summary(const struct build_result *r, struct buf *out)
{
    buf_printf(out, "{\"type\":\"summary\",\"pages\":%lld,\"posts\":%lld,\"outputs\":%lld,\"written\":%lld,\"unchanged\":%lld,"
                    "\"removed\":%lld,\"images\":%lld,\"variants\":%lld,\"warnings\":%td,\"errors\":%td,\"ms\":%lld}\n",
               (long long)r->pages, (long long)r->posts, (long long)r->outputs, (long long)r->written,
               (long long)r->unchanged, (long long)r->removed, (long long)r->images, (long long)r->variants,
               r->diags.warnings, r->diags.errors, (long long)r->milliseconds);
}

static void counted(struct buf *out, int64_t count, const char *what)
{
    buf_count(out, count);
    buf_printf(out, " %s", what);
}

static void plural(struct buf *out, int64_t count, const char *one, const char *many) { counted(out, count, count == 1 ? one : many); }

static void size(struct buf *out, int64_t bytes)
{
    if (bytes < 1024 * 1024)
        buf_printf(out, "%lld KB", (long long)((bytes + 1023) / 1024));
    else
        buf_printf(out, "%.1f MB", (double)bytes / (1024 * 1024));
}

static void failure_line(const struct build_result *r, struct buf *out)
{
    plural(out, r->diags.errors, "error", "errors");
    if (r->diags.warnings) {
        buf_add(out, S(", "));
        plural(out, r->diags.warnings, "warning", "warnings");
    }
    if (r->written == 0)
        buf_add(out, S("; nothing was published\n"));
    else                                    /* the disk is full, or the like */
        buf_printf(out, "; %lld files were put into place before it, the next build without error does the rest\n", (long long)r->written);
}

static void success_lines(const struct build_result *r, struct buf *out)
{
    plural(out, r->pages, "page", "pages");
    buf_add(out, S(" ("));
    plural(out, r->posts, "post", "posts");
    buf_add(out, S("), "));
    plural(out, r->images, "picture", "pictures");
    buf_add(out, S(", "));
    size(out, r->bytes);
    buf_printf(out, " in %" STR_F "/\n", STR_A(r->destination));
    counted(out, r->written, "written, ");
    counted(out, r->unchanged, "unchanged, ");
    counted(out, r->removed, "removed");
    if (r->variants) {
        buf_add(out, S(", "));
        plural(out, r->variants, "picture size made", "picture sizes made");
    }
    buf_add(out, S("; "));
    counted(out, r->milliseconds, "ms\n");
    if (r->made_anew.len) buf_printf(out, "everything was made anew: %" STR_F "\n", STR_A(r->made_anew));
    if (r->left_out) {
        plural(out, r->left_out, "page", "pages");
        buf_add(out, S(" left out: drafts, or not of this time\n"));
    }
    if (r->located_photos && r->written) {
        plural(out, r->located_photos, "photo", "photos");
        buf_add(out, S(" had a location; removed\n"));
    }
}

/* A line of what --explain tells is two blanks, a step's name in EXPLAIN_CELLS, and text; without a name it
 * belongs to the step above.  The first line is the file. */
static void json_explanation(str told, struct buf *out)
{
    enum { EXPLAIN_CELLS = 11 };
    str file = {0}, step = {0}, line;
    while (str_split(&told, '\n', &line)) {
        if (line.len <= EXPLAIN_CELLS || !str_starts(line, S("  "))) {
            file = file.len ? file : line;
            continue;
        }
        str name = str_trim(str_slice(line, 0, EXPLAIN_CELLS));
        if (name.len) step = name;
        buf_add(out, S("{\"type\":\"explain\",\"file\":"));
        buf_json(out, file);
        buf_add(out, S(",\"step\":"));
        buf_json(out, step);
        buf_add(out, S(",\"text\":"));
        buf_json(out, str_trim(str_from(line, EXPLAIN_CELLS)));
        buf_add(out, S("}\n"));
    }
}

static void write_out(FILE *file, const struct buf *buf)
{
    if (buf->len) fwrite(buf->p, 1, (size_t)buf->len, file);
    fflush(file);
}

void report_print(const struct report_options *options, struct build_result *result)
{
    struct buf diags = buf_in(result->arena), summary = buf_in(result->arena);
    report_diags(options, result, !options->json && isatty(2), &diags);
    if (options->json) json_explanation(result->explanation, &summary);
    else buf_add(&summary, result->explanation);
    if (options->json)
        json_summary(result, &summary);
    else if (result->diags.errors)
        failure_line(result, &diags);
    else if (options->summary && !options->quiet)
        success_lines(result, &summary);
    if (options->timings) timings_print(result, options->json, &summary);
    write_out(options->json ? stdout : stderr, &diags);
    write_out(stdout, &summary);
}
