/* page_script.h - inside serve/: the reload script, and its way into a page.  Pure. */
#ifndef HUGI_SERVE_PAGE_SCRIPT_H
#define HUGI_SERVE_PAGE_SCRIPT_H

#include "base/str.h"

/* Addresses of the server's own: no file hugi publishes has a name with a dot in front. */
#define SCRIPT_ADDRESS "/.hugi/reload.js"
#define EVENTS_ADDRESS "/.hugi/events"

str page_script(void);
/* "WHOLE SHAPE": hashes of the page, and of the page without its stylesheets. */
str page_script_identity(struct arena *arena, str html);
/* The page with the script in it. */
str page_script_add(struct arena *arena, str html, str identity);

#endif
