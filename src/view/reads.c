/* reads.c - a set of keys that is emptied for each thing, by an open table
 * whose slots carry the number of the thing they were filled for. */
#include "view/reads.h"

#include "base/arena.h"

enum { MOST_FRAMES = 16 };      /* hugi.once within hugi.once */

struct slot {
    read_key key;
    uint64_t frame;             /* stamp of the frame it belongs to; others count as free */
};

struct frame {
    read_key *keys;
    ptrdiff_t count, capacity;
    struct slot *slots;
    ptrdiff_t slot_count;       /* a power of two */
    uint64_t stamp;
};

struct reads {
    struct arena *arena;
    struct read_names names;
    struct frame frames[MOST_FRAMES];
    int depth;                  /* frames in use */
    bool early;
};

struct reads *reads_new(struct arena *arena)
{
    struct reads *reads = ARENA_NEW(arena, struct reads);
    reads->arena = reads->names.arena = arena;
    return reads;
}

static struct slot *find_slot(struct frame *frame, read_key key)
{
    uint64_t hash = key * 0x9e3779b97f4a7c15u;
    for (uint64_t i = hash >> 40;; i++) {
        struct slot *slot = &frame->slots[i & (uint64_t)(frame->slot_count - 1)];
        if (slot->frame != frame->stamp || slot->key == key) return slot;
    }
}

static void grow(struct reads *reads, struct frame *frame)
{
    frame->slot_count = frame->slot_count ? frame->slot_count * 2 : 1024;
    frame->slots = ARENA_NEWS(reads->arena, struct slot, frame->slot_count);
    frame->stamp++;
    for (ptrdiff_t i = 0; i < frame->count; i++) *find_slot(frame, frame->keys[i]) = (struct slot){frame->keys[i], frame->stamp};
}

static void add_to(struct reads *reads, struct frame *frame, read_key key)
{
    if (frame->count * 2 >= frame->slot_count) grow(reads, frame);
    struct slot *slot = find_slot(frame, key);
    if (slot->frame == frame->stamp) return;
    *slot = (struct slot){key, frame->stamp};
    ARENA_PUSH(reads->arena, frame->keys, frame->count, frame->capacity) = key;
}

/* To the thing, and to everything within it that is being kept: a function that fails leaves
 * its frame open, and nothing may get lost in it. */
static void add(struct reads *reads, read_key key)
{
    for (int i = 0; i < reads->depth; i++) add_to(reads, &reads->frames[i], key);
}

static bool push_frame(struct reads *reads)
{
    if (reads->depth == MOST_FRAMES) return false;
    struct frame *frame = &reads->frames[reads->depth++];
    frame->count = 0;
    frame->stamp++;
    return true;
}

static struct read_list copy_list(const struct frame *frame, struct arena *arena)
{
    return (struct read_list){arena_copy(arena, frame->keys, (size_t)frame->count * sizeof *frame->keys), frame->count};
}

void reads_begin(struct reads *reads, bool early)
{
    if (!reads) return;
    reads->depth = 0;
    reads->early = early;
    push_frame(reads);
}

struct read_list reads_end(struct reads *reads, struct arena *arena)
{
    if (!reads || reads->depth == 0) return (struct read_list){0};
    struct read_list list = copy_list(&reads->frames[0], arena);
    reads->depth = 0;
    return list;
}

int reads_inner_begin(struct reads *reads)
{
    if (!reads || reads->depth == 0) return 0;
    return push_frame(reads) ? reads->depth - 1 : -1;
}

struct read_list reads_inner_end(struct reads *reads, int depth)
{
    if (!reads || depth == 0 || depth >= reads->depth) return (struct read_list){0};
    if (depth < 0) return copy_list(&reads->frames[0], reads->arena);   /* no frame was left: all of the thing's */
    reads->depth = depth;
    return copy_list(&reads->frames[depth], reads->arena);
}

void reads_add(struct reads *reads, struct read_list list)
{
    if (!reads || reads->depth == 0) return;
    for (ptrdiff_t i = 0; i < list.count; i++) add(reads, list.keys[i]);
}

void reads_note(struct reads *reads, enum read_kind kind, ptrdiff_t index, ptrdiff_t row)
{
    if (reads && reads->depth > 0) add(reads, read_key_make(kind, reads->early, (uint32_t)row, (uint32_t)index));
}

ptrdiff_t read_name_number(struct read_names *names, str name)
{
    ptrdiff_t known = (ptrdiff_t)(intptr_t)map_get(&names->numbers, name);
    if (known) return known - 1;
    str kept = str_copy(names->arena, name);
    ARENA_PUSH(names->arena, names->items, names->count, names->capacity) = kept;
    map_put(names->arena, &names->numbers, kept, (void *)(intptr_t)names->count);
    return names->count - 1;
}

void reads_note_name(struct reads *reads, enum read_kind kind, ptrdiff_t index, str name)
{
    if (reads && reads->depth > 0) reads_note(reads, kind, index, READ_FIRST_NAME + read_name_number(&reads->names, name));
}

const struct read_names *reads_names(const struct reads *reads) { return &reads->names; }
