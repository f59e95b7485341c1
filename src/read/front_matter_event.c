/* front_matter_event.c - `event:` and `sessions:` into struct event and struct session.
 *
 * Each has one table of fields.  A table is walked in its own order, so that
 * the zone of an event is known before its times.
 *
 * Written in this order: the tables, readers by type, the walk, times, sessions, events. */
#include "base/utf8.h"
#include "front_matter_fields.h"

enum member_type { MEMBER_TEXT, MEMBER_NAMES, MEMBER_LEVEL, MEMBER_TIME, MEMBER_ZONE, MEMBER_SESSIONS, MEMBER_TYPE_COUNT };

struct member {
    str name, other;            /* `other`: a second spelling, or "" */
    enum member_type type;
    size_t offset, given;
};

#define OF(type, place) offsetof(struct type, place)

static const struct member session_members[] = {
    {STR_INIT("code"), STR_INIT("id"), MEMBER_TEXT, OF(session, code), 0},
    {STR_INIT("title"), STR_INIT("name"), MEMBER_TEXT, OF(session, title), 0},
    {STR_INIT("type"), STR_INIT(""), MEMBER_TEXT, OF(session, type), 0},
    {STR_INIT("level"), STR_INIT(""), MEMBER_LEVEL, OF(session, level), 0},
    {STR_INIT("speakers"), STR_INIT("speaker"), MEMBER_NAMES, OF(session, speakers), 0},
    {STR_INIT("start"), STR_INIT(""), MEMBER_TIME, OF(session, start), OF(session, has_start)},
    {STR_INIT("end"), STR_INIT(""), MEMBER_TIME, OF(session, end), OF(session, has_end)},
    {STR_INIT("room"), STR_INIT("venue"), MEMBER_TEXT, OF(session, room), 0},
    {STR_INIT("video"), STR_INIT(""), MEMBER_TEXT, OF(session, video), 0},
    {STR_INIT("slides"), STR_INIT(""), MEMBER_TEXT, OF(session, slides), 0},
    {STR_INIT("note"), STR_INIT("notes"), MEMBER_TEXT, OF(session, note), 0},
};

static const struct member event_members[] = {
    {STR_INIT("id"), STR_INIT(""), MEMBER_TEXT, OF(event, id), 0},
    {STR_INIT("name"), STR_INIT(""), MEMBER_TEXT, OF(event, name), 0},
    {STR_INIT("edition"), STR_INIT(""), MEMBER_TEXT, OF(event, edition), 0},
    {STR_INIT("timezone"), STR_INIT(""), MEMBER_ZONE, OF(event, timezone), 0},
    {STR_INIT("start"), STR_INIT(""), MEMBER_TIME, OF(event, start), OF(event, has_start)},
    {STR_INIT("end"), STR_INIT(""), MEMBER_TIME, OF(event, end), OF(event, has_end)},
    {STR_INIT("city"), STR_INIT(""), MEMBER_TEXT, OF(event, city), 0},
    {STR_INIT("country"), STR_INIT(""), MEMBER_TEXT, OF(event, country), 0},
    {STR_INIT("venues"), STR_INIT("venue"), MEMBER_NAMES, OF(event, venues), 0},
    {STR_INIT("url"), STR_INIT(""), MEMBER_TEXT, OF(event, url), 0},
    {STR_INIT("sessions"), STR_INIT(""), MEMBER_SESSIONS, 0, 0},
};

enum {
    SESSION_MEMBERS = sizeof session_members / sizeof *session_members,
    EVENT_MEMBERS = sizeof event_members / sizeof *event_members,
    MEMBERS_MOST = 16
};

struct member_reader {
    struct page *page;
    struct diags *diags;
    const struct zone *zone;    /* of times without one; an event changes it when it is read */
    struct event *event;        /* NULL while a session is read */
};

/* --- readers by type -------------------------------------------------- */

typedef bool member_fn(struct member_reader *reader, const struct member *member, value v, void *target);

static bool bad(const struct member_reader *reader, const struct member *member, value v, const char *want)
{
    return front_bad(reader->page, reader->diags, member->name, v, want);
}

static bool read_text(struct member_reader *reader, const struct member *member, value v, void *target)
{
    if (!front_is_scalar(v)) return bad(reader, member, v, "text");
    *(str *)target = str_trim(front_text(reader->page, v));
    return true;
}

