/* human_date.h - dates as people write them, for the `date` filters: "March
 * 14, 2016", "14 Mar 2016 10:30 PM", "Wed, 27 Mar 2013 20:34:46 +0900". */
#ifndef HUGI_TEMPLATE_HUMAN_DATE_H
#define HUGI_TEMPLATE_HUMAN_DATE_H

#include "base/date.h"

/* A text, whole seconds since 1970, a time; "now" and "today" are `now`.
 * False: it is no date. */
bool human_date(struct arena *arena, value v, const struct zone *zone, instant now, instant *out);
bool human_date_is_now(value v);

#endif
