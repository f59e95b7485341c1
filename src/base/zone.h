/* zone.h - what date.c and zone.c share; no other file includes it. */
#ifndef HUGI_BASE_ZONE_INSIDE_H
#define HUGI_BASE_ZONE_INSIDE_H

#include "base/str.h"

/* A fixed offset as people write it: Z, UTC, GMT, KST, +9, +09, +0900, +09:00,
 * also with '-'.  Minutes east of UTC, less than a day. */
bool zone_parse_fixed(str text, int *minutes);

#endif
