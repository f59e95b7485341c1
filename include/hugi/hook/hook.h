/* hook.h - Lua: the only folder that sees lua.h.
 *
 * One sandboxed state per worker, each with all scripts loaded.  A script
 * defines functions named after hook points; files run in name order.  Where a
 * point gives a result, the last one that is not nil counts.
 *
 * Limits: memory and instructions of hugi.yaml hold for every single call;
 * pcall cannot swallow them.  Errors name script, line and the page at work.
 *
 * A script sees: assert error getmetatable ipairs next pairs pcall print rawequal
 * rawget rawlen rawset select setmetatable tonumber tostring type xpcall,
 * coroutine math string table utf8 without what loads, loops or prints
 * addresses, and
 *     hugi.filter(name, fn)        fn(input, arguments ..., {named})
 *     hugi.tag(name, fn, {block=}) fn({arguments ..., named, body=}, page) -> Markdown or HTML
 *     hugi.once(name, fn)          fn() of the first call, read-only from then on
 *     hugi.read(path)              a file of the site, or nil
 *     hugi.html(s)                 s is HTML: not escaped; .. escapes plain text
 *     hugi.escape(s) .slug(s) .josa(word, pair) .json(s) .yaml(s) .log(...)
 *     hugi.config .version .environment
 * Lists start at 1.  Times have year month day hour minute second weekday
 * yearday seconds offset date_only and :format(f); they compare and subtract.
 * A hook that returns nil leaves things as they are; tag and thumbnail may
 * return false for "none". */
#ifndef HUGI_HOOK_HOOK_H
#define HUGI_HOOK_HOOK_H

#include "base/job.h"
#include "model/output.h"
#include "model/theme.h"
#include "template/liquid.h"
#include "view/view.h"

/* In the order in which they run; hook_points[] is the table. */
enum hook_point {
    HOOK_PAGE_READ, HOOK_SITE_COLLECTED, HOOK_PAGE_HTML, HOOK_TAG, HOOK_THUMBNAIL, HOOK_OUTPUT, HOOK_DONE,
    HOOK_POINT_COUNT
};
struct hook_point_info { const char *name, *arguments, *help; };
const struct hook_point_info *hook_point_info(enum hook_point point);

struct hooks;

struct hooks_options {
    const struct theme_script *scripts;
    ptrdiff_t script_count;
    int64_t memory, steps;
    str root;                   /* hugi.read() reads below it */
    int workers;
    const struct config *config;    /* hugi.config, hugi.environment; may be NULL */
};

/* Loads all scripts into the first worker's state; the others follow when they are used.  NULL after reporting. */
struct hooks *hooks_load(struct arena *arena, const struct hooks_options *options, struct diags *diags);
void hooks_free(struct hooks *hooks);
/* What hooks read of the site (hugi.read, and what hugi.once kept) is noted there, by worker. */
void hooks_watch(struct hooks *hooks, struct reads *const *by_worker);
/* Calls, and templates with render_watch_of, are measured from then on, by worker. */
void hooks_time(struct hooks *hooks, struct job_pool *pool, const struct sources *sources);
/* Of all that the result of a call can depend on besides its arguments: the scripts, the files they
 * read while they were loaded, hugi.config. */
uint64_t hooks_digest(const struct hooks *hooks);
/* Of the hook points, filters and tags there are: what templates and steps look for before they call. */
uint64_t hooks_names_digest(const struct hooks *hooks);
bool hooks_has(const struct hooks *hooks, enum hook_point point);

/* Each takes the worker's index, so that its own state is used. */

/* page.meta may be changed (page.title = "..."). */
bool hooks_page_read(struct hooks *hooks, int worker, struct page *page);
/* Serial.  site:add{ path=, title=, body=, url=, ... } adds pages with `generated` set: `path`
 * ("posts/a.md") becomes page.below, `body` page.body, all else page.meta under canonical names;
 * page.path is the script's.  The typed fields are left to page_type. */
bool hooks_site_collected(struct hooks *hooks, struct site *site, const struct view *view, struct diags *diags);
/* page.content.html may be replaced: page.html = ..., or by returning it. */
bool hooks_page_html(struct hooks *hooks, int worker, struct page *page, const struct view *view);
bool hooks_tag(struct hooks *hooks, int worker, const struct view *view, const struct term *term,
               struct arena *arena, struct diags *diags, struct term_page *out);
/* `uses`: what this picture is wanted for ("figure", "card", "cover", "social").  Variants of other uses are dropped. */
bool hooks_thumbnail(struct hooks *hooks, int worker, const struct view *view, const struct page *page,
                     const struct picture_ref *ref, const str *uses, ptrdiff_t use_count,
                     struct arena *arena, struct diags *diags, struct picture *out);
/* May replace *bytes (out.bytes = ..., or by returning it); `arena` holds them. */
bool hooks_output(struct hooks *hooks, int worker, const struct output *output, str *bytes,
                  struct arena *arena, struct diags *diags);
bool hooks_done(struct hooks *hooks, value report, struct diags *diags);

/* What hugi.filter and hugi.tag registered, as Liquid extensions.  Their `user`
 * at render time is a struct hook_call. */
struct hook_call {
    struct hooks *hooks;
    int worker;
    const struct view *view;
    const struct page *page;    /* for messages; may be NULL */
};
ptrdiff_t hooks_filters(const struct hooks *hooks, const struct liquid_extension **out);
ptrdiff_t hooks_tags(const struct hooks *hooks, const struct liquid_extension **out);

#endif
