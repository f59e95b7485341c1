/* facts.c - see facts.h.
 *
 * Indexes and names of a key are those of the build that made it; a noun is
 * found again by its identity.  Where all nouns have kept their places (the
 * usual edit), the last table is kept as it is, lists too, and new facts are
 * put behind it; else, or when it has grown too much, all facts in use are
 * numbered anew.  Written in this order: the value of a fact, the
 * last build's facts, this build's. */
#include "facts.h"

#include "base/path.h"
#include "cache/fact_table.h"
#include "theme/theme_load.h"

enum { GONE = -1, CHUNK = 512 };
enum verdict { NOT_LOOKED_AT, HOLDS, CHANGED };

/* What one worker calls by its own numbers. */
struct own_names {
    uint32_t *numbers;              /* its name -> this build's + 1 */
    ptrdiff_t capacity;
};

struct facts {
    struct arena *arena;
    const struct site *site;
    uint64_t hooks;                 /* hooks_digest */
    struct job_pool *pool;
    /* the last build's */
    const struct cache_index *last;
    uint8_t *verdicts;              /* enum verdict */
    ptrdiff_t *nouns[CACHE_NOUNS];  /* last index -> this index, or GONE */
    bool translated;
    bool same_places;               /* the last table is this one's beginning */
    /* this build's; of the last table's, if it is the beginning, only what goes behind it */
    struct fact_table *table;       /* keys with this build's names */
    ptrdiff_t measured;             /* places before this have their values */
    struct job_lock *names_lock;
    struct read_names names;
    struct own_names *own_names;    /* one per worker */
    uint32_t *kept;                 /* last number -> this place + 1; where the last table is not kept */
    ptrdiff_t *last_names;          /* last name -> this name + 1; likewise */
};

/* --- the value of a fact -------------------------------------------------- */

static uint64_t digest_file(const struct site *site, str path, struct arena *scratch)
{
    struct diags unheard = diags_in(scratch);
    str bytes;
    return file_read(scratch, path_join(scratch, site->root, path), &bytes, &unheard) ? hash_str(bytes) : 1;
}

static uint64_t digest_template(const struct theme *theme, str name)
{
    const struct theme_template *found = theme_template(theme, name);
    return found ? hash_str(found->text) + hash_str(found->path) : 1;
}

static uint64_t digest_asset(const struct theme *theme, str name)
{
    const struct theme_asset *found = theme_asset(theme, name);
    return found ? hash_str(found->url) : 1;
}

static uint64_t digest_string(const struct site *site, read_key key, str name)
{
    if (read_index_of(key) >= site->config->language_count) return 0;
    return hash_str(theme_string(site->theme, site->config->languages[read_index_of(key)].code, name));
}

static uint64_t digest_fact(const struct facts *facts, const struct view *view, read_key key, str name, struct arena *scratch)
{
    const struct site *site = facts->site;
    switch (read_kind_of(key)) {
    case READ_SITE:
    case READ_PAGE:
    case READ_TERM:
    case READ_EVENT: return view_field_digest(view, key, name, scratch);
    case READ_TEMPLATE: return digest_template(site->theme, name);
    case READ_STRING: return digest_string(site, key, name);
    case READ_ASSET: return digest_asset(site->theme, name);
    case READ_FILE: return digest_file(site, name, scratch);
    case READ_NOW: return (uint64_t)site->config->now.seconds;
    case READ_HOOKS: return facts->hooks;
    default: return 0;
    }
}

static bool is_name(uint32_t field) { return field >= READ_FIRST_NAME; }

/* Which nouns a kind's index counts; -1: none of the site. */
static int noun_of(enum read_kind kind)
{
    return (int)kind < CACHE_NOUNS ? (int)kind : -1;
}

/* --- the last build's ------------------------------------------------------ */

struct facts *facts_open(struct arena *arena, const struct cache_index *last, const struct site *site, uint64_t hooks, struct job_pool *pool)
{
    struct facts *facts = ARENA_NEW(arena, struct facts);
    facts->arena = facts->names.arena = arena;
    facts->table = fact_table_new(job_workers(pool));
    facts->names_lock = job_lock_make();
    facts->own_names = ARENA_NEWS(arena, struct own_names, job_workers(pool));
    facts->site = site;
    facts->hooks = hooks;
    facts->pool = pool;
    facts->last = last;
    facts->verdicts = ARENA_NEWS(arena, uint8_t, cache_fact_count(&last->facts));
    return facts;
}

void facts_close(struct facts *facts)
{
    fact_table_free(facts->table);
    job_lock_free(facts->names_lock);
}

/* Identity -> index. */
struct identities {
    struct { uint64_t identity; ptrdiff_t index; } *slots;
    ptrdiff_t count;
};

