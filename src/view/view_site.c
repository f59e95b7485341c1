/* view_site.c - what templates and hooks see of the site: its languages,
 * lists, terms and years, one language at a time; and of hugi and the theme. */
#include "fields.h"

#include "base/path.h"

#define FIELD(name) \
    static value name(const struct view *view, const void *thing, struct arena *arena)
#define CONFIG const struct config *config = view->site->config; (void)thing, (void)arena
#define LOCALE const struct locale *locale = thing; (void)view, (void)arena

FIELD(site_title)
{
    LOCALE;
    return value_str(locale->language->title.len ? locale->language->title : view->site->config->title);
}

FIELD(site_description)
{
    LOCALE;
    return view_text(locale->language->description.len ? locale->language->description : view->site->config->description);
}

FIELD(site_author) { CONFIG; return view_text(config->author); }
FIELD(site_url) { CONFIG; return value_str(config->base_url); }
FIELD(site_base_path) { CONFIG; return value_str(config->base_path); }
FIELD(site_language) { LOCALE; return value_str(locale->language->code); }
FIELD(site_paginate) { CONFIG; return value_int(config->paginate); }
FIELD(site_social) { CONFIG; return config->social; }
FIELD(site_params) { CONFIG; return config->params; }
FIELD(site_config) { CONFIG; return config->all; }
FIELD(site_data) { (void)thing, (void)arena; return view->site->data; }
FIELD(site_posts) { LOCALE; return view_page_list(view, locale->posts, locale->post_count, arena); }

FIELD(site_home_url)
{
    LOCALE;
    return value_str(str_concat(arena, locale->language->prefix, S("/")));
}

FIELD(site_feed_url)
{
    LOCALE;
    const struct config *config = view->site->config;
    if (!config->base_url.len || !config->feeds.atom) return value_str(S(""));
    return value_str(str_concat(arena, locale->language->prefix, S("/feed.xml")));
}

FIELD(site_archive_url)
{
    LOCALE;
    return value_str(str_concat(arena, locale->language->prefix, S("/archive/")));
}

FIELD(site_pages) { LOCALE; return view_page_list(view, locale->pages, locale->page_count, arena); }

FIELD(site_events)
{
    (void)thing;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < view->site->event_count; i++)
        value_push(arena, &list, view_event(view, view->site->events[i]));
    return list;
}

FIELD(site_authors)
{
    (void)thing;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < view->site->author_count; i++)
        value_push(arena, &list, view_thing(view, VIEW_AUTHOR, view->site->authors[i], arena));
    return list;
}

static value taxonomy_terms(const struct view *view, const struct taxonomy *taxonomy, struct arena *arena)
{
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < taxonomy->count; i++) value_push(arena, &list, view_term(view, taxonomy->terms[i]));
    return list;
}

FIELD(site_taxonomies)
{
    LOCALE;
    value map = value_map(arena);
    for (ptrdiff_t i = 0; i < view->site->config->taxonomies.count; i++)
        value_set(arena, &map, locale->taxonomies[i].name, taxonomy_terms(view, &locale->taxonomies[i], arena));
    return map;
}

FIELD(site_years)
{
    LOCALE;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < locale->year_count; i++)
        value_push(arena, &list, view_thing(view, VIEW_YEAR, &locale->years[i], arena));
    return list;
}

FIELD(site_languages)
{
    (void)thing;
    value list = value_list(arena);
    for (ptrdiff_t i = 0; i < view->site->config->language_count; i++)     /* those with a home page */
        if (i == 0 || view->site->locales[i].post_count > 0)
            value_push(arena, &list, view_thing(view, VIEW_LANGUAGE, &view->site->locales[i], arena));
    return list;
}

/* --- the menu: hugi.yaml's, or what there is ------------------------------ */

static void add_item(value *menu, str title, str url, struct arena *arena)
{
    value item = value_map(arena);
    value_set(arena, &item, S("title"), value_str(title));
    value_set(arena, &item, S("url"), value_str(url));
    value_push(arena, menu, item);
}

/* A list that is planned, under its interface string. */
static void add_list(const struct view *view, value *menu, const struct locale *locale, str folder, str string, struct arena *arena)
{
    str url = str_format(arena, "%" STR_F "/%" STR_F "/", STR_A(locale->language->prefix), STR_A(folder));
    str path = str_concat(arena, str_from(url, 1), S("index.html"));
    if (view->plan && map_get(&view->plan->by_path, path))
        add_item(menu, theme_string(view->site->theme, locale->language->code, string), url, arena);
}

/* content/about.md or content/about/index.md, but not the home page itself. */
static bool is_top_page(const struct page *page, const struct locale *locale)
{
    str dir = path_dir(page->below);
    if (page->bundle) dir = path_dir(dir);
    return dir.len == 0 && !page->generated && str_ends(page->url, S("/")) &&
           page->url.len > locale->language->prefix.len + 1;
}

FIELD(site_menu)
{
    LOCALE;
    if (view->site->config->menu.kind == VALUE_LIST) return view->site->config->menu;
    value menu = value_list(arena);
    add_list(view, &menu, locale, S("events"), S("menu_events"), arena);
    add_list(view, &menu, locale, S("archive"), S("archive"), arena);
    add_list(view, &menu, locale, S("tags"), S("menu_tags"), arena);
    for (ptrdiff_t i = 0; i < locale->page_count; i++)
        if (is_top_page(locale->pages[i], locale)) add_item(&menu, locale->pages[i]->title, locale->pages[i]->url, arena);
    return menu;
}

