/* card_cache.c - a card is drawn once: it is named after all that decides its bytes (its texts and
 * photo, which its address says, how that photo is made, and the fonts of this machine). */
#include "card_cache.h"

#include "base/path.h"
#include "picture_cache.h"

struct step {
    const struct publish *publish;
    struct output **missing;
    struct card_artist **artists;       /* one per worker; NULL until it draws */
};

static hash128 fingerprint(const struct publish *publish, const struct output *output)
{
    const struct social_card *card = output->card;
    hash128 parts[3] = {hash_bytes(output->path.p, (size_t)output->path.len), card_fonts_identity(publish->card_fonts), {0}};
    if (card->photo) parts[2] = picture_bytes_key(card->photo, &card->recipe);
    return hash_bytes(parts, sizeof parts);
}

str card_cache_path(const struct publish *publish, const struct output *output, struct arena *arena)
{
    const char *extension = image_kind_info(card_format(&output->card->card))->extension;
    return str_format(arena, "%" STR_F "/images/%" STR_F "-card.%s", STR_A(publish->cache),
                      STR_A(hash_hex(arena, fingerprint(publish, output), 32)), extension);
}

/* The photo in the size of a card, which is among the variants made before. */
static str read_photo(const struct publish *publish, const struct social_card *card, struct arena *arena)
{
    struct diags unheard = diags_in(arena);     /* without it the card has a drawn ground */
    str path = picture_cache_path(publish, card->photo, &card->recipe, arena), bytes = {0}, error;
    if (picture_cache_get(path, arena, &bytes)) return bytes;
    struct image_limits limits = asset_limits(publish->site->config);
    struct image_variant made;
    if (!file_read(arena, path_join(arena, publish->site->root, card->photo->disk), &bytes, &unheard)) return (str){0};
    return image_make(bytes, &limits, &card->recipe, 1, arena, &made, &error) ? made.bytes : (str){0};
}

static bool draw(struct step *step, struct worker *worker, struct output *output)
{
    struct arena *arena = &worker->scratch;
    const struct publish *publish = step->publish;
    struct card_artist **artist = &step->artists[worker->index];
    if (!*artist) *artist = card_artist_new(publish->card_fonts);
    const struct social_card *card = output->card;
    str photo = card->photo ? read_photo(publish, card, arena) : (str){0}, bytes, error = {0};
    if (!card_draw(*artist, &card->card, photo, arena, &bytes, &error)) {
        diag_report(&output->diags, DIAG_IMAGE, output->at, "its social card cannot be drawn: %" STR_F, STR_A(error));
        return false;
    }
    return picture_cache_put(card_cache_path(publish, output, arena), bytes, arena, &output->diags) || publish_unwritten(publish, output, &output->diags);
}

static void draw_task(struct worker *worker, ptrdiff_t index, void *context)
{
    struct step *step = context;
    struct output *output = step->missing[index];
    output->diags = diags_in(&worker->arena);
    output->failed = !draw(step, worker, output);
}

static bool is_there(const struct publish *publish, struct output *output, struct arena *arena)
{
    struct file_stat stat;
    str target = path_join(arena, publish->destination, output->path);
    output->hash = fingerprint(publish, output);
    if (file_stat(target, &stat) && manifest_matches(publish->manifest, output->path, output->hash, &stat)) {
        output->unchanged = true;
        output->size = stat.size;
        return true;
    }
    return picture_cache_has(card_cache_path(publish, output, arena), arena);
}

ptrdiff_t card_cache_fill(struct publish *publish, struct diags *diags)
{
    struct arena *arena = publish->arena;
    struct step step = {publish, ARENA_NEWS(arena, struct output *, publish->plan->count),
                        ARENA_NEWS(arena, struct card_artist *, job_workers(publish->pool))};
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        struct output *output = &publish->plan->outputs[i];
        if (output->kind == OUTPUT_CARD && !is_there(publish, output, arena)) step.missing[count++] = output;
    }
    if (count && !file_make_dirs(path_join(arena, publish->cache, S("images")), diags)) return 0;
    job_name(publish->pool, "cards");
    job_each(publish->pool, count, draw_task, &step);
    for (int i = 0; i < job_workers(publish->pool); i++)
        if (step.artists[i]) card_artist_free(step.artists[i]);
    for (ptrdiff_t i = 0; i < count; i++) diags_merge(diags, &step.missing[i]->diags);
    return count;
}
