/* cache_delta.c - what differs from the index that was written in one piece: rows with their
 * places, and the names and facts behind its own.
 *
 * A delta stands for all that has changed since that index, so rows of an earlier delta are
 * written again. */
#include "base/pack.h"
#include "cache_index.h"

/* Rows that were kept hold the very texts of the cache. */
static bool same_text(str a, str b) { return a.p == b.p && a.len == b.len; }

static bool same_page(const struct cached_page *a, const struct cached_page *b)
{
    return same_text(a->path, b->path) && a->size == b->size && a->mtime_ns == b->mtime_ns && a->identity == b->identity &&
           same_text(a->head, b->head) && same_text(a->head_facts, b->head_facts) && a->marked == b->marked &&
           same_text(a->light, b->light) && a->body.at == b->body.at && same_text(a->facts, b->facts) &&
           same_text(a->targets, b->targets);
}

static bool same_asset(const struct cached_asset *a, const struct cached_asset *b)
{
    return a->size == b->size && a->mtime_ns == b->mtime_ns && a->identity == b->identity && str_equal(a->info, b->info);
}

static bool same_output(const struct cached_output *a, const struct cached_output *b)
{
    return same_text(a->path, b->path) && same_text(a->facts, b->facts);
}

bool delta_fits(const struct cache_next *next, const struct cache_index *last)
{
    bool fits = next->go_on && next->page_count == last->page_count && next->asset_count == last->asset_count &&
                next->output_count == last->output_count;
    for (ptrdiff_t i = 0; fits && i < next->page_count; i++) fits = str_equal(next->pages[i].path, last->pages[i].path);
    for (ptrdiff_t i = 0; fits && i < next->asset_count; i++) fits = str_equal(next->assets[i].path, last->assets[i].path);
    for (ptrdiff_t i = 0; fits && i < next->output_count; i++) fits = str_equal(next->outputs[i].path, last->outputs[i].path);
    return fits;
}

/* A row is its place + 1 and its contents; 0 ends the rows of a kind. */
static void pack_rows(struct buf *out, const struct cache_next *next, const struct cache_index *last)
{
    for (ptrdiff_t i = 0; i < next->page_count; i++) {
        if (!last->later_pages[i] && same_page(&next->pages[i], &last->pages[i])) continue;
        pack_number(out, (uint64_t)i + 1);
        pack_page(out, &next->pages[i]);
    }
    pack_number(out, 0);
    for (ptrdiff_t i = 0; i < next->asset_count; i++) {
        if (!last->later_assets[i] && same_asset(&next->assets[i], &last->assets[i])) continue;
        pack_number(out, (uint64_t)i + 1);
        pack_asset(out, &next->assets[i]);
    }
    pack_number(out, 0);
    for (ptrdiff_t i = 0; i < next->output_count; i++) {
        if (!last->later_outputs[i] && same_output(&next->outputs[i], &last->outputs[i])) continue;
        pack_number(out, (uint64_t)i + 1);
        pack_output(out, &next->outputs[i]);
    }
    pack_number(out, 0);
}

void delta_pack(struct buf *out, const struct cache_next *next, const struct cache_index *last)
{
    const struct cache_facts *before = &last->facts, *facts = &next->facts;
    pack_signed(out, next->now);
    pack_number(out, (uint64_t)(before->name_count - last->packed_names + facts->name_count));
    for (ptrdiff_t i = last->packed_names; i < before->name_count; i++) pack_str(out, before->names[i]);
    for (ptrdiff_t i = 0; i < facts->name_count; i++) pack_str(out, facts->names[i]);
    pack_number(out, (uint64_t)(before->later_count + facts->count));
    pack_raw(out, before->later_keys, before->later_count, sizeof(uint64_t));
    for (ptrdiff_t i = 0; i < next->piece_count; i++) pack_raw(out, next->pieces[i].keys, next->pieces[i].count, sizeof(uint64_t));
    pack_raw(out, before->later_digests, before->later_count, sizeof(uint64_t));
    for (ptrdiff_t i = 0; i < next->piece_count; i++) pack_raw(out, next->pieces[i].digests, next->pieces[i].count, sizeof(uint64_t));
    pack_rows(out, next, last);
}

/* --- reading ---------------------------------------------------------------- */

static void unpack_names(struct unpack *in, struct arena *arena, struct cache_index *index)
{
    struct cache_facts *facts = &index->facts;
    ptrdiff_t count = unpack_count(in);
    str *names = ARENA_NEWS(arena, str, facts->name_count + count);
    if (facts->name_count) memcpy(names, facts->names, (size_t)facts->name_count * sizeof *names);
    facts->names = names;
    for (ptrdiff_t i = 0; i < count; i++) {
        names[facts->name_count++] = unpack_str(in);
        map_put(arena, &index->later_names, names[facts->name_count - 1], (void *)(intptr_t)facts->name_count);
    }
}

/* The place of the next row; -1 at their end. */
static ptrdiff_t next_row(struct unpack *in, ptrdiff_t count)
{
    uint64_t place = unpack_number(in);
    if (place > (uint64_t)count) in->failed = true;
    return in->failed ? -1 : (ptrdiff_t)place - 1;
}

bool delta_unpack(str bytes, struct arena *arena, struct cache_index *index)
{
    struct unpack in = {.bytes = bytes};
    struct cache_facts *facts = &index->facts;
    ptrdiff_t i;
    index->now = unpack_signed(&in);
    unpack_names(&in, arena, index);
    facts->later_count = unpack_count(&in);
    facts->later_keys = unpack_raw(&in, facts->later_count, sizeof(uint64_t));
    facts->later_digests = unpack_raw(&in, facts->later_count, sizeof(uint64_t));
    while ((i = next_row(&in, index->page_count)) >= 0) {
        unpack_page(&in, &index->pages[i]);
        index->later_pages[i] = true;
    }
    while ((i = next_row(&in, index->asset_count)) >= 0) {
        unpack_asset(&in, &index->assets[i]);
        index->later_assets[i] = true;
    }
    while ((i = next_row(&in, index->output_count)) >= 0) {
        unpack_output(&in, &index->outputs[i]);
        index->later_outputs[i] = true;
    }
    return !in.failed && in.bytes.len == 0;
}
