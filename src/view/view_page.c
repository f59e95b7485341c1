/* view_page.c - what templates and hooks see of a page. */
#include "fields.h"

#include "base/date.h"
#include "base/escape.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "image/cover.h"

#define FIELD(name) \
    static value name(const struct view *view, const void *thing, struct arena *arena)
#define PAGE const struct page *page = thing; (void)view, (void)arena

/* Before the plan, bodies are still being made: nothing of them is to be seen yet. */
static const struct content *content_of(const struct view *view, const struct page *page)
{
    static const struct content none;
    return view->plan ? &page->content : &none;
}

static struct shown *shown_of(const struct view *view, const struct page *page)
{
    return view->shown && view->shown->page == page ? view->shown : NULL;
}

const struct content *view_body(const struct view *view, const struct page *page, struct arena *arena)
{
    struct shown *shown = shown_of(view, page);
    if (!shown) return site_content(page, arena);
    if (!shown->body) shown->body = site_content(page, shown->arena);
    return shown->body;
}

static const struct content *body_of(const struct view *view, const struct page *page, struct arena *arena)
{
    return view->plan ? view_body(view, page, arena) : content_of(view, page);
}

FIELD(page_title) { PAGE; return value_str(page->title); }
FIELD(page_url) { PAGE; return value_str(page->url); }
FIELD(page_path) { PAGE; return value_str(page->path); }
FIELD(page_name) { PAGE; return value_str(page->name); }
FIELD(page_slug) { PAGE; return value_str(page->slug); }
FIELD(page_description) { PAGE; return view_text(page->description); }
FIELD(page_language) { PAGE; return value_str(page->language); }
FIELD(page_section) { PAGE; return view_text(page->section); }
FIELD(page_layout) { PAGE; return view_text(page->layout); }
FIELD(page_draft) { PAGE; return value_bool(page->draft); }
FIELD(page_future) { PAGE; return value_bool(page->has_date && page->date.seconds > view->site->config->now.seconds); }
FIELD(page_pin) { PAGE; return value_bool(page->pin); }
FIELD(page_weight) { PAGE; return value_int(page->weight); }
FIELD(page_date) { PAGE; return page->has_date ? value_time(page->date) : value_null(); }
FIELD(page_updated) { PAGE; return page->has_updated ? value_time(page->updated) : value_null(); }
FIELD(page_reading_minutes) { PAGE; return value_int(content_of(view, page)->reading_minutes); }
FIELD(page_photo_count) { PAGE; return value_int(content_of(view, page)->photo_count); }
FIELD(page_has_math) { PAGE; return value_bool(page->math || content_of(view, page)->has_math); }
FIELD(page_has_mermaid) { PAGE; return value_bool(content_of(view, page)->has_mermaid); }
FIELD(page_previous) { PAGE; return view_page(view, page->previous); }
FIELD(page_next) { PAGE; return view_page(view, page->next); }
FIELD(page_event) { PAGE; return view_event(view, page->event); }
FIELD(page_meta) { PAGE; return page->meta; }
FIELD(page_text) { PAGE; return value_str(body_of(view, page, arena)->text); }

FIELD(page_content)
{
    PAGE;
    struct shown *shown = shown_of(view, page);
    if (!shown) return value_html(view_content(view, page, arena));
    if (value_is_null(shown->html)) shown->html = value_html(view_content(view, page, shown->arena));
    return shown->html;
}

FIELD(page_permalink)
{
    PAGE;
    const struct config *config = view->site->config;
    return config->base_url.len ? value_str(str_concat(arena, config->base_url, page->url)) : value_null();
}

FIELD(page_kind)
{
    PAGE;
    static const str names[] = {STR_INIT("post"), STR_INIT("event"), STR_INIT("author"), STR_INIT("page")};
    return value_str(names[page->kind]);
}

FIELD(page_summary)
{
    PAGE;
    if (page->summary.len) return value_str(page->summary);
    if (page->description.len) return value_str(page->description);
    return view_text(content_of(view, page)->summary);
}

FIELD(page_word_count)
{
    PAGE;
    const struct content *content = content_of(view, page);
    return value_int(content->prose.words + content->prose.syllables);
}

