/* publish_commit.c - the only file that changes the destination.
 *
 * First the manifest learns of everything that is about to be written, so that
 * a build killed at any moment leaves nothing unaccounted for; then each
 * changed file is renamed into place, or where there was nothing each folder;
 * then what hugi wrote before and no longer plans is removed.  Files hugi did
 * not write are kept (publish_make reported them). */
#include "publish/publish.h"

#include "base/path.h"
#include "picture_cache.h"

static str target_of(const struct publish *publish, str path) { return path_join(publish->arena, publish->destination, path); }

static bool is_news(const struct output *output) { return !output->unchanged && !output->failed && !output->stranger; }

static ptrdiff_t announce(struct publish *publish)
{
    ptrdiff_t changed = 0;
    manifest_expect(publish->manifest, publish->plan->count);
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        const struct output *output = &publish->plan->outputs[i];
        if (!is_news(output)) continue;
        manifest_set(publish->manifest, output->path, output->hash, output->size, output->written_ns);
        changed++;
    }
    return changed;
}

/* Some file systems (of a network) settle a file's time when it is closed: what was announced is put right. */
static void settle(struct publish *publish)
{
    bool late = false, first = true;
    for (ptrdiff_t i = 0; i < publish->plan->count && (first || late); i++) {
        const struct output *output = &publish->plan->outputs[i];
        struct file_stat stat;
        if (!is_news(output) || !file_stat(target_of(publish, output->path), &stat)) continue;
        late = late || stat.mtime_ns != output->written_ns;
        if (late) manifest_set(publish->manifest, output->path, output->hash, stat.size, stat.mtime_ns);
        first = false;
    }
}

/* --- putting into place ---------------------------------------------------- */

static bool put_files(struct publish *publish, struct diags *diags)
{
    str last_dir = {0};
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        const struct output *output = &publish->plan->outputs[i];
        if (!is_news(output)) continue;
        str target = target_of(publish, output->path), dir = path_dir(target);
        if (!str_equal(dir, last_dir) && !file_make_dirs(dir, diags)) return false;
        last_dir = dir;
        if (!file_rename(stage_path(publish, i, publish->arena), target, diags)) return false;
    }
    return true;
}

/* What lies at the top of the stage, folders as a whole. */
static bool put_folders(struct publish *publish, struct diags *diags)
{
    struct map put = {0};
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        const struct output *output = &publish->plan->outputs[i];
        str rest = output->path, top;
        if (!is_news(output) || !str_split(&rest, '/', &top) || map_put(publish->arena, &put, top, publish)) continue;
        if (!file_rename(path_join(publish->arena, publish->stage, top), target_of(publish, top), diags)) return false;
    }
    return true;
}

/* --- removing ---------------------------------------------------------------- */

static void remove_empty_dirs(const struct publish *publish, str path)
{
    for (str dir = path_dir(path); dir.len; dir = path_dir(dir))
        if (!file_remove_dir_if_empty(target_of(publish, dir))) return;
}

static ptrdiff_t prune(struct publish *publish)
{
    if (manifest_is_missing(publish->manifest)) return 0;       /* what it holds by now is planned */
    str *paths;
    ptrdiff_t count = manifest_paths(publish->manifest, publish->arena, &paths), removed = 0;
    struct map planned = {0};
    map_reserve(publish->arena, &planned, publish->plan->count);
    for (ptrdiff_t i = 0; i < publish->plan->count; i++)
        map_put(publish->arena, &planned, publish->plan->outputs[i].path, &publish->plan->outputs[i]);
    for (ptrdiff_t i = 0; i < count; i++) {
        if (map_get(&planned, paths[i])) continue;
        removed += file_remove(target_of(publish, paths[i]));
        manifest_drop(publish->manifest, paths[i]);
        remove_empty_dirs(publish, paths[i]);
    }
    return removed;
}

/* From now on the list tells of them as they are. */
static void remember_found(struct publish *publish)
{
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        const struct output *output = &publish->plan->outputs[i];
        struct file_stat stat;
        if (!output->found || !file_stat(target_of(publish, output->path), &stat)) continue;
        manifest_set(publish->manifest, output->path, output->hash, stat.size, stat.mtime_ns);
    }
}

static void count(const struct plan *plan, struct publish_counts *counts)
{
    for (ptrdiff_t i = 0; i < plan->count; i++) {
        const struct output *output = &plan->outputs[i];
        if (output->failed || output->stranger) continue;
        counts->bytes += output->size;
        if (output->unchanged) counts->unchanged++;
        else counts->written++;
    }
}

bool publish_commit(struct publish *publish, struct diags *diags, struct publish_counts *counts)
{
    bool any = announce(publish) > 0;
    if (any && !manifest_save(publish->manifest, diags)) return false;
    if (any && !(publish->fresh ? put_folders : put_files)(publish, diags)) return false;
    count(publish->plan, counts);
    counts->removed = prune(publish);
    counts->variants = publish->encoded;
    if (publish->encoded > 0) picture_cache_prune(publish);     /* it only grows then */
    if (any) settle(publish);
    remember_found(publish);
    return manifest_save(publish->manifest, diags);
}

void publish_end(struct publish *publish)
{
    if (publish->stage.len) file_remove_tree(publish->stage);
    file_dir_close(publish->destination_dir);
    card_fonts_close(publish->card_fonts);
    publish->card_fonts = NULL;
}
