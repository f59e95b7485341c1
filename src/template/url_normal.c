/* url_normal.c - from the address as written to the normal one: take it apart,
 * normalise each part with its own set of characters, put it together.
 *
 * Beside config/base_url.c the only place that sees libidn2. */
#include "url_normal.h"

#include <idn2.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/library.h"
#include "base/utf8.h"

#define IDN2(X) X(idn2_to_ascii_8z) X(idn2_free)
static struct { IDN2(LIBRARY_FIELD) } idn2;
static struct library idn2_library = LIBRARY(LIBRARY_IDN2, IDN2, idn2);

/* --- apart --- */

static bool url_scheme_is_valid(str scheme)
{
    for (ptrdiff_t i = 0; i < scheme.len; i++)
        if (!char_is_alpha(scheme.p[i]) && (i == 0 || (!char_is_digit(scheme.p[i]) && !strchr("+-.", scheme.p[i]))))
            return false;
    return scheme.len > 0;
}

/* The part of *rest up to one of `ends`; *rest begins with that one then. */
static str url_take(str *rest, const char *ends)
{
    ptrdiff_t len = 0;
    while (len < rest->len && !(rest->p[len] && strchr(ends, rest->p[len]))) len++;
    str part = str_slice(*rest, 0, len);
    *rest = str_from(*rest, len);
    return part;
}

static bool url_split_authority(str authority, struct url_parts *out, const char **wrong)
{
    ptrdiff_t at = str_find_last(authority, '@'), colon;
    if (at >= 0) {
        out->user = str_slice(authority, 0, at);
        authority = str_from(authority, at + 1);
    }
    colon = str_find_last(authority, ':');
    if (colon > str_find_last(authority, ']')) {
        out->port = str_from(authority, colon + 1);
        authority = str_slice(authority, 0, colon);
        for (ptrdiff_t i = 0; i < out->port.len; i++)
            if (!char_is_digit(out->port.p[i])) return *wrong = "its port is no number", false;
    }
    out->host = authority;
    for (ptrdiff_t i = 0; i < authority.len; i++)
        if (char_is_space(authority.p[i]) || strchr("<>{}\\@\"", authority.p[i]))
            return *wrong = "there is a character in its host that cannot be", false;
    return true;
}

bool url_split(str url, struct url_parts *out, const char **wrong)
{
    str rest = url;
    *out = (struct url_parts){0};
    str scheme = url_take(&rest, ":/?#");
    if (scheme.len && str_starts(rest, S(":"))) {
        if (!url_scheme_is_valid(scheme)) return *wrong = "what stands before ':' is no scheme", false;
        out->scheme = scheme;
        rest = str_from(rest, 1);
    } else {
        rest = url;
    }
    if (str_starts(rest, S("//"))) {
        out->has_authority = true;
        rest = str_from(rest, 2);
        if (!url_split_authority(url_take(&rest, "/?#"), out, wrong)) return false;
    }
    out->path = url_take(&rest, "?#");
    if (str_starts(rest, S("?"))) {
        rest = str_from(rest, 1);
        out->query = url_take(&rest, "#");
    }
    if (str_starts(rest, S("#"))) out->fragment = str_from(rest, 1);
    bool web = str_equal_ascii_case(out->scheme, S("http")) || str_equal_ascii_case(out->scheme, S("https"));
    if (web && !out->host.len && !out->path.len) return *wrong = "it has no host", false;
    return true;
}

/* --- parts --- */

static bool url_is_unreserved(char c)
{
    return char_is_alpha(c) || char_is_digit(c) || c == '_' || c == '.' || c == '-' || c == '~';
}

str url_component(struct arena *arena, str part, const char *stays, bool compatible)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf out = buf_in(arena);
    part = url_decode(arena, part);
    if (utf8_invalid(part) < 0) part = compatible ? utf8_nfkc(arena, part) : utf8_nfc(arena, part);
    else stays = "/:?#[]@!$&'()*+,;=";      /* bytes that are no text: all that may stand in a URL stays */
    for (ptrdiff_t i = 0; i < part.len; i++) {
        char c = part.p[i];
        if (url_is_unreserved(c) || (c && strchr(stays, c))) {
            buf_char(&out, c);
        } else {
            buf_char(&out, '%');
            buf_char(&out, hex[(unsigned char)c >> 4]);
            buf_char(&out, hex[(unsigned char)c & 15]);
        }
    }
    return buf_str(&out);
}

/* Segment by segment, as if a segment's %2F were no slash, though it becomes one. */
static str url_path(struct arena *arena, str path, bool compatible)
{
    struct buf out = buf_in(arena);
    str rest = str_trim(path), segment;
    for (bool first = true; str_split(&rest, '/', &segment); first = false) {
        if (!first) buf_char(&out, '/');
        buf_add(&out, url_component(arena, segment, ":@!$&'()*+,;=", compatible));
    }
    return buf_str(&out);
}

