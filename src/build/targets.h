/* targets.h - inside build/: what a body's links and pictures name, and where that led.
 *
 * A body is made again when one of its destinations leads elsewhere than before: to
 * another address, a picture of another size, nothing at all.  They are a page's own, so
 * they are kept with it, as one packed list. */
#ifndef HUGI_BUILD_TARGETS_H
#define HUGI_BUILD_TARGETS_H

#include "arrange/arrange.h"
#include "base/buf.h"

/* Adds a destination as it is written, with what it led to. */
void targets_add(struct buf *list, str destination, bool picture, const struct target *target);

/* Do all of a list lead from `page` where they led?  After arrange.  `changed` is the first that
 * does not; NULL: nobody wants to know. */
bool targets_hold(const struct page *page, str list, struct arena *scratch, str *changed);

#endif
