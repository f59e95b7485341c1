/* remember.c - see remember.h.  In the order of the line: open, heads, contents, files, outputs, save. */
#include "remember.h"

#include <time.h>

#include "base/pack.h"
#include "base/path.h"
#include "content_pack.h"
#include "targets.h"

enum { YOUNG_NS = 50 * 1000 * 1000 };   /* clocks of file systems are coarse: a younger file may change without its time */

static int64_t wall_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t memory_young_now(void) { return wall_clock_ns() - YOUNG_NS; }

static str path_of(struct arena *arena, str cache, const char *kind, str name)
{
    str digits = hash_hex(arena, hash_bytes(name.p, (size_t)name.len), 16);
    return str_format(arena, "%" STR_F "/%s-%" STR_F, STR_A(cache), kind, STR_A(digits));
}

str memory_path(struct arena *arena, str cache, str name) { return path_of(arena, cache, "build", name); }
str memory_told_path(struct arena *arena, str cache, str name) { return path_of(arena, cache, "told", name); }

static bool fetch(void *context, const struct page *page, struct arena *arena, struct content *out)
{
    struct memory *memory = context;
    struct cache_place place = {page->content.away_at, page->content.away_len, page->content.away_hash};
    str bytes;
    if (cache_text(memory->cache, place, arena, &bytes) && unpack_body(bytes, arena, out)) return true;
    cache_call_damaged(memory->cache);
    out->html = out->text = (str){0};
    out->heading_count = 0;
    return false;
}

struct memory *memory_open(struct arena *arena, struct site *site, uint64_t hooks, struct job_pool *pool, str path, hash128 key, str *why)
{
    struct memory *memory = ARENA_NEW(arena, struct memory);
    memory->arena = arena;
    memory->site = site;
    memory->pool = pool;
    memory->young = memory_young_now();
    memory->cache = cache_open(arena, path, key, why);
    memory->facts = facts_open(arena, cache_index_of(memory->cache), site, hooks, pool);
    int workers = job_workers(pool);
    memory->work = ARENA_NEWS(arena, struct arena, workers);
    memory->reads = ARENA_NEWS(arena, struct reads *, workers);
    for (int i = 0; i < workers; i++) memory->reads[i] = reads_new(&job_worker(pool, i)->arena);
    memory->page_count = site->page_count;
    memory->pages = ARENA_NEWS(arena, struct page_memory, site->page_count);
    site->fetch = fetch;
    site->fetch_context = memory;
    facts_look(memory->facts, FACTS_FILES, NULL);
    return memory;
}

void memory_close(struct memory *memory)
{
    if (!memory) return;
    for (int i = 0; i < job_workers(memory->pool); i++) arena_free(&memory->work[i]);
    facts_close(memory->facts);
    cache_close(memory->cache);
}

bool memory_is_lost(const struct memory *memory) { return memory && cache_is_damaged(memory->cache); }

void memory_forget(struct memory *memory) { cache_forget(memory->cache); }

/* --- heads -------------------------------------------------------------------- */

static bool same_file(const struct file_stat *stat, int64_t size, int64_t mtime_ns, uint64_t identity)
{
    return stat->size == size && stat->mtime_ns == mtime_ns && stat->identity == identity;
}

static bool same_hash(hash128 a, hash128 b) { return a.low == b.low && a.high == b.high; }

static bool unpack_head(struct page *page, str head)
{
    struct unpack in = {.bytes = head};
    page->meta = unpack_value(&in, page->file, page->arena);
    page->body_offset = (uint32_t)unpack_number(&in);
    page->body_title = unpack_str(&in);
    return !in.failed;
}

bool recall_head(struct memory *memory, struct page *page, struct worker *worker, str *bytes)
{
    struct page_memory *own = &memory->pages[page->index];
    const struct cached_page *last = own->last = cache_find_page(memory->cache, page->path);
    if (!last || !facts_hold(memory->facts, last->head_facts)) return false;
    own->same_stat = same_file(&page->stat, last->size, last->mtime_ns, last->identity);
    if (!own->same_stat) {
        struct diags unheard = diags_in(&worker->scratch);
        str path = path_join(&worker->scratch, page->site->root, page->disk);
        if (!file_read(&worker->scratch, path, bytes, &unheard) || !same_hash(hash_bytes(bytes->p, (size_t)bytes->len), last->source)) return false;
    }
    own->source = last->source;
    own->head_kept = own->head_clean = unpack_head(page, last->head);
    return own->head_kept;
}

