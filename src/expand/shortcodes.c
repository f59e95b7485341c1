/* shortcodes.c - one table of shortcodes, and other people's ways to write them.
 *
 * A shortcode gives Markdown, so that a picture in it gets its sizes and its
 * caption and a link is checked; in an HTML page, and for what Markdown cannot
 * say, it gives HTML.
 *
 * In this order: what a call is given, what it gives, the table, the writing. */
#include "expand/shortcodes.h"

#include "base/escape.h"
#include "hook/render_user.h"
#include "model/page.h"
#include "model/site.h"

/* --- what a call is given ------------------------------------------------------ */

static const struct page *page_of(const struct liquid_call *call)
{
    const struct render_user *user = call->user;
    return user->hook.page;
}

static bool in_markdown(const struct liquid_call *call)
{
    return !page_of(call) || page_of(call)->format == FORMAT_MARKDOWN;
}

/* Quotes go, and the backslashes of quotes inside them. */
static str unquote(const struct liquid_call *call, value argument)
{
    str text = str_trim(value_print(argument, call->arena));
    char quote = text.len > 1 ? text.p[0] : '\0';
    if ((quote != '"' && quote != '\'') || text.p[text.len - 1] != quote) return text;
    text = str_slice(text, 1, text.len - 1);
    return str_replace(call->arena, text, quote == '"' ? S("\\\"") : S("\\'"), str_of(&quote, 1));
}

static str named(const struct liquid_call *call, str name)
{
    return unquote(call, value_get(call->named, name, call->arena));
}

/* The argument of that name, else the one at `place`. */
static str argument(const struct liquid_call *call, str name, ptrdiff_t place)
{
    str text = named(call, name);
    if (text.len > 0 || place >= call->argument_count) return text;
    return unquote(call, call->arguments[place]);
}

static str in_language(const struct liquid_call *call, str korean, str english)
{
    const struct render_user *user = call->user;
    return str_starts(user->language, S("en")) ? english : korean;
}

static bool wants(struct liquid_call *call, const char *what)
{
    diag_report(call->diags, DIAG_LIQUID_ARGUMENT, call->at, "'%" STR_F "' wants %s", STR_A(call->name), what);
    return false;
}

/* Names of videos and gists: nothing that could leave the address they stand in. */
static bool is_id(str id)
{
    for (ptrdiff_t i = 0; i < id.len; i++)
        if (!char_is_alpha(id.p[i]) && !char_is_digit(id.p[i]) && !strchr("-_/", id.p[i])) return false;
    return id.len > 0;
}

/* --- what it gives ------------------------------------------------------------------ */

/* Punctuation as entities: nothing in it is Markdown. */
static str plain_markdown(struct arena *arena, str text)
{
    struct buf out = buf_in(arena);
    for (ptrdiff_t i = 0; i < text.len; i++) {
        char c = text.p[i] == '\n' ? ' ' : text.p[i];
        bool plain = (unsigned char)c >= 0x80 || c == ' ' || char_is_alpha(c) || char_is_digit(c);
        if (plain) buf_char(&out, c);
        else buf_printf(&out, "&#%d;", c);
    }
    return buf_str(&out);
}

/* A link of a class of its own, on which a theme may build a player. */
static bool give_link(struct liquid_call *call, str url, str text, str class)
{
    if (in_markdown(call)) {
        str shown = plain_markdown(call->arena, text);
        call->result = value_str(str_format(call->arena, "[%" STR_F "](<%" STR_F ">){: .%" STR_F "}", STR_A(shown),
                                            STR_A(url), STR_A(class)));
        return true;
    }
    struct buf out = buf_in(call->arena);
    buf_printf(&out, "<a class=\"%" STR_F "\" href=\"", STR_A(class));
    buf_html(&out, url);
    buf_add(&out, S("\" rel=\"noopener\">"));
    buf_html(&out, text);
    buf_add(&out, S("</a>"));
    call->result = value_html(buf_str(&out));
    return true;
}

