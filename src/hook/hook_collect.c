/* hook_collect.c - site_collected: a hook looks at all pages and adds more.
 *
 * The site is not arranged yet: a page has its front matter, but no address,
 * and there are no terms and events. */
#include "base/path.h"
#include "hook_call.h"
#include "lua_limits.h"
#include "lua_value.h"

enum { ADD_STEPS = 2000 };

static enum page_format format_of(lua_State *L, str path)
{
    static const struct { str extension; enum page_format format; } rows[] = {
        {STR_INIT("md"), FORMAT_MARKDOWN}, {STR_INIT("markdown"), FORMAT_MARKDOWN},
        {STR_INIT("txt"), FORMAT_TEXT}, {STR_INIT("html"), FORMAT_HTML}
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_equal(path_extension(path), rows[i].extension)) return rows[i].format;
    luaL_error(L, "site:add: path ends in .md, .txt or .html (\"posts/a.md\")");
    return FORMAT_MARKDOWN;
}

/* "posts/a.md", below content/; no other page may have it. */
static str take_path(lua_State *L, const struct site *site)
{
    str path, normal;
    if (!lua_field_text(L, 2, "path", site->arena, &path))
        luaL_error(L, "site:add: a path is wanted: site:add{path = \"posts/a.md\", title = ..., body = ...}");
    if (!path_normalize(site->arena, path, &normal) || normal.len == 0)
        luaL_error(L, "site:add: path leads out of content/");
    for (ptrdiff_t i = 0; i < site->page_count; i++)
        if (str_equal(site->pages[i]->below, normal)) luaL_error(L, "site:add: there is a page '%s' already", str_z(site->arena, normal));
    return normal;
}

/* All other fields, under the names of front matter. */
static value take_meta(lua_State *L, struct arena *arena)
{
    value all = lua_value_take_kept(L, 2, arena, "site:add"), meta = value_map(arena);
    for (ptrdiff_t i = 0; i < value_count(all); i++) {
        const struct value_pair *pair = &all.as.map->pairs[i];
        if (!str_equal(pair->key, S("path")) && !str_equal(pair->key, S("body"))) value_set(arena, &meta, pair->key, pair->value);
    }
    return meta;
}

static str script_path(lua_State *L)
{
    struct script_place place = report_where(L);
    return place.script >= 0 ? state_of(L)->hooks->scripts[place.script].path : S("hooks");
}

/* site:add{path = "posts/a.md", title = "...", date = "2024-01-02", body = "...", ...} */
static int site_add(lua_State *L)
{
    struct site *site = state_of(L)->work->site;
    if (!site) return luaL_error(L, "pages are added in site_collected");
    luaL_checktype(L, 2, LUA_TTABLE);
    limits_charge(L, ADD_STEPS + site->page_count / 8);
    struct arena *arena = site->arena;
    str below = take_path(L, site), body = {0};
    enum page_format format = format_of(L, below);
    lua_field_text(L, 2, "body", arena, &body);
    value meta = take_meta(L, arena);
    limits_check_arena(L);

    struct page *page = site_add_page(site);
    page->site = site;
    page->path = page->disk = script_path(L);
    page->below = below;
    page->file = sources_add(site->sources, str_concat(arena, S("<generated>/"), below), body);
    page->format = format;
    page->bundle = str_equal(path_stem(below), S("index")) && path_dir(below).len > 0;
    page->generated = true;
    page->arena = arena;
    page->diags = diags_in(arena);
    page->meta = meta;
    page->body = body;
    return 0;
}

static bool get_add(lua_State *L, str key)
{
    if (!str_equal(key, S("add"))) return false;
    lua_pushcfunction(L, site_add);
    return true;
}

/* What there is of a site before it is arranged. */
static value early_site(const struct hook_work *work, struct arena *arena)
{
    const struct site *site = work->site;
    value map = value_map(arena), pages = value_list(arena);
    for (ptrdiff_t i = 0; work->view && i < site->page_count; i++)
        if (!site->pages[i]->failed) value_push(arena, &pages, view_page(work->view, site->pages[i]));
    value_set(arena, &map, S("pages"), pages);
    value_set(arena, &map, S("data"), site->data);
    if (!site->config) return map;
    value_set(arena, &map, S("title"), value_str(site->config->title));
    value_set(arena, &map, S("params"), site->config->params);
    value_set(arena, &map, S("config"), site->config->all);
    return map;
}

static void run_site_collected(struct hook_state *state, lua_State *L, void *unused)
{
    static const struct object_extra extra = {"site", get_add, NULL};
    (void)unused;
    object_push(L, early_site(state->work, state_arena(state)), &extra);
    hook_call_each(state, L, HOOK_SITE_COLLECTED, 1, NULL, NULL);
}

bool hooks_site_collected(struct hooks *hooks, struct site *site, const struct view *view, struct diags *diags)
{
    if (!hooks_has(hooks, HOOK_SITE_COLLECTED)) return true;
    struct hook_work work = {.name = "site_collected", .diags = diags, .view = view, .site = site};
    return hook_run(&hooks->states[0], &work, run_site_collected, NULL);
}