static str end_reads(struct memory *memory, struct worker *worker)
{
    struct reads *reads = memory->reads[worker->index];
    return facts_note(memory->facts, worker, reads_names(reads), reads_end(reads, &worker->scratch));
}

bool remember_head(struct memory *memory, const struct page *passing, struct worker *worker, str bytes)
{
    struct page_memory *own = &memory->pages[passing->index];
    own->head_clean = true;
    own->head_reads = end_reads(memory, worker);
    own->source = hash_bytes(bytes.p, (size_t)bytes.len);
    struct buf head = buf_in(&worker->scratch);
    pack_value(&head, passing->meta);
    pack_number(&head, passing->body_offset);
    pack_str(&head, passing->title);
    own->head = str_copy(&worker->arena, buf_str(&head));
    return true;
}

bool recall_fresh_head(struct memory *memory, struct page *page) { return unpack_head(page, memory->pages[page->index].head); }

/* --- contents ----------------------------------------------------------------- */

/* In arrange hooks may have added pages. */
static void count_again(struct memory *memory)
{
    const struct site *site = memory->site;
    const struct page_memory *before = memory->pages;
    if (site->page_count == memory->page_count) return;
    memory->page_count = site->page_count;
    memory->pages = ARENA_NEWS(memory->arena, struct page_memory, site->page_count);
    for (ptrdiff_t i = 0; i < site->page_count && !site->pages[i]->generated; i++) memory->pages[i] = before[i];
}

void memory_look_early(struct memory *memory)
{
    if (!memory) return;
    struct site *site = memory->site;
    int workers = job_workers(memory->pool);
    count_again(memory);
    memory->early = ARENA_NEWS(memory->arena, struct view *, workers);
    for (int i = 0; i < workers; i++) memory->early[i] = view_make(memory->arena, site, NULL, memory->reads[i]);
    facts_look(memory->facts, FACTS_EARLY, memory->early);
}

static void set_away(struct content *content, struct cache_place body, str light)
{
    content->away = true;
    content->away_at = body.at;
    content->away_len = body.len;
    content->away_hash = body.hash;
    content->hash = body.hash;
    content->hash.low ^= hash_str(light);
}

bool recall_content(struct memory *memory, struct page *page, struct worker *worker)
{
    struct page_memory *own = &memory->pages[page->index];
    const struct cached_page *last = own->last;
    if (!own->head_kept || !last->marked || !facts_hold(memory->facts, last->facts)) return false;
    if (!targets_hold(page, last->targets, &worker->scratch, NULL)) return false;
    if (!unpack_light(last->light, memory->site, page->file, &worker->arena, &page->content)) return false;
    set_away(&page->content, last->body, last->light);
    return own->content_kept = true;
}

/* The body goes to the cache's file; where that fails it stays in memory. */
static void put_body(struct memory *memory, struct page *page, struct worker *worker, struct page_memory *own)
{
    struct buf body = buf_in(&worker->scratch);
    pack_body(&body, &page->content);
    bool away = cache_append(memory->cache, buf_str(&body), &own->body);
    page->content = (struct content){0};
    unpack_light(own->light, memory->site, page->file, &worker->arena, &page->content);
    set_away(&page->content, own->body, own->light);
    if (away) return;
    page->content.away = false;
    unpack_body(str_copy(&worker->arena, buf_str(&body)), &worker->arena, &page->content);
}

void remember_content(struct memory *memory, struct page *page, struct worker *worker, str targets, bool clean)
{
    struct page_memory *own = &memory->pages[page->index];
    own->content_clean = clean;
    own->reads = end_reads(memory, worker);
    own->targets = str_copy(&worker->arena, targets);
    struct buf light = buf_in(&worker->scratch);
    pack_light(&light, &page->content);
    own->light = str_copy(&worker->arena, buf_str(&light));
    put_body(memory, page, worker, own);
}

void memory_measure_early(struct memory *memory)
{
    if (memory) facts_measure(memory->facts, memory->early);
}

/* --- files ---------------------------------------------------------------------- */

