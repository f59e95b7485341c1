/* view.c - handles, the one lookup of fields, lists, and the names a template starts from. */
#include "fields.h"

#include "base/hash.h"

static const struct view_fields *const tables[VIEW_KIND_COUNT] = {
    [VIEW_SITE] = &site_fields, [VIEW_PAGE] = &page_fields, [VIEW_TERM] = &term_fields,
    [VIEW_EVENT] = &event_fields, [VIEW_AUTHOR] = &author_fields, [VIEW_SESSION] = &session_fields,
    [VIEW_IMAGE] = &image_fields, [VIEW_LISTING] = &listing_fields, [VIEW_PAGINATOR] = &paginator_fields,
    [VIEW_LANGUAGE] = &language_fields, [VIEW_YEAR] = &year_fields, [VIEW_HUGI] = &hugi_fields,
    [VIEW_THEME] = &theme_fields,
};

const struct view_fields *view_fields_of(enum view_kind kind) { return tables[kind]; }

bool view_noun_of(const struct handle *handle, enum read_kind *kind, ptrdiff_t *index)
{
    switch (handle->kind) {
    case VIEW_SITE: *kind = READ_SITE; *index = (const struct locale *)handle->thing - handle->view->site->locales; return true;
    case VIEW_PAGE: *kind = READ_PAGE; *index = ((const struct page *)handle->thing)->index; return true;
    case VIEW_TERM: *kind = READ_TERM; *index = ((const struct term *)handle->thing)->index; return true;
    case VIEW_EVENT: *kind = READ_EVENT; *index = ((const struct event *)handle->thing)->index; return true;
    default: return false;
    }
}

const struct handle *view_noun(const struct view *view, enum read_kind kind, ptrdiff_t index)
{
    if (index >= view_noun_count(view, kind)) return NULL;
    switch (kind) {
    case READ_SITE: return &view->sites[index];
    case READ_PAGE: return &view->pages[index];
    case READ_TERM: return &view->terms[index];
    case READ_EVENT: return &view->events[index];
    default: return NULL;
    }
}

static void note(const struct handle *handle, const struct view_field *field, str key)
{
    enum read_kind kind;
    ptrdiff_t index;
    struct reads *reads = handle->view->reads;
    if (!reads || !view_noun_of(handle, &kind, &index)) return;
    if (field) reads_note(reads, kind, index, field - tables[handle->kind]->rows);
    else reads_note_name(reads, kind, index, key);
}

/* --- maps whose keys are reads of their own ------------------------------- */

/* site.params.motto depends on that key alone. */
static bool is_keyed(const struct handle *handle, str name)
{
    static const str keyed[] = {STR_INIT("params"), STR_INIT("data"), STR_INIT("config")};
    for (size_t i = 0; handle->kind == VIEW_SITE && i < sizeof keyed / sizeof *keyed; i++)
        if (str_equal(name, keyed[i])) return true;
    return false;
}

struct keyed {
    const struct handle *handle;
    const struct view_field *field;
};

static value keyed_map(const struct keyed *keyed, struct arena *arena) { return keyed->field->read(keyed->handle->view, keyed->handle->thing, arena); }

static bool keyed_get(const void *self, str key, struct arena *arena, value *out)
{
    const struct keyed *keyed = self;
    note(keyed->handle, NULL, str_concat3(arena, keyed->field->name, S("."), key));
    return value_find(keyed_map(keyed, arena), key, hash_str(key), arena, out);
}

static value keyed_whole(const void *self, struct arena *arena)
{
    const struct keyed *keyed = self;
    note(keyed->handle, keyed->field, keyed->field->name);
    return keyed_map(keyed, arena);
}

static value make_keyed(const struct handle *handle, const struct view_field *field, struct arena *arena)
{
    static const struct drop_class class_ = {.name = "map", .get = keyed_get, .whole = keyed_whole};
    struct keyed keyed = {handle, field};
    return value_drop(&class_, arena_copy(arena, &keyed, sizeof keyed));
}

bool view_key_value(const struct handle *handle, str name, struct arena *arena, value *out)
{
    ptrdiff_t dot = str_find_char(name, '.');
    str first = str_slice(name, 0, dot < 0 ? 0 : dot);
    if (!is_keyed(handle, first)) return false;
    const struct view_field *field = map_get(&handle->view->fields[handle->kind], first);
    *out = value_get(field->read(handle->view, handle->thing, arena), str_from(name, dot + 1), arena);
    return true;
}

/* --- fields ------------------------------------------------------------------- */

/* Every read of the site by a template or a hook comes through here. */
static bool fields_get_hashed(const void *self, str key, uint64_t hash, struct arena *arena, value *out)
{
    const struct handle *handle = self;
    const struct view_field *field = map_get_hashed(&handle->view->fields[handle->kind], key, hash);
    if (field && is_keyed(handle, key)) {
        *out = make_keyed(handle, field, arena);
        return true;
    }
    note(handle, field, key);
    if (field) {
        *out = field->read(handle->view, handle->thing, arena);
        return true;
    }
    const struct view_fields *table = tables[handle->kind];
    return table->other && table->other(handle->view, handle->thing, key, arena, out);
}

