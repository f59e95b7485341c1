/* theme_find.c - what a loaded theme is asked for: layouts, partials, strings;
 * and the parsing of its templates once the hooks have added their tags. */
#include "template/liquid.h"
#include "theme/theme_load.h"

enum { NAME_LONGEST = 200 };

static void parse_all(struct arena *arena, const struct theme *theme, const struct map *templates, struct diags *diags)
{
    for (ptrdiff_t i = 0; i < templates->count; i++) {
        struct theme_template *template_ = templates->entries[i].value;
        struct liquid_parse source = {.text = template_->text, .file = template_->file};
        template_->parsed = liquid_parse(theme->env, arena, &source, diags);
    }
}

bool theme_parse(struct arena *arena, struct theme *theme, struct diags *diags)
{
    ptrdiff_t errors = diags->errors;
    parse_all(arena, theme, &theme->layouts, diags);
    parse_all(arena, theme, &theme->partials, diags);
    return diags->errors == errors;
}

const struct theme_template *theme_layout(const struct theme *theme, str name)
{
    return map_get(&theme->layouts, name);
}

/* NAME, NAME.liquid, NAME.html.  No memory is taken: this runs while rendering, on any thread. */
static const struct theme_template *find_partial(const struct theme *theme, str name)
{
    static const str endings[] = {STR_INIT(""), STR_INIT(".liquid"), STR_INIT(".html")};
    char full[NAME_LONGEST + 8];
    if (name.len > NAME_LONGEST || name.len == 0) return NULL;
    memcpy(full, name.p, (size_t)name.len);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        memcpy(full + name.len, endings[i].p, (size_t)endings[i].len);
        const struct theme_template *found = map_get(&theme->partials, str_of(full, name.len + endings[i].len));
        if (found) return found;
    }
    return NULL;
}

/* {% include %}, {% render %} and {% layout %} ask alike: "layouts/base" is a
 * layout in any case, another name a partial first and then a layout. */
const struct liquid_template *theme_partial(const struct liquid_env *env, str name)
{
    const struct theme *theme = env->partial_data;
    const struct theme_template *found = NULL;
    if (str_starts(name, S("layouts/")))
        found = theme_layout(theme, str_from(name, 8));
    if (!found) found = find_partial(theme, name);
    if (!found) found = theme_layout(theme, name);
    return found ? found->parsed : NULL;
}

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
