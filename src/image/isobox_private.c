/* isobox_private.c - the boxes nobody needs to show a picture or a film.
 *
 * Told by what is needed: a box of any other kind may say where, when and by whom.  The lists are of ISO 14496-12,
 * 23008-12, AVIF and QuickTime; what has no list here stays whole. */
#include "isobox.h"

/* Parents only hold parents that stand below them here, so the depth is that of the table. */
static const struct parent {
    uint32_t type;
    int head; /* bytes before the first child */
    const char *needed;
} parents[] = {
    {FOURCC('m', 'e', 't', 'a'), 4, "hdlr pitm iinf iloc iprp iref idat dinf ipro grpl"},
    {FOURCC('i', 'p', 'r', 'p'), 0, "ipco ipma"},
    {FOURCC('m', 'o', 'o', 'v'), 0, "mvhd trak mvex iods pssh rmra cmov clip ctab"},
    {FOURCC('t', 'r', 'a', 'k'), 0, "tkhd mdia edts tref trgr tapt clip matt load imap"},
    {FOURCC('m', 'd', 'i', 'a'), 0, "mdhd hdlr minf elng"},
    {FOURCC('m', 'i', 'n', 'f'), 0, "vmhd smhd hmhd sthd nmhd gmhd hdlr dinf stbl"},
    {FOURCC('s', 't', 'b', 'l'), 0,
     "stsd stts ctts cslg stsc stsz stz2 stco co64 stss stsh stps padb stdp sdtp sbgp sgpd subs saiz saio senc"},
    {FOURCC('g', 'm', 'h', 'd'), 0, "gmin text tmcd"},
    {FOURCC('d', 'i', 'n', 'f'), 0, "dref"},
    {FOURCC('e', 'd', 't', 's'), 0, "elst"},
    {FOURCC('t', 'a', 'p', 't'), 0, "clef prof enof"},
    {FOURCC('m', 'v', 'e', 'x'), 0, "mehd trex leva trep"},
    {FOURCC('m', 'o', 'o', 'f'), 0, "mfhd traf pssh"},
    {FOURCC('t', 'r', 'a', 'f'), 0, "tfhd tfdt trun sbgp sgpd subs saiz saio senc sdtp"},
    {FOURCC('m', 'f', 'r', 'a'), 0, "tfra mfro"},
};
static const struct parent a_film = {0, 0, "ftyp styp pdin moov moof mdat imda mfra sidx ssix"};
static const struct parent a_still = {0, 0, "ftyp styp pdin meta moov moof mdat imda mfra sidx ssix"};

static bool is_needed(const struct parent *parent, uint32_t type)
{
    for (const char *word = parent->needed;; word += 5) {
        if (FOURCC(word[0], word[1], word[2], word[3]) == type) return true;
        if (word[4] == '\0') return false;
    }
}

static const struct parent *parent_of(uint32_t type)
{
    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++)
        if (parents[i].type == type) return &parents[i];
    return NULL;
}

static void tell(str part, str data, notes_found *found, void *to)
{
    uint32_t type = be32(part, 4);
    bool space = type == FOURCC('f', 'r', 'e', 'e') || type == FOURCC('w', 'i', 'd', 'e') || type == FOURCC('s', 'k', 'i', 'p');
    if (!(space && notes_blank(data)) && !notes_blank(part)) found(to, part);
}

/* Properties count by their place and are needed in kinds nobody has thought of yet; those that name and date the
 * picture are known. */
static void walk_properties(str properties, notes_found *found, void *to)
{
    struct isobox box;
    for (ptrdiff_t at = 0; isobox_next(properties, &at, &box);)
        if (box.type == FOURCC('u', 'u', 'i', 'd') || box.type == FOURCC('u', 'd', 'e', 's') ||
            box.type == FOURCC('a', 'l', 't', 't') || box.type == FOURCC('c', 'r', 't', 't') ||
            box.type == FOURCC('m', 'd', 'f', 't') || box.type == FOURCC('f', 'r', 'e', 'e'))
            tell(box.all, box.data, found, to);
}

static void walk(const struct parent *parent, str boxes, notes_found *found, void *to)
{
    struct isobox box;
    ptrdiff_t at = 0;
    bool has_meta = false;
    while (isobox_next(boxes, &at, &box)) {
        bool again = box.type == FOURCC('m', 'e', 't', 'a') && has_meta; /* only the first one is read */
        const struct parent *inner = parent_of(box.type);
        if (!is_needed(parent, box.type) || again)
            tell(box.all, box.data, found, to);
        else if (box.type == FOURCC('i', 'p', 'c', 'o'))
            walk_properties(box.data, found, to);
        else if (inner)
            walk(inner, str_from(box.data, inner->head), found, to);
        has_meta |= box.type == FOURCC('m', 'e', 't', 'a');
    }
    if (at < boxes.len) tell(str_from(boxes, at), str_from(boxes, at), found, to); /* no box can stand there */
}

void isobox_each_private(str file, bool film, notes_found *found, void *to)
{
    walk(film ? &a_film : &a_still, file, found, to);
}

void isobox_blank(void *copy, str part)
{
    char *to = notes_copy_at(copy, part);
    uint64_t wide = (uint64_t)be32(part, 8) << 32 | be32(part, 12);
    ptrdiff_t head = be32(part, 0) == 1 && wide >= 16 && part.len >= 16 ? 16 : 8;
    memset(to + (part.len < head ? 0 : head), 0, (size_t)(part.len < head ? part.len : part.len - head));
    if (part.len < head) return;
    uint32_t size = part.len > UINT32_MAX ? 0 : (uint32_t)part.len; /* 0: to the end */
    if (head == 8)
        for (int i = 0; i < 4; i++) to[i] = (char)(size >> (24 - 8 * i) & 0xff);
    memcpy(to + 4, "free", 4);
}
