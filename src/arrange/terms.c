/* terms.c - tags, categories, series, authors: one term per folded name and language.
 *
 * A term is written as most of its pages write it. */
#include "arrange/arrange.h"
#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"

#include <stdlib.h>

/* How often a spelling occurs, while collecting. */
struct spelling {
    str name;
    ptrdiff_t uses;
    struct draft *draft;
    struct spelling *next;      /* of the same draft, in the order in which they were found */
};

struct draft {
    struct term *term;
    struct spelling *first, **last;
};

static struct spelling *add_spelling(struct arena *arena, struct draft *draft, str name)
{
    struct spelling *spelling = ARENA_NEW(arena, struct spelling);
    *spelling = (struct spelling){.name = name, .draft = draft};
    *draft->last = spelling;
    draft->last = &spelling->next;
    return spelling;
}

static void choose_spelling(struct draft *draft)
{
    const struct spelling *best = draft->first;
    for (const struct spelling *at = best; at; at = at->next)
        if (at->uses > best->uses) best = at;
    draft->term->name = best->name;
}

static struct term *add_term(struct site *site, struct taxonomy *taxonomy, const struct language *language, str slug)
{
    struct term *term = ARENA_NEW(site->arena, struct term);
    term->index = site->term_count;
    term->taxonomy = taxonomy->name;
    term->language = language;
    term->slug = slug;
    ARENA_PUSH(site->arena, site->terms, site->term_count, site->term_capacity) = term;
    ARENA_PUSH(site->arena, taxonomy->terms, taxonomy->count, taxonomy->capacity) = term;
    return term;
}

/* Signs that tell names apart: "C", "C++", "C#", "R&D". */
static str spell_signs(struct arena *arena, str name)
{
    name = str_replace(arena, name, S("+"), S("-plus"));
    name = str_replace(arena, name, S("#"), S("-sharp"));
    return str_replace(arena, name, S("&"), S("-and-"));
}

/* An address must not depend on which other terms there are: where names still
 * come out alike, or empty, a hash of the name decides. */
static str free_slug(struct site *site, struct map *slugs, str name)
{
    struct arena *arena = site->arena;
    str slug = path_fit_part(arena, utf8_slug(arena, spell_signs(arena, name)));
    if (slug.len == 0 || map_get(slugs, slug)) {
        str folded = utf8_fold(arena, name);
        str digits = hash_hex(arena, hash_bytes(folded.p, (size_t)folded.len), 8);
        slug = slug.len ? str_concat3(arena, slug, S("-"), digits) : digits;
    }
    map_put(arena, slugs, slug, slugs);
    return slug;
}

static str default_url(struct site *site, const struct term *term)
{
    struct buf url = buf_in(site->arena);
    buf_add(&url, term->language->prefix);
    buf_char(&url, '/');
    buf_url_path(&url, term->taxonomy, false);
    buf_char(&url, '/');
    buf_url_path(&url, term->slug, false);
    buf_char(&url, '/');
    return buf_str(&url);
}

struct collection {
    struct site *site;
    struct taxonomy *taxonomy;
    const struct language *language;
    ptrdiff_t position;             /* of the taxonomy, in page->terms */
    struct map drafts;              /* by folded name */
    struct map slugs;               /* those taken */
    struct map spellings;           /* by name, and by what was written for it: most come again and again */
};

static struct draft *find_draft(struct collection *c, str name, str slug)
{
    str key = utf8_fold(c->site->arena, name);
    struct draft *draft = map_get(&c->drafts, key);
    if (draft) return draft;
    draft = ARENA_NEW(c->site->arena, struct draft);
    draft->last = &draft->first;
    str own = slug.len ? slug : free_slug(c->site, &c->slugs, name);
    draft->term = add_term(c->site, c->taxonomy, c->language, own);
    map_put(c->site->arena, &c->drafts, key, draft);
    return draft;
}

