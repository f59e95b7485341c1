/* lines.h - inside serve/: which of the server's connections goes when there are too many.
 *
 * A client that never ends its request, or never reads the answer, holds its line until it is given up,
 * and enough of them hold all.  So the line that was used the longest ago is cut for a new one.  The
 * server's thread alone calls this. */
#ifndef HUGI_SERVE_LINES_H
#define HUGI_SERVE_LINES_H

#include "http_library.h"

struct line;

/* From the one that was used last to the one that was used the longest ago. */
struct lines {
    struct line *newest, *oldest;
    int count, most;
};

/* Called by the library when a connection came and went; `context` is the lines. */
void lines_notify(void *context, struct MHD_Connection *connection, void **own, enum MHD_ConnectionNotificationCode what);
/* It is used: a request is there, or an answer was sent. */
void lines_use(struct lines *lines, struct MHD_Connection *connection);
/* It may stay for as long as it likes: who follows says nothing more. */
void lines_keep(struct lines *lines, struct MHD_Connection *connection);

#endif
