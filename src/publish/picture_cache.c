/* picture_cache.c - variants are made once and kept in .hugi/images, named by a hash of the
 * original, the recipe and the encoder: a photo that was renamed, moved or touched costs nothing.
 *
 * Before the outputs are made, every picture with missing variants is decoded
 * once and all of them are encoded; so a second build decodes nothing. */
#include "picture_cache.h"

#include <time.h>

#include "base/path.h"
#include "base/stopwatch.h"
#include "card_cache.h"

/* What is missing of one content, however many files have it. */
struct group {
    const struct asset *asset;  /* the first of the files */
    struct output **outputs;
    ptrdiff_t count, capacity, made;
    struct diags diags;
};

struct step {
    const struct publish *publish;
    struct group *groups;
};

hash128 picture_key(const struct asset *asset, const struct image_recipe *recipe)
{
    struct { hash128 asset; int32_t recipe[6]; } key;
    memset(&key, 0, sizeof key);
    key.asset = asset->hash;
    key.recipe[0] = (int32_t)recipe->format;
    key.recipe[1] = recipe->width;
    key.recipe[2] = recipe->height;
    key.recipe[3] = (int32_t)recipe->crop;
    key.recipe[4] = recipe->quality;
    key.recipe[5] = recipe->keeps_jpeg;
    return hash_bytes(&key, sizeof key);
}

hash128 picture_bytes_key(const struct asset *asset, const struct image_recipe *recipe)
{
    struct { hash128 picture; uint64_t encoder; } key;
    memset(&key, 0, sizeof key);
    key.picture = picture_key(asset, recipe);
    key.encoder = image_encoder(recipe->format);
    return hash_bytes(&key, sizeof key);
}

str picture_cache_path(const struct publish *publish, const struct asset *asset, const struct image_recipe *recipe, struct arena *arena)
{
    str digits = hash_hex(arena, picture_bytes_key(asset, recipe), 32);
    const char *extension = image_kind_info(recipe->format)->extension;
    return str_format(arena, "%" STR_F "/images/%" STR_F ".%s", STR_A(publish->cache), STR_A(digits), extension);
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

struct image_recipe variant_recipe(const struct variant *variant)
{
    struct image_recipe recipe = variant->recipe;
    recipe.width = variant->width;
    if (recipe.height) recipe.height = variant->height;
    return recipe;
}

bool picture_cache_put(str path, str bytes, struct arena *arena, struct diags *diags)
{
    str next = str_concat(arena, path, S(".new"));
    hash128 hash = hash_bytes(bytes.p, (size_t)bytes.len);
    str sealed = str_concat(arena, bytes, str_of((const char *)&hash, sizeof hash));
    return file_write_new(next, sealed, NULL, diags) && file_rename(next, path, diags);
}

bool picture_cache_get(str path, struct arena *arena, str *out)
{
    struct diags unheard = diags_in(arena);
    hash128 hash;
    str sealed;
    if (!file_exists(path) || !file_read(arena, path, &sealed, &unheard) || sealed.len < (ptrdiff_t)sizeof hash) return false;
    *out = str_slice(sealed, 0, sealed.len - (ptrdiff_t)sizeof hash);
    hash = hash_bytes(out->p, (size_t)out->len);
    return memcmp(&hash, out->p + out->len, sizeof hash) == 0;
}

bool picture_cache_has(str path, struct arena *arena)
{
    struct arena_mark mark = arena_mark(arena);
    str unused;
    bool has = picture_cache_get(path, arena, &unused);
    arena_rewind(arena, mark);
    return has;
}

/* What decoding said of a picture is kept beside its variants, so that a build that decodes nothing says it
 * too: who decoded, as hex digits; 'd' damaged, 'b' broken; then the text.  Another decoder may say otherwise. */
enum { DECODER_DIGITS = 16 };

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

static str decoder_digits(const struct asset *asset, struct arena *arena)
{
    return hash_hex(arena, (hash128){.high = image_decoder(asset->info.kind)}, DECODER_DIGITS);
}

/* Where the library is missing nothing is known of the picture. */
static void keep_note(const struct publish *publish, const struct asset *asset, char sign, str error, struct arena *arena)
{
    struct diags unheard = diags_in(arena);     /* without a note it is only said again by decoding */
    if (!image_decoder(asset->info.kind)) return;
    picture_cache_put(note_path(publish, asset, arena), str_concat3(arena, decoder_digits(asset, arena), str_of(&sign, 1), error), arena, &unheard);
}

/* Its sign and text; empty: there is none that counts. */
static str read_note(const struct publish *publish, const struct asset *asset, struct arena *arena)
{
    str note;
    if (!picture_cache_get(note_path(publish, asset, arena), arena, &note)) return (str){0};
    bool counts = str_equal(str_slice(note, 0, DECODER_DIGITS), decoder_digits(asset, arena));
    return counts ? str_from(note, DECODER_DIGITS) : (str){0};
}

void picture_notes_read(struct publish *publish)
{
    struct arena *arena = publish->arena;
    const struct site *site = publish->site;
    bool *seen = ARENA_NEWS(arena, bool, site->asset_count);
    publish->plan->notes = ARENA_NEWS(arena, str, site->asset_count);
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        const struct output *output = &publish->plan->outputs[i];
        if (output->kind != OUTPUT_VARIANT || seen[output->asset->index]) continue;
        ptrdiff_t index = output->asset->index;
        str *note = &publish->plan->notes[index];
        seen[index] = true;
        *note = read_note(publish, output->asset, arena);
        site->assets[index]->undecoded = note->len > 0 && note->p[0] == 'b';
    }
}

