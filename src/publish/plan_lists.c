/* plan_lists.c - home, term pages, lists of terms, archive, events, 404, feeds.
 *
 * What a term gets is the tag hook's decision; hooks/tags.lua of the theme is
 * the shipped one.  A list whose layout the theme does not have is left out. */
#include "publish/publish.h"

#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"
#include "theme/theme_load.h"

/* "/tags/aws/" -> "tags/aws/index.html", as on disk. */
static str path_of_url(struct arena *arena, str url)
{
    str path = utf8_nfc(arena, url_decode(arena, str_trim_char(url, '/')));
    if (path_extension(path).len && url.p[url.len - 1] != '/') return path;
    return path_join(arena, path, S("index.html"));
}

static bool has_layout(const struct publish *publish, str name) { return theme_layout(publish->theme, name) != NULL; }

static bool page_owns(const struct publish *publish, str url) { return map_get(&publish->site->page_by_url, url) != NULL; }

static bool wants_feeds(const struct publish *publish) { return publish->site->config->base_url.len > 0; }

static str translate(const struct publish *publish, const struct locale *locale, str key)
{
    str text = theme_string(publish->theme, locale->language->code, key);
    return text.len ? text : key;
}

static struct listing *new_listing(struct publish *publish, const struct locale *locale, str title, str url)
{
    struct listing *listing = ARENA_NEW(publish->arena, struct listing);
    *listing = (struct listing){.title = title, .url = url, .locale = locale};
    return listing;
}

static void add_list(struct publish *publish, const struct listing *listing, str layout, str source)
{
    int pages = 1;
    if (listing->per_page > 0 && listing->page_count > listing->per_page)
        pages = (int)((listing->page_count + listing->per_page - 1) / listing->per_page);
    for (int number = 1; number <= pages; number++) {
        str url = number == 1 ? listing->url : str_format(publish->arena, "%" STR_F "page/%d/", STR_A(listing->url), number);
        struct output *output = plan_add(publish->plan, publish->arena, OUTPUT_LIST, path_of_url(publish->arena, url));
        output->layout = layout;
        output->listing = listing;
        output->number = number;
        output->source = source;
    }
}

static void add_feed(struct publish *publish, const struct listing *listing, enum feed_kind kind, str name, str source)
{
    str url = str_concat(publish->arena, listing->url, name);
    struct output *output = plan_add(publish->plan, publish->arena, OUTPUT_FEED, path_of_url(publish->arena, url));
    output->listing = listing;
    output->feed = kind;
    output->source = source;
}

/* Pinned posts stand before the others. */
static const struct page **pinned_first(struct publish *publish, const struct locale *locale)
{
    const struct page **pages = ARENA_NEWS(publish->arena, const struct page *, locale->post_count);
    ptrdiff_t count = 0;
    for (int pinned = 1; pinned >= 0; pinned--)
        for (ptrdiff_t i = 0; i < locale->post_count; i++)
            if (locale->posts[i]->pin == pinned) pages[count++] = locale->posts[i];
    return pages;
}

static void plan_home(struct publish *publish, const struct locale *locale)
{
    const struct config *config = publish->site->config;
    str url = str_concat(publish->arena, locale->language->prefix, S("/"));
    struct listing *home = new_listing(publish, locale, (str){0}, url), *listing = new_listing(publish, locale, (str){0}, url);
    listing->pages = locale->posts;             /* the feeds': by date alone */
    listing->page_count = home->page_count = locale->post_count;
    home->pages = pinned_first(publish, locale);
    home->per_page = config->paginate;
    if (wants_feeds(publish)) {
        if (config->feeds.atom) listing->feed_url = str_concat(publish->arena, url, S("feed.xml"));
        if (config->feeds.atom) add_feed(publish, listing, FEED_ATOM, S("feed.xml"), S("the feed"));
        if (config->feeds.rss) add_feed(publish, listing, FEED_RSS, S("rss.xml"), S("the feed"));
        if (config->feeds.json) add_feed(publish, listing, FEED_JSON, S("feed.json"), S("the feed"));
    }
    home->feed_url = listing->feed_url;
    if (!page_owns(publish, url) && has_layout(publish, S("home"))) add_list(publish, home, S("home"), S("the home page"));
}

static void plan_archive(struct publish *publish, const struct locale *locale)
{
    str url = str_concat(publish->arena, locale->language->prefix, S("/archive/"));
    if (!has_layout(publish, S("archive")) || page_owns(publish, url)) return;
    struct listing *listing = new_listing(publish, locale, translate(publish, locale, S("archive")), url);
    listing->pages = locale->posts;
    listing->page_count = locale->post_count;
    add_list(publish, listing, S("archive"), S("the archive"));
}

static void plan_events(struct publish *publish, const struct locale *locale)
{
    str url = str_concat(publish->arena, locale->language->prefix, S("/events/"));
    bool any = false;
    for (ptrdiff_t i = 0; i < publish->site->event_count; i++) any = any || publish->site->events[i]->page;
    if (!any || !has_layout(publish, S("events")) || page_owns(publish, url)) return;
    add_list(publish, new_listing(publish, locale, translate(publish, locale, S("events")), url), S("events"), S("the list of events"));
}

