/* explain_why.c - kept or made again, and what it was that changed.
 *
 * The same facts that decided it are told: nothing is worked out a second time. */
#include "explain.h"
#include "targets.h"

enum { MOST_TOLD = 6 };         /* changes of one list */

/* --- a fact in words ------------------------------------------------------- */

static str gone_page(const struct explain *explain, uint64_t identity)
{
    const struct cache_index *last = cache_index_of(explain->memory->cache);
    for (ptrdiff_t i = 0; i < last->page_count; i++)
        if (hash_str(last->pages[i].path) == identity) return last->pages[i].path;
    return S("a page that a hook added");
}

static void add_noun(const struct explain *explain, const struct told_fact *fact)
{
    const struct site *site = explain->site;
    struct buf *out = explain->out;
    uint32_t index = read_index_of(fact->key);
    switch (read_kind_of(fact->key)) {
    case READ_SITE: buf_add(out, S("site")); break;
    case READ_PAGE: buf_add(out, fact->gone ? gone_page(explain, fact->identity) : site->pages[index]->path); break;
    case READ_TERM: buf_printf(out, "the tag '%" STR_F "'", STR_A(fact->gone ? S("?") : site->terms[index]->name)); break;
    case READ_EVENT: buf_printf(out, "the event '%" STR_F "'", STR_A(fact->gone ? S("?") : site->events[index]->id)); break;
    default: break;
    }
}

/* "site.posts", "title of content/posts/a.md", "the partial 'footer'". */
static void add_fact(const struct explain *explain, const struct told_fact *fact)
{
    struct buf *out = explain->out;
    str name = view_field_name(fact->key, fact->name);
    switch (read_kind_of(fact->key)) {
    case READ_SITE: buf_printf(out, "site.%" STR_F, STR_A(name)); break;
    case READ_PAGE:
    case READ_TERM:
    case READ_EVENT:
        buf_printf(out, "%" STR_F " of ", STR_A(name));
        add_noun(explain, fact);
        break;
    case READ_TEMPLATE:
        buf_printf(out, str_starts(name, S("layouts/")) ? "the layout '%" STR_F "'" : "the partial '%" STR_F "'",
                   STR_A(str_starts(name, S("layouts/")) ? str_from(name, 8) : name));
        break;
    case READ_STRING: buf_printf(out, "the interface string '%" STR_F "'", STR_A(name)); break;
    case READ_ASSET: buf_printf(out, "the theme's asset '%" STR_F "'", STR_A(name)); break;
    case READ_FILE: buf_printf(out, "the file '%" STR_F "'", STR_A(name)); break;
    case READ_NOW: buf_add(out, S("the time")); break;
    case READ_HOOKS: buf_add(out, S("a hook's script, or a setting that hooks see,")); break;
    case READ_KIND_COUNT: break;
    }
}

/* " changed" facts of a list, joined; how many there are. */
static ptrdiff_t add_changes(const struct explain *explain, str list)
{
    struct told_fact fact;
    uint32_t number = 0;
    ptrdiff_t changed = 0;
    while (facts_next(explain->memory->facts, &list, &number, &fact)) {
        if (!fact.changed || changed++ >= MOST_TOLD) continue;
        if (changed > 1) buf_add(explain->out, S(", "));
        add_fact(explain, &fact);
        if (fact.gone) buf_add(explain->out, S(" (gone)"));
    }
    if (changed > MOST_TOLD) buf_printf(explain->out, " and %td more", changed - MOST_TOLD);
    if (changed) buf_add(explain->out, S(" changed"));
    return changed;
}

static ptrdiff_t count_facts(const struct explain *explain, str list)
{
    struct told_fact fact;
    uint32_t number = 0;
    ptrdiff_t count = 0;
    while (facts_next(explain->memory->facts, &list, &number, &fact)) count++;
    return count;
}

/* "kept: none of the 37 values it read has changed". */
static void add_kept(const struct explain *explain, str facts)
{
    ptrdiff_t count = count_facts(explain, facts);
    if (count == 0) buf_add(explain->out, S("kept: it reads nothing of the site"));
    else if (count == 1) buf_add(explain->out, S("kept: the one value it read has not changed"));
    else buf_printf(explain->out, "kept: none of the %td values it read has changed", count);
}

