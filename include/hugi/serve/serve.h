/* serve.h - the preview: a folder over HTTP, made again when its sources change.
 *
 * serve_run shows one folder of files to browsers, watches the site's sources,
 * and calls `rebuild` after each change; pages that are open follow by
 * themselves.  It knows nothing of pages and templates: a build is a callback,
 * its result a folder and a text.
 *
 * Threads: serve_run and `rebuild` run on the caller's; requests are answered
 * on one of the server's own, which only reads files.
 * Errors:  one line on standard error. */
#ifndef HUGI_SERVE_SERVE_H
#define HUGI_SERVE_SERVE_H

#include "base/str.h"

/* What a build tells.  Texts live in the arena `rebuild` was given. */
struct serve_build {
    bool ok;                    /* false: the folder is as it was, with the last good site in it or nothing */
    str base_path;              /* "/blog": where the site lies on its host, percent-encoded; "" is the root */
    str report;                 /* the diagnostics, as `hugi build` prints them; may be empty */
    int64_t written, removed, warnings, errors;
    /* serve_run's own: a build whose files are in place says so at once with this, `ok` and `base_path`
     * filled in, and open pages follow while it ends. */
    void (*shown)(struct serve_build *build);
    void *shown_context;
};

struct serve_options {
    str source;                 /* the site's folder */
    str output;                 /* the folder to show */
    const str *watched;         /* names in `source` the site is made of: files and folders */
    int watched_count;
    const char *address;        /* NULL: this machine alone */
    int port;                   /* the first to try; 0: any that is free */
    bool open;                  /* a browser, once the first build is done */
    bool poll;                  /* look at the sources now and then instead of being told of changes */
    bool quiet;
    void (*rebuild)(void *context, struct arena *arena, struct serve_build *out);
    void *context;
};

/* Until it is interrupted (SIGINT, SIGTERM): true.  False when nothing could be served. */
bool serve_run(const struct serve_options *options);

#endif
