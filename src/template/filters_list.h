/* filters_list.h - what the filters on lists share. */
#ifndef HUGI_TEMPLATE_FILTERS_LIST_H
#define HUGI_TEMPLATE_FILTERS_LIST_H

#include "filters.h"

value list_value(struct arena *arena, const struct value_list *list);
/* item[property] as Ruby has it.  NONE: such an item has no properties at all
 * (*out is null); WRONG: it has, but not by such a key, which was reported.  In
 * strict mode both are WRONG. */
enum property { PROPERTY_FOUND, PROPERTY_NONE, PROPERTY_WRONG };
enum property list_property(struct filter_call *call, value item, value key, value *out);
bool list_property_error(struct filter_call *call, value item, value key);      /* always false */
/* Jekyll's: "a.b" is a path, and text that is a number is one.  False: reported. */
bool list_jekyll_property(struct filter_call *call, value item, value property, value *out);

#endif
