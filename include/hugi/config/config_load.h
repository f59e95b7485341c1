/* config_load.h - step 1: hugi.yaml -> struct config.
 *
 * Keys, types, defaults and one line of help each are ONE table (config/keys.c);
 * an unknown key is an error with the nearest name. */
#ifndef HUGI_CONFIG_CONFIG_LOAD_H
#define HUGI_CONFIG_CONFIG_LOAD_H

#include "base/diag.h"
#include "model/config.h"

/* What the command line says; it wins over the file.  NULL or 0: not given. */
struct config_overrides {
    const char *base_url;
    bool drafts, future, preview;
    const char *now;            /* any form date_parse reads */
};

/* `root` is the site's folder.  Without a hugi.yaml everything has its default.
 * False when anything was reported as an error. */
bool config_load(struct arena *arena, str root, const struct config_overrides *overrides,
                 struct sources *sources, struct diags *diags, struct config *out);

/* What is wrong with these alone, before there is a site. */
bool config_check_overrides(struct arena *arena, const struct config_overrides *overrides, struct diags *diags);

/* The settings as they were written, without those that only their users depend on ("remakes" of
 * the table): when this changes, nothing of an earlier build can be relied on. */
value config_binding(struct arena *arena, const struct config *config);

/* The table, for help, the man page and tests. */
struct config_key_help { str name, type, default_, help; };
ptrdiff_t config_key_table(const struct config_key_help **rows);

#endif
