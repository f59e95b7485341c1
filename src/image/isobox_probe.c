/* isobox_probe.c - AVIF and HEIC: size, turning and metadata of the primary item. */
#include "exif.h"
#include "image_format.h"
#include "isobox.h"

/* Items may overlap: without a limit a hostile file would be searched many times. */
enum { NOTES_MAX = 16 << 20 };

/* Property number `index` (from 1) of the list. */
static bool property_at(str list, uint32_t index, struct isobox *out)
{
    ptrdiff_t at = 0;
    for (uint32_t i = 1; isobox_next(list, &at, out); i++)
        if (i == index) return true;
    return false;
}

static void apply_property(const struct isobox *property, struct image_info *info)
{
    str data = property->data;
    if (property->type == FOURCC('i', 's', 'p', 'e')) {
        info->width = (int)(be32(data, 4) & 0x7fffffff);
        info->height = (int)(be32(data, 8) & 0x7fffffff);
    } else if (property->type == FOURCC('c', 'l', 'a', 'p')) {
        uint32_t width = be32(data, 4) ? be32(data, 0) / be32(data, 4) : 0;
        uint32_t height = be32(data, 12) ? be32(data, 8) / be32(data, 12) : 0;
        if (width > 0 && width <= (uint32_t)info->width) info->width = (int)width;
        if (height > 0 && height <= (uint32_t)info->height) info->height = (int)height;
    } else if (property->type == FOURCC('i', 'r', 'o', 't') && byte_at(data, 0) & 1) {
        int width = info->width;
        info->width = info->height;
        info->height = width;
    } else if (property->type == FOURCC('c', 'o', 'l', 'r')) {
        uint32_t kind = be32(data, 0);
        if (kind == FOURCC('p', 'r', 'o', 'f') || kind == FOURCC('r', 'I', 'C', 'C')) info->has_profile = true;
    }
}

/* "ipma" lists for every item the numbers of its properties, in the order they apply. */
static void read_properties(str meta, uint32_t primary, struct image_info *info)
{
    str iprp = isobox_find(meta, FOURCC('i', 'p', 'r', 'p'));
    str list = isobox_find(iprp, FOURCC('i', 'p', 'c', 'o'));
    str ipma = isobox_find(iprp, FOURCC('i', 'p', 'm', 'a'));
    bool wide_ids = byte_at(ipma, 0) > 0, wide_numbers = byte_at(ipma, 3) & 1;
    uint32_t count = be32(ipma, 4);
    ptrdiff_t at = 8;
    for (uint32_t i = 0, id = 0; i < count && at < ipma.len && id != primary; i++) {
        id = wide_ids ? be32(ipma, at) : be16(ipma, at);
        at += wide_ids ? 4 : 2;
        uint32_t numbers = byte_at(ipma, at++);
        for (uint32_t k = 0; k < numbers; k++, at += wide_numbers ? 2 : 1) {
            uint32_t number = wide_numbers ? be16(ipma, at) & 0x7fff : byte_at(ipma, at) & 0x7f;
            struct isobox property;
            if (id == primary && property_at(list, number, &property)) apply_property(&property, info);
        }
    }
}

/* A picture sequence without a still: the track's size, in 1/65536 pixels. */
static void read_track(str file, struct image_info *info)
{
    str moov = isobox_find(file, FOURCC('m', 'o', 'o', 'v'));
    str track = isobox_find(moov, FOURCC('t', 'r', 'a', 'k'));
    str header = isobox_find(track, FOURCC('t', 'k', 'h', 'd'));
    if (header.len < 84) return;
    info->frames = 2; /* more than one; how many nobody asks */
    if (info->width > 0) return;
    info->width = (int)be16(header, header.len - 8);
    info->height = (int)be16(header, header.len - 4);
}

static void read_item(const struct isobox_item *item, str bytes, struct image_info *info)
{
    if (notes_blank(bytes) || str_trim_char(bytes, ' ').len == 0) return; /* cleaned by hugi, or never filled */
    info->has_metadata = true;
    if (item->is_thumbnail) image_add_trace(info, TRACE_THUMBNAIL);
    else if (item->type == FOURCC('m', 'i', 'm', 'e')) xmp_read(bytes, info);
    /* Four bytes say how far behind them the TIFF structure begins. */
    else if (item->type == FOURCC('E', 'x', 'i', 'f')) exif_read(str_from(bytes, 4 + (ptrdiff_t)be32(bytes, 0)), info, false);
    else notes_read(info, bytes);
}

static void read_metadata(str file, struct image_info *info)
{
    ptrdiff_t left = NOTES_MAX;
    for (struct isobox_item item = {0}; isobox_item_next(file, &item);) {
        str bytes = str_slice(item.bytes, 0, left);
        left -= bytes.len;
        read_item(&item, bytes, info);
    }
    isobox_each_private(file, false, notes_read, info);
    info->orientation = 1; /* these files turn by their own properties */
}

bool isobox_probe(struct image_source *source)
{
    str file = source->bytes, meta = isobox_meta(file);
    struct image_info *info = &source->info;
    str pitm = isobox_find(meta, FOURCC('p', 'i', 't', 'm'));
    uint32_t primary = byte_at(pitm, 0) == 0 ? be16(pitm, 4) : be32(pitm, 4);
    read_properties(meta, primary, info);
    read_track(file, info);
    read_metadata(file, info);
    info->alpha = str_contains(meta, S("auxiliary:alpha"));
    if (info->width > 0 && info->height > 0) return true;
    return image_fail(source, "%s: the picture's size is not found", image_kind_info(info->kind)->name);
}
