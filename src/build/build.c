/* build.c - the whole of hugi, in order.
 *
 * Each step fills what its header says and never changes it again.  A mistake
 * does not stop the line: as much as can be is read and told in one run; only
 * publishing waits until there is none. */
#include "build/build.h"

#include <stdlib.h>
#include <time.h>

#include "arrange/arrange.h"
#include "base/pack.h"
#include "base/path.h"
#include "base/progress.h"
#include "base/text_repair.h"
#include "config/config_load.h"
#include "explain.h"
#include "extensions.h"
#include "highlight/highlight.h"
#include "markup/markup.h"
#include "page_task.h"
#include "places.h"
#include "publish/publish.h"
#include "read/read.h"
#include "theme/theme_load.h"
#include "told.h"
#include "unchanged.h"

struct build_state {
    struct arena arena;
    struct config config;
    struct theme theme;
    struct site site;
    struct liquid_env theme_env, post_env;
    struct job_pool *pool;
    struct hooks *hooks;
    struct memory *memory;      /* NULL when nothing is kept */
    str destination, cache, stage;  /* ready for use once `prepared`; the first is absolute */
    str destination_name;       /* below the site's folder where it lies in it: a site may be moved */
    bool prepared;
    hash128 key, inputs;        /* of the cache; of everything that was read by the end of the scan */
    bool idle;                  /* nothing has changed since the last build */
    bool settled;               /* `inputs` can be relied on next time */
    ptrdiff_t told, sources;    /* by the end of the scan: diagnostics, and files that were read */
    struct highlight *highlight;
    const struct build_options *options;
    struct build_result *result;
    int64_t lap_began, lap_processor;   /* microseconds */
    struct progress *progress;  /* NULL: nobody looks */
    int lock;
    bool loaded;                /* config, theme and hooks are usable */
};

static int64_t microseconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t microseconds_now(void) { return microseconds(CLOCK_MONOTONIC); }

/* Asking for it is a call of the system. */
static int64_t processor_time(const struct build_state *state) { return state->options->timings ? microseconds(CLOCK_PROCESS_CPUTIME_ID) : 0; }

/* What passed since the last step ended was this one's. */
static void step_ends(struct build_state *state, const char *name)
{
    int64_t now = microseconds_now(), processor = processor_time(state);
    struct build_result *result = state->result;
    if (result->step_count < MOST_STEPS)
        result->steps[result->step_count++] = (struct build_step){name, now - state->lap_began, processor - state->lap_processor};
    state->lap_began = now;
    state->lap_processor = processor;
}

static void start_stopwatches(struct build_state *state)
{
    for (int i = 0; i < job_workers(state->pool); i++) {
        struct worker *worker = job_worker(state->pool, i);
        worker->stopwatch = stopwatch_new(&worker->arena);
    }
}

static void read_stopwatches(struct build_state *state)
{
    int workers = job_workers(state->pool);
    struct arena *arena = state->result->arena;
    struct stopwatch **watches = ARENA_NEWS(arena, struct stopwatch *, workers);
    for (int i = 0; i < workers; i++) watches[i] = job_worker(state->pool, i)->stopwatch;
    for (int kind = 0; kind < TIME_KIND_COUNT; kind++) {
        struct build_times *times = &state->result->times[kind];
        times->count = stopwatch_rows(watches, workers, (enum time_kind)kind, arena, &times->rows);
    }
}

static str root_of(const struct build_options *options) { return str_c(options->source && options->source[0] ? options->source : "."); }

static struct config_overrides overrides_of(const struct build_options *options)
{
    return (struct config_overrides){options->base_url, options->drafts, options->future, options->preview, options->now};
}

static void begin(const struct build_options *options, struct build_result *result)
{
    struct build_state *state = memory_alloc(sizeof *state);
    *state = (struct build_state){.options = options, .result = result, .lock = -1, .lap_began = microseconds_now()};
    *result = (struct build_result){.arena = &state->arena, .state = state};
    result->sources.arena = result->arena;
    result->diags = diags_in(result->arena);
    result->config = &state->config;
    state->site.arena = result->arena;
    state->site.sources = &result->sources;
    state->site.config = &state->config;
    state->site.theme = &state->theme;
    state->site.root = root_of(options);
    markup_start();
    state->pool = job_pool_start(options->jobs);
    state->highlight = highlight_start(getenv("HUGI_HIGHLIGHT"));
    state->lap_processor = processor_time(state);
    if (options->timings) start_stopwatches(state);
    if (options->progress) state->progress = progress_start(state->pool);
}

