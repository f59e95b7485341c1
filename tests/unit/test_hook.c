/* test_hook.c - hooks: every point, the sandbox, what is frozen, the limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "hook/hook.h"

static struct arena arena;
static struct sources sources = {.arena = &arena};
static struct diags diags;
static struct config config = {.paginate = 10};
static struct language korean = {.code = STR_INIT("ko")};

/* --- helpers ---------------------------------------------------------- */

enum { WORKERS = 2 };

static struct hooks *load_texts(const str *texts, int count, str root)
{
    struct theme_script *scripts = ARENA_NEWS(&arena, struct theme_script, count);
    for (int i = 0; i < count; i++) {
        scripts[i].name = str_format(&arena, "%c.lua", 'a' + i);
        scripts[i].path = str_concat(&arena, S("hooks/"), scripts[i].name);
        scripts[i].text = texts[i];
        scripts[i].file = sources_add(&sources, scripts[i].path, texts[i]);
    }
    struct hooks_options options = {
        .scripts = scripts, .script_count = count, .memory = 8 << 20, .steps = 2000000,
        .root = root, .workers = WORKERS, .config = &config};
    diags = diags_in(&arena);
    return hooks_load(&arena, &options, &diags);
}

static struct hooks *load(const char *text)
{
    str one = str_c(text);
    return load_texts(&one, 1, S("."));
}

static struct hooks *must_load(const char *text)
{
    struct hooks *hooks = load(text);
    if (!hooks) fail_msg("%.*s", (int)diags.items[0].message.len, diags.items[0].message.p);
    return hooks;
}

static void assert_text(str got, const char *want) { assert_string_equal(str_z(&arena, got), want); }

/* One diagnostic of that code, on that line, with that in its message or hint. */
static void assert_reported(const struct diags *list, enum diag_code code, int line, const char *part)
{
    assert_int_equal(list->errors, 1);
    const struct diag *diag = &list->items[list->count - 1];
    struct buf shown = buf_in(&arena);
    diag_print(&shown, &sources, diag, false);
    buf_char(&shown, 0);
    if (diag->code != code || diag_place(&sources, diag->at).line != line || !strstr(shown.p, part))
        fail_msg("want line %d, '%s'; got:\n%s", line, part, shown.p);
}

static bool filter(struct hooks *hooks, int worker, value input, value argument, value *out)
{
    const struct liquid_extension *filters;
    assert_true(hooks_filters(hooks, &filters) > 0);
    struct hook_call user = {.hooks = hooks, .worker = worker};
    diags = diags_in(&arena);
    struct liquid_call call = {
        .name = filters[0].name, .data = filters[0].data, .user = &user, .input = input,
        .arguments = &argument, .argument_count = 1, .arena = &arena, .diags = &diags};
    bool ok = filters[0].call(&call);
    *out = call.result;
    return ok;
}

/* `body` is the body of a filter of (x, y): its result as text. */
static str evaluate_with(const char *head, const char *body, value input, value argument)
{
    struct hooks *hooks = must_load(str_z(&arena, str_format(&arena, "%s\nhugi.filter('f', function(x, y)\n%s\nend)", head, body)));
    value out;
    if (!filter(hooks, 0, input, argument, &out)) fail_msg("%s: %.*s", body, (int)diags.items[0].message.len, diags.items[0].message.p);
    hooks_free(hooks);
    return value_print(out, &arena);
}

static str evaluate(const char *body) { return evaluate_with("", body, value_str(S("x")), value_null()); }

/* The body fails on its first line, which is line `line` of the file. */
static void assert_fails(const char *head, const char *body, enum diag_code code, int line, const char *part)
{
    struct hooks *hooks = must_load(str_z(&arena, str_format(&arena, "%s\nhugi.filter('f', function(x, y)\n%s\nend)", head, body)));
    value out;
    for (int turn = 0; turn < (code == DIAG_LUA_LIMIT ? 1 : 2); turn++) {      /* the state works on after an error */
        assert_false(filter(hooks, 0, value_str(S("x")), value_null(), &out));
        assert_reported(&diags, code, line, part);
    }
    if (code == DIAG_LUA_LIMIT) {               /* but no hook is called again after a limit */
        assert_false(filter(hooks, 0, value_str(S("x")), value_null(), &out));
        assert_int_equal(diags.count, 0);
    }
    hooks_free(hooks);
}

