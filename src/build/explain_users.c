/* explain_users.c - what reads a template, a data file, an asset, and what is known of files that nothing reads by name. */
#include "explain.h"

#include "base/path.h"
#include "read/read.h"

static void count_outputs(const struct explain *explain, const struct wanted *wanted, struct tally *tally)
{
    for (ptrdiff_t i = 0; explain->plan && i < explain->plan->count; i++) {
        struct reading reading = explain_output_reading(explain, i, wanted);
        if (reading.reads) explain_tally(tally, explain->plan->outputs[i].path, reading.remade);
    }
}

static void count_bodies(const struct explain *explain, const struct wanted *wanted, struct tally *tally)
{
    for (ptrdiff_t i = 0; i < explain->site->page_count; i++) {
        struct reading reading = explain_body_reading(explain, i, wanted);
        if (reading.reads) explain_tally(tally, explain->site->pages[i]->path, reading.remade);
    }
}

static void tally_lines(const struct explain *explain, const struct tally *tally, const char *of, const char *because)
{
    struct buf *out = explain->out;
    if (tally->readers == 0) return;
    explain_step(out, "");
    explain_count(out, tally->readers, of);
    buf_printf(out, " read%s it; %td made again because it %s\n", tally->readers == 1 ? "s" : "", tally->remade, because);
    explain_step(out, "");
    buf_add(out, S("  "));
    explain_tally_names(tally, out);
}

static void tell_readers(const struct explain *explain, const struct wanted *wanted)
{
    struct buf *out = explain->out;
    struct tally outputs = {.names = buf_in(out->arena)}, bodies = {.names = buf_in(out->arena)};
    if (!explain->memory || !explain->memory->outputs) return;
    count_outputs(explain, wanted, &outputs);
    count_bodies(explain, wanted, &bodies);
    tally_lines(explain, &outputs, "output", wanted->gone ? "is gone" : "changed");
    tally_lines(explain, &bodies, "post", wanted->gone ? "is gone" : "changed");
    if (outputs.readers + bodies.readers) return;
    explain_step(out, "");
    buf_add(out, wanted->kind == READ_HOOKS ? S("no text and no output does; what it says of pages, tags and sizes is asked for in every build\n")
                                            : S("nothing reads it\n"));
}

/* What this build took for a reason to make all anew. */
static void tell_made_anew(const struct explain *explain)
{
    if (!explain->made_anew.len) return;
    explain_step(explain->out, "");
    buf_printf(explain->out, "in this build all was: %" STR_F "\n", STR_A(explain->made_anew));
}

static void tell(const struct explain *explain, const struct wanted *wanted)
{
    struct buf *out = explain->out;
    explain_step(out, "read as");
    str shown = str_starts(wanted->name, S("layouts/")) ? str_from(wanted->name, 8) : wanted->name;
    if (wanted->kind == READ_SITE) shown = str_concat(out->arena, S("site."), shown);
    if (wanted->strings) shown = wanted->strings->language;
    buf_printf(out, shown.len ? "%s '%" STR_F "'\n" : "%s%" STR_F "\n", wanted->what, STR_A(shown));
    tell_readers(explain, wanted);
}

/* Files that are read, but not by name: what a change of them does. */
static void tell_fixed(const struct explain *explain, const char *what)
{
    explain_step(explain->out, "read");
    buf_printf(explain->out, "%s\n", what);
}

/* --- which kind of file --------------------------------------------------------- */

static str without_ending(str name) { return str_ends(name, S(".liquid")) ? str_slice(name, 0, name.len - 7) : name; }

static bool template_of(const struct map *templates, str path, const char *what, const char *prefix, struct arena *arena, struct wanted *out)
{
    for (ptrdiff_t i = 0; i < templates->count; i++) {
        const struct theme_template *one = templates->entries[i].value;
        if (!str_equal(one->path, path)) continue;
        *out = (struct wanted){.kind = READ_TEMPLATE, .name = str_concat(arena, str_c(prefix), without_ending(templates->entries[i].key)), .what = what};
        return true;
    }
    return false;
}

/* site.data.team of data/team/2025.yaml. */
static struct wanted data_of(str path, struct arena *arena)
{
    str below = str_from(path, 5), first;
    str_split(&below, '/', &first);
    if (below.len == 0) first = path_stem(first);
    return (struct wanted){.kind = READ_SITE, .name = str_concat(arena, S("data."), first), .whole = S("data"), .what = "a part of"};
}

static bool strings_of(const struct theme *theme, str below, struct wanted *out)
{
    if (!str_starts(below, S("strings/")) || !str_equal(path_extension(below), S("yaml"))) return false;
    for (ptrdiff_t i = 0; i < theme->language_count; i++) {
        if (!str_equal(theme->languages[i].language, path_stem(below))) continue;
        *out = (struct wanted){.kind = READ_STRING, .strings = &theme->languages[i], .what = "the interface strings of"};
        return true;
    }
    return false;
}

