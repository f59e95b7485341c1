/* publish_make.c - each output becomes bytes, on any worker, in any order.
 *
 * Bytes that the destination holds already are dropped; others go into the
 * stage under the output's number, to be renamed into place together.  Where
 * the destination was empty they lie in the stage as they will lie there. */
#include "publish/publish.h"

#include "base/escape.h"
#include "base/path.h"
#include "base/stopwatch.h"
#include "card_cache.h"
#include "feed_entries.h"
#include "picture_cache.h"
#include "view/reads.h"
#include "theme/theme_load.h"

/* Changes when image_clean does other work than before. */
enum { CLEANING = 4, WHOLE_QUALITY = 90 };

static bool render(const struct publish *publish, struct worker *worker, struct output *output, str *out)
{
    const struct theme_template *layout = theme_layout(publish->theme, output->layout);
    struct arena *arena = &worker->scratch;
    if (!layout) {
        struct diag *diag = diag_report(&output->diags, DIAG_THEME, output->at, "the theme '%" STR_F "' has no layout '%" STR_F "'",
                                        STR_A(publish->theme->name), STR_A(output->layout));
        diag->path = output->source;
        return false;
    }
    str language = output->listing ? output->listing->locale->language->code : output->page->language;
    struct render_user user = {
        .hook = {publish->hooks, worker->index, publish->views[worker->index], output->page},
        .theme = publish->theme,
        .language = language,
    };
    struct liquid_env env = *publish->env;
    env.language = language;
    struct liquid_render render = {
        .template_ = layout->parsed,
        .globals = view_globals(publish->views[worker->index], output, arena),
        .user = &user,
        .watch = render_watch_of(publish->hooks),
    };
    reads_note_name(view_reads(user.hook.view), READ_TEMPLATE, 0, str_concat(arena, S("layouts/"), output->layout));
    struct buf buf = buf_in(arena);
    buf_reserve(&buf, 32 * 1024);
    view_show(user.hook.view, output->page, arena);
    bool ok = liquid_render(&env, &render, arena, &buf, &output->diags);
    view_show(user.hook.view, NULL, NULL);
    if (!ok) return false;
    *out = urls_rebase(buf_str(&buf), publish->site->config->base_path, arena);
    return true;
}

static str redirect(const struct publish *publish, const struct output *output, struct arena *arena)
{
    const struct config *config = publish->site->config;
    str target = str_concat(arena, config->base_path, output->target);      /* works in a preview too */
    str canonical = config->base_url.len ? str_concat(arena, config->base_url, output->target) : target;
    struct buf out = buf_in(arena);
    buf_printf(&out, "<!doctype html>\n<html lang=\"%" STR_F "\">\n<meta charset=\"utf-8\">\n<title>", STR_A(output->page->language));
    buf_html(&out, output->page->title);
    buf_add(&out, S("</title>\n<link rel=\"canonical\" href=\""));
    buf_html(&out, canonical);
    buf_add(&out, S("\">\n<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url="));
    buf_html(&out, target);
    buf_add(&out, S("\">\n<p><a href=\""));
    buf_html(&out, target);
    buf_add(&out, S("\">"));
    buf_html(&out, output->page->title);
    buf_add(&out, S("</a></p>\n</html>\n"));
    return buf_str(&out);
}

static bool jpeg_instead(str bytes, const struct image_limits *limits, struct arena *arena, str *out, str *error)
{
    struct image_recipe recipe = {.format = IMAGE_JPEG, .quality = WHOLE_QUALITY};
    struct image_variant variant;
    if (!image_make(bytes, limits, &recipe, 1, arena, &variant, error)) return false;
    *out = variant.bytes;
    return true;
}

/* A picture of static/ keeps its address but not its metadata. */
static bool file_bytes(const struct publish *publish, struct output *output, struct arena *arena, str *out)
{
    const struct asset *asset = output->asset;
    *out = asset->bytes;
    if (!out->len && !file_read(arena, path_join(arena, publish->site->root, asset->disk), out, &output->diags)) return false;
    if (!asset->info.cleans) return true;    /* of no such kind, or images.allow names it */
    str error = {0};
    struct image_limits limits = asset_limits(publish->site->config);
    bool ok = asset->as_jpeg ? jpeg_instead(*out, &limits, arena, out, &error) : image_clean(*out, &limits, arena, out, &error);
    return ok || picture_report(publish, asset, error, &output->diags);
}

