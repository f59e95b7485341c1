/* front_matter_apply.c - page->meta into the typed fields of struct page: one
 * reader for each type of the table, then the table's walk. */
#include "base/buf.h"
#include "base/escape.h"
#include "base/path.h"
#include "front_matter_fields.h"

struct applier {
    struct page *page;
    const struct config *config;
    struct diags *diags;
};

typedef bool apply_fn(const struct applier *applier, str name, enum front_type type, value v, void *target);

static bool bad(const struct applier *applier, str name, value v, const char *want)
{
    return front_bad(applier->page, applier->diags, name, v, want);
}

/* --- scalars ---------------------------------------------------------- */

/* `title: [후기]` is a list to YAML, though its author meant a text. */
static bool bad_text(const struct applier *applier, str name, value v)
{
    bad(applier, name, v, "text");
    str written = front_written(applier->page, v);
    if (v.kind == VALUE_LIST && written.len && written.p[0] == '[' && str_find_char(written, '\n') < 0)
        diag_hint(applier->diags, &applier->diags->items[applier->diags->count - 1],
                  "if it is a text, write it in quotes: %" STR_F ": \"%" STR_F "\"", STR_A(name), STR_A(written));
    return false;
}

static bool apply_text(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    (void)type;
    if (!front_is_scalar(v)) return bad_text(applier, name, v);
    *(str *)target = str_trim(front_text(applier->page, v));
    return true;
}

static bool apply_date(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    (void)type;
    return front_date(applier->page, applier->diags, name, v, applier->config->zone, target);
}

static bool apply_bool(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    bool meaning;
    (void)type;
    if (!front_bool(v, &meaning)) return bad(applier, name, v, "true or false");
    *(bool *)target = meaning;
    return true;
}

static bool apply_int(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    (void)type;
    if (v.kind != VALUE_INT) return bad(applier, name, v, "a whole number");
    *(int64_t *)target = v.as.integer;
    return true;
}

/* `lang: ko-KR` is the site's `ko`. */
static const struct language *find_language(const struct config *config, str code)
{
    for (ptrdiff_t i = 0; i < config->language_count; i++)
        if (str_equal_ascii_case(config->languages[i].code, code)) return &config->languages[i];
    ptrdiff_t end = 0;
    while (end < code.len && code.p[end] != '-' && code.p[end] != '_') end++;
    return end < code.len ? find_language(config, str_slice(code, 0, end)) : NULL;
}

static bool apply_language(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    const struct language *language = find_language(applier->config, str_trim(value_text(v)));
    (void)type;
    if (language) {
        *(str *)target = language->code;
        return true;
    }
    bad(applier, name, v, "a language of this site");
    struct buf codes = buf_in(applier->page->arena);
    for (ptrdiff_t i = 0; i < applier->config->language_count; i++)
        buf_printf(&codes, "%s%" STR_F, i ? ", " : "", STR_A(applier->config->languages[i].code));
    diag_hint(applier->diags, &applier->diags->items[applier->diags->count - 1],
              "the site has %" STR_F "; add others to 'languages' in hugi.yaml", STR_A(buf_str(&codes)));
    return false;
}

/* --- lists and addresses ---------------------------------------------- */

/* Reports every item that is no name. */
static bool apply_terms(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    struct value_bag wrong = {0};
    struct str_list list = front_collect(applier->page->arena, v, type, &wrong);
    if (target) *(struct str_list *)target = list;
    return front_bad_items(applier->page, applier->diags, name, v, &wrong);
}

static bool is_site_address(struct arena *arena, str text)
{
    str unused;
    return text.len && !url_is_absolute(text) && str_find_char(text, '?') < 0 && str_find_char(text, '#') < 0 &&
           path_normalize(arena, text, &unused);
}

static bool apply_address(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    (void)type;
    if (!front_is_scalar(v)) return bad(applier, name, v, "an address of this site");
    str text = str_trim(front_text(applier->page, v));
    if (!is_site_address(applier->page->arena, text)) return bad(applier, name, v, "an address of this site");
    *(str *)target = text;
    return true;
}

static bool apply_addresses(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    ptrdiff_t count = v.kind == VALUE_LIST ? value_count(v) : 1;
    struct str_list list = {ARENA_NEWS(applier->page->arena, str, count), 0};
    bool ok = true;
    for (ptrdiff_t i = 0; i < count; i++) {
        value item = v.kind == VALUE_LIST ? v.as.list->items[i] : v;
        if (item.kind == VALUE_NULL) continue;
        if (apply_address(applier, name, type, item, &list.items[list.count])) list.count++;
        else ok = false;
    }
    *(struct str_list *)target = list;
    return ok;
}

/* --- the cover -------------------------------------------------------- */

/* The texts of `{path, alt, caption}`, as Chirpy, PaperMod and others spell them. */
static const struct { str key; size_t offset; } cover_keys[] = {
    {STR_INIT("path"), offsetof(struct picture_ref, url)},  {STR_INIT("image"), offsetof(struct picture_ref, url)},
    {STR_INIT("src"), offsetof(struct picture_ref, url)},   {STR_INIT("url"), offsetof(struct picture_ref, url)},
    {STR_INIT("alt"), offsetof(struct picture_ref, alt)},   {STR_INIT("title"), offsetof(struct picture_ref, title)},
    {STR_INIT("caption"), offsetof(struct picture_ref, caption)},
};

