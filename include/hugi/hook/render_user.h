/* render_user.h - what filters and shortcodes know of the render they run in. */
#ifndef HUGI_HOOK_RENDER_USER_H
#define HUGI_HOOK_RENDER_USER_H

#include "hook/hook.h"

/* liquid_render.user. */
struct render_user {
    struct hook_call hook;              /* first: hook/ sees only this part */
    const struct theme *theme;
    str language;                       /* of the output */
};

/* liquid_render.watch: partials, layouts and the time are noted as read; after hooks_time all
 * templates are measured.  `hooks` may be NULL. */
const struct liquid_watch *render_watch_of(const struct hooks *hooks);

#endif
