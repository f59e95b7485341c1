/* cache_rows.c - pages, files, outputs and arrays of numbers as bytes and back. */
#include "base/pack.h"
#include "cache_index.h"

enum { ALIGNMENT = 8 };

void pack_raw(struct buf *out, const void *numbers, ptrdiff_t count, ptrdiff_t size)
{
    while (out->len % ALIGNMENT) buf_char(out, 0);
    buf_add(out, str_of(numbers, count * size));
}

const void *unpack_raw(struct unpack *in, ptrdiff_t count, ptrdiff_t size)
{
    ptrdiff_t gap = (ptrdiff_t)(-(uintptr_t)in->bytes.p % ALIGNMENT);
    if (count < 0 || gap > in->bytes.len || count > (in->bytes.len - gap) / size) in->failed = true;
    if (in->failed) return NULL;
    const void *numbers = in->bytes.p + gap;
    in->bytes = str_from(in->bytes, gap + count * size);
    return numbers;
}

void pack_page(struct buf *out, const struct cached_page *page)
{
    pack_str(out, page->path);
    pack_signed(out, page->size);
    pack_signed(out, page->mtime_ns);
    pack_number(out, page->identity);
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
    pack_str(out, page->targets);
}

void unpack_page(struct unpack *in, struct cached_page *page)
{
    *page = (struct cached_page){.path = unpack_str(in)};
    page->size = unpack_signed(in);
    page->mtime_ns = unpack_signed(in);
    page->identity = unpack_number(in);
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
    page->targets = unpack_str(in);
    if (page->body.at < 0 || page->body.len < 0) in->failed = true;
}

void pack_asset(struct buf *out, const struct cached_asset *asset)
{
    pack_str(out, asset->path);
    pack_signed(out, asset->size);
    pack_signed(out, asset->mtime_ns);
    pack_number(out, asset->identity);
    pack_str(out, asset->info);
}

void unpack_asset(struct unpack *in, struct cached_asset *asset)
{
    asset->path = unpack_str(in);
    asset->size = unpack_signed(in);
    asset->mtime_ns = unpack_signed(in);
    asset->identity = unpack_number(in);
    asset->info = unpack_str(in);
}

void pack_output(struct buf *out, const struct cached_output *output)
{
    pack_str(out, output->path);
    buf_add(out, str_of((const char *)&output->own, sizeof output->own));
    pack_hash(out, output->hash);
    pack_signed(out, output->size);
    pack_str(out, output->facts);
}

void unpack_output(struct unpack *in, struct cached_output *output)
{
    output->path = unpack_str(in);
    if (in->bytes.len < (ptrdiff_t)sizeof output->own) in->failed = true;
    if (in->failed) return;
    memcpy(&output->own, in->bytes.p, sizeof output->own);
    in->bytes = str_from(in->bytes, (ptrdiff_t)sizeof output->own);
    output->hash = unpack_hash(in);
    output->size = unpack_signed(in);
    output->facts = unpack_str(in);
}
