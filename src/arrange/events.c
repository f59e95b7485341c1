/* events.c - which events there are, and which post is about which.
 *
 * An event comes from content/events/ID.md or from a post's `event: {...}`.
 * A post names its event by id or name; else an event whose label stands in
 * the post's title is meant.  Dates are never invented. */
#include "arrange/arrange.h"
#include "base/utf8.h"

#include <stdlib.h>

struct index {
    struct site *site;
    struct map by_id, by_label;     /* folded */
};

static void add_event(struct index *index, struct event *event)
{
    struct site *site = index->site;
    ARENA_PUSH(site->arena, site->events, site->event_count, site->event_capacity) = event;
    map_put(site->arena, &index->by_id, event->id, event);
    str label = utf8_fold(site->arena, event->label);
    if (!map_get(&index->by_label, label)) map_put(site->arena, &index->by_label, label, event);
}

static struct event *find_event(struct index *index, str name)
{
    struct event *event = map_get(&index->by_id, name);
    if (!event) event = map_get(&index->by_label, utf8_fold(index->site->arena, name));
    return event ? event : map_get(&index->by_id, utf8_slug(index->site->arena, name));
}

static void add_event_pages(struct index *index)
{
    struct site *site = index->site;
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        if (!page->published || page->kind != KIND_EVENT || !page->event_given) continue;
        struct event *event = page->event_given;
        event->id = page->slug;
        if (event->name.len == 0) event->name = page->title;
        if (event->label.len == 0) event->label = event->name;
        page->event = event;
        if (find_event(index, event->id)) {             /* a twin in another language */
            page->event = find_event(index, event->id);
            continue;
        }
        event->page = page;
        add_event(index, event);
    }
}

static void report_unknown(struct index *index, struct page *page)
{
    struct site *site = index->site;
    str *ids = ARENA_NEWS(page->arena, str, site->event_count + 1);
    for (ptrdiff_t i = 0; i < site->event_count; i++) ids[i] = site->events[i]->id;
    struct diag *diag = diag_report(&page->diags, DIAG_EVENT, page->at[FIELD_EVENT],
                                    "no event is called '%" STR_F "'", STR_A(page->event_name));
    str nearest = str_nearest(page->event_name, ids, site->event_count);
    if (nearest.len)
        diag_hint(&page->diags, diag, "did you mean '%" STR_F "'?", STR_A(nearest));
    else
        diag_hint(&page->diags, diag, "write content/events/%" STR_F ".md, or event: {name: ...} here",
                  STR_A(utf8_slug(page->arena, page->event_name)));
}

/* The longest label that stands in the title. */
static struct event *find_in_title(struct index *index, const struct page *page)
{
    struct event *best = NULL;
    for (ptrdiff_t i = 0; i < index->by_label.count; i++) {
        struct event *event = index->by_label.entries[i].value;
        if (event->edition.len && str_contains(page->title_key, index->by_label.entries[i].key) &&
            (!best || event->label.len > best->label.len))
            best = event;
    }
    return best;
}

static struct event *event_of(struct index *index, struct page *page)
{
    if (page->event_name.len) {
        struct event *event = find_event(index, page->event_name);
        if (!event) report_unknown(index, page);
        return event;
    }
    struct event *given = page->event_given;
    if (!given) return find_in_title(index, page);
    given->id = utf8_slug(page->arena, given->label);
    struct event *known = find_event(index, given->label);
    if (known) return known;
    add_event(index, given);
    return given;
}

/* Times of a post's sessions were read in the site's zone, before its event was
 * known; those written without a zone are meant in the event's. */
static void place_time(const struct session *session, str field, const struct zone *zone, instant *time, struct arena *arena)
{
    str written = value_text(value_get(session->all, field, arena));
    instant there;
    if (date_parse(written, zone, &there)) *time = date_in_zone(there, zone);
}

static void place_sessions(struct page *page)
{
    if (!page->event || !page->event->zone) return;
    for (ptrdiff_t i = 0; i < page->session_count; i++) {
        struct session *session = &page->sessions[i];
        if (session->has_start) place_time(session, S("start"), page->event->zone, &session->start, page->arena);
        if (session->has_end) place_time(session, S("end"), page->event->zone, &session->end, page->arena);
    }
}

static int compare_events(const void *a, const void *b)
{
    const struct event *x = *(struct event *const *)a, *y = *(struct event *const *)b;
    if (x->has_start != y->has_start) return x->has_start ? -1 : 1;
    if (x->has_start && x->start.seconds != y->start.seconds) return x->start.seconds > y->start.seconds ? -1 : 1;
    return str_compare(x->id, y->id);
}

void collect_events(struct site *site)
{
    struct index index = {.site = site};
    add_event_pages(&index);
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        if (!page->published || page->kind != KIND_POST) continue;
        page->event = event_of(&index, page);
        place_sessions(page);
    }
    if (site->event_count)
        qsort(site->events, (size_t)site->event_count, sizeof *site->events, compare_events);
    for (ptrdiff_t i = 0; i < site->event_count; i++) site->events[i]->index = i;
}
