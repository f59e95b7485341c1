/* picture_cache.c - variants are made once and kept in .hugi/images under
 * their own names, which hold a hash of the original and the recipe.
 *
 * Before the outputs are made, every picture with missing variants is decoded
 * once and all of them are encoded; so a second build decodes nothing. */
#include "picture_cache.h"

#include "base/path.h"

struct group {
    const struct asset *asset;
    struct output **outputs;
    ptrdiff_t count, capacity;
    struct diags diags;
};

struct step {
    const struct publish *publish;
    struct group *groups;
};

str picture_cache_path(const struct publish *publish, const struct output *output, struct arena *arena)
{
    return path_join(arena, publish->cache, path_join(arena, S("images"), path_name(output->path)));
}

bool picture_report(const struct publish *publish, const struct asset *asset, str error, struct diags *diags)
{
    struct diag *diag = diag_report(diags, DIAG_IMAGE, (span){0}, "the picture cannot be read: %" STR_F, STR_A(error));
    diag->path = asset->path;
    if (publish->site->config->images.on_error == IMAGE_ERROR_WARN) {
        diag->severity = DIAG_WARNING;
        diags->errors--;
        diags->warnings++;
    } else {
        diag_hint(diags, diag, "replace the file, or set images: {on_error: warn} to build without it");
    }
    return false;
}

/* By way of one further name, so that a killed build leaves nothing that the next does not take over. */
static bool put(str path, str bytes, struct arena *arena, struct diags *diags)
{
    str next = str_concat(arena, path, S(".new"));
    return file_write_new(next, bytes, diags) && file_rename(next, path, diags);
}

/* What encoding said of a picture is kept beside its variants, so that a build
 * that decodes nothing says it too: 'd' damaged, 'b' broken, then the text. */
static str note_path(const struct publish *publish, const struct asset *asset, struct arena *arena)
{
    str name = str_concat(arena, hash_hex(arena, asset->hash, 32), S(".note"));
    return path_join(arena, publish->cache, path_join(arena, S("images"), name));
}

static void report_damaged(const struct asset *asset, str error, struct diags *diags)
{
    struct diag *diag = diag_report(diags, DIAG_IMAGE_DAMAGED, (span){0}, "the picture is damaged: %" STR_F, STR_A(error));
    diag->path = asset->path;
    diag_hint(diags, diag, "what could be read of it is shown; replace the file");
}

static void keep_note(const struct publish *publish, const struct asset *asset, char sign, str error, struct arena *arena)
{
    struct diags unheard = diags_in(arena);     /* without a note it is only said again by decoding */
    file_write(note_path(publish, asset, arena), str_concat(arena, str_of(&sign, 1), error), &unheard);
}

/* False: the picture is known to be broken and is not tried again. */
static bool read_note(const struct publish *publish, const struct asset *asset, struct arena *arena, struct diags *diags)
{
    str path = note_path(publish, asset, arena), note;
    if (!file_exists(path) || !file_read(arena, path, &note, diags) || note.len == 0) return true;
    if (note.p[0] == 'd') report_damaged(asset, str_from(note, 1), diags);
    return note.p[0] == 'd' || picture_report(publish, asset, str_from(note, 1), diags);
}

static bool encode_group(const struct publish *publish, struct group *group, struct worker *worker)
{
    struct arena *arena = &worker->scratch;
    const struct asset *asset = group->asset;
    str bytes = asset->bytes, error = {0};
    if (!bytes.len && !file_read(arena, path_join(arena, publish->site->root, asset->disk), &bytes, &group->diags)) return false;
    struct image_recipe *recipes = ARENA_NEWS(arena, struct image_recipe, group->count);
    struct image_variant *variants = ARENA_NEWS(arena, struct image_variant, group->count);
    struct image_limits limits = asset_limits(publish->site->config);
    for (ptrdiff_t i = 0; i < group->count; i++) recipes[i] = group->outputs[i]->recipe;
    if (!image_make(bytes, &limits, recipes, group->count, arena, variants, &error)) {
        keep_note(publish, asset, 'b', error, arena);
        return picture_report(publish, asset, error, &group->diags);
    }
    if (error.len) keep_note(publish, asset, 'd', error, arena);
    if (error.len) report_damaged(asset, error, &group->diags);
    bool ok = true;
    for (ptrdiff_t i = 0; ok && i < group->count; i++)
        ok = put(picture_cache_path(publish, group->outputs[i], arena), variants[i].bytes, arena, &group->diags);
    return ok;
}

static void run_group(struct worker *worker, ptrdiff_t index, void *context)
{
    struct step *step = context;
    struct group *group = &step->groups[index];
    group->diags = diags_in(&worker->arena);
    if (encode_group(step->publish, group, worker)) return;
    for (ptrdiff_t i = 0; i < group->count; i++) group->outputs[i]->failed = true;
}

/* Is the variant in place already, or in the cache? */
static bool is_there(const struct publish *publish, struct output *output, struct arena *arena)
{
    struct file_stat stat;
    str target = path_join(arena, publish->destination, output->path);
    if (file_stat(target, &stat) && manifest_matches(publish->manifest, output->path, output->hash, &stat)) {
        output->unchanged = true;
        output->size = stat.size;
        return true;
    }
    return file_exists(picture_cache_path(publish, output, arena));
}

/* A variant's fingerprint is that of its name: the name says it all. */
static hash128 fingerprint(const struct output *output)
{
    return hash_bytes(output->path.p, (size_t)output->path.len);
}

ptrdiff_t picture_cache_fill(struct publish *publish, struct diags *diags)
{
    struct arena *arena = publish->arena;
    struct group *groups = NULL;
    ptrdiff_t count = 0, capacity = 0, made = 0;
    ptrdiff_t *index_of = ARENA_NEWS(arena, ptrdiff_t, publish->site->asset_count);
    enum { UNSEEN, FINE, BROKEN } *seen = arena_array(arena, (size_t)publish->site->asset_count, sizeof *seen);
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        struct output *output = &publish->plan->outputs[i];
        if (output->kind != OUTPUT_VARIANT) continue;
        output->hash = fingerprint(output);
        ptrdiff_t asset = output->asset->index;
        if (seen[asset] == UNSEEN) seen[asset] = read_note(publish, output->asset, arena, diags) ? FINE : BROKEN;
        output->failed = seen[asset] == BROKEN;
        if (output->failed || is_there(publish, output, arena)) continue;
        ptrdiff_t *index = &index_of[asset];
        if (*index == 0) {
            ARENA_PUSH(arena, groups, count, capacity) = (struct group){.asset = output->asset};
            *index = count;
        }
        struct group *group = &groups[*index - 1];
        ARENA_PUSH(arena, group->outputs, group->count, group->capacity) = output;
    }
    if (count && !file_make_dirs(path_join(arena, publish->cache, S("images")), diags)) return 0;
    struct step step = {publish, groups};
    job_each(publish->pool, count, run_group, &step);
    for (ptrdiff_t i = 0; i < count; i++) {
        diags_merge(diags, &groups[i].diags);
        if (!groups[i].outputs[0]->failed) made += groups[i].count;
    }
    return made;
}
