/* places.h - inside build/: where a build writes to, and that nobody else does meanwhile.
 *
 * `cache` is the site's .hugi folder, `destination` an absolute path.  Serial. */
#ifndef HUGI_BUILD_PLACES_H
#define HUGI_BUILD_PLACES_H

#include "base/diag.h"

/* May the result of the site in folder `site` go there? */
bool places_are_apart(str site, str destination, bool preview, struct diags *diags);
bool places_make_cache(str cache, struct diags *diags);
/* For what is not in place yet.  Both folders are there; empty: the destination is not. */
str places_stage(struct arena *arena, str cache, str destination);
/* Removes what was remembered (memory_path) of destinations that nobody has built into for a month. */
void places_prune(struct arena *arena, str cache);
/* See file_lock; waits `patience` milliseconds for another hugi.  Negative: reported. */
int places_lock(str cache, int patience, struct diags *diags);

#endif
