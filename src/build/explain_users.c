/* explain_users.c - what reads a template, a data file, an asset: from the facts of what was kept
 * and the reads of what was made. */
#include "explain.h"

#include "base/path.h"

enum { MOST_NAMED = 8 };

/* What is asked for: a key's kind, and the name of its field or thing. */
struct wanted {
    enum read_kind kind;
    str name;
    str whole;                  /* or of what it is a part of; may be empty */
    const char *what;           /* for people: "the partial 'footer'" is its name in templates */
};

/* {% include 'footer' %} and {% include 'footer.liquid' %} are one partial. */
static str without_ending(str name) { return str_ends(name, S(".liquid")) ? str_slice(name, 0, name.len - 7) : name; }

static bool is_wanted(const struct wanted *wanted, read_key key, str name)
{
    if (read_kind_of(key) != wanted->kind) return false;
    str field = without_ending(view_field_name(key, name));
    return str_equal(field, wanted->name) || (wanted->whole.len && str_equal(field, wanted->whole));
}

static bool facts_want(const struct explain *explain, const struct wanted *wanted, str list, bool *changed)
{
    struct told_fact fact;
    uint32_t number = 0;
    while (facts_next(explain->memory->facts, &list, &number, &fact)) {
        if (!is_wanted(wanted, fact.key, fact.name)) continue;
        *changed = *changed || fact.changed;
        return true;
    }
    return false;
}

static bool reads_want(const struct explain *explain, const struct wanted *wanted, str noted, int worker)
{
    const struct read_names *names = reads_names(explain->memory->reads[worker]);
    uint32_t place = 0;
    read_key key;
    while (facts_next_noted(explain->memory->facts, &noted, worker, &place, &key)) {
        uint32_t field = read_field_of(key);
        str name = field >= READ_FIRST_NAME ? names->items[field - READ_FIRST_NAME] : (str){0};
        if (is_wanted(wanted, key, name)) return true;
    }
    return false;
}

struct tally {
    ptrdiff_t readers, remade;
    struct buf names;           /* of the first */
};

static void count_reader(struct tally *tally, str path, bool remade)
{
    if (tally->readers++ < MOST_NAMED) {
        if (tally->readers > 1) buf_add(&tally->names, S(", "));
        buf_add(&tally->names, path);
    }
    tally->remade += remade;
}

static void count_outputs(const struct explain *explain, const struct wanted *wanted, struct tally *tally)
{
    for (ptrdiff_t i = 0; explain->plan && i < explain->plan->count; i++) {
        const struct output_memory *own = &explain->memory->outputs[i];
        bool changed = false, before = own->last && facts_want(explain, wanted, own->last->facts, &changed);
        bool reads = own->kept ? before : reads_want(explain, wanted, own->reads, own->worker);
        if (reads) count_reader(tally, explain->plan->outputs[i].path, !own->kept && before && changed);
    }
}

static void count_bodies(const struct explain *explain, const struct wanted *wanted, struct tally *tally)
{
    for (ptrdiff_t i = 0; i < explain->site->page_count; i++) {
        const struct page_memory *own = &explain->memory->pages[i];
        bool changed = false, before = own->last && facts_want(explain, wanted, own->last->facts, &changed);
        bool reads = own->content_kept ? before : reads_want(explain, wanted, own->reads, own->worker);
        if (reads) count_reader(tally, explain->site->pages[i]->path, !own->content_kept && before && changed);
    }
}

static void tally_lines(const struct explain *explain, const struct tally *tally, const char *of)
{
    struct buf *out = explain->out;
    if (tally->readers == 0) return;
    explain_step(out, "");
    buf_printf(out, "%td %s read it; %td made again because it changed\n", tally->readers, of, tally->remade);
    explain_step(out, "");
    buf_printf(out, "  %" STR_F, STR_A(buf_str(&tally->names)));
    if (tally->readers > MOST_NAMED) buf_printf(out, " and %td more", tally->readers - MOST_NAMED);
    buf_char(out, '\n');
}

