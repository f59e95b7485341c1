/* filters_url.h - addresses, for filters and for the tags link and post_url. */
#ifndef HUGI_TEMPLATE_FILTERS_URL_H
#define HUGI_TEMPLATE_FILTERS_URL_H

#include "filters.h"

/* The address below the site's base path; absolute URLs stay as they are.
 * False: nothing is reported, *wrong says why `path` is no address. */
bool url_relative(struct renderer *renderer, str path, str *out, const char **wrong);
bool url_absolute(struct renderer *renderer, str path, str *out, const char **wrong);

#endif