static value terms_of(const struct view *view, const struct page *page, ptrdiff_t taxonomy, struct arena *arena)
{
    value list = value_list(arena);
    if (!page->terms) return list;
    for (const struct term **term = page->terms[taxonomy]; *term; term++)
        value_push(arena, &list, view_term(view, *term));
    return list;
}

FIELD(page_authors)
{
    PAGE;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < page->author_count; i++)
        value_push(arena, &list, view_thing(view, VIEW_AUTHOR, page->authors[i], arena));
    return list;
}

FIELD(page_sessions)
{
    PAGE;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < page->session_count; i++)
        value_push(arena, &list, view_thing(view, VIEW_SESSION, &page->sessions[i], arena));
    return list;
}

FIELD(page_translations)
{
    PAGE;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < page->twin_count; i++) value_push(arena, &list, view_page(view, page->twins[i]));
    return list;
}

static value image_of(const struct view *view, const struct page *page, const struct picture_ref *ref,
                      const struct picture *picture, struct arena *arena)
{
    struct image_view *image = ARENA_NEW(arena, struct image_view);
    *image = (struct image_view){page, ref, picture, ref->asset};
    return view_thing(view, VIEW_IMAGE, image, arena);
}

const struct picture_ref *view_cover_ref(const struct view *view, const struct page *page)
{
    const struct picture_ref *ref = view->plan ? view->plan->cover_refs[page->index] : NULL;
    return ref && !asset_is_lost(ref->asset) ? ref : NULL;
}

FIELD(page_image)
{
    PAGE;
    const struct picture_ref *ref = view_cover_ref(view, page);
    return ref ? image_of(view, page, ref, &view->plan->covers[page->index], arena) : value_null();
}

FIELD(page_social_image)
{
    PAGE;
    if (!view->plan) return value_null();
    const struct social_card *card = view->plan->cards ? &view->plan->cards[page->index] : NULL;
    if (card && card->url.len) return value_str(card->url);
    const struct picture_ref *ref = view_cover_ref(view, page);
    return ref ? value_get(image_of(view, page, ref, &view->plan->covers[page->index], arena), S("social_url"), arena) : value_null();
}

/* Of an event its name and year; else the day, or the title's beginning, and the first tag. */
/* "AWS Summit Seoul" of "AWS Summit Seoul 2025", below a large 2025. */
static str name_beside(str name, str mark)
{
    str rest = str_trim(str_slice(name, 0, name.len - mark.len));
    bool ends = mark.len && rest.len && str_ends(name, mark) && !char_is_digit(rest.p[rest.len - 1]);
    return ends ? rest : name;
}

static struct cover cover_of(const struct page *page, struct arena *arena)
{
    const struct event *event = page->event;
    struct cover cover = {.family = event ? event->id : page->title, .title = page->title};
    const struct term *tag = page->terms && page->site->config->taxonomies.count ? page->terms[0][0] : NULL;
    bool dated = event && event->has_start;
    str day = dated || page->has_date ? date_format(arena, dated ? event->start : page->date, event ? S("%Y") : S("%m.%d")) : (str){0};
    cover.mark = event ? event->edition : day;
    if (cover.mark.len == 0) cover.mark = day.len ? day : str_slice(page->title, 0, utf8_offset(page->title, 2));
    cover.label = event ? name_beside(event->name, cover.mark) : tag ? tag->name : site_locale(page->site, page->language)->language->title;
    return cover;
}

FIELD(page_drawn_cover)
{
    PAGE;
    struct cover cover = cover_of(page, arena);
    struct buf out = buf_in(arena);
    cover_svg(&out, &cover);
    return value_html(buf_finish(&out));
}

FIELD(page_photos)
{
    PAGE;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < content_of(view, page)->picture_count; i++) {
        const struct picture_ref *ref = &page->content.pictures[i];
        bool shown = ref->asset ? !asset_is_lost(ref->asset) : url_is_absolute(ref->url);
        if (shown) value_push(arena, &list, image_of(view, page, ref, &view->plan->pictures[page->index][i], arena));
    }
    return list;
}

