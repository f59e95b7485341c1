/* test_front_matter.c - finding, reading and typing front matter; file names; events and sessions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/site.h"
#include "read/front_matter.h"

/* A page that went through split, read and apply. */
struct trial {
    struct arena arena;
    struct sources sources;
    struct site site;
    struct config config;
    struct diags diags;
    struct page page;
    str yaml;
    bool ok;
};

static struct language languages[] = {{.code = STR_INIT("ko")}, {.code = STR_INIT("en"), .prefix = STR_INIT("/en")}};
static str taxonomies[] = {STR_INIT("tags"), STR_INIT("series"), STR_INIT("authors"), STR_INIT("cities")};

static void set_config(struct trial *t)
{
    t->config = (struct config){.languages = languages, .language_count = 2, .timezone = S("Asia/Seoul"),
                                .taxonomies = {taxonomies, 4}};
    t->config.zone = zone_load(&t->arena, S("Asia/Seoul"));
}

static struct trial *try_at(const char *below, const char *text)
{
    struct trial *t = calloc(1, sizeof *t);
    uint32_t yaml_offset;
    set_config(t);
    t->sources.arena = &t->arena;
    t->diags = diags_in(&t->arena);
    t->site.sources = &t->sources;
    t->page = (struct page){.arena = &t->arena, .site = &t->site, .path = str_c("content/x.md"), .below = str_c(below)};
    t->page.file = sources_add(&t->sources, t->page.path, str_c(text));
    struct page *page = &t->page;
    t->ok = front_matter_split(str_c(text), &t->yaml, &yaml_offset, &page->body, &page->body_offset, page->file,
                               &t->diags) &&
            front_matter_read(page, &t->config, t->yaml, yaml_offset, &t->diags);
    if (t->ok) t->ok = front_matter_apply(page, &t->config, &t->diags);
    return t;
}

static struct trial *try_text(const char *text) { return try_at("posts/x.md", text); }

static void drop(struct trial *t)
{
    arena_free(&t->arena);
    free(t);
}

static void assert_text(str actual, const char *expected)
{
    assert_int_equal(actual.len, (ptrdiff_t)strlen(expected));
    assert_memory_equal(actual.p, expected, strlen(expected));
}

static void assert_date(struct trial *t, instant date, const char *expected)
{
    assert_text(date_rfc3339(&t->arena, date), expected);
}

/* The first report is of that code, stands there and says that. */
static void assert_report(struct trial *t, ptrdiff_t index, enum diag_code code, int line, int column, const char *message)
{
    assert_true(index < t->diags.count);
    struct diag *diag = &t->diags.items[index];
    struct place place = diag_place(&t->sources, diag->at);
    assert_int_equal(diag->code, code);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    if (!str_contains(diag->message, str_c(message))) assert_text(diag->message, message);
}

static void assert_refused(const char *text, enum diag_code code, int line, int column, const char *message)
{
    struct trial *t = try_text(text);
    assert_false(t->ok);
    assert_int_equal(t->diags.errors, 1);
    assert_report(t, 0, code, line, column, message);
    drop(t);
}

/* --- split ------------------------------------------------------------ */

static void assert_split(const char *text, const char *yaml, const char *body)
{
    struct trial *t = try_text(text);
    assert_true(t->ok);
    assert_int_equal(t->yaml.p != NULL, yaml != NULL);
    if (yaml) assert_text(t->yaml, yaml);
    assert_text(t->page.body, body);
    assert_int_equal(t->page.body_offset, strlen(text) - strlen(body));
    drop(t);
}

static void fences_are_whole_lines(void **state)
{
    (void)state;
    assert_split("---\ntitle: x\n---\n본문\n", "title: x\n", "본문\n");
    assert_split("---  \ntitle: x\n---\t\n\n본문", "title: x\n", "\n본문");
    assert_split("---\ntitle: x\n...\n본문", "title: x\n", "본문");
    assert_split("---\ntitle: x\n---", "title: x\n", "");
    assert_split("---\nd: |\n  ---\n---\n---\n", "d: |\n  ---\n", "---\n");
    assert_split("---\n---\n본문", "", "본문");
    assert_split("---\n# 주석\n\n---\n본문", "# 주석\n\n", "본문");
    assert_split("---\n{title: x}\n---\n본문", "{title: x}\n", "본문");
}

