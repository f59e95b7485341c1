/* config_values.c - one reader for each type of setting.
 *
 * Written in this order: how values are shown in messages, the readers of
 * scalars, of lists and maps, the table of readers.  Every reader either fills
 * its target or reports what would be right, with an example. */
#include "base/utf8.h"
#include "keys.h"

#include <stdlib.h>

enum { SHOWN_LONGEST = 40 };

str config_text(const struct config_reader *reader, value v)
{
    if (v.kind == VALUE_STR) return v.as.text;
    str written = str_trim(str_slice(reader->text, v.at.start, (ptrdiff_t)v.at.start + v.at.len));
    return written.len ? written : value_print(v, reader->arena);
}

str config_shown(const struct config_reader *reader, value v)
{
    if (v.kind == VALUE_NULL) return S("nothing");
    if (v.kind == VALUE_LIST) return S("a list");
    if (v.kind == VALUE_MAP) return S("a map");
    str text = config_text(reader, v);
    bool cut = utf8_count(text) > SHOWN_LONGEST;
    if (cut) text = str_slice(text, 0, utf8_offset(text, SHOWN_LONGEST));
    return str_format(reader->arena, v.kind == VALUE_STR ? "\"%" STR_F "%s\"" : "%" STR_F "%s", STR_A(text),
                      cut ? "..." : "");
}

/* "images: {quality: 80}": the key as it is written in the file. */
str config_example(const struct config_reader *reader, const struct config_key *key)
{
    str example = key->default_.len ? key->default_ : key->example;
    ptrdiff_t dot = str_find_char(key->name, '.');
    if (dot < 0) return str_format(reader->arena, "%" STR_F ": %" STR_F, STR_A(key->name), STR_A(example));
    return str_format(reader->arena, "%" STR_F ": {%" STR_F ": %" STR_F "}", STR_A(str_slice(key->name, 0, dot)),
                      STR_A(str_from(key->name, dot + 1)), STR_A(example));
}

bool config_bad_value(struct config_reader *reader, const struct config_key *key, value v, const char *want)
{
    str shown = config_shown(reader, v);
    struct diag *diag = diag_report(reader->diags, DIAG_CONFIG_VALUE, v.at, "'%" STR_F "' is not %s: %" STR_F,
                                    STR_A(key->name), want, STR_A(shown));
    str example = config_example(reader, key);
    diag_hint(reader->diags, diag, "for example  %" STR_F, STR_A(example));
    return false;
}

static const char *range_text(const struct config_reader *reader, const struct config_key *key, const char *what)
{
    str text = str_format(reader->arena, "%s from %lld to %lld", what, (long long)key->least, (long long)key->most);
    return str_z(reader->arena, text);
}

/* --- scalars ---------------------------------------------------------- */

typedef bool read_fn(struct config_reader *reader, const struct config_key *key, value v, void *target);

static bool is_scalar(value v)
{
    return v.kind == VALUE_STR || v.kind == VALUE_INT || v.kind == VALUE_FLOAT || v.kind == VALUE_BOOL;
}

static bool read_text(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    if (!is_scalar(v)) return config_bad_value(reader, key, v, "text");
    str text = str_trim(config_text(reader, v));
    bool is_file_name = text.len >= key->least && text.len <= key->most && text.len && text.p[0] != '.' &&
                        str_find_char(text, '/') < 0;
    if (key->most && !is_file_name)
        return config_bad_value(reader, key, v, "a name");
    *(str *)target = text;
    return true;
}

static bool read_int(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    if (v.kind != VALUE_INT || v.as.integer < key->least || v.as.integer > key->most)
        return config_bad_value(reader, key, v, range_text(reader, key, "a whole number"));
    *(int *)target = (int)v.as.integer;
    return true;
}

static bool read_bool(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    if (v.kind != VALUE_BOOL) return config_bad_value(reader, key, v, "true or false");
    *(bool *)target = v.as.boolean;
    return true;
}

/* "64MB" with thousand 1024, "50M" with thousand 1000; -1 when it is neither. */
static int64_t parse_amount(value v, int64_t thousand, bool bytes)
{
    if (v.kind == VALUE_INT) return v.as.integer;
    str text = str_trim(value_text(v));
    if (bytes && text.len && char_lower(text.p[text.len - 1]) == 'b') text.len--;
    int64_t factor = 1, number;
    ptrdiff_t power = text.len ? str_find_char(S("kmg"), char_lower(text.p[text.len - 1])) : -1;
    if (power >= 0) text = str_trim_right(str_slice(text, 0, text.len - 1));
    for (; power >= 0; power--) factor *= thousand;
    if (!str_to_int(text, &number) || number < 0 || number > INT64_MAX / factor) return -1;
    return number * factor;
}

/* "64MB", in the largest unit that holds it whole. */
static str size_text(struct arena *arena, int64_t size)
{
    static const char *const units[] = {"", "KB", "MB", "GB"};
    int unit = 0;
    for (; unit < 3 && size % 1024 == 0; unit++) size /= 1024;
    return str_format(arena, "%lld%s", (long long)size, units[unit]);
}

static bool read_size(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    int64_t size = parse_amount(v, 1024, true);
    if (size < key->least || size > key->most) {
        str want = str_format(reader->arena, "a size from %" STR_F " to %" STR_F " (KB, MB, GB)",
                              STR_A(size_text(reader->arena, key->least)), STR_A(size_text(reader->arena, key->most)));
        return config_bad_value(reader, key, v, str_z(reader->arena, want));
    }
    *(int64_t *)target = size;
    return true;
}

