/* twins.c - the same page in other languages.
 *
 * Twins share page->translation: the front matter's key, or the path without its language. */
#include "arrange/arrange.h"

struct group {
    struct page **pages;
    ptrdiff_t count, capacity;
};

static void report_double(struct page *page, const struct page *other)
{
    struct diag *diag = diag_report(&page->diags, DIAG_TRANSLATION, (span){page->file, 0, 0},
                                    "two pages of one translation are in '%" STR_F "'", STR_A(page->language));
    diag_relate(&page->diags, diag, (span){other->file, 0, 0}, S("the other one"));
}

static void link_group(struct site *site, struct group *group)
{
    for (ptrdiff_t i = 0; i < group->count; i++) {
        struct page *page = group->pages[i];
        page->twins = ARENA_NEWS(site->arena, const struct page *, group->count);
        for (ptrdiff_t k = 0; k < group->count; k++) {
            if (k == i) continue;
            if (!str_equal(group->pages[k]->language, page->language))
                page->twins[page->twin_count++] = group->pages[k];
            else if (k < i)
                report_double(page, group->pages[k]);
        }
    }
}

void join_twins(struct site *site)
{
    if (site->config->language_count < 2) return;
    struct map groups = {0};
    map_reserve(site->arena, &groups, site->page_count);
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        if (!page->published) continue;
        struct group *group = map_get(&groups, page->translation);
        if (!group) map_put(site->arena, &groups, page->translation, group = ARENA_NEW(site->arena, struct group));
        ARENA_PUSH(site->arena, group->pages, group->count, group->capacity) = page;
    }
    for (ptrdiff_t i = 0; i < groups.count; i++) link_group(site, groups.entries[i].value);
}
