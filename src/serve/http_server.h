/* http_server.h - inside serve/: answers requests with files of one folder. */
#ifndef HUGI_SERVE_HTTP_SERVER_H
#define HUGI_SERVE_HTTP_SERVER_H

#include "reload.h"

struct http_server;

/* On a listening socket, which is the server's from then on.  `root` and `reload` outlive it.
 * NULL when it cannot start. */
struct http_server *http_server_start(int listening, str root, struct reload *reload);
void http_server_stop(struct http_server *server);

#endif
