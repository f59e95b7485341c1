/* publish_commit.c - the only file that changes the destination.
 *
 * First the manifest learns of everything that is about to be written, so that
 * a build killed at any moment leaves nothing unaccounted for; then each
 * changed file is renamed into place; then what hugi wrote before and no longer
 * plans is removed.  Files hugi did not write are kept (publish_make reported them). */
#include "publish/publish.h"

#include "base/path.h"
#include "picture_cache.h"

static str target_of(const struct publish *publish, const struct output *output)
{
    return path_join(publish->arena, publish->destination, output->path);
}

/* Everything to be written, as ours; the stat is filled in once it stands. */
static ptrdiff_t announce(struct publish *publish)
{
    ptrdiff_t changed = 0;
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        struct output *output = &publish->plan->outputs[i];
        if (output->unchanged || output->failed || output->stranger) continue;
        manifest_set(publish->manifest, output->path, output->hash, NULL);
        changed++;
    }
    return changed;
}

static bool put(struct publish *publish, ptrdiff_t index, str *last_dir, struct diags *diags)
{
    const struct output *output = &publish->plan->outputs[index];
    str target = target_of(publish, output), dir = path_dir(target);
    if (!str_equal(dir, *last_dir) && !file_make_dirs(dir, diags)) return false;
    *last_dir = dir;
    return file_rename(str_format(publish->arena, "%" STR_F "/%td", STR_A(publish->stage), index), target, diags);
}

static void remember(struct publish *publish, const struct output *output)
{
    struct file_stat stat;
    if (file_stat(target_of(publish, output), &stat)) manifest_set(publish->manifest, output->path, output->hash, &stat);
}

static void remove_empty_dirs(const struct publish *publish, str path)
{
    for (str dir = path_dir(path); dir.len; dir = path_dir(dir))
        if (!file_remove_dir_if_empty(path_join(publish->arena, publish->destination, dir))) return;
}

static ptrdiff_t prune(struct publish *publish)
{
    str *paths;
    ptrdiff_t count = manifest_paths(publish->manifest, publish->arena, &paths), removed = 0;
    struct map planned = {0};
    for (ptrdiff_t i = 0; i < publish->plan->count; i++)
        map_put(publish->arena, &planned, publish->plan->outputs[i].path, &publish->plan->outputs[i]);
    for (ptrdiff_t i = 0; i < count; i++) {
        if (map_get(&planned, paths[i])) continue;
        removed += file_remove(path_join(publish->arena, publish->destination, paths[i]));
        manifest_drop(publish->manifest, paths[i]);
        remove_empty_dirs(publish, paths[i]);
    }
    return removed;
}

bool publish_commit(struct publish *publish, struct diags *diags, struct publish_counts *counts)
{
    struct plan *plan = publish->plan;
    if (announce(publish) > 0 && !manifest_save(publish->manifest, diags)) return false;
    str last_dir = {0};
    for (ptrdiff_t i = 0; i < plan->count; i++) {
        struct output *output = &plan->outputs[i];
        if (output->failed || output->stranger) continue;
        counts->bytes += output->size;
        if (output->unchanged) {
            counts->unchanged++;
            if (!manifest_knows(publish->manifest, output->path)) remember(publish, output);
            continue;
        }
        if (!put(publish, i, &last_dir, diags)) return false;
        remember(publish, output);
        counts->written++;
    }
    counts->removed = prune(publish);
    counts->variants = publish->encoded;
    if (publish->encoded > 0) picture_cache_prune(publish);     /* it only grows then */
    return manifest_save(publish->manifest, diags);
}

void publish_end(struct publish *publish)
{
    if (publish->stage.len) file_remove_tree(publish->stage);
    card_fonts_close(publish->card_fonts);
    publish->card_fonts = NULL;
}
