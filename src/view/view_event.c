/* view_event.c - what templates and hooks see of events, sessions, authors and pictures. */
#include "fields.h"

#include "base/path.h"

#define FIELD(name) \
    static value name(const struct view *view, const void *thing, struct arena *arena)
#define EVENT const struct event *event = thing; (void)view, (void)arena
#define SESSION const struct session *session = thing; (void)view, (void)arena
#define AUTHOR const struct author *author = thing; (void)view, (void)arena
#define IMAGE const struct image_view *image = thing; (void)view, (void)arena

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
    STR_INIT("event"), event_rows, sizeof event_rows / sizeof *event_rows, NULL, event_as_text, NULL, NULL};

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
    STR_INIT("session"), session_rows, sizeof session_rows / sizeof *session_rows, session_other, NULL, session_rest, NULL};

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
    STR_INIT("author"), author_rows, sizeof author_rows / sizeof *author_rows, author_other, author_as_text, author_rest, NULL};

/* --- pictures ----------------------------------------------------------- */

FIELD(image_width) { IMAGE; return image->asset && image->asset->info.width ? value_int(image->asset->info.width) : value_null(); }
FIELD(image_height) { IMAGE; return image->asset && image->asset->info.height ? value_int(image->asset->info.height) : value_null(); }
FIELD(image_alpha) { IMAGE; return value_bool(image->asset && image->asset->info.alpha); }
FIELD(image_frames) { IMAGE; return value_int(image->asset ? image->asset->info.frames : 1); }
FIELD(image_alt) { IMAGE; return value_str(image->ref ? image->ref->alt : S("")); }
FIELD(image_caption) { IMAGE; return image->ref ? view_text(image->ref->caption) : value_null(); }
FIELD(image_path) { IMAGE; return image->asset ? value_str(image->asset->path) : value_null(); }
FIELD(image_name) { IMAGE; return image->asset ? value_str(path_name(image->asset->path)) : value_null(); }

FIELD(image_page) { IMAGE; return view_page(view, image->page); }
FIELD(image_anchor) { IMAGE; return image->ref ? view_text(image->ref->anchor) : value_null(); }

FIELD(image_tint_text)
{
    IMAGE;
    struct buf out = buf_in(arena);
    if (image->asset) view_tint_classes(image->asset, &out);
    return view_text(buf_str(&out));
}

FIELD(image_kind)
{
    IMAGE;
    return image->asset ? value_str(str_c(image_kind_info(image->asset->info.kind)->name)) : value_null();
}

/* In the zone of the event.  Many cameras say the clock on the wall and no zone: that of the event is the best
 * guess.  A photo that tells its own is shown there, unless its event has one that is not just the site's. */
FIELD(image_time)
{
    IMAGE;
    if (!image->asset || !image->asset->info.has_time) return value_null();
    const struct image_info *info = &image->asset->info;
    const struct event *event = image->page ? image->page->event : NULL;
    const struct zone *home = view->site->config->zone, *zone = event && event->zone ? event->zone : home;
    int offset = info->has_offset ? info->offset : zone_offset_local(zone, info->taken);
    instant taken = {.seconds = info->taken - (int64_t)offset * 60, .offset = offset};
    return value_time(info->has_offset && zone == home ? taken : date_in_zone(taken, zone));
}

/* How well a variant stands for the whole picture: uncropped ones that every reader shows first. */
static int image_rank(const struct variant *variant)
{
    return (variant->recipe.format != IMAGE_WEBP ? 2 : 0) + (variant->recipe.crop == IMAGE_CROP_NONE ? 1 : 0);
}

FIELD(image_url)
{
    IMAGE;
    const struct variant *best = NULL;
    for (ptrdiff_t i = 0; image->picture && i < image->picture->count; i++) {
        const struct variant *variant = &image->picture->variants[i];
        int better = best ? image_rank(variant) - image_rank(best) : 1;
        if (better > 0 || (better == 0 && variant->width > best->width)) best = variant;
    }
    if (best) return value_str(best->url);
    if (image->asset) return value_str(image->asset->url);
    return image->ref ? view_text(image->ref->url) : value_null();
}

/* What a link to the page is shown with elsewhere: 1200 x 630. */
FIELD(image_social_url)
{
    IMAGE;
    for (ptrdiff_t i = 0; image->picture && i < image->picture->count; i++)
        if (str_equal(image->picture->variants[i].use, S("social"))) return value_str(image->picture->variants[i].url);
    return image_url(view, thing, arena);
}

/* What the img filter writes: every variant, and what the author gave. */
FIELD(image_rest)
{
    IMAGE;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; image->picture && i < image->picture->count; i++) {
        const struct variant *variant = &image->picture->variants[i];
        value_push(arena, &list, value_str(variant->use));
        value_push(arena, &list, value_str(variant->url));
        value_push(arena, &list, value_int((int64_t)variant->recipe.crop << 8 | (int64_t)variant->recipe.format));
        value_push(arena, &list, value_int(((int64_t)variant->width << 32) + variant->height));
    }
    for (ptrdiff_t i = 0; image->ref && i < image->ref->attribute_count; i++) {
        value_push(arena, &list, value_str(image->ref->attributes[i].name));
        value_push(arena, &list, value_str(image->ref->attributes[i].value));
    }
    value_push(arena, &list, value_bool(image->ref && image->ref->eager));
    value_push(arena, &list, value_bool(asset_is_lost(image->asset)));
    return list;
}

static const struct view_field image_rows[] = {
    {STR_INIT("width"), image_width, STR_INIT("pixels, upright; nil for other hosts' pictures")},
    {STR_INIT("height"), image_height, STR_INIT("pixels, upright")},
    {STR_INIT("alt"), image_alt, STR_INIT("text for who does not see it")},
    {STR_INIT("caption"), image_caption, STR_INIT("HTML, or nil")},
    {STR_INIT("url"), image_url, STR_INIT("one file of it that every reader shows")},
    {STR_INIT("social_url"), image_social_url, STR_INIT("the one for link previews, or url")},
    {STR_INIT("time"), image_time, STR_INIT("when it was taken, in the zone of its page's event, or nil; `page.photos | sort: 'time'`")},
    {STR_INIT("page"), image_page, STR_INIT("the page it stands on")},
    {STR_INIT("anchor"), image_anchor, STR_INIT("id of its figure, or nil: `page.url#anchor` leads to it")},
    {STR_INIT("tint"), image_tint_text, STR_INIT("classes of its main colour, \"hue2 tone4\", or nil")},
    {STR_INIT("kind"), image_kind, STR_INIT("\"jpeg\"")},
    {STR_INIT("alpha"), image_alpha, STR_INIT("may have transparent pixels")},
    {STR_INIT("frames"), image_frames, STR_INIT("more than 1: animated")},
    {STR_INIT("path"), image_path, STR_INIT("file, from the site's folder")},
    {STR_INIT("name"), image_name, STR_INIT("file name")},
};
const struct view_fields image_fields = {
    STR_INIT("image"), image_rows, sizeof image_rows / sizeof *image_rows, NULL, NULL, image_rest, NULL};
