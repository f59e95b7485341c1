/* isobox_thumbnails.c - which items are small copies of others.
 *
 * "iref" says so ("thmb", from the copy to the picture), of what items a grid is made ("dimg") and whose mask an item
 * is ("auxl"). */
#include "isobox.h"

enum { REFERENCES_MAX = 1 << 16 };

str isobox_references(str meta) { return isobox_find(meta, FOURCC('i', 'r', 'e', 'f')); }

bool isobox_reference_next(str iref, ptrdiff_t *at, struct isobox_reference *out)
{
    struct isobox box;
    int wide = byte_at(iref, 0) ? 4 : 2;
    if (*at == 0) *at = 4; /* version, flags */
    if (!isobox_next(iref, at, &box)) return false;
    *out = (struct isobox_reference){.type = box.type, .id_size = wide, .kind = str_slice(box.all, 4, 8)};
    out->from = wide == 4 ? be32(box.data, 0) : be16(box.data, 0);
    out->to = str_slice(box.data, wide + 2, wide + 2 + (ptrdiff_t)be16(box.data, wide) * wide);
    return true;
}

static uint32_t id_at(const struct isobox_reference *reference, ptrdiff_t at)
{
    return reference->id_size == 4 ? be32(reference->to, at) : be16(reference->to, at);
}

static int index_of(const struct isobox_thumbnails *thumbnails, uint32_t id)
{
    for (int i = 0; i < thumbnails->count; i++)
        if (thumbnails->ids[i] == id) return i;
    return -1;
}

bool isobox_is_thumbnail(const struct isobox_thumbnails *thumbnails, uint32_t id) { return index_of(thumbnails, id) >= 0; }

static void add(struct isobox_thumbnails *thumbnails, uint32_t id)
{
    if (isobox_is_thumbnail(thumbnails, id)) return;
    if (thumbnails->count == ISOBOX_THUMBNAILS_MAX)
        thumbnails->too_many = true;
    else
        thumbnails->ids[thumbnails->count++] = id;
}

static void drop(struct isobox_thumbnails *thumbnails, uint32_t id)
{
    int i = index_of(thumbnails, id);
    if (i >= 0) thumbnails->ids[i] = thumbnails->ids[--thumbnails->count];
}

static bool too_many(str iref)
{
    struct isobox_reference reference;
    ptrdiff_t count = 0;
    for (ptrdiff_t at = 0; count <= REFERENCES_MAX && isobox_reference_next(iref, &at, &reference);)
        count += 1 + reference.to.len / reference.id_size;
    return count > REFERENCES_MAX;
}

/* What a reference says of the list: `type` is the round's. */
static void look(const struct isobox_reference *reference, uint32_t type, bool small, struct isobox_thumbnails *out)
{
    bool listed = isobox_is_thumbnail(out, reference->from);
    if (reference->type != type) return;
    if (type == FOURCC('t', 'h', 'm', 'b')) add(out, reference->from);
    for (ptrdiff_t at = 0; type != FOURCC('t', 'h', 'm', 'b') && at < reference->to.len; at += reference->id_size) {
        uint32_t id = id_at(reference, at);
        if (type == FOURCC('d', 'i', 'm', 'g') && listed && small) add(out, id);
        if (type == FOURCC('d', 'i', 'm', 'g') && !listed && !small) drop(out, id);
        if (type == FOURCC('a', 'u', 'x', 'l') && isobox_is_thumbnail(out, id)) add(out, reference->from);
    }
}

static void round_of(str iref, uint32_t type, bool small, struct isobox_thumbnails *out)
{
    struct isobox_reference reference;
    for (ptrdiff_t at = 0; isobox_reference_next(iref, &at, &reference);) look(&reference, type, small, out);
}

void isobox_find_thumbnails(str meta, struct isobox_thumbnails *out)
{
    str iref = isobox_references(meta), pitm = isobox_find(meta, FOURCC('p', 'i', 't', 'm'));
    *out = (struct isobox_thumbnails){.too_many = too_many(iref)};
    if (out->too_many) return;
    round_of(iref, FOURCC('t', 'h', 'm', 'b'), true, out);
    round_of(iref, FOURCC('d', 'i', 'm', 'g'), true, out); /* their tiles */
    drop(out, byte_at(pitm, 0) == 0 ? be16(pitm, 4) : be32(pitm, 4));
    round_of(iref, FOURCC('d', 'i', 'm', 'g'), false, out); /* but not what others are made of */
    round_of(iref, FOURCC('a', 'u', 'x', 'l'), true, out);
}
