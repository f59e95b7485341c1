/* front_matter_name.c - what the name of a file or bundle says: date, language, name. */
#include "base/path.h"
#include "read/front_matter.h"

static bool is_language(const struct config *config, str code)
{
    for (ptrdiff_t i = 0; i < config->language_count; i++)
        if (str_equal_ascii_case(config->languages[i].code, code)) return true;
    return false;
}

/* Takes ".en" off a stem; the code is as the site writes it. */
static str take_language(const struct config *config, str *stem)
{
    str code = path_extension(*stem);
    if (code.len == 0 || !is_language(config, code)) return (str){"", 0};
    stem->len -= code.len + 1;
    for (ptrdiff_t i = 0; i < config->language_count; i++)
        if (str_equal_ascii_case(config->languages[i].code, code)) code = config->languages[i].code;
    return code;
}

/* Length of a leading "2024-05-18" or "2024-5-8", 0 when there is none. */
static ptrdiff_t date_length(str name)
{
    ptrdiff_t at = 0, part = 0;
    static const ptrdiff_t least[] = {4, 1, 1}, most[] = {4, 2, 2};
    for (; part < 3; part++) {
        if (part > 0 && (at >= name.len || name.p[at++] != '-')) return 0;
        ptrdiff_t from = at;
        while (at < name.len && at - from < most[part] && char_is_digit(name.p[at])) at++;
        if (at - from < least[part]) return 0;
    }
    return at;
}

/* Takes "YYYY-MM-DD-" off a name.  A date that is the whole name stays its name too. */
static void take_date(struct page_name *out, const struct config *config)
{
    ptrdiff_t len = date_length(out->name);
    if (len == 0 || !date_parse(str_slice(out->name, 0, len), config->zone, &out->date)) return;
    if (len == out->name.len) {
        out->has_date = true;
        return;
    }
    char next = out->name.p[len];
    if ((next != '-' && next != '_' && next != ' ') || out->name.len == len + 1) return;
    out->has_date = true;
    out->name = str_from(out->name, len + 1);
}

void front_matter_name(str below, const struct config *config, struct arena *arena, struct page_name *out)
{
    str dir = path_dir(below), stem = path_stem(below);
    *out = (struct page_name){0};
    out->language = take_language(config, &stem);
    bool is_bundle = str_equal(stem, S("index")) && dir.len > 0;
    out->name = is_bundle ? path_name(dir) : stem;
    out->twin_key = is_bundle ? dir : path_join(arena, dir, stem);
    take_date(out, config);
    if (!out->has_date) out->date = (instant){0};
}
