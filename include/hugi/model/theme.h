/* theme.h - a theme that has been loaded: templates parsed, assets listed,
 * strings read.  Const after theme_load. */
#ifndef HUGI_MODEL_THEME_H
#define HUGI_MODEL_THEME_H

#include "base/map.h"
#include "model/asset.h"

struct liquid_env;
struct liquid_template;

struct theme_template {
    str path;                       /* "themes/default/layouts/post.liquid", for messages */
    uint32_t file;
    str text;
    const struct liquid_template *parsed;
};

struct theme_script {
    str name;                       /* "tags.lua" */
    bool replaced;                  /* by a script of this name: only its variants of pictures still
                                     * count, for the uses that the other one does not name */
    str path;
    uint32_t file;
    str text;
};

/* A stylesheet, script or font; its address carries a fingerprint of its bytes. */
struct theme_asset {
    str name;                       /* "main.css" */
    str bytes;                      /* with url() still site-relative */
    str url;                        /* "/assets/main.3f9a1c22.css" */
};

/* strings/LANG.yaml: key to text, or maps of them. */
struct theme_language {
    str language;                   /* "ko" */
    value strings;
};

struct theme {
    str name;
    value settings;                 /* theme.yaml */
    struct map layouts;             /* "post" -> struct theme_template * */
    struct map partials;            /* "head.liquid": the name below partials/; theme_partial adds the ending */
    struct theme_asset *assets;
    ptrdiff_t asset_count, asset_capacity;
    struct theme_script *scripts;   /* the theme's, then the site's, by name */
    ptrdiff_t script_count, script_capacity;
    struct theme_language *languages;   /* the site's main one first, where the theme has it */
    ptrdiff_t language_count;
    struct liquid_env *env;
};

/* The interface string `key` in `language`, falling back to the main one; empty when absent. */
str theme_string(const struct theme *theme, str language, str key);
/* Whose strings give it; NULL: it is absent. */
const struct theme_language *theme_string_giver(const struct theme *theme, str language, str key);
#endif
