/* serve.c - the preview, in order: a socket, a watch, a build, a server; then
 * a build for each change until it is interrupted.
 *
 * The watch is set before the first build and read only between builds, so a
 * file saved while one runs is the next one's. */
#include "serve/serve.h"

#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "http_server.h"
#include "listen.h"
#include "stop.h"
#include "terminal.h"
#include "watch.h"

enum { PING_EVERY = 15000 };    /* milliseconds */

struct preview {
    const struct serve_options *options;
    struct arena arena;
    struct listening listening;
    struct stop *stop;
    struct watch *watch;
    struct reload *reload;
    struct http_server *http;
    str base_path;
    bool is_placed;             /* a build without error has said where the site lies */
    bool is_shown;              /* browsers know of this build already */
    struct arena told_arena;
    str told;                   /* the report that is on the terminal: it is not repeated */
};

/* Where the site lies changes with hugi.yaml, and only by a build without error; before the first
 * of these it may be an earlier preview's that is shown. */
static void note_base_path(struct preview *preview, const struct serve_build *build)
{
    bool counts = build->ok || !preview->is_placed;
    preview->is_placed = preview->is_placed || build->ok;
    if (counts && !str_equal(build->base_path, preview->base_path)) preview->base_path = str_copy(&preview->arena, build->base_path);
}

static void tell_report(struct preview *preview, const struct serve_build *build)
{
    if (str_equal(build->report, preview->told)) return;
    arena_free(&preview->told_arena);
    preview->told = str_copy(&preview->told_arena, build->report);
    if (build->report.len) fwrite(build->report.p, 1, (size_t)build->report.len, stderr);
}

/* Of this build, an earlier one, or an earlier preview: only good ones are put there. */
static bool has_site(const struct preview *preview)
{
    str output = preview->options->output;
    return file_exists(output) && !file_dir_is_empty(output);
}

static void tell_browsers(struct preview *preview, const struct serve_build *build)
{
    note_base_path(preview, build);
    reload_tell(preview->reload, build, preview->base_path, has_site(preview));
}

static void shown(struct serve_build *build)
{
    struct preview *preview = build->shown_context;
    tell_browsers(preview, build);
    preview->is_shown = true;
}

static void build(struct preview *preview, const struct changes *changes)
{
    struct arena arena = {0};
    struct serve_build result = {.shown = shown, .shown_context = preview};
    int64_t began = watch_clock();
    preview->is_shown = false;
    preview->options->rebuild(preview->options->context, &arena, &result);
    int64_t took = watch_clock() - began;
    if (!preview->is_shown || !result.ok) tell_browsers(preview, &result);
    tell_report(preview, &result);
    struct terminal_line line = {&result, changes, preview->options->source, took, has_site(preview)};
    if (!preview->options->quiet) terminal_build(&line);
    arena_free(&arena);
}

static str address_of(struct preview *preview, str host)
{
    return str_format(&preview->arena, "http://%" STR_F ":%d%" STR_F "/", STR_A(host), preview->listening.port, STR_A(preview->base_path));
}

static void greet(struct preview *preview)
{
    const struct listening *listening = &preview->listening;
    const struct serve_options *options = preview->options;
    str address = address_of(preview, listening->host);
    if (options->port && listening->port != options->port) printf("port %d is taken\n", options->port);
    printf("the preview is at %" STR_F " (Ctrl+C ends it)\n", STR_A(address));
    if (listening->other.len && !str_equal(listening->other, listening->host)) {
        str other = address_of(preview, listening->other);
        printf("and for other machines at %" STR_F "\n", STR_A(other));
    }
    if (listening->other.len) terminal_qr(address_of(preview, listening->other));
    if (watch_is_polling(preview->watch) && !options->poll) printf("changes are looked for twice a second: the system does not tell of them\n");
    fflush(stdout);
    if (options->open) terminal_open(str_z(&preview->arena, address));
}

/* The same words on the terminal and over the pages. */
static void tell_gone(struct preview *preview)
{
    struct arena arena = {0};
    str report = str_format(&arena, "%" STR_F ": error: the folder of the site is gone\n  = the preview goes on when it is back\n",
                            STR_A(preview->options->source));
    struct serve_build nothing = {.report = report, .base_path = preview->base_path};
    tell_browsers(preview, &nothing);
    tell_report(preview, &nothing);
    arena_free(&arena);
}

static void follow(struct preview *preview)
{
    for (;;) {
        struct changes changes = {0};
        enum watch_event event = watch_wait(preview->watch, stop_descriptor(preview->stop), PING_EVERY, &changes);
        if (event == WATCH_CHANGED) build(preview, &changes);
        if (event == WATCH_GONE) tell_gone(preview);
        if (event == WATCH_NOTHING) reload_ping(preview->reload);
        changes_end(&changes);
        if (event == WATCH_STOPPED) return;
    }
}

static bool run(struct preview *preview)
{
    const struct serve_options *options = preview->options;
    struct watch_options watch = {options->source, options->watched, options->watched_count, options->poll};
    preview->watch = watch_start(&watch);
    build(preview, NULL);
    if (stop_asked(preview->stop)) {
        close(preview->listening.socket);
        return true;
    }
    preview->http = http_server_start(preview->listening.socket, options->output, preview->reload);
    if (!preview->http) {
        fprintf(stderr, "hugi: the server cannot be started\n");
        close(preview->listening.socket);
        return false;
    }
    greet(preview);
    follow(preview);
    return true;
}

bool serve_run(const struct serve_options *options)
{
    struct preview preview = {.options = options, .base_path = S("")};
    if (!listen_open(&preview.arena, options->address, options->port, &preview.listening)) {
        arena_free(&preview.arena);
        return false;
    }
    preview.stop = stop_start();
    preview.reload = reload_start();
    bool ok = run(&preview);
    http_server_stop(preview.http);
    reload_free(preview.reload);
    watch_end(preview.watch);
    stop_end(preview.stop);
    arena_free(&preview.told_arena);
    arena_free(&preview.arena);
    return ok;
}
