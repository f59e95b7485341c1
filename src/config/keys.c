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
#define CONFIG_KEY(name, type, member, default_, example, least, most, help)                  \
    {STR_INIT(name), KEY_##type, offsetof(struct config_draft, member), STR_INIT(default_), \
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
#define CONFIG_KEY(name, type, member, default_, example, least, most, help) \
    {STR_INIT(name), STR_INIT(TYPE_##type), STR_INIT(default_), STR_INIT(help)},
#include "key_rows.h"
#undef CONFIG_KEY
};

ptrdiff_t config_key_table(const struct config_key_help **rows)
{
    *rows = help_rows;
    return config_key_count;
}
