/* theme_find.c - what a loaded theme is asked for: layouts and partials;
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
const struct theme_template *theme_template(const struct theme *theme, str name)
{
    const struct theme_template *found = NULL;
    if (str_starts(name, S("layouts/")))
        found = theme_layout(theme, str_from(name, 8));
    if (!found) found = find_partial(theme, name);
    return found ? found : theme_layout(theme, name);
}

const struct liquid_template *theme_partial(const struct liquid_env *env, str name)
{
    const struct theme_template *found = theme_template(env->partial_data, name);
    return found ? found->parsed : NULL;
}

/* Partials are named without their ending, as they are written. */
str theme_nearest_partial(const struct liquid_env *env, str name, struct arena *arena)
{
    const struct theme *theme = env->partial_data;
    str *names = ARENA_NEWS(arena, str, theme->partials.count);
    for (ptrdiff_t i = 0; i < theme->partials.count; i++) {
        str file = theme->partials.entries[i].key;
        names[i] = str_slice(file, 0, str_ends(file, S(".liquid")) ? file.len - 7 : file.len);
    }
    return str_nearest(name, names, theme->partials.count);
}