/* All is told: nothing is measured or shown any more. */
static void end_measuring(struct build_state *state, int64_t started)
{
    progress_end(state->progress);
    state->progress = NULL;
    if (state->options->timings) read_stopwatches(state);
    state->result->milliseconds = (microseconds_now() - started) / 1000;
}

/* --- config, theme, hooks -------------------------------------------------- */

static bool load(struct build_state *state)
{
    struct build_result *result = state->result;
    const struct build_options *options = state->options;
    struct config_overrides overrides = overrides_of(options);
    bool ok = config_load(result->arena, state->site.root, &overrides, &result->sources, &result->diags, &state->config);
    if (state->config.unread) return false;
    bool theme = theme_load(result->arena, state->site.root, &state->config, &result->sources, &result->diags, &state->theme);
    struct hooks_options hooks = {
        .scripts = state->theme.scripts, .script_count = state->theme.script_count,
        .memory = state->config.hooks.memory, .steps = state->config.hooks.steps,
        .root = state->site.root, .workers = job_workers(state->pool), .config = &state->config,
    };
    if (theme) state->hooks = hooks_load(result->arena, &hooks, &result->diags);
    if (state->hooks && options->timings) hooks_time(state->hooks, state->pool, &result->sources);
    extensions_make_env(result->arena, &state->config, &state->theme, state->hooks, &state->theme_env, &state->post_env);
    state->theme.env = &state->theme_env;
    state->loaded = theme && state->hooks && theme_parse(result->arena, &state->theme, &result->diags);
    return ok && state->loaded;
}

/* --- scan, probe, read ------------------------------------------------------ */

struct probe_step {
    struct build_state *state;
    struct diags *diags;
    bool *missed;               /* the cache has to learn of it */
};

static void probe_task(struct worker *worker, ptrdiff_t index, void *context)
{
    struct probe_step *step = context;
    struct site *site = &step->state->site;
    struct asset *asset = site->assets[index];
    struct diags *diags = &step->diags[index];
    *diags = diags_in(&worker->arena);
    if (!recall_asset(step->state->memory, asset)) {
        asset->known = step->missed[index] = asset_probe(asset, site->config, site->root, &worker->arena, &worker->scratch, diags);
        recall_tint(step->state->memory, asset);
    }
    if (asset->known) asset_notice(asset, site->config, diags);
}

static void probe(struct build_state *state)
{
    struct site *site = &state->site;
    struct probe_step step = {state, ARENA_NEWS(site->arena, struct diags, site->asset_count), ARENA_NEWS(site->arena, bool, site->asset_count)};
    job_name(state->pool, "looking at files");
    job_each(state->pool, site->asset_count, probe_task, &step);
    for (ptrdiff_t i = 0; i < site->asset_count; i++) {
        if (state->memory) state->memory->asset_misses += step.missed[i];
        diags_merge(&state->result->diags, &step.diags[i]);
        state->result->images += site->assets[i]->is_picture;
        state->result->located_photos += image_tells(&site->assets[i]->info, TRACE_LOCATION);
    }
}

static void read_pages(struct build_state *state, struct page_step *step)
{
    job_name(state->pool, "reading");
    job_each(state->pool, state->site.page_count, page_task_read, step);
    for (ptrdiff_t i = 0; i < state->site.page_count; i++) state->site.pages[i]->arena = NULL;
}

/* --- arrange, markup, gather -------------------------------------------------- */

/* Pages added by hooks are typed like any other, on this thread. */
static void collect(struct build_state *state)
{
    struct site *site = &state->site;
    ptrdiff_t before = site->page_count;
    struct view *view = view_make(site->arena, site, NULL, NULL);
    if (state->hooks && hooks_has(state->hooks, HOOK_SITE_COLLECTED))
        hooks_site_collected(state->hooks, site, view, &state->result->diags);
    for (ptrdiff_t i = before; i < site->page_count; i++) page_type(site->pages[i], site->config);
}