static bool read_cover_map(const struct applier *applier, value v, struct picture_ref *cover)
{
    bool ok = true;
    for (size_t i = 0; i < sizeof cover_keys / sizeof *cover_keys; i++) {
        const struct value_pair *pair = value_pair(&v, cover_keys[i].key);
        str *text = (str *)(void *)((char *)cover + cover_keys[i].offset);
        if (!pair || pair->value.kind == VALUE_NULL || text->len) continue;
        str name = str_concat(applier->page->arena, S("image."), cover_keys[i].key);
        ok = apply_text(applier, name, FRONT_TEXT, pair->value, text) && ok;
    }
    if (cover->caption.len) {
        struct buf html = buf_in(applier->page->arena);
        buf_html(&html, cover->caption);
        cover->caption = buf_str(&html);
    }
    return ok;
}

static bool bad_cover(const struct applier *applier, str name, value v)
{
    diag_report(applier->diags, DIAG_FIELD, front_place(applier->page, v),
                "'%" STR_F "' has no path (want {path: a.jpg, alt: TEXT, caption: TEXT})", STR_A(name))->path =
        applier->page->path;
    return false;
}

/* A list (Hugo's `images`) means its first, `false` none. */
static bool apply_image(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    struct picture_ref cover = {0};
    (void)type;
    if (v.kind == VALUE_LIST) v = value_at(v, 0, applier->page->arena);
    if (v.kind == VALUE_NULL || (v.kind == VALUE_BOOL && !v.as.boolean)) return true;
    if (v.kind != VALUE_STR && v.kind != VALUE_MAP)
        return bad(applier, name, v, "a path or a map {path, alt, caption}");
    if (v.kind == VALUE_STR) cover.url = str_trim(v.as.text);
    if (v.kind == VALUE_MAP && !read_cover_map(applier, v, &cover)) return false;
    if (v.kind == VALUE_MAP && cover.url.len == 0) return bad_cover(applier, name, v);
    cover.at = front_place(applier->page, v);
    *(struct picture_ref *)target = cover;
    return true;
}

static bool apply_any(const struct applier *applier, str name, enum front_type type, value v, void *target)
{
    (void)applier;
    (void)name;
    (void)type;
    (void)v;
    (void)target;
    return true;
}

/* --- the walk --------------------------------------------------------- */

static apply_fn *const appliers[FRONT_TYPE_COUNT] = {
    [FRONT_TEXT] = apply_text,       [FRONT_DATE] = apply_date,           [FRONT_BOOL] = apply_bool,
    [FRONT_INT] = apply_int,         [FRONT_TERMS] = apply_terms,         [FRONT_NAMES] = apply_terms,
    [FRONT_NAME] = apply_terms,      [FRONT_ADDRESS] = apply_address,     [FRONT_ADDRESSES] = apply_addresses,
    [FRONT_IMAGE] = apply_image,     [FRONT_LANGUAGE] = apply_language,   [FRONT_ANY] = apply_any,
};

/* An event's `url` is the event's own site; its page's address is `permalink` alone. */
static str key_of(const struct page *page, const struct front_field *field)
{
    return field->type == FRONT_ADDRESS && front_is_about_others(page) ? S("permalink") : field->name;
}

/* What the author calls it: 'lastmod', not 'updated'. */
static str written_name(const struct page *page, const struct value_pair *pair)
{
    value key = {.at = pair->key_at};
    str written = front_written(page, key);
    written = str_trim_char(str_trim_char(written, '"'), '\'');
    return written.len ? written : pair->key;
}

/* An empty field is not given: `draft:` alone is no draft. */
static bool apply_field(const struct applier *applier, const struct front_field *field)
{
    char *page = (char *)applier->page;
    str name = key_of(applier->page, field);
    const struct value_pair *pair = value_pair(&applier->page->meta, name);
    if (!pair || pair->value.kind == VALUE_NULL) return true;
    if (field->at) *(span *)(void *)(page + field->at) = front_place(applier->page, pair->value);
    void *target = field->offset ? page + field->offset : NULL;
    name = written_name(applier->page, pair);
    if (!appliers[field->type](applier, name, field->type, pair->value, target)) return false;
    if (field->given) *(bool *)(void *)(page + field->given) = true;
    return true;
}

/* Taxonomies of the site's own, beside those of the table. */
static bool check_taxonomies(const struct applier *applier)
{
    bool ok = true;
    for (ptrdiff_t i = 0; i < applier->config->taxonomies.count; i++) {
        str name = applier->config->taxonomies.items[i];
        const struct value_pair *pair = value_pair(&applier->page->meta, name);
        if (!pair || front_field_find(name)) continue;
        ok = apply_terms(applier, name, FRONT_NAMES, pair->value, NULL) && ok;
    }
    return ok;
}

bool front_matter_apply(struct page *page, const struct config *config, struct diags *diags)
{
    struct applier applier = {page, config, diags};
    bool ok = true;
    for (ptrdiff_t i = 0; i < front_field_count; i++) ok = apply_field(&applier, &front_fields[i]) && ok;
    return check_taxonomies(&applier) && ok;
}