/* There is nothing of the last build to compare with. */
static void add_new(const struct explain *explain)
{
    if (explain->made_anew.len) buf_printf(explain->out, "made: everything is, %" STR_F, STR_A(explain->made_anew));
    else buf_add(explain->out, S("made: it is new, or the last build had something to tell of it"));
}

/* --- pages ------------------------------------------------------------------- */

void explain_why_read(const struct explain *explain, const struct page *page)
{
    const struct page_memory *own = &explain->memory->pages[page->index];
    if (!own->last) add_new(explain);
    else if (own->head_kept && own->same_stat) buf_add(explain->out, S("kept: size and time of the file are the same"));
    else if (own->head_kept) buf_add(explain->out, S("kept: the file was written, but its bytes are the same"));
    else {
        buf_add(explain->out, S("read again: "));
        if (add_changes(explain, own->last->head_facts) == 0) buf_add(explain->out, S("the file changed"));
    }
    buf_char(explain->out, '\n');
}

static void add_marked_again(const struct explain *explain, const struct page *page, const struct page_memory *own)
{
    struct buf *out = explain->out;
    str elsewhere;
    buf_add(out, S("made again: "));
    if (!own->head_kept) buf_add(out, S("the file was read again"));
    else if (!targets_hold(page, own->last->targets, out->arena, &elsewhere)) buf_printf(out, "where '%" STR_F "' leads changed", STR_A(elsewhere));
    else if (add_changes(explain, own->last->facts) == 0) buf_add(out, S("the cache no longer has it"));
}

void explain_why_markup(const struct explain *explain, const struct page *page)
{
    const struct page_memory *own = &explain->memory->pages[page->index];
    if (!own->last || !own->last->marked) add_new(explain);
    else if (own->content_kept) add_kept(explain, own->last->facts);
    else add_marked_again(explain, page, own);
    buf_char(explain->out, '\n');
}

/* --- outputs ------------------------------------------------------------------ */

static void add_remade(const struct explain *explain, const struct output_memory *own, const struct output *output)
{
    struct buf *out = explain->out;
    buf_add(out, S("made again: "));
    if (own->own == 0) buf_add(out, S("its file is so young that its time does not tell"));
    else if (own->last->own != own->own && output->kind == OUTPUT_FILE) buf_add(out, S("the file changed"));
    else if (own->last->own != own->own) buf_add(out, output->listing ? output->kind == OUTPUT_FEED ? S("what it tells of its pages changed") : S("what it lists changed") : S("its address or its layout changed"));
    else if (add_changes(explain, own->last->facts) == 0) buf_printf(out, "%" STR_F "/ did not hold what the last build wrote", STR_A(explain->destination));
    if (output->unchanged) buf_add(out, S("; it came out the same"));
}

void explain_why_output(const struct explain *explain, const struct output *output)
{
    struct buf *out = explain->out;
    const struct output_memory *own = &explain->memory->outputs[output - explain->plan->outputs];
    switch (output->kind) {
    case OUTPUT_VARIANT: buf_add(out, output->unchanged ? S("kept: the photo and what the thumbnail hook wants of it are the same")
                                                        : S("made: the photo, or what the thumbnail hook wants of it, is new")); break;
    case OUTPUT_CARD: buf_add(out, output->unchanged ? S("kept: what is on it is the same") : S("made: what is on it is new")); break;
    case OUTPUT_SITEMAP:
    case OUTPUT_REDIRECT:
    case OUTPUT_BYTES: buf_add(out, S("made in every build: that is quicker than to find out")); break;
    case OUTPUT_PAGE:
    case OUTPUT_LIST:
    case OUTPUT_FEED:
    case OUTPUT_FILE:
        if (output->kind == OUTPUT_FILE && output->asset->is_picture)
            buf_add(out, output->unchanged ? S("kept: the picture is the same") : S("made: the picture is new or changed"));
        else if (!own->last) add_new(explain);
        else if (!own->kept) add_remade(explain, own, output);
        else if (output->kind == OUTPUT_FEED) buf_add(out, S("kept: what it tells of its pages has not changed"));
        else if (output->kind == OUTPUT_FILE) buf_add(out, S("kept: size and time of the file are the same"));
        else add_kept(explain, own->last->facts);
        break;
    }
    buf_char(out, '\n');
}