/* It was there a moment ago. */
static bool take_cached(struct output *output, str path, struct arena *arena, str *out)
{
    if (picture_cache_get(path, arena, out)) return true;
    struct diag *diag = diag_report(&output->diags, DIAG_IO, (span){0}, "it was damaged or removed while hugi was building");
    diag->path = str_copy(output->diags.arena, path);
    diag_hint(&output->diags, diag, "build again");
    return false;
}

static bool make_bytes(const struct publish *publish, struct worker *worker, struct output *output, str *out)
{
    struct arena *arena = &worker->scratch;
    switch (output->kind) {
    case OUTPUT_PAGE:
    case OUTPUT_LIST: return render(publish, worker, output, out);
    case OUTPUT_FEED: *out = feed_write(publish, publish->views[worker->index], output, arena); return true;
    case OUTPUT_SITEMAP: *out = sitemap_write(publish, arena); return true;
    case OUTPUT_REDIRECT: *out = redirect(publish, output, arena); return true;
    case OUTPUT_VARIANT: return take_cached(output, picture_cache_path(publish, output->asset, &output->recipe, arena), arena, out);
    case OUTPUT_CARD: return take_cached(output, card_cache_path(publish, output, arena), arena, out);
    case OUTPUT_FILE: return file_bytes(publish, output, arena, out);
    case OUTPUT_BYTES: *out = output->bytes; return true;
    }
    return false;
}

static bool is_picture_file(const struct output *output)
{
    return output->kind == OUTPUT_VARIANT || output->kind == OUTPUT_CARD || (output->kind == OUTPUT_FILE && output->asset->info.cleans);
}

/* Does the destination hold what has output->hash, as hugi wrote it? */
static bool stands_there(const struct publish *publish, const struct output *output, struct file_stat *stat)
{
    return file_stat_in(publish->destination_dir, output->path, stat) && manifest_matches(publish->manifest, output->path, output->hash, stat);
}

/* Where the original's hash says what the result is, nothing needs to be read. */
static bool known_by_hash(const struct publish *publish, struct output *output)
{
    struct file_stat stat;
    if (!is_picture_file(output)) return false;
    if (output->kind == OUTPUT_FILE) {
        output->hash = output->asset->hash;
        output->hash.high ^= CLEANING;
    }
    if (!stands_there(publish, output, &stat)) return false;
    output->size = stat.size;
    return true;
}

/* What it was made of has not changed since the last build, nor has the file. */
static bool known_by_memory(const struct publish *publish, struct worker *worker, ptrdiff_t index)
{
    struct output *output = &publish->plan->outputs[index];
    struct file_stat stat;
    return publish->recall && publish->recall(publish->memory, worker, publish->views[worker->index], index, output) &&
           stands_there(publish, output, &stat);
}

static bool destination_holds(const struct publish *publish, struct output *output, str bytes, struct arena *arena)
{
    struct file_stat stat;
    str target = path_join(arena, publish->destination, output->path), there;
    if (!file_stat(target, &stat)) return false;
    if (manifest_matches(publish->manifest, output->path, output->hash, &stat)) return true;
    struct diags unheard = diags_in(arena);
    return output->found = stat.is_file && stat.size == bytes.len && file_read(arena, target, &there, &unheard) && str_equal(there, bytes);
}

/* Without the list of what hugi wrote, a file that differs may be anybody's. */
static bool is_stranger(const struct publish *publish, struct output *output, struct arena *arena)
{
    str target = path_join(arena, publish->destination, output->path);
    if (manifest_knows(publish->manifest, output->path) || !file_exists(target)) return false;
    struct diag *diag = diag_report(&output->diags, DIAG_FOREIGN, (span){0},
                                    "a file that hugi did not write stands at '%" STR_F "'; it is kept", STR_A(output->path));
    diag->path = output->page || output->asset ? output->source : (str){0};
    diag_hint(&output->diags, diag, "remove it (or, where all of it is hugi's, the whole destination), and build again");
    return true;
}

str stage_path(const struct publish *publish, ptrdiff_t index, struct arena *arena)
{
    if (publish->fresh) return path_join(arena, publish->stage, publish->plan->outputs[index].path);
    struct buf path = buf_in(arena);
    buf_add(&path, publish->stage);
    buf_char(&path, '/');
    buf_int(&path, index);
    return buf_finish(&path);
}

