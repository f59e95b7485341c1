/* theme_strings.c - looking up an interface string of a theme. */
#include "model/theme.h"

/* "post.by" is the key of that name, else `by` in the map `post`. */
static str find_string(value strings, str key)
{
    const struct value_pair *pair = value_pair(&strings, key);
    ptrdiff_t dot = str_find_char(key, '.');
    if (!pair && dot > 0) {
        pair = value_pair(&strings, str_slice(key, 0, dot));
        return pair ? find_string(pair->value, str_from(key, dot + 1)) : (str){"", 0};
    }
    return pair ? value_text(pair->value) : (str){"", 0};
}

/* Is `language` ("en-US") spoken by strings of `code` ("en")? */
static bool speaks(str code, str language)
{
    if (!str_starts(language, code)) return false;
    return language.len == code.len || language.p[code.len] == '-';
}

str theme_string(const struct theme *theme, str language, str key)
{
    str text = {"", 0};
    for (ptrdiff_t i = 0; i < theme->language_count && !text.len; i++)
        if (speaks(theme->languages[i].language, language)) text = find_string(theme->languages[i].strings, key);
    for (ptrdiff_t i = 0; i < theme->language_count && !text.len; i++)
        text = find_string(theme->languages[i].strings, key);
    return text;
}
