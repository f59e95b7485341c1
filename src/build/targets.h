/* targets.h - inside build/: what a body's links and pictures name, and where that leads.
 *
 * A body is made again when one of its destinations leads elsewhere than before: to
 * another address, a picture of another size, nothing at all.  They are a page's own, so
 * they are kept with it, as one packed list and one number. */
#ifndef HUGI_BUILD_TARGETS_H
#define HUGI_BUILD_TARGETS_H

#include "arrange/arrange.h"
#include "base/buf.h"

/* Adds a destination as it is written to a list. */
void targets_add(struct buf *list, str destination, bool picture);

/* Where all of a list lead from `page`; equal numbers, equal results.  After arrange. */
uint64_t targets_digest(const struct page *page, str list, struct arena *scratch);

#endif
