/* theme_load.c - the files of a theme, in layers.
 *
 * From the bottom up: the theme compiled in (unless theme.yaml says `extends:
 * none`), the site's themes/NAME/, the site's hooks/.  A file takes the place
 * of the one with its name in a layer below; strings do so key by key, so that
 * a theme may change one word.  Which folder means what is the table `folders`. */
#include "theme/theme_load.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/path.h"
#include "base/text_repair.h"
#include "base/yaml.h"
#include "theme_internal.h"

/* One file on its way into the theme. */
struct theme_file {
    str name;                   /* "layouts/post.liquid" */
    str path;                   /* for messages */
    str bytes;
};

/* --- one file --------------------------------------------------------- */

/* The file's number; 0 after reporting text that is not UTF-8. */
static uint32_t add_source(struct theme_loader *loader, struct theme_file *file)
{
    uint32_t number = sources_add(loader->sources, file->path, file->bytes);
    bool ok = text_repair(loader->arena, file->bytes, number, loader->sources, loader->diags, &file->bytes);
    return ok ? number : 0;
}

static struct theme_template *new_template(struct theme_loader *loader, struct theme_file *file)
{
    uint32_t number = add_source(loader, file);
    struct theme_template *template_ = ARENA_NEW(loader->arena, struct theme_template);
    *template_ = (struct theme_template){.path = file->path, .file = number, .text = file->bytes};
    return number ? template_ : NULL;
}

static bool is_template(str name)
{
    str extension = path_extension(name);
    return str_equal(extension, S("liquid")) || str_equal(extension, S("html"));
}

/* layouts/list/tag.liquid is the layout "list/tag". */
static void add_layout(struct theme_loader *loader, struct theme_file *file, str below)
{
    struct theme_template *template_ = is_template(below) ? new_template(loader, file) : NULL;
    str name = str_slice(below, 0, below.len - path_extension(below).len - 1);
    if (template_) map_put(loader->arena, &loader->theme->layouts, name, template_);
}

static void add_partial(struct theme_loader *loader, struct theme_file *file, str below)
{
    struct theme_template *template_ = new_template(loader, file);
    if (template_) map_put(loader->arena, &loader->theme->partials, below, template_);
}

static void add_asset(struct theme_loader *loader, struct theme_file *file, str below)
{
    uint32_t number = theme_asset_is_text(below) ? add_source(loader, file) : 0;
    theme_assets_put(loader, below, file->bytes, number);
}

static struct theme_script *find_script(const struct theme *theme, str name, bool replaced)
{
    for (ptrdiff_t i = 0; i < theme->script_count; i++)
        if (theme->scripts[i].replaced == replaced && str_equal(theme->scripts[i].name, name)) return &theme->scripts[i];
    return NULL;
}

/* A script takes the place of one of its name in a layer below; that one still
 * answers for what the new one leaves open (see model/theme.h). */
static void add_script(struct theme_loader *loader, struct theme_file *file, str below)
{
    struct theme *theme = loader->theme;
    if (!str_equal(path_extension(below), S("lua")) || str_find_char(below, '/') >= 0) return;
    struct theme_script script = {.name = below, .path = file->path, .file = add_source(loader, file)};
    script.text = file->bytes;
    struct theme_script *former = find_script(theme, below, false), *older = find_script(theme, below, true);
    if (former && older) *older = *former;
    if (former) former->replaced = true;
    if (former && older) {
        older->replaced = true;
        *former = script;
        return;
    }
    ARENA_PUSH(loader->arena, theme->scripts, theme->script_count, theme->script_capacity) = script;
}

/* A map from a YAML file; null after reporting. */
static value read_map(struct theme_loader *loader, struct theme_file *file)
{
    value map = value_null();
    uint32_t number = add_source(loader, file);
    if (!number || !yaml_parse(loader->arena, file->bytes, number, 0, loader->diags, &map)) return value_null();
    if (map.kind == VALUE_MAP || map.kind == VALUE_NULL) return map;
    diag_report(loader->diags, DIAG_THEME, map.at, "%" STR_F " is not a map (want key: text)", STR_A(file->path));
    return value_null();
}

static void merge(struct arena *arena, value *into, value from)
{
    if (into->kind != VALUE_MAP) *into = value_map(arena);
    for (ptrdiff_t i = 0; i < value_count(from); i++) {
        const struct value_pair *pair = &from.as.map->pairs[i];
        value_set_at(arena, into, pair->key, pair->key_at, pair->value);
    }
}

static void add_strings(struct theme_loader *loader, struct theme_file *file, str below)
{
    struct theme *theme = loader->theme;
    if (!str_equal(path_extension(below), S("yaml"))) return;
    str language = path_stem(below);
    ptrdiff_t at = 0, capacity = theme->language_count;
    while (at < theme->language_count && !str_equal(theme->languages[at].language, language)) at++;
    if (at == theme->language_count) {
        theme->languages = arena_grow(loader->arena, theme->languages, theme->language_count, &capacity,
                                      sizeof *theme->languages);
        theme->languages[theme->language_count++].language = language;
    }
    merge(loader->arena, &theme->languages[at].strings, read_map(loader, file));
}

/* What a theme's folders mean; files elsewhere (README, previews) are none of hugi's. */
static const struct {
    str folder;
    void (*add)(struct theme_loader *loader, struct theme_file *file, str below);
} folders[] = {
    {STR_INIT("layouts/"), add_layout}, {STR_INIT("partials/"), add_partial}, {STR_INIT("assets/"), add_asset},
    {STR_INIT("strings/"), add_strings}, {STR_INIT("hooks/"), add_script},
};

