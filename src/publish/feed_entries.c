/* feed_entries.c - a map by address behind a lock, with a limit on its size. */
#include "feed_entries.h"

#include "base/job.h"
#include "base/map.h"

enum { MOST_BYTES = 64 << 20 };

struct feed_entries {
    struct job_lock *lock;
    struct arena arena;
    struct map by_url;          /* page's url -> str * */
};

struct feed_entries *entries_open(void)
{
    struct feed_entries *entries = memory_alloc(sizeof *entries);
    *entries = (struct feed_entries){.lock = job_lock_make()};
    return entries;
}

void entries_close(struct feed_entries *entries)
{
    if (!entries) return;
    job_lock_free(entries->lock);
    arena_free(&entries->arena);
    memory_free(entries);
}

bool entries_find(struct feed_entries *entries, const struct page *page, str *out)
{
    job_lock_take(entries->lock);
    const str *found = map_get(&entries->by_url, page->url);
    job_lock_leave(entries->lock);
    if (found) *out = *found;
    return found != NULL;
}

/* Two workers may have made the same one: the first stays. */
void entries_keep(struct feed_entries *entries, const struct page *page, str entry)
{
    job_lock_take(entries->lock);
    struct arena *arena = &entries->arena;
    if (arena->total + (size_t)entry.len < MOST_BYTES && !map_get(&entries->by_url, page->url)) {
        str kept = str_copy(arena, entry);
        map_put(arena, &entries->by_url, page->url, arena_copy(arena, &kept, sizeof kept));
    }
    job_lock_leave(entries->lock);
}