static void pack_info(struct buf *out, const struct asset *asset)
{
    pack_bool(out, asset->is_picture);
    pack_bool(out, asset->as_jpeg);
    pack_hash(out, asset->hash);
    pack_number(out, asset->tint.hue);
    pack_number(out, asset->tint.tone);
    pack_number(out, asset->tint_of);
    buf_add(out, str_of((const char *)&asset->info, sizeof asset->info));
}

static bool unpack_info(str packed, struct asset *out)
{
    struct unpack in = {.bytes = packed};
    out->is_picture = unpack_bool(&in);
    out->as_jpeg = unpack_bool(&in);
    out->hash = unpack_hash(&in);
    out->tint.hue = (unsigned char)unpack_number(&in);
    out->tint.tone = (unsigned char)unpack_number(&in);
    out->tint_of = unpack_number(&in);
    if (in.failed || in.bytes.len != (ptrdiff_t)sizeof out->info) return false;
    memcpy(&out->info, in.bytes.p, sizeof out->info);
    return true;
}

bool recall_asset(struct memory *memory, struct asset *asset)
{
    const struct cached_asset *last = memory ? cache_find_asset(memory->cache, asset->path) : NULL;
    if (!last || !same_file(&asset->stat, last->size, last->mtime_ns, last->identity)) return false;
    return asset->known = unpack_info(last->info, asset);
}

void recall_tint(struct memory *memory, struct asset *asset)
{
    const struct cached_asset *last = memory ? cache_find_asset(memory->cache, asset->path) : NULL;
    struct asset before;
    if (!last || !asset->is_picture || !unpack_info(last->info, &before) || !same_hash(before.hash, asset->hash)) return;
    asset->tint = before.tint;
    asset->tint_of = before.tint_of;
}

/* --- outputs -------------------------------------------------------------------- */

void memory_look_late(struct memory *memory, const struct plan *plan, struct view *const *views)
{
    if (!memory) return;
    memory->outputs = ARENA_NEWS(memory->arena, struct output_memory, plan->count);
    facts_look(memory->facts, FACTS_LATE, views);
}

/* Pictures are known by their originals' hashes (publish_make); what is quickly made is made. */
static bool is_remembered(const struct output *output)
{
    switch (output->kind) {
    case OUTPUT_PAGE:
    case OUTPUT_LIST:
    case OUTPUT_FEED: return true;
    case OUTPUT_FILE: return !output->asset->is_picture && output->asset->origin != ASSET_THEME;
    default: return false;
    }
}

static uint64_t own_digest(const struct view *view, const struct output *output, int64_t young, struct arena *scratch)
{
    if (output->kind != OUTPUT_FILE) return view_output_digest(view, output, scratch);
    const struct file_stat *stat = &output->asset->stat;
    if (stat->changed_ns >= young) return 0;
    int64_t who[] = {stat->size, stat->mtime_ns, (int64_t)stat->identity, (int64_t)hash_str(output->asset->path)};
    return hash_bytes(who, sizeof who).low | 1;
}

bool recall_output(void *context, struct worker *worker, const struct view *view, ptrdiff_t index, struct output *output)
{
    struct memory *memory = context;
    if (!memory || !is_remembered(output)) return false;
    struct output_memory *own = &memory->outputs[index];
    const struct cached_output *last = own->last = cache_find_output(memory->cache, output->path);
    own->own = own_digest(view, output, memory->young, &worker->scratch);
    reads_begin(memory->reads[worker->index], false);
    if (!last || own->own == 0 || last->own != own->own || !facts_hold(memory->facts, last->facts)) return false;
    output->hash = last->hash;
    output->size = last->size;
    return own->kept = true;
}

void remember_output(void *context, struct worker *worker, ptrdiff_t index, const struct output *output)
{
    struct memory *memory = context;
    if (!memory || !is_remembered(output)) return;
    struct output_memory *own = &memory->outputs[index];
    own->kept = false;
    own->made = own->own != 0 && output->diags.count == 0 && !output->stranger;
    own->reads = end_reads(memory, worker);
}

/* --- saving ----------------------------------------------------------------------- */