/* What bodies and their hooks see: the site without a plan. */
static struct view **early_views(struct build_state *state)
{
    if (state->memory) return state->memory->early;
    int workers = job_workers(state->pool);
    struct view **views = ARENA_NEWS(state->result->arena, struct view *, workers);
    for (int i = 0; i < workers; i++) views[i] = view_make(state->result->arena, &state->site, NULL, NULL);
    return views;
}

static void tell_no_highlighting(struct diags *diags)
{
    struct diag *diag = diag_report(diags, DIAG_NO_HIGHLIGHTING, (span){0}, "code is not highlighted: highlight's definitions of languages are not there");
    diag_hint(diags, diag, "install the package highlight-common");
}

static void arrange_and_markup(struct build_state *state, struct page_step *step)
{
    struct site *site = &state->site;
    for (ptrdiff_t i = 0; i < site->page_count; i++) site->pages[i]->arena = site->arena;
    job_name(state->pool, "arranging");
    collect(state);
    job_each(state->pool, site->page_count, page_task_place, step);
    arrange(site);
    step_ends(state, "arrange");
    memory_look_early(state->memory);
    step_ends(state, "recall");
    step->views = early_views(state);
    job_name(state->pool, "markup");
    job_each(state->pool, site->page_count, page_task_markup, step);
    memory_measure_early(state->memory);
    if (highlight_is_missing(state->highlight)) tell_no_highlighting(&state->result->diags);
    step_ends(state, "markup");
    job_name(state->pool, "gathering");
    gather(site);
    step_ends(state, "gather");
}

/* Diagnostics of pages, in their order, once. */
static void merge_page_diags(struct build_state *state)
{
    for (ptrdiff_t i = 0; i < state->site.page_count; i++) {
        diags_sort(&state->site.pages[i]->diags);
        diags_merge(&state->result->diags, &state->site.pages[i]->diags);
    }
}

/* All that makes everything the last build knows void: hugi itself, settings that anything may
 * depend on, names that templates and steps look for among the hooks. */
static hash128 memory_key(const struct build_state *state)
{
    struct buf key = buf_in(state->result->arena);
    pack_str(&key, str_c(hugi_build_id));
    pack_str(&key, str_c(markup_library()));
    pack_value(&key, config_binding(state->result->arena, &state->config));
    pack_str(&key, state->config.base_url);
    pack_bool(&key, state->config.preview);
    pack_str(&key, state->theme.name);
    pack_value(&key, state->theme.settings);
    pack_number(&key, hooks_names_digest(state->hooks));
    pack_number(&key, highlight_identity(state->highlight));
    const char *font = getenv("HUGI_FONT");     /* what it names is looked at by builds that have something to do */
    pack_bool(&key, font != NULL);
    pack_str(&key, str_c(font));
    return hash_bytes(key.p, (size_t)key.len);
}

static void open_memory(struct build_state *state)
{
    struct arena *arena = state->result->arena;
    str path = memory_path(arena, state->cache, state->destination_name);
    state->memory = memory_open(arena, &state->site, hooks_digest(state->hooks), state->pool, path, state->key, &state->result->made_anew);
    hooks_watch(state->hooks, state->memory->reads);
}

/* True when there is nothing to do. */
static bool look_for_changes(struct build_state *state)
{
    struct build_result *result = state->result;
    state->key = memory_key(state);
    state->settled = inputs_digest(&state->site, state->hooks, state->options, state->key, &state->inputs);
    state->told = result->diags.count;
    state->sources = result->sources.count;
    state->idle = result->diags.errors == 0 && !state->options->explain &&
                  nothing_changed(&state->site, state->pool, state->cache, state->destination, state->destination_name, state->key, state->inputs, result);
    if (state->idle && state->options->strict) {
        diags_promote(&result->diags);
        result->published = result->diags.errors == 0;
    }
    step_ends(state, "look");
    return state->idle;
}

