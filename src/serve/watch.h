/* watch.h - inside serve/: which of the sources changed.
 *
 * Told by the system (inotify), or found out by looking again and again. */
#ifndef HUGI_SERVE_WATCH_H
#define HUGI_SERVE_WATCH_H

#include "base/map.h"

struct watch_options {
    str root;                   /* the site's folder */
    const str *names;           /* in it: files and folders, there already or not */
    int name_count;
    bool poll;
};

/* Distinct paths below root, in the order they were met; beyond MOST_NAMED they are only counted. */
struct changes {
    struct arena arena;
    struct map paths;
    struct map begun;           /* files that were not there before */
    ptrdiff_t more;
    bool half;                  /* among them one that may be a step of a save: more is to follow */
};
enum { MOST_NAMED = 1000 };

/* GONE: the site's folder is not there any more; told once.  CHANGED follows when it is back. */
enum watch_event { WATCH_NOTHING, WATCH_CHANGED, WATCH_GONE, WATCH_STOPPED };

struct watch;

struct watch *watch_start(const struct watch_options *options);
/* Until something changed and all was quiet for a moment; until `stop` can be read; or
 * `milliseconds` long.  Whatever changes after the return is told by the next call. */
enum watch_event watch_wait(struct watch *watch, int stop, int milliseconds, struct changes *changes);
bool watch_is_polling(const struct watch *watch);
void watch_end(struct watch *watch);

/* Milliseconds of a clock that is never set. */
int64_t watch_clock(void);

/* A file may come and go unnoticed: ".swp", "draft.md~". */
bool watch_ignores(str name);
bool watch_knows(const struct watch_options *options, str name);
void changes_add(struct changes *changes, str path);
/* A file that is new, and may be empty still; it counts once it is added. */
void changes_begin(struct changes *changes, str path);
/* What to call them by, of one at least: a path that is there, if any; `more` are others.  What came
 * and went meanwhile was a step of a save ("4913" of vim's, "sedAb1c2D") and is passed over. */
str changes_name(const struct changes *changes, str root, ptrdiff_t *more);
void changes_end(struct changes *changes);

/* --- by inotify: the parts of watch.c that differ ----------------------------- */

struct notifier;

/* NULL where there is none, when it may not watch that many folders, or the site's is not there. */
struct notifier *notifier_start(const struct watch_options *options);
int notifier_descriptor(const struct notifier *notifier);
/* Reads what is there.  False: folders came or went, and all is to be watched anew. */
bool notifier_read(struct notifier *notifier, struct changes *changes);
void notifier_end(struct notifier *notifier);

#endif
