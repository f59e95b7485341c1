/* hook_tag.c - the tag hook: which page a term gets. */
#include "hook_call.h"
#include "lua_value.h"

enum { PER_PAGE_MOST = 100000 };

struct tag_call {
    const struct term *term;
    struct term_page *out;
};

static const str result_fields[] = {
    STR_INIT("url"), STR_INIT("title"), STR_INIT("layout"), STR_INIT("per_page"), STR_INIT("feed")
};

/* "topics/aws" and "/topics/aws" are "/topics/aws/". */
static str whole_url(lua_State *L, str url, struct arena *arena)
{
    if (url.len == 0) luaL_error(L, "tag: url is empty");
    if (str_contains(url, S("://")) || str_starts(url, S("//"))) luaL_error(L, "tag: url is an address of this site (\"/tags/aws/\")");
    if (url.p[0] != '/') url = str_concat(arena, S("/"), url);
    return str_ends(url, S("/")) ? url : str_concat(arena, url, S("/"));
}

/* The result on top of the stack: a table, or false for no page. */
static void take_result(struct hook_state *state, lua_State *L, void *data)
{
    struct tag_call *call = data;
    struct arena *arena = state_arena(state);
    *call->out = (struct term_page){0};
    if (lua_type(L, -1) == LUA_TBOOLEAN && !lua_toboolean(L, -1)) return;
    if (lua_type(L, -1) != LUA_TTABLE)
        luaL_error(L, "tag returns a table {url = ..., title = ...} or nothing, not a %s", luaL_typename(L, -1));
    int table = lua_gettop(L);
    lua_fields_check(L, table, result_fields, sizeof result_fields / sizeof *result_fields, "the result of tag");
    struct term_page page = {.exists = true, .url = call->term->default_url, .title = call->term->name,
                             .layout = S("term"), .feed = true};
    if (state->hooks->options.config) page.per_page = state->hooks->options.config->paginate;
    lua_field_text(L, table, "url", arena, &page.url);
    lua_field_text(L, table, "title", arena, &page.title);
    lua_field_text(L, table, "layout", arena, &page.layout);
    lua_field_int(L, table, "per_page", 0, PER_PAGE_MOST, &page.per_page);
    lua_field_bool(L, table, "feed", &page.feed);
    page.url = whole_url(L, page.url, arena);
    *call->out = page;
}

/* The site in the term's language. */
static value site_of(const struct hook_state *state, const struct term *term)
{
    const struct page *page = term->page_count ? term->pages[0] : term->page;
    const struct view *view = state->work->view;
    if (!view || !page || !page->site || !page->site->locales) return value_null();
    return view_site(view, site_locale(page->site, term->language->code));
}

static void run_tag(struct hook_state *state, lua_State *L, void *data)
{
    struct tag_call *call = data;
    value term = state->work->view ? view_term(state->work->view, call->term) : value_map(state_arena(state));
    object_push(L, term, NULL);
    lua_value_push(L, site_of(state, call->term));
    hook_call_each(state, L, HOOK_TAG, 2, take_result, call);
}

bool hooks_tag(struct hooks *hooks, int worker, const struct view *view, const struct term *term,
               struct arena *arena, struct diags *diags, struct term_page *out)
{
    *out = (struct term_page){0};
    if (!hooks_has(hooks, HOOK_TAG)) return true;
    struct tag_call call = {term, out};
    struct hook_work work = {
        .name = "tag", .subject = str_concat3(arena, term->taxonomy, S("/"), term->name),
        .arena = arena, .diags = diags, .view = view};
    bool ok = hook_run(&hooks->states[worker], &work, run_tag, &call);
    if (!ok) *out = (struct term_page){0};
    return ok;
}
