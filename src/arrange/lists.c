/* lists.c - posts in order, their neighbours, and years; plain pages. */
#include "arrange/arrange.h"

#include <stdlib.h>

/* Newest first, undated last, equal dates by path. */
static int compare_posts(const void *a, const void *b)
{
    const struct page *x = *(const struct page *const *)a, *y = *(const struct page *const *)b;
    if (x->has_date != y->has_date) return x->has_date ? -1 : 1;
    if (x->has_date && x->date.seconds != y->date.seconds) return x->date.seconds > y->date.seconds ? -1 : 1;
    if (x->weight != y->weight) return x->weight < y->weight ? -1 : 1;
    return str_compare(x->path, y->path);
}

static void collect_years(struct site *site, struct locale *locale)
{
    for (ptrdiff_t i = 0; i < locale->post_count; i++) {
        const struct page *post = locale->posts[i];
        int number = post->has_date ? date_civil(post->date).year : 0;
        struct year *year = locale->year_count ? &locale->years[locale->year_count - 1] : NULL;
        if (!year || year->year != number) {
            year = &ARENA_PUSH(site->arena, locale->years, locale->year_count, locale->year_capacity);
            *year = (struct year){.year = number};
        }
        ARENA_PUSH(site->arena, year->posts, year->count, year->capacity) = post;
    }
}

static void link_neighbours(struct locale *locale)
{
    for (ptrdiff_t i = 0; i < locale->post_count; i++) {
        struct page *post = (struct page *)locale->posts[i];
        post->next = i > 0 ? locale->posts[i - 1] : NULL;
        post->previous = i + 1 < locale->post_count ? locale->posts[i + 1] : NULL;
    }
}

void collect_posts(struct site *site)
{
    const struct config *config = site->config;
    site->locales = ARENA_NEWS(site->arena, struct locale, config->language_count);
    for (ptrdiff_t i = 0; i < config->language_count; i++) site->locales[i].language = &config->languages[i];
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        if (!page->published) continue;
        struct locale *locale = (struct locale *)site_locale(site, page->language);
        if (page->kind == KIND_POST)
            ARENA_PUSH(site->arena, locale->posts, locale->post_count, locale->post_capacity) = page;
        else if (page->kind == KIND_PAGE)
            ARENA_PUSH(site->arena, locale->pages, locale->page_count, locale->page_capacity) = page;
    }
    for (ptrdiff_t i = 0; i < config->language_count; i++) {
        struct locale *locale = &site->locales[i];
        if (locale->post_count)
            qsort(locale->posts, (size_t)locale->post_count, sizeof *locale->posts, compare_posts);
        link_neighbours(locale);
        collect_years(site, locale);
    }
}
