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
#include "theme/theme_load.h"

enum { GONE = -1, CHUNK = 512 };
enum verdict { NOT_LOOKED_AT, HOLDS, CHANGED };

/* Keys, each once, in the order in which they came. */
struct key_table {
    read_key *keys;
    ptrdiff_t count, capacity;
    uint32_t *slots;                /* place + 1; 0 is free */
    ptrdiff_t slot_count;           /* a power of two, or 0 */
};

/* What one worker's things have read, numbered by itself, with its own names. */
struct noted {
    struct key_table table;
    uint32_t *numbers;              /* place -> number, of the first `joined` */
    ptrdiff_t joined;
    ptrdiff_t *names;               /* its name -> this build's + 1 */
    ptrdiff_t name_count;
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
    /* this build's; of the last table's, if it is the beginning, only what stands behind it */
    ptrdiff_t first, first_name;    /* numbers before these are the last table's */
    struct read_names names;
    struct key_table table;
    struct fact_value { uint64_t digest; bool measured; } *values;      /* by place in `table` */
    ptrdiff_t value_count, value_capacity;
    struct noted **noted;           /* one per worker, or NULL */
    uint32_t *kept;                 /* last number -> this number + 1; where the last table is not kept */
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
    facts->site = site;
    facts->hooks = hooks;
    facts->pool = pool;
    facts->last = last;
    facts->verdicts = ARENA_NEWS(arena, uint8_t, cache_fact_count(&last->facts));
    facts->noted = ARENA_NEWS(arena, struct noted *, job_workers(pool));
    return facts;
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
    if (facts->same_places) {
        facts->first = cache_fact_count(last);
        facts->first_name = last->name_count;
    } else {
        facts->kept = ARENA_NEWS(facts->arena, uint32_t, cache_fact_count(last));
        facts->last_names = ARENA_NEWS(facts->arena, ptrdiff_t, last->name_count);
    }
}

void facts_look(struct facts *facts, enum facts_stage stage, struct view *const *views)
{
    struct view_step step = {.facts = facts, .stage = stage, .views = views};
    if (views && !facts->translated) translate_nouns(facts, views[0]);
    job_each(facts->pool, (cache_fact_count(&facts->last->facts) + CHUNK - 1) / CHUNK, look_at, &step);
}