/* --- loading ---------------------------------------------------------- */

static void finds_hooks(void **state)
{
    (void)state;
    struct hooks *hooks = must_load("local function helper() end function tag() end");
    assert_true(hooks_has(hooks, HOOK_TAG));
    assert_false(hooks_has(hooks, HOOK_DONE));
    assert_int_equal(diags.count, 0);
    hooks_free(hooks);
}

static void reports_while_loading(void **state)
{
    (void)state;
    assert_null(load("local x = 1\nlocal y = = 2\n"));
    assert_reported(&diags, DIAG_LUA_SYNTAX, 2, "unexpected symbol near '='");
    assert_null(load("\n\nos.exit(1)"));
    assert_reported(&diags, DIAG_LUA, 3, "hooks have no os");
    assert_null(load("tag = 5"));
    assert_reported(&diags, DIAG_LUA, 1, "must be a function");
    assert_null(load("while true do end"));
    assert_reported(&diags, DIAG_LUA_LIMIT, 1, "steps");
    assert_null(load("\x1bLua"));
    assert_int_equal(diags.errors, 1);
}

static void warns_of_misspelt_hooks(void **state)
{
    (void)state;
    struct hooks *hooks = must_load("\nfunction thumbnial(image) end");
    assert_int_equal(diags.warnings, 1);
    assert_int_equal(diags.errors, 0);
    assert_int_equal(diag_place(&sources, diags.items[0].at).line, 2);
    assert_text(str_slice(diags.items[0].hint, 0, 24), "did you mean 'thumbnail'");
    hooks_free(hooks);
    hooks = must_load("function tag() end function tags() end");
    assert_int_equal(diags.warnings, 0);
    hooks_free(hooks);
}

/* --- points ----------------------------------------------------------- */

static struct page read_page(void)
{
    struct page page = {.path = S("content/posts/a.md"), .body = S("Hello"), .arena = &arena, .diags = diags_in(&arena)};
    page.file = sources_add(&sources, page.path, S("---\ntitle: A\n---\nHello"));
    page.meta = value_map(&arena);
    value title = value_str(S("A")), tags = value_list(&arena);
    title.at = (span){page.file, 11, 1};
    value_push(&arena, &tags, value_str(S("aws")));
    value_set(&arena, &page.meta, S("title"), title);
    value_set(&arena, &page.meta, S("tags"), tags);
    value_set(&arena, &page.meta, S("draft"), value_bool(true));
    return page;
}

static void page_read_changes_front_matter(void **state)
{
    (void)state;
    struct hooks *hooks = must_load(
        "function page_read(page)\n"
        "  table.insert(page.tags, page.body .. page.name)\n"
        "  page.draft = nil\n"
        "  page.extra = {n = #page.tags}\n"
        "end");
    struct page page = read_page();
    assert_true(hooks_page_read(hooks, 1, &page));
    assert_text(value_print(page.meta, &arena), "title: A, tags: aws, Helloa, extra: n: 2");
    assert_int_equal(value_get(page.meta, S("title"), &arena).at.start, 11);
    hooks_free(hooks);

    hooks = must_load("function page_read(page)\n page.title = print\nend");
    assert_false(hooks_page_read(hooks, 0, &page));
    assert_reported(&page.diags, DIAG_LUA, 1, "while making content/posts/a.md");
    assert_int_equal(page.diags.items[0].related_count, 1);
    hooks_free(hooks);
}

