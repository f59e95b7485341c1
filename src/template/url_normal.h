/* url_normal.h - addresses taken apart, checked and normalised, as Jekyll's
 * Addressable does it (RFC 3986, and IDNA for the host). */
#ifndef HUGI_TEMPLATE_URL_NORMAL_H
#define HUGI_TEMPLATE_URL_NORMAL_H

#include "base/str.h"

/* Parts that are not there have p == NULL; "x:" has an empty path, "?" an empty query. */
struct url_parts {
    str scheme;
    bool has_authority;
    str user, host, port;
    str path, query, fragment;
};

/* Slices of `url`.  False: *wrong says why it is no address. */
bool url_split(str url, struct url_parts *out, const char **wrong);

/* Scheme and host in lower case, the host as it is looked up (xn--), no
 * default port, dot segments gone, percent-encoded where it must be and nowhere
 * else.  `compatible`: characters in NFKC, as Jekyll has them, not in NFC.
 * False: *wrong says why. */
bool url_normalise(struct arena *arena, str url, bool compatible, str *out, const char **wrong);

/* Percent-decodes a part and encodes what is neither unreserved nor in `stays`. */
str url_component(struct arena *arena, str part, const char *stays, bool compatible);

#endif
