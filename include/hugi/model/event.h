/* event.h - a conference edition and its sessions.
 *
 * From content/events/ID.md, or from the `event:` map of a post. */
#ifndef HUGI_MODEL_EVENT_H
#define HUGI_MODEL_EVENT_H

#include "base/date.h"
#include "base/span.h"
#include "model/config.h"

struct page;

struct session {
    str code, title, type, room, video, slides, note;
    int level;                      /* 100..500, 0 unknown */
    struct str_list speakers;
    bool has_start, has_end;
    instant start, end;             /* in the event's zone */
    value all;                      /* as written, with what has no field here */
    span at;
};

struct event {
    ptrdiff_t index;
    str id;                         /* slug: "aws-reinvent-2023" */
    str name;                       /* "AWS re:Invent" */
    str edition;                    /* "2023" */
    str label;                      /* "AWS re:Invent 2023" */
    bool has_start, has_end;
    instant start, end;             /* dates */
    str timezone;
    const struct zone *zone;        /* the event's, else the site's */
    str city, country, url;         /* url: the event's own site */
    struct str_list venues;
    struct session *sessions;
    ptrdiff_t session_count;
    const struct page *page;        /* content/events/ID.md, or NULL */
    /* gather: its reports, newest first */
    const struct page **reports;
    ptrdiff_t report_count, report_capacity;
};

#endif