static bool asset_of(const struct theme *theme, str below, struct wanted *out)
{
    for (ptrdiff_t i = 0; str_starts(below, S("assets/")) && i < theme->asset_count; i++) {
        if (!str_equal(str_from(below, 7), theme->assets[i].name)) continue;
        *out = (struct wanted){.kind = READ_ASSET, .name = theme->assets[i].name, .what = "the theme's asset"};
        return true;
    }
    return false;
}

static bool is_script(const struct theme *theme, str path)
{
    for (ptrdiff_t i = 0; i < theme->script_count; i++)
        if (str_equal(theme->scripts[i].path, path)) return true;
    return false;
}

/* Below the folder of the theme in use, or of the one compiled in; empty: it lies elsewhere. */
static str below_theme(const struct theme *theme, str path, struct arena *arena)
{
    str own = str_concat3(arena, S("themes/"), theme->name, S("/"));
    if (str_starts(path, own)) return str_from(path, own.len);
    return str_starts(path, S("<builtin>/")) ? str_from(path, 10) : (str){0};
}

static struct wanted find_wanted(const struct explain *explain, str path)
{
    const struct theme *theme = explain->site->theme;
    struct arena *arena = explain->out->arena;
    str below = below_theme(theme, path, arena);
    struct wanted found;
    if (template_of(&theme->layouts, path, "the layout", "layouts/", arena, &found)) return found;
    if (template_of(&theme->partials, path, "the partial", "", arena, &found)) return found;
    if (strings_of(theme, below, &found) || asset_of(theme, below, &found)) return found;
    if (is_script(theme, path)) return (struct wanted){.kind = READ_HOOKS, .what = "a script; what calls one of the hooks reads all of them"};
    if (str_starts(path, S("data/")) && read_is_data(path)) return data_of(path, arena);
    return (struct wanted){.kind = READ_FILE, .name = path, .what = "a file, by hugi.read or include_relative:"};
}

/* --- files that are told otherwise ------------------------------------------------ */

static const char *fixed_of(const struct explain *explain, str path)
{
    struct arena *arena = explain->out->arena;
    str below = below_theme(explain->site->theme, path, arena);
    if (str_equal(path, S("hugi.yaml"))) return "a setting that changes makes what has read it anew; one of language, zone, theme, Markdown or limits, everything";
    if (str_equal(below, S("theme.yaml"))) return "the theme's settings, on which all rests: a change of them makes everything anew";
    if (str_starts(path, S("themes/")) && below.len == 0) return "not at all: it is of a theme that hugi.yaml does not name";
    return NULL;
}

static void tell_added_pages(const struct explain *explain, str script)
{
    for (ptrdiff_t i = 0; i < explain->site->page_count; i++) {
        const struct page *page = explain->site->pages[i];
        if (!page->generated || !str_equal(page->path, script)) continue;
        explain_step(explain->out, "adds");
        buf_printf(explain->out, "%" STR_F ", at %" STR_F "\n", STR_A(page->below), STR_A(page->published ? page->url : S("no address: it is left out")));
    }
}

static bool is_there(const struct explain *explain, str path)
{
    struct file_stat stat;
    if (str_starts(path, S("<builtin>/"))) {
        for (ptrdiff_t i = 0; i < explain->site->sources->count; i++)
            if (str_equal(explain->site->sources->items[i].path, path)) return true;
        return false;
    }
    return file_stat(path_join(explain->out->arena, explain->site->root, path), &stat) && stat.is_file;
}

bool explain_users(const struct explain *explain, str path)
{
    if (!is_there(explain, path)) return false;
    const char *fixed = fixed_of(explain, path);
    buf_printf(explain->out, "%" STR_F "\n", STR_A(path));
    if (fixed) {
        tell_fixed(explain, fixed);
        tell_made_anew(explain);
        return true;
    }
    struct wanted wanted = find_wanted(explain, path);
    tell(explain, &wanted);
    if (wanted.kind == READ_HOOKS) tell_added_pages(explain, path);
    if (wanted.kind == READ_FILE && str_starts(path, S("data/"))) {
        explain_step(explain->out, "");
        buf_add(explain->out, S("it is no part of site.data: only .yaml, .yml and .json are\n"));
    }
    return true;
}

void explain_gone_page(const struct explain *explain, str path)
{
    struct wanted wanted = {.kind = READ_PAGE, .gone = hash_str(path)};
    buf_printf(explain->out, "%" STR_F "\n", STR_A(path));
    explain_step(explain->out, "gone");
    buf_add(explain->out, S("the last build had it; what was made of it alone is removed\n"));
    tell_readers(explain, &wanted);
}