/* One page that lists all terms of a taxonomy. */
static void plan_terms(struct publish *publish, const struct locale *locale, const struct taxonomy *taxonomy)
{
    struct buf url = buf_in(publish->arena);
    buf_add(&url, locale->language->prefix);
    buf_char(&url, '/');
    buf_url_path(&url, taxonomy->name, false);
    buf_char(&url, '/');
    if (taxonomy->count == 0 || !has_layout(publish, S("terms")) || page_owns(publish, buf_str(&url))) return;
    struct listing *listing = new_listing(publish, locale, translate(publish, locale, taxonomy->name), buf_str(&url));
    listing->taxonomy = taxonomy->name;
    add_list(publish, listing, S("terms"), str_concat(publish->arena, S("the list of "), taxonomy->name));
}

/* --- terms, by the hook -------------------------------------------------- */

struct term_step {
    struct publish *publish;
    struct diags *diags;            /* [term] */
    struct arena *arenas;           /* [worker] */
};

static void ask_hook(struct worker *worker, ptrdiff_t index, void *context)
{
    struct term_step *step = context;
    struct publish *publish = step->publish;
    step->diags[index] = diags_in(&worker->arena);
    if (!publish->hooks) {          /* they could not be loaded: links are checked all the same */
        const struct term *term = publish->site->terms[index];
        publish->plan->terms[index] = (struct term_page){.exists = true, .url = term->default_url, .title = term->name};
        return;
    }
    hooks_tag(publish->hooks, worker->index, publish->views[worker->index], publish->site->terms[index], &worker->arena,
              &step->diags[index], &publish->plan->terms[index]);
}

static bool decide_terms(struct publish *publish, struct diags *diags)
{
    ptrdiff_t count = publish->site->term_count;
    struct term_step step = {.publish = publish, .diags = ARENA_NEWS(publish->arena, struct diags, count)};
    publish->plan->terms = ARENA_NEWS(publish->arena, struct term_page, count);
    job_each(publish->pool, count, ask_hook, &step);
    ptrdiff_t errors = diags->errors;
    for (ptrdiff_t i = 0; i < count; i++) diags_merge(diags, &step.diags[i]);
    return diags->errors == errors;
}

static void plan_term(struct publish *publish, const struct term *term)
{
    const struct term_page *decided = &publish->plan->terms[term->index];
    if (!decided->exists) return;
    const struct locale *locale = site_locale(publish->site, term->language->code);
    struct listing *listing = new_listing(publish, locale, decided->title.len ? decided->title : term->name, decided->url);
    listing->term = term;
    listing->pages = term->pages;
    listing->page_count = term->page_count;
    listing->per_page = decided->per_page;
    str source = str_format(publish->arena, "%" STR_F ": %" STR_F, STR_A(term->taxonomy), STR_A(term->name));
    if (decided->feed && wants_feeds(publish) && publish->site->config->feeds.atom) {
        listing->feed_url = str_concat(publish->arena, listing->url, S("feed.xml"));
        add_feed(publish, listing, FEED_ATOM, S("feed.xml"), source);
    }
    add_list(publish, listing, decided->layout.len ? decided->layout : S("term"), source);
}

static void plan_single(struct publish *publish)
{
    const struct config *config = publish->site->config;
    if (has_layout(publish, S("404")) && !map_get(&publish->site->asset_by_url, S("/404.html")) && !page_owns(publish, S("/404.html"))) {
        struct output *output = plan_add(publish->plan, publish->arena, OUTPUT_LIST, S("404.html"));
        output->layout = S("404");
        output->listing = new_listing(publish, &publish->site->locales[0], S("404"), S("/404.html"));
        output->number = 1;
        output->source = S("the 404 page");
    }
    if (config->base_url.len)
        plan_add(publish->plan, publish->arena, OUTPUT_SITEMAP, S("sitemap.xml"))->source = S("the sitemap");
}

bool plan_lists(struct publish *publish, struct diags *diags)
{
    const struct site *site = publish->site;
    bool ok = decide_terms(publish, diags);
    for (ptrdiff_t l = 0; l < site->config->language_count; l++) {
        const struct locale *locale = &site->locales[l];
        if (l > 0 && locale->post_count == 0) continue;
        plan_home(publish, locale);
        plan_archive(publish, locale);
        plan_events(publish, locale);
        for (ptrdiff_t t = 0; t < site->config->taxonomies.count; t++) plan_terms(publish, locale, &locale->taxonomies[t]);
    }
    for (ptrdiff_t i = 0; ok && i < site->term_count; i++) plan_term(publish, site->terms[i]);
    plan_single(publish);
    if (!wants_feeds(publish))
        diag_hint(diags, diag_report(diags, DIAG_NO_BASE_URL, (span){0}, "no base_url is set: feeds and sitemap are left out"),
                  "set base_url in hugi.yaml, or give --base-url");
    return ok;
}
