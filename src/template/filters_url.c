/* filters_url.c - addresses: relative_url, absolute_url and the escapes.
 *
 * hugi has one base URL.  In Jekyll's mode the two halves come from
 * `site.url` and `site.baseurl`, or from the base URL where neither is there.
 * The result is a normal address (url_normal.h). */
#include "filters_url.h"

#include "base/escape.h"
#include "base/utf8.h"
#include "coerce.h"
#include "renderer.h"
#include "url_normal.h"

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
static bool url_encode(struct filter_call *call, str text)
{
    struct buf out = buf_in(call->arena);
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (text.p[i] == ' ') buf_char(&out, '+');
        else if (url_is_unreserved(text.p[i])) buf_char(&out, text.p[i]);
        else url_percent(&out, text.p[i]);
    }
    return filter_fits(call, out.len) && filter_give_str(call, buf_str(&out));
}

bool filter_url_encode(struct filter_call *call)
{
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    return url_encode(call, filter_text(call));
}

bool filter_cgi_escape(struct filter_call *call)
{
    str text;
    return filter_wants_text(call, &text) && url_encode(call, text);
}

bool filter_url_decode(struct filter_call *call)
{
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    str text = url_decode(call->arena, str_replace(call->arena, filter_text(call), S("+"), S(" ")));
    if (utf8_invalid(text) >= 0) return filter_error(call, "the decoded bytes are not UTF-8 text");
    return filter_give_str(call, text);
}

/* Jekyll makes characters compatible ones (NFKC); elsewhere a name stays the file's. */
static bool url_compatible(const struct renderer *renderer) { return renderer->env->mode == LIQUID_JEKYLL; }

bool filter_uri_escape(struct filter_call *call)
{
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    str text, out;
    if (!filter_wants_text(call, &text)) return false;
    out = url_component(call->arena, text, ":/?#[]@!$&'()*+,;=", url_compatible(call->renderer));
    return filter_fits(call, out.len) && filter_give_str(call, out);
}

/* Only the first: "/index.html/index.html" keeps one. */
bool filter_strip_index(struct filter_call *call)
{
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    str text;
    if (!filter_wants_text(call, &text)) return false;
    ptrdiff_t at = -1, len = 0;
    for (ptrdiff_t i = 0; i < text.len && at < 0; i++) {
        str rest = str_from(text, i);
        len = str_starts(rest, S("/index.html")) ? 11 : str_starts(rest, S("/index.htm")) ? 10 : 0;
        if (len && (rest.len == len || rest.p[len] == '\n')) at = i;
    }
    if (at < 0) return filter_give_str(call, text);
    return filter_give_str(call, str_concat3(call->arena, str_slice(text, 0, at), S("/"), str_from(text, at + len)));
}

/* --- the site's base --- */

static str url_site(struct renderer *renderer, const char *key)
{
    value site;
    struct name name = name_make(S("site"));
    if (!scope_get(renderer, &name, &site)) return (str){0};
    return coerce_text(evaluate_step(renderer, site, str_c(key), COMMAND_NONE), &renderer->scratch);
}

/* "https://me.github.io/blog" and where its path begins. */
static ptrdiff_t url_base_split(str base)
{
    ptrdiff_t scheme = str_find(base, S("://"));
    if (scheme < 0) return 0;
    ptrdiff_t slash = str_find_char(str_from(base, scheme + 3), '/');
    return slash < 0 ? base.len : scheme + 3 + slash;
}

/* The two halves of the site's address: https://me.github.io and /blog.  In
 * Jekyll's mode they are site.url and site.baseurl, where one of them is there. */
static void url_bases(struct renderer *renderer, str *host, str *path)
{
    str base = renderer->env->base_url;
    if (renderer->env->mode == LIQUID_JEKYLL) {
        *host = url_site(renderer, "url");
        *path = url_site(renderer, "baseurl");
        if (str_ends(*path, S("/"))) path->len--;
        if (!base.len || host->len || path->len) return;
    }
    *host = str_slice(base, 0, url_base_split(base));
    *path = str_from(base, host->len);
    while (str_ends(*path, S("/"))) path->len--;
}

static str url_slash(struct arena *arena, str path)
{
    if (!path.len || path.p[0] == '/') return path;
    return str_concat(arena, S("/"), path);
}

/* Absolute addresses, and "//host" outside of Jekyll's mode, are nobody's base's business. */
static bool url_is_done(const struct renderer *renderer, str path, const char **wrong)
{
    struct url_parts parts;
    bool jekyll = renderer->env->mode == LIQUID_JEKYLL;
    if (!jekyll && str_starts(path, S("//"))) return true;
    return (!url_split(path, &parts, wrong) || parts.scheme.len) && (!jekyll || !*wrong);
}

static bool url_below(struct renderer *renderer, str path, bool with_base, str *out, const char **wrong)
{
    struct arena *arena = &renderer->scratch;
    str host, base = {0};
    if (with_base) url_bases(renderer, &host, &base);
    if (renderer->env->mode != LIQUID_JEKYLL && !path.len) path = S("/");
    str whole = str_concat(arena, url_slash(arena, base), url_slash(arena, path));
    return url_normalise(arena, whole, url_compatible(renderer), out, wrong);
}

bool url_relative(struct renderer *renderer, str path, str *out, const char **wrong)
{
    *out = path;
    *wrong = NULL;
    if (url_is_done(renderer, path, wrong)) return true;
    return !*wrong && url_below(renderer, path, !renderer->env->writer_adds_base, out, wrong);
}

bool url_absolute(struct renderer *renderer, str path, str *out, const char **wrong)
{
    str host, base;
    *out = path;
    *wrong = NULL;
    if (url_is_done(renderer, path, wrong)) return true;
    if (*wrong || !url_below(renderer, path, true, out, wrong)) return false;
    url_bases(renderer, &host, &base);
    if (!host.len) return true;
    return url_normalise(&renderer->scratch, str_concat(&renderer->scratch, host, *out), url_compatible(renderer), out, wrong);
}

static bool url_filter(struct filter_call *call, bool (*make)(struct renderer *, str, str *, const char **))
{
    const char *wrong;
    str text = filter_text(call), out;
    if (call->input.kind == VALUE_NULL) return filter_give(call, value_null());
    if (!make(call->renderer, text, &out, &wrong))
        return filter_error(call, "'%" STR_F "' is no address: %s", STR_A(text), wrong);
    return filter_fits(call, out.len) && filter_give_str(call, out);
}

bool filter_relative_url(struct filter_call *call) { return url_filter(call, url_relative); }
bool filter_absolute_url(struct filter_call *call) { return url_filter(call, url_absolute); }