static bool read_count(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    int64_t count = parse_amount(v, 1000, false);
    if (count < key->least || count > key->most)
        return config_bad_value(reader, key, v, range_text(reader, key, "a count (K, M)"));
    *(int64_t *)target = count;
    return true;
}

/* The place of `word` in a list of words with a blank between, or -1. */
static int find_word(str words, str word)
{
    int at = 0;
    for (str part; str_split(&words, ' ', &part); at++)
        if (str_equal(part, word)) return at;
    return -1;
}

/* Enums are stored by the order of the words in the table. */
static bool read_choice(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    int at = v.kind == VALUE_STR ? find_word(key->example, v.as.text) : -1;
    if (at < 0) {
        str words = str_replace(reader->arena, key->example, S(" "), S(", "));
        return config_bad_value(reader, key, v, str_z(reader->arena, str_concat(reader->arena, S("one of "), words)));
    }
    memcpy(target, &at, sizeof at);
    return true;
}

static bool read_url(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    (void)target;
    return base_url_read(reader, key, v);
}

static bool read_zone(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    str name = value_text(v);
    const struct zone *zone = name.len ? zone_load(reader->arena, name) : NULL;
    if (zone) {
        *(str *)target = name;
        reader->draft->config.zone = zone;
        return true;
    }
    config_bad_value(reader, key, v, "a known time zone");
    diag_hint(reader->diags, &reader->diags->items[reader->diags->count - 1],
              "an IANA name such as Asia/Seoul, Europe/London or UTC, or an offset such as +09:00");
    return false;
}

/* --- lists and maps --------------------------------------------------- */

/* A name may stand in an address: no '/', ':' or blanks at its ends. */
static bool is_name(str text)
{
    return text.len > 0 && text.len <= 100 && str_find_char(text, '/') < 0 && str_find_char(text, ':') < 0;
}

static bool read_names(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    if (v.kind != VALUE_LIST) return config_bad_value(reader, key, v, "a list of names");
    struct str_list list = {ARENA_NEWS(reader->arena, str, value_count(v)), 0};
    bool ok = true;
    for (ptrdiff_t i = 0; i < value_count(v); i++) {
        value item = v.as.list->items[i];
        str name = is_scalar(item) ? str_trim(config_text(reader, item)) : (str){0};
        if (!is_name(name) || str_list_has(list, name))
            ok = config_bad_value(reader, key, item, is_name(name) ? "a list of different names" : "a list of names without '/' and ':'");
        else
            list.items[list.count++] = name;
    }
    *(struct str_list *)target = list;
    return ok;
}

static bool read_formats(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    str words = str_replace(reader->arena, key->example, S(" "), S(", "));
    const char *want = str_z(reader->arena, str_concat(reader->arena, S("a list of "), words));
    if (v.kind != VALUE_LIST) return config_bad_value(reader, key, v, want);
    for (ptrdiff_t i = 0; i < value_count(v); i++)
        if (find_word(key->example, value_text(v.as.list->items[i])) < 0)
            return config_bad_value(reader, key, v.as.list->items[i], want);
    return read_names(reader, key, v, target);
}

static int compare_ints(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* images.widths is the only one: ascending, each once; the count goes beside it. */
static bool read_ints(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    if (v.kind != VALUE_LIST || value_count(v) == 0)
        return config_bad_value(reader, key, v, range_text(reader, key, "a list of whole numbers"));
    ptrdiff_t count = value_count(v), kept = 0;
    int *items = ARENA_NEWS(reader->arena, int, count);
    for (ptrdiff_t i = 0; i < count; i++)
        if (!read_int(reader, key, v.as.list->items[i], &items[i])) return false;
    qsort(items, (size_t)count, sizeof *items, compare_ints);
    for (ptrdiff_t i = 0; i < count; i++)
        if (kept == 0 || items[kept - 1] != items[i]) items[kept++] = items[i];
    *(int **)target = items;
    reader->draft->config.images.width_count = kept;
    return true;
}

static bool read_map(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    if (v.kind != VALUE_MAP) return config_bad_value(reader, key, v, "a map");
    *(value *)target = v;
    return true;
}

/* Further keys of an item (icon, weight) are the theme's. */
static bool read_menu(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    if (v.kind != VALUE_LIST) return config_bad_value(reader, key, v, "a list of {title, url}");
    bool ok = true;
    for (ptrdiff_t i = 0; i < value_count(v); i++) {
        value item = v.as.list->items[i];
        bool title = is_scalar(value_get(item, S("title"), reader->arena));
        bool url = value_text(value_get(item, S("url"), reader->arena)).len > 0;
        if (!title || !url) ok = config_bad_value(reader, key, item, "a list of {title, url}");
    }
    *(value *)target = v;
    return ok;
}

static bool read_any(struct config_reader *reader, const struct config_key *key, value v, void *target)
{
    (void)reader;
    (void)key;
    *(value *)target = v;
    return true;
}

static read_fn *const readers[KEY_TYPE_COUNT] = {
    [KEY_TEXT] = read_text,   [KEY_INT] = read_int,       [KEY_BOOL] = read_bool,
    [KEY_SIZE] = read_size,   [KEY_COUNT] = read_count,   [KEY_CHOICE] = read_choice,
    [KEY_NAMES] = read_names, [KEY_FORMATS] = read_formats, [KEY_INTS] = read_ints,
    [KEY_MAP] = read_map,     [KEY_MENU] = read_menu,     [KEY_ANY] = read_any,
    [KEY_URL] = read_url,     [KEY_ZONE] = read_zone,
};

/* A key without a value keeps its default. */
bool config_read_value(struct config_reader *reader, const struct config_key *key, value v)
{
    if (v.kind == VALUE_NULL) return true;
    return readers[key->type](reader, key, v, (char *)reader->draft + key->offset);
}
