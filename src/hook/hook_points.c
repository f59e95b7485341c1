/* hook_points.c - the table of hook points, and those that take and change one thing:
 * page_read, page_html, output, done.
 *
 * site_collected is in hook_collect.c, tag in hook_tag.c, thumbnail in
 * hook_thumbnail.c. */
#include "base/path.h"
#include "hook_call.h"
#include "lua_limits.h"
#include "lua_object.h"
#include "lua_order.h"
#include "lua_value.h"

static const struct hook_point_info hook_points[HOOK_POINT_COUNT] = {
    [HOOK_PAGE_READ] = {"page_read", "page", "a page's front matter has been read and may be changed: page.title = \"...\""},
    [HOOK_SITE_COLLECTED] = {"site_collected", "site", "all pages have been read; site:add{...} adds more"},
    [HOOK_PAGE_HTML] = {"page_html", "page", "page.html may be changed"},
    [HOOK_TAG] = {"tag", "term, site", "which page a term gets: {url, title, layout, per_page, feed}, or nothing"},
    [HOOK_THUMBNAIL] = {"thumbnail", "image, page", "the variants of a picture: a list of {use, width, format, ...}"},
    [HOOK_OUTPUT] = {"output", "out", "out.bytes may be changed before the file is written"},
    [HOOK_DONE] = {"done", "report", "everything has been published"},
};

const struct hook_point_info *hook_point_info(enum hook_point point) { return &hook_points[point]; }

bool hook_call_each(struct hook_state *state, lua_State *L, enum hook_point point, int arguments, hook_result *result, void *data)
{
    const struct hook_functions *functions = &state->points[point];
    int first = lua_gettop(L) - arguments + 1;
    for (ptrdiff_t i = 0; i < functions->count; i++) {
        hook_push_function(state, L, &functions->items[i]);
        for (int argument = 0; argument < arguments; argument++) lua_pushvalue(L, first + argument);
        lua_call(L, arguments, 1);
        if (!lua_isnil(L, -1) && result) result(state, L, data);
        lua_settop(L, first + arguments - 1);
    }
    return functions->count > 0;
}

/* --- page_read: a plain table of the front matter ----------------------- */

