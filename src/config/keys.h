/* keys.h - what config_load, its readers and its shapes share (config/ only).
 *
 * The walk (config_load.c) finds a key's row and calls the reader of its type
 * (config_values.c).  Settings whose meaning depends on another setting are
 * kept as values in the draft and shaped at the end (config_shapes.c). */
#ifndef HUGI_CONFIG_KEYS_H
#define HUGI_CONFIG_KEYS_H

#include "base/diag.h"
#include "model/config.h"

/* What the readers fill.  Only `config` leaves the folder. */
struct config_draft {
    struct config config;
    value language, languages, sections, permalinks;
};

enum key_type {
    KEY_TEXT, KEY_INT, KEY_BOOL, KEY_SIZE, KEY_COUNT, KEY_CHOICE, KEY_NAMES, KEY_FORMATS, KEY_INTS,
    KEY_MAP, KEY_MENU, KEY_ANY, KEY_URL, KEY_ZONE, KEY_TYPE_COUNT
};

enum key_remakes { KEY_REMAKES_ALL, KEY_REMAKES_USERS };

struct config_key {
    str name;
    enum key_type type;
    enum key_remakes remakes;
    size_t offset;              /* in struct config_draft */
    str default_, example;
    int64_t least, most;
};
extern const struct config_key config_keys[];
extern const ptrdiff_t config_key_count;
const struct config_key *config_key_find(str name);     /* NULL when there is no such key */

struct config_reader {
    struct arena *arena;
    struct diags *diags;
    str text;                   /* what spans of the values at hand point into */
    struct config_draft *draft;
};

/* config_values.c.  False means one diagnostic was reported. */
bool config_read_value(struct config_reader *reader, const struct config_key *key, value v);
/* Reports "'KEY' is not WANT: VALUE" with an example. */
bool config_bad_value(struct config_reader *reader, const struct config_key *key, value v, const char *want);
/* The text of a scalar as it was written: 2024 and 1.10 stay that. */
str config_text(const struct config_reader *reader, value v);
str config_shown(const struct config_reader *reader, value v);  /* for messages: quoted, or "a list" */
str config_example(const struct config_reader *reader, const struct config_key *key);   /* "images: {quality: 80}" */
/* Reports an unknown key with the nearest of `known`; always false. */
bool config_unknown_key(struct config_reader *reader, str prefix, const struct value_pair *pair,
                        const str *known, ptrdiff_t known_count);

/* base_url.c */
bool base_url_read(struct config_reader *reader, const struct config_key *key, value v);

/* config_shapes.c: languages, sections and permalinks of the draft. */
bool config_shape_languages(struct config_reader *reader);
bool config_shape_sections(struct config_reader *reader);
bool config_shape_permalinks(struct config_reader *reader);

#endif