/* The headings from *at on that are deeper than `above`, as a tree. */
static value toc_below(const struct content *content, ptrdiff_t *at, int above, struct arena *arena)
{
    value list = value_list(arena);
    while (*at < content->heading_count && content->headings[*at].level > above) {
        const struct heading *heading = &content->headings[(*at)++];
        if (!heading->in_toc) continue;
        value item = value_map(arena);
        value_set(arena, &item, S("id"), value_str(heading->id));
        value_set(arena, &item, S("text"), value_str(heading->text));
        value_set(arena, &item, S("html"), value_html(heading->html));
        value_set(arena, &item, S("level"), value_int(heading->level));
        value_set(arena, &item, S("children"), toc_below(content, at, heading->level, arena));
        value_push(arena, &list, item);
    }
    return list;
}

FIELD(page_toc)
{
    PAGE;
    ptrdiff_t at = 0;
    if (page->toc_given && !page->toc) return value_list(arena);
    return toc_below(body_of(view, page, arena), &at, 0, arena);
}

static const struct view_field rows[] = {
    {STR_INIT("title"), page_title, STR_INIT("title as plain text")},
    {STR_INIT("url"), page_url, STR_INIT("address below the site's root, percent-encoded")},
    {STR_INIT("permalink"), page_permalink, STR_INIT("absolute address; nil without base_url")},
    {STR_INIT("content"), page_content, STR_INIT("body as HTML")},
    {STR_INIT("summary"), page_summary, STR_INIT("the author's, or the first sentences")},
    {STR_INIT("description"), page_description, STR_INIT("the author's description, or nil")},
    {STR_INIT("date"), page_date, STR_INIT("time, or nil")},
    {STR_INIT("updated"), page_updated, STR_INIT("time of the last revision, or nil")},
    {STR_INIT("authors"), page_authors, STR_INIT("list of authors")},
    {STR_INIT("event"), page_event, STR_INIT("the conference it reports on, or nil")},
    {STR_INIT("sessions"), page_sessions, STR_INIT("sessions its author attended")},
    {STR_INIT("image"), page_image, STR_INIT("cover, or the first picture, or nil")},
    {STR_INIT("drawn_cover"), page_drawn_cover, STR_INIT("a drawing for where there is no image: an <svg>")},
    {STR_INIT("social_image"), page_social_image, STR_INIT("address of its card, else of its cover, or nil")},
    {STR_INIT("photos"), page_photos, STR_INIT("all pictures of the body that can be shown, in its order")},
    {STR_INIT("toc"), page_toc, STR_INIT("headings as a tree: id, text, html, level, children")},
    {STR_INIT("reading_minutes"), page_reading_minutes, STR_INIT("minutes, at least 1")},
    {STR_INIT("photo_count"), page_photo_count, STR_INIT("number of pictures")},
    {STR_INIT("word_count"), page_word_count, STR_INIT("Hangul syllables and other words")},
    {STR_INIT("has_math"), page_has_math, STR_INIT("true when it holds formulas, or says `math: true`")},
    {STR_INIT("has_mermaid"), page_has_mermaid, STR_INIT("true when it holds Mermaid's diagrams")},
    {STR_INIT("previous"), page_previous, STR_INIT("the older post, or nil")},
    {STR_INIT("next"), page_next, STR_INIT("the newer post, or nil")},
    {STR_INIT("translations"), page_translations, STR_INIT("the same page in other languages")},
    {STR_INIT("language"), page_language, STR_INIT("\"ko\"")},
    {STR_INIT("kind"), page_kind, STR_INIT("post, page, event or author")},
    {STR_INIT("section"), page_section, STR_INIT("\"posts\", or nil")},
    {STR_INIT("layout"), page_layout, STR_INIT("as the front matter says, or nil")},
    {STR_INIT("draft"), page_draft, STR_INIT("true or false")},
    {STR_INIT("future"), page_future, STR_INIT("dated later than now")},
    {STR_INIT("pin"), page_pin, STR_INIT("true or false")},
    {STR_INIT("weight"), page_weight, STR_INIT("number")},
    {STR_INIT("path"), page_path, STR_INIT("file, from the site's folder")},
    {STR_INIT("name"), page_name, STR_INIT("file or bundle name without date and language")},
    {STR_INIT("slug"), page_slug, STR_INIT("name in the address")},
    {STR_INIT("text"), page_text, STR_INIT("body as plain text")},
    {STR_INIT("meta"), page_meta, STR_INIT("front matter as written")},
};

