/* config_shapes.c - settings that depend on other settings, shaped when all are read.
 *
 * Written in this order: languages (with `language`), sections, permalinks
 * (which name sections). */
#include "base/path.h"
#include "base/yaml.h"
#include "keys.h"

static const struct config_key *key_of(const char *name) { return config_key_find(str_c(name)); }

/* --- languages -------------------------------------------------------- */

/* "ko", "en-US", "zh-Hant": BCP 47 without its rarer forms. */
static bool is_language_code(str code)
{
    ptrdiff_t letters = 0;
    while (letters < code.len && char_is_alpha(code.p[letters])) letters++;
    if (letters < 2 || letters > 3 || code.len > 20) return false;
    for (ptrdiff_t i = letters; i < code.len; i++)
        if (!char_is_alpha(code.p[i]) && !char_is_digit(code.p[i]) && (code.p[i] != '-' || i + 1 == code.len))
            return false;
    return code.len == letters || code.p[letters] == '-';
}

static struct language *find_language(struct config *config, str code)
{
    for (ptrdiff_t i = 0; i < config->language_count; i++)
        if (str_equal_ascii_case(config->languages[i].code, code)) return &config->languages[i];
    return NULL;
}

/* The main language is added first; a second mention of a code is the same language. */
static struct language *add_language(struct config_reader *reader, str code)
{
    struct config *config = &reader->draft->config;
    struct language *language = find_language(config, code);
    if (language) return language;
    language = &config->languages[config->language_count++];
    *language = (struct language){.code = code, .prefix = {"", 0}};
    if (config->language_count > 1) language->prefix = str_concat(reader->arena, S("/"), code);
    return language;
}

static bool read_code(struct config_reader *reader, const char *key, value v, str text)
{
    return is_language_code(text) || config_bad_value(reader, key_of(key), v, "a language code");
}

/* {title, description} of one language. */
static bool read_language_texts(struct config_reader *reader, struct language *language, value v)
{
    static const str known[] = {STR_INIT("title"), STR_INIT("description")};
    if (v.kind == VALUE_NULL) return true;
    if (v.kind != VALUE_MAP)
        return config_bad_value(reader, key_of("languages"), v, "a map of code to {title, description}");
    bool ok = true;
    for (ptrdiff_t i = 0; i < value_count(v); i++) {
        const struct value_pair *pair = &v.as.map->pairs[i];
        if (str_equal(pair->key, known[0]))
            language->title = config_text(reader, pair->value);
        else if (str_equal(pair->key, known[1]))
            language->description = config_text(reader, pair->value);
        else
            ok = config_unknown_key(reader, str_format(reader->arena, "languages.%" STR_F ".", STR_A(language->code)),
                                    pair, known, 2);
    }
    return ok;
}

static bool read_language_map(struct config_reader *reader, value v)
{
    bool ok = true;
    for (ptrdiff_t i = 0; i < value_count(v); i++) {
        const struct value_pair *pair = &v.as.map->pairs[i];
        value key = value_str(pair->key);
        key.at = pair->key_at;
        if (!read_code(reader, "languages", key, pair->key)) ok = false;
        else if (!read_language_texts(reader, add_language(reader, pair->key), pair->value)) ok = false;
    }
    return ok;
}

static bool read_language_list(struct config_reader *reader, value v)
{
    bool ok = true;
    for (ptrdiff_t i = 0; i < value_count(v); i++) {
        value item = v.as.list->items[i];
        if (!read_code(reader, "languages", item, value_text(item))) ok = false;
        else add_language(reader, value_text(item));
    }
    return ok;
}

/* A text the map does not give for a language is the site's own. */
static void fill_texts(struct config *config)
{
    for (ptrdiff_t i = 0; i < config->language_count; i++) {
        struct language *language = &config->languages[i];
        if (!language->title.len) language->title = config->title;
        if (!language->description.len) language->description = config->description;
    }
}

/* `language:` names the main one; without it the first of a list is. */
bool config_shape_languages(struct config_reader *reader)
{
    value main = reader->draft->language, all = reader->draft->languages;
    reader->draft->config.languages = ARENA_NEWS(reader->arena, struct language, value_count(all) + 2);
    bool ok = true, is_default = main.at.file == 0;
    if (is_default && all.kind == VALUE_LIST && value_count(all) > 0) {
        ok = read_language_list(reader, all);
    } else {
        bool valid = read_code(reader, "language", main, value_text(main));
        add_language(reader, valid ? value_text(main) : S("ko"));
        ok = valid;
        if (all.kind == VALUE_LIST) ok = read_language_list(reader, all) && ok;
    }
    if (all.kind == VALUE_MAP) ok = read_language_map(reader, all) && ok;
    if (all.kind == VALUE_NULL)         /* NAME.en.md works without a word in hugi.yaml */
        add_language(reader, str_equal(reader->draft->config.languages[0].code, S("en")) ? S("ko") : S("en"));
    if (all.kind != VALUE_MAP && all.kind != VALUE_LIST && all.kind != VALUE_NULL)
        ok = config_bad_value(reader, key_of("languages"), all, "a list or a map of languages");
    fill_texts(&reader->draft->config);
    return ok;
}

