/* facts.c - see facts.h.
 *
 * Indexes and names of a key are those of the build that made it; a noun is
 * found again by its identity.  Where all nouns have kept their places (the
 * usual edit), the last table is kept as it is, lists too, and new facts are
 * put behind it; else, or when it has grown too much, all facts in use are
 * numbered anew.  Written in this order: the value of a fact, the
 * last build's facts, this build's. */
#include "facts.h"

#include "arrange/arrange.h"
#include "base/path.h"
#include "theme/theme_load.h"

enum { GONE = -1, CHUNK = 512 };
enum verdict { NOT_LOOKED_AT, HOLDS, CHANGED };

struct facts {
    struct arena *arena;
    const struct site *site;
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
    struct fact { read_key key; uint64_t digest; bool measured; } *items;
    ptrdiff_t count, capacity;
    uint32_t *slots;                /* place in `items` + 1, by key */
    ptrdiff_t slot_count;
    uint32_t *kept;                 /* last number -> this number + 1; where the last table is not kept */
    ptrdiff_t *last_names;          /* last name -> this name + 1; likewise */
    struct name_memo { ptrdiff_t *numbers, count; } *worker_names;      /* the same for each worker's names */
};

/* --- the value of a fact -------------------------------------------------- */

static uint64_t digest_target(const struct site *site, read_key key, str destination, struct arena *scratch)
{
    struct target target = {0};
    struct diags unheard = diags_in(scratch);
    if (read_index_of(key) >= site->page_count) return 0;
    const struct page *page = site->pages[read_index_of(key)];
    resolve_target(site, page, destination, read_kind_of(key) == READ_PICTURE, (span){0}, scratch, &unheard, &target);
    uint64_t digest = hash_str(target.url) * 4 + (uint64_t)target.found * 2 + target.remote;
    const struct asset *asset = target.asset;
    if (!asset) return digest;
    digest = digest * 31 + hash_str(asset->path) + hash_str(asset->url);
    digest = digest * 31 + (uint64_t)asset->info.width + ((uint64_t)asset->info.height << 32);
    return digest * 31 + asset->hash.low + (uint64_t)asset->info.kind * 4 + asset->broken * 2 + asset->is_picture;
}

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
    case READ_LINK:
    case READ_PICTURE: return digest_target(site, key, name, scratch);
    case READ_NOW: return (uint64_t)site->config->now.seconds;
    default: return 0;
    }
}

static bool is_name(uint32_t field) { return field >= READ_FIRST_NAME; }

/* Which nouns a kind's index counts; -1: none of the site. */
static int noun_of(enum read_kind kind)
{
    if (kind == READ_LINK || kind == READ_PICTURE) return READ_PAGE;
    return (int)kind < CACHE_NOUNS ? (int)kind : -1;
}

/* --- the last build's ------------------------------------------------------ */

