/* urls_rebase.c - the one place that adds the base to URLs.
 *
 * Inside hugi every URL is site-relative ("/posts/a/").  Here a finished
 * document is read once, tag by tag; in the attributes of the table a value
 * that begins with one '/' gets the base in front.  Script and comments are
 * passed over.  What lies between two such places is copied in one piece. */
#include "publish/publish.h"

struct rebase {
    str text, base;
    struct buf out;
    ptrdiff_t copied;           /* how much of `text` is in `out` */
};

static struct rebase rebase_begin(str text, str base, struct arena *arena)
{
    return (struct rebase){.text = text, .base = base, .out = buf_in(arena)};
}

static void add_base(struct rebase *rebase, ptrdiff_t at)
{
    if (rebase->copied == 0) buf_reserve(&rebase->out, rebase->text.len + rebase->text.len / 16 + 256);
    buf_add(&rebase->out, str_slice(rebase->text, rebase->copied, at));
    buf_add(&rebase->out, rebase->base);
    rebase->copied = at;
}

static str rebase_end(struct rebase *rebase)
{
    if (rebase->copied == 0 && rebase->out.len == 0) return rebase->text;
    buf_add(&rebase->out, str_from(rebase->text, rebase->copied));
    return buf_finish(&rebase->out);
}

/* The URL that ends at `to`: is it one of this site's? */
static void look_at_url(struct rebase *rebase, ptrdiff_t at, ptrdiff_t to)
{
    const char *p = rebase->text.p;
    if (at < to && p[at] == '/' && !(at + 1 < to && p[at + 1] == '/')) add_base(rebase, at);
}

/* "/a.webp 480w, /b.webp 960w": after every comma a URL begins. */
static void look_at_set(struct rebase *rebase, ptrdiff_t at, ptrdiff_t to)
{
    const char *p = rebase->text.p;
    while (at < to) {
        while (at < to && char_is_space(p[at])) at++;
        look_at_url(rebase, at, to);
        while (at < to && p[at] != ',') at++;
        at++;
    }
}

/* "0; url=/x/", as in <meta http-equiv="refresh" content="...">. */
static void look_at_refresh(struct rebase *rebase, ptrdiff_t at, ptrdiff_t to)
{
    str text = str_slice(rebase->text, at, to);
    ptrdiff_t url = text.len && char_is_digit(text.p[0]) ? str_find(text, S("url=/")) : -1;
    if (url >= 0) look_at_url(rebase, at + url + 4, to);
}

static void look_at_css(struct rebase *rebase, ptrdiff_t at, ptrdiff_t to)
{
    const char *p = rebase->text.p;
    for (ptrdiff_t url; (url = str_find(str_slice(rebase->text, at, to), S("url("))) >= 0;) {
        at += url + 4;
        while (at < to && (p[at] == '"' || p[at] == '\'' || p[at] == ' ')) at++;
        look_at_url(rebase, at, to);
    }
}

static const struct attribute_kind {
    str name;
    void (*look)(struct rebase *rebase, ptrdiff_t at, ptrdiff_t to);
} attributes[] = {
    {STR_INIT("href"), look_at_url}, {STR_INIT("src"), look_at_url}, {STR_INIT("srcset"), look_at_set},
    {STR_INIT("poster"), look_at_url}, {STR_INIT("action"), look_at_url}, {STR_INIT("formaction"), look_at_url},
    {STR_INIT("data"), look_at_url}, {STR_INIT("imagesrcset"), look_at_set}, {STR_INIT("cite"), look_at_url},
    {STR_INIT("data-src"), look_at_url}, {STR_INIT("data-href"), look_at_url}, {STR_INIT("xlink:href"), look_at_url},
    {STR_INIT("ping"), look_at_url}, {STR_INIT("background"), look_at_url}, {STR_INIT("style"), look_at_css},
    {STR_INIT("content"), look_at_refresh},
};

static void look_at_value(struct rebase *rebase, str name, ptrdiff_t at, ptrdiff_t to)
{
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        if (attributes[i].name.len != name.len || !str_equal_ascii_case(name, attributes[i].name)) continue;
        attributes[i].look(rebase, at, to);
        return;
    }
}

static bool ends_name(char c) { return char_is_space(c) || c == '=' || c == '>' || c == '/'; }

/* The attributes of one tag, from behind its name; the offset behind '>'. */
static ptrdiff_t look_at_attributes(struct rebase *rebase, ptrdiff_t at)
{
    str html = rebase->text;
    while (at < html.len && html.p[at] != '>') {
        while (at < html.len && (char_is_space(html.p[at]) || html.p[at] == '/')) at++;
        ptrdiff_t name_at = at;
        while (at < html.len && !ends_name(html.p[at])) at++;
        str name = str_slice(html, name_at, at);
        if (at < html.len && html.p[at] == '=' && at + 1 < html.len && (html.p[at + 1] == '"' || html.p[at + 1] == '\'')) {
            ptrdiff_t end = str_find_char(str_from(html, at + 2), html.p[at + 1]);
            if (end < 0) break;
            look_at_value(rebase, name, at + 2, at + 2 + end);
            at += end + 3;
        } else if (name.len == 0 && at < html.len && html.p[at] != '>') {
            at++;
        }
    }
    return at < html.len ? at + 1 : at;
}

static ptrdiff_t find_from(str html, ptrdiff_t at, str what)
{
    ptrdiff_t found = str_find(str_from(html, at), what);
    return found < 0 ? html.len : at + found;
}

/* What begins at the '<' of `at`; the offset behind it. */
static ptrdiff_t look_at_tag(struct rebase *rebase, ptrdiff_t at)
{
    str html = rebase->text, rest = str_from(html, at);
    if (str_starts(rest, S("<!--"))) return find_from(html, at, S("-->"));
    if (str_starts(rest, S("<style"))) {
        ptrdiff_t end = find_from(html, at, S("</style"));
        look_at_css(rebase, at, end);
        return end;
    }
    ptrdiff_t name_end = at + 1;
    while (name_end < html.len && !char_is_space(html.p[name_end]) && html.p[name_end] != '>') name_end++;
    str name = str_slice(html, at + 1, name_end);
    if (name.len == 0 || !char_is_alpha(name.p[0])) return name_end;
    at = look_at_attributes(rebase, name_end);
    return str_equal_ascii_case(name, S("script")) ? find_from(html, at, S("</script")) : at;
}

str urls_rebase(str html, str base, struct arena *arena)
{
    if (base.len == 0) return html;
    struct rebase rebase = rebase_begin(html, base, arena);
    for (ptrdiff_t at = 0; (at = find_from(html, at, S("<"))) < html.len;) at = look_at_tag(&rebase, at);
    return rebase_end(&rebase);
}

str css_rebase(str css, str base, struct arena *arena)
{
    if (base.len == 0) return css;
    struct rebase rebase = rebase_begin(css, base, arena);
    look_at_css(&rebase, 0, css.len);
    return rebase_end(&rebase);
}
