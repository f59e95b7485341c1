/* view_event.c - what templates and hooks see of events, sessions and authors. */
#include "fields.h"

#define FIELD(name) \
    static value name(const struct view *view, const void *thing, struct arena *arena)
#define EVENT const struct event *event = thing; (void)view, (void)arena
#define SESSION const struct session *session = thing; (void)view, (void)arena
#define AUTHOR const struct author *author = thing; (void)view, (void)arena

FIELD(event_id) { EVENT; return value_str(event->id); }
FIELD(event_name) { EVENT; return value_str(event->name); }
FIELD(event_edition) { EVENT; return view_text(event->edition); }
FIELD(event_label) { EVENT; return value_str(event->label); }
FIELD(event_start) { EVENT; return event->has_start ? value_time(event->start) : value_null(); }
FIELD(event_end) { EVENT; return event->has_end ? value_time(event->end) : value_null(); }
FIELD(event_city) { EVENT; return view_text(event->city); }
FIELD(event_country) { EVENT; return view_text(event->country); }
FIELD(event_timezone) { EVENT; return view_text(event->timezone); }
FIELD(event_website) { EVENT; return view_text(event->url); }
FIELD(event_venues) { EVENT; return view_strings(&event->venues, arena); }
FIELD(event_url) { EVENT; return event->page ? value_str(event->page->url) : value_null(); }
FIELD(event_page) { EVENT; return view_page(view, event->page); }
FIELD(event_reports) { EVENT; return view_page_list(view, event->reports, event->report_count, arena); }

FIELD(event_sessions)
{
    EVENT;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < event->session_count; i++)
        value_push(arena, &list, view_thing(view, VIEW_SESSION, &event->sessions[i], arena));
    return list;
}

static str event_as_text(const struct view *view, const void *thing, struct arena *arena)
{
    EVENT;
    return event->label;
}

static const struct view_field event_rows[] = {
    {STR_INIT("id"), event_id, STR_INIT("\"aws-reinvent-2023\"")},
    {STR_INIT("name"), event_name, STR_INIT("\"AWS re:Invent\"")},
    {STR_INIT("edition"), event_edition, STR_INIT("\"2023\", or nil")},
    {STR_INIT("label"), event_label, STR_INIT("name and edition")},
    {STR_INIT("start"), event_start, STR_INIT("first day, or nil")},
    {STR_INIT("end"), event_end, STR_INIT("last day, or nil")},
    {STR_INIT("timezone"), event_timezone, STR_INIT("IANA name, or nil")},
    {STR_INIT("city"), event_city, STR_INIT("city, or nil")},
    {STR_INIT("country"), event_country, STR_INIT("country, or nil")},
    {STR_INIT("venues"), event_venues, STR_INIT("list of names")},
    {STR_INIT("website"), event_website, STR_INIT("its own site, or nil")},
    {STR_INIT("url"), event_url, STR_INIT("its page here, or nil")},
    {STR_INIT("page"), event_page, STR_INIT("its page of content/events/, or nil")},
    {STR_INIT("sessions"), event_sessions, STR_INIT("its sessions")},
    {STR_INIT("reports"), event_reports, STR_INIT("posts about it, newest first")},
};
const struct view_fields event_fields = {
    .class_ = STR_INIT("event"), .rows = event_rows, .count = sizeof event_rows / sizeof *event_rows,
    .text = event_as_text};

/* --- sessions ----------------------------------------------------------- */

FIELD(session_code) { SESSION; return view_text(session->code); }
FIELD(session_title) { SESSION; return view_text(session->title); }
FIELD(session_type) { SESSION; return view_text(session->type); }
FIELD(session_level) { SESSION; return session->level ? value_int(session->level) : value_null(); }
FIELD(session_speakers) { SESSION; return view_strings(&session->speakers, arena); }
FIELD(session_start) { SESSION; return session->has_start ? value_time(session->start) : value_null(); }
FIELD(session_end) { SESSION; return session->has_end ? value_time(session->end) : value_null(); }
FIELD(session_room) { SESSION; return view_text(session->room); }
FIELD(session_video) { SESSION; return view_text(session->video); }
FIELD(session_slides) { SESSION; return view_text(session->slides); }
FIELD(session_note) { SESSION; return view_text(session->note); }

static bool session_other(const struct view *view, const void *thing, str key, struct arena *arena, value *out)
{
    SESSION;
    const struct value_pair *pair = value_pair(&session->all, key);
    if (pair) *out = pair->value;
    return pair != NULL;
}

FIELD(session_rest) { SESSION; return session->all; }

static const struct view_field session_rows[] = {
    {STR_INIT("code"), session_code, STR_INIT("\"ARC301\", or nil")},
    {STR_INIT("title"), session_title, STR_INIT("title")},
    {STR_INIT("type"), session_type, STR_INIT("keynote, breakout ..., or nil")},
    {STR_INIT("level"), session_level, STR_INIT("100 to 500, or nil")},
    {STR_INIT("speakers"), session_speakers, STR_INIT("list of names")},
    {STR_INIT("start"), session_start, STR_INIT("time, or nil")},
    {STR_INIT("end"), session_end, STR_INIT("time, or nil")},
    {STR_INIT("room"), session_room, STR_INIT("room, or nil")},
    {STR_INIT("video"), session_video, STR_INIT("URL, or nil")},
    {STR_INIT("slides"), session_slides, STR_INIT("URL or \"pending\", or nil")},
    {STR_INIT("note"), session_note, STR_INIT("the author's note, or nil")},
};
const struct view_fields session_fields = {
    .class_ = STR_INIT("session"), .rows = session_rows, .count = sizeof session_rows / sizeof *session_rows,
    .other = session_other, .rest = session_rest};

/* --- authors ------------------------------------------------------------ */

FIELD(author_id) { AUTHOR; return value_str(author->id); }
FIELD(author_name) { AUTHOR; return value_str(author->name); }
FIELD(author_page) { AUTHOR; return view_page(view, author->page); }

FIELD(author_url)
{
    AUTHOR;
    const struct term_page *page = author->term && view->plan ? &view->plan->terms[author->term->index] : NULL;
    return page && page->exists ? value_str(page->url) : value_null();
}

static bool author_other(const struct view *view, const void *thing, str key, struct arena *arena, value *out)
{
    AUTHOR;
    const struct value_pair *pair = author->page ? value_pair(&author->page->meta, key) : NULL;
    *out = pair ? pair->value : value_null();
    return true;
}

FIELD(author_rest) { AUTHOR; return author->page ? author->page->meta : value_null(); }

static str author_as_text(const struct view *view, const void *thing, struct arena *arena)
{
    AUTHOR;
    return author->name;
}

static const struct view_field author_rows[] = {
    {STR_INIT("id"), author_id, STR_INIT("name in addresses")},
    {STR_INIT("name"), author_name, STR_INIT("name")},
    {STR_INIT("url"), author_url, STR_INIT("page of all posts, or nil")},
    {STR_INIT("page"), author_page, STR_INIT("page of content/authors/, or nil")},
};
const struct view_fields author_fields = {
    .class_ = STR_INIT("author"), .rows = author_rows, .count = sizeof author_rows / sizeof *author_rows,
    .other = author_other, .text = author_as_text, .rest = author_rest};
