/* cache_index.c - the index: lists of facts, tables to find things by their names, sections. */
#include "cache_index.h"

#include "base/pack.h"

/* --- lists of facts ------------------------------------------------------- */

void cache_pack_fact(struct buf *out, uint32_t number, uint32_t *last)
{
    pack_signed(out, (int64_t)number - *last);
    *last = number;
}

/* --- tables ----------------------------------------------------------------- */

/* Things that are found by a text: `first` points to that text in the first of them. */
struct named {
    const void *first;
    ptrdiff_t count;
    size_t size;
};

static str name_at(struct named things, ptrdiff_t index) { return *(const str *)((const char *)things.first + (size_t)index * things.size); }

#define NAMED(rows, row_count, field) \
    ((struct named){(row_count) ? (const void *)&(rows)[0].field : NULL, (row_count), sizeof *(rows)})

/* -1: it is not there. */
static ptrdiff_t find(struct cache_slots table, struct named things, str name)
{
    if (table.count == 0) return -1;
    uint64_t mask = (uint64_t)table.count - 1;
    for (uint64_t i = hash_str(name);; i++) {
        uint32_t number = table.slots[i & mask];
        if (number == 0 || number > things.count) return -1;
        if (str_equal(name_at(things, number - 1), name)) return number - 1;
    }
}

static void pack_slots(struct buf *out, struct named things)
{
    ptrdiff_t count = 16;
    while (count < things.count * 2) count *= 2;
    pack_number(out, (uint64_t)count);
    pack_raw(out, NULL, 0, sizeof(uint32_t));
    ptrdiff_t at = out->len;
    buf_repeat(out, 0, count * (ptrdiff_t)sizeof(uint32_t));
    uint32_t *slots = (uint32_t *)(void *)(out->p + at);
    for (ptrdiff_t i = 0; i < things.count; i++) {
        uint64_t slot = hash_str(name_at(things, i));
        while (slots[slot & (uint64_t)(count - 1)]) slot++;
        slots[slot & (uint64_t)(count - 1)] = (uint32_t)i + 1;
    }
}

/* A full table would never end a search. */
static struct cache_slots unpack_slots(struct unpack *in, ptrdiff_t things)
{
    uint64_t count = unpack_number(in);
    if (count & (count - 1) || count < (uint64_t)things * 2 || count > (uint64_t)in->bytes.len) in->failed = true;
    const uint32_t *slots = unpack_raw(in, (ptrdiff_t)count, sizeof *slots);
    return (struct cache_slots){slots, slots ? (ptrdiff_t)count : 0};
}

const struct cached_page *cache_find_page_in(const struct cache_index *index, str path)
{
    ptrdiff_t i = find(index->page_slots, NAMED(index->pages, index->page_count, path), path);
    return i < 0 ? NULL : &index->pages[i];
}

const struct cached_asset *cache_find_asset_in(const struct cache_index *index, str path)
{
    ptrdiff_t i = find(index->asset_slots, NAMED(index->assets, index->asset_count, path), path);
    return i < 0 ? NULL : &index->assets[i];
}

const struct cached_output *cache_find_output_in(const struct cache_index *index, str path)
{
    ptrdiff_t i = find(index->output_slots, NAMED(index->outputs, index->output_count, path), path);
    return i < 0 ? NULL : &index->outputs[i];
}

ptrdiff_t cache_find_name(const struct cache_index *index, str name)
{
    const struct cache_facts *facts = &index->facts;
    ptrdiff_t number = find(index->name_slots, (struct named){facts->names, index->packed_names, sizeof *facts->names}, name);
    return number >= 0 ? number : (ptrdiff_t)(intptr_t)map_get(&index->later_names, name) - 1;
}

/* --- writing -------------------------------------------------------------- */

struct writer {
    struct buf *out;
    index_flush *flush;
    void *context;
};

static void flush(const struct writer *writer) { writer->flush(writer->context, writer->out); }

static str name_of(const struct cache_facts *before, const struct cache_facts *facts, ptrdiff_t i)
{
    return i < before->name_count ? before->names[i] : facts->names[i - before->name_count];
}

static void pack_names(const struct writer *writer, const struct cache_facts *before, const struct cache_facts *facts)
{
    ptrdiff_t count = before->name_count + facts->name_count;
    str *names = ARENA_NEWS(writer->out->arena, str, count);
    pack_number(writer->out, (uint64_t)count);
    for (ptrdiff_t i = 0; i < count; i++) {
        names[i] = name_of(before, facts, i);
        pack_str(writer->out, names[i]);
        flush(writer);
    }
    pack_slots(writer->out, (struct named){names, count, sizeof *names});
}

static void pack_array(const struct writer *writer, const uint64_t *numbers, ptrdiff_t count)
{
    enum { PIECE = 64 * 1024 };
    for (ptrdiff_t i = 0; i < count; i += PIECE) {
        pack_raw(writer->out, numbers + i, i + PIECE < count ? PIECE : count - i, sizeof *numbers);
        flush(writer);
    }
}