/* The id in an address of the video, or the text itself. */
static str video_id(str text)
{
    static const str marks[] = {STR_INIT("v="), STR_INIT("youtu.be/"), STR_INIT("/embed/"), STR_INIT("/shorts/"),
                                STR_INIT("vimeo.com/")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        ptrdiff_t at = str_find(text, marks[i]);
        if (at < 0) continue;
        str id = str_from(text, at + marks[i].len);
        ptrdiff_t end = 0;
        while (end < id.len && !strchr("?&#/", id.p[end])) end++;
        return str_slice(id, 0, end);
    }
    return text;
}

static bool give_video_link(struct liquid_call *call, str site, str address, str class)
{
    str id = video_id(argument(call, S("id"), 0)), title = named(call, S("title"));
    if (!is_id(id)) return wants(call, "the id of a video");
    str text = str_format(call->arena, "%" STR_F "%s%" STR_F " (%" STR_F ")",
                          STR_A(in_language(call, S("동영상 보기"), S("Watch the video"))), title.len ? ": " : "",
                          STR_A(title), STR_A(site));
    return give_link(call, str_concat(call->arena, address, id), text, class);
}

static bool shortcode_youtube(struct liquid_call *call)
{
    return give_video_link(call, S("YouTube"), S("https://www.youtube.com/watch?v="), S("video-youtube"));
}

static bool shortcode_vimeo(struct liquid_call *call)
{
    return give_video_link(call, S("Vimeo"), S("https://vimeo.com/"), S("video-vimeo"));
}

static void add_attribute(struct buf *out, const char *name, str text)
{
    if (text.len == 0) return;
    buf_printf(out, " %s=\"", name);
    buf_html(out, text);
    buf_char(out, '"');
}

/* A file of the site; with provider="youtube" (Minimal Mistakes) a video of theirs. */
static bool shortcode_video(struct liquid_call *call)
{
    str provider = named(call, S("provider")), source = argument(call, S("src"), 0);
    if (str_equal(provider, S("youtube"))) return shortcode_youtube(call);
    if (str_equal(provider, S("vimeo"))) return shortcode_vimeo(call);
    if (source.len == 0) return wants(call, "the address of a video");
    struct buf out = buf_in(call->arena);
    buf_add(&out, S("<video controls preload=\"metadata\""));
    add_attribute(&out, "src", source);
    add_attribute(&out, "poster", named(call, S("poster")));
    add_attribute(&out, "title", named(call, S("title")));
    buf_add(&out, S("></video>"));
    bool escaped = page_of(call) && page_of(call)->site->config->markdown.html == HTML_ESCAPE;
    call->result = escaped ? value_html(buf_str(&out)) : value_str(buf_str(&out));
    return true;
}

static bool shortcode_gist(struct liquid_call *call)
{
    str first = argument(call, S("id"), 0), second = argument(call, S("file"), 1);
    bool two = call->argument_count > 1 && str_find_char(first, '/') < 0 && is_id(second);
    str id = two ? str_concat3(call->arena, first, S("/"), second) : first;
    if (!is_id(id)) return wants(call, "the id of a gist");
    return give_link(call, str_concat(call->arena, S("https://gist.github.com/"), id),
                     str_concat(call->arena, S("GitHub Gist: "), id), S("gist"));
}

/* "640", "640px": the number. */
static str pixels(str text)
{
    ptrdiff_t end = 0;
    while (end < text.len && char_is_digit(text.p[end])) end++;
    bool whole = end == text.len || str_equal(str_from(text, end), S("px"));
    return whole ? str_slice(text, 0, end) : (str){0};
}

static void add_size(struct liquid_call *call, struct buf *out)
{
    str width = pixels(named(call, S("width"))), height = pixels(named(call, S("height")));
    if (width.len == 0 && height.len == 0) return;
    buf_add(out, S("{:"));
    add_attribute(out, "width", width);
    add_attribute(out, "height", height);
    buf_char(out, '}');
}