bool publish_unwritten(const struct publish *publish, const struct output *output, struct diags *diags)
{
    struct diag *diag = &diags->items[diags->count - 1];
    diag->code = DIAG_UNWRITTEN;
    diag->path = path_join(diags->arena, publish->destination, output->path);
    return false;
}

static bool put_on_stage(const struct publish *publish, ptrdiff_t index, str bytes, struct arena *arena)
{
    struct output *output = &publish->plan->outputs[index];
    struct file_stat written;
    str path = stage_path(publish, index, arena);
    bool put = (!publish->fresh || file_make_dirs(path_dir(path), &output->diags)) && file_write_new(path, bytes, &written, &output->diags);
    if (!put) return publish_unwritten(publish, output, &output->diags);
    output->written_ns = written.mtime_ns;
    return true;
}

static bool make_one(struct publish *publish, struct worker *worker, ptrdiff_t index)
{
    struct output *output = &publish->plan->outputs[index];
    struct arena *arena = &worker->scratch;
    if (output->failed) return false;
    if (output->unchanged || known_by_hash(publish, output) || known_by_memory(publish, worker, index)) {
        output->unchanged = true;
        return true;
    }
    str bytes;
    if (!make_bytes(publish, worker, output, &bytes)) return false;
    if (!is_picture_file(output) && !hooks_output(publish->hooks, worker->index, output, &bytes, arena, &output->diags)) return false;
    output->size = bytes.len;
    if (!is_picture_file(output)) output->hash = hash_bytes(bytes.p, (size_t)bytes.len);
    output->unchanged = !publish->fresh && destination_holds(publish, output, bytes, arena);
    output->stranger = !publish->fresh && !output->unchanged && is_stranger(publish, output, arena);
    if (publish->remember) publish->remember(publish->memory, worker, index, output);
    return output->unchanged || output->stranger || put_on_stage(publish, index, bytes, arena);
}

/* From the last to the first: feeds and the sitemap, which take longest, stand behind the pages, and
 * the other workers would wait for who makes them. */
static void make_task(struct worker *worker, ptrdiff_t turn, void *context)
{
    struct publish *publish = context;
    ptrdiff_t index = publish->plan->count - 1 - turn;
    struct output *output = &publish->plan->outputs[index];
    output->diags = diags_in(&worker->arena);
    stopwatch_begin(worker->stopwatch, TIME_OUTPUT, output->path);
    if (!make_one(publish, worker, index)) output->failed = true;
    stopwatch_end(worker->stopwatch);
}

bool publish_pictures(struct publish *publish, struct diags *diags)
{
    ptrdiff_t errors = diags->errors;
    publish->encoded += picture_cache_fill(publish, diags);
    pictures_check(publish, diags);
    picture_tints_learn(publish);
    publish->encoded += card_cache_fill(publish, diags);    /* over pictures made by now */
    return diags->errors == errors;
}

/* Some of it is what this build makes, so a build made it; what else is hugi's, nobody knows any more. */
static void tell_lost_list(const struct publish *publish, struct diags *diags)
{
    ptrdiff_t same = 0, strangers = 0;
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) {
        same += publish->plan->outputs[i].unchanged;
        strangers += publish->plan->outputs[i].stranger;
    }
    if (!manifest_is_missing(publish->manifest) || same == 0 || strangers == 0) return;
    struct diag *diag = diag_report(diags, DIAG_LOST_LIST, (span){0},
                                    "the list of what hugi wrote there is gone, and %td of its files differ from this build's", strangers);
    diag->path = publish->destination;
    diag_hint(diags, diag, "if nothing in it is yours, remove it and build again: all of it is made anew");
}

bool publish_make(struct publish *publish, struct diags *diags)
{
    ptrdiff_t errors = diags->errors;
    file_remove_tree(publish->stage);           /* what a killed build left behind */
    publish->fresh = file_dir_is_empty(publish->destination);
    if (!file_make_dirs(publish->stage, diags)) return false;
    job_name(publish->pool, "making");
    publish->entries = entries_open();
    job_each(publish->pool, publish->plan->count, make_task, publish);
    entries_close(publish->entries);
    for (ptrdiff_t i = 0; i < publish->plan->count; i++) diags_merge(diags, &publish->plan->outputs[i].diags);
    tell_lost_list(publish, diags);
    budget_check(publish, diags);
    return diags->errors == errors;
}
