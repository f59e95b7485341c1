/* front_matter.c - finding front matter in a file and reading it under
 * canonical names.
 *
 * Written in this order: lines and fences, split, one pair, read. */
#include "read/front_matter.h"

#include "base/yaml.h"
#include "front_matter_fields.h"

/* --- lines ------------------------------------------------------------ */

/* `fence` with nothing but blanks behind it. */
static bool is_fence(str line, str fence)
{
    return str_starts(line, fence) && str_trim(str_from(line, fence.len)).len == 0;
}

#define WIDE_COLON "\xEF\xBC\x9A"      /* U+FF1A, which Korean keyboards offer */

/* "title: ..." or "제목:"; also with the blank forgotten or a wide colon, when
 * the key is plain: YAML will say what is wrong.  Not "https://...". */
static bool is_key_line(str line)
{
    ptrdiff_t colon = str_find_char(line, ':'), wide = str_find(line, S(WIDE_COLON));
    if (wide > 0 && (colon < 0 || wide < colon)) colon = wide;
    if (colon <= 0 || char_is_space(line.p[0]) || line.p[0] == '#') return false;
    str key = str_slice(line, 0, colon), rest = str_from(line, colon + (colon == wide ? 3 : 1));
    bool is_plain = true;
    for (ptrdiff_t i = 0; i < key.len; i++) {
        char c = key.p[i];
        if (char_is_space(c)) return false;
        if (!char_is_alpha(c) && !char_is_digit(c) && c != '_' && c != '-') is_plain = false;
    }
    if (colon == wide) return is_plain;
    return rest.len == 0 || char_is_space(rest.p[0]) || (is_plain && rest.p[0] != '/');
}

static bool is_blank_or_comment(str line)
{
    str text = str_trim(line);
    return text.len == 0 || text.p[0] == '#';
}

/* Lines that may be YAML: fields, what is indented below them, list items. */
static bool looks_like_yaml(str line)
{
    return is_key_line(line) || is_blank_or_comment(line) || line.p[0] == ' ' || line.p[0] == '-';
}

/* Where the closing line begins and ends (with its line end); false when there is none. */
static bool find_close(str text, ptrdiff_t from, str fence, str other, ptrdiff_t *begin, ptrdiff_t *end)
{
    for (str rest = str_from(text, from), line; str_line(&rest, &line);) {
        if (!is_fence(line, fence) && !(other.len && is_fence(line, other))) continue;
        *begin = line.p - text.p;
        *end = text.len - rest.len;
        return true;
    }
    return false;
}

/* Between two `---`: fields, a flow map, or nothing at all. */
static bool is_front_matter(str block)
{
    bool only_blank = true;
    for (str rest = block, line; str_line(&rest, &line);) {
        if (is_key_line(line)) return true;
        if (is_blank_or_comment(line)) continue;
        if (only_blank && line.p[0] == '{') return true;
        only_blank = false;
    }
    return only_blank;
}

/* Right below the `---` stands a field: so it opens front matter.  After a blank
 * line it is a thematic break, whatever follows. */
static bool begins_with_key(str text)
{
    for (str rest = text, line; str_line(&rest, &line);)
        if (line.len == 0 || line.p[0] != '#') return is_key_line(line);
    return false;
}

/* --- split ------------------------------------------------------------ */

static bool report_unclosed(str text, ptrdiff_t from, uint32_t file, struct diags *diags)
{
    int line_number = 1, last_field = 1;
    for (str rest = str_from(text, from), line; str_line(&rest, &line) && looks_like_yaml(line);) {
        line_number++;
        if (!is_blank_or_comment(line)) last_field = line_number;
    }
    struct diag *diag = diag_report(diags, DIAG_FRONT_MATTER, (span){file, 0, 3},
                                    "front matter does not end (want a line '---' after the last field)");
    diag_hint(diags, diag, "write '---' on a line of its own below line %d", last_field);
    return false;
}

static bool report_toml(uint32_t file, struct diags *diags)
{
    struct diag *diag = diag_report(diags, DIAG_FRONT_MATTER, (span){file, 0, 3},
                                    "TOML front matter is not read yet (want YAML between '---' lines)");
    diag_hint(diags, diag, "write '---' for '+++', and 'title: Name' for 'title = \"Name\"'");
    return false;
}

