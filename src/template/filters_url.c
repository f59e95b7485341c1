/* filters_url.c - addresses: relative_url, absolute_url and the escapes.
 *
 * hugi has one base URL.  In Jekyll's mode the two halves come from
 * `site.url` and `site.baseurl`, and the result is normalised as Jekyll's
 * Addressable does it: percent-encoded, dot segments gone, the host in
 * Punycode. */
#include "filters_url.h"

#include "base/escape.h"
#include "base/utf8.h"
#include "coerce.h"
#include "punycode.h"
#include "renderer.h"

/* --- escapes --- */

static bool url_is_unreserved(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '.' || c == '-' || c == '~';
}

static void url_percent(struct buf *out, char c)
{
    static const char hex[] = "0123456789ABCDEF";
    buf_char(out, '%');
    buf_char(out, hex[(unsigned char)c >> 4]);
    buf_char(out, hex[(unsigned char)c & 15]);
}

/* As CGI.escape: a blank is '+'. */
static bool url_encode(struct filter_call *call)
{
    struct buf out = buf_in(call->arena);
    str text = filter_text(call);
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (text.p[i] == ' ') buf_char(&out, '+');
        else if (url_is_unreserved(text.p[i])) buf_char(&out, text.p[i]);
        else url_percent(&out, text.p[i]);
    }
    return filter_fits(call, out.len) && filter_give_str(call, buf_str(&out));
}

bool filter_url_encode(struct filter_call *call) { return url_encode(call); }
bool filter_cgi_escape(struct filter_call *call) { return url_encode(call); }

bool filter_url_decode(struct filter_call *call)
{
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    str text = url_decode(call->arena, str_replace(call->arena, filter_text(call), S("+"), S(" ")));
    if (utf8_invalid(text) >= 0) return filter_error(call, "the decoded bytes are not UTF-8 text");
    return filter_give_str(call, text);
}

/* As Addressable's normalize_component: what may stand in a URL stays. */
static void url_escape(struct buf *out, str text, const char *stays)
{
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (url_is_unreserved(text.p[i]) || (text.p[i] && strchr(stays, text.p[i]))) buf_char(out, text.p[i]);
        else url_percent(out, text.p[i]);
    }
}

bool filter_uri_escape(struct filter_call *call)
{
    struct buf out = buf_in(call->arena);
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    url_escape(&out, filter_text(call), "%:/?#[]@!$&'()*+,;=");
    return filter_fits(call, out.len) && filter_give_str(call, buf_str(&out));
}

bool filter_strip_index(struct filter_call *call)
{
    str text = filter_text(call);
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    if (str_ends(text, S("/index.html"))) text.len -= 10;
    else if (str_ends(text, S("/index.htm"))) text.len -= 9;
    return filter_give_str(call, text);
}

/* --- normalising --- */

/* RFC 3986, 5.2.4; an absolute path. */
static str url_dot_segments(struct arena *arena, str path)
{
    struct buf out = buf_in(arena);
    str rest = path, part;
    bool first = true;
    if (!str_contains(path, S("/."))) return path;
    while (str_split(&rest, '/', &part)) {
        bool last = rest.p == NULL || rest.p >= path.p + path.len;
        if (str_equal(part, S(".")) || str_equal(part, S(".."))) {
            if (part.len == 2) {
                ptrdiff_t slash = str_find_last(buf_str(&out), '/');
                out.len = slash < 0 ? 0 : slash;
            }
            if (last) buf_char(&out, '/');
        } else {
            if (!first) buf_char(&out, '/');
            buf_add(&out, part);
        }
        first = false;
    }
    return buf_str(&out);
}

/* Path, query and fragment, each with its own set of characters. */
static void url_normalise_tail(struct buf *out, struct arena *arena, str tail)
{
    ptrdiff_t hash = str_find_char(tail, '#');
    str fragment = hash < 0 ? (str){0} : str_from(tail, hash);
    if (hash >= 0) tail = str_slice(tail, 0, hash);
    ptrdiff_t mark = str_find_char(tail, '?');
    str query = mark < 0 ? (str){0} : str_from(tail, mark);
    if (mark >= 0) tail = str_slice(tail, 0, mark);
    url_escape(out, url_dot_segments(arena, tail), "%:/@!$&'()*+,;=");
    url_escape(out, query, "%:/?@!$&'()*+,;=");
    url_escape(out, fragment, "%:/?#@!$&'()*+,;=");
}

