/* explain_reads.c - what things have read: from the facts of what was kept and the reads of what was made. */
#include "explain.h"

enum { MOST_NAMED = 8 };

/* {% include 'footer' %} and {% include 'footer.liquid' %} are one partial. */
static str without_ending(str name) { return str_ends(name, S(".liquid")) ? str_slice(name, 0, name.len - 7) : name; }

static bool is_named(const struct wanted *wanted, read_key key, str name)
{
    str field = without_ending(view_field_name(key, name));
    return str_equal(field, wanted->name) || (wanted->whole.len && str_equal(field, wanted->whole));
}

static bool is_string_of(const struct explain *explain, const struct wanted *wanted, read_key key, str name)
{
    const struct site *site = explain->site;
    if (read_index_of(key) >= site->config->language_count) return false;
    return theme_string_giver(site->theme, site->config->languages[read_index_of(key)].code, name) == wanted->strings;
}

static bool is_wanted(const struct explain *explain, const struct wanted *wanted, read_key key, str name)
{
    if (read_kind_of(key) != wanted->kind) return false;
    if (wanted->strings) return is_string_of(explain, wanted, key, name);
    if (wanted->page) return read_index_of(key) == (uint32_t)wanted->page->index;
    return is_named(wanted, key, name);
}

static bool is_wanted_fact(const struct explain *explain, const struct wanted *wanted, const struct told_fact *fact)
{
    if (wanted->gone) return fact->gone && read_kind_of(fact->key) == wanted->kind && fact->identity == wanted->gone;
    return !(fact->gone && wanted->page) && is_wanted(explain, wanted, fact->key, fact->name);
}

static void add_field(struct reading *reading, const struct wanted *wanted, read_key key, str name)
{
    if (wanted->name.len) return;
    if (reading->fields.len) buf_add(&reading->fields, S(", "));
    buf_add(&reading->fields, view_field_name(key, name));
}

/* What the last build's thing read; true when one of it has changed. */
static bool read_facts(const struct explain *explain, const struct wanted *wanted, str list, struct reading *out)
{
    struct told_fact fact;
    uint32_t number = 0;
    bool changed = false;
    while (facts_next(explain->memory->facts, &list, &number, &fact)) {
        if (!is_wanted_fact(explain, wanted, &fact)) continue;
        out->reads = true;
        changed = changed || fact.changed;
        add_field(out, wanted, fact.key, fact.name);
    }
    return changed;
}

static void read_noted(const struct explain *explain, const struct wanted *wanted, str noted, struct reading *out)
{
    uint32_t place = 0;
    read_key key;
    str name;
    while (facts_next_noted(explain->memory->facts, &noted, &place, &key, &name)) {
        if (!is_wanted(explain, wanted, key, name)) continue;
        out->reads = true;
        add_field(out, wanted, key, name);
    }
}

/* `last`: what the last build's thing read; `noted`: this one's, where it was not kept. */
static struct reading read_of(const struct explain *explain, const struct wanted *wanted, str last, bool kept, str noted)
{
    struct reading reading = {.fields = buf_in(explain->out->arena)}, before = {.fields = buf_in(explain->out->arena)};
    bool changed = read_facts(explain, wanted, last, &before);
    if (kept) return before;
    if (!wanted->gone) read_noted(explain, wanted, noted, &reading);
    reading.reads = reading.reads || (wanted->gone && before.reads);
    reading.remade = before.reads && changed;
    return reading;
}

struct reading explain_output_reading(const struct explain *explain, ptrdiff_t index, const struct wanted *wanted)
{
    const struct output_memory *own = &explain->memory->outputs[index];
    return read_of(explain, wanted, own->last ? own->last->facts : (str){0}, own->kept, own->reads);
}

struct reading explain_body_reading(const struct explain *explain, ptrdiff_t index, const struct wanted *wanted)
{
    const struct page_memory *own = &explain->memory->pages[index];
    return read_of(explain, wanted, own->last ? own->last->facts : (str){0}, own->content_kept, own->reads);
}

void explain_tally(struct tally *tally, str path, bool remade)
{
    if (tally->readers++ < MOST_NAMED) {
        if (tally->readers > 1) buf_add(&tally->names, S(", "));
        buf_add(&tally->names, path);
    }
    tally->remade += remade;
}

void explain_tally_names(const struct tally *tally, struct buf *out)
{
    buf_add(out, buf_str(&tally->names));
    if (tally->readers > MOST_NAMED) buf_printf(out, " and %td more", tally->readers - MOST_NAMED);
    buf_char(out, '\n');
}
