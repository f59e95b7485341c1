/* config_load.c - hugi.yaml to struct config, in this order: the defaults of
 * the table (read by the same readers as the file), the file's keys, the
 * command line, settings that depend on others, the time that is now. */
#include "config/config_load.h"

#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/path.h"
#include "base/text_repair.h"
#include "base/yaml.h"
#include "keys.h"

enum { LEVEL_KEYS = 64 };

/* --- keys ------------------------------------------------------------- */

/* How Jekyll, Hugo and Hexo spell settings that hugi has. */
static const struct { str theirs, ours; } other_names[] = {
    {STR_INIT("url"), STR_INIT("base_url")},           {STR_INIT("baseurl"), STR_INIT("base_url")},
    {STR_INIT("root"), STR_INIT("base_url")},          {STR_INIT("lang"), STR_INIT("language")},
    {STR_INIT("locale"), STR_INIT("language")},        {STR_INIT("languageCode"), STR_INIT("language")},
    {STR_INIT("subtitle"), STR_INIT("description")},   {STR_INIT("permalink"), STR_INIT("permalinks")},
    {STR_INIT("pagination"), STR_INIT("paginate")},    {STR_INIT("per_page"), STR_INIT("paginate")},
    {STR_INIT("collections"), STR_INIT("sections")},   {STR_INIT("show_drafts"), STR_INIT("build.drafts")},
    {STR_INIT("buildDrafts"), STR_INIT("build.drafts")}, {STR_INIT("future"), STR_INIT("build.future")},
    {STR_INIT("buildFuture"), STR_INIT("build.future")},
};

/* What a wrong key may have meant: a name of its level, another tool's
 * spelling, or a key that stands one level deeper. */
static str meant_key(str name, const str *known, ptrdiff_t count)
{
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++)
        if (str_equal(name, other_names[i].theirs)) return other_names[i].ours;
    str nearest = str_nearest(name, known, count);
    for (ptrdiff_t i = 0; i < config_key_count && nearest.len == 0; i++) {
        str full = config_keys[i].name;
        ptrdiff_t dot = str_find_char(full, '.');
        if (dot >= 0 && str_equal(str_from(full, dot + 1), name)) nearest = full;
    }
    return nearest;
}

static str name_list(struct arena *arena, const str *names, ptrdiff_t count)
{
    struct buf list = buf_in(arena);
    for (ptrdiff_t i = 0; i < count; i++) {
        buf_add(&list, i ? S(", ") : S(""));
        buf_add(&list, names[i]);
    }
    return buf_str(&list);
}

bool config_unknown_key(struct config_reader *reader, str prefix, const struct value_pair *pair,
                        const str *known, ptrdiff_t known_count)
{
    struct diag *diag = diag_report(reader->diags, DIAG_CONFIG_KEY, pair->key_at,
                                    "'%" STR_F "%" STR_F "' is not a setting", STR_A(prefix), STR_A(pair->key));
    str meant = meant_key(pair->key, known, known_count);
    if (meant.len)
        diag_hint(reader->diags, diag, "did you mean '%" STR_F "'?", STR_A(meant));
    else if (prefix.len == 0)
        diag_hint(reader->diags, diag, "settings of your own go below 'params'");
    else
        diag_hint(reader->diags, diag, "known here: %" STR_F, STR_A(name_list(reader->diags->arena, known, known_count)));
    return false;
}

/* The names of one level: of "images." quality, widths ...; of "" the first parts. */
static ptrdiff_t level_names(str prefix, str names[LEVEL_KEYS])
{
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < config_key_count && count < LEVEL_KEYS; i++) {
        if (!str_starts(config_keys[i].name, prefix)) continue;
        str rest = str_from(config_keys[i].name, prefix.len), first;
        if (!str_split(&rest, '.', &first)) continue;
        if (count == 0 || !str_equal(names[count - 1], first)) names[count++] = first;
    }
    return count;
}

static bool unknown_key(struct config_reader *reader, str prefix, const struct value_pair *pair)
{
    str names[LEVEL_KEYS];
    return config_unknown_key(reader, prefix, pair, names, level_names(prefix, names));
}

/* Is there a key below `prefix` ("images.")? */
static const struct config_key *first_of_group(str prefix)
{
    for (ptrdiff_t i = 0; i < config_key_count; i++)
        if (str_starts(config_keys[i].name, prefix)) return &config_keys[i];
    return NULL;
}

/* --- the walk --------------------------------------------------------- */

static void read_map(struct config_reader *reader, str prefix, value map);

static void bad_group(struct config_reader *reader, const struct config_key *first, const struct value_pair *pair)
{
    str shown = config_shown(reader, pair->value), example = config_example(reader, first);
    struct diag *diag = diag_report(reader->diags, DIAG_CONFIG_VALUE, pair->value.at,
                                    "'%" STR_F "' is not a map of settings: %" STR_F, STR_A(pair->key), STR_A(shown));
    diag_hint(reader->diags, diag, "for example  %" STR_F, STR_A(example));
}

/* Names in the table have at most one dot, so this goes two levels deep and no deeper. */
static void read_pair(struct config_reader *reader, str prefix, const struct value_pair *pair)
{
    str name = str_concat(reader->arena, prefix, pair->key);
    const struct config_key *key = config_key_find(name);
    if (key) {
        config_read_value(reader, key, pair->value);
        return;
    }
    str group = str_concat(reader->arena, name, S("."));
    const struct config_key *first = first_of_group(group);
    if (!first)
        unknown_key(reader, prefix, pair);
    else if (pair->value.kind == VALUE_MAP)
        read_map(reader, group, pair->value);
    else if (pair->value.kind != VALUE_NULL)
        bad_group(reader, first, pair);
}

