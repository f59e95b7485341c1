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

const struct theme_language *theme_string_giver(const struct theme *theme, str language, str key)
{
    for (int own = 1; own >= 0; own--)
        for (ptrdiff_t i = 0; i < theme->language_count; i++) {
            const struct theme_language *one = &theme->languages[i];
            if ((!own || speaks(one->language, language)) && find_string(one->strings, key).len) return one;
        }
    return NULL;
}

str theme_string(const struct theme *theme, str language, str key)
{
    const struct theme_language *giver = theme_string_giver(theme, language, key);
    return giver ? find_string(giver->strings, key) : (str){"", 0};
}
