/* plan_pages.c - one output per published page, and a redirect per alias. */
#include "publish/publish.h"

#include "base/path.h"
#include "base/utf8.h"
#include "theme/theme_load.h"

static str kind_layout(enum page_kind kind)
{
    switch (kind) {
    case KIND_POST: return S("post");
    case KIND_EVENT: return S("event");
    default: return S("page");
    }
}

/* The layout the page asks for; its kind's when the theme has none of that
 * name, which is told once per page. */
static str choose_layout(const struct publish *publish, struct page *page)
{
    str fallback = kind_layout(page->kind);
    if (!theme_layout(publish->theme, fallback)) fallback = S("page");
    if (page->layout.len == 0) return fallback;
    if (theme_layout(publish->theme, page->layout)) return page->layout;
    if (publish->theme->layouts.count == 0) return fallback;    /* the theme is what is wrong */
    str *names = ARENA_NEWS(page->arena, str, publish->theme->layouts.count);
    for (ptrdiff_t i = 0; i < publish->theme->layouts.count; i++) names[i] = publish->theme->layouts.entries[i].key;
    str nearest = str_nearest(page->layout, names, publish->theme->layouts.count);
    struct diag *diag = diag_report(&page->diags, DIAG_LAYOUT, page->layout_at,
                                    "the theme '%" STR_F "' has no layout '%" STR_F "'; '%" STR_F "' is used",
                                    STR_A(publish->theme->name), STR_A(page->layout), STR_A(fallback));
    if (nearest.len) diag_hint(&page->diags, diag, "did you mean '%" STR_F "'?", STR_A(nearest));
    return fallback;
}

static span page_place(const struct page *page)
{
    span at = page->at[FIELD_URL];
    return at.file ? at : (span){page->file, 0, 0};
}

static void add_redirect(struct publish *publish, const struct page *page, str alias)
{
    str path;
    if (!path_normalize(publish->arena, utf8_nfc(publish->arena, alias), &path)) return;
    if (path_extension(path).len == 0) path = path_join(publish->arena, path, S("index.html"));
    struct output *output = plan_add(publish->plan, publish->arena, OUTPUT_REDIRECT, path);
    output->page = page;
    output->target = page->url;
    output->source = page->path;
    output->at = page->at[FIELD_ALIASES].file ? page->at[FIELD_ALIASES] : (span){page->file, 0, 0};
}

/* An author's page is shown by the term page of his posts. */
static bool has_output(const struct page *page) { return page->published && page->kind != KIND_AUTHOR; }

void plan_pages(struct publish *publish)
{
    const struct site *site = publish->site;
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        if (!has_output(page)) continue;
        struct output *output = plan_add(publish->plan, publish->arena, OUTPUT_PAGE, page->output);
        output->page = page;
        output->layout = choose_layout(publish, page);
        output->source = page->path;
        output->at = page_place(page);
        for (ptrdiff_t k = 0; k < page->aliases.count; k++) add_redirect(publish, page, page->aliases.items[k]);
    }
}
