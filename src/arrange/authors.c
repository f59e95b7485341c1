/* authors.c - who wrote what: names of posts meet pages of content/authors/. */
#include "arrange/arrange.h"
#include "base/utf8.h"

struct index {
    struct site *site;
    struct map by_key;          /* id and folded name -> struct author * */
};

static struct author *add_author(struct index *index, str id, str name, const struct page *page)
{
    struct site *site = index->site;
    struct author *author = ARENA_NEW(site->arena, struct author);
    *author = (struct author){.id = id, .name = name, .page = page};
    ARENA_PUSH(site->arena, site->authors, site->author_count, site->author_capacity) = author;
    map_put(site->arena, &index->by_key, id, author);
    map_put(site->arena, &index->by_key, utf8_fold(site->arena, name), author);
    return author;
}

static void add_author_pages(struct index *index)
{
    struct site *site = index->site;
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        struct page *page = site->pages[i];
        if (!page->published || page->kind != KIND_AUTHOR) continue;
        str name = value_text(value_get(page->meta, S("name"), site->arena));
        if (name.len == 0) name = page->title;
        if (!map_get(&index->by_key, page->slug)) add_author(index, page->slug, utf8_nfc(site->arena, name), page);
    }
}

/* Only a near miss is told: guests need no page. */
static void report_near_miss(struct index *index, struct page *page, str name)
{
    struct site *site = index->site;
    str *ids = ARENA_NEWS(page->arena, str, site->author_count + 1);
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < site->author_count; i++)
        if (site->authors[i]->page) ids[count++] = site->authors[i]->id;
    str nearest = str_nearest(name, ids, count);
    if (nearest.len == 0) return;
    struct diag *diag = diag_report(&page->diags, DIAG_AUTHOR, page->author_at,
                                    "no page of content/authors/ is called '%" STR_F "'", STR_A(name));
    diag_hint(&page->diags, diag, "did you mean '%" STR_F "'?", STR_A(nearest));
}

static struct author *find_author(struct index *index, struct page *page, str written)
{
    str name = utf8_nfc(index->site->arena, str_trim(written));
    struct author *author = map_get(&index->by_key, name);
    if (!author) author = map_get(&index->by_key, utf8_fold(index->site->arena, name));
    if (author || name.len == 0) return author;
    report_near_miss(index, page, name);
    str id = utf8_slug(index->site->arena, name);
    author = map_get(&index->by_key, id);
    return author ? author : add_author(index, id, name, NULL);
}

static void name_authors(struct index *index, struct page *page)
{
    struct str_list names = page->author_names;
    str fallback = index->site->config->author;
    if (names.count == 0 && fallback.len) names = (struct str_list){&fallback, 1};
    page->authors = ARENA_NEWS(index->site->arena, struct author *, names.count);
    for (ptrdiff_t i = 0; i < names.count; i++) {
        struct author *author = find_author(index, page, names.items[i]);
        if (author) page->authors[page->author_count++] = author;
    }
}

void collect_authors(struct site *site)
{
    struct index index = {.site = site};
    add_author_pages(&index);
    for (ptrdiff_t i = 0; i < site->page_count; i++)
        if (site->pages[i]->published && site->pages[i]->kind == KIND_POST) name_authors(&index, site->pages[i]);
}
