/* listen.h - inside serve/: the socket, and by which addresses it is reached. */
#ifndef HUGI_SERVE_LISTEN_H
#define HUGI_SERVE_LISTEN_H

#include "base/str.h"

struct listening {
    int socket;
    int port;
    str host;                   /* for an address on this machine: "localhost", "192.168.0.7", "[::1]" */
    str other;                  /* by which other machines reach it; empty: they do not */
};

/* `address` NULL is this machine alone.  When `port` is taken the next free one of the following
 * hundred is used.  False after a line on standard error. */
bool listen_open(struct arena *arena, const char *address, int port, struct listening *out);

#endif
