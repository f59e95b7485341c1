/* isobox.c - see the header.
 *
 * "iinf" names the items and their types, "iloc" says where their bytes are: offsets in
 * the file, or in the box "idat".  Both come in versions that differ in the size of
 * their numbers. */
#include "isobox.h"

bool isobox_next(str bytes, ptrdiff_t *at, struct isobox *out)
{
    if (*at < 0 || *at + 8 > bytes.len) return false;
    uint64_t size = be32(bytes, *at);
    ptrdiff_t head = 8;
    if (size == 1) {
        size = (uint64_t)be32(bytes, *at + 8) << 32 | be32(bytes, *at + 12);
        head = 16;
    }
    uint64_t left = (uint64_t)(bytes.len - *at);
    if (size == 0 || size > left) size = left; /* 0: to the end */
    if (size < (uint64_t)head) return false;
    *out = (struct isobox){.type = be32(bytes, *at + 4),
                           .all = str_slice(bytes, *at, *at + (ptrdiff_t)size),
                           .data = str_slice(bytes, *at + head, *at + (ptrdiff_t)size)};
    *at += (ptrdiff_t)size;
    return true;
}

str isobox_find(str bytes, uint32_t type)
{
    struct isobox box;
    ptrdiff_t at = 0;
    for (int i = 0; i < ISOBOX_FIND_MAX && isobox_next(bytes, &at, &box); i++)
        if (box.type == type) return box.data;
    return S("");
}

str isobox_meta(str file) { return str_from(isobox_find(file, FOURCC('m', 'e', 't', 'a')), 4); /* version, flags */ }

/* A number of `size` bytes (0, 2, 4 or 8) at *at, which moves behind it. */
static uint64_t take(str bytes, ptrdiff_t *at, uint32_t size)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < size; i++) n = n << 8 | byte_at(bytes, (*at)++);
    return n;
}

static str item_entries(str meta)
{
    str iinf = isobox_find(meta, FOURCC('i', 'i', 'n', 'f'));
    return str_from(iinf, byte_at(iinf, 0) == 0 ? 6 : 8);
}

/* Items a picture is made of; the others speak about it. */
static bool is_of_picture(uint32_t type)
{
    static const char kinds[] = "hvc1 hev1 av01 grid iovl iden tmap jpeg avc1 avc3 vvc1 vvi1 evc1 lhv1 lhe1 j2k1 unci hvt1 mski";
    for (size_t i = 0; i + 4 < sizeof kinds; i += 5)
        if (FOURCC(kinds[i], kinds[i + 1], kinds[i + 2], kinds[i + 3]) == type) return true;
    return false;
}

/* Entries of old versions say no kind: they are not of pictures. */
static bool read_entry(const struct isobox *box, uint32_t *id, uint32_t *type, str *kind)
{
    uint32_t version = byte_at(box->data, 0);
    ptrdiff_t at = version == 2 ? 8 : 10;
    if (box->type != FOURCC('i', 'n', 'f', 'e')) return false;
    *id = version <= 2 ? be16(box->data, 4) : be32(box->data, 4);
    *kind = version < 2 ? S("") : str_slice(box->data, at, at + 4);
    *type = version < 2 ? FOURCC('m', 'i', 'm', 'e') : be32(box->data, at);
    return true;
}

/* Of an item with several entries the kind that is of no picture. */
static uint32_t item_type(str entries, uint32_t wanted)
{
    struct isobox box;
    ptrdiff_t at = 0;
    uint32_t found = 0, id, type;
    str kind;
    for (int i = 0; i < ISOBOX_ITEMS_MAX && isobox_next(entries, &at, &box); i++) {
        if (!read_entry(&box, &id, &type, &kind) || id != wanted) continue;
        if (!is_of_picture(type)) return type;
        found = type;
    }
    return found;
}

/* The head of an iloc box, and where its next item stands. */
struct locations {
    str box, file, idat;
    uint32_t version, offset_size, length_size, base_size, index_size, count;
    ptrdiff_t at;
};

