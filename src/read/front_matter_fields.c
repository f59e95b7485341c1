/* front_matter_fields.c - the fields of front matter, their synonyms, and how
 * values are taken apart and shown in messages.
 *
 * Written in this order: the two tables, lookups, terms, messages. */
#include "front_matter_fields.h"

#include "base/utf8.h"
#include "model/site.h"

/* --- the tables ------------------------------------------------------- */

#define AT(place) offsetof(struct page, place)

const struct front_field front_fields[] = {
    {STR_INIT("title"), FRONT_TEXT, AT(title), 0, AT(at[FIELD_TITLE]), STR_INIT("title; else the first heading or line")},
    {STR_INIT("date"), FRONT_DATE, AT(date), AT(has_date), AT(at[FIELD_DATE]), STR_INIT("date; else from the file name")},
    {STR_INIT("updated"), FRONT_DATE, AT(updated), AT(has_updated), 0, STR_INIT("date of the last change")},
    {STR_INIT("expires"), FRONT_DATE, AT(expires), AT(has_expires), 0, STR_INIT("not published from then on")},
    {STR_INIT("slug"), FRONT_TEXT, AT(slug), 0, AT(at[FIELD_URL]), STR_INIT("last part of the address")},
    {STR_INIT("url"), FRONT_ADDRESS, AT(url_wanted), 0, AT(at[FIELD_URL]), STR_INIT("the whole address")},
    {STR_INIT("aliases"), FRONT_ADDRESSES, AT(aliases), 0, AT(at[FIELD_ALIASES]), STR_INIT("addresses that lead here")},
    {STR_INIT("draft"), FRONT_BOOL, AT(draft), 0, 0, STR_INIT("not published")},
    {STR_INIT("description"), FRONT_TEXT, AT(description), 0, 0, STR_INIT("one or two sentences for lists and search engines")},
    {STR_INIT("summary"), FRONT_TEXT, AT(summary), 0, 0, STR_INIT("shown in lists; else the first sentences")},
    {STR_INIT("tags"), FRONT_TERMS, 0, 0, AT(at[FIELD_TAGS]), STR_INIT("list, or words")},
    {STR_INIT("categories"), FRONT_TERMS, 0, 0, 0, STR_INIT("list, or words")},
    {STR_INIT("keywords"), FRONT_TERMS, 0, 0, 0, STR_INIT("list, or words")},
    {STR_INIT("series"), FRONT_NAME, 0, 0, 0, STR_INIT("the series this post belongs to")},
    {STR_INIT("authors"), FRONT_NAMES, AT(author_names), 0, AT(author_at), STR_INIT("names or ids")},
    {STR_INIT("image"), FRONT_IMAGE, AT(cover), 0, AT(at[FIELD_IMAGE]), STR_INIT("cover: a path, or {path, alt, caption}")},
    {STR_INIT("event"), FRONT_ANY, 0, 0, AT(at[FIELD_EVENT]), STR_INIT("an event's id or name, or a map")},
    {STR_INIT("sessions"), FRONT_ANY, 0, 0, AT(at[FIELD_SESSIONS]), STR_INIT("the sessions the author attended")},
    {STR_INIT("lang"), FRONT_LANGUAGE, AT(language), 0, 0, STR_INIT("language; else from the file name")},
    {STR_INIT("translation"), FRONT_TEXT, AT(translation), 0, 0, STR_INIT("a key that translations share")},
    {STR_INIT("layout"), FRONT_TEXT, AT(layout), 0, AT(layout_at), STR_INIT("template; else that of the page's kind")},
    {STR_INIT("toc"), FRONT_BOOL, AT(toc), AT(toc_given), 0, STR_INIT("table of contents")},
    {STR_INIT("pin"), FRONT_BOOL, AT(pin), 0, 0, STR_INIT("kept at the top of the home page")},
    {STR_INIT("math"), FRONT_BOOL, AT(math), 0, 0, STR_INIT("the page holds formulas")},
    {STR_INIT("comments"), FRONT_ANY, 0, 0, 0, STR_INIT("for the theme")},
    {STR_INIT("weight"), FRONT_INT, AT(weight), 0, 0, STR_INIT("order among undated pages")},
};
const ptrdiff_t front_field_count = (ptrdiff_t)(sizeof front_fields / sizeof *front_fields);

