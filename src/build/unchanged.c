/* unchanged.c - see unchanged.h. */
#include "unchanged.h"

#include "base/pack.h"
#include "base/path.h"

enum { PAGES, POSTS, OUTPUTS, IMAGES, BYTES, LEFT_OUT, LOCATED_PHOTOS };

/* --- inputs ---------------------------------------------------------------- */

static bool add_file(struct buf *out, str path, const struct file_stat *stat, int64_t young)
{
    int64_t who[] = {stat->size, stat->mtime_ns, (int64_t)stat->identity};
    pack_str(out, path);
    buf_add(out, str_of((const char *)who, sizeof who));
    return stat->changed_ns < young;
}

static void add_templates(struct buf *out, const struct map *templates)
{
    for (ptrdiff_t i = 0; i < templates->count; i++) {
        const struct theme_template *one = templates->entries[i].value;
        pack_str(out, templates->entries[i].key);
        pack_str(out, one->path);
        pack_str(out, one->text);
    }
}

static void add_theme(struct buf *out, const struct theme *theme)
{
    add_templates(out, &theme->layouts);
    add_templates(out, &theme->partials);
    for (ptrdiff_t i = 0; i < theme->asset_count; i++) {
        pack_str(out, theme->assets[i].url);
        pack_number(out, hash_str(theme->assets[i].bytes));
    }
    for (ptrdiff_t i = 0; i < theme->language_count; i++) {
        pack_str(out, theme->languages[i].language);
        pack_value(out, theme->languages[i].strings);
    }
}

bool inputs_digest(const struct site *site, const struct hooks *hooks, const struct build_options *options, hash128 key, hash128 *out)
{
    struct arena arena = {0};
    struct buf all = buf_in(&arena);
    int64_t young = memory_young_now();
    bool settled = true;
    buf_reserve(&all, (site->page_count + site->asset_count) * 128 + (1 << 16));
    pack_hash(&all, key);
    pack_value(&all, site->config->all);
    pack_number(&all, hooks_digest(hooks));
    pack_bool(&all, options->drafts);
    pack_bool(&all, options->future);
    add_theme(&all, site->theme);
    pack_value(&all, site->data);
    for (ptrdiff_t i = 0; i < site->page_count; i++) settled = add_file(&all, site->pages[i]->path, &site->pages[i]->stat, young) && settled;
    for (ptrdiff_t i = 0; i < site->asset_count; i++) settled = add_file(&all, site->assets[i]->path, &site->assets[i]->stat, young) && settled;
    *out = hash_bytes(all.p, (size_t)all.len);
    arena_free(&arena);
    return settled;
}

/* --- looking ------------------------------------------------------------------ */

struct look {
    const struct manifest *manifest;
    int dir;                    /* the destination */
    const str *paths;
    bool *gone;
};

static void look_at(struct worker *worker, ptrdiff_t index, void *context)
{
    const struct look *look = context;
    struct file_stat stat;
    (void)worker;
    look->gone[index] = !file_stat_in(look->dir, look->paths[index], &stat) || !manifest_stands(look->manifest, look->paths[index], &stat);
}

/* Are exactly the files of the last build there, as it wrote them? */
static bool destination_stands(struct job_pool *pool, str cache, str destination, str name, int64_t outputs, struct arena *arena)
{
    struct look look = {.manifest = manifest_load(arena, cache, name), .dir = file_dir_open(destination)};
    str *paths;
    ptrdiff_t count = manifest_paths(look.manifest, arena, &paths);
    look.paths = paths;
    look.gone = ARENA_NEWS(arena, bool, count);
    bool stands = count == outputs;
    if (stands) job_each(pool, count, look_at, &look);
    file_dir_close(look.dir);
    for (ptrdiff_t i = 0; i < count; i++) stands = stands && !look.gone[i];
    return stands;
}

bool nothing_changed(const struct site *site, struct job_pool *pool, str cache, str destination, str name, hash128 key, hash128 inputs,
                     struct build_result *result)
{
    struct arena *arena = result->arena;
    struct cache_summary last;
    int64_t now = site->config->now.seconds;
    if (!cache_peek(memory_path(arena, cache, name), key, &last)) return false;
    if (last.inputs.low != inputs.low || last.inputs.high != inputs.high || now < last.now_from || now >= last.now_until) return false;
    if (!destination_stands(pool, cache, destination, name, last.counts[OUTPUTS], arena)) return false;
    if ((last.told.low | last.told.high) != 0 && !told_again(memory_told_path(arena, cache, name), last.told, &result->diags)) return false;
    result->pages = last.counts[PAGES];
    result->posts = last.counts[POSTS];
    result->outputs = result->unchanged = last.counts[OUTPUTS];
    result->images = last.counts[IMAGES];
    result->bytes = last.counts[BYTES];
    result->left_out = last.counts[LEFT_OUT];
    result->located_photos = last.counts[LOCATED_PHOTOS];
    return result->published = true;
}

/* --- noting ------------------------------------------------------------------- */

static void narrow(struct cache_summary *summary, int64_t at, int64_t now)
{
    if (at <= now && at > summary->now_from) summary->now_from = at;
    if (at > now && at < summary->now_until) summary->now_until = at;
}

/* When the next page begins to be published, or ends. */
static void find_times(const struct site *site, struct cache_summary *summary)
{
    int64_t now = site->config->now.seconds;
    summary->now_from = INT64_MIN;
    summary->now_until = INT64_MAX;
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        const struct page *page = site->pages[i];
        if (page->has_date) narrow(summary, page->date.seconds, now);
        if (page->has_expires) narrow(summary, page->expires.seconds, now);
    }
}

void forget_inputs(struct memory *memory) { cache_note(memory->cache, NULL); }

/* What a hook reads, or does when all is done, is not among the inputs. */
void note_inputs(struct memory *memory, const struct hooks *hooks, hash128 inputs, struct told told, const struct build_result *result)
{
    struct cache_summary summary = {.inputs = inputs};
    if (hooks_has(hooks, HOOK_DONE) || facts_know(memory->facts, READ_FILE) || facts_know(memory->facts, READ_NOW)) return;
    if (!told_keep(&told, memory->arena, &summary.told)) return;
    find_times(memory->site, &summary);
    summary.counts[PAGES] = result->pages;
    summary.counts[POSTS] = result->posts;
    summary.counts[OUTPUTS] = result->outputs;
    summary.counts[IMAGES] = result->images;
    summary.counts[BYTES] = result->bytes;
    summary.counts[LEFT_OUT] = result->left_out;
    summary.counts[LOCATED_PHOTOS] = result->located_photos;
    cache_note(memory->cache, &summary);
}
