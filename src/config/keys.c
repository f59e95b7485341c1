/* keys.c - the table of settings in its two forms: for the readers and for help.
 * The rows themselves are key_rows.h. */
#include "keys.h"

#include <stddef.h>

#include "config/config_load.h"

/* What a type is called in the manual. */
#define TYPE_TEXT "text"
#define TYPE_INT "number"
#define TYPE_BOOL "true or false"
#define TYPE_SIZE "size (64MB)"
#define TYPE_COUNT "count (50M)"
#define TYPE_CHOICE "one word"
#define TYPE_NAMES "list of names"
#define TYPE_FORMATS "list of formats"
#define TYPE_INTS "list of numbers"
#define TYPE_MAP "map"
#define TYPE_MENU "list of {title, url}"
#define TYPE_ANY "text, list or map"
#define TYPE_URL "address"
#define TYPE_ZONE "time zone"

const struct config_key config_keys[] = {
#define CONFIG_KEY(name, type, remakes, member, default_, example, least, most, help)         \
    {STR_INIT(name), KEY_##type, KEY_REMAKES_##remakes, offsetof(struct config_draft, member), STR_INIT(default_), \
     STR_INIT(example), (least), (most)},
#include "key_rows.h"
#undef CONFIG_KEY
};
const ptrdiff_t config_key_count = (ptrdiff_t)(sizeof config_keys / sizeof *config_keys);

const struct config_key *config_key_find(str name)
{
    for (ptrdiff_t i = 0; i < config_key_count; i++)
        if (str_equal(config_keys[i].name, name)) return &config_keys[i];
    return NULL;
}

static const struct config_key_help help_rows[] = {
#define CONFIG_KEY(name, type, remakes, member, default_, example, least, most, help) \
    {STR_INIT(name), STR_INIT(TYPE_##type), STR_INIT(default_), STR_INIT(help)},
#include "key_rows.h"
#undef CONFIG_KEY
};

ptrdiff_t config_key_table(const struct config_key_help **rows)
{
    *rows = help_rows;
    return config_key_count;
}

static bool remakes_all(str name)
{
    const struct config_key *key = config_key_find(name);
    return !key || key->remakes == KEY_REMAKES_ALL;
}

value config_binding(struct arena *arena, const struct config *config)
{
    value out = value_map(arena);
    for (ptrdiff_t i = 0; i < value_count(config->all); i++) {
        const struct value_pair *group = &config->all.as.map->pairs[i];
        bool is_key = config_key_find(group->key) || group->value.kind != VALUE_MAP;
        if (is_key && remakes_all(group->key)) value_set(arena, &out, group->key, group->value);
        for (ptrdiff_t j = 0; !is_key && j < value_count(group->value); j++) {
            const struct value_pair *pair = &group->value.as.map->pairs[j];
            str name = str_concat3(arena, group->key, S("."), pair->key);
            if (remakes_all(name)) value_set(arena, &out, name, pair->value);
        }
    }
    return out;
}