static void save_page(struct memory *memory, const struct page *page, struct cache_next *next)
{
    struct page_memory *own = &memory->pages[page->index];
    if (!own->head_clean) return;       /* nor is a page that a hook added: it has no file */
    struct cached_page *out = &next->pages[next->page_count++];
    *out = own->head_kept ? *own->last : (struct cached_page){.path = page->path, .source = own->source, .head = own->head};
    out->head_facts = own->head_kept ? facts_keep(memory->facts, own->last->head_facts)
                                     : facts_take(memory->facts, own->head_reads, memory->arena);
    out->size = page->stat.size;
    out->mtime_ns = page->stat.mtime_ns;
    out->identity = page->stat.changed_ns < memory->young || own->same_stat ? page->stat.identity : 0;
    if (own->content_kept) {
        out->facts = facts_keep(memory->facts, own->last->facts);
        return;
    }
    out->marked = own->content_clean;
    out->light = own->light;
    out->body = own->body;
    out->targets = own->targets;
    out->facts = own->content_clean ? facts_take(memory->facts, own->reads, memory->arena) : (str){0};
}

static void save_asset(struct memory *memory, const struct asset *asset, struct cache_next *next)
{
    if (!asset->known || asset->origin == ASSET_THEME) return;
    bool young = asset->stat.changed_ns >= memory->young;
    struct buf info = buf_in(memory->arena);
    pack_info(&info, asset);
    next->assets[next->asset_count++] = (struct cached_asset){
        asset->path, asset->stat.size, asset->stat.mtime_ns, young ? 0 : asset->stat.identity, buf_str(&info)};
}

static void save_output(struct memory *memory, ptrdiff_t index, const struct output *output, struct cache_next *next)
{
    const struct output_memory *own = &memory->outputs[index];
    if (!own->kept && !own->made) return;
    struct cached_output *out = &next->outputs[next->output_count++];
    if (own->kept) {
        *out = *own->last;
        out->facts = facts_keep(memory->facts, own->last->facts);
        return;
    }
    str facts = facts_take(memory->facts, own->reads, memory->arena);
    *out = (struct cached_output){output->path, own->own, output->hash, output->size, facts};
}

static void save_nouns(struct memory *memory, const struct view *view, struct cache_facts *facts)
{
    for (int noun = 0; noun < CACHE_NOUNS; noun++) {
        ptrdiff_t count = view_noun_count(view, (enum read_kind)noun);
        uint64_t *identities = ARENA_NEWS(memory->arena, uint64_t, count);
        for (ptrdiff_t i = 0; i < count; i++) identities[i] = view_noun_identity(view, (enum read_kind)noun, i);
        facts->nouns[noun] = identities;
        facts->noun_counts[noun] = count;
    }
}

/* Has anything been learnt that the cache does not say already? */
static bool is_news(const struct memory *memory, const struct plan *plan)
{
    const struct cache_index *last = cache_index_of(memory->cache);
    const struct site *site = memory->site;
    ptrdiff_t pages = 0, files = 0, outputs = 0;
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        const struct page_memory *own = &memory->pages[i];
        files += !site->pages[i]->generated;
        pages += own->head_kept && own->same_stat && (own->content_kept || !own->content_clean);
    }
    for (ptrdiff_t i = 0; i < plan->count; i++) outputs += memory->outputs[i].kept;
    return memory->asset_misses > 0 || pages != files || pages != last->page_count || outputs != last->output_count ||
           last->asset_count != site->asset_count;
}

bool memory_save(struct memory *memory, const struct plan *plan, struct view *const *views, struct diags *diags)
{
    if (!memory || !is_news(memory, plan)) return true;
    const struct site *site = memory->site;
    struct cache_next next = {
        .pages = ARENA_NEWS(memory->arena, struct cached_page, site->page_count),
        .assets = ARENA_NEWS(memory->arena, struct cached_asset, site->asset_count),
        .outputs = ARENA_NEWS(memory->arena, struct cached_output, plan->count),
    };
    facts_measure(memory->facts, views);
    for (ptrdiff_t i = 0; i < site->page_count; i++) save_page(memory, site->pages[i], &next);
    for (ptrdiff_t i = 0; i < site->asset_count; i++) save_asset(memory, site->assets[i], &next);
    for (ptrdiff_t i = 0; i < plan->count; i++) save_output(memory, i, &plan->outputs[i], &next);
    facts_finish(memory->facts, &next);
    if (!next.go_on) save_nouns(memory, views[0], &next.facts);
    return cache_save(memory->cache, &next, diags);
}
