/* unchanged.h - inside build/: is there anything to do at all?
 *
 * What a build makes follows from its inputs: hugi, settings, theme, hooks (the
 * cache's key and inputs_digest) and the files of content/, static/ and data/, told by their
 * stat. A build notes them in the cache, unless it told something that may be otherwise by
 * now; while they and the destination's files are the same, the next one ends after its scan. */
#ifndef HUGI_BUILD_UNCHANGED_H
#define HUGI_BUILD_UNCHANGED_H

#include "base/job.h"
#include "build/build.h"
#include "publish/publish.h"
#include "remember.h"
#include "told.h"

/* Of everything read so far; false: some file is too young to be told by its stat. */
bool inputs_digest(const struct site *site, const struct hooks *hooks, const struct build_options *options, hash128 key, hash128 *out);

/* Fills the result's counts when nothing has changed, and tells again what was told. */
bool nothing_changed(const struct site *site, struct job_pool *pool, str cache, str destination, str name, hash128 key, hash128 inputs,
                     struct build_result *result);

/* Before the destination is changed: however that ends, the inputs of the last build do not
 * tell what is there any more. */
void forget_inputs(struct memory *memory);
/* After a build that was published. */
void note_inputs(struct memory *memory, const struct hooks *hooks, hash128 inputs, struct told told, const struct build_result *result);

#endif
