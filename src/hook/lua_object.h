/* lua_object.h - hugi's own things in Lua: lazy values, times, HTML.
 *
 * All userdata that a script can hold begin with their kind.  Everything is
 * read-only but for the fields a hook point opens (struct object_extra). */
#ifndef HUGI_HOOK_OBJECT_H
#define HUGI_HOOK_OBJECT_H

#include "hook_state.h"

enum object_kind { OBJECT_VALUE, OBJECT_TIME, OBJECT_HTML };

/* Fields that only one hook point gives: page.html in page_html, site:add. */
struct object_extra {
    const char *name;           /* "page", for messages */
    bool (*get)(lua_State *L, str key);             /* pushes the field, or false */
    bool (*set)(lua_State *L, str key, int index);  /* false: not a field that can be set */
};

void object_open(lua_State *L);

/* A map, list or drop that is looked up when it is read.  Valid in this call. */
void object_push(lua_State *L, value v, const struct object_extra *extra);
void object_push_time(lua_State *L, instant t);
void object_push_html(lua_State *L, str html);

/* Is it a lazy value?  (For scripts its type is "table".) */
bool object_is(lua_State *L, int index);
/* The value of any of the three kinds; raises for one of an earlier call.
 * False when it is none of them.  HTML is copied into `arena`. */
bool object_take(lua_State *L, int index, struct arena *arena, value *out);
/* Pushes the list of what pairs walks: field names in order, or 1 .. count. */
void object_push_keys(lua_State *L, int index);

#endif