_Static_assert(sizeof front_fields / sizeof *front_fields <= FRONT_FIELDS_MOST, "raise FRONT_FIELDS_MOST");

/* Of two synonyms given, the first in this order wins. */
const struct front_synonym front_synonyms[] = {
    {STR_INIT("published"), STR_INIT("draft"), SYNONYM_INVERTED | SYNONYM_OR_DATE},
    {STR_INIT("publish"), STR_INIT("draft"), SYNONYM_INVERTED | SYNONYM_OR_DATE},
    {STR_INIT("publishDate"), STR_INIT("date"), SYNONYM_WEAK},
    {STR_INIT("pubDate"), STR_INIT("date"), SYNONYM_WEAK},
    {STR_INIT("created"), STR_INIT("date"), SYNONYM_WEAK},
    {STR_INIT("lastmod"), STR_INIT("updated"), 0},
    {STR_INIT("last_modified_at"), STR_INIT("updated"), 0},
    {STR_INIT("modified"), STR_INIT("updated"), 0},
    {STR_INIT("expiryDate"), STR_INIT("expires"), 0},
    {STR_INIT("permalink"), STR_INIT("url"), SYNONYM_NOT_EVENTS},
    {STR_INIT("redirect_from"), STR_INIT("aliases"), 0},
    {STR_INIT("excerpt"), STR_INIT("summary"), 0},
    {STR_INIT("tag"), STR_INIT("tags"), 0},
    {STR_INIT("category"), STR_INIT("categories"), 0},
    {STR_INIT("author"), STR_INIT("authors"), 0},
    {STR_INIT("author-email"), STR_INIT("authors"), SYNONYM_WEAK},
    {STR_INIT("author_email"), STR_INIT("authors"), SYNONYM_WEAK},
    {STR_INIT("cover"), STR_INIT("image"), 0},
    {STR_INIT("thumbnail"), STR_INIT("image"), 0},
    {STR_INIT("thumbnail-image"), STR_INIT("image"), 0},
    {STR_INIT("teaser"), STR_INIT("image"), 0},
    {STR_INIT("featured_image"), STR_INIT("image"), 0},
    {STR_INIT("images"), STR_INIT("image"), SYNONYM_WEAK},
    {STR_INIT("header.image"), STR_INIT("image"), SYNONYM_WEAK},
    {STR_INIT("language"), STR_INIT("lang"), 0},
    {STR_INIT("translationKey"), STR_INIT("translation"), 0},
    {STR_INIT("type"), STR_INIT("layout"), SYNONYM_WEAK | SYNONYM_NOT_EVENTS},
    {STR_INIT("enableToc"), STR_INIT("toc"), 0},
    {STR_INIT("sticky"), STR_INIT("pin"), 0},
    {STR_INIT("mathjax"), STR_INIT("math"), 0},
    {STR_INIT("katex"), STR_INIT("math"), 0},
};
const ptrdiff_t front_synonym_count = (ptrdiff_t)(sizeof front_synonyms / sizeof *front_synonyms);

const struct front_field *front_field_find(str name)
{
    for (ptrdiff_t i = 0; i < front_field_count; i++)
        if (str_equal_ascii_case(front_fields[i].name, name)) return &front_fields[i];
    return NULL;
}

const struct front_synonym *front_synonym_find(str name)
{
    for (ptrdiff_t i = 0; i < front_synonym_count; i++)
        if (str_equal_ascii_case(front_synonyms[i].name, name)) return &front_synonyms[i];
    return NULL;
}

bool front_is_about_others(const struct page *page)
{
    return str_starts(page->below, S("events/")) || str_starts(page->below, S("authors/"));
}

