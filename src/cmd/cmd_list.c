/* cmd_list.c - hugi list: posts, drafts, tags, events, sessions; one a line. */
#include "base/escape.h"
#include "base/utf8.h"
#include "build/report.h"
#include "options.h"

enum { TITLE_CELLS = 44 };

struct list {
    const struct site *site;
    struct buf *out;
    bool json;
};

static void cell(struct buf *out, str text, ptrdiff_t cells)
{
    buf_add(out, text);
    buf_repeat(out, ' ', cells - utf8_width(text));
    buf_add(out, S("  "));
}

static void json_field(struct buf *out, const char *name, str text)
{
    buf_printf(out, ",\"%s\":", name);
    buf_json(out, text);
}

static str day(const struct page *page, struct arena *arena)
{
    return page->has_date ? date_format(arena, page->date, S("%Y-%m-%d")) : S("");
}

static void page_line(const struct list *list, const struct page *page)
{
    struct arena *arena = list->out->arena;
    if (list->json) {
        buf_add(list->out, S("{\"type\":\"page\""));
        json_field(list->out, "path", page->path);
        json_field(list->out, "url", page->url);
        json_field(list->out, "title", page->title);
        json_field(list->out, "date", day(page, arena));
        buf_printf(list->out, ",\"draft\":%s}\n", page->draft ? "true" : "false");
        return;
    }
    cell(list->out, day(page, arena), 10);
    cell(list->out, page->title, TITLE_CELLS);
    buf_add(list->out, page->path);
    buf_char(list->out, '\n');
}

static void list_posts(const struct list *list)
{
    for (ptrdiff_t l = 0; l < list->site->config->language_count; l++)
        for (ptrdiff_t i = 0; i < list->site->locales[l].post_count; i++) page_line(list, list->site->locales[l].posts[i]);
}

static void list_drafts(const struct list *list)
{
    for (ptrdiff_t i = 0; i < list->site->page_count; i++)
        if (list->site->pages[i]->draft) page_line(list, list->site->pages[i]);
}

static void list_future(const struct list *list)
{
    int64_t now = list->site->config->now.seconds;
    for (ptrdiff_t i = 0; i < list->site->page_count; i++)
        if (list->site->pages[i]->has_date && list->site->pages[i]->date.seconds > now) page_line(list, list->site->pages[i]);
}

static void list_tags(const struct list *list)
{
    for (ptrdiff_t i = 0; i < list->site->term_count; i++) {
        const struct term *term = list->site->terms[i];
        if (!str_equal(term->taxonomy, S("tags"))) continue;
        if (list->json) {
            buf_add(list->out, S("{\"type\":\"tag\""));
            json_field(list->out, "name", term->name);
            json_field(list->out, "language", term->language->code);
            buf_printf(list->out, ",\"count\":%td}\n", term->page_count);
        } else {
            buf_printf(list->out, "%5td  ", term->page_count);
            buf_add(list->out, term->name);
            buf_char(list->out, '\n');
        }
    }
}

static void list_events(const struct list *list)
{
    struct arena *arena = list->out->arena;
    for (ptrdiff_t i = 0; i < list->site->event_count; i++) {
        const struct event *event = list->site->events[i];
        str start = event->has_start ? date_format(arena, event->start, S("%Y-%m-%d")) : S("");
        if (list->json) {
            buf_add(list->out, S("{\"type\":\"event\""));
            json_field(list->out, "id", event->id);
            json_field(list->out, "label", event->label);
            json_field(list->out, "start", start);
            buf_printf(list->out, ",\"reports\":%td}\n", event->report_count);
        } else {
            cell(list->out, start, 10);
            cell(list->out, event->label, TITLE_CELLS);
            buf_printf(list->out, "%td %s  ", event->report_count, event->report_count == 1 ? "report " : "reports");
            buf_add(list->out, event->id);
            buf_char(list->out, '\n');
        }
    }
}

static void session_lines(const struct list *list, str where, const struct session *sessions, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++) {
        if (list->json) {
            buf_add(list->out, S("{\"type\":\"session\""));
            json_field(list->out, "code", sessions[i].code);
            json_field(list->out, "title", sessions[i].title);
            json_field(list->out, "in", where);
            buf_add(list->out, S("}\n"));
        } else {
            cell(list->out, sessions[i].code, 10);
            cell(list->out, sessions[i].title, TITLE_CELLS);
            buf_add(list->out, where);
            buf_char(list->out, '\n');
        }
    }
}

static void list_sessions(const struct list *list)
{
    for (ptrdiff_t i = 0; i < list->site->event_count; i++)
        session_lines(list, list->site->events[i]->id, list->site->events[i]->sessions, list->site->events[i]->session_count);
    for (ptrdiff_t i = 0; i < list->site->page_count; i++)
        if (list->site->pages[i]->published && list->site->pages[i]->kind == KIND_POST)
            session_lines(list, list->site->pages[i]->path, list->site->pages[i]->sessions, list->site->pages[i]->session_count);
}

static const struct { const char *name; void (*print)(const struct list *list); } lists[] = {
    {"posts", list_posts}, {"drafts", list_drafts}, {"future", list_future},
    {"tags", list_tags}, {"events", list_events}, {"sessions", list_sessions},
};

int cmd_list(const struct options *options)
{
    const char *what = options->word_count ? options->words[0] : "posts";
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (strcmp(lists[i].name, what) != 0) continue;
        if (site_options_check(options) != EXIT_FINE) return EXIT_USAGE;
        struct build_result result;
        struct build_options build = options->build;
        build.drafts = build.drafts || strcmp(what, "drafts") == 0;
        build.future = build.future || strcmp(what, "future") == 0;
        bool ok = build_site(&build, &result);
        struct buf out = buf_in(result.arena);
        if (result.site) lists[i].print(&(struct list){result.site, &out, options->json});
        if (out.len) fwrite(out.p, 1, (size_t)out.len, stdout);
        fflush(stdout);
        report_print(&(struct report_options){.json = options->json, .quiet = true}, &result);
        build_end(&result);
        return ok ? EXIT_FINE : EXIT_SITE;
    }
    return usage_error("there is no list of '%s'; there are posts, drafts, future, tags, events, sessions", what);
}
