/* gather.c - what only bodies and finished lists know: the reports of each event. */
#include "arrange/arrange.h"

void gather(struct site *site)
{
    for (ptrdiff_t l = 0; l < site->config->language_count; l++) {
        const struct locale *locale = &site->locales[l];
        for (ptrdiff_t i = 0; i < locale->post_count; i++) {
            struct event *event = locale->posts[i]->event;
            if (event)
                ARENA_PUSH(site->arena, event->reports, event->report_count, event->report_capacity) = locale->posts[i];
        }
    }
}