/* NULL: it is empty.  `slug`: "" for the name's. */
static struct spelling *find_spelling(struct collection *c, str written, str slug)
{
    struct spelling *spelling = map_get(&c->spellings, written);
    if (spelling) return spelling;
    str name = utf8_nfc(c->site->arena, str_trim(written));
    if (name.len == 0) return NULL;
    spelling = map_get(&c->spellings, name);
    if (!spelling) spelling = add_spelling(c->site->arena, find_draft(c, name, slug), name);
    map_put(c->site->arena, &c->spellings, name, spelling);
    if (!str_equal(name, written)) map_put(c->site->arena, &c->spellings, written, spelling);
    return spelling;
}

static void add_page(struct collection *c, struct page *page, const struct term *term, ptrdiff_t *count)
{
    const struct term **list = page->terms[c->position];
    for (ptrdiff_t i = 0; i < *count; i++)
        if (list[i] == term) return;
    list[(*count)++] = term;
    struct term *own = (struct term *)term;
    ARENA_PUSH(c->site->arena, own->pages, own->page_count, own->page_capacity) = page;
}

static void collect_page(struct collection *c, struct page *page)
{
    bool authors = str_equal(c->taxonomy->name, S("authors"));
    struct str_list names = page->term_names[c->position];
    ptrdiff_t most = authors ? page->author_count : names.count, count = 0;
    if (most == 0) return;
    page->terms[c->position] = ARENA_NEWS(c->site->arena, const struct term *, most + 1);
    for (ptrdiff_t i = 0; i < most; i++) {
        struct spelling *spelling = find_spelling(c, authors ? page->authors[i]->name : names.items[i], authors ? page->authors[i]->id : (str){0});
        if (!spelling) continue;
        spelling->uses++;
        const struct term *term = spelling->draft->term;
        if (authors) {
            ((struct term *)term)->page = page->authors[i]->page;
            if (!page->authors[i]->term) page->authors[i]->term = term;
        }
        add_page(c, page, term, &count);
    }
}

static int compare_terms(const void *a, const void *b)
{
    const struct term *x = *(struct term *const *)a, *y = *(struct term *const *)b;
    if (x->page_count != y->page_count) return x->page_count > y->page_count ? -1 : 1;
    return str_compare(x->name, y->name);
}

static void collect_taxonomy(struct site *site, struct locale *locale, ptrdiff_t position)
{
    struct taxonomy *taxonomy = &locale->taxonomies[position];
    taxonomy->name = site->config->taxonomies.items[position];
    struct collection c = {.site = site, .taxonomy = taxonomy, .language = locale->language, .position = position};
    for (ptrdiff_t i = 0; i < locale->post_count; i++) collect_page(&c, (struct page *)locale->posts[i]);
    for (ptrdiff_t i = 0; i < c.drafts.count; i++) choose_spelling(c.drafts.entries[i].value);
    for (ptrdiff_t i = 0; i < taxonomy->count; i++)
        taxonomy->terms[i]->default_url = default_url(site, taxonomy->terms[i]);
    if (taxonomy->count)
        qsort(taxonomy->terms, (size_t)taxonomy->count, sizeof *taxonomy->terms, compare_terms);
}

void collect_terms(struct site *site)
{
    const struct term **none = ARENA_NEW(site->arena, const struct term *);
    ptrdiff_t taxonomies = site->config->taxonomies.count;
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        if (!site->pages[i]->published) continue;
        site->pages[i]->terms = ARENA_NEWS(site->arena, const struct term **, taxonomies);
        for (ptrdiff_t k = 0; k < taxonomies; k++) site->pages[i]->terms[k] = none;
    }
    for (ptrdiff_t i = 0; i < site->config->language_count; i++) {
        struct locale *locale = &site->locales[i];
        locale->taxonomies = ARENA_NEWS(site->arena, struct taxonomy, taxonomies);
        for (ptrdiff_t k = 0; k < taxonomies; k++) collect_taxonomy(site, locale, k);
    }
}
