/* lua_value.h - values of hugi into Lua and back. */
#ifndef HUGI_HOOK_VALUE_H
#define HUGI_HOOK_VALUE_H

#include "hook_state.h"

/* Small lists and maps become fresh tables; large ones, and pages and the
 * like, become lazy objects.  Null is nil; HTML is plain text. */
void lua_value_push(lua_State *L, value v);
/* As lua_value_push, but lists and maps of any size become tables, to be changed. */
void lua_value_push_tables(lua_State *L, value v);

/* The Lua value as one of hugi's, in `arena`.  `what` names it in messages.
 * Raises for functions, bytes that are no UTF-8, and what is nested too deep.
 * A table with positions alone is a list, any other a map (its keys in order);
 * an empty one is a list. */
value lua_value_take(lua_State *L, int index, struct arena *arena, const char *what);
/* As lua_value_take; pages and the like are refused: what is kept outlives them. */
value lua_value_take_kept(lua_State *L, int index, struct arena *arena, const char *what);
/* Text (or HTML, or a number as text); raises otherwise. */
str lua_value_take_text(lua_State *L, int index, struct arena *arena, const char *what);

/* Fields of the table at `index`.  False: it is nil.  Raise when of another type. */
bool lua_field_text(lua_State *L, int index, const char *field, struct arena *arena, str *out);
bool lua_field_int(lua_State *L, int index, const char *field, int least, int most, int *out);
bool lua_field_bool(lua_State *L, int index, const char *field, bool *out);
/* Raises, with the nearest name, when the table has a key that is not listed. */
void lua_fields_check(lua_State *L, int index, const str *names, ptrdiff_t count, const char *what);

#endif
