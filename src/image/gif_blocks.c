/* gif_blocks.c - a GIF as its blocks: size, frames, and what is not the picture.
 *
 * A GIF is a header, a screen size, maybe a palette, then blocks: extensions
 * ('!', label, sub-blocks), images (',', place, maybe a palette, sub-blocks)
 * and the end (';').  Cleaning keeps images, their control extensions, the
 * loop count and the colour profile. */
#include "exif.h"
#include "image_bytes.h"
#include "image_format.h"

enum { GIF_EXTENSION = '!', GIF_IMAGE = ',', GIF_END = ';' };
enum { GIF_CONTROL = 0xf9, GIF_APPLICATION = 0xff };

struct gif_block {
    int kind; /* GIF_EXTENSION ... */
    int label; /* of an extension */
    str all;
    str data; /* an extension's first sub-block */
    bool cut_off;
};

static ptrdiff_t palette_size(uint32_t flags) { return flags & 0x80 ? (ptrdiff_t)3 << ((flags & 7) + 1) : 0; }

/* Behind the header, the screen and its palette. */
static ptrdiff_t blocks_start(str bytes) { return 13 + palette_size(byte_at(bytes, 10)); }

/* Behind the sub-blocks at `at` and their empty last one. */
static ptrdiff_t skip_sub_blocks(str bytes, ptrdiff_t at)
{
    while (at < bytes.len && byte_at(bytes, at) != 0) at += 1 + (ptrdiff_t)byte_at(bytes, at);
    return at + 1;
}

static bool gif_block_next(str bytes, ptrdiff_t *at, struct gif_block *out)
{
    ptrdiff_t start = *at, end = start + 1;
    if (start >= bytes.len) return false;
    *out = (struct gif_block){.kind = (int)byte_at(bytes, start)};
    if (out->kind == GIF_EXTENSION) {
        out->label = (int)byte_at(bytes, start + 1);
        ptrdiff_t size = (ptrdiff_t)byte_at(bytes, start + 2);
        out->data = str_slice(bytes, start + 3, start + 3 + size);
        end = skip_sub_blocks(bytes, start + 2);
    } else if (out->kind == GIF_IMAGE) {
        /* place (8 bytes), flags, palette, size of the codes */
        end = skip_sub_blocks(bytes, start + 11 + palette_size(byte_at(bytes, start + 9)));
    } else if (out->kind != GIF_END) {
        return false;
    }
    out->cut_off = end > bytes.len;
    out->all = str_slice(bytes, start, end);
    *at = end;
    return true;
}

static bool is_loop_or_profile(const struct gif_block *block)
{
    return block->label == GIF_APPLICATION &&
           (str_equal(block->data, S("NETSCAPE2.0")) || str_equal(block->data, S("ANIMEXTS1.0")) ||
            str_equal(block->data, S("ICCRGBG1012")));
}

static void read_extension(const struct gif_block *block, struct image_info *info)
{
    if (block->label == GIF_CONTROL) {
        if (byte_at(block->data, 0) & 1) info->alpha = true;
    } else if (block->label == GIF_APPLICATION && str_equal(block->data, S("XMP DataXMP"))) {
        xmp_read(block->all, info);
    } else if (!is_loop_or_profile(block)) {
        info->has_metadata = true;
    } else if (str_starts(block->data, S("ICC"))) {
        info->has_profile = true;
    }
}

bool gif_probe(struct image_source *source)
{
    struct image_info *info = &source->info;
    info->width = (int)le16(source->bytes, 6);
    info->height = (int)le16(source->bytes, 8);
    int frames = 0;
    struct gif_block block;
    for (ptrdiff_t at = blocks_start(source->bytes); gif_block_next(source->bytes, &at, &block);) {
        if (block.kind == GIF_END) break;
        if (block.kind == GIF_IMAGE)
            frames++;
        else
            read_extension(&block, info);
    }
    if (frames == 0) return image_fail(source, "a GIF that is cut off before its picture");
    info->frames = frames;
    return true;
}

static bool stays(const struct gif_block *block)
{
    if (block->kind != GIF_EXTENSION) return true;
    return block->label == GIF_CONTROL || is_loop_or_profile(block);
}

bool gif_clean(struct image_source *source, str *out)
{
    struct buf clean = buf_in(source->arena);
    buf_reserve(&clean, source->bytes.len);
    ptrdiff_t at = blocks_start(source->bytes);
    buf_add(&clean, str_slice(source->bytes, 0, at));
    struct gif_block block;
    while (gif_block_next(source->bytes, &at, &block)) {
        if (stays(&block)) buf_add(&clean, block.all);
        if (block.kind == GIF_END) break;
    }
    *out = buf_str(&clean);
    if (str_equal(*out, source->bytes)) *out = source->bytes;
    return true;
}