static ptrdiff_t identity_slot(const struct identities *table, uint64_t identity)
{
    ptrdiff_t i = (ptrdiff_t)(identity & (uint64_t)(table->count - 1));
    while (table->slots[i].identity && table->slots[i].identity != identity) i = (i + 1) & (table->count - 1);
    return i;
}

static void translate_noun(struct facts *facts, enum read_kind noun, const struct view *view)
{
    ptrdiff_t here = view_noun_count(view, noun), there = facts->last->facts.noun_counts[noun];
    struct identities table = {.count = 16};
    while (table.count < here * 2) table.count *= 2;
    table.slots = arena_array(facts->arena, (size_t)table.count, sizeof *table.slots);
    for (ptrdiff_t i = 0; i < here; i++) {
        uint64_t identity = view_noun_identity(view, noun, i);
        ptrdiff_t slot = identity_slot(&table, identity);
        if (table.slots[slot].identity) continue;
        table.slots[slot].identity = identity;
        table.slots[slot].index = i;
    }
    facts->nouns[noun] = ARENA_NEWS(facts->arena, ptrdiff_t, there);
    for (ptrdiff_t i = 0; i < there; i++) {
        ptrdiff_t slot = identity_slot(&table, facts->last->facts.nouns[noun][i]);
        facts->nouns[noun][i] = table.slots[slot].identity ? table.slots[slot].index : GONE;
    }
}

static str last_name(const struct facts *facts, read_key key)
{
    uint32_t field = read_field_of(key);
    if (!is_name(field) || field - READ_FIRST_NAME >= facts->last->facts.name_count) return (str){0};
    return facts->last->facts.names[field - READ_FIRST_NAME];
}

/* The key with this build's index; false: the noun is gone. */
static bool translate(const struct facts *facts, read_key key, read_key *out)
{
    int noun = noun_of(read_kind_of(key));
    uint32_t index = read_index_of(key);
    *out = key;
    if (noun < 0) return true;
    if (index >= facts->last->facts.noun_counts[noun] || facts->nouns[noun][index] == GONE) return false;
    *out = read_key_make(read_kind_of(key), read_is_early(key), read_field_of(key), (uint32_t)facts->nouns[noun][index]);
    return true;
}

struct view_step {
    struct facts *facts;
    enum facts_stage stage;
    struct view *const *views;
    ptrdiff_t count;            /* places, to be measured */
};

static enum facts_stage stage_of(read_key key)
{
    if (read_kind_of(key) == READ_FILE || read_kind_of(key) == READ_HOOKS) return FACTS_FILES;
    return read_is_early(key) ? FACTS_EARLY : FACTS_LATE;
}

static void look_at(struct worker *worker, ptrdiff_t chunk, void *context)
{
    const struct view_step *step = context;
    struct facts *facts = step->facts;
    const struct cache_facts *last = &facts->last->facts;
    const struct view *view = step->views ? step->views[worker->index] : NULL;
    for (ptrdiff_t i = chunk * CHUNK, count = cache_fact_count(last); i < count && i < (chunk + 1) * CHUNK; i++) {
        read_key before = cache_fact_key(last, i), key;
        if (stage_of(before) != step->stage) continue;
        struct arena_mark mark = arena_mark(&worker->scratch);
        bool there = translate(facts, before, &key);
        bool holds = there && digest_fact(facts, view, key, last_name(facts, before), &worker->scratch) == cache_fact_digest(last, i);
        facts->verdicts[i] = holds ? HOLDS : CHANGED;
        arena_rewind(&worker->scratch, mark);
    }
}

/* The last table grows by a few facts with each build that keeps it. */
static bool table_is_fit(const struct cache_index *last) { return cache_fact_count(&last->facts) < 2 * last->numbered + 4096; }

static bool nouns_kept_their_places(const struct facts *facts, const struct view *view)
{
    const struct cache_facts *last = &facts->last->facts;
    for (int noun = 0; noun < CACHE_NOUNS; noun++) {
        if (last->noun_counts[noun] != view_noun_count(view, (enum read_kind)noun)) return false;
        for (ptrdiff_t i = 0; i < last->noun_counts[noun]; i++)
            if (facts->nouns[noun][i] != i) return false;
    }
    return true;
}

static void translate_nouns(struct facts *facts, const struct view *view)
{
    const struct cache_facts *last = &facts->last->facts;
    facts->translated = true;
    for (int noun = 0; noun < CACHE_NOUNS; noun++) translate_noun(facts, (enum read_kind)noun, view);
    facts->same_places = table_is_fit(facts->last) && nouns_kept_their_places(facts, view);
    if (facts->same_places) return;
    facts->kept = ARENA_NEWS(facts->arena, uint32_t, cache_fact_count(last));
    facts->last_names = ARENA_NEWS(facts->arena, ptrdiff_t, last->name_count);
}