ptrdiff_t front_matter_table(struct arena *arena, const struct front_matter_help **rows)
{
    struct front_matter_help *out = ARENA_NEWS(arena, struct front_matter_help, front_field_count);
    for (ptrdiff_t i = 0; i < front_field_count; i++) {
        struct buf synonyms = buf_in(arena);
        for (ptrdiff_t s = 0; s < front_synonym_count; s++) {
            if (!str_equal(front_synonyms[s].field, front_fields[i].name)) continue;
            if (synonyms.len) buf_char(&synonyms, ' ');
            buf_add(&synonyms, front_synonyms[s].name);
        }
        out[i] = (struct front_matter_help){front_fields[i].name, buf_str(&synonyms), front_fields[i].help};
    }
    *rows = out;
    return front_field_count;
}

/* --- terms ------------------------------------------------------------ */

bool front_is_scalar(value v)
{
    return v.kind == VALUE_STR || v.kind == VALUE_INT || v.kind == VALUE_FLOAT || v.kind == VALUE_BOOL ||
           v.kind == VALUE_TIME;
}

bool front_bool(value v, bool *out)
{
    static const struct { str word; bool meaning; } words[] = {
        {STR_INIT("true"), true},   {STR_INIT("yes"), true}, {STR_INIT("on"), true},
        {STR_INIT("false"), false}, {STR_INIT("no"), false}, {STR_INIT("off"), false},
    };
    *out = (v.kind == VALUE_BOOL && v.as.boolean) || (v.kind == VALUE_INT && v.as.integer != 0) || v.kind == VALUE_MAP;
    if (v.kind == VALUE_BOOL || v.kind == VALUE_INT || v.kind == VALUE_MAP || v.kind == VALUE_NULL) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal_ascii_case(str_trim(value_text(v)), words[i].word)) {
            *out = words[i].meaning;
            return true;
        }
    return false;
}

static void add_term(struct str_list *list, str term)
{
    term = str_trim(term);
    for (ptrdiff_t i = 0; i < list->count; i++)
        if (str_equal(list->items[i], term)) return;
    if (term.len) list->items[list->count++] = term;
}

static struct str_list split_text(struct arena *arena, str text, enum front_type type)
{
    bool comma = str_find_char(text, ',') >= 0;
    char separator = comma ? ',' : ' ';
    struct str_list list = {ARENA_NEWS(arena, str, text.len / 2 + 1), 0};
    if (type == FRONT_NAME || (type == FRONT_NAMES && !comma)) {
        add_term(&list, text);
        return list;
    }
    for (str rest = text, part; str_split(&rest, separator, &part);) add_term(&list, part);
    return list;
}

/* Jekyll's `author: {name: ..., email: ...}`. */
static value name_of_map(value v, enum front_type type)
{
    const struct value_pair *pair = type == FRONT_NAMES ? value_pair(&v, S("name")) : NULL;
    if (!pair && type == FRONT_NAMES) pair = value_pair(&v, S("id"));
    return pair ? pair->value : v;
}

static void collect_one(struct arena *arena, value v, enum front_type type, struct str_list *list,
                        struct value_bag *bad)
{
    value name = name_of_map(v, type);
    if (front_is_scalar(name))
        add_term(list, value_print(name, arena));
    else if (v.kind != VALUE_NULL && bad)
        ARENA_PUSH(arena, bad->items, bad->count, bad->capacity) = v;
}

struct str_list front_collect(struct arena *arena, value v, enum front_type type, struct value_bag *bad)
{
    if (v.kind == VALUE_STR) return split_text(arena, v.as.text, type);
    ptrdiff_t count = v.kind == VALUE_LIST ? value_count(v) : 1;
    struct str_list list = {ARENA_NEWS(arena, str, count), 0};
    for (ptrdiff_t i = 0; i < count; i++)
        collect_one(arena, v.kind == VALUE_LIST ? v.as.list->items[i] : v, type, &list, bad);
    return list;
}

struct str_list front_matter_terms(const struct page *page, str taxonomy, struct arena *arena)
{
    const struct front_field *field = front_field_find(taxonomy);
    const struct front_synonym *synonym = field ? NULL : front_synonym_find(taxonomy);
    str name = synonym ? synonym->field : taxonomy;
    if (synonym) field = front_field_find(name);
    const struct value_pair *pair = value_pair(&page->meta, name);
    if (!pair) return (struct str_list){0};
    return front_collect(arena, pair->value, field ? field->type : FRONT_NAMES, NULL);
}

