/* lua_order.h - the keys of a table in one fixed order.
 *
 * Numbers by value, then texts by bytes, then false and true.  Tables and
 * functions as keys have no order: walking such a table is an error. */
#ifndef HUGI_HOOK_ORDER_H
#define HUGI_HOOK_ORDER_H

#include "hook_state.h"

/* Pushes a list of the keys of the table at `index` and returns how many. */
lua_Integer order_push_keys(lua_State *L, int index);

int order_pairs(lua_State *L);      /* pairs(t) */
int order_next(lua_State *L);       /* next(t, key) */

#endif
