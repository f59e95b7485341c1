/* matroska.c - WebM and Matroska without tags and attachments.
 *
 * A file is a list of elements - number, length, data -, found by offsets: those that are not needed to play become
 * a "Void" of the same size. */
#include "image_bytes.h"
#include "image_format.h"
#include "notes.h"

enum {
    EBML = 0x1a45dfa3,
    SEGMENT = 0x18538067,
    SEEK_HEAD = 0x114d9b74,
    INFO = 0x1549a966,
    TRACKS = 0x1654ae6b,
    CLUSTER = 0x1f43b675,
    CUES = 0x1c53bb6b,
    CHAPTERS = 0x1043a770,
    VOID = 0xec,
    TRACK_ENTRY = 0xae,
    TRACK_TYPE = 0x83,
    CODEC = 0x86,
};

struct element {
    uint32_t id;
    str all, data;
    bool endless; /* no length is said: a recording of a browser */
};

/* A number whose first set bit tells how many bytes it has, at most 8; 0: none can stand there. */
static int number_size(uint32_t first)
{
    int size = 1;
    for (uint32_t bit = 0x80; bit && !(first & bit); bit >>= 1) size++;
    return size > 8 ? 0 : size;
}

static bool next(str bytes, ptrdiff_t *at, struct element *out)
{
    int id_size = number_size(byte_at(bytes, *at)), length_size = number_size(byte_at(bytes, *at + id_size));
    if (*at >= bytes.len || id_size == 0 || id_size > 4 || length_size == 0 || *at + id_size + length_size > bytes.len)
        return false;
    uint32_t id = 0;
    uint64_t length = byte_at(bytes, *at + id_size) & (0xffu >> length_size), most = 0xffu >> length_size;
    for (int i = 0; i < id_size; i++) id = id << 8 | byte_at(bytes, *at + i);
    for (int i = 1; i < length_size; i++) {
        length = length << 8 | byte_at(bytes, *at + id_size + i);
        most = most << 8 | 0xff;
    }
    ptrdiff_t start = *at + id_size + length_size;
    bool endless = length == most;
    if (endless || length > (uint64_t)(bytes.len - start)) length = (uint64_t)(bytes.len - start);
    *out = (struct element){id, str_slice(bytes, *at, start + (ptrdiff_t)length),
                            str_slice(bytes, start, start + (ptrdiff_t)length), endless};
    *at = start + (ptrdiff_t)length;
    return true;
}

/* A checksum (0xbf) does not stay where something else goes. */
static bool is_needed_in_info(uint32_t id)
{
    switch (id) {
    case 0x2ad7b1: /* the unit of time */
    case 0x4489: /* duration */
    case 0x4d80: /* the programs that wrote it: have to be there */
    case 0x5741:
    case 0x73a4: /* this file's number, and those of its neighbours */
    case 0x3cb923:
    case 0x3eb923: return true;
    default: return false;
    }
}

static bool is_needed(uint32_t id, bool in_cluster)
{
    switch (id) {
    case EBML:
    case SEEK_HEAD:
    case TRACKS:
    case CUES:
    case CHAPTERS: return true;
    case 0xa3: /* blocks, one by one, in groups and ciphered */
    case 0xa0:
    case 0xaf:
    case 0xe7: /* the time of a cluster, its place, and the length of the one before */
    case 0xa7:
    case 0xab: return in_cluster;
    default: return false;
    }
}

static void tell(const struct element *element, notes_found *found, void *to)
{
    if (element->id != VOID || !notes_blank(element->data)) found(to, element->all);
}

static void walk_info(str info, notes_found *found, void *to)
{
    struct element element;
    for (ptrdiff_t at = 0; next(info, &at, &element);)
        if (!is_needed_in_info(element.id)) tell(&element, found, to);
}

/* Pictures, sound and subtitles are shown; anything else is of notes. */
static bool tracks_are_shown(str tracks)
{
    struct element entry, element;
    for (ptrdiff_t at = 0; next(tracks, &at, &entry);)
        for (ptrdiff_t in = 0; entry.id == TRACK_ENTRY && next(entry.data, &in, &element);) {
            uint32_t type = byte_at(element.data, element.data.len - 1);
            if (element.id == TRACK_TYPE && type != 1 && type != 2 && type != 3 && type != 0x11) return false;
            if (element.id == CODEC && str_contains(element.data, S("METADATA"))) return false;
        }
    return true;
}

/* False: it has notes that cannot be overwritten. */
static bool walk(str file, notes_found *found, void *to)
{
    struct element element;
    ptrdiff_t at = 0;
    bool plays = true, in_cluster = false;
    while (next(file, &at, &element)) {
        if (element.id > 0xffffff) in_cluster = element.id == CLUSTER; /* of the segment's own level */
        /* What is inside follows: recordings of a browser say no length. */
        if (element.id == SEGMENT || element.id == CLUSTER)
            at -= element.data.len;
        else if (element.endless)
            return false;
        else if (element.id == INFO)
            walk_info(element.data, found, to);
        else if (!is_needed(element.id, in_cluster))
            tell(&element, found, to);
        if (element.id == TRACKS) plays &= tracks_are_shown(element.data);
    }
    return plays && notes_blank(str_from(file, at));
}

bool matroska_probe(struct image_source *source)
{
    struct image_info *info = &source->info;
    info->frames = 2; /* more than one */
    if (walk(source->bytes, notes_read, info)) return true;
    info->cleans = false;
    image_add_trace(info, TRACE_UNREAD);
    return true;
}

static void blank(void *copy, str part)
{
    char *to = notes_copy_at(copy, part);
    uint64_t rest = (uint64_t)part.len - 9;
    memset(to, 0, (size_t)part.len);
    to[0] = (char)VOID;
    if (part.len < 9) {
        to[1] = (char)(0x80 | (part.len - 2));
        return;
    }
    to[1] = 1; /* seven bytes of length follow */
    for (int i = 0; i < 7; i++) to[2 + i] = (char)(rest >> (48 - 8 * i) & 0xff);
}

bool matroska_clean(struct image_source *source, str *out)
{
    str file = source->bytes;
    if (!source->info.cleans) return image_fail(source, "a film with a track of notes, which cannot be taken out");
    struct notes_copy copy = {file, arena_copy(source->arena, file.p, (size_t)file.len)};
    walk(file, blank, &copy);
    *out = str_of(copy.clean, file.len);
    if (str_equal(*out, file)) *out = file;
    return true;
}