static void page_html_output_done(void **state)
{
    (void)state;
    struct hooks *hooks = must_load(
        "function page_html(page) page.html = page.html:upper() end\n"
        "function output(out) if out.path == 'a.html' then return out.bytes .. '!' end end\n"
        "function done(report) hugi.log('done', report.pages) end");
    struct page page = read_page();
    page.content.html = S("<p>a</p>");
    assert_true(hooks_page_html(hooks, 0, &page, NULL));
    assert_text(page.content.html, "<P>A</P>");
    struct output output = {.kind = OUTPUT_PAGE, .path = S("a.html")};
    str bytes = S("\xff");
    assert_true(hooks_output(hooks, 0, &output, &bytes, &arena, &diags));
    assert_text(bytes, "\xff!");
    value report = value_map(&arena);
    value_set(&arena, &report, S("pages"), value_int(3));
    assert_true(hooks_done(hooks, report, &diags));
    assert_text(diags.items[0].message, "done 3");
    assert_int_equal(diags.errors, 0);
    hooks_free(hooks);
}

static void site_collected_adds_pages(void **state)
{
    (void)state;
    struct hooks *hooks = must_load(
        "function site_collected(site)\n"
        "  site:add{path = 'posts/new.md', title = '새 글', body = '본문'}\n"
        "  site:add{path = '../x.md'}\n"
        "end");
    struct site site = {.arena = &arena, .config = &config, .sources = &sources};
    assert_false(hooks_site_collected(hooks, &site, NULL, &diags));
    assert_reported(&diags, DIAG_LUA, 3, "leads out of content/");
    assert_int_equal(site.page_count, 1);
    const struct page *page = site.pages[0];
    assert_true(page->generated);
    assert_text(page->below, "posts/new.md");
    assert_text(page->path, "hooks/a.lua");
    assert_text(page->body, "본문");
    assert_text(value_print(page->meta, &arena), "title: 새 글");
    hooks_free(hooks);
}

static struct term a_term(void)
{
    return (struct term){.taxonomy = S("tags"), .name = S("AWS"), .slug = S("aws"), .language = &korean, .default_url = S("/tags/aws/")};
}

static void tag_results(void **state)
{
    (void)state;
    struct term term = a_term();
    struct term_page out;
    struct hooks *hooks = must_load("function tag() return {url = 'topics/aws', feed = false} end");
    assert_true(hooks_tag(hooks, 0, NULL, &term, &arena, &diags, &out));
    assert_true(out.exists);
    assert_false(out.feed);
    assert_text(out.url, "/topics/aws/");
    assert_text(out.title, "AWS");
    assert_int_equal(out.per_page, 10);
    hooks_free(hooks);

    str texts[] = {S("function tag() return {title = 'one'} end"), S("function tag() return nil end"), S("function tag() return false end")};
    hooks = load_texts(texts, 2, S("."));
    assert_true(hooks_tag(hooks, 0, NULL, &term, &arena, &diags, &out));
    assert_text(out.title, "one");
    hooks_free(hooks);
    hooks = load_texts(texts, 3, S("."));
    assert_true(hooks_tag(hooks, 0, NULL, &term, &arena, &diags, &out));
    assert_false(out.exists);
    hooks_free(hooks);

    hooks = must_load("\nfunction tag() return {titel = 'x'} end");
    assert_false(hooks_tag(hooks, 0, NULL, &term, &arena, &diags, &out));
    assert_reported(&diags, DIAG_LUA, 2, "did you mean 'title'");
    hooks_free(hooks);
}

static str thumbnails(struct hooks *hooks, const struct image_info *info, const str *uses, ptrdiff_t count)
{
    struct asset asset = {.path = S("static/a.png"), .info = *info, .is_picture = true};
    struct picture_ref ref = {.asset = &asset, .url = S("/a.png")};
    struct picture out;
    diags = diags_in(&arena);
    if (!hooks_thumbnail(hooks, 0, NULL, NULL, &ref, uses, count, &arena, &diags, &out)) return S("failed");
    struct buf text = buf_in(&arena);
    for (ptrdiff_t i = 0; i < out.count; i++)
        buf_printf(&text, "%s%.*s %s %dx%d", i ? ", " : "", (int)out.variants[i].use.len, out.variants[i].use.p,
                   image_kind_info(out.variants[i].recipe.format)->name, out.variants[i].width, out.variants[i].height);
    return buf_str(&text);
}

