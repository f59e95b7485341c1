/* stopwatch.h - where the time of one worker goes, by kind and name.
 *
 *     stopwatch_begin(watch, TIME_TEMPLATE, path);  ...  stopwatch_end(watch);
 *
 * What is measured nests: an output, its layout, a partial, a hook's filter in that.
 * Each has the time from begin to end (whole), and what of it was not
 * measured within (own).  Time is that of the clock on the wall, so that with
 * more workers than processors it tells more than was worked.
 *
 * Threads: a stopwatch belongs to one worker.  begin and end take NULL for "nobody
 * wants to know", and then do nothing. */
#ifndef HUGI_BASE_STOPWATCH_H
#define HUGI_BASE_STOPWATCH_H

#include "base/str.h"

enum time_kind { TIME_PAGE, TIME_PICTURE, TIME_OUTPUT, TIME_TEMPLATE, TIME_HOOK, TIME_KIND_COUNT };

struct time_row {
    str name;
    int64_t calls, own, whole;      /* nanoseconds */
};

struct stopwatch;

struct stopwatch *stopwatch_new(struct arena *arena);    /* the worker's own: it grows */
void stopwatch_begin(struct stopwatch *watch, enum time_kind kind, str name);
void stopwatch_end(struct stopwatch *watch);
/* What may be left by a longjmp: all that began since is ended by stopwatch_end_to. */
int stopwatch_depth(const struct stopwatch *watch);
void stopwatch_end_to(struct stopwatch *watch, int depth);

/* All workers' rows of a kind, the dearest first: templates, which are within each other, by
 * their own time, all else by the whole; equal ones by name. */
ptrdiff_t stopwatch_rows(struct stopwatch *const *watches, int count, enum time_kind kind, struct arena *arena, struct time_row **out);

#endif