static bool fields_get(const void *self, str key, struct arena *arena, value *out)
{
    return fields_get_hashed(self, key, hash_str(key), arena, out);
}

static value fields_keys(const void *self, struct arena *arena)
{
    const struct handle *handle = self;
    const struct view_fields *table = tables[handle->kind];
    value keys = value_list(arena);
    for (ptrdiff_t i = 0; i < table->count; i++) value_push(arena, &keys, value_str(table->rows[i].name));
    return keys;
}

static str fields_text(const void *self, struct arena *arena)
{
    const struct handle *handle = self;
    const struct view_fields *table = tables[handle->kind];
    enum read_kind kind;
    ptrdiff_t index;
    if (table->text && view_noun_of(handle, &kind, &index)) reads_note(handle->view->reads, kind, index, READ_AS_TEXT);
    return table->text ? table->text(handle->view, handle->thing, arena) : table->class_;
}

#define CLASS(kind, label) \
    [kind] = {.name = label, .get = fields_get, .keys = fields_keys, .text = fields_text, .get_hashed = fields_get_hashed}
static const struct drop_class classes[VIEW_KIND_COUNT] = {
    CLASS(VIEW_SITE, "site"), CLASS(VIEW_PAGE, "page"), CLASS(VIEW_TERM, "term"),
    CLASS(VIEW_EVENT, "event"), CLASS(VIEW_AUTHOR, "author"), CLASS(VIEW_SESSION, "session"),
    CLASS(VIEW_IMAGE, "image"), CLASS(VIEW_LISTING, "listing"), CLASS(VIEW_PAGINATOR, "paginator"),
    CLASS(VIEW_LANGUAGE, "language"), CLASS(VIEW_YEAR, "year"), CLASS(VIEW_HUGI, "hugi"),
    CLASS(VIEW_THEME, "theme"),
};

const struct handle *view_handle(value v)
{
    const struct drop_class *class_ = v.as.drop.class_;
    return class_ >= classes && class_ < classes + VIEW_KIND_COUNT ? v.as.drop.self : NULL;
}

value view_thing(const struct view *view, enum view_kind kind, const void *thing, struct arena *arena)
{
    if (!thing) return value_null();
    struct handle *handle = ARENA_NEW(arena, struct handle);
    *handle = (struct handle){kind, view, thing};
    return value_drop(&classes[kind], handle);
}

value view_page(const struct view *view, const struct page *page)
{
    return page ? value_drop(&classes[VIEW_PAGE], &view->pages[page->index]) : value_null();
}

value view_term(const struct view *view, const struct term *term)
{
    return term ? value_drop(&classes[VIEW_TERM], &view->terms[term->index]) : value_null();
}

value view_event(const struct view *view, const struct event *event)
{
    return event ? value_drop(&classes[VIEW_EVENT], &view->events[event->index]) : value_null();
}

value view_site(const struct view *view, const struct locale *locale)
{
    return locale ? value_drop(&classes[VIEW_SITE], &view->sites[locale - view->site->locales]) : value_null();
}

/* --- lists ------------------------------------------------------------ */

struct page_list {
    const struct view *view;
    const struct page **pages;
    ptrdiff_t count;
};

static bool list_get(const void *self, str key, struct arena *arena, value *out)
{
    (void)self, (void)key, (void)arena, (void)out;
    return false;
}

static value list_at(const void *self, ptrdiff_t index, struct arena *arena)
{
    (void)arena;
    const struct page_list *list = self;
    return view_page(list->view, list->pages[index]);
}

static ptrdiff_t list_count(const void *self) { return ((const struct page_list *)self)->count; }

static const struct drop_class list_class = {
    .name = "list of pages", .get = list_get, .at = list_at, .count = list_count};

value view_page_list(const struct view *view, const struct page **pages, ptrdiff_t count, struct arena *arena)
{
    struct page_list *list = ARENA_NEW(arena, struct page_list);
    *list = (struct page_list){view, pages, count};
    return value_drop(&list_class, list);
}

value view_strings(const struct str_list *list, struct arena *arena)
{
    value out = value_list(arena);
    for (ptrdiff_t i = 0; i < list->count; i++) value_push(arena, &out, value_str(list->items[i]));
    return out;
}

value view_text(str text) { return text.len ? value_str(text) : value_null(); }

const struct locale *view_locale_of(const struct view *view, const struct page *page)
{
    return site_locale(view->site, page->language);
}

/* --- making a view ---------------------------------------------------- */

static struct handle *make_handles(struct arena *arena, const struct view *view, enum view_kind kind, ptrdiff_t count)
{
    struct handle *handles = ARENA_NEWS(arena, struct handle, count);
    for (ptrdiff_t i = 0; i < count; i++) handles[i] = (struct handle){kind, view, NULL};
    return handles;
}