static void thumbnail_results(void **state)
{
    (void)state;
    const str uses[] = {STR_INIT("card")};
    struct image_info photo = {.kind = IMAGE_JPEG, .width = 800, .height = 600, .frames = 1};
    struct hooks *hooks = must_load(
        "function thumbnail(image, page)\n"
        "  local list = {{use = 'figure', width = 10}, {use = 'card', format = 'jpeg', width = 320, height = 320, crop = 'center'}}\n"
        "  for _, width in ipairs{2000, 400, 1000} do table.insert(list, {use = 'card', width = width}) end\n"
        "  return list\n"
        "end");
    assert_text(thumbnails(hooks, &photo, uses, 1), "card webp 400x300, card webp 800x600, card jpeg 320x320");
    hooks_free(hooks);
    hooks = must_load("function thumbnail(image) return {{use = 'card', format = 'wepb'}} end");
    assert_text(thumbnails(hooks, &photo, uses, 1), "failed");
    assert_reported(&diags, DIAG_LUA, 1, "did you mean 'webp'");
    hooks_free(hooks);
}

static void shortcodes(void **state)
{
    (void)state;
    struct hooks *hooks = must_load(
        "hugi.tag('video', function(args, page) return hugi.html('<b>' .. args[1] .. args.width .. tostring(page)) end)\n"
        "hugi.tag('note', function(args) return args.body:upper() end, {block = true})");
    const struct liquid_extension *tags;
    assert_int_equal(hooks_tags(hooks, &tags), 2);
    assert_false(tags[0].block);
    assert_true(tags[1].block);
    struct hook_call user = {.hooks = hooks, .worker = 1};
    value positional = value_str(S("id")), named = value_map(&arena);
    value_set(&arena, &named, S("width"), value_int(3));
    struct liquid_call call = {.name = tags[0].name, .data = tags[0].data, .user = &user, .arguments = &positional,
                               .argument_count = 1, .named = named, .body = S("text"), .arena = &arena, .diags = &diags};
    assert_true(tags[0].call(&call));
    assert_text(value_text(call.result), "<b>id3nil");
    assert_true(call.result.safe);
    call.data = tags[1].data;
    assert_true(tags[1].call(&call));
    assert_text(value_text(call.result), "TEXT");
    assert_false(call.result.safe);
    hooks_free(hooks);
}

/* --- the shipped hooks ------------------------------------------------- */

static struct hooks *load_shipped(const char *path)
{
    str text;
    struct diags quiet = diags_in(&arena);
    if (!file_read(&arena, str_c(path), &text, &quiet)) skip();
    return load_texts(&text, 1, S("."));
}

static void shipped_tags(void **state)
{
    (void)state;
    struct hooks *hooks = load_shipped("themes/default/hooks/tags.lua");
    struct locale locale = {.language = &korean};
    config.languages = &korean;
    config.language_count = 1;
    struct site site = {.arena = &arena, .config = &config, .sources = &sources, .locales = &locale};
    struct term term = a_term(), *terms[] = {&term};
    struct page page = {.site = &site, .language = S("ko")};
    struct page *pages[] = {&page};
    const struct page *tagged[] = {&page};
    term.pages = tagged;
    term.page_count = 1;
    site.pages = pages;
    site.terms = terms;
    site.page_count = site.term_count = 1;
    struct view *view = view_make(&arena, &site, NULL, NULL);
    struct term_page out;
    assert_true(hooks_tag(hooks, 0, view, &term, &arena, &diags, &out));
    assert_text(out.url, "/tags/aws/");
    assert_text(out.title, "AWS");
    assert_text(out.layout, "term");
    assert_int_equal(out.per_page, 10);
    assert_true(out.feed);
    hooks_free(hooks);
}