bool front_matter_split(str text, str *yaml, uint32_t *yaml_offset, str *body, uint32_t *body_offset,
                        uint32_t file, struct diags *diags)
{
    str rest = text, first = {0};
    ptrdiff_t begin, end;
    *yaml = (str){0};
    *body = text;
    *yaml_offset = *body_offset = 0;
    if (!str_line(&rest, &first)) return true;
    ptrdiff_t from = text.len - rest.len;
    if (is_fence(first, S("+++")))
        return !find_close(text, from, S("+++"), S(""), &begin, &end) || report_toml(file, diags);
    if (!is_fence(first, S("---"))) return true;
    if (!find_close(text, from, S("---"), S("..."), &begin, &end))
        return !begins_with_key(rest) || report_unclosed(text, from, file, diags);
    if (!is_front_matter(str_slice(text, from, begin))) return true;
    *yaml = str_of(text.p + from, begin - from);
    *yaml_offset = (uint32_t)from;
    *body = str_of(text.p + end, text.len - end);
    *body_offset = (uint32_t)end;
    return true;
}

/* --- read ------------------------------------------------------------- */

struct meta_reader {
    struct page *page;
    const struct config *config;
    str yaml;
    uint32_t offset;
    struct diags *diags;
    /* For each field what was taken for it: 0 nothing, 1 its own name, then 2 + the synonym's row. */
    ptrdiff_t rank[FRONT_FIELDS_MOST];
    span key_at[FRONT_FIELDS_MOST];
};

static str text_at(const struct meta_reader *reader, span at)
{
    ptrdiff_t from = (ptrdiff_t)at.start - (ptrdiff_t)reader->offset;
    return str_trim(str_slice(reader->yaml, from, from + at.len));
}

/* `title: 2024` and `tags: [1.10]`: text as written. */
static value as_written(const struct meta_reader *reader, value v)
{
    if (v.kind != VALUE_INT && v.kind != VALUE_FLOAT && v.kind != VALUE_BOOL) return v;
    value text = value_str(text_at(reader, v.at));
    text.at = v.at;
    return text;
}

static value texts_as_written(const struct meta_reader *reader, value v)
{
    if (v.kind != VALUE_LIST) return as_written(reader, v);
    value list = value_list(reader->page->arena);
    for (ptrdiff_t i = 0; i < value_count(v); i++)
        value_push(reader->page->arena, &list, as_written(reader, v.as.list->items[i]));
    list.at = v.at;
    return list;
}

static bool is_textual(enum front_type type)
{
    return type == FRONT_TEXT || type == FRONT_DATE || (type >= FRONT_TERMS && type <= FRONT_ADDRESSES) ||
           type == FRONT_LANGUAGE;
}

static bool is_taxonomy(const struct config *config, str name)
{
    for (ptrdiff_t i = 0; i < config->taxonomies.count; i++)
        if (str_equal(config->taxonomies.items[i], name)) return true;
    return false;
}

/* What is neither true nor false stays, and is told when fields are typed. */
static void invert(value *v)
{
    bool meaning;
    if (v->kind == VALUE_NULL || !front_bool(*v, &meaning)) return;
    value inverted = value_bool(!meaning);
    inverted.at = v->at;
    *v = inverted;
}

/* Which field a pair is meant for, with its value turned into that field's;
 * NULL for a field of the author's own.  *rank says by which name. */
static const struct front_field *field_of(struct meta_reader *reader, const struct value_pair *pair, value *v,
                                          ptrdiff_t *rank)
{
    const struct front_field *field = front_field_find(pair->key);
    instant unused;
    *rank = 1;
    if (field) return field;
    const struct front_synonym *synonym = front_synonym_find(pair->key);
    if (!synonym || ((synonym->flags & SYNONYM_NOT_EVENTS) && front_is_about_others(reader->page))) return NULL;
    *rank = 2 + (synonym - front_synonyms);
    bool is_date = (synonym->flags & SYNONYM_OR_DATE) && v->kind == VALUE_STR &&
                   date_parse(v->as.text, reader->config->zone, &unused);
    if (is_date) return front_field_find(S("date"));
    if (synonym->flags & SYNONYM_INVERTED) invert(v);
    return front_field_find(synonym->field);
}

static bool agree(const struct meta_reader *reader, const struct front_field *field, value a, value b)
{
    struct arena *arena = reader->page->arena;
    instant x, y;
    if (field->type == FRONT_DATE && date_parse(value_text(a), reader->config->zone, &x) &&
        date_parse(value_text(b), reader->config->zone, &y))
        return x.seconds == y.seconds;
    return str_equal(str_trim(value_print(a, arena)), str_trim(value_print(b, arena)));
}

static bool is_weak(ptrdiff_t rank)
{
    return rank >= 2 && (front_synonyms[rank - 2].flags & SYNONYM_WEAK);
}