/* Fields that every page has, behind those of its front matter. */
static void push_page_table(lua_State *L, const struct page *page)
{
    if (page->meta.kind == VALUE_MAP) lua_value_push_tables(L, page->meta);
    else lua_newtable(L);
    lua_newtable(L);
    lua_newtable(L);
    lua_push_str(L, page->path);
    lua_setfield(L, -2, "path");
    lua_push_str(L, page->body);
    lua_setfield(L, -2, "body");
    lua_push_str(L, page->name.len ? page->name : path_stem(page->path));
    lua_setfield(L, -2, "name");
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* What was not changed keeps its value, and with it its place in the file. */
static void keep_known(lua_State *L, int table, const struct page *page, value *meta)
{
    if (page->meta.kind != VALUE_MAP) return;
    for (ptrdiff_t i = 0; i < page->meta.as.map->count; i++) {
        const struct value_pair *pair = &page->meta.as.map->pairs[i];
        lua_push_str(L, pair->key);
        if (lua_rawget(L, table) != LUA_TNIL) {
            lua_push_str(L, pair->key);
            value now = lua_value_take_kept(L, -2, page->arena, lua_tostring(L, -1));
            lua_pop(L, 1);
            now.at = pair->value.at;
            if (value_equal(now, pair->value, page->arena)) now = pair->value;
            value_set_at(page->arena, meta, pair->key, pair->key_at, now);
        } else if (value_is_null(pair->value)) {
            value_set_at(page->arena, meta, pair->key, pair->key_at, pair->value);
        }
        lua_pop(L, 1);
    }
}

static void add_new(lua_State *L, int table, const struct page *page, value *meta)
{
    lua_Integer count = order_push_keys(L, table);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -1, i);
        if (lua_type(L, -1) != LUA_TSTRING) luaL_error(L, "the fields of a page have names, not numbers");
        str key = lua_check_str(L, -1);
        if (!value_pair(meta, key)) {
            if (str_equal(key, S("body")) || str_equal(key, S("path"))) luaL_error(L, "page.%s cannot be set in page_read", key.p);
            lua_pushvalue(L, -1);
            lua_rawget(L, table);
            value_set(page->arena, meta, str_copy(page->arena, key), lua_value_take_kept(L, -1, page->arena, key.p));
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void run_page_read(struct hook_state *state, lua_State *L, void *data)
{
    struct page *page = data;
    push_page_table(L, page);
    hook_call_each(state, L, HOOK_PAGE_READ, 1, NULL, NULL);
    value meta = value_map(page->arena);
    meta.at = page->meta.at;
    keep_known(L, 1, page, &meta);
    add_new(L, 1, page, &meta);
    page->meta = meta;
}

bool hooks_page_read(struct hooks *hooks, int worker, struct page *page)
{
    if (!hooks_has(hooks, HOOK_PAGE_READ)) return true;
    struct hook_work work = {
        .name = "page_read", .subject = page->path, .subject_at = {page->file, 0, 0}, .diags = &page->diags};
    return hook_run(&hooks->states[worker], &work, run_page_read, page);
}

/* --- page_html -------------------------------------------------------- */

static bool get_html(lua_State *L, str key)
{
    if (!str_equal(key, S("html"))) return false;
    lua_push_str(L, state_of(L)->work->page->content.html);
    return true;
}

static bool set_html(lua_State *L, str key, int index)
{
    if (!str_equal(key, S("html"))) return false;
    struct page *page = state_of(L)->work->page;
    page->content.html = lua_value_take_text(L, index, page->arena, "page.html");
    return true;
}

static void take_html(struct hook_state *state, lua_State *L, void *unused)
{
    (void)unused, (void)state;
    set_html(L, S("html"), lua_gettop(L));
}

void hook_push_page(lua_State *L, const struct page *page, const struct object_extra *extra)
{
    struct hook_state *state = state_of(L);
    value v = state->work->view && page ? view_page(state->work->view, page) : value_null();
    if (!page) lua_pushnil(L);
    else object_push(L, value_is_null(v) ? value_map(state_arena(state)) : v, extra);
}

static void run_page_html(struct hook_state *state, lua_State *L, void *unused)
{
    static const struct object_extra extra = {"page", get_html, set_html};
    (void)unused;
    hook_push_page(L, state->work->page, &extra);
    hook_call_each(state, L, HOOK_PAGE_HTML, 1, take_html, NULL);
}

bool hooks_page_html(struct hooks *hooks, int worker, struct page *page, const struct view *view)
{
    if (!hooks_has(hooks, HOOK_PAGE_HTML)) return true;
    struct hook_work work = {
        .name = "page_html", .subject = page->path, .subject_at = {page->file, 0, 0},
        .diags = &page->diags, .view = view, .page = page};
    str before = page->content.html;
    bool ok = hook_run(&hooks->states[worker], &work, run_page_html, NULL);
    if (!ok) page->content.html = before;
    return ok;
}

/* --- output ----------------------------------------------------------- */

static bool get_bytes(lua_State *L, str key)
{
    if (!str_equal(key, S("bytes"))) return false;
    lua_push_str(L, *state_of(L)->work->bytes);
    return true;
}

/* May be anything: pictures are outputs too. */
static bool set_bytes(lua_State *L, str key, int index)
{
    if (!str_equal(key, S("bytes"))) return false;
    struct hook_state *state = state_of(L);
    base_push_text(L, index);
    *state->work->bytes = str_copy(state_arena(state), lua_check_str(L, -1));
    limits_check_arena(L);
    lua_pop(L, 1);
    return true;
}

static void take_bytes(struct hook_state *state, lua_State *L, void *unused)
{
    (void)unused, (void)state;
    set_bytes(L, S("bytes"), lua_gettop(L));
}

static void run_output(struct hook_state *state, lua_State *L, void *data)
{
    static const struct object_extra extra = {"output", get_bytes, set_bytes};
    const struct output *output = data;
    struct arena *arena = state_arena(state);
    value fields = value_map(arena);
    value_set(arena, &fields, S("path"), value_str(output->path));
    value_set(arena, &fields, S("url"), value_str(output->url));
    value_set(arena, &fields, S("kind"), value_str(str_c(output_kind_name(output->kind))));
    value_set(arena, &fields, S("layout"), value_str(output->layout));
    if (output->page) value_set(arena, &fields, S("source"), value_str(output->page->path));
    object_push(L, fields, &extra);
    hook_call_each(state, L, HOOK_OUTPUT, 1, take_bytes, NULL);
}

bool hooks_output(struct hooks *hooks, int worker, const struct output *output, str *bytes,
                  struct arena *arena, struct diags *diags)
{
    if (!hooks_has(hooks, HOOK_OUTPUT)) return true;
    struct hook_work work = {.name = "output", .subject = output->path, .subject_at = output->at,
                             .arena = arena, .diags = diags, .bytes = bytes};
    return hook_run(&hooks->states[worker], &work, run_output, (void *)(uintptr_t)output);
}

/* --- done ------------------------------------------------------------- */

static void run_done(struct hook_state *state, lua_State *L, void *data)
{
    lua_value_push_tables(L, *(const value *)data);
    hook_call_each(state, L, HOOK_DONE, 1, NULL, NULL);
}

bool hooks_done(struct hooks *hooks, value report, struct diags *diags)
{
    if (!hooks_has(hooks, HOOK_DONE)) return true;
    struct hook_work work = {.name = "done", .diags = diags};
    return hook_run(&hooks->states[0], &work, run_done, &report);
}