struct facts *facts_open(struct arena *arena, const struct cache_index *last, const struct site *site, struct job_pool *pool)
{
    struct facts *facts = ARENA_NEW(arena, struct facts);
    facts->arena = facts->names.arena = arena;
    facts->site = site;
    facts->pool = pool;
    facts->last = last;
    facts->verdicts = ARENA_NEWS(arena, uint8_t, cache_fact_count(&last->facts));
    facts->worker_names = ARENA_NEWS(arena, struct name_memo, job_workers(pool));
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
    if (read_kind_of(key) == READ_FILE) return FACTS_FILES;
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

/* --- this build's ------------------------------------------------------------ */

static uint32_t *find_place(const struct facts *facts, read_key key)
{
    uint64_t at = (key * 0x9e3779b97f4a7c15u) >> 20;
    for (;; at++) {
        uint32_t *slot = &facts->slots[at & (uint64_t)(facts->slot_count - 1)];
        if (!*slot || facts->items[*slot - 1].key == key) return slot;
    }
}

static void grow_slots(struct facts *facts)
{
    facts->slot_count = facts->slot_count ? facts->slot_count * 2 : 4096;
    facts->slots = ARENA_NEWS(facts->arena, uint32_t, facts->slot_count);
    for (ptrdiff_t i = 0; i < facts->count; i++) *find_place(facts, facts->items[i].key) = (uint32_t)i + 1;
}

static uint32_t number_of(struct facts *facts, read_key key, bool measured, uint64_t digest)
{
    if (facts->count * 2 >= facts->slot_count) grow_slots(facts);
    uint32_t *slot = find_place(facts, key);
    if (!*slot) {
        ARENA_PUSH(facts->arena, facts->items, facts->count, facts->capacity) = (struct fact){key, digest, measured};
        *slot = (uint32_t)facts->count;
    }
    return (uint32_t)facts->first + *slot - 1;
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

static ptrdiff_t *worker_memo(struct facts *facts, const struct read_names *names, int worker)
{
    struct name_memo *memo = &facts->worker_names[worker];
    if (memo->count >= names->count) return memo->numbers;
    ptrdiff_t *larger = ARENA_NEWS(facts->arena, ptrdiff_t, names->count * 2);
    if (memo->count) memcpy(larger, memo->numbers, (size_t)memo->count * sizeof *larger);
    *memo = (struct name_memo){larger, names->count * 2};
    return larger;
}

str facts_take(struct facts *facts, struct read_list list, const struct reads *reads, int worker)
{
    const struct read_names *names = reads_names(reads);
    ptrdiff_t *memo = worker_memo(facts, names, worker);
    struct buf out = buf_in(facts->arena);
    buf_reserve(&out, list.count * 2 + 16);
    uint32_t last = 0;
    for (ptrdiff_t i = 0; i < list.count; i++)
        cache_pack_fact(&out, number_of(facts, rename_key(facts, list.keys[i], memo, names->items), false, 0), &last);
    return buf_str(&out);
}

static void measure(struct worker *worker, ptrdiff_t chunk, void *context)
{
    const struct view_step *step = context;
    struct facts *facts = step->facts;
    for (ptrdiff_t i = chunk * CHUNK; i < facts->count && i < (chunk + 1) * CHUNK; i++) {
        struct fact *fact = &facts->items[i];
        if (fact->measured) continue;
        struct arena_mark mark = arena_mark(&worker->scratch);
        fact->digest = digest_fact(facts, step->views[worker->index], fact->key, name_of(facts, fact->key), &worker->scratch);
        fact->measured = true;
        arena_rewind(&worker->scratch, mark);
    }
}

void facts_measure(struct facts *facts, struct view *const *views)
{
    struct view_step step = {.facts = facts, .views = views};
    job_each(facts->pool, (facts->count + CHUNK - 1) / CHUNK, measure, &step);
}

bool facts_know(const struct facts *facts, enum read_kind kind)
{
    const struct cache_facts *last = &facts->last->facts;
    for (ptrdiff_t i = 0; i < facts->first; i++)
        if (read_kind_of(cache_fact_key(last, i)) == kind) return true;
    for (ptrdiff_t i = 0; i < facts->count; i++)
        if (read_kind_of(facts->items[i].key) == kind) return true;
    return false;
}

void facts_finish(struct facts *facts, struct cache_next *out)
{
    read_key *keys = ARENA_NEWS(facts->arena, read_key, facts->count);
    uint64_t *digests = ARENA_NEWS(facts->arena, uint64_t, facts->count);
    for (ptrdiff_t i = 0; i < facts->count; i++) {
        keys[i] = facts->items[i].key;
        digests[i] = facts->items[i].digest;
    }
    out->go_on = facts->same_places;
    out->facts.names = facts->names.items;
    out->facts.name_count = facts->names.count;
    out->facts.keys = keys;
    out->facts.digests = digests;
    out->facts.count = facts->count;
    out->now = facts->site->config->now.seconds;
}