static str figure_source(const struct liquid_call *call)
{
    static const str names[] = {STR_INIT("src"), STR_INIT("image_path"), STR_INIT("path"), STR_INIT("url")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (named(call, names[i]).len > 0) return named(call, names[i]);
    return argument(call, S("image"), 0);
}

/* ![alt](<src> "caption"): a picture alone in its paragraph becomes a figure. */
static bool shortcode_figure(struct liquid_call *call)
{
    str source = figure_source(call), caption = named(call, S("caption")), link = named(call, S("link"));
    if (caption.len == 0) caption = named(call, S("title"));
    if (source.len == 0) return wants(call, "src, the address of a picture");
    if (str_find_char(source, '>') >= 0 || str_find_char(link, '>') >= 0) return wants(call, "an address without '>'");
    struct buf out = buf_in(call->arena);
    if (!in_markdown(call)) {
        buf_add(&out, S("<figure><img"));
        add_attribute(&out, "src", source);
        add_attribute(&out, "alt", named(call, S("alt")));
        buf_add(&out, S("><figcaption>"));
        buf_html(&out, caption);
        buf_add(&out, S("</figcaption></figure>"));
        call->result = value_str(buf_str(&out));
        return true;
    }
    if (link.len > 0) buf_char(&out, '[');
    buf_printf(&out, "![%" STR_F "](<%" STR_F ">", STR_A(plain_markdown(call->arena, named(call, S("alt")))), STR_A(source));
    if (caption.len > 0) buf_printf(&out, " \"%" STR_F "\"", STR_A(plain_markdown(call->arena, caption)));
    buf_char(&out, ')');
    add_size(call, &out);
    if (link.len > 0) buf_printf(&out, "](<%" STR_F ">)", STR_A(link));
    call->result = value_str(buf_str(&out));
    return true;
}

/* "posts/a", "a.md" or "a" for content/posts/a.md and content/posts/a/index.md. */
static bool is_page(const struct page *page, str path)
{
    str below = page->below;
    if (str_ends(path, S("/"))) path.len--;
    bool file = str_ends(path, S(".md"));
    if (!file && str_ends(below, S(".md"))) below.len -= 3;
    if (!file && str_ends(below, S("/index"))) below.len -= 6;
    while (str_starts(path, S("/"))) path = str_from(path, 1);
    bool ends = path.len > 0 && str_ends(below, path);
    return ends && (below.len == path.len || below.p[below.len - path.len - 1] == '/');
}

/* {{< ref "other.md" >}}: the page's address, or the path for the link it stands in to tell of. */
static bool shortcode_ref(struct liquid_call *call)
{
    str path = argument(call, S("path"), 0);
    ptrdiff_t hash = str_find_char(path, '#');
    str name = hash < 0 ? path : str_slice(path, 0, hash), anchor = hash < 0 ? (str){0} : str_from(path, hash);
    if (path.len == 0) return wants(call, "the path of a page");
    call->result = value_str(path);
    const struct site *site = page_of(call) ? page_of(call)->site : NULL;
    for (ptrdiff_t i = 0; site && i < site->page_count; i++) {
        if (!is_page(site->pages[i], name)) continue;
        call->result = value_str(str_concat(call->arena, site->pages[i]->url, anchor));
        break;
    }
    return true;
}

/* --- the table ------------------------------------------------------------------------- */

static const struct liquid_extension shortcodes[] = {
    {STR_INIT("figure"), shortcode_figure, NULL, false},
    {STR_INIT("gist"), shortcode_gist, NULL, false},
    {STR_INIT("ref"), shortcode_ref, NULL, false},
    {STR_INIT("relref"), shortcode_ref, NULL, false},
    {STR_INIT("video"), shortcode_video, NULL, false},
    {STR_INIT("vimeo"), shortcode_vimeo, NULL, false},
    {STR_INIT("youtube"), shortcode_youtube, NULL, false},
};

ptrdiff_t shortcodes_table(const struct liquid_extension **out)
{
    *out = shortcodes;
    return sizeof shortcodes / sizeof *shortcodes;
}

/* --- Hugo's and included ones as tags ---------------------------------------------------- */

static bool is_tag(const struct liquid_env *env, str name)
{
    for (ptrdiff_t i = 0; i < env->tag_count; i++)
        if (str_equal(env->tags[i].name, name)) return true;
    return str_equal(name, S("highlight"));
}

static str first_word(str text)
{
    ptrdiff_t end = 0;
    while (end < text.len && !char_is_space(text.p[end])) end++;
    return str_slice(text, 0, end);
}

/* Writes `tag` over the `len` bytes at `to`, blanks behind it. */
static void write_over(char *to, ptrdiff_t len, str tag, str rest)
{
    memset(to, ' ', (size_t)len);
    memcpy(to, "{%", 2);
    memcpy(to + 3, tag.p, (size_t)tag.len);
    if (rest.len > 0) memcpy(to + 3 + tag.len, rest.p, (size_t)rest.len);
    memcpy(to + len - 2, "%}", 2);
}

/* ` go "linenos=table,hl_lines=8 15-17"`: braces for the quotes, as behind a fence. */
static str braced_options(str rest, struct arena *arena)
{
    ptrdiff_t open = str_find_char(rest, '"'), close = str_find_last(rest, '"');
    if (open < 1 || close == open || !char_is_space(rest.p[open - 1]) || str_trim(str_from(rest, close + 1)).len) return rest;
    char *copy = arena_copy(arena, rest.p, (size_t)rest.len);
    copy[open] = '{';
    copy[close] = '}';
    return str_of(copy, rest.len);
}

/* {{< name ... >}} of `len` bytes at `from`. */
static void write_hugo(const struct liquid_env *env, str from, char *to, struct arena *arena)
{
    str inside = str_trim(str_slice(from, 3, from.len - 3));
    bool closing = str_starts(inside, S("/"));
    str name = first_word(closing ? str_trim(str_from(inside, 1)) : inside);
    if (str_ends(name, S("/"))) name.len--;
    if (name.len == 0 || !is_tag(env, name)) return;
    if (closing) {
        str tag = str_concat(arena, S("end"), name);
        if (tag.len + 5 <= from.len) write_over(to, from.len, tag, (str){0});
        return;
    }
    str rest = str_from(inside, name.len);
    if (str_ends(rest, S("/"))) rest.len--;
    if (str_equal(name, S("highlight"))) rest = braced_options(rest, arena);
    write_over(to, from.len, name, rest);
}

/* {% include DIR/NAME.html ... %} where the theme has no such partial. */
static void write_include(const struct liquid_env *env, str from, char *to)
{
    str inside = str_trim(str_slice(from, 2, from.len - 2));
    if (!str_equal(first_word(inside), S("include"))) return;
    str rest = str_trim_left(str_from(inside, 7)), path = first_word(rest), name = path;
    name = str_from(name, str_find_last(name, '/') + 1);
    if (str_ends(name, S(".html"))) name.len -= 5;
    if (!is_tag(env, name) || (env->partial && env->partial(env, path))) return;
    write_over(to, from.len, name, str_from(rest, path.len));
}

str shortcodes_as_tags(const struct liquid_env *env, str text, const struct liquid_range *verbatim,
                       ptrdiff_t verbatim_count, struct arena *arena)
{
    if (!str_contains(text, S("{{<")) && !str_contains(text, S("include"))) return text;
    char *copy = arena_copy(arena, text.p, (size_t)text.len);
    ptrdiff_t skip = 0;
    for (ptrdiff_t at = 0, open; (open = str_find_char(str_from(text, at), '{')) >= 0; at++) {
        at += open;
        while (skip < verbatim_count && verbatim[skip].end <= at) skip++;
        if (skip < verbatim_count && verbatim[skip].start <= at) continue;
        str rest = str_from(text, at);
        bool hugo = str_starts(rest, S("{{<")), include = str_starts(rest, S("{%"));
        ptrdiff_t line = str_find_char(rest, '\n');
        str on_line = line < 0 ? rest : str_slice(rest, 0, line);
        ptrdiff_t end = hugo || include ? str_find(on_line, hugo ? S(">}}") : S("%}")) : -1;
        if (end < 0) continue;
        if (hugo) write_hugo(env, str_slice(rest, 0, end + 3), copy + at, arena);
        else write_include(env, str_slice(rest, 0, end + 2), copy + at);
    }
    return str_of(copy, text.len);
}
