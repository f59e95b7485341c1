/* page_task.h - inside build/: what happens to one page, on any worker. */
#ifndef HUGI_BUILD_PAGE_TASK_H
#define HUGI_BUILD_PAGE_TASK_H

#include "base/job.h"
#include "hook/hook.h"
#include "model/site.h"
#include "remember.h"
#include "template/liquid.h"

struct page_step {
    struct site *site;
    struct hooks *hooks;                /* NULL: none */
    const struct liquid_env *post_env;
    struct memory *memory;              /* NULL: nothing is kept */
    struct view **views;                /* one per worker; filled before markup */
    struct highlight *highlight;
    bool unhighlighted;                 /* its definitions are missing: pages with code are made anew, and it is told */
};

/* File, front matter, page_read hook, typed fields. */
job_fn page_task_read;
/* arrange_page. */
job_fn page_task_place;
/* Liquid, Markdown, page_html hook. */
job_fn page_task_markup;

#endif