static void count_nouns(struct facts *facts, const struct view *view)
{
    ptrdiff_t counts[CACHE_NOUNS];
    for (int noun = 0; noun < CACHE_NOUNS; noun++) counts[noun] = view_noun_count(view, (enum read_kind)noun);
    fact_table_size(facts->table, counts);
}

void facts_look(struct facts *facts, enum facts_stage stage, struct view *const *views)
{
    struct view_step step = {.facts = facts, .stage = stage, .views = views};
    if (views && !facts->translated) {
        translate_nouns(facts, views[0]);
        count_nouns(facts, views[0]);
    }
    job_each(facts->pool, (cache_fact_count(&facts->last->facts) + CHUNK - 1) / CHUNK, look_at, &step);
}

bool facts_hold(const struct facts *facts, str list)
{
    uint32_t number = 0, count = (uint32_t)cache_fact_count(&facts->last->facts);
    while (list.len > 0)
        if (!cache_next_fact(&list, &number) || number >= count || facts->verdicts[number] != HOLDS) return false;
    return true;
}

bool facts_next(const struct facts *facts, str *rest, uint32_t *number, struct told_fact *out)
{
    const struct cache_facts *last = &facts->last->facts;
    if (rest->len == 0 || !cache_next_fact(rest, number) || *number >= cache_fact_count(last)) return false;
    read_key before = cache_fact_key(last, *number);
    int noun = noun_of(read_kind_of(before));
    *out = (struct told_fact){.name = last_name(facts, before), .changed = facts->verdicts[*number] != HOLDS};
    out->gone = !facts->translated || !translate(facts, before, &out->key);
    if (out->gone) out->key = before;
    if (noun >= 0 && read_index_of(before) < last->noun_counts[noun]) out->identity = last->nouns[noun][read_index_of(before)];
    return true;
}

/* --- this build's ------------------------------------------------------------ */

/* Of a noted key. */
static str name_of(const struct facts *facts, read_key key)
{
    uint32_t field = read_field_of(key);
    return is_name(field) ? facts->names.items[field - READ_FIRST_NAME] : (str){0};
}

static read_key rename_key(read_key key, ptrdiff_t name)
{
    return read_key_make(read_kind_of(key), read_is_early(key), (uint32_t)(READ_FIRST_NAME + name), read_index_of(key));
}

static void reserve_names(struct own_names *own, ptrdiff_t count, struct arena *arena)
{
    if (count <= own->capacity) return;
    uint32_t *numbers = ARENA_NEWS(arena, uint32_t, count * 2);
    if (own->capacity) memcpy(numbers, own->numbers, (size_t)own->capacity * sizeof *numbers);
    own->numbers = numbers;
    own->capacity = count * 2;
}

/* The name a worker calls `number`, as this build calls it. */
static ptrdiff_t own_name(struct facts *facts, struct own_names *own, const struct read_names *names, ptrdiff_t number)
{
    if (own->numbers[number]) return own->numbers[number] - 1;
    job_lock_take(facts->names_lock);
    ptrdiff_t name = read_name_number(&facts->names, names->items[number]);
    job_lock_leave(facts->names_lock);
    own->numbers[number] = (uint32_t)name + 1;
    return name;
}

str facts_note(struct facts *facts, struct worker *worker, const struct read_names *names, struct read_list list)
{
    struct own_names *own = &facts->own_names[worker->index];
    uint32_t *places = ARENA_NEWS(&worker->scratch, uint32_t, list.count), last = 0;
    reserve_names(own, names->count, &worker->arena);
    for (ptrdiff_t i = 0; i < list.count; i++) {
        uint32_t field = read_field_of(list.keys[i]);
        if (is_name(field)) list.keys[i] = rename_key(list.keys[i], own_name(facts, own, names, (ptrdiff_t)field - READ_FIRST_NAME));
    }
    fact_table_places(facts->table, worker->index, list.keys, list.count, places);
    struct buf out = buf_in(&worker->arena);
    buf_reserve(&out, list.count * 2 + 16);
    for (ptrdiff_t i = 0; i < list.count; i++) cache_pack_fact(&out, places[i], &last);
    return buf_finish(&out);
}

bool facts_next_noted(const struct facts *facts, str *rest, uint32_t *place, read_key *out, str *name)
{
    if (rest->len == 0 || !cache_next_fact(rest, place)) return false;
    *out = *fact_table_key(facts->table, *place);
    *name = name_of(facts, *out);
    return true;
}

static void measure(struct worker *worker, ptrdiff_t chunk, void *context)
{
    const struct view_step *step = context;
    struct facts *facts = step->facts;
    ptrdiff_t from = facts->measured + chunk * CHUNK, to = from + CHUNK < step->count ? from + CHUNK : step->count;
    for (ptrdiff_t i = from; i < to; i++) {
        struct arena_mark mark = arena_mark(&worker->scratch);
        read_key key = *fact_table_key(facts->table, i);
        *fact_table_value(facts->table, i) = digest_fact(facts, step->views[worker->index], key, name_of(facts, key), &worker->scratch);
        arena_rewind(&worker->scratch, mark);
    }
}

