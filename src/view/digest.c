/* digest.c - values as numbers, for comparing this build's with the last one's.
 *
 * A noun within a value (page, term, event, site) counts by its identity; other
 * things that templates see field by field count with all their fields. */
#include "fields.h"

#include "base/hash.h"

enum { DEEPEST = 400 };         /* JSON is nested up to 200 deep, and lies in folders of data/ */

uint64_t view_mix(uint64_t digest, uint64_t more)
{
    digest = (digest ^ more) * 0x9e3779b97f4a7c15u;
    digest ^= digest >> 29;
    return digest * 0xbf58476d1ce4e5b9u ^ digest >> 32;
}

uint64_t view_noun_identity(const struct view *view, enum read_kind kind, ptrdiff_t index)
{
    if (index >= view_noun_count(view, kind)) return 0;
    switch (kind) {
    case READ_SITE: return view_mix(1, hash_str(view->site->locales[index].language->code));
    case READ_PAGE: {
        const struct page *page = view->site->pages[index];
        return page->generated ? view_mix(hash_str(page->path), hash_str(page->below)) : hash_str(page->path);
    }
    case READ_TERM: return view_mix(hash_str(view->site->terms[index]->taxonomy), hash_str(view->site->terms[index]->default_url));
    case READ_EVENT: return hash_str(view->site->events[index]->id);
    default: return 0;
    }
}

ptrdiff_t view_noun_count(const struct view *view, enum read_kind kind)
{
    switch (kind) {
    case READ_SITE: return view->site->locales ? view->site->config->language_count : 0;
    case READ_PAGE: return view->site->page_count;
    case READ_TERM: return view->site->term_count;
    case READ_EVENT: return view->site->event_count;
    default: return 0;
    }
}

static uint64_t digest_value(value v, struct arena *arena, int depth);

static uint64_t digest_map(const struct value_map *map, struct arena *arena, int depth)
{
    uint64_t digest = (uint64_t)map->count;
    for (ptrdiff_t i = 0; i < map->count; i++) {
        digest = view_mix(digest, hash_str(map->pairs[i].key));
        digest = view_mix(digest, digest_value(map->pairs[i].value, arena, depth));
    }
    return digest;
}

static uint64_t digest_items(value v, struct arena *arena, int depth)
{
    ptrdiff_t count = value_count(v);
    uint64_t digest = (uint64_t)count;
    for (ptrdiff_t i = 0; i < count; i++) digest = view_mix(digest, digest_value(value_at(v, i, arena), arena, depth));
    return digest;
}

/* A thing that is no noun: all of it. */
static uint64_t digest_thing(const struct handle *handle, struct arena *arena, int depth)
{
    const struct view_fields *table = view_fields_of(handle->kind);
    uint64_t digest = (uint64_t)handle->kind;
    if (table->whole) return view_mix(digest, table->whole(handle->view, handle->thing, arena));
    for (ptrdiff_t i = 0; i < table->count; i++)
        digest = view_mix(digest, digest_value(table->rows[i].read(handle->view, handle->thing, arena), arena, depth));
    if (table->rest) digest = view_mix(digest, digest_value(table->rest(handle->view, handle->thing, arena), arena, depth));
    return digest;
}

static uint64_t digest_drop(value v, struct arena *arena, int depth)
{
    const struct handle *handle = view_handle(v);
    if (!handle) return digest_items(v, arena, depth);
    enum read_kind noun;
    ptrdiff_t index;
    if (view_noun_of(handle, &noun, &index)) return view_mix((uint64_t)noun, view_noun_identity(handle->view, noun, index));
    return digest_thing(handle, arena, depth);
}

static uint64_t digest_value(value v, struct arena *arena, int depth)
{
    uint64_t bits = 0, kind = (uint64_t)v.kind << 1 | v.safe;
    if (depth > DEEPEST) return kind;
    switch (v.kind) {
    case VALUE_BOOL: return view_mix(kind, v.as.boolean);
    case VALUE_INT: return view_mix(kind, (uint64_t)v.as.integer);
    case VALUE_FLOAT: memcpy(&bits, &v.as.number, sizeof bits); return view_mix(kind, bits);
    case VALUE_STR: return view_mix(kind, hash_str(v.as.text));
    case VALUE_TIME:
        return view_mix(view_mix(kind, (uint64_t)v.as.time.seconds), (uint64_t)(int64_t)v.as.time.offset << 1 | v.as.time.date_only);
    case VALUE_LIST: return view_mix(kind, digest_items(v, arena, depth + 1));
    case VALUE_MAP: return view_mix(kind, digest_map(v.as.map, arena, depth + 1));
    case VALUE_DROP: return view_mix(kind, digest_drop(v, arena, depth + 1));
    case VALUE_RANGE: return view_mix(view_mix(kind, (uint64_t)v.as.range.first), (uint64_t)v.as.range.count);
    default: return kind;
    }
}