static str url_normalise(struct arena *arena, str url)
{
    struct buf out = buf_in(arena);
    ptrdiff_t scheme = str_find(url, S("://"));
    if (scheme > 0) {
        str rest = str_from(url, scheme + 3);
        ptrdiff_t end = 0;
        while (end < rest.len && !strchr("/?#", rest.p[end])) end++;
        buf_add(&out, str_slice(url, 0, scheme + 3));
        buf_add(&out, punycode_host(arena, utf8_nfc(arena, str_slice(rest, 0, end))));
        if (end == rest.len || rest.p[end] != '/') buf_char(&out, '/');
        url = str_from(rest, end);
    }
    url_normalise_tail(&out, arena, url);
    return buf_str(&out);
}

/* --- the site's base --- */

static bool url_has_scheme(str url)
{
    ptrdiff_t at = 0;
    while (at < url.len && (char_is_alpha(url.p[at]) || (at && (char_is_digit(url.p[at]) || strchr("+-.", url.p[at])))))
        at++;
    return at > 0 && at < url.len && url.p[at] == ':';
}

static str url_site(struct renderer *renderer, str key)
{
    value site;
    struct name *name = ARENA_NEW(renderer->arena, struct name);
    *name = name_make(S("site"));
    if (!scope_get(renderer, name, &site)) return (str){0};
    return coerce_text(evaluate_step(renderer, site, key, COMMAND_NONE), renderer->arena);
}

/* "https://me.github.io/blog" -> "/blog" */
static str url_base_path(str base)
{
    ptrdiff_t scheme = str_find(base, S("://"));
    if (scheme >= 0) {
        str rest = str_from(base, scheme + 3);
        ptrdiff_t slash = str_find_char(rest, '/');
        base = slash < 0 ? (str){0} : str_from(rest, slash);
    }
    while (str_ends(base, S("/"))) base.len--;
    return base;
}

static str url_slash(struct arena *arena, str path)
{
    if (!path.len || path.p[0] == '/') return path;
    return str_concat(arena, S("/"), path);
}

static str url_with_base(struct renderer *renderer, str path, bool with_base)
{
    struct arena *arena = renderer->arena;
    if (url_has_scheme(path)) return path;
    if (renderer->env->mode != LIQUID_JEKYLL) {
        if (str_starts(path, S("//"))) return path;
        str base = with_base ? url_base_path(renderer->env->base_url) : S("");
        return url_normalise(arena, str_concat(arena, base, path.len ? url_slash(arena, path) : S("/")));
    }
    str base = url_site(renderer, S("baseurl"));
    while (str_ends(base, S("/"))) base.len--;
    return url_normalise(arena, str_concat(arena, url_slash(arena, base), url_slash(arena, path)));
}

str url_relative(struct renderer *renderer, str path)
{
    return url_with_base(renderer, path, !renderer->env->writer_adds_base);
}

str url_absolute(struct renderer *renderer, str path)
{
    struct arena *arena = renderer->arena;
    if (url_has_scheme(path)) return path;
    str relative = url_with_base(renderer, path, true);
    if (renderer->env->mode != LIQUID_JEKYLL) {
        str base = renderer->env->base_url;
        ptrdiff_t scheme = str_find(base, S("://"));
        if (scheme < 0 || str_starts(path, S("//"))) return relative;
        ptrdiff_t slash = str_find_char(str_from(base, scheme + 3), '/');
        if (slash >= 0) base = str_slice(base, 0, scheme + 3 + slash);
        return url_normalise(arena, str_concat(arena, base, relative));
    }
    str site = url_site(renderer, S("url"));
    if (!site.len) return relative;
    return url_normalise(arena, str_concat(arena, site, relative));
}

bool filter_relative_url(struct filter_call *call)
{
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    return filter_give_str(call, url_relative(call->renderer, filter_text(call)));
}

bool filter_absolute_url(struct filter_call *call)
{
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    return filter_give_str(call, url_absolute(call->renderer, filter_text(call)));
}