static bool read_names(struct member_reader *reader, const struct member *member, value v, void *target)
{
    struct value_bag wrong = {0};
    *(struct str_list *)target = front_collect(reader->page->arena, v, FRONT_NAMES, &wrong);
    return front_bad_items(reader->page, reader->diags, member->name, v, &wrong);
}

/* 300, "300" and L300. */
static bool read_level(struct member_reader *reader, const struct member *member, value v, void *target)
{
    str text = front_is_scalar(v) ? str_trim(front_text(reader->page, v)) : (str){0};
    int64_t level = 0;
    if (text.len && char_lower(text.p[0]) == 'l') text = str_from(text, 1);
    if (!str_to_int(text, &level) || level < 100 || level > 500 || level % 100 != 0)
        return bad(reader, member, v, "a level (want 100, 200, 300, 400 or 500)");
    *(int *)target = (int)level;
    return true;
}

static bool read_time(struct member_reader *reader, const struct member *member, value v, void *target)
{
    return front_date(reader->page, reader->diags, member->name, v, reader->zone, target);
}

static bool read_zone(struct member_reader *reader, const struct member *member, value v, void *target)
{
    const struct zone *zone = v.kind == VALUE_STR ? zone_load(reader->page->arena, v.as.text) : NULL;
    if (zone) {
        *(str *)target = v.as.text;
        reader->zone = reader->event->zone = zone;
        return true;
    }
    bad(reader, member, v, "a known time zone");
    diag_hint(reader->diags, &reader->diags->items[reader->diags->count - 1],
              "an IANA name such as America/Los_Angeles, or an offset such as -08:00");
    return false;
}

static bool read_sessions(struct member_reader *reader, const struct member *member, value v, void *target)
{
    (void)member;
    (void)target;
    return front_matter_sessions(reader->page, v, reader->zone, &reader->event->sessions,
                                 &reader->event->session_count, reader->diags);
}

static member_fn *const member_readers[MEMBER_TYPE_COUNT] = {
    [MEMBER_TEXT] = read_text, [MEMBER_NAMES] = read_names, [MEMBER_LEVEL] = read_level,
    [MEMBER_TIME] = read_time, [MEMBER_ZONE] = read_zone,   [MEMBER_SESSIONS] = read_sessions,
};

/* --- the walk --------------------------------------------------------- */

static bool is_member(const struct member *members, int count, str name)
{
    for (int i = 0; i < count; i++)
        if (str_equal(members[i].name, name) || str_equal(members[i].other, name)) return true;
    return false;
}

/* A key that is almost one of ours is most likely a slip: a warning, the page
 * stands.  Other keys are the author's own and stay in `all`. */
static void warn_near_keys(const struct member_reader *reader, const struct member *members, int count, value map,
                           const char *what)
{
    str names[MEMBERS_MOST];
    for (int i = 0; i < count; i++) names[i] = members[i].name;
    for (ptrdiff_t i = 0; i < value_count(map); i++) {
        const struct value_pair *pair = &map.as.map->pairs[i];
        bool known = is_member(members, count, pair->key) || front_field_find(pair->key) || front_synonym_find(pair->key);
        str nearest = known ? (str){0} : str_nearest(pair->key, names, count);
        if (nearest.len == 0) continue;
        struct diag *diag = diag_report(reader->diags, DIAG_FIELD, pair->key_at, "'%" STR_F "' is not a field of %s",
                                        STR_A(pair->key), what);
        diag_hint(reader->diags, diag, "did you mean '%" STR_F "'?", STR_A(nearest));
        diag->path = reader->page->path;
        diag->severity = DIAG_WARNING;
        reader->diags->errors--;
        reader->diags->warnings++;
    }
}

static bool read_members(struct member_reader *reader, const struct member *members, int count, value map, void *out)
{
    bool ok = true;
    for (int i = 0; i < count; i++) {
        const struct value_pair *pair = value_pair(&map, members[i].name);
        if (!pair && members[i].other.len) pair = value_pair(&map, members[i].other);
        if (!pair || pair->value.kind == VALUE_NULL) continue;
        bool read = member_readers[members[i].type](reader, &members[i], pair->value, (char *)out + members[i].offset);
        if (read && members[i].given) *(bool *)(void *)((char *)out + members[i].given) = true;
        ok = read && ok;
    }
    return ok;
}

