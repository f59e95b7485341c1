/* terminal.h - inside serve/: what the author's terminal shows, and the browser that is opened. */
#ifndef HUGI_SERVE_TERMINAL_H
#define HUGI_SERVE_TERMINAL_H

#include "serve/serve.h"
#include "watch.h"

/* A line for each build; `changes` is NULL for the first. */
void terminal_build(const struct serve_build *build, const struct changes *changes, int64_t milliseconds);
/* As a square to point a phone at; nothing unless standard output is a terminal. */
void terminal_qr(str address);
/* In the browser the system prefers; a line when there is none. */
void terminal_open(const char *address);

#endif