static void a_thematic_break_is_no_front_matter(void **state)
{
    (void)state;
    assert_split("", NULL, "");
    assert_split("# 제목\n", NULL, "# 제목\n");
    assert_split("---", NULL, "---");
    assert_split("---\n그냥 글\n---\n또 글\n", NULL, "---\n그냥 글\n---\n또 글\n");
    assert_split("---\n\n참고: 이렇다\n", NULL, "---\n\n참고: 이렇다\n");
    assert_split("---\nhttps://a.example\n", NULL, "---\nhttps://a.example\n");
    assert_split("----\ntitle: x\n----\n", NULL, "----\ntitle: x\n----\n");
    assert_split("\n---\ntitle: x\n---\n", NULL, "\n---\ntitle: x\n---\n");
    assert_split("+++\n글\n", NULL, "+++\n글\n");
}

static void what_is_meant_as_front_matter_but_is_none_is_an_error(void **state)
{
    (void)state;
    assert_refused("---\ntitle: x\n\n본문\n", DIAG_FRONT_MATTER, 1, 1, "does not end");
    assert_refused("---\ntitle:x\n---\n", DIAG_FRONT_MATTER, 2, 1, "front matter is text");
    assert_refused("---\ntitle：후기\n---\n", DIAG_FRONT_MATTER, 2, 1, "front matter is text");
    assert_refused("+++\ntitle = \"x\"\n+++\n", DIAG_FRONT_MATTER, 1, 1, "TOML");
    assert_refused("---\ntitle: AWS re:Invent: 후기\n---\n", DIAG_YAML, 2, 21, "': '");
    struct trial *t = try_text("---\ntitle: x\ntags:\n  - a\n\n본문\n");
    assert_text(t->diags.items[0].hint, "write '---' on a line of its own below line 4");
    drop(t);
}

/* --- read ------------------------------------------------------------- */

