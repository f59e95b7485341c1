/* progress.h - a line that moves while work takes over half a second.
 *
 * A thread of its own looks at the pool ten times a second and writes what is
 * being done to standard error; workers know nothing of it.  Only for a
 * terminal: the line is written over itself, and erased at the end. */
#ifndef HUGI_BASE_PROGRESS_H
#define HUGI_BASE_PROGRESS_H

#include "base/job.h"

struct progress;

/* NULL where standard error is no terminal that can erase a line. */
struct progress *progress_start(const struct job_pool *pool);
/* Before the pool ends.  Takes NULL. */
void progress_end(struct progress *progress);

#endif
