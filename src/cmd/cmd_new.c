/* cmd_new.c - hugi new: a site, a report, an event to start from.
 *
 * Nothing that exists is overwritten. */
#include <time.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"
#include "config/config_load.h"
#include "input.h"
#include "options.h"

static const char site_settings[] =
    "title: %s\n"
    "description: 다녀온 컨퍼런스를 기록합니다.\n"
    "language: ko\n"
    "timezone: Asia/Seoul\n"
    "\n"
    "# The address of the published site; feeds and the sitemap need it.\n"
    "# base_url: https://me.github.io/blog\n"
    "# author: 이름\n";

static const char site_ignore[] = "/public/\n/.hugi/\n";

static const char site_about[] =
    "---\n"
    "title: 소개\n"
    "---\n"
    "\n"
    "이 블로그를 쓰는 사람을 소개합니다.\n";

static const char post_text[] =
    "---\n"
    "title: %s\n"
    "date: %s\n"
    "draft: true\n"
    "description:\n"
    "tags: [컨퍼런스, 회고]\n"
    "# event: aws-summit-seoul-2025\n"
    "# image: cover.jpg\n"
    "# sessions:\n"
    "#   - {title: The Frugal Architect, type: keynote, level: 300, speakers: [이름], room: Hall A}\n"
    "---\n"
    "\n"
    "어떤 행사에, 왜 다녀왔는지 한두 문장으로 시작합니다.\n"
    "\n"
    "## 행사장\n"
    "\n"
    "사진은 이 폴더에 두고 이름만 적습니다: `![설명](photo.jpg)`\n"
    "\n"
    "## 들은 세션\n"
    "\n"
    "## 마치며\n";

static const char event_text[] =
    "---\n"
    "name: %s\n"
    "edition: %s\n"
    "start:\n"
    "end:\n"
    "timezone: Asia/Seoul\n"
    "city: 서울\n"
    "venues: []\n"
    "url:\n"
    "---\n"
    "\n"
    "어떤 행사인지 소개합니다.\n";

struct creation {
    struct arena arena;
    struct diags diags;
    struct sources sources;
    const struct options *options;
    str root;
    instant now;
};

static bool write_new(struct creation *creation, str below, str text)
{
    str path = path_join(&creation->arena, creation->root, below);
    if (file_exists(path)) {
        struct diag *diag = diag_report(&creation->diags, DIAG_IO, (span){0}, "is there already; it is left as it is");
        diag->path = path;
        return false;
    }
    if (!file_write(path, text, &creation->diags)) return false;
    if (!creation->options->quiet) printf("%" STR_F "\n", STR_A(path));
    return true;
}

/* "aws-summit seoul" -> "aws-summit-seoul"; a folder in front is allowed. */
static str clean_name(struct creation *creation, const char *given)
{
    return utf8_slug(&creation->arena, path_stem(str_c(given)));
}

/* As YAML in double quotes (5.7: escapes of JSON are YAML's too). */
static char *quoted(struct creation *creation, str text)
{
    struct buf out = buf_in(&creation->arena);
    buf_json(&out, text);
    return str_z(&creation->arena, buf_str(&out));
}

/* A title from a name: "my-first-report" -> "my first report". */
static str title_of(struct creation *creation, const char *given)
{
    return str_replace(&creation->arena, utf8_nfc(&creation->arena, path_stem(str_c(given))), S("-"), S(" "));
}

static bool new_site(struct creation *creation, const char *name)
{
    struct arena *arena = &creation->arena;
    creation->root = path_join(arena, creation->root, str_c(name));
    str title = path_name(str_trim_char(str_c(name), '/'));
    bool ok = write_new(creation, S("hugi.yaml"), str_format(arena, site_settings, quoted(creation, title))) &&
              write_new(creation, S(".gitignore"), str_c(site_ignore)) &&
              write_new(creation, S("content/about.md"), str_c(site_about));
    if (ok && !creation->options->quiet)
        printf("\nnext:\n  cd %s\n  hugi new post my-first-report\n  hugi serve\n", name);
    return ok;
}

/* The date of a name like 2026-01-05-hello is the post's. */
static bool new_post(struct creation *creation, const char *name)
{
    struct arena *arena = &creation->arena;
    str slug = clean_name(creation, name), title = title_of(creation, name);
    str path = str_format(arena, "content/posts/%" STR_F "/index.md", STR_A(slug));
    instant when = creation->now;
    bool dated = slug.len > 11 && date_parse(str_slice(slug, 0, 10), NULL, &when);
    str date = date_format(arena, when, dated ? S("%Y-%m-%d") : S("%Y-%m-%dT%H:%M:%S"));
    if (dated) title = str_trim(str_from(title, 10));
    return write_new(creation, path, str_format(arena, post_text, quoted(creation, title), str_z(arena, date)));
}

/* "aws-summit-seoul-2025": the year is the edition; other things are not invented. */
static bool new_event(struct creation *creation, const char *name)
{
    struct arena *arena = &creation->arena;
    str title = title_of(creation, name), edition = S("");
    int64_t year;
    ptrdiff_t blank = str_find_last(title, ' ');
    if (blank > 0 && title.len - blank == 5 && str_to_int(str_from(title, blank + 1), &year)) {
        edition = str_from(title, blank + 1);
        title = str_slice(title, 0, blank);
    }
    str text = str_format(arena, event_text, quoted(creation, title), str_z(arena, edition));
    return write_new(creation, str_format(arena, "content/events/%" STR_F ".md", STR_A(clean_name(creation, name))), text);
}

static const struct { const char *kind; bool (*make)(struct creation *creation, const char *name); } kinds[] = {
    {"site", new_site}, {"post", new_post}, {"event", new_event},
};

/* The site's zone decides what day it is. */
static void find_now(struct creation *creation)
{
    struct config config;
    struct diags unheard = diags_in(&creation->arena);
    struct sources sources = {.arena = &creation->arena};
    config_load(&creation->arena, creation->root, &(struct config_overrides){0}, &sources, &unheard, &config);
    creation->now = date_in_zone(config.now, config.zone);
}

int cmd_new(const struct options *options)
{
    if (options->word_count != 2) return usage_error("'new' wants two words: hugi new site|post|event NAME");
    bool site = strcmp(options->words[0], "site") == 0;
    if (options->words[1][0] == 0 || (!site && strchr(options->words[1], '/')))
        return usage_error("'%s' is no name of a file", options->words[1]);
    struct file_stat folder;
    const char *source = options->build.source;
    if (source && source[0] && (!file_stat(str_c(source), &folder) || !folder.is_dir)) return usage_error("there is no folder '%s' for --source", source);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, options->words[0]) != 0) continue;
        struct creation creation = {.options = options};
        creation.diags = diags_in(&creation.arena);
        creation.sources.arena = &creation.arena;
        creation.root = str_c(options->build.source ? options->build.source : "");
        find_now(&creation);
        bool ok = kinds[i].make(&creation, options->words[1]);
        input_print_diags(&creation.sources, &creation.diags);
        arena_free(&creation.arena);
        return ok ? EXIT_FINE : EXIT_SITE;
    }
    return usage_error("'new' makes a site, a post or an event, not a '%s'", options->words[0]);
}
