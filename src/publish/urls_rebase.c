/* urls_rebase.c - the one place that adds the base to URLs.
 *
 * Inside hugi every URL is site-relative ("/posts/a/").  Here a finished
 * document is read once, tag by tag; in the attributes of the table a value
 * that begins with one '/' gets the base in front.  Script, style and comments
 * are passed over. */
#include "publish/publish.h"

static const struct { str name; bool is_set; } url_attributes[] = {
    {STR_INIT("href"), false}, {STR_INIT("src"), false}, {STR_INIT("srcset"), true}, {STR_INIT("poster"), false},
    {STR_INIT("action"), false}, {STR_INIT("formaction"), false}, {STR_INIT("data"), false},
    {STR_INIT("imagesrcset"), true}, {STR_INIT("cite"), false}, {STR_INIT("data-src"), false},
    {STR_INIT("data-href"), false}, {STR_INIT("xlink:href"), false}, {STR_INIT("ping"), false}, {STR_INIT("background"), false},
};

static bool is_own(str url) { return url.len > 0 && url.p[0] == '/' && !(url.len > 1 && url.p[1] == '/'); }

static void add_url(struct buf *out, str url, str base)
{
    if (is_own(url)) buf_add(out, base);
    buf_add(out, url);
}

/* "/a.webp 480w, /b.webp 960w": after every comma a URL begins. */
static void add_set(struct buf *out, str set, str base)
{
    str part;
    bool first = true;
    for (str rest = set; str_split(&rest, ',', &part); first = false) {
        if (!first) buf_char(out, ',');
        str url = str_trim_left(part);
        buf_repeat(out, ' ', part.len - url.len);
        add_url(out, url, base);
    }
}

/* <meta http-equiv="refresh" content="0; url=/x/"> */
static bool add_refresh(struct buf *out, str text, str base)
{
    ptrdiff_t at = str_find(text, S("url=/"));
    if (at < 0 || text.len == 0 || !char_is_digit(text.p[0])) return false;
    buf_add(out, str_slice(text, 0, at + 4));
    add_url(out, str_from(text, at + 4), base);
    return true;
}

static void add_value(struct buf *out, str name, str text, str base)
{
    if (str_equal_ascii_case(name, S("style"))) {
        buf_add(out, css_rebase(text, base, out->arena));
        return;
    }
    if (str_equal_ascii_case(name, S("content")) && add_refresh(out, text, base)) return;
    for (size_t i = 0; i < sizeof url_attributes / sizeof *url_attributes; i++) {
        if (!str_equal_ascii_case(name, url_attributes[i].name)) continue;
        if (url_attributes[i].is_set)
            add_set(out, text, base);
        else
            add_url(out, text, base);
        return;
    }
    buf_add(out, text);
}

static bool ends_name(char c) { return char_is_space(c) || c == '=' || c == '>' || c == '/'; }

/* The attributes of one tag, from behind its name; returns the offset behind '>'. */
static ptrdiff_t copy_attributes(struct buf *out, str html, ptrdiff_t at, str base)
{
    while (at < html.len && html.p[at] != '>') {
        ptrdiff_t from = at;
        while (at < html.len && (char_is_space(html.p[at]) || html.p[at] == '/')) at++;
        buf_add(out, str_slice(html, from, at));
        ptrdiff_t name_at = at;
        while (at < html.len && !ends_name(html.p[at])) at++;
        str name = str_slice(html, name_at, at);
        buf_add(out, name);
        if (at < html.len && html.p[at] == '=' && at + 1 < html.len && (html.p[at + 1] == '"' || html.p[at + 1] == '\'')) {
            char quote = html.p[at + 1];
            ptrdiff_t end = str_find_char(str_from(html, at + 2), quote);
            if (end < 0) break;
            buf_add(out, str_slice(html, at, at + 2));
            add_value(out, name, str_slice(html, at + 2, at + 2 + end), base);
            buf_char(out, quote);
            at += end + 3;
        } else if (name.len == 0 && at < html.len && html.p[at] != '>') {
            buf_char(out, html.p[at++]);
        }
    }
    if (at < html.len) buf_char(out, html.p[at++]);
    return at;
}

/* What begins at '<' and is no tag with attributes of ours: passed over whole. */
static ptrdiff_t skip_raw(str html, ptrdiff_t at)
{
    static const struct { str open, close; } raw[] = {
        {STR_INIT("<!--"), STR_INIT("-->")},
        {STR_INIT("<style"), STR_INIT("</style")},
    };
    for (size_t i = 0; i < sizeof raw / sizeof *raw; i++) {
        if (!str_starts(str_from(html, at), raw[i].open)) continue;
        ptrdiff_t end = str_find(str_from(html, at), raw[i].close);
        return end < 0 ? html.len : at + end + raw[i].close.len;
    }
    return at;
}

str urls_rebase(str html, str base, struct arena *arena)
{
    if (base.len == 0) return html;
    struct buf out = buf_in(arena);
    buf_reserve(&out, html.len + html.len / 16 + 256);
    ptrdiff_t at = 0;
    while (at < html.len) {
        ptrdiff_t open = str_find_char(str_from(html, at), '<');
        if (open < 0) break;
        buf_add(&out, str_slice(html, at, at + open));
        at += open;
        ptrdiff_t behind = skip_raw(html, at);
        if (behind > at) {
            bool style = html.p[at + 1] == 's';
            str raw = str_slice(html, at, behind);
            buf_add(&out, style ? css_rebase(raw, base, arena) : raw);
            at = behind;
            continue;
        }
        ptrdiff_t name_end = at + 1;
        while (name_end < html.len && !char_is_space(html.p[name_end]) && html.p[name_end] != '>') name_end++;
        str name = str_slice(html, at + 1, name_end);
        buf_add(&out, str_slice(html, at, name_end));
        bool is_tag = name.len > 0 && char_is_alpha(name.p[0]);
        at = is_tag ? copy_attributes(&out, html, name_end, base) : name_end;
        if (is_tag && str_equal_ascii_case(name, S("script"))) {
            ptrdiff_t end = str_find(str_from(html, at), S("</script"));
            ptrdiff_t stop = end < 0 ? html.len : at + end;
            buf_add(&out, str_slice(html, at, stop));
            at = stop;
        }
    }
    buf_add(&out, str_from(html, at));
    return buf_str(&out);
}

str css_rebase(str css, str base, struct arena *arena)
{
    if (base.len == 0) return css;
    struct buf out = buf_in(arena);
    for (ptrdiff_t at; (at = str_find(css, S("url("))) >= 0;) {
        at += 4;
        while (at < css.len && (css.p[at] == '"' || css.p[at] == '\'' || css.p[at] == ' ')) at++;
        buf_add(&out, str_slice(css, 0, at));
        css = str_from(css, at);
        if (is_own(css)) buf_add(&out, base);
    }
    buf_add(&out, css);
    return buf_str(&out);
}
