/* cache_index.c - the index as bytes, section by section. */
#include "cache_index.h"

#include "base/pack.h"

/* --- lists of facts ------------------------------------------------------- */

void cache_pack_fact(struct buf *out, uint32_t number, uint32_t *last)
{
    pack_signed(out, (int64_t)number - *last);
    *last = number;
}

bool cache_next_fact(str *rest, uint32_t *number)
{
    struct unpack in = {.bytes = *rest};
    if (rest->len == 0) return false;
    *number += (uint32_t)unpack_signed(&in);
    *rest = in.bytes;
    return !in.failed;
}

/* --- writing -------------------------------------------------------------- */

static void pack_raw(struct buf *out, const uint64_t *numbers, ptrdiff_t count)
{
    buf_add(out, str_of((const char *)numbers, count * (ptrdiff_t)sizeof *numbers));
}

static void pack_page(struct buf *out, const struct cached_page *page)
{
    pack_str(out, page->path);
    pack_signed(out, page->size);
    pack_signed(out, page->mtime_ns);
    pack_number(out, page->inode);
    pack_hash(out, page->source);
    pack_str(out, page->head);
    pack_str(out, page->head_facts);
    pack_bool(out, page->marked);
    if (!page->marked) return;
    pack_str(out, page->light);
    pack_signed(out, page->body.at);
    pack_signed(out, page->body.len);
    pack_hash(out, page->body.hash);
    pack_str(out, page->facts);
}

static void pack_asset(struct buf *out, const struct cached_asset *asset)
{
    pack_str(out, asset->path);
    pack_signed(out, asset->size);
    pack_signed(out, asset->mtime_ns);
    pack_number(out, asset->inode);
    pack_str(out, asset->info);
}

static void pack_output(struct buf *out, const struct cached_output *output)
{
    pack_str(out, output->path);
    pack_raw(out, &output->own, 1);
    pack_hash(out, output->hash);
    pack_signed(out, output->size);
    pack_str(out, output->facts);
}

void index_pack(struct buf *out, const struct cache_index *index)
{
    pack_signed(out, index->now);
    pack_number(out, (uint64_t)index->name_count);
    for (ptrdiff_t i = 0; i < index->name_count; i++) pack_str(out, index->names[i]);
    for (int noun = 0; noun < CACHE_NOUNS; noun++) {
        pack_number(out, (uint64_t)index->noun_counts[noun]);
        pack_raw(out, index->nouns[noun], index->noun_counts[noun]);
    }
    pack_number(out, (uint64_t)index->fact_count);
    pack_number(out, (uint64_t)index->numbered);
    pack_raw(out, index->keys, index->fact_count);
    pack_raw(out, index->digests, index->fact_count);
    pack_number(out, (uint64_t)index->page_count);
    for (ptrdiff_t i = 0; i < index->page_count; i++) pack_page(out, &index->pages[i]);
    pack_number(out, (uint64_t)index->asset_count);
    for (ptrdiff_t i = 0; i < index->asset_count; i++) pack_asset(out, &index->assets[i]);
    pack_number(out, (uint64_t)index->output_count);
    for (ptrdiff_t i = 0; i < index->output_count; i++) pack_output(out, &index->outputs[i]);
}

/* --- reading -------------------------------------------------------------- */

/* Copied: the bytes are not aligned. */
static uint64_t *unpack_raw(struct unpack *in, ptrdiff_t count, struct arena *arena)
{
    if (count > in->bytes.len / (ptrdiff_t)sizeof(uint64_t)) in->failed = true;
    if (in->failed) return NULL;
    size_t size = (size_t)count * sizeof(uint64_t);
    uint64_t *numbers = arena_copy(arena, in->bytes.p, size);
    in->bytes = str_from(in->bytes, (ptrdiff_t)size);
    return numbers;
}

static void unpack_page(struct unpack *in, struct cached_page *page)
{
    page->path = unpack_str(in);
    page->size = unpack_signed(in);
    page->mtime_ns = unpack_signed(in);
    page->inode = unpack_number(in);
    page->source = unpack_hash(in);
    page->head = unpack_str(in);
    page->head_facts = unpack_str(in);
    page->marked = unpack_bool(in);
    if (!page->marked) return;
    page->light = unpack_str(in);
    page->body.at = unpack_signed(in);
    page->body.len = unpack_signed(in);
    page->body.hash = unpack_hash(in);
    page->facts = unpack_str(in);
    if (page->body.at < 0 || page->body.len < 0) in->failed = true;
}

static void unpack_asset(struct unpack *in, struct cached_asset *asset)
{
    asset->path = unpack_str(in);
    asset->size = unpack_signed(in);
    asset->mtime_ns = unpack_signed(in);
    asset->inode = unpack_number(in);
    asset->info = unpack_str(in);
}

static void unpack_output(struct unpack *in, struct cached_output *output, struct arena *arena)
{
    output->path = unpack_str(in);
    const uint64_t *own = unpack_raw(in, 1, arena);
    output->own = own ? *own : 0;
    output->hash = unpack_hash(in);
    output->size = unpack_signed(in);
    output->facts = unpack_str(in);
}

bool index_unpack(str bytes, struct arena *arena, struct cache_index *out)
{
    struct unpack in = {.bytes = bytes};
    *out = (struct cache_index){.now = unpack_signed(&in)};
    out->name_count = unpack_count(&in);
    out->names = ARENA_NEWS(arena, str, out->name_count);
    for (ptrdiff_t i = 0; i < out->name_count; i++) out->names[i] = unpack_str(&in);
    for (int noun = 0; noun < CACHE_NOUNS; noun++) {
        out->noun_counts[noun] = unpack_count(&in);
        out->nouns[noun] = unpack_raw(&in, out->noun_counts[noun], arena);
    }
    out->fact_count = unpack_count(&in);
    out->numbered = (ptrdiff_t)unpack_number(&in);
    out->keys = unpack_raw(&in, out->fact_count, arena);
    out->digests = unpack_raw(&in, out->fact_count, arena);
    out->page_count = unpack_count(&in);
    out->pages = ARENA_NEWS(arena, struct cached_page, out->page_count);
    for (ptrdiff_t i = 0; i < out->page_count && !in.failed; i++) unpack_page(&in, &out->pages[i]);
    out->asset_count = unpack_count(&in);
    out->assets = ARENA_NEWS(arena, struct cached_asset, out->asset_count);
    for (ptrdiff_t i = 0; i < out->asset_count && !in.failed; i++) unpack_asset(&in, &out->assets[i]);
    out->output_count = unpack_count(&in);
    out->outputs = ARENA_NEWS(arena, struct cached_output, out->output_count);
    for (ptrdiff_t i = 0; i < out->output_count && !in.failed; i++) unpack_output(&in, &out->outputs[i], arena);
    return !in.failed && in.bytes.len == 0;
}
