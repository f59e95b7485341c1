/* terminal.h - inside serve/: what the author's terminal shows, and the browser that is opened. */
#ifndef HUGI_SERVE_TERMINAL_H
#define HUGI_SERVE_TERMINAL_H

#include "serve/serve.h"
#include "watch.h"

struct terminal_line {
    const struct serve_build *build;
    const struct changes *changes;      /* NULL: it is the first */
    str source;                         /* the folder they are in */
    int64_t milliseconds;
    bool has_site;                      /* there is a good one, of this build or an earlier one */
};

/* A line for each build. */
void terminal_build(const struct terminal_line *line);
/* As a square to point a phone at; nothing unless standard output is a terminal. */
void terminal_qr(str address);
/* In the browser the system prefers; a line when there is none. */
void terminal_open(const char *address);

#endif