/* --- messages --------------------------------------------------------- */

enum { SHOWN_LONGEST = 40 };

str front_written(const struct page *page, value v)
{
    const struct source *source = page->site && v.at.file ? sources_get(page->site->sources, v.at.file) : NULL;
    return source ? str_trim(str_slice(source->text, v.at.start, (ptrdiff_t)v.at.start + v.at.len)) : (str){0};
}

str front_text(const struct page *page, value v)
{
    str written = v.kind == VALUE_INT || v.kind == VALUE_FLOAT ? front_written(page, v) : (str){0};
    return written.len ? written : value_print(v, page->arena);
}

str front_shown(const struct page *page, value v)
{
    if (!front_is_scalar(v)) return str_c(value_kind_name(v));
    str text = front_text(page, v);
    bool cut = utf8_count(text) > SHOWN_LONGEST;
    if (cut) text = str_slice(text, 0, utf8_offset(text, SHOWN_LONGEST));
    return str_format(page->arena, v.kind == VALUE_STR ? "\"%" STR_F "%s\"" : "%" STR_F "%s", STR_A(text),
                      cut ? "..." : "");
}

span front_place(const struct page *page, value v)
{
    return v.at.file ? v.at : (span){page->file, 0, 0};
}

bool front_bad(const struct page *page, struct diags *diags, str name, value v, const char *want)
{
    str shown = front_shown(page, v);
    diag_report(diags, DIAG_FIELD, front_place(page, v), "'%" STR_F "' is not %s: %" STR_F, STR_A(name), want,
                STR_A(shown))->path = page->path;
    return false;
}

bool front_bad_items(const struct page *page, struct diags *diags, str name, value list, const struct value_bag *bad)
{
    for (ptrdiff_t i = 0; i < bad->count; i++) {
        if (list.kind != VALUE_LIST) return front_bad(page, diags, name, list, "a list of names");
        str shown = front_shown(page, bad->items[i]);
        diag_report(diags, DIAG_FIELD, front_place(page, bad->items[i]), "'%" STR_F "' holds an item that is no name: %" STR_F,
                    STR_A(name), STR_A(shown))->path = page->path;
    }
    return bad->count == 0;
}

/* "2024년 5월 18일" is so clear that the hint can write it. */
static bool korean_date(str text, int64_t out[3])
{
    static const str marks[] = {STR_INIT("년"), STR_INIT("월"), STR_INIT("일")};
    for (int i = 0; i < 3; i++) {
        ptrdiff_t at = str_find(text, marks[i]);
        if (at < 0 || !str_to_int(str_trim(str_slice(text, 0, at)), &out[i])) return false;
        text = str_from(text, at + marks[i].len);
    }
    return out[0] > 0 && out[0] < 10000 && date_is_valid((int)out[0], (int)out[1], (int)out[2]);
}

bool front_date(const struct page *page, struct diags *diags, str name, value v, const struct zone *zone,
                instant *out)
{
    if (v.kind == VALUE_TIME) *out = v.as.time;
    if (v.kind == VALUE_TIME || (front_is_scalar(v) && date_parse(front_text(page, v), zone, out))) {
        if (!out->date_only) *out = date_in_zone(*out, zone);
        return true;
    }
    int64_t ymd[3];
    str shown = front_shown(page, v);
    struct diag *diag = diag_report(diags, DIAG_DATE, front_place(page, v),
                                    "'%" STR_F "' is not a date: %" STR_F " (want YYYY-MM-DD or RFC 3339)", STR_A(name),
                                    STR_A(shown));
    diag->path = page->path;
    if (v.kind == VALUE_STR && korean_date(v.as.text, ymd))
        diag_hint(diags, diag, "write %04d-%02d-%02d", (int)ymd[0], (int)ymd[1], (int)ymd[2]);
    else
        diag_hint(diags, diag, "write it like 2024-05-18, or 2024-05-18T09:30 with a time of day");
    return false;
}
