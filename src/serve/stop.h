/* stop.h - inside serve/: Ctrl+C as something to wait for. */
#ifndef HUGI_SERVE_STOP_H
#define HUGI_SERVE_STOP_H

#include <stdbool.h>

struct stop;

/* From here on an interrupt ends nothing by itself; threads started later inherit that.
 * Called before any of them is.  A second one ends the process at once. */
struct stop *stop_start(void);
int stop_descriptor(const struct stop *stop);   /* readable once it is time to end */
bool stop_asked(const struct stop *stop);
void stop_end(struct stop *stop);               /* interrupts are as they were */

#endif