/* --- digests of what is long or often asked for, from what it follows from -- */

/* Of a body's pictures as they will be shown: `all`, or but those of other hosts. */
static uint64_t digest_pictures(const struct view *view, const struct page *page, bool all, struct arena *arena)
{
    const struct content *content = content_of(view, page);
    uint64_t digest = 0;
    for (ptrdiff_t i = 0; i < content->picture_count; i++) {
        const struct picture_ref *ref = &content->pictures[i];
        struct image_view image = {page, ref, &view->plan->pictures[page->index][i], ref->asset};
        if (all || ref->asset) digest = view_mix(digest, image_fields.whole(view, &image, arena));
    }
    return digest;
}

static uint64_t digest_time(bool there, instant time) { return there ? view_digest(value_time(time), NULL) : 0; }

/* By name. */
static uint64_t digest_terms(const struct view *view, const struct page *page)
{
    uint64_t digest = 0;
    for (ptrdiff_t t = 0; page->terms && t < view->site->config->taxonomies.count; t++) {
        digest = view_mix(digest, (uint64_t)t);
        for (const struct term **term = page->terms[t]; *term; term++) digest = view_mix(digest, hash_str((*term)->name));
    }
    return digest;
}

uint64_t view_entry_digest(const struct view *view, const struct page *page, struct arena *arena)
{
    uint64_t digest = view_mix(page->content.hash.low, hash_str(page->title));
    digest = view_mix(view_mix(digest, hash_str(page->url)), digest_time(page->has_date, page->date));
    digest = view_mix(digest, digest_time(page->has_updated, page->updated));
    digest = view_mix(digest, view_digest(page_summary(view, page, arena), arena));
    for (ptrdiff_t i = 0; i < page->author_count; i++) digest = view_mix(digest, hash_str(page->authors[i]->name));
    return view_mix(view_mix(digest, digest_terms(view, page)), digest_pictures(view, page, false, arena));
}

/* What it is drawn from stands for the drawing. */
static uint64_t digest_drawn_cover(const struct page *page, struct arena *arena)
{
    struct cover cover = cover_of(page, arena);
    uint64_t parts[] = {hash_str(cover.family), hash_str(cover.title), hash_str(cover.mark), hash_str(cover.label)};
    return hash_bytes(parts, sizeof parts).low;
}

/* The body is long and lies in the cache: its hash stands for it, and for other hosts' pictures in it. */
static bool page_digest(const struct view *view, const void *thing, str name, struct arena *arena, uint64_t *out)
{
    PAGE;
    if (str_equal(name, S("drawn_cover"))) *out = digest_drawn_cover(page, arena);
    else if (str_equal(name, S("photos"))) *out = digest_pictures(view, page, true, arena);
    else if (str_equal(name, S("text"))) *out = content_of(view, page)->hash.low;
    else if (str_equal(name, S("toc"))) *out = content_of(view, page)->hash.low ^ page->toc ^ (uint64_t)page->toc_given << 1;
    else if (str_equal(name, S("content"))) *out = content_of(view, page)->hash.low ^ digest_pictures(view, page, false, arena);
    else return false;
    return true;
}

/* Taxonomies by name, then front-matter fields by their own names. */
static bool page_other(const struct view *view, const void *thing, str key, struct arena *arena, value *out)
{
    const struct page *page = thing;
    const struct str_list *taxonomies = &view->site->config->taxonomies;
    for (ptrdiff_t i = 0; i < taxonomies->count; i++)
        if (str_equal(taxonomies->items[i], key)) {
            *out = terms_of(view, page, i, arena);
            return true;
        }
    const struct value_pair *pair = value_pair(&page->meta, key);
    if (pair) *out = pair->value;
    return pair != NULL;
}

static str page_as_text(const struct view *view, const void *thing, struct arena *arena)
{
    (void)view, (void)arena;
    return ((const struct page *)thing)->title;
}

const struct view_fields page_fields = {
    .class_ = STR_INIT("page"), .rows = rows, .count = sizeof rows / sizeof *rows,
    .other = page_other, .text = page_as_text, .digest = page_digest};