/* Says again what an earlier build found. */
static void tell_note(const struct publish *publish, const struct asset *asset, struct diags *diags)
{
    str note = publish->plan->notes[asset->index];
    if (asset->undecoded) picture_report(publish, asset, str_from(note, 1), diags);
    else if (note.len) report_damaged(asset, str_from(note, 1), diags);
}

static bool same_recipe(const struct image_recipe *a, const struct image_recipe *b)
{
    return a->format == b->format && a->width == b->width && a->height == b->height && a->crop == b->crop && a->quality == b->quality &&
           a->keeps_jpeg == b->keeps_jpeg;
}

/* The recipes of a group, each once. */
static ptrdiff_t list_recipes(const struct group *group, struct image_recipe *out)
{
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < group->count; i++) {
        bool again = false;
        for (ptrdiff_t k = 0; k < count && !again; k++) again = same_recipe(&group->outputs[i]->recipe, &out[k]);
        if (!again) out[count++] = group->outputs[i]->recipe;
    }
    return count;
}

/* Every file with this content is broken, or damaged. */
static void note_group(const struct publish *publish, struct group *group, bool broken, str error)
{
    const struct asset *last = NULL;
    for (ptrdiff_t i = 0; i < group->count; i++) {
        const struct asset *asset = group->outputs[i]->asset;
        if (asset == last) continue;
        last = asset;
        publish->site->assets[asset->index]->undecoded = broken;
        if (broken) picture_report(publish, asset, error, &group->diags);
        else report_damaged(asset, error, &group->diags);
    }
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
    group->made = list_recipes(group, recipes);
    bool made = image_make(bytes, &limits, recipes, group->made, arena, variants, &error);
    if (!made || error.len) keep_note(publish, asset, made ? 'd' : 'b', error, arena);
    if (!made || error.len) note_group(publish, group, !made, error);
    for (ptrdiff_t i = 0; made && i < group->made; i++)
        made = picture_cache_put(picture_cache_path(publish, asset, &recipes[i], arena), variants[i].bytes, arena, &group->diags) ||
               publish_unwritten(publish, group->outputs[0], &group->diags);
    return made;
}

static void run_group(struct worker *worker, ptrdiff_t index, void *context)
{
    struct step *step = context;
    struct group *group = &step->groups[index];
    group->diags = diags_in(&worker->arena);
    stopwatch_begin(worker->stopwatch, TIME_PICTURE, group->asset->path);
    bool made = encode_group(step->publish, group, worker);
    stopwatch_end(worker->stopwatch);
    if (made) return;
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
    return picture_cache_has(picture_cache_path(publish, output->asset, &output->recipe, arena), arena);
}

