/* publish_plan.c - the list of outputs, in a fixed order: pages, lists, feeds,
 * files, pictures, cards. */
#include "publish/publish.h"

#include "base/escape.h"
#include "base/path.h"
#include "base/utf8.h"

/* Lists come to about half as many outputs as pages. */
static void plan_reserve(struct plan *plan, struct arena *arena, ptrdiff_t count)
{
    plan->outputs = ARENA_NEWS(arena, struct output, count);
    plan->capacity = count;
}

struct output *plan_add(struct plan *plan, struct arena *arena, enum output_kind kind, str path)
{
    struct output *output = &ARENA_PUSH(arena, plan->outputs, plan->count, plan->capacity);
    *output = (struct output){.kind = kind, .path = path, .url = output_url(arena, path)};
    return output;
}

str output_url(struct arena *arena, str path)
{
    struct buf url = buf_in(arena);
    bool folder = str_equal(path_name(path), S("index.html"));
    buf_char(&url, '/');
    buf_url_path(&url, folder ? str_slice(path, 0, path.len - 10) : path, false);
    return buf_str(&url);
}

/* The files bodies link to, and pictures that are shown as they are. */
static bool *wanted_files(struct publish *publish)
{
    const struct site *site = publish->site;
    bool *wanted = ARENA_NEWS(publish->arena, bool, site->asset_count);
    for (ptrdiff_t i = 0; i < site->page_count; i++) {
        const struct page *page = site->pages[i];
        if (!page->published) continue;
        for (ptrdiff_t k = 0; k < page->content.link_count; k++)
            if (page->content.links[k].asset) wanted[page->content.links[k].asset->index] = true;
        for (ptrdiff_t k = 0; k < page->content.picture_count; k++) {
            const struct picture *picture = &publish->plan->pictures[i][k];
            bool played = picture->asset && picture->asset->info.frames > 1 && !page->content.pictures[k].linked;
            if (picture->asset && (picture->count == 0 || played)) wanted[picture->asset->index] = true;
        }
        const struct picture *cover = &publish->plan->covers[i];
        if (cover->asset && cover->count == 0) wanted[cover->asset->index] = true;
    }
    return wanted;
}

static struct view **make_views(struct publish *publish)
{
    int workers = job_workers(publish->pool);
    struct view **views = ARENA_NEWS(publish->arena, struct view *, workers);
    for (int i = 0; i < workers; i++)
        views[i] = view_make(publish->arena, publish->site, publish->plan, publish->reads ? publish->reads[i] : NULL);
    return views;
}

bool publish_plan(struct publish *publish, struct diags *diags)
{
    publish->plan = ARENA_NEW(publish->arena, struct plan);
    plan_reserve(publish->plan, publish->arena, publish->site->page_count + publish->site->page_count / 2 + publish->site->asset_count + 64);
    publish->views = make_views(publish);
    plan_pages(publish);
    bool ok = plan_lists(publish, diags);
    ok = plan_pictures(publish, diags) && ok;
    plan_files(publish, wanted_files(publish));
    plan_cards(publish, diags);
    return plan_collisions(publish, diags) && ok;
}

enum { LONGEST_NAME = 255 };        /* bytes; of nearly all file systems */

/* A given url: or alias may be longer than a file's name can be. */
static bool check_length(const struct output *output, struct diags *diags)
{
    str part;
    for (str rest = output->path; str_split(&rest, '/', &part);) {
        if (part.len <= LONGEST_NAME) continue;
        struct diag *diag = diag_report(diags, DIAG_ADDRESS, output->at, "a part of '%" STR_F "' is longer than a file's name can be (%d bytes)",
                                        STR_A(output->path), LONGEST_NAME);
        if (output->page || output->asset) diag->path = output->source;
        diag_hint(diags, diag, "give it a shorter `slug:` or `url:`");
        return false;
    }
    return true;
}

/* Two outputs of one path, letter case and normal form aside: one error at the
 * later source, naming both. */
bool plan_collisions(struct publish *publish, struct diags *diags)
{
    struct plan *plan = publish->plan;
    bool ok = true;
    map_reserve(publish->arena, &plan->by_path, plan->count);
    for (ptrdiff_t i = 0; i < plan->count; i++) {
        struct output *output = &plan->outputs[i];
        ok = check_length(output, diags) && ok;
        str key = utf8_fold(publish->arena, output->path);
        struct output *other = map_get(&plan->by_path, key);
        if (!other) {
            map_put(publish->arena, &plan->by_path, key, output);
            continue;
        }
        bool later = str_compare(output->source, other->source) >= 0;
        const struct output *last = later ? output : other, *first = later ? other : output;
        struct diag *diag = diag_report(diags, DIAG_COLLISION, last->at, "'%" STR_F "' would be written by two sources: %" STR_F " and %" STR_F,
                                        STR_A(last->url), STR_A(first->source), STR_A(last->source));
        if (last->page || last->asset) diag->path = last->source;
        if (first->at.file) diag_relate(diags, diag, first->at, S("the other source"));
        if (str_equal(first->source, last->source)) diag_hint(diags, diag, "two files have this name, one of them in letters taken apart, as macOS writes them: remove one");
        else diag_hint(diags, diag, "give one of them another `slug:` or `url:`, or rename its file");
        ok = false;
    }
    return ok;
}