/* A day without a clock ends when it is over. */
static bool check_order(const struct member_reader *reader, value map, instant start, instant end)
{
    int64_t last = end.seconds + (end.date_only ? 86399 : 0);
    if (last >= start.seconds) return true;
    value v = value_get(map, S("end"), reader->page->arena);
    str from = front_shown(reader->page, value_get(map, S("start"), reader->page->arena));
    str shown = front_shown(reader->page, v);
    diag_report(reader->diags, DIAG_DATE, front_place(reader->page, v), "'end' is before 'start': %" STR_F " (start is %" STR_F ")",
                STR_A(shown), STR_A(from))->path = reader->page->path;
    return false;
}

/* --- sessions --------------------------------------------------------- */

/* A string is a session of which only the title is known. */
static bool read_session(struct member_reader *reader, value v, struct session *out)
{
    *out = (struct session){.all = v, .at = front_place(reader->page, v)};
    if (v.kind == VALUE_STR) {
        out->title = str_trim(v.as.text);
        return true;
    }
    if (v.kind != VALUE_MAP) return front_bad(reader->page, reader->diags, S("sessions"), v, "a list of maps {title, code, ...}");
    warn_near_keys(reader, session_members, SESSION_MEMBERS, v, "a session");
    bool ok = read_members(reader, session_members, SESSION_MEMBERS, v, out);
    if (ok && out->title.len == 0 && out->code.len == 0)
        return front_bad(reader->page, reader->diags, S("sessions"), v, "a session with a title or a code");
    return ok && (!out->has_start || !out->has_end || check_order(reader, v, out->start, out->end));
}

bool front_matter_sessions(struct page *page, value v, const struct zone *zone, struct session **out,
                           ptrdiff_t *count, struct diags *diags)
{
    struct member_reader reader = {page, diags, zone, NULL};
    *out = NULL;
    *count = 0;
    if (v.kind == VALUE_NULL) return true;
    if (v.kind != VALUE_LIST) return front_bad(page, diags, S("sessions"), v, "a list of maps {title, code, ...}");
    struct session *sessions = ARENA_NEWS(page->arena, struct session, value_count(v));
    bool ok = true;
    for (ptrdiff_t i = 0; i < value_count(v); i++) {
        value item = v.as.list->items[i];
        if (item.kind == VALUE_NULL) continue;
        if (read_session(&reader, item, &sessions[*count])) (*count)++;
        else ok = false;
    }
    *out = sessions;
    return ok;
}

/* --- events ----------------------------------------------------------- */

/* "AWS re:Invent 2023", also where the name says the edition already. */
static str label_of(struct arena *arena, const struct event *event)
{
    if (event->edition.len == 0 || str_ends(event->name, event->edition)) return event->name;
    return str_concat3(arena, event->name, S(" "), event->edition);
}

static bool name_event(const struct member_reader *reader, value map, struct event *out)
{
    struct arena *arena = reader->page->arena;
    bool is_page = front_is_about_others(reader->page);
    if (out->name.len == 0 && is_page) out->name = str_trim(value_text(value_get(map, S("title"), arena)));
    value given = value_get(map, S("name"), arena);
    if (given.kind != VALUE_NULL && !front_is_scalar(given)) return false;      /* reported: it is no text */
    if (out->name.len == 0) {
        diag_report(reader->diags, DIAG_FIELD, front_place(reader->page, map),
                    "an event has no name (want name: AWS re:Invent)")->path = reader->page->path;
        return false;
    }
    out->label = label_of(arena, out);
    out->id = utf8_slug(arena, out->id.len ? out->id : is_page ? reader->page->name : out->label);
    return true;
}

bool front_matter_event(struct page *page, value v, const struct config *config, struct event *out,
                        struct diags *diags)
{
    struct member_reader reader = {page, diags, config->zone, out};
    *out = (struct event){.timezone = config->timezone, .zone = config->zone};
    if (v.kind != VALUE_MAP) return front_bad(page, diags, S("event"), v, "a map {name, edition, ...}");
    warn_near_keys(&reader, event_members, EVENT_MEMBERS, v, "an event");
    bool ok = read_members(&reader, event_members, EVENT_MEMBERS, v, out);
    ok = name_event(&reader, v, out) && ok;
    return (!out->has_start || !out->has_end || check_order(&reader, v, out->start, out->end)) && ok;
}