void facts_measure(struct facts *facts, struct view *const *views)
{
    struct view_step step = {.facts = facts, .views = views, .count = fact_table_settle(facts->table)};
    job_each(facts->pool, (step.count - facts->measured + CHUNK - 1) / CHUNK, measure, &step);
    facts->measured = step.count;
}

bool facts_know(const struct facts *facts, enum read_kind kind)
{
    const struct cache_facts *last = &facts->last->facts;
    struct fact_piece piece;
    for (ptrdiff_t i = 0; facts->same_places && i < cache_fact_count(last); i++)
        if (read_kind_of(cache_fact_key(last, i)) == kind) return true;
    for (int number = 0; fact_table_piece(facts->table, number, &piece); number++)
        for (ptrdiff_t i = 0; i < piece.count; i++)
            if (read_kind_of(piece.keys[i]) == kind) return true;
    return false;
}

/* --- for the next build -------------------------------------------------------- */

/* The first number of a list moves all of them. */
str facts_take(const struct facts *facts, str noted, struct arena *arena)
{
    uint32_t place = 0, last = 0;
    if (!facts->same_places || !cache_next_fact(&noted, &place)) return noted;
    struct buf out = buf_in(arena);
    buf_reserve(&out, noted.len + 16);
    cache_pack_fact(&out, (uint32_t)cache_fact_count(&facts->last->facts) + place, &last);
    buf_add(&out, noted);
    return buf_finish(&out);
}

static uint32_t keep_place(struct facts *facts, uint32_t number)
{
    const struct cache_facts *last = &facts->last->facts;
    read_key key = cache_fact_key(last, number);
    if (facts->kept[number]) return facts->kept[number] - 1;
    translate(facts, key, &key);
    if (is_name(read_field_of(key))) {
        ptrdiff_t *name = &facts->last_names[read_field_of(key) - READ_FIRST_NAME];
        if (!*name) *name = read_name_number(&facts->names, last_name(facts, key)) + 1;
        key = rename_key(key, *name - 1);
    }
    uint32_t place;
    fact_table_places(facts->table, 0, &key, 1, &place);
    if (place >= facts->measured) *fact_table_value(facts->table, place) = cache_fact_digest(last, number);
    facts->kept[number] = place + 1;
    return place;
}

str facts_keep(struct facts *facts, str list)
{
    if (facts->same_places) return list;
    struct buf out = buf_in(facts->arena);
    buf_reserve(&out, list.len + 16);
    uint32_t number = 0, last = 0;
    while (list.len > 0 && cache_next_fact(&list, &number)) cache_pack_fact(&out, keep_place(facts, number), &last);
    return buf_finish(&out);
}

/* Names the last build had keep their numbers; the others go behind them. */
static ptrdiff_t *number_names(struct facts *facts, struct cache_facts *out)
{
    const struct read_names *names = &facts->names;
    ptrdiff_t *numbers = ARENA_NEWS(facts->arena, ptrdiff_t, names->count);
    out->names = ARENA_NEWS(facts->arena, str, names->count);
    for (ptrdiff_t i = 0; i < names->count; i++) {
        numbers[i] = cache_find_name(facts->last, names->items[i]);
        if (numbers[i] >= 0) continue;
        numbers[i] = facts->last->facts.name_count + out->name_count;
        out->names[out->name_count++] = names->items[i];
    }
    return numbers;
}

static void rename_keys(const struct fact_piece *piece, const ptrdiff_t *numbers)
{
    for (ptrdiff_t i = 0; i < piece->count; i++) {
        uint32_t field = read_field_of(piece->keys[i]);
        if (is_name(field)) piece->keys[i] = rename_key(piece->keys[i], numbers[field - READ_FIRST_NAME]);
    }
}

void facts_finish(struct facts *facts, struct cache_next *out)
{
    const ptrdiff_t *numbers = facts->same_places ? number_names(facts, &out->facts) : NULL;
    ptrdiff_t capacity = 0;
    struct fact_piece piece;
    out->go_on = facts->same_places;
    if (!numbers) out->facts.names = facts->names.items, out->facts.name_count = facts->names.count;
    for (int number = 0; fact_table_piece(facts->table, number, &piece); number++) {
        if (numbers) rename_keys(&piece, numbers);
        out->facts.count += piece.count;
        ARENA_PUSH(facts->arena, out->pieces, out->piece_count, capacity) = (struct cache_piece){piece.keys, piece.values, piece.count};
    }
    out->now = facts->site->config->now.seconds;
}
