/* reload.h - inside serve/: what browsers are told (server-sent events).
 *
 * Written by the thread that builds, read by the server's; a lock of its own.
 * It also keeps where the site lies on its host, which a build may change. */
#ifndef HUGI_SERVE_RELOAD_H
#define HUGI_SERVE_RELOAD_H

#include "http_library.h"
#include "serve/serve.h"

struct reload;

struct reload *reload_start(void);
/* The state after a build, for all that are connected and all that will be.  Without `has_site`
 * there is no good site to show, of this build or an earlier one. */
void reload_tell(struct reload *reload, const struct serve_build *build, str base_path, bool has_site);
/* A sign of life, by which those that went away are found out. */
void reload_ping(struct reload *reload);
/* A response that stays open; NULL when there are too many. */
struct MHD_Response *reload_follow(struct reload *reload, struct MHD_Connection *connection);
str reload_base_path(struct reload *reload, struct arena *arena);
/* Lets everyone go: no connection may be asleep when the server stops. */
void reload_close(struct reload *reload);
void reload_free(struct reload *reload);        /* after the server stopped */

#endif