static struct locations read_locations(str file, str meta)
{
    struct locations l = {.box = isobox_find(meta, FOURCC('i', 'l', 'o', 'c')), .file = file, .at = 6};
    l.idat = isobox_find(meta, FOURCC('i', 'd', 'a', 't'));
    uint32_t sizes = be16(l.box, 4);
    l.version = byte_at(l.box, 0);
    l.offset_size = sizes >> 12 & 15;
    l.length_size = sizes >> 8 & 15;
    l.base_size = sizes >> 4 & 15;
    l.index_size = l.version == 0 ? 0 : sizes & 15;
    l.count = (uint32_t)take(l.box, &l.at, l.version < 2 ? 2 : 4);
    return l;
}

struct location {
    uint32_t id, method, extents;
    uint64_t base;
};

static struct location next_location(struct locations *l)
{
    struct location item = {0};
    item.id = (uint32_t)take(l->box, &l->at, l->version < 2 ? 2 : 4);
    if (l->version > 0) item.method = (uint32_t)take(l->box, &l->at, 2) & 15;
    take(l->box, &l->at, 2); /* which file: this one */
    item.base = take(l->box, &l->at, l->base_size);
    item.extents = (uint32_t)take(l->box, &l->at, 2);
    /* Extents of no bytes are all the same one: a file of a few bytes could name millions. */
    if (item.extents > 1 && l->index_size + l->offset_size + l->length_size == 0) item.extents = 1;
    return item;
}

static str next_extent(struct locations *l, const struct location *item)
{
    str space = item->method == 1 ? l->idat : l->file;
    take(l->box, &l->at, l->index_size);
    uint64_t offset = item->base + take(l->box, &l->at, l->offset_size);
    uint64_t length = take(l->box, &l->at, l->length_size);
    uint64_t size = (uint64_t)space.len;
    if (item->method > 1 || offset >= size) return S("");
    if (length == 0 || length > size - offset) length = size - offset;
    return str_slice(space, (ptrdiff_t)offset, (ptrdiff_t)(offset + length));
}

bool isobox_item_next(str file, struct isobox_item *item)
{
    str meta = isobox_meta(file), entries = item_entries(meta);
    struct locations l = read_locations(file, meta);
    if (!item->looked) isobox_find_thumbnails(meta, &item->thumbnails);
    item->looked = true;
    if (item->pieces >= ISOBOX_PIECES_MAX) return false;
    for (uint32_t i = 0; i < l.count && i < ISOBOX_ITEMS_MAX && l.at < l.box.len; i++) {
        struct location location = next_location(&l);
        uint32_t type = i < item->entry ? 0 : item_type(entries, location.id);
        bool thumbnail = type && isobox_is_thumbnail(&item->thumbnails, location.id);
        bool wanted = thumbnail || (type && !is_of_picture(type));
        for (uint32_t e = 0; e < location.extents && l.at < l.box.len; e++) {
            str bytes = next_extent(&l, &location);
            if (!wanted || (i == item->entry && e < item->extent)) continue;
            item->pieces++;
            item->entry = i;
            item->extent = e + 1;
            item->type = type;
            item->is_thumbnail = thumbnail;
            item->bytes = bytes;
            return true;
        }
    }
    return false;
}

bool isobox_is_excessive(str file, const struct isobox_item *last)
{
    str meta = isobox_meta(file), entries = item_entries(meta);
    struct isobox box;
    ptrdiff_t at = 0, types = 0;
    while (types <= ISOBOX_ITEMS_MAX && isobox_next(entries, &at, &box)) types++;
    return last->pieces >= ISOBOX_PIECES_MAX || last->thumbnails.too_many || types > ISOBOX_ITEMS_MAX || read_locations(file, meta).count > ISOBOX_ITEMS_MAX;
}

void isobox_each_thumbnail_kind(str file, const struct isobox_thumbnails *thumbnails, notes_found *tell, void *data)
{
    str meta = isobox_meta(file), entries = item_entries(meta), iref = isobox_references(meta), kind;
    struct isobox_reference reference;
    struct isobox box;
    uint32_t id, type;
    for (ptrdiff_t at = 0; isobox_reference_next(iref, &at, &reference);)
        if (reference.type == FOURCC('t', 'h', 'm', 'b') && isobox_is_thumbnail(thumbnails, reference.from)) tell(data, reference.kind);
    for (ptrdiff_t at = 0; isobox_next(entries, &at, &box);)
        if (read_entry(&box, &id, &type, &kind) && isobox_is_thumbnail(thumbnails, id)) tell(data, kind);
}
