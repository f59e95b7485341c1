/* theme_internal.h - what theme_load and theme_assets share (theme/ only). */
#ifndef HUGI_THEME_THEME_INTERNAL_H
#define HUGI_THEME_THEME_INTERNAL_H

#include "theme/theme_load.h"

struct theme_loader {
    struct arena *arena;
    struct sources *sources;
    struct diags *diags;
    struct theme *theme;
    uint32_t *asset_files;      /* source number of assets[i], 0 for binary ones */
    ptrdiff_t asset_file_count, asset_file_capacity;
};

/* theme_assets.c */
bool theme_asset_is_text(str name);
/* A later layer's file takes the place of an earlier one's. */
void theme_assets_put(struct theme_loader *loader, str name, str bytes, uint32_t file);
/* css_squeeze.c: without comments and indentation. */
str css_squeeze(struct arena *arena, str css);
/* Gives every asset its fingerprinted url; rewrites url() in stylesheets. */
void theme_assets_finish(struct theme_loader *loader);

#endif