/* --- sections --------------------------------------------------------- */

/* Folders with a meaning of their own. */
static const str reserved_folders[] = {STR_INIT("events"), STR_INIT("authors"), STR_INIT("pages")};
enum { RESERVED_COUNT = sizeof reserved_folders / sizeof *reserved_folders };

static bool is_reserved(str name)
{
    for (int i = 0; i < RESERVED_COUNT; i++)
        if (str_equal(name, reserved_folders[i])) return true;
    return false;
}

static const struct section *find_section(const struct config *config, str name)
{
    for (ptrdiff_t i = 0; i < config->section_count; i++)
        if (str_equal(config->sections[i].name, name)) return &config->sections[i];
    return NULL;
}

static bool folder_is_taken(const struct config *config, str folder)
{
    for (ptrdiff_t i = 0; i < config->section_count; i++)
        for (ptrdiff_t f = 0; f < config->sections[i].folders.count; f++)
            if (str_equal(config->sections[i].folders.items[f], folder)) return true;
    return false;
}

static bool add_folder(struct config_reader *reader, struct section *section, value v)
{
    str folder;
    const struct config *config = &reader->draft->config;
    if (v.kind != VALUE_STR || !path_normalize(reader->arena, v.as.text, &folder) || folder.len == 0)
        return config_bad_value(reader, key_of("sections"), v, "a folder of content/");
    if (is_reserved(folder)) return config_bad_value(reader, key_of("sections"), v, "a folder for posts");
    if (folder_is_taken(config, folder))
        return config_bad_value(reader, key_of("sections"), v, "a folder of one section only");
    section->folders.items[section->folders.count++] = folder;
    return true;
}

/* `v` is a folder or a list of folders. */
static bool add_section(struct config_reader *reader, value name, value v)
{
    struct config *config = &reader->draft->config;
    str text = value_text(name);
    if (text.len == 0 || str_find_char(text, '/') >= 0 || is_reserved(text) || find_section(config, text))
        return config_bad_value(reader, key_of("sections"), name, "a new section name");
    struct section *section = &config->sections[config->section_count++];
    ptrdiff_t count = v.kind == VALUE_LIST ? value_count(v) : 1;
    *section = (struct section){text, {ARENA_NEWS(reader->arena, str, count), 0}};
    if (v.kind != VALUE_LIST) return add_folder(reader, section, v);
    bool ok = true;
    for (ptrdiff_t i = 0; i < count; i++) ok = add_folder(reader, section, v.as.list->items[i]) && ok;
    return ok;
}

bool config_shape_sections(struct config_reader *reader)
{
    value all = reader->draft->sections;
    reader->draft->config.sections = ARENA_NEWS(reader->arena, struct section, value_count(all));
    if (all.kind != VALUE_MAP && all.kind != VALUE_LIST)
        return config_bad_value(reader, key_of("sections"), all, "a map of sections to folders");
    bool ok = true;
    for (ptrdiff_t i = 0; i < value_count(all); i++) {
        value name = all.kind == VALUE_LIST ? all.as.list->items[i] : value_str(all.as.map->pairs[i].key);
        if (all.kind == VALUE_MAP) name.at = all.as.map->pairs[i].key_at;
        ok = add_section(reader, name, all.kind == VALUE_LIST ? name : all.as.map->pairs[i].value) && ok;
    }
    return ok;
}

/* --- permalinks ------------------------------------------------------- */

static const str pattern_parts[] = {
    STR_INIT("year"), STR_INIT("month"), STR_INIT("day"), STR_INIT("slug"), STR_INIT("title"),
    STR_INIT("section"), STR_INIT("path"), STR_INIT("filename"), STR_INIT("category"),
};
enum { PATTERN_PARTS = sizeof pattern_parts / sizeof *pattern_parts };

static bool is_part(str name)
{
    for (int i = 0; i < PATTERN_PARTS; i++)
        if (str_equal(name, pattern_parts[i])) return true;
    return false;
}