static void pack_facts(const struct writer *writer, const struct cache_facts *before, const struct cache_next *next)
{
    pack_number(writer->out, (uint64_t)(cache_fact_count(before) + next->facts.count));
    pack_raw(writer->out, NULL, 0, sizeof(uint64_t));
    pack_array(writer, before->keys, before->count);
    pack_array(writer, before->later_keys, before->later_count);
    for (ptrdiff_t i = 0; i < next->piece_count; i++) pack_array(writer, next->pieces[i].keys, next->pieces[i].count);
    pack_array(writer, before->digests, before->count);
    pack_array(writer, before->later_digests, before->later_count);
    for (ptrdiff_t i = 0; i < next->piece_count; i++) pack_array(writer, next->pieces[i].digests, next->pieces[i].count);
}

static void pack_nouns(const struct writer *writer, const struct cache_facts *facts)
{
    for (int noun = 0; noun < CACHE_NOUNS; noun++) {
        pack_number(writer->out, (uint64_t)facts->noun_counts[noun]);
        pack_raw(writer->out, NULL, 0, sizeof(uint64_t));
        pack_array(writer, facts->nouns[noun], facts->noun_counts[noun]);
    }
}

void index_pack(struct buf *out, const struct cache_next *next, const struct cache_index *last, index_flush *flush_out, void *context)
{
    static const struct cache_facts nothing;
    struct writer writer = {out, flush_out, context};
    const struct cache_facts *before = next->go_on ? &last->facts : &nothing;
    pack_signed(out, next->now);
    pack_names(&writer, before, &next->facts);
    pack_nouns(&writer, next->go_on ? before : &next->facts);
    pack_facts(&writer, before, next);
    pack_number(out, (uint64_t)(next->go_on ? last->numbered : next->facts.count));
    pack_number(out, (uint64_t)next->page_count);
    for (ptrdiff_t i = 0; i < next->page_count; i++, flush(&writer)) pack_page(out, &next->pages[i]);
    pack_slots(out, NAMED(next->pages, next->page_count, path));
    pack_number(out, (uint64_t)next->asset_count);
    for (ptrdiff_t i = 0; i < next->asset_count; i++, flush(&writer)) pack_asset(out, &next->assets[i]);
    pack_slots(out, NAMED(next->assets, next->asset_count, path));
    pack_number(out, (uint64_t)next->output_count);
    for (ptrdiff_t i = 0; i < next->output_count; i++, flush(&writer)) pack_output(out, &next->outputs[i]);
    pack_slots(out, NAMED(next->outputs, next->output_count, path));
}

/* --- reading -------------------------------------------------------------- */

static void unpack_facts(struct unpack *in, struct arena *arena, struct cache_index *out)
{
    struct cache_facts *facts = &out->facts;
    facts->name_count = out->packed_names = unpack_count(in);
    facts->names = ARENA_NEWS(arena, str, facts->name_count);
    for (ptrdiff_t i = 0; i < facts->name_count; i++) facts->names[i] = unpack_str(in);
    out->name_slots = unpack_slots(in, facts->name_count);
    for (int noun = 0; noun < CACHE_NOUNS; noun++) {
        facts->noun_counts[noun] = unpack_count(in);
        facts->nouns[noun] = unpack_raw(in, facts->noun_counts[noun], sizeof(uint64_t));
    }
    facts->count = unpack_count(in);
    facts->keys = unpack_raw(in, facts->count, sizeof(uint64_t));
    facts->digests = unpack_raw(in, facts->count, sizeof(uint64_t));
    out->numbered = (ptrdiff_t)unpack_number(in);
}

bool index_unpack(str bytes, struct arena *arena, struct cache_index *out)
{
    struct unpack in = {.bytes = bytes};
    *out = (struct cache_index){.now = unpack_signed(&in)};
    unpack_facts(&in, arena, out);
    out->page_count = unpack_count(&in);
    out->pages = ARENA_NEWS(arena, struct cached_page, out->page_count);
    for (ptrdiff_t i = 0; i < out->page_count && !in.failed; i++) unpack_page(&in, &out->pages[i]);
    out->page_slots = unpack_slots(&in, out->page_count);
    out->asset_count = unpack_count(&in);
    out->assets = ARENA_NEWS(arena, struct cached_asset, out->asset_count);
    for (ptrdiff_t i = 0; i < out->asset_count && !in.failed; i++) unpack_asset(&in, &out->assets[i]);
    out->asset_slots = unpack_slots(&in, out->asset_count);
    out->output_count = unpack_count(&in);
    out->outputs = ARENA_NEWS(arena, struct cached_output, out->output_count);
    for (ptrdiff_t i = 0; i < out->output_count && !in.failed; i++) unpack_output(&in, &out->outputs[i]);
    out->output_slots = unpack_slots(&in, out->output_count);
    out->later_pages = ARENA_NEWS(arena, bool, out->page_count);
    out->later_assets = ARENA_NEWS(arena, bool, out->asset_count);
    out->later_outputs = ARENA_NEWS(arena, bool, out->output_count);
    return !in.failed && in.bytes.len == 0;
}