/* Two names of one field: says so where they disagree.  `loser` is the place of the name that is passed over. */
static void report_repeated(struct meta_reader *reader, span loser, span winner)
{
    str lost = text_at(reader, loser), won = text_at(reader, winner);
    struct diag *diag = diag_report(reader->diags, DIAG_FIELD_REPEATED, loser,
                                    "'%" STR_F "' disagrees with '%" STR_F "', which is used", STR_A(lost), STR_A(won));
    diag_relate(reader->diags, diag, winner, S("used"));
}

/* An empty field gives way to any other name of it. */
static void put_field(struct meta_reader *reader, const struct front_field *field, ptrdiff_t rank, span key_at,
                      value v)
{
    struct page *page = reader->page;
    ptrdiff_t index = field - front_fields, former = reader->rank[index];
    const struct value_pair *pair = value_pair(&page->meta, field->name);
    if (is_textual(field->type)) v = texts_as_written(reader, v);
    bool was_there = pair && pair->value.kind != VALUE_NULL;
    if (v.kind == VALUE_NULL && was_there) return;
    bool wins = !was_there || rank < former;
    if (was_there && !is_weak(rank) && !is_weak(former) && !agree(reader, field, pair->value, v))
        report_repeated(reader, wins ? reader->key_at[index] : key_at, wins ? key_at : reader->key_at[index]);
    if (!wins) return;
    reader->rank[index] = rank;
    reader->key_at[index] = key_at;
    value_set_at(page->arena, &page->meta, field->name, key_at, v);
    if (pair) page->meta.as.map->pairs[pair - page->meta.as.map->pairs].key_at = key_at;
}

static void take_pair(struct meta_reader *reader, const struct value_pair *pair)
{
    struct page *page = reader->page;
    value v = pair->value;
    ptrdiff_t rank;
    const struct front_field *field = field_of(reader, pair, &v, &rank);
    if (!field) {
        if (is_taxonomy(reader->config, pair->key)) v = texts_as_written(reader, v);
        value_set_at(page->arena, &page->meta, pair->key, pair->key_at, v);
    } else {
        put_field(reader, field, rank, pair->key_at, v);
    }
}

/* `header: {image: /a.png}` of minimal-mistakes; `header` itself stays. */
static void take_nested(struct meta_reader *reader, const value *all)
{
    for (ptrdiff_t i = 0; i < front_synonym_count; i++) {
        str name = front_synonyms[i].name;
        ptrdiff_t dot = str_find_char(name, '.');
        const struct value_pair *outer = dot < 0 ? NULL : value_pair(all, str_slice(name, 0, dot));
        const struct value_pair *inner = outer ? value_pair(&outer->value, str_from(name, dot + 1)) : NULL;
        if (inner) put_field(reader, front_field_find(front_synonyms[i].field), 2 + i, inner->key_at, inner->value);
    }
}

static bool report_no_map(const struct meta_reader *reader, value all)
{
    str text = value_text(all);
    struct diag *diag = diag_report(reader->diags, DIAG_FRONT_MATTER, all.at, "front matter is %s (want fields: 'title: Name')",
                                    value_kind_name(all));
    ptrdiff_t colon = str_find_char(text, ':'), wide = str_find(text, S(WIDE_COLON));
    if (wide > 0 && (colon < 0 || wide < colon))
        diag_hint(reader->diags, diag, "write ': ' for the wide '" WIDE_COLON "' after '%" STR_F "'", STR_A(str_slice(text, 0, wide)));
    else if (colon > 0)
        diag_hint(reader->diags, diag, "a blank is missing after '%" STR_F "'", STR_A(str_slice(text, 0, colon + 1)));
    return false;
}

bool front_matter_read(struct page *page, const struct config *config, str yaml, uint32_t yaml_offset,
                       struct diags *diags)
{
    struct meta_reader reader = {.page = page, .config = config, .yaml = yaml, .offset = yaml_offset,
                                 .diags = diags};
    value all;
    page->meta = value_map(page->arena);
    if (yaml.len == 0) return true;
    if (!yaml_parse(page->arena, yaml, page->file, yaml_offset, diags, &all)) return false;
    if (all.kind == VALUE_NULL) return true;
    if (all.kind != VALUE_MAP) return report_no_map(&reader, all);
    page->meta.at = all.at;
    for (ptrdiff_t i = 0; i < value_count(all); i++) take_pair(&reader, &all.as.map->pairs[i]);
    take_nested(&reader, &all);
    return true;
}