static void synonyms_come_under_one_name(void **state)
{
    static const struct { const char *line, *field, *expected; } cases[] = {
        {"lastmod: 2024-01-02", "updated", "2024-01-02"},
        {"last_modified_at: 2024-01-02", "updated", "2024-01-02"},
        {"modified: 2024-01-02", "updated", "2024-01-02"},
        {"published: 2024-01-02", "date", "2024-01-02"},
        {"published: false", "draft", "true"},
        {"publish: true", "draft", "false"},
        {"publish: no", "draft", "true"},
        {"permalink: /a/", "url", "/a/"},
        {"redirect_from: /a/", "aliases", "/a/"},
        {"excerpt: x", "summary", "x"},
        {"tag: x", "tags", "x"},
        {"category: x", "categories", "x"},
        {"author: x", "authors", "x"},
        {"author-email: x@a.example", "authors", "x@a.example"},
        {"author_email: x@a.example", "authors", "x@a.example"},
        {"cover: a.png", "image", "a.png"},
        {"thumbnail: a.png", "image", "a.png"},
        {"thumbnail-image: a.png", "image", "a.png"},
        {"teaser: a.png", "image", "a.png"},
        {"header: {image: a.png}", "image", "a.png"},
        {"sticky: 100", "pin", "100"},
        {"type: post", "layout", "post"},
        {"Title: x", "title", "x"},
        {"제목: x", "제목", "x"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        str text = str_format(&arena, "---\n%s\n---\n", cases[i].line);
        struct trial *t = try_text(str_z(&arena, text));
        assert_true(t->ok);
        value v = value_get(t->page.meta, str_c(cases[i].field), &t->arena);
        assert_text(value_print(v, &t->arena), cases[i].expected);
        drop(t);
        arena_free(&arena);
    }
}

static void the_canonical_name_wins_and_disagreement_warns(void **state)
{
    (void)state;
    struct trial *t = try_text("---\nlastmod: 2024-01-02\nupdated: 2024-01-03\n---\n");
    assert_true(t->ok);
    assert_int_equal(t->diags.warnings, 1);
    assert_report(t, 0, DIAG_FIELD_REPEATED, 2, 1, "'lastmod' disagrees with 'updated', which is used");
    assert_date(t, t->page.updated, "2024-01-03T00:00:00+09:00");
    drop(t);
    t = try_text("---\ntags: [a, b]\ntag: a, b\ndate: 2024-01-02\npublished: 2024-01-02T00:00\nimage:\ncover: c.png\n---\n");
    assert_true(t->ok);
    assert_int_equal(t->diags.count, 0);
    assert_text(t->page.cover.url, "c.png");
    drop(t);
    t = try_text("---\nauthor-email: k@a.example\nauthor: 김\nlayout: entry\ntype: post\n---\n");
    assert_int_equal(t->diags.count, 0);
    assert_text(t->page.author_names.items[0], "김");
    assert_text(t->page.layout, "entry");
    drop(t);
}

static void texts_and_terms_stay_as_written(void **state)
{
    (void)state;
    struct trial *t = try_text("---\ntitle: 2024\ntags: [1.10, 2024, true, aws]\ncities: 007\n---\n");
    struct str_list tags = front_matter_terms(&t->page, S("tags"), &t->arena);
    assert_text(t->page.title, "2024");
    assert_int_equal(tags.count, 4);
    assert_text(tags.items[0], "1.10");
    assert_text(tags.items[2], "true");
    assert_text(front_matter_terms(&t->page, S("cities"), &t->arena).items[0], "007");
    drop(t);
}

/* --- apply ------------------------------------------------------------ */

static void dates_are_of_the_sites_zone(void **state)
{
    static const struct { const char *text, *expected; } cases[] = {
        {"2024-05-18T23:37:00", "2024-05-18T23:37:00+09:00"},
        {"2024-05-18", "2024-05-18T00:00:00+09:00"},
        {"2024-5-8 9:05", "2024-05-08T09:05:00+09:00"},
        {"'2023-08-25 00:00:00'", "2023-08-25T00:00:00+09:00"},
        {"2024-05-18 23:37:00 +0900", "2024-05-18T23:37:00+09:00"},
        {"2018-04-18T10:00:00.284Z", "2018-04-18T19:00:00+09:00"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        str text = str_format(&arena, "---\ndate: %s\n---\n", cases[i].text);
        struct trial *t = try_text(str_z(&arena, text));
        assert_true(t->ok && t->page.has_date);
        assert_date(t, t->page.date, cases[i].expected);
        drop(t);
        arena_free(&arena);
    }
    struct trial *t = try_text("---\ndate:\ndraft:\n---\n");
    assert_true(t->ok);
    assert_false(t->page.has_date || t->page.draft);
    drop(t);
}

static void fields_are_typed(void **state)
{
    (void)state;
    struct trial *t = try_text("---\ntitle: \" 후기 \"\nslug: s\nurl: /a/b/\naliases: [/old/, older]\nweight: -3\n"
                               "toc: false\npin: 1\nmath: yes\nlang: EN-us\ntranslation: key\nlayout: wide\n"
                               "image: {path: a.jpg, alt: 사진, caption: \"1 < 2\"}\nauthors: [김, {name: Lee}]\n"
                               "expires: 2030-01-01\ndraft: true\nsummary: s\n---\n");
    const struct page *p = &t->page;
    assert_true(t->ok);
    assert_int_equal(t->diags.count, 0);
    assert_text(p->title, "후기");
    assert_text(p->slug, "s");
    assert_text(p->url_wanted, "/a/b/");
    assert_int_equal(p->aliases.count, 2);
    assert_int_equal(p->weight, -3);
    assert_true(p->toc_given && !p->toc && p->pin && p->math && p->draft && p->has_expires);
    assert_text(p->language, "en");
    assert_text(p->translation, "key");
    assert_text(p->layout, "wide");
    assert_text(p->cover.alt, "사진");
    assert_text(p->cover.caption, "1 &lt; 2");
    assert_text(p->author_names.items[1], "Lee");
    assert_int_equal(diag_place(&t->sources, p->layout_at).line, 12);
    drop(t);
}

static void terms_are_lists_or_words(void **state)
{
    static const struct { const char *line, *taxonomy, *first; ptrdiff_t count; } cases[] = {
        {"tags: aws 후기 회고", "tags", "aws", 3},
        {"tags: AWS Lambda, 후기, ", "tags", "AWS Lambda", 2},
        {"tags: [AWS Lambda, ~, AWS Lambda]", "tags", "AWS Lambda", 1},
        {"tags: []", "tags", "", 0},
        {"series: 바다, 이틀 동안", "series", "바다, 이틀 동안", 1},
        {"author: 위험관리연구실 윤현식 연구원", "authors", "위험관리연구실 윤현식 연구원", 1},
        {"author: 김, 이", "authors", "김", 2},
        {"cities: Las Vegas", "cities", "Las Vegas", 1},
        {"title: x", "tags", "", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct trial *t = try_text(str_z(&arena, str_format(&arena, "---\n%s\n---\n", cases[i].line)));
        struct str_list terms = front_matter_terms(&t->page, str_c(cases[i].taxonomy), &t->arena);
        assert_true(t->ok);
        assert_int_equal(terms.count, cases[i].count);
        if (terms.count) assert_text(terms.items[0], cases[i].first);
        drop(t);
        arena_free(&arena);
    }
}

static void wrong_types_are_told_at_the_value(void **state)
{
    (void)state;
    assert_refused("---\ndate: 어제\n---\n", DIAG_DATE, 2, 7, "'date' is not a date: \"어제\" (want YYYY-MM-DD or RFC 3339)");
    assert_refused("---\nlastmod: 2024\n---\n", DIAG_DATE, 2, 10, "'lastmod' is not a date: \"2024\"");
    assert_refused("---\ndate: 2024-02-30\n---\n", DIAG_DATE, 2, 7, "2024-02-30");
    assert_refused("---\ntitle: [후기]\n---\n", DIAG_FIELD, 2, 8, "'title' is not text: a list");
    assert_refused("---\npublished: 아마\n---\n", DIAG_FIELD, 2, 12, "'published' is not true or false: \"아마\"");
    assert_refused("---\nweight: 무거움\n---\n", DIAG_FIELD, 2, 9, "'weight' is not a whole number");
    assert_refused("---\ntags: [a, [b]]\n---\n", DIAG_FIELD, 2, 11, "'tags' holds an item that is no name: a list");
    assert_refused("---\ntags: {a: b}\n---\n", DIAG_FIELD, 2, 7, "'tags' is not a list of names: a map");
    assert_refused("---\ncities: {a: b}\n---\n", DIAG_FIELD, 2, 9, "'cities' is not a list of names: a map");
    assert_refused("---\nimage: {alt: x}\n---\n", DIAG_FIELD, 2, 8, "'image' has no path");
    assert_refused("---\ncover: 3\n---\n", DIAG_FIELD, 2, 8, "'cover' is not a path");
    assert_refused("---\nlang: fr\n---\n", DIAG_FIELD, 2, 7, "'lang' is not a language of this site");
    assert_refused("---\nurl: https://a.example/\n---\n", DIAG_FIELD, 2, 6, "'url' is not an address");
    assert_refused("---\npermalink: /../../etc/passwd\n---\n", DIAG_FIELD, 2, 12, "'permalink' is not an address");
    assert_refused("---\naliases: [/a/, ../../b]\n---\n", DIAG_FIELD, 2, 16, "'aliases' is not an address");
    struct trial *t = try_text("---\ndate: 2024년 5월 18일\nweight: x\ndraft: y\n---\n");
    assert_int_equal(t->diags.errors, 3);
    assert_text(t->diags.items[0].hint, "write 2024-05-18");
    drop(t);
}

/* --- names ------------------------------------------------------------ */

static void names_say_date_and_language(void **state)
{
    static const struct { const char *below, *name, *language, *key, *date; } cases[] = {
        {"about.md", "about", "", "about", NULL},
        {"about.en.md", "about", "en", "about", NULL},
        {"posts/2024-05-18-late.md", "late", "", "posts/2024-05-18-late", "2024-05-18T00:00:00+09:00"},
        {"posts/2024-5-8-late.EN.md", "late", "en", "posts/2024-5-8-late", "2024-05-08T00:00:00+09:00"},
        {"posts/2025-09-22-바다/index.en.md", "바다", "en", "posts/2025-09-22-바다", "2025-09-22T00:00:00+09:00"},
        {"posts/late/index.md", "late", "", "posts/late", NULL},
        {"index.md", "index", "", "index", NULL},
        {"posts/2024-05-18.md", "2024-05-18", "", "posts/2024-05-18", "2024-05-18T00:00:00+09:00"},
        {"posts/2024-13-45-x.md", "2024-13-45-x", "", "posts/2024-13-45-x", NULL},
        {"posts/v1.2.md", "v1.2", "", "posts/v1.2", NULL},
        {"posts/a.fr.md", "a.fr", "", "posts/a.fr", NULL},
        {"posts/12345-1-1-x.md", "12345-1-1-x", "", "posts/12345-1-1-x", NULL},
    };
    (void)state;
    struct trial t = {0};
    set_config(&t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page_name name;
        front_matter_name(str_c(cases[i].below), &t.config, &t.arena, &name);
        assert_text(name.name, cases[i].name);
        assert_text(name.language, cases[i].language);
        assert_text(name.twin_key, cases[i].key);
        assert_int_equal(name.has_date, cases[i].date != NULL);
        if (cases[i].date) assert_date(&t, name.date, cases[i].date);
    }
    arena_free(&t.arena);
}

/* --- events and sessions ---------------------------------------------- */

static struct trial *try_event(const char *below, const char *text, struct event *event)
{
    struct trial *t = try_at(below, text);
    bool about = str_starts(str_c(below), S("events/"));
    value map = about ? t->page.meta : value_get(t->page.meta, S("event"), &t->arena);
    struct page_name name;
    front_matter_name(t->page.below, &t->config, &t->arena, &name);
    t->page.name = name.name;
    t->ok = front_matter_event(&t->page, map, &t->config, event, &t->diags) && t->ok;
    return t;
}

static void an_event_page_is_its_event(void **state)
{
    (void)state;
    struct event event;
    struct trial *t = try_event("events/aws-reinvent-2023.md",
                                "---\nname: AWS re:Invent\nedition: 2023\nstart: 2023-11-27\nend: 2023-12-01\n"
                                "timezone: America/Los_Angeles\ncity: Las Vegas\nvenues: [The Venetian, MGM Grand]\n"
                                "url: https://reinvent.awsevents.com/\npermalink: /events/x/\ntype: conference\n"
                                "sessions:\n  - {code: ARC301, title: The Frugal Architect, type: keynote, level: 300,\n"
                                "     speakers: [Dr. Werner Vogels], start: 2023-11-30T08:30, end: 2023-11-30T10:30}\n---\n",
                                &event);
    assert_true(t->ok);
    assert_int_equal(t->diags.count, 0);
    assert_text(event.id, "aws-reinvent-2023");
    assert_text(event.label, "AWS re:Invent 2023");
    assert_text(event.url, "https://reinvent.awsevents.com/");
    assert_text(t->page.url_wanted, "/events/x/");
    assert_int_equal(t->page.layout.len, 0);
    assert_date(t, event.start, "2023-11-27T00:00:00-08:00");
    assert_int_equal(event.venues.count, 2);
    assert_int_equal(event.session_count, 1);
    assert_int_equal(event.sessions[0].level, 300);
    assert_date(t, event.sessions[0].start, "2023-11-30T08:30:00-08:00");
    drop(t);
}

static void an_event_in_a_post_is_told_by_its_label(void **state)
{
    (void)state;
    struct event event;
    struct trial *t = try_event("posts/x.md", "---\nevent: {name: 바다 데브데이, edition: 2024}\n---\n", &event);
    assert_true(t->ok);
    assert_text(event.label, "바다 데브데이 2024");
    assert_text(event.id, "바다-데브데이-2024");
    assert_ptr_equal(event.zone, t->config.zone);
    drop(t);
    t = try_event("posts/x.md", "---\nevent: {nmae: A, end: 2023-11-27, start: 2023-12-01, timezone: Mars/X}\n---\n", &event);
    assert_int_equal(t->diags.warnings, 1);
    assert_int_equal(t->diags.errors, 3);
    assert_report(t, 0, DIAG_FIELD, 2, 9, "'nmae' is not a field of an event");
    assert_report(t, 1, DIAG_FIELD, 2, 64, "'timezone' is not a known time zone");
    assert_report(t, 2, DIAG_FIELD, 2, 8, "an event has no name");
    assert_report(t, 3, DIAG_DATE, 2, 23, "'end' is before 'start': \"2023-11-27\" (start is \"2023-12-01\")");
    drop(t);
}

static void assert_session_refused(const char *item, enum diag_code code, int column, const char *message)
{
    struct arena arena = {0};
    struct trial *t = try_text(str_z(&arena, str_format(&arena, "---\nsessions:\n- %s\n---\n", item)));
    struct session *sessions;
    ptrdiff_t count;
    value v = value_get(t->page.meta, S("sessions"), &t->arena);
    assert_false(front_matter_sessions(&t->page, v, t->config.zone, &sessions, &count, &t->diags));
    assert_int_equal(count, 0);
    assert_int_equal(t->diags.errors, 1);
    assert_report(t, 0, code, 3, column, message);
    drop(t);
    arena_free(&arena);
}

static void sessions_are_typed(void **state)
{
    (void)state;
    struct trial *t = try_text("---\nsessions:\n- 그냥 제목\n- {code: A1, level: L400, speaker: 김}\n"
                               "- {title: T, start: 2024-05-18T09:00, end: 2024-05-18, video: https://youtu.be/x}\n---\n");
    struct session *s;
    ptrdiff_t count;
    value v = value_get(t->page.meta, S("sessions"), &t->arena);
    assert_true(front_matter_sessions(&t->page, v, t->config.zone, &s, &count, &t->diags));
    assert_int_equal(count, 3);
    assert_text(s[0].title, "그냥 제목");
    assert_int_equal(s[1].level, 400);
    assert_text(s[1].speakers.items[0], "김");
    assert_true(s[2].has_start && s[2].has_end);
    assert_int_equal(t->diags.count, 0);
    drop(t);
    assert_session_refused("{title: T, level: 350}", DIAG_FIELD, 21, "'level' is not a level");
    assert_session_refused("{title: T, level: high}", DIAG_FIELD, 21, "(want 100, 200, 300, 400 or 500): \"high\"");
    assert_session_refused("{title: T, start: 내일}", DIAG_DATE, 21, "'start' is not a date: \"내일\"");
    assert_session_refused("{title: T, start: 2024-05-18T10:00, end: 2024-05-18T09:00}", DIAG_DATE, 44, "'end' is before 'start'");
    assert_session_refused("{title: [a]}", DIAG_FIELD, 11, "'title' is not text");
    assert_session_refused("{room: 1창고}", DIAG_FIELD, 3, "a session with a title or a code");
    assert_session_refused("12", DIAG_FIELD, 3, "'sessions' is not a list of maps");
}

static void the_table_names_every_field_once(void **state)
{
    (void)state;
    struct arena arena = {0};
    const struct front_matter_help *rows;
    ptrdiff_t count = front_matter_table(&arena, &rows);
    assert_true(count > 20);
    for (ptrdiff_t i = 0; i < count; i++) {
        assert_true(rows[i].help.len > 0);
        for (ptrdiff_t j = 0; j < i; j++) assert_false(str_equal(rows[i].name, rows[j].name));
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fences_are_whole_lines),
        cmocka_unit_test(a_thematic_break_is_no_front_matter),
        cmocka_unit_test(what_is_meant_as_front_matter_but_is_none_is_an_error),
        cmocka_unit_test(synonyms_come_under_one_name),
        cmocka_unit_test(the_canonical_name_wins_and_disagreement_warns),
        cmocka_unit_test(texts_and_terms_stay_as_written),
        cmocka_unit_test(dates_are_of_the_sites_zone),
        cmocka_unit_test(fields_are_typed),
        cmocka_unit_test(terms_are_lists_or_words),
        cmocka_unit_test(wrong_types_are_told_at_the_value),
        cmocka_unit_test(names_say_date_and_language),
        cmocka_unit_test(an_event_page_is_its_event),
        cmocka_unit_test(an_event_in_a_post_is_told_by_its_label),
        cmocka_unit_test(sessions_are_typed),
        cmocka_unit_test(the_table_names_every_field_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
