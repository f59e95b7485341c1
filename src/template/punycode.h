/* punycode.h - international host names (RFC 3492): 한국.kr -> xn--3e0b707e.kr. */
#ifndef HUGI_TEMPLATE_PUNYCODE_H
#define HUGI_TEMPLATE_PUNYCODE_H

#include "base/str.h"

/* Labels that are ASCII stay, in lower case; others are encoded. */
str punycode_host(struct arena *arena, str host);

#endif