struct view *view_make(struct arena *arena, const struct site *site, const struct plan *plan, struct reads *reads)
{
    struct view *view = ARENA_NEW(arena, struct view);
    view->reads = reads;
    view->shown = reads ? ARENA_NEW(arena, struct shown) : NULL;
    view->site = site;
    view->plan = plan;
    view->pages = make_handles(arena, view, VIEW_PAGE, site->page_count);
    view->terms = make_handles(arena, view, VIEW_TERM, site->term_count);
    view->events = make_handles(arena, view, VIEW_EVENT, site->event_count);
    view->sites = make_handles(arena, view, VIEW_SITE, site->config->language_count);
    for (ptrdiff_t i = 0; site->locales && i < site->config->language_count; i++) view->sites[i].thing = &site->locales[i];
    for (ptrdiff_t i = 0; i < site->page_count; i++) view->pages[i].thing = site->pages[i];
    for (ptrdiff_t i = 0; i < site->term_count; i++) view->terms[i].thing = site->terms[i];
    for (ptrdiff_t i = 0; i < site->event_count; i++) view->events[i].thing = site->events[i];
    for (int kind = 0; kind < VIEW_KIND_COUNT; kind++)
        for (ptrdiff_t i = 0; i < tables[kind]->count; i++)
            map_put(arena, &view->fields[kind], tables[kind]->rows[i].name, (void *)&tables[kind]->rows[i]);
    return view;
}

static value hugi_object(const struct view *view, struct arena *arena)
{
    return view_thing(view, VIEW_HUGI, view->site, arena);
}

struct reads *view_reads(const struct view *view) { return view ? view->reads : NULL; }

void view_show(const struct view *view, const struct page *page, struct arena *arena)
{
    if (view->shown) *view->shown = (struct shown){.page = page, .arena = arena};
}

ptrdiff_t view_language_index(const struct view *view, str code)
{
    const struct config *config = view->site->config;
    for (ptrdiff_t i = 0; i < config->language_count; i++)
        if (str_equal(config->languages[i].code, code)) return i;
    return 0;
}

/* --- the names a template begins with ------------------------------------------ */

static bool get_global(const void *self, str key, struct arena *arena, value *out)
{
    const value *names = self;
    if (!str_equal(key, S("params"))) return value_find(*names, key, hash_str(key), arena, out);
    *out = value_get(value_get(*names, S("site"), arena), key, arena);      /* read only where it is used */
    return true;
}

static value global_keys(const void *self, struct arena *arena)
{
    const value *names = self;
    value keys = value_list(arena);
    for (ptrdiff_t i = 0; i < value_count(*names); i++) value_push(arena, &keys, value_str(names->as.map->pairs[i].key));
    value_push(arena, &keys, value_str(S("params")));
    return keys;
}

static value make_globals(value names, struct arena *arena)
{
    static const struct drop_class globals = {.name = "globals", .get = get_global, .keys = global_keys};
    return value_drop(&globals, arena_copy(arena, &names, sizeof names));
}

/* What bodies see as well. */
static value common_globals(const struct view *view, const struct locale *locale, struct arena *arena)
{
    value names = value_map(arena);
    value_set(arena, &names, S("site"), view_site(view, locale));
    value_set(arena, &names, S("hugi"), hugi_object(view, arena));
    value_set(arena, &names, S("theme"), view_thing(view, VIEW_THEME, view->site->theme, arena));
    return names;
}

value view_globals(const struct view *view, const struct output *output, struct arena *arena)
{
    const struct listing *listing = output->listing;
    const struct locale *locale = listing ? listing->locale
                                  : output->page ? view_locale_of(view, output->page) : &view->site->locales[0];
    value names = common_globals(view, locale, arena);
    value_set(arena, &names, S("page"), output->page ? view_page(view, output->page)
                                                     : view_thing(view, VIEW_LISTING, output, arena));
    value_set(arena, &names, S("listing"), listing ? view_thing(view, VIEW_LISTING, output, arena) : value_null());
    value_set(arena, &names, S("paginator"), listing ? view_thing(view, VIEW_PAGINATOR, output, arena) : value_null());
    value_set(arena, &names, S("term"), listing ? view_term(view, listing->term) : value_null());
    return make_globals(names, arena);
}

value view_post_globals(const struct view *view, const struct page *page, struct arena *arena)
{
    value names = common_globals(view, view_locale_of(view, page), arena);
    value_set(arena, &names, S("page"), view_page(view, page));
    return make_globals(names, arena);
}

ptrdiff_t view_field_table(struct arena *arena, const struct view_field_help **rows)
{
    ptrdiff_t total = 0, at = 0;
    for (int kind = 0; kind < VIEW_KIND_COUNT; kind++) total += tables[kind]->count;
    struct view_field_help *help = ARENA_NEWS(arena, struct view_field_help, total);
    for (int kind = 0; kind < VIEW_KIND_COUNT; kind++)
        for (ptrdiff_t i = 0; i < tables[kind]->count; i++)
            help[at++] = (struct view_field_help){tables[kind]->class_, tables[kind]->rows[i].name, tables[kind]->rows[i].help};
    *rows = help;
    return total;
}