/* RFC 3986, 5.2.4; an absolute path. */
static str url_dot_segments(struct arena *arena, str path)
{
    struct buf out = buf_in(arena);
    str rest = path, part;
    if (!str_contains(path, S("/."))) return path;
    for (bool first = true; str_split(&rest, '/', &part); first = false) {
        bool last = rest.p == NULL || rest.p >= path.p + path.len;
        bool up = str_equal(part, S(".."));
        if (up) {
            ptrdiff_t slash = str_find_last(buf_str(&out), '/');
            out.len = slash < 0 ? 0 : slash;
        }
        if (up || str_equal(part, S("."))) {
            if (last) buf_char(&out, '/');
        } else {
            if (!first) buf_char(&out, '/');
            buf_add(&out, part);
        }
    }
    return buf_str(&out);
}

/* A query means something else with its %26 and %2B as '&' and '+': they stay. */
static str url_query(struct arena *arena, str query, bool compatible)
{
    static const char stays[] = ":/?@!$'()*+,=";
    struct buf out = buf_in(arena);
    for (ptrdiff_t from = 0, at = 0; at <= query.len; at++) {
        str rest = str_from(query, at);
        ptrdiff_t kept = str_starts(rest, S("&")) ? 1 : str_equal_ascii_case(str_slice(rest, 0, 3), S("%2B")) ? 3 : 0;
        if (!kept && rest.len) continue;
        buf_add(&out, url_component(arena, str_slice(query, from, at), stays, compatible));
        buf_add(&out, str_slice(rest, 0, kept));
        from = at + (kept ? kept : 1);
        at = from - 1;
    }
    return buf_str(&out);
}

/* "후기.한국" -> "xn--ok0bm38e.xn--3e0b707e"; what IDNA refuses stays. */
static str url_host_ascii(struct arena *arena, str host)
{
    char *ascii = NULL;
    str out = host;
    library_need(&idn2_library);
    if (idn2.idn2_to_ascii_8z(str_z(arena, out), &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) == IDN2_OK)
        out = str_copy(arena, str_c(ascii));
    idn2.idn2_free(ascii);
    return out;
}

static str url_host(struct arena *arena, str host)
{
    str out = url_decode(arena, str_trim(host));
    if (!utf8_is_ascii(out)) out = url_host_ascii(arena, out);
    out = str_lower_ascii(arena, out);
    if (out.len > 1 && out.p[out.len - 1] == '.' && out.p[out.len - 2] != '.') out.len--;
    return url_component(arena, out, "[]:!$&'()*+,;=", false);
}

static bool url_is_default_port(str scheme, str port)
{
    static const char *const ports[][2] = {{"http", "80"}, {"https", "443"}, {"ftp", "21"}};
    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
        if (str_equal(scheme, str_c(ports[i][0]))) return str_equal(port, str_c(ports[i][1]));
    return false;
}

/* --- together --- */

static void url_write_authority(struct buf *out, struct arena *arena, const struct url_parts *parts, str scheme,
                                bool compatible)
{
    buf_add(out, S("//"));
    if (parts->user.p) {
        str rest = parts->user, part;
        for (bool first = true; str_split(&rest, ':', &part); first = false) {
            if (!first) buf_char(out, ':');
            buf_add(out, url_component(arena, part, "", compatible));
        }
        buf_char(out, '@');
    }
    buf_add(out, url_host(arena, parts->host));
    if (!parts->port.len || url_is_default_port(scheme, parts->port)) return;
    buf_char(out, ':');
    buf_add(out, parts->port);
}

bool url_normalise(struct arena *arena, str url, bool compatible, str *out, const char **wrong)
{
    struct url_parts parts;
    struct buf buf = buf_in(arena);
    if (!url_split(url, &parts, wrong)) return false;
    str scheme = str_lower_ascii(arena, parts.scheme);
    if (scheme.len) {
        buf_add(&buf, scheme);
        buf_char(&buf, ':');
    }
    if (parts.has_authority) url_write_authority(&buf, arena, &parts, scheme, compatible);
    str path = url_dot_segments(arena, url_path(arena, parts.path, compatible));
    if (!path.len && (str_equal(scheme, S("http")) || str_equal(scheme, S("https")))) path = S("/");
    if (!parts.has_authority && str_starts(path, S("//")))
        return *wrong = "a path that begins with '//' would be a host", false;
    buf_add(&buf, path);
    str query = url_query(arena, parts.query, compatible);
    if (query.len) {
        buf_char(&buf, '?');
        buf_add(&buf, query);
    }
    str fragment = url_component(arena, parts.fragment, ":/?@!$&'()*+,;=", compatible);
    if (fragment.len) {
        buf_char(&buf, '#');
        buf_add(&buf, fragment);
    }
    *out = buf_str(&buf);
    return true;
}