/* A variant's fingerprint is that of its name, which says all, and of who encodes it. */
static hash128 fingerprint(const struct output *output)
{
    hash128 parts[2] = {hash_bytes(output->path.p, (size_t)output->path.len), picture_bytes_key(output->asset, &output->recipe)};
    return hash_bytes(parts, sizeof parts);
}

ptrdiff_t picture_cache_fill(struct publish *publish, struct diags *diags)
{
    struct arena *arena = publish->arena;
    struct group *groups = NULL;
    ptrdiff_t count = 0, capacity = 0, made = 0;
    struct map index_of = {0};      /* of a content -> one more than its group's index */
    bool *told = ARENA_NEWS(arena, bool, publish->site->asset_count);
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        struct output *output = &publish->plan->outputs[i];
        if (output->kind != OUTPUT_VARIANT) continue;
        output->hash = fingerprint(output);
        if (!told[output->asset->index]) tell_note(publish, output->asset, diags);
        told[output->asset->index] = true;
        output->failed = output->asset->undecoded;
        if (output->failed || is_there(publish, output, arena)) continue;
        str content = hash_hex(arena, output->asset->hash, 32);
        uintptr_t index = (uintptr_t)map_get(&index_of, content);
        if (index == 0) {
            ARENA_PUSH(arena, groups, count, capacity) = (struct group){.asset = output->asset};
            index = (uintptr_t)count;
            map_put(arena, &index_of, content, (void *)index);
        }
        struct group *group = &groups[index - 1];
        ARENA_PUSH(arena, group->outputs, group->count, group->capacity) = output;
    }
    if (count && !file_make_dirs(path_join(arena, publish->cache, S("images")), diags)) return 0;
    struct step step = {publish, groups};
    job_name(publish->pool, "pictures");
    job_each(publish->pool, count, run_group, &step);
    for (ptrdiff_t i = 0; i < count; i++) {
        diags_merge(diags, &groups[i].diags);
        if (!groups[i].outputs[0]->failed) made += groups[i].made;
    }
    return made;
}

/* --- pruning ------------------------------------------------------------ */

enum { KEEP_SECONDS = 30 * 24 * 60 * 60 };

/* The names this build would look for, those of drafts only where drafts are built: so what is not
 * among them stays for a month, and `hugi build` beside `hugi build -D` costs nothing. */
static void note_planned(const struct publish *publish, struct map *planned)
{
    struct arena *arena = publish->arena;
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        struct output *output = &publish->plan->outputs[i];
        if (output->kind == OUTPUT_CARD) map_put(arena, planned, path_name(card_cache_path(publish, output, arena)), output);
        if (output->kind != OUTPUT_VARIANT) continue;
        map_put(arena, planned, path_name(picture_cache_path(publish, output->asset, &output->recipe, arena)), output);
        map_put(arena, planned, path_name(note_path(publish, output->asset, arena)), output);
        map_put(arena, planned, path_name(picture_choice_path(publish, output->asset, &output->recipe, output->recipe.format, arena)), output);
    }
}

void picture_cache_prune(const struct publish *publish)
{
    struct arena *arena = publish->arena;
    struct diags unheard = diags_in(arena);     /* what cannot be removed now is met again */
    struct map planned = {0};
    struct file_list list = {0};
    str folder = path_join(arena, publish->cache, S("images"));
    if (!file_exists(folder) || !file_walk(arena, folder, folder, &list, &unheard)) return;
    note_planned(publish, &planned);
    int64_t oldest = ((int64_t)time(NULL) - KEEP_SECONDS) * 1000000000;
    for (ptrdiff_t i = 0; i < list.count; i++) {
        const struct file_entry *entry = &list.items[i];
        if (entry->stat.is_file && entry->stat.mtime_ns < oldest && !map_get(&planned, entry->path))
            file_remove(path_join(arena, folder, entry->path));
    }
}
