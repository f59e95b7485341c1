/* page_task.h - inside build/: what happens to one page, on any worker. */
#ifndef HUGI_BUILD_PAGE_TASK_H
#define HUGI_BUILD_PAGE_TASK_H

#include "base/job.h"
#include "hook/hook.h"
#include "model/site.h"
#include "template/liquid.h"

struct page_step {
    struct site *site;
    struct hooks *hooks;                /* NULL: none */
    const struct view *view;
    const struct liquid_env *post_env;
    struct highlight *highlight;
};

/* File, front matter, page_read hook, typed fields. */
job_fn page_task_read;
/* Liquid, Markdown, page_html hook. */
job_fn page_task_markup;

#endif
