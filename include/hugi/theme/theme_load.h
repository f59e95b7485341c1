/* theme_load.h - step 2: themes/NAME -> struct theme.
 *
 * The default theme is compiled into the binary; files below the site's
 * themes/NAME/ win, one by one, and so do the site's own hooks/ (by name),
 * layouts/ and partials/ are the theme's alone.  Templates are parsed here, once. */
#ifndef HUGI_THEME_THEME_LOAD_H
#define HUGI_THEME_THEME_LOAD_H

#include "base/diag.h"
#include "model/config.h"
#include "model/theme.h"

/* Reads files: layouts/, partials/, assets/, strings/, hooks/, theme.yaml; and
 * the site's hooks/.  Does not parse templates: the hooks must be loaded first,
 * because they add filters and tags. */
bool theme_load(struct arena *arena, str root, const struct config *config,
                struct sources *sources, struct diags *diags, struct theme *out);

/* Parses every template with theme->env, which the caller has filled. All errors are reported. */
bool theme_parse(struct arena *arena, struct theme *theme, struct diags *diags);

const struct theme_template *theme_layout(const struct theme *theme, str name);     /* NULL when absent */
const struct theme_asset *theme_asset(const struct theme *theme, str name);
/* A partial or layout as {% include %}, {% render %} and {% layout %} name them; NULL when absent. */
const struct theme_template *theme_template(const struct theme *theme, str name);
/* For liquid_env.partial, with partial_data = the theme. */
const struct liquid_template *theme_partial(const struct liquid_env *env, str name);
/* For liquid_env.nearest_partial. */
str theme_nearest_partial(const struct liquid_env *env, str name, struct arena *arena);

#endif