static const struct view_field site_rows[] = {
    {STR_INIT("title"), site_title, STR_INIT("title in this language")},
    {STR_INIT("description"), site_description, STR_INIT("description in this language")},
    {STR_INIT("author"), site_author, STR_INIT("default author")},
    {STR_INIT("url"), site_url, STR_INIT("base_url without a slash at its end, or empty")},
    {STR_INIT("base_path"), site_base_path, STR_INIT("path of base_url, or empty")},
    {STR_INIT("language"), site_language, STR_INIT("\"ko\"")},
    {STR_INIT("languages"), site_languages, STR_INIT("languages with posts: code, title, url, posts")},
    {STR_INIT("home_url"), site_home_url, STR_INIT("\"/\" or \"/en/\"")},
    {STR_INIT("feed_url"), site_feed_url, STR_INIT("Atom feed of this language, or empty")},
    {STR_INIT("archive_url"), site_archive_url, STR_INIT("archive of this language")},
    {STR_INIT("posts"), site_posts, STR_INIT("posts of this language, newest first")},
    {STR_INIT("pages"), site_pages, STR_INIT("plain pages of this language")},
    {STR_INIT("events"), site_events, STR_INIT("all events, newest first")},
    {STR_INIT("authors"), site_authors, STR_INIT("all authors")},
    {STR_INIT("taxonomies"), site_taxonomies, STR_INIT("map: taxonomy -> terms")},
    {STR_INIT("years"), site_years, STR_INIT("list: year, posts")},
    {STR_INIT("menu"), site_menu, STR_INIT("list: title, url; hugi.yaml's, or lists and top pages")},
    {STR_INIT("social"), site_social, STR_INIT("as in hugi.yaml, or nil")},
    {STR_INIT("params"), site_params, STR_INIT("as in hugi.yaml, or nil")},
    {STR_INIT("data"), site_data, STR_INIT("data/ as a map")},
    {STR_INIT("paginate"), site_paginate, STR_INIT("posts on one page of a list")},
    {STR_INIT("config"), site_config, STR_INIT("hugi.yaml as written")},
};

/* Terms of a taxonomy by its name: site.tags. */
static bool site_other(const struct view *view, const void *thing, str key, struct arena *arena, value *out)
{
    const struct locale *locale = thing;
    for (ptrdiff_t i = 0; i < view->site->config->taxonomies.count; i++)
        if (str_equal(locale->taxonomies[i].name, key)) {
            *out = taxonomy_terms(view, &locale->taxonomies[i], arena);
            return true;
        }
    return false;
}

static str site_as_text(const struct view *view, const void *thing, struct arena *arena)
{
    return value_text(site_title(view, thing, arena));
}

const struct view_fields site_fields = {
    .class_ = STR_INIT("site"), .rows = site_rows, .count = sizeof site_rows / sizeof *site_rows,
    .other = site_other, .text = site_as_text};

/* --- languages and years ----------------------------------------------- */

FIELD(language_code) { LOCALE; return value_str(locale->language->code); }
FIELD(language_title) { LOCALE; return view_text(locale->language->title); }
FIELD(language_prefix) { LOCALE; return value_str(locale->language->prefix); }

static const struct view_field language_rows[] = {
    {STR_INIT("code"), language_code, STR_INIT("\"ko\"")},
    {STR_INIT("title"), language_title, STR_INIT("the site's title in it")},
    {STR_INIT("url"), site_home_url, STR_INIT("its home")},
    {STR_INIT("prefix"), language_prefix, STR_INIT("\"\" or \"/en\"")},
    {STR_INIT("posts"), site_posts, STR_INIT("its posts")},
};
const struct view_fields language_fields = {
    .class_ = STR_INIT("language"), .rows = language_rows, .count = sizeof language_rows / sizeof *language_rows};

FIELD(year_number)
{
    (void)view, (void)arena;
    const struct year *year = thing;
    return year->year ? value_int(year->year) : value_null();
}

FIELD(year_posts)
{
    const struct year *year = thing;
    return view_page_list(view, year->posts, year->count, arena);
}

static const struct view_field year_rows[] = {
    {STR_INIT("year"), year_number, STR_INIT("number; nil for undated posts")},
    {STR_INIT("posts"), year_posts, STR_INIT("newest first")},
};
const struct view_fields year_fields = {
    .class_ = STR_INIT("year"), .rows = year_rows, .count = sizeof year_rows / sizeof *year_rows};

/* --- hugi and the theme ------------------------------------------------- */

FIELD(hugi_version) { (void)view, (void)thing, (void)arena; return value_str(S(HUGI_VERSION)); }
FIELD(hugi_environment)
{
    CONFIG;
    return value_str(config->preview ? S("preview") : S("production"));
}

static const struct view_field hugi_rows[] = {
    {STR_INIT("version"), hugi_version, STR_INIT("\"0.1.0\"")},
    {STR_INIT("environment"), hugi_environment, STR_INIT("\"production\", or \"preview\" under serve")},
};
const struct view_fields hugi_fields = {
    .class_ = STR_INIT("hugi"), .rows = hugi_rows, .count = sizeof hugi_rows / sizeof *hugi_rows};

FIELD(theme_name) { (void)thing, (void)arena; return value_str(view->site->theme->name); }
FIELD(theme_settings) { (void)thing, (void)arena; return view->site->theme->settings; }

static const struct view_field theme_rows[] = {
    {STR_INIT("name"), theme_name, STR_INIT("\"default\"")},
    {STR_INIT("settings"), theme_settings, STR_INIT("theme.yaml")},
};
const struct view_fields theme_fields = {
    .class_ = STR_INIT("theme"), .rows = theme_rows, .count = sizeof theme_rows / sizeof *theme_rows};