static void tell(const struct explain *explain, str path, const struct wanted *wanted)
{
    struct buf *out = explain->out;
    struct tally outputs = {.names = buf_in(out->arena)}, bodies = {.names = buf_in(out->arena)};
    buf_add(out, path);
    buf_char(out, '\n');
    explain_step(out, "read as");
    str shown = str_starts(wanted->name, S("layouts/")) ? str_from(wanted->name, 8) : wanted->name;
    if (wanted->kind == READ_SITE) shown = str_concat(out->arena, S("site."), shown);
    buf_printf(out, shown.len ? "%s '%" STR_F "'\n" : "%s%" STR_F "\n", wanted->what, STR_A(shown));
    if (!explain->memory || !explain->memory->outputs) return;
    count_outputs(explain, wanted, &outputs);
    count_bodies(explain, wanted, &bodies);
    tally_lines(explain, &outputs, "outputs");
    tally_lines(explain, &bodies, "posts");
    if (outputs.readers + bodies.readers) return;
    explain_step(out, "");
    buf_add(out, S("nothing reads it\n"));
}

static void tell_settings(const struct explain *explain, str path)
{
    struct buf *out = explain->out;
    buf_printf(out, "%" STR_F "\n", STR_A(path));
    explain_step(out, "read");
    buf_add(out, S("a setting that changes makes what has read it anew; one of language, zone, theme, Markdown or limits, everything\n"));
    if (!explain->made_anew.len) return;
    explain_step(out, "");
    buf_printf(out, "in this build all was: %" STR_F "\n", STR_A(explain->made_anew));
}

static bool template_of(const struct map *templates, str path, const char *what, const char *prefix, struct arena *arena, struct wanted *out)
{
    for (ptrdiff_t i = 0; i < templates->count; i++) {
        const struct theme_template *one = templates->entries[i].value;
        if (!str_equal(one->path, path)) continue;
        *out = (struct wanted){READ_TEMPLATE, str_concat(arena, str_c(prefix), without_ending(templates->entries[i].key)), {0}, what};
        return true;
    }
    return false;
}

static bool find_wanted(const struct explain *explain, str path, struct wanted *out)
{
    const struct theme *theme = explain->site->theme;
    struct arena *arena = explain->out->arena;
    if (template_of(&theme->layouts, path, "the layout", "layouts/", arena, out)) return true;
    if (template_of(&theme->partials, path, "the partial", "", arena, out)) return true;
    if (str_starts(path, S("data/"))) {
        str below = str_from(path, 5), first;
        str_split(&below, '/', &first);
        if (below.len == 0) first = path_stem(first);
        *out = (struct wanted){READ_SITE, str_concat(arena, S("data."), first), S("data"), "a part of"};
        return true;
    }
    for (ptrdiff_t i = 0; i < theme->asset_count; i++) {
        if (!str_ends(path, str_concat(arena, S("assets/"), theme->assets[i].name))) continue;
        *out = (struct wanted){READ_ASSET, theme->assets[i].name, {0}, "the theme's asset"};
        return true;
    }
    for (ptrdiff_t i = 0; i < theme->script_count; i++) {
        if (!str_equal(theme->scripts[i].path, path)) continue;
        *out = (struct wanted){READ_HOOKS, {0}, {0}, "a script; what calls one of the hooks reads all of them"};
        return true;
    }
    *out = (struct wanted){READ_FILE, path, {0}, "a file, by hugi.read or include_relative:"};
    return false;
}

bool explain_users(const struct explain *explain, str path)
{
    struct wanted wanted;
    if (str_equal(path, S("hugi.yaml"))) {
        tell_settings(explain, path);
        return true;
    }
    if (!find_wanted(explain, path, &wanted) && !file_exists(path_join(explain->out->arena, explain->site->root, path))) return false;
    tell(explain, path, &wanted);
    return true;
}