static void read_map(struct config_reader *reader, str prefix, value map)
{
    for (ptrdiff_t i = 0; i < value_count(map); i++) read_pair(reader, prefix, &map.as.map->pairs[i]);
}

/* The defaults are YAML in the table: what help shows is what holds. */
static void read_defaults(struct config_reader *reader)
{
    for (ptrdiff_t i = 0; i < config_key_count; i++) {
        value v;
        reader->text = config_keys[i].default_;
        if (reader->text.len && yaml_parse(reader->arena, reader->text, 0, 0, reader->diags, &v))
            config_read_value(reader, &config_keys[i], v);
    }
}

/* --- the file --------------------------------------------------------- */

/* The file as a map, or null; false after reporting. */
static bool read_settings(struct config_reader *reader, str path, struct sources *sources, value *out)
{
    str text;
    if (!file_read(reader->arena, path, &text, reader->diags)) return false;
    uint32_t file = reader->draft->config.file = sources_add(sources, S("hugi.yaml"), text);
    if (!text_repair(reader->arena, text, file, sources, reader->diags, &reader->text)) return false;
    if (!yaml_parse(reader->arena, reader->text, file, 0, reader->diags, out)) return false;
    if (out->kind == VALUE_MAP || out->kind == VALUE_NULL) return true;
    diag_report(reader->diags, DIAG_CONFIG_VALUE, out->at, "hugi.yaml is not a map of settings (want title: NAME)");
    return false;
}

static void read_file(struct config_reader *reader, str root, struct sources *sources)
{
    struct config *config = &reader->draft->config;
    str path = path_join(reader->arena, root, S("hugi.yaml"));
    value all = value_null();
    config->all = value_map(reader->arena);
    if (!file_is_named(path)) return;
    config->unread = !read_settings(reader, path, sources, &all);
    if (config->unread || all.kind != VALUE_MAP) return;
    config->all = all;
    read_map(reader, S(""), all);
}

/* --- the command line and the time ------------------------------------ */

static void read_overrides(struct config_reader *reader, const struct config_overrides *overrides)
{
    struct config *config = &reader->draft->config;
    config->preview = overrides->preview;
    if (overrides->drafts || overrides->preview) config->build.drafts = true;
    if (overrides->future || overrides->preview) config->build.future = true;
    if (!overrides->base_url) return;
    struct config_key option = *config_key_find(S("base_url"));
    option.name = S("--base-url");
    config->base_url = config->base_path = (str){"", 0};
    config_read_value(reader, &option, value_str(str_c(overrides->base_url)));
}

/* --now, else SOURCE_DATE_EPOCH (reproducible-builds.org), else the clock: the only look at it. */
static void read_now(struct config_reader *reader, const char *given)
{
    struct config *config = &reader->draft->config;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    instant now = {.seconds = (int64_t)time(NULL)};
    if (given) {
        if (!date_parse(str_c(given), config->zone, &now))
            diag_report(reader->diags, DIAG_CONFIG_VALUE, (span){0},
                        "'--now' is not a date: \"%s\" (want YYYY-MM-DD or RFC 3339)", given);
    } else if (epoch && *epoch && !str_to_int(str_c(epoch), &now.seconds)) {
        diag_report(reader->diags, DIAG_CONFIG_VALUE, (span){0},
                    "SOURCE_DATE_EPOCH is not a number of seconds: \"%s\"", epoch);
    }
    config->now = date_in_zone(now, config->zone);
}

/* Some settings are checked after others, but the author reads from top to bottom. */
static void sort_reports(struct diags *diags, ptrdiff_t from, uint32_t file)
{
    for (ptrdiff_t i = from + 1; i < diags->count; i++) {
        struct diag diag = diags->items[i];
        ptrdiff_t at = i;
        for (; at > from && diag.at.file == file && diags->items[at - 1].at.file == file &&
               diags->items[at - 1].at.start > diag.at.start; at--)
            diags->items[at] = diags->items[at - 1];
        diags->items[at] = diag;
    }
}

/* A site that does not say its name is called what it holds. */
static void name_site(struct config *config)
{
    if (config->title.len) return;
    config->title = str_starts(config->languages[0].code, S("ko")) ? S("후기") : S("Trip reports");
}

bool config_load(struct arena *arena, str root, const struct config_overrides *overrides,
                 struct sources *sources, struct diags *diags, struct config *out)
{
    static const struct config_overrides nothing = {0};
    struct config_draft draft = {0};
    struct config_reader reader = {arena, diags, S(""), &draft};
    ptrdiff_t errors = diags->errors, reports = diags->count;
    if (!overrides) overrides = &nothing;
    read_defaults(&reader);
    read_file(&reader, root, sources);
    read_overrides(&reader, overrides);
    config_shape_languages(&reader);
    config_shape_sections(&reader);
    config_shape_permalinks(&reader);
    read_now(&reader, overrides->now);
    name_site(&draft.config);
    sort_reports(diags, reports, draft.config.file);
    *out = draft.config;
    return diags->errors == errors;
}

bool config_check_overrides(struct arena *arena, const struct config_overrides *overrides, struct diags *diags)
{
    struct config_draft draft = {0};
    struct config_reader reader = {arena, diags, S(""), &draft};
    ptrdiff_t errors = diags->errors;
    read_defaults(&reader);
    read_overrides(&reader, overrides);
    read_now(&reader, overrides->now);
    return diags->errors == errors;
}
