/* hook_call.h - calling the functions of one hook point. */
#ifndef HUGI_HOOK_CALL_H
#define HUGI_HOOK_CALL_H

#include "lua_object.h"

/* The result that is not nil stands on top of the stack. */
typedef void hook_result(struct hook_state *state, lua_State *L, void *data);

/* Calls every script's function of this point, in the order of names, with the
 * `arguments` values on top of the stack (they stay there).  False: there is none. */
bool hook_call_each(struct hook_state *state, lua_State *L, enum hook_point point, int arguments,
                    hook_result *result, void *data);

/* The page as templates see it, or nil. */
void hook_push_page(lua_State *L, const struct page *page, const struct object_extra *extra);

#endif