static void shipped_thumbnails(void **state)
{
    (void)state;
    static int widths[] = {480, 960, 1600};
    static str formats[] = {STR_INIT("webp")};
    str figure[] = {S("figure")}, cover[] = {S("card"), S("cover"), S("social")};
    config.images.widths = widths;
    config.images.width_count = 3;
    config.images.formats = (struct str_list){formats, 1};
    config.images.quality = 80;
    struct hooks *hooks = load_shipped("themes/default/hooks/thumbnails.lua");
    struct image_info photo = {.kind = IMAGE_JPEG, .width = 4000, .height = 3000, .frames = 1};
    assert_text(thumbnails(hooks, &photo, figure, 1), "figure webp 480x360, figure webp 960x720, figure webp 1600x1200, figure unknown 1600x1200");
    assert_text(thumbnails(hooks, &photo, cover, 3),
                "card webp 720x480, card jpeg 720x480, cover webp 960x720, cover webp 1600x1200, cover unknown 1600x1200, social jpeg 1200x630");
    struct image_info logo = {.kind = IMAGE_PNG, .width = 300, .height = 200, .frames = 1, .alpha = true};
    assert_text(thumbnails(hooks, &logo, figure, 1), "figure webp 300x200, figure unknown 300x200");
    struct image_info moving = {.kind = IMAGE_GIF, .width = 300, .height = 200, .frames = 9};
    assert_text(thumbnails(hooks, &moving, figure, 1), "figure webp 300x200, figure unknown 300x200");
    struct image_info drawing = {.kind = IMAGE_SVG, .width = 300, .height = 200, .frames = 1};
    assert_text(thumbnails(hooks, &drawing, figure, 1), "");
    hooks_free(hooks);
}

/* --- values and the library --------------------------------------------- */

static void values_both_ways(void **state)
{
    (void)state;
    value list = value_list(&arena), map = value_map(&arena);
    for (int i = 0; i < 300; i++) value_push(&arena, &list, value_int(i));
    value_set(&arena, &map, S("list"), list);
    value time = value_time((instant){.seconds = 1701561600, .offset = 540});
    assert_text(evaluate_with("", "return {#x, x[300], type(x)}", list, value_null()), "300, 299, table");
    assert_text(evaluate_with("", "local n = 0 for i, v in pairs(x.list) do n = n + v end for _, v in ipairs(x.list) do n = n + v end return n", map, value_null()), "89700");
    assert_text(evaluate_with("", "return {x.year, x.month, x.day, x.hour, x:format('%H:%M'), tostring(x), x == y, x - y}", time, time),
                "2023, 12, 3, 9, 09:00, 2023-12-03T09:00:00+09:00, true, 0");
    assert_text(evaluate("return {b = 1, a = {1, 2.5, true}, ['가'] = 'x'}"), "a: 1, 2.5, true, b: 1, 가: x");
    assert_fails("", "return '\\xff'", DIAG_LUA, 2, "UTF-8");
    assert_fails("", "local t = {} t.t = t return t", DIAG_LUA, 2, "does a table hold itself");
    struct hooks *hooks = must_load("hugi.filter('f', function(x) x[1] = 2 end)");
    value out;
    assert_false(filter(hooks, 0, list, value_null(), &out));
    assert_reported(&diags, DIAG_LUA, 1, "cannot be set");
    hooks_free(hooks);
}

static void library(void **state)
{
    (void)state;
    assert_text(evaluate("return hugi.slug('AWS re:Invent 후기!')"), "aws-re-invent-후기");
    assert_text(evaluate("return '서버' .. hugi.josa('서버', '은/는')"), "서버는");
    assert_text(evaluate("return hugi.escape('<a>') .. tostring(hugi.html('<b>') .. '<')"), "&lt;a&gt;<b>&lt;");
    assert_text(evaluate("return hugi.json('{\"a\": [1, 2]}').a[2]"), "2");
    assert_text(evaluate("return hugi.yaml('a: [1, 2]').a[2]"), "2");
    assert_text(evaluate("return hugi.environment .. hugi.config.paginate"), "production10");
    assert_fails("", "return hugi.json('{')", DIAG_LUA, 3, "hugi.json");
    assert_text(evaluate_with("local n = 0", "return hugi.once('a', function() return {x = 1} end).x + hugi.once('a', error).x", value_null(), value_null()), "2");
    assert_fails("", "hugi.filter('g', print)", DIAG_LUA, 3, "while scripts are loaded");
}