uint64_t view_digest(value v, struct arena *arena) { return digest_value(v, arena, 0); }

uint64_t view_field_digest(const struct view *view, read_key key, str name, struct arena *scratch)
{
    const struct handle *handle = view_noun(view, read_kind_of(key), read_index_of(key));
    uint32_t row = read_field_of(key);
    if (!handle) return 0;
    const struct view_fields *table = view_fields_of(handle->kind);
    value v = value_null();
    if (row == READ_AS_TEXT) return view_mix(2, hash_str(table->text(view, handle->thing, scratch)));
    if (row < (uint32_t)table->count) {
        uint64_t known;
        if (table->digest && table->digest(view, handle->thing, table->rows[row].name, scratch, &known)) return view_mix(3, known);
        v = table->rows[row].read(view, handle->thing, scratch);
    } else if (!view_key_value(handle, name, scratch, &v) && table->other) {
        table->other(view, handle->thing, name, scratch, &v);
    }
    return view_mix(4, digest_value(v, scratch, 0));
}

str view_field_name(read_key key, str name)
{
    static const enum view_kind kinds[] = {[READ_SITE] = VIEW_SITE, [READ_PAGE] = VIEW_PAGE, [READ_TERM] = VIEW_TERM, [READ_EVENT] = VIEW_EVENT};
    uint32_t row = read_field_of(key);
    if ((size_t)read_kind_of(key) >= sizeof kinds / sizeof *kinds || row >= READ_FIRST_NAME) return name;
    const struct view_fields *table = view_fields_of(kinds[read_kind_of(key)]);
    return row < (uint32_t)table->count ? table->rows[row].name : S("name");
}

/* What feeds tell of the site; its addresses are the same for all that is kept. */
static uint64_t digest_feed_head(const struct config *config)
{
    return view_mix(view_mix(hash_str(config->title), hash_str(config->description)), hash_str(config->author));
}

static uint64_t digest_entries(const struct view *view, const struct listing *listing, struct arena *arena)
{
    ptrdiff_t left = view->site->config->feeds.items;
    uint64_t digest = view_mix(digest_feed_head(view->site->config), hash_str(listing->title));
    for (ptrdiff_t i = 0; i < listing->page_count && left > 0; i++) {
        if (!listing->pages[i]->has_date) continue;
        digest = view_mix(digest, view_entry_digest(view, listing->pages[i], arena));
        left--;
    }
    return digest;
}

/* Its fields follow from these. */
static uint64_t digest_paginator(const struct view *view, const struct output *output)
{
    const struct listing *listing = output->listing;
    ptrdiff_t from = listing->per_page > 0 ? (ptrdiff_t)(output->number - 1) * listing->per_page : 0;
    ptrdiff_t to = listing->per_page > 0 && from + listing->per_page < listing->page_count ? from + listing->per_page : listing->page_count;
    uint64_t digest = view_mix(hash_str(listing->url), (uint64_t)output->number);
    digest = view_mix(view_mix(digest, (uint64_t)listing->per_page), (uint64_t)listing->page_count);
    for (ptrdiff_t i = from; i < to; i++) digest = view_mix(digest, view_noun_identity(view, READ_PAGE, listing->pages[i]->index));
    return digest;
}

uint64_t view_output_digest(const struct view *view, const struct output *output, struct arena *scratch)
{
    struct handle listing = {VIEW_LISTING, view, output};
    uint64_t digest = view_mix((uint64_t)output->kind << 8 | (uint64_t)output->feed, hash_str(output->layout));
    digest = view_mix(digest, hash_str(output->url));
    if (output->page) digest = view_mix(digest, view_noun_identity(view, READ_PAGE, output->page->index));
    if (!output->listing) return digest | 1;
    digest = view_mix(digest, hash_str(output->listing->locale->language->code));
    if (output->listing->term) digest = view_mix(digest, view_noun_identity(view, READ_TERM, output->listing->term->index));
    digest = view_mix(digest, digest_thing(&listing, scratch, 0));
    digest = view_mix(digest, output->kind == OUTPUT_FEED ? digest_entries(view, output->listing, scratch)
                                                     : digest_paginator(view, output));
    return digest | 1;
}