static bool read_site(struct build_state *state)
{
    bool ok = load(state);
    step_ends(state, "load");
    if (state->config.unread) return false;     /* which theme, language or zone it names is not known: what else is wrong neither */
    struct site *site = &state->site;
    job_name(state->pool, "looking for files");
    ok = read_scan(site, state->pool, &state->result->diags) && ok;
    step_ends(state, "scan");
    if (state->prepared && ok && look_for_changes(state)) return true;
    if (state->prepared && ok) open_memory(state);
    step_ends(state, "remind");
    probe(state);
    step_ends(state, "probe");
    struct page_step step = {.site = site, .hooks = state->hooks, .post_env = &state->post_env,
                             .highlight = state->highlight, .unhighlighted = highlight_identity(state->highlight) == 1, .memory = state->memory};
    read_pages(state, &step);
    step_ends(state, "read");
    arrange_and_markup(state, &step);
    state->result->site = site;
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        state->result->left_out += !site->pages[i]->published && !site->pages[i]->failed;
        state->result->pages += site->pages[i]->published;
        state->result->posts += site->pages[i]->published && site->pages[i]->kind == KIND_POST;
    }
    return ok;
}

/* --- plan, make, commit ---------------------------------------------------------- */

static str destination_folder(struct build_state *state)
{
    struct arena *arena = state->result->arena;
    const char *given = state->options->destination;
    str path = given ? str_c(given) : path_join(arena, state->site.root, S("public"));
    while (path.len > 1 && path.p[path.len - 1] == '/') path.len--;
    state->result->destination = given ? path : S("public");
    return path;
}

static bool is_site(str root, struct diags *diags)
{
    struct file_stat source, content;
    if (!file_stat(root, &source) || !source.is_dir) {
        diag_report(diags, DIAG_IO, (span){0}, "there is no such folder")->path = root;
        return false;
    }
    if (file_stat(path_join(diags->arena, root, S("content")), &content) && content.is_dir) return true;
    diag_hint(diags, diag_report(diags, DIAG_IO, (span){0}, "there is no content/ here: this is no site"),
              "go to the site's folder, name it with --source DIR, or start one: hugi new site NAME");
    return false;
}

bool build_check_options(const struct build_options *options, struct diags *diags)
{
    struct config_overrides overrides = overrides_of(options);
    return is_site(root_of(options), diags) && config_check_overrides(diags->arena, &overrides, diags);
}

/* The places a build writes to, and the lock on them. */
static bool prepare(struct build_state *state)
{
    struct build_result *result = state->result;
    if (!is_site(state->site.root, &result->diags)) return false;
    state->cache = path_join(result->arena, state->site.root, S(".hugi"));
    state->destination = destination_folder(state);
    if (!places_are_apart(state->site.root, file_absolute_new(result->arena, state->destination), state->options->preview, &result->diags)) return false;
    if (!places_make_cache(state->cache, &result->diags) || !file_make_dirs(state->destination, &result->diags)) return false;
    state->destination = file_absolute(result->arena, state->destination);
    str root = file_absolute(result->arena, state->site.root);
    bool inside = path_is_inside(root, state->destination);
    state->destination_name = inside ? str_from(state->destination, root.len) : state->destination;
    state->stage = places_stage(result->arena, state->cache, state->destination);
    if (state->stage.len == 0) {
        diag_report(&result->diags, DIAG_IO, (span){0}, "the destination went away")->path = state->destination;
        return false;
    }
    job_name(state->pool, "waiting for another hugi that builds this site");
    state->lock = places_lock(state->cache, state->options->lock_patience, &result->diags);
    return state->lock >= 0;
}

/* The destination is there, unless somebody removed it meanwhile: then it is made again.  A preview's is
 * hugi's own: without a list of what is in it, it begins empty. */
static void open_destination(struct build_state *state, struct manifest *manifest)
{
    str cache = file_absolute(state->result->arena, state->cache);
    bool own = path_is_inside(cache, state->destination) && state->destination.len > cache.len;
    if (own && manifest_is_missing(manifest)) file_remove_tree(state->destination);
    file_make_dirs(state->destination, &state->result->diags);
}

