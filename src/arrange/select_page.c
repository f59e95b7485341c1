/* select_page.c - drafts, future and expired pages are decided here and
 * nowhere else, so that they cannot leak through feeds, search or pictures. */
#include "arrange/arrange.h"

bool page_is_selected(const struct page *page, const struct config *config)
{
    if (page->failed) return false;
    if (page->draft && !config->build.drafts) return false;
    if (page->has_date && page->date.seconds > config->now.seconds && !config->build.future) return false;
    return !page->has_expires || page->expires.seconds > config->now.seconds || config->build.expired;
}
