/* extensions.h - inside build/: the filters of hugi's themes that need theme,
 * pictures or Markdown, and the template environments. */
#ifndef HUGI_BUILD_EXTENSIONS_H
#define HUGI_BUILD_EXTENSIONS_H

#include "hook/render_user.h"

/* Two environments: the theme's (strict) and the posts'. */
void extensions_make_env(struct arena *arena, const struct config *config, struct theme *theme,
                         const struct hooks *hooks, struct liquid_env *theme_env, struct liquid_env *post_env);

#endif