bool facts_hold(const struct facts *facts, str list)
{
    uint32_t number = 0;
    while (list.len > 0) {
        if (!cache_next_fact(&list, &number) || number >= cache_fact_count(&facts->last->facts) || facts->verdicts[number] != HOLDS) return false;
    }
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

static uint32_t *find_slot(const struct key_table *table, read_key key)
{
    for (uint64_t at = (key * 0x9e3779b97f4a7c15u) >> 20;; at++) {
        uint32_t *slot = &table->slots[at & (uint64_t)(table->slot_count - 1)];
        if (!*slot || table->keys[*slot - 1] == key) return slot;
    }
}

static void grow_slots(struct key_table *table, struct arena *arena)
{
    table->slot_count = table->slot_count ? table->slot_count * 2 : 4096;
    table->slots = ARENA_NEWS(arena, uint32_t, table->slot_count);
    for (ptrdiff_t i = 0; i < table->count; i++) *find_slot(table, table->keys[i]) = (uint32_t)i + 1;
}

/* The key's place; it is put behind the others when it is new. */
static uint32_t place_of(struct key_table *table, read_key key, struct arena *arena)
{
    if (table->count * 2 >= table->slot_count) grow_slots(table, arena);
    uint32_t *slot = find_slot(table, key);
    if (!*slot) {
        ARENA_PUSH(arena, table->keys, table->count, table->capacity) = key;
        *slot = (uint32_t)table->count;
    }
    return *slot - 1;
}

static uint32_t number_of(struct facts *facts, read_key key, bool measured, uint64_t digest)
{
    uint32_t place = place_of(&facts->table, key, facts->arena);
    if (place == facts->value_count)
        ARENA_PUSH(facts->arena, facts->values, facts->value_count, facts->value_capacity) = (struct fact_value){digest, measured};
    return (uint32_t)facts->first + place;
}

static ptrdiff_t number_of_name(struct facts *facts, str name)
{
    ptrdiff_t known = facts->same_places ? cache_find_name(facts->last, name) : -1;
    return known >= 0 ? known : facts->first_name + read_name_number(&facts->names, name);
}

static str name_of(const struct facts *facts, read_key key)
{
    ptrdiff_t number = (ptrdiff_t)read_field_of(key) - READ_FIRST_NAME;
    if (number < 0) return (str){0};
    return number < facts->first_name ? facts->last->facts.names[number] : facts->names.items[number - facts->first_name];
}

/* The key with its name as this build numbers it. */
static read_key rename_key(struct facts *facts, read_key key, ptrdiff_t *memo, const str *names)
{
    uint32_t field = read_field_of(key);
    if (!is_name(field)) return key;
    ptrdiff_t *known = &memo[field - READ_FIRST_NAME];
    if (!*known) *known = number_of_name(facts, names[field - READ_FIRST_NAME]) + 1;
    return read_key_make(read_kind_of(key), read_is_early(key), (uint32_t)(READ_FIRST_NAME + *known - 1), read_index_of(key));
}

static uint32_t keep_number(struct facts *facts, uint32_t number)
{
    uint32_t *known = &facts->kept[number];
    const struct cache_facts *last = &facts->last->facts;
    read_key key = cache_fact_key(last, number);
    if (*known) return *known - 1;
    translate(facts, key, &key);
    key = rename_key(facts, key, facts->last_names, last->names);
    *known = number_of(facts, key, true, cache_fact_digest(last, number)) + 1;
    return *known - 1;
}

str facts_keep(struct facts *facts, str list)
{
    if (facts->same_places) return list;
    struct buf out = buf_in(facts->arena);
    buf_reserve(&out, list.len + 16);
    uint32_t number = 0, last = 0;
    while (list.len > 0 && cache_next_fact(&list, &number)) {
        uint32_t kept = keep_number(facts, number);
        cache_pack_fact(&out, kept, &last);
    }
    return buf_str(&out);
}

str facts_note(struct facts *facts, struct worker *worker, struct read_list list)
{
    struct noted **noted = &facts->noted[worker->index];
    if (!*noted) *noted = ARENA_NEW(&worker->arena, struct noted);
    struct buf out = buf_in(&worker->arena);
    buf_reserve(&out, list.count * 2 + 16);
    uint32_t last = 0;
    for (ptrdiff_t i = 0; i < list.count; i++) cache_pack_fact(&out, place_of(&(*noted)->table, list.keys[i], &worker->arena), &last);
    return buf_finish(&out);
}

/* What a worker has noted since the last time gets its numbers. */
static void join(struct facts *facts, struct noted *noted, const struct read_names *names)
{
    struct key_table *table = &noted->table;
    uint32_t *numbers = ARENA_NEWS(facts->arena, uint32_t, table->count);
    if (noted->joined) memcpy(numbers, noted->numbers, (size_t)noted->joined * sizeof *numbers);
    noted->numbers = numbers;
    ptrdiff_t *memo = ARENA_NEWS(facts->arena, ptrdiff_t, names->count);
    if (noted->name_count) memcpy(memo, noted->names, (size_t)noted->name_count * sizeof *memo);
    noted->names = memo;
    noted->name_count = names->count;
    for (; noted->joined < table->count; noted->joined++)
        numbers[noted->joined] = number_of(facts, rename_key(facts, table->keys[noted->joined], memo, names->items), false, 0);
}

str facts_take(const struct facts *facts, str noted, int worker, struct arena *arena)
{
    struct buf out = buf_in(arena);
    buf_reserve(&out, noted.len + noted.len / 2 + 16);
    uint32_t place = 0, last = 0;
    while (noted.len > 0 && cache_next_fact(&noted, &place)) cache_pack_fact(&out, facts->noted[worker]->numbers[place], &last);
    return buf_finish(&out);
}

bool facts_next_noted(const struct facts *facts, str *rest, int worker, uint32_t *place, read_key *out)
{
    if (rest->len == 0 || !cache_next_fact(rest, place)) return false;
    *out = facts->noted[worker]->table.keys[*place];
    return true;
}

static void measure(struct worker *worker, ptrdiff_t chunk, void *context)
{
    const struct view_step *step = context;
    struct facts *facts = step->facts;
    for (ptrdiff_t i = chunk * CHUNK; i < facts->table.count && i < (chunk + 1) * CHUNK; i++) {
        if (facts->values[i].measured) continue;
        struct arena_mark mark = arena_mark(&worker->scratch);
        read_key key = facts->table.keys[i];
        facts->values[i].digest = digest_fact(facts, step->views[worker->index], key, name_of(facts, key), &worker->scratch);
        facts->values[i].measured = true;
        arena_rewind(&worker->scratch, mark);
    }
}

void facts_measure(struct facts *facts, struct reads *const *reads, struct view *const *views)
{
    struct view_step step = {.facts = facts, .views = views};
    for (int i = 0; i < job_workers(facts->pool); i++)
        if (facts->noted[i]) join(facts, facts->noted[i], reads_names(reads[i]));
    job_each(facts->pool, (facts->table.count + CHUNK - 1) / CHUNK, measure, &step);
}

bool facts_know(const struct facts *facts, enum read_kind kind)
{
    const struct cache_facts *last = &facts->last->facts;
    for (ptrdiff_t i = 0; i < facts->first; i++)
        if (read_kind_of(cache_fact_key(last, i)) == kind) return true;
    for (ptrdiff_t i = 0; i < facts->table.count; i++)
        if (read_kind_of(facts->table.keys[i]) == kind) return true;
    return false;
}

void facts_finish(struct facts *facts, struct cache_next *out)
{
    uint64_t *digests = ARENA_NEWS(facts->arena, uint64_t, facts->value_count);
    for (ptrdiff_t i = 0; i < facts->value_count; i++) digests[i] = facts->values[i].digest;
    out->go_on = facts->same_places;
    out->facts.names = facts->names.items;
    out->facts.name_count = facts->names.count;
    out->facts.keys = facts->table.keys;
    out->facts.digests = digests;
    out->facts.count = facts->table.count;
    out->now = facts->site->config->now.seconds;
}
