/* places.c - see places.h. */
#include "places.h"

#include <time.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"

/* Sources in the destination would be taken for what hugi wrote, and the other way round; and what
 * hugi or git keep is no place for a site.  The preview's own folder is in .hugi/. */
bool places_are_apart(str site, str destination, bool preview, struct diags *diags)
{
    static const char *const taken[] = {"content", "static", "data", "themes", "hooks", ".git", ".hugi"};
    str root = file_absolute(diags->arena, site);
    const char *lies_in = NULL;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (path_is_inside(path_join(diags->arena, root, str_c(taken[i])), destination)) lies_in = taken[i];
    bool above = path_is_inside(destination, root);
    if (!above && (!lies_in || (preview && strcmp(lies_in, ".hugi") == 0))) return true;
    struct diag *diag = above ? diag_report(diags, DIAG_IO, (span){0}, "the destination holds the site's sources")
                              : diag_report(diags, DIAG_IO, (span){0}, "the destination lies in the site's %s/, which is no place for a result", lies_in);
    diag->path = destination;
    diag_hint(diags, diag, "give a folder of its own, such as public");
    return false;
}

/* On the destination's file system: .hugi/ when it is the same one, else a folder
 * beside it; inside it only where it is a mount point. */
str places_stage(struct arena *arena, str cache, str destination)
{
    struct file_stat there, other;
    str digits = hash_hex(arena, hash_bytes(destination.p, (size_t)destination.len), 8);
    if (!file_stat(destination, &there)) return (str){0};
    if (file_stat(cache, &other) && other.device == there.device)
        return str_format(arena, "%" STR_F "/stage-%" STR_F, STR_A(cache), STR_A(digits));
    bool mounted = !file_stat(path_dir(destination), &other) || other.device != there.device;
    if (mounted) return path_join(arena, destination, S(".hugi-stage"));
    return str_format(arena, "%" STR_F "/.%" STR_F ".hugi-stage", STR_A(path_dir(destination)), STR_A(path_name(destination)));
}

/* What was just reported is about .hugi/. */
static void hint_of_cache(struct diags *diags)
{
    diag_hint(diags, &diags->items[diags->count - 1],
              "hugi keeps there what the next build needs: let it write to .hugi/, or remove that and what was built, and all is made anew");
}

bool places_make_cache(str cache, struct diags *diags)
{
    if (file_make_dirs(cache, diags)) return true;
    hint_of_cache(diags);
    return false;
}

enum { KEEP_SECONDS = 30 * 24 * 60 * 60 };

void places_prune(struct arena *arena, str cache)
{
    struct diags unheard = diags_in(arena);     /* what cannot be removed now is met again */
    struct file_list list = {0};
    int64_t oldest = ((int64_t)time(NULL) - KEEP_SECONDS) * 1000000000;
    if (!file_walk(arena, cache, cache, &list, &unheard)) return;
    for (ptrdiff_t i = 0; i < list.count; i++) {
        const struct file_entry *entry = &list.items[i];
        bool kept = str_starts(entry->path, S("build-")) || str_starts(entry->path, S("told-"));
        if (kept && entry->stat.is_file && entry->stat.mtime_ns < oldest)
            file_remove(path_join(arena, cache, entry->path));
    }
}

/* A build beside a preview waits for its turn, and the other way round. */
int places_lock(str cache, int patience, struct diags *diags)
{
    static const struct timespec moment = {.tv_nsec = 10000000};
    str path = path_join(diags->arena, cache, S("lock"));
    int lock;
    for (int waited = 0; (lock = file_lock(path, diags)) == FILE_LOCK_BUSY && waited < patience; waited += 10) nanosleep(&moment, NULL);
    if (lock == FILE_LOCK_BUSY)
        diag_hint(diags, diag_report(diags, DIAG_BUSY, (span){0}, "another hugi is building this site"), "wait for it to end");
    if (lock == FILE_LOCK_FAILED) hint_of_cache(diags);
    return lock;
}