static void add_file(struct theme_loader *loader, struct theme_file *file)
{
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (str_starts(file->name, folders[i].folder)) {
            folders[i].add(loader, file, str_from(file->name, folders[i].folder.len));
            return;
        }
    if (str_equal(file->name, S("theme.yaml"))) merge(loader->arena, &loader->theme->settings, read_map(loader, file));
}

/* --- layers ----------------------------------------------------------- */

static void add_embedded(struct theme_loader *loader)
{
    for (ptrdiff_t i = 0; i < embedded_file_count; i++) {
        str name = str_c(embedded_files[i].path);
        struct theme_file file = {name, str_concat(loader->arena, S("<builtin>/"), name),
                                  str_of((const char *)embedded_files[i].bytes, embedded_files[i].size)};
        add_file(loader, &file);
    }
}

/* All files below ROOT/FOLDER; their names are `prefix` and the path below it. */
static void add_folder(struct theme_loader *loader, str root, str folder, str prefix)
{
    struct arena *arena = loader->arena;
    struct file_list list = {0};
    str top = path_join(arena, root, folder);
    if (!file_walk(arena, top, root, &list, loader->diags)) return;
    for (ptrdiff_t i = 0; i < list.count; i++) {
        str path = path_join(arena, folder, list.items[i].path);
        struct theme_file file = {str_concat(arena, prefix, list.items[i].path), path, {0}};
        if (file_read(arena, path_join(arena, top, list.items[i].disk), &file.bytes, loader->diags))
            add_file(loader, &file);
    }
}

/* "default, mine, other": what `theme:` may name. */
static str theme_names(struct theme_loader *loader, str root)
{
    struct file_list list = {0};
    struct diags unheard = diags_in(loader->arena);
    struct buf names = buf_in(loader->arena);
    str last = S("default");
    buf_add(&names, last);
    file_walk(loader->arena, path_join(loader->arena, root, S("themes")), root, &list, &unheard);
    for (ptrdiff_t i = 0; i < list.count; i++) {
        ptrdiff_t slash = str_find_char(list.items[i].path, '/');
        str name = str_slice(list.items[i].path, 0, slash);
        if (slash < 0 || str_equal(name, last) || str_equal(name, S("default"))) continue;
        buf_printf(&names, ", %" STR_F, STR_A(name));
        last = name;
    }
    return buf_str(&names);
}

static bool unknown_theme(struct theme_loader *loader, str root, const struct config *config)
{
    str names = theme_names(loader, root);
    span at = value_get(config->all, S("theme"), loader->arena).at;
    struct diag *diag = diag_report(loader->diags, DIAG_THEME, at, "there is no theme '%" STR_F "' in themes/",
                                    STR_A(config->theme));
    diag_hint(loader->diags, diag, "there are: %" STR_F, STR_A(names));
    return false;
}

/* Does the theme stand on the one compiled in?  Its theme.yaml is read for this alone;
 * what is wrong with it is reported when its layer is added. */
static bool extends_default(struct theme_loader *loader, str root, str folder)
{
    struct diags unheard = diags_in(loader->arena);
    str path = path_join(loader->arena, path_join(loader->arena, root, folder), S("theme.yaml")), text;
    value map = value_null();
    if (file_exists(path) && file_read(loader->arena, path, &text, &unheard))
        yaml_parse(loader->arena, text, 0, 0, &unheard, &map);
    return !str_equal(value_text(value_get(map, S("extends"), loader->arena)), S("none"));
}

static void check_extends(struct theme_loader *loader)
{
    value extends = value_get(loader->theme->settings, S("extends"), loader->arena);
    str name = value_text(extends);
    if (extends.kind == VALUE_NULL || str_equal(name, S("default")) || str_equal(name, S("none"))) return;
    diag_report(loader->diags, DIAG_THEME, extends.at, "'extends' is neither default nor none");
}

/* The theme's, then the site's: where the last word counts, the site has it whatever its file is called. */
static int compare_scripts(const void *a, const void *b)
{
    const struct theme_script *x = a, *y = b;
    int sites = (int)str_starts(x->path, S("hooks/")) - (int)str_starts(y->path, S("hooks/"));
    int order = sites ? sites : str_compare(x->name, y->name);
    return order ? order : (int)y->replaced - (int)x->replaced;
}

/* The site's main language first: it is what theme_string falls back to. */
static void main_language_first(struct theme *theme, str code)
{
    for (ptrdiff_t i = 1; i < theme->language_count; i++)
        if (str_equal(theme->languages[i].language, code)) {
            struct theme_language first = theme->languages[0];
            theme->languages[0] = theme->languages[i];
            theme->languages[i] = first;
        }
}

bool theme_load(struct arena *arena, str root, const struct config *config,
                struct sources *sources, struct diags *diags, struct theme *out)
{
    *out = (struct theme){.name = config->theme, .settings = value_map(arena)};
    struct theme_loader loader = {.arena = arena, .sources = sources, .diags = diags, .theme = out};
    ptrdiff_t errors = diags->errors;
    str folder = path_join(arena, S("themes"), config->theme);
    bool is_default = str_equal(config->theme, S("default"));
    if (!is_default && !file_exists(path_join(arena, root, folder))) return unknown_theme(&loader, root, config);
    if (is_default || extends_default(&loader, root, folder)) add_embedded(&loader);
    add_folder(&loader, root, folder, S(""));
    add_folder(&loader, root, S("hooks"), S("hooks/"));
    check_extends(&loader);
    if (out->script_count) qsort(out->scripts, (size_t)out->script_count, sizeof *out->scripts, compare_scripts);
    if (config->language_count) main_language_first(out, config->languages[0].code);
    theme_assets_finish(&loader);
    return diags->errors == errors;
}