static struct publish publish_begin(struct build_state *state)
{
    struct build_result *result = state->result;
    struct manifest *manifest = manifest_load(result->arena, state->cache, state->destination_name);
    open_destination(state, manifest);
    return (struct publish){
        .site = &state->site, .theme = &state->theme, .hooks = state->hooks, .pool = state->pool,
        .arena = result->arena, .destination = state->destination, .destination_dir = file_dir_open(state->destination), .cache = state->cache,
        .stage = state->stage, .env = &state->theme_env,
        .card_font = getenv("HUGI_FONT"),
        .manifest = manifest,
        .reads = state->memory ? state->memory->reads : NULL,
        .recall = recall_output, .remember = remember_output, .memory = state->memory,
    };
}

/* What the done hook is told. */
static value report_of(const struct build_result *result)
{
    const struct { str name; int64_t count; } rows[] = {
        {S("pages"), result->pages}, {S("posts"), result->posts}, {S("outputs"), result->outputs},
        {S("written"), result->written}, {S("unchanged"), result->unchanged}, {S("removed"), result->removed},
        {S("images"), result->images}, {S("variants"), result->variants}, {S("warnings"), result->diags.warnings},
    };
    value report = value_map(result->arena);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        value_set(result->arena, &report, rows[i].name, value_int(rows[i].count));
    return report;
}

static void explain_one(struct build_state *state, const struct plan *plan)
{
    if (!state->options->explain) return;
    struct buf out = buf_in(state->result->arena);
    struct explain explain = {&state->site, plan, state->memory, state->result->made_anew, state->result->destination, state->destination, &out};
    explain_file(&explain, str_c(state->options->explain), &state->result->unexplained);
    state->result->explanation = buf_str(&out);
}

static struct told told_so_far(const struct build_state *state)
{
    struct arena *arena = state->result->arena;
    return (struct told){memory_told_path(arena, state->cache, state->destination_name), state->site.root, &state->result->diags, state->told, state->sources};
}

static bool publish_site(struct build_state *state)
{
    struct build_result *result = state->result;
    if (!state->prepared || state->config.unread) {
        merge_page_diags(state);
        return false;
    }
    struct publish publish = publish_begin(state);
    job_name(state->pool, "planning");
    bool ok = publish_plan(&publish, &result->diags);
    step_ends(state, "plan");
    publish_check(&publish);           /* also when two pages want one address: all is told in one run */
    merge_page_diags(state);
    step_ends(state, "check");
    result->outputs = publish.plan->count;
    memory_look_late(state->memory, publish.plan, publish.views);
    step_ends(state, "compare");
    bool pictures = state->loaded && publish_pictures(&publish, &result->diags);
    step_ends(state, "pictures");
    ok = state->loaded && publish_make(&publish, &result->diags) && pictures && ok;
    step_ends(state, "make");
    job_name(state->pool, "putting into place");
    ok = ok && !memory_is_lost(state->memory);
    if (state->options->strict) diags_promote(&result->diags);
    struct publish_counts counts = {0};
    if (state->memory) forget_inputs(state->memory);
    ok = ok && result->diags.errors == 0 && publish_commit(&publish, &result->diags, &counts);
    publish_end(&publish);
    step_ends(state, "commit");
    if (ok && state->options->published && !hooks_has(state->hooks, HOOK_DONE))
        state->options->published(state->options->published_context, &state->site);
    explain_one(state, publish.plan);       /* while the last build is still what is remembered */
    job_name(state->pool, "remembering");
    if (ok) memory_save(state->memory, publish.plan, publish.views, &result->diags);
    if (ok && result->made_anew.len) places_prune(result->arena, state->cache);     /* there may be one more now */
    step_ends(state, "remember");
    result->published = ok;
    result->written = counts.written;
    result->unchanged = counts.unchanged;
    result->removed = counts.removed;
    result->variants = counts.variants;
    result->bytes = counts.bytes;
    if (ok && state->settled && state->memory) note_inputs(state->memory, state->hooks, state->inputs, told_so_far(state), result);
    if (ok && hooks_has(state->hooks, HOOK_DONE)) ok = hooks_done(state->hooks, report_of(result), &result->diags);
    return ok;
}