/* Reports a ':part' that does not exist, at its own place. */
static bool unknown_part(struct config_reader *reader, value v, ptrdiff_t at, str name)
{
    span place = v.at;
    if (str_equal(str_slice(reader->text, place.start, (ptrdiff_t)place.start + v.as.text.len), v.as.text)) {
        place.start += (uint32_t)at;
        place.len = (uint32_t)name.len + 1;
    }
    str nearest = str_nearest(name, pattern_parts, PATTERN_PARTS);
    struct diag *diag = diag_report(reader->diags, DIAG_CONFIG_VALUE, place,
                                    "':%" STR_F "' is not a part of an address pattern", STR_A(name));
    const char *list = ":year :month :day :slug :title :section :path :filename :category";
    if (nearest.len)
        diag_hint(reader->diags, diag, "did you mean ':%" STR_F "'? there are %s", STR_A(nearest), list);
    else
        diag_hint(reader->diags, diag, "there are %s", list);
    return false;
}

static bool check_parts(struct config_reader *reader, value v)
{
    str text = v.as.text;
    for (ptrdiff_t at = 0; at < text.len; at++) {
        if (text.p[at] != ':') continue;
        ptrdiff_t end = at + 1;
        while (end < text.len && (char_is_alpha(text.p[end]) || text.p[end] == '_')) end++;
        str name = str_slice(text, at + 1, end);
        if (!is_part(name)) return unknown_part(reader, v, at, name);
    }
    return true;
}

static bool check_pattern(struct config_reader *reader, str section, value v)
{
    struct config_key one = *key_of("permalinks"), *key = &one;
    one.name = str_concat(reader->arena, S("permalinks."), section);
    one.default_ = S("/posts/:year/:slug/");
    str text = value_text(v), unused;
    if (text.len == 0 || text.p[0] != '/') return config_bad_value(reader, key, v, "an address pattern that begins with '/'");
    if (text.p[text.len - 1] != '/' && !str_ends(text, S(".html")))
        return config_bad_value(reader, key, v, "an address pattern that ends in '/' or '.html'");
    if (!path_normalize(reader->arena, text, &unused) || str_find_char(text, '?') >= 0 || str_find_char(text, '#') >= 0)
        return config_bad_value(reader, key, v, "an address pattern inside the site");
    return check_parts(reader, v);
}

static void set_permalink(struct config *config, str section, str pattern)
{
    for (ptrdiff_t i = 0; i < config->permalink_count; i++)
        if (str_equal(config->permalinks[i].section, section)) {
            config->permalinks[i].pattern = pattern;
            return;
        }
    config->permalinks[config->permalink_count++] = (struct permalink){section, pattern};
}

static bool read_permalink(struct config_reader *reader, const struct value_pair *pair)
{
    struct config *config = &reader->draft->config;
    if (!is_reserved(pair->key) && !find_section(config, pair->key)) {
        str *known = ARENA_NEWS(reader->arena, str, config->section_count + RESERVED_COUNT);
        memcpy(known, reserved_folders, sizeof reserved_folders);
        for (ptrdiff_t i = 0; i < config->section_count; i++) known[RESERVED_COUNT + i] = config->sections[i].name;
        return config_unknown_key(reader, S("permalinks."), pair, known, config->section_count + RESERVED_COUNT);
    }
    if (!check_pattern(reader, pair->key, pair->value)) return false;
    set_permalink(config, pair->key, pair->value.as.text);
    return true;
}

/* The table's own patterns, under the file's; `posts` only where there is such a section. */
static void set_defaults(struct config_reader *reader)
{
    struct config *config = &reader->draft->config;
    value defaults;
    for (ptrdiff_t i = 0; i < config->section_count; i++) {
        str name = config->sections[i].name;
        set_permalink(config, name, str_concat3(reader->arena, S("/"), name, S("/:slug/")));
    }
    if (!yaml_parse(reader->arena, key_of("permalinks")->default_, 0, 0, reader->diags, &defaults)) return;
    for (ptrdiff_t i = 0; i < value_count(defaults); i++) {
        const struct value_pair *pair = &defaults.as.map->pairs[i];
        if (is_reserved(pair->key) || find_section(config, pair->key))
            set_permalink(config, pair->key, pair->value.as.text);
    }
}

bool config_shape_permalinks(struct config_reader *reader)
{
    struct config *config = &reader->draft->config;
    value all = reader->draft->permalinks;
    config->permalinks = ARENA_NEWS(reader->arena, struct permalink, config->section_count + RESERVED_COUNT);
    set_defaults(reader);
    if (all.at.file == 0) return true;      /* the default itself */
    if (all.kind != VALUE_MAP) return config_bad_value(reader, key_of("permalinks"), all, "a map of sections to patterns");
    bool ok = true;
    for (ptrdiff_t i = 0; i < value_count(all); i++) ok = read_permalink(reader, &all.as.map->pairs[i]) && ok;
    return ok;
}
