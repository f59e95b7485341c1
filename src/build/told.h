/* told.h - inside build/: what a build had to tell, for the next one that finds nothing to do.
 *
 * A warning that follows from the site's own files is as true as it was while none of them
 * has changed; it is kept in a file beside the cache's and told again.  One that rests on
 * something else (a font, a decoder, what lies in the destination) has to be found again,
 * and so that build is made again.  Serial. */
#ifndef HUGI_BUILD_TOLD_H
#define HUGI_BUILD_TOLD_H

#include "base/diag.h"
#include "base/hash.h"

struct told {
    str path;                   /* of the file */
    str root;                   /* the site's folder: names of files are kept without it */
    const struct diags *diags;
    ptrdiff_t from;             /* those before were told by steps that every build goes through */
    ptrdiff_t sources;          /* that these steps knew: they have the same numbers next time */
};

/* False: something of it may not be told again without a look.  *out is zero when there is nothing to tell. */
bool told_keep(const struct told *told, struct arena *scratch, hash128 *out);
/* Appends what was kept; false when it is not what told_keep wrote. */
bool told_again(str path, hash128 hash, struct diags *diags);

#endif