/* Files are named from the site's folder, however it was given. */
static void name_from_site(struct build_state *state)
{
    struct diags *diags = &state->result->diags;
    for (ptrdiff_t i = 0; i < diags->count; i++) diags->items[i].path = path_below(state->site.root, diags->items[i].path);
    diags_unite(diags);
}

/* Without settings the theme is the one compiled in, whatever lies in themes/. */
static void hint_missing_settings(struct build_state *state)
{
    struct diags *diags = &state->result->diags;
    if (state->config.file || state->config.unread || !file_exists(path_join(diags->arena, state->site.root, S("themes")))) return;
    for (ptrdiff_t i = 0; i < diags->count; i++)
        if (diags->items[i].code == DIAG_LIQUID_PARTIAL)
            diag_hint(diags, &diags->items[i], "there is no hugi.yaml to name a theme of themes/, and the one used is 'default'");
}

/* They are sorted by the numbers of their files, but for those that hooks added behind them.  NULL: it is no page's. */
static struct page *page_of_file(const struct site *site, uint32_t file)
{
    ptrdiff_t from = 0, to = site->page_count;
    while (to > 0 && site->pages[to - 1]->generated) to--;
    while (from < to) {
        ptrdiff_t middle = from + (to - from) / 2;
        if (site->pages[middle]->file < file) from = middle + 1;
        else to = middle;
    }
    return from < site->page_count && site->pages[from]->file == file ? site->pages[from] : NULL;
}

/* Pages that were not read in this build are read now where a message shows a line of theirs. */
static void load_told_sources(struct build_state *state)
{
    struct diags *diags = &state->result->diags, unheard = diags_in(state->result->arena);
    for (ptrdiff_t i = 0; i < diags->count; i++) {
        for (ptrdiff_t k = -1; k < diags->items[i].related_count; k++) {
            uint32_t file = k < 0 ? diags->items[i].at.file : diags->items[i].related[k].at.file;
            const struct source *source = sources_get(&state->result->sources, file);
            struct page *page = source && source->text.len == 0 ? page_of_file(&state->site, file) : NULL;
            str bytes, text;
            if (!page) continue;
            page->arena = state->result->arena;
            if (file_read(page->arena, path_join(page->arena, state->site.root, page->disk), &bytes, &unheard))
                text_repair(page->arena, bytes, file, &state->result->sources, &unheard, &text);
        }
    }
}

static bool run(const struct build_options *options, struct build_result *result)
{
    int64_t started = microseconds_now();
    begin(options, result);
    struct build_state *state = result->state;
    state->prepared = prepare(state);
    read_site(state);
    if (!state->idle) publish_site(state);
    load_told_sources(state);
    hint_missing_settings(state);
    name_from_site(state);
    end_measuring(state, started);
    return result->diags.errors == 0;
}

/* Where the cache turns out to be damaged only when a text is wanted, all begins again without it. */
bool build_run(const struct build_options *options, struct build_result *result)
{
    bool ok = run(options, result);
    if (!memory_is_lost(result->state->memory)) return ok;
    memory_forget(result->state->memory);
    build_end(result);
    ok = run(options, result);
    result->made_anew = S("the cache is damaged");
    return ok;
}

bool build_site(const struct build_options *options, struct build_result *result)
{
    int64_t started = microseconds_now();
    begin(options, result);
    read_site(result->state);
    merge_page_diags(result->state);
    if (options->strict) diags_promote(&result->diags);
    hint_missing_settings(result->state);
    name_from_site(result->state);
    end_measuring(result->state, started);
    return result->diags.errors == 0;
}

void build_end(struct build_result *result)
{
    struct build_state *state = result->state;
    memory_close(state->memory);
    if (state->hooks) hooks_free(state->hooks);
    file_unlock(state->lock);
    job_pool_stop(state->pool);
    highlight_stop(state->highlight);
    struct arena arena = state->arena;      /* the state itself is not in it */
    *result = (struct build_result){0};
    arena_free(&arena);
    memory_free(state);
}
