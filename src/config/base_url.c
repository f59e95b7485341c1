/* base_url.c - the address the site is published at.
 *
 * https://후기.한국/블로그/ becomes https://xn--....xn--3e0b707e/%EB%B8%94.../:
 * ASCII only, lower case scheme and host, no slash at the end; the path alone
 * is base_path.  This is the only file that sees libidn2. */
#include <idn2.h>

#include "base/escape.h"
#include "base/library.h"
#include "base/utf8.h"
#include "keys.h"

#define IDN2(X) X(idn2_to_ascii_8z) X(idn2_free)
static struct { IDN2(LIBRARY_FIELD) } idn2;
static struct library idn2_library = LIBRARY(LIBRARY_IDN2, IDN2, idn2);

struct url_parts { str scheme, host, port, path; };

static bool bad(struct config_reader *reader, const struct config_key *key, value v, const char *want,
                const char *hint)
{
    config_bad_value(reader, key, v, want);
    if (hint) diag_hint(reader->diags, &reader->diags->items[reader->diags->count - 1], "%s", hint);
    return false;
}

/* "https://me.github.io:8443/blog" in its four parts; what is wrong, or NULL. */
static const char *split_url(str url, struct url_parts *out)
{
    ptrdiff_t at = str_find(url, S("://"));
    if (at <= 0) return "an absolute address (http or https)";
    out->scheme = str_slice(url, 0, at);
    if (!str_equal_ascii_case(out->scheme, S("https")) && !str_equal_ascii_case(out->scheme, S("http")))
        return "an absolute address (http or https)";
    if (str_find_char(url, '?') >= 0 || str_find_char(url, '#') >= 0) return "an address without '?' and '#'";
    str rest = str_from(url, at + 3);
    ptrdiff_t slash = str_find_char(rest, '/');
    str host = slash < 0 ? rest : str_slice(rest, 0, slash);
    out->path = slash < 0 ? (str){"", 0} : str_from(rest, slash);
    if (str_find_char(host, '@') >= 0) return "an address without a user name";
    ptrdiff_t bracket = str_find_last(host, ']'), colon = str_find_last(host, ':');
    if (colon > bracket) {
        out->port = str_from(host, colon + 1);
        host = str_slice(host, 0, colon);
        int64_t port;
        if (!str_to_int(out->port, &port) || port < 1 || port > 65535) return "an address with a port from 1 to 65535";
    }
    out->host = host;
    return host.len ? NULL : "an address with a host name";
}

/* Letters, digits, '-' and '.'; or an IPv6 address in brackets. */
static bool is_host(str host)
{
    bool bracketed = host.p[0] == '[';
    str set = bracketed ? S("[]:.%") : S("-._");
    for (ptrdiff_t i = 0; i < host.len; i++)
        if (!char_is_alpha(host.p[i]) && !char_is_digit(host.p[i]) && str_find_char(set, host.p[i]) < 0) return false;
    return bracketed || (host.p[0] != '.' && host.p[0] != '-' && !str_contains(host, S("..")));
}

/* The host as it is looked up; an empty str when there is none. */
static str ascii_host(struct arena *arena, str host)
{
    str out = {0};
    if (utf8_is_ascii(host)) {
        out = str_lower_ascii(arena, host);
    } else {
        char *punycode = NULL;
        library_need(&idn2_library);
        if (idn2.idn2_to_ascii_8z(str_z(arena, host), &punycode, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) == IDN2_OK)
            out = str_copy(arena, str_c(punycode));
        idn2.idn2_free(punycode);
    }
    return out.len && is_host(out) ? out : (str){"", 0};
}

static bool has_blank(str s)
{
    for (ptrdiff_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 127) return true;
    return false;
}

bool base_url_read(struct config_reader *reader, const struct config_key *key, value v)
{
    struct config *config = &reader->draft->config;
    struct url_parts parts = {0};
    str url = str_trim(value_text(v));
    if (v.kind == VALUE_STR && url.len == 0) return true;       /* base_url: "" is none */
    if (v.kind != VALUE_STR || has_blank(url)) return bad(reader, key, v, "an absolute address (http or https)", NULL);
    const char *wrong = split_url(url, &parts);
    if (wrong) {
        bool bare = !str_contains(url, S("://")) && url.p[0] != '/';
        str hint = str_format(reader->arena, "write it in full: https://%" STR_F, STR_A(url));
        return bad(reader, key, v, wrong, bare ? str_z(reader->arena, hint) : NULL);
    }
    str host = ascii_host(reader->arena, parts.host);
    if (host.len == 0) return bad(reader, key, v, "an address with a valid host name", NULL);

    struct buf out = buf_in(reader->arena), path = buf_in(reader->arena);
    while (parts.path.len && parts.path.p[parts.path.len - 1] == '/') parts.path.len--;
    buf_url_path(&path, parts.path, true);
    buf_add(&out, str_lower_ascii(reader->arena, parts.scheme));
    buf_add(&out, S("://"));
    buf_add(&out, host);
    if (parts.port.len) buf_printf(&out, ":%" STR_F, STR_A(parts.port));
    buf_add(&out, buf_str(&path));
    config->base_url = buf_str(&out);
    config->base_path = path.len ? buf_str(&path) : (str){"", 0};
    return true;
}