static void reads_inside_the_site_only(void **state)
{
    (void)state;
    char root[] = "/tmp/hugi-hook-XXXXXX";
    assert_non_null(mkdtemp(root));
    assert_true(file_write(str_format(&arena, "%s/data/a.txt", root), S("hello"), &diags));
    char link[64];
    snprintf(link, sizeof link, "%s/data/out", root);
    assert_int_equal(symlink("/etc", link), 0);
    str text = S("hugi.filter('f', function(x) return hugi.read(x) end)");
    struct hooks *hooks = load_texts(&text, 1, str_c(root));
    value out;
    assert_true(filter(hooks, 0, value_str(S("data/a.txt")), value_null(), &out));
    assert_text(value_text(out), "hello");
    assert_true(filter(hooks, 0, value_str(S("data/b.txt")), value_null(), &out));
    assert_true(value_is_null(out));
    const char *const refused[] = {"../x", "/etc/passwd", "data/out/passwd", "data/../../x", "", "data"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(filter(hooks, 0, value_str(str_c(refused[i])), value_null(), &out));
    hooks_free(hooks);
    file_remove_tree(str_c(root));
}

/* --- the same everywhere ------------------------------------------------ */

static void is_deterministic(void **state)
{
    (void)state;
    assert_text(evaluate("local r = {} for k in pairs{b = 1, a = 1, [3] = 1, [1.5] = 1, [true] = 1, [-1] = 1} do r[#r + 1] = tostring(k) end return r"),
                "-1, 1.5, 3, a, b, true");
    assert_text(evaluate("return {next{z = 1, y = 2}, next({z = 1, y = 2}, 'y'), next({})}"), "y, z");
    assert_text(evaluate("return tostring({}) .. tostring(print) .. string.format('%s', coroutine.create(print))"), "tablefunctionthread");
    assert_text(evaluate("local t = {'b', 'a', 'c'} table.sort(t, function() return true end) table.sort(t) return t"), "a, b, c");
    assert_fails("", "for k in pairs{[{}] = 1} do end", DIAG_LUA, 3, "no fixed order");
    struct hooks *hooks = must_load("hugi.filter('f', function() hugi.once('r', math.random) return math.random(1000000) end)");
    value first, later, other;
    assert_true(filter(hooks, 0, value_null(), value_null(), &first));
    assert_true(filter(hooks, 0, value_null(), value_null(), &later));
    assert_true(filter(hooks, 1, value_null(), value_null(), &other));
    assert_int_equal(first.as.integer, later.as.integer);
    assert_int_equal(first.as.integer, other.as.integer);
    hooks_free(hooks);
}

static void is_frozen(void **state)
{
    (void)state;
    assert_fails("", "counter = 1", DIAG_LUA, 3, "read-only");
    assert_fails("t = {n = 1}", "t.n = 2", DIAG_LUA, 3, "'n' cannot be set");
    assert_fails("local t = {{n = 1}}", "rawset(t[1], 'n', 2)", DIAG_LUA, 3, "read-only");
    assert_fails("local t = {1}", "table.insert(t, 2)", DIAG_LUA, 3, "read-only");
    assert_fails("local t = {1}", "setmetatable(t, {})", DIAG_LUA, 3, "cannot be changed");
    assert_fails("local n = 0", "n = n + 1", DIAG_LUA, 3, "the local 'n'");
    assert_fails("local co = coroutine.wrap(function() end)", "co()", DIAG_LUA, 3, "earlier call");
    assert_fails("local words = ('a b'):gmatch('%a')", "return words()", DIAG_LUA, 3, "earlier call");
    assert_fails("", "hugi.once('t', function() return {} end).x = 1", DIAG_LUA, 3, "read-only");
    assert_fails("", "string.rep = nil", DIAG_LUA, 3, "read-only");
    const char *head =
        "local Point = {} Point.__index = Point\n"
        "function Point.new(n) return setmetatable({n = n}, Point) end\n"
        "function Point:double() return self.n * 2 end\n"
        "local origin, list = Point.new(4), {3, 1, 2, k = 'v'}";
    assert_text(evaluate_with(head, "local p = Point.new(5) p.n = 6 return p:double() .. origin:double() .. tostring(getmetatable(p) == Point)",
                              value_null(), value_null()), "128true");
    assert_text(evaluate_with(head, "local r = {#list, table.unpack(list)} for k, v in pairs(list) do r[#r + 1] = v end return table.concat(r, ' ') .. rawlen(list) .. rawget(list, 'k') .. select(2, next(list))",
                              value_null(), value_null()), "3 3 1 2 3 1 2 v3v3");
}

/* --- limits ----------------------------------------------------------- */

static void limits_hold(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "while true do end",
        "pcall(function() while true do end end)",
        "while true do pcall(function() while true do end end) end",
        "xpcall(function() while true do end end, function() while true do end end)",
        "xpcall(error, function() while true do end end)",
        "coroutine.resume(coroutine.create(function() while true do end end))",
        "while true do coroutine.wrap(function() end)() end",
        "pcall(string.rep, 'x', 1e10)",
        "pcall(function() local t = {} for i = 1, 1e9 do t[i] = {} end end)",
        "local s = 'x' while true do s = s .. s end",
        "return ('a'):rep(30):find(('a?'):rep(30) .. ('a'):rep(30))",
        "return ('a'):rep(10000):find('.-.-.-b')",
        "return ('a'):rep(10000):gsub('', function() while true do end end)",
        "table.move({}, 1, 1 << 60, 2)",
        "table.insert(setmetatable({}, {__len = function() return 1 << 50 end}), 1, 1)",
        "table.concat(setmetatable({}, {__index = function() return '' end}), '', 1, 1 << 60)",
        "local t = setmetatable({}, {__index = function(t, k) while true do end end}) return t.x",
        "local mt = {} local t = setmetatable({}, mt) mt.__close = function() while true do end end pcall(function() local x <close> = t error('x') end)",
        "local s = ('0'):rep(1000000) while true do local n = s + 0 end",
        "while true do hugi.slug(('가'):rep(1000)) end",
        "while true do hugi.once(tostring(math.random()), function() end) end",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_fails("", bodies[i], DIAG_LUA_LIMIT, 3, "hook may");
    assert_fails("", "local t = {} for i = 1, 50 do t = {t, t} end return t", DIAG_LUA_LIMIT, 2, "hook may");
    assert_text(evaluate("return ('').rep('', 1 << 60) .. 'x'"), "x");
    assert_fails("", "local t = setmetatable({}, {__index = function(t, k) return t[k] end}) return t.x", DIAG_LUA, 3, "stack overflow");
    assert_fails("", "setmetatable({}, {__gc = print})", DIAG_LUA, 3, "__gc is not available");
    assert_fails("", "error(setmetatable({}, {__tostring = function() while true do end end}))", DIAG_LUA, 3, "__tostring fails");
    assert_fails("", "coroutine.yield()", DIAG_LUA, 3, "yield");
}

static int clean_up(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_hooks), cmocka_unit_test(reports_while_loading), cmocka_unit_test(warns_of_misspelt_hooks),
        cmocka_unit_test(page_read_changes_front_matter), cmocka_unit_test(page_html_output_done),
        cmocka_unit_test(site_collected_adds_pages), cmocka_unit_test(tag_results), cmocka_unit_test(thumbnail_results),
        cmocka_unit_test(shortcodes), cmocka_unit_test(shipped_tags), cmocka_unit_test(shipped_thumbnails),
        cmocka_unit_test(values_both_ways), cmocka_unit_test(library), cmocka_unit_test(reads_inside_the_site_only),
        cmocka_unit_test(is_deterministic), cmocka_unit_test(is_frozen), cmocka_unit_test(limits_hold),
    };
    return cmocka_run_group_tests_name("hook", tests, NULL, clean_up);
}
