/* movie_probe.c - MP4 and QuickTime: does the film say where it was taken?
 *
 * Phones write the place into boxes of the film or of a track, which isobox_clean.c blanks.  Action cameras and some
 * phones keep a track of notes (places, second by second) among the samples, flying ones write them as subtitles: that
 * cannot be taken out without writing the film anew. */
#include "image_format.h"
#include "isobox.h"

enum { CHUNKS_LOOKED_AT = 1024, CHUNK_BYTES = 512, TRACKS_LOOKED_AT = 256 };

static bool names_a_place(str subtitle)
{
    static const str words[] = {STR_INIT("GPS"), STR_INIT("latitude"), STR_INIT("longitude"), STR_INIT("HOME(")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_contains(subtitle, words[i])) return true;
    return false;
}

/* The first bytes of a track's chunks, which begin with a sample. */
static bool subtitles_name_a_place(str file, str media)
{
    str table = isobox_find(isobox_find(media, FOURCC('m', 'i', 'n', 'f')), FOURCC('s', 't', 'b', 'l'));
    str near = isobox_find(table, FOURCC('s', 't', 'c', 'o')), far = isobox_find(table, FOURCC('c', 'o', '6', '4'));
    str offsets = near.len ? near : far;
    ptrdiff_t size = near.len ? 4 : 8;
    for (ptrdiff_t i = 0; i < CHUNKS_LOOKED_AT && 8 + i * size < offsets.len; i++) {
        uint64_t at = be32(offsets, 8 + i * size);
        if (size == 8) at = at << 32 | be32(offsets, 12 + i * size);
        if (at < (uint64_t)file.len && names_a_place(str_slice(file, (ptrdiff_t)at, (ptrdiff_t)at + CHUNK_BYTES))) return true;
    }
    return false;
}

/* Kinds of tracks that are shown, heard or count the time; any other is of notes. */
static bool is_shown(str file, str media)
{
    switch (be32(isobox_find(media, FOURCC('h', 'd', 'l', 'r')), 8)) {
    case FOURCC('v', 'i', 'd', 'e'):
    case FOURCC('s', 'o', 'u', 'n'):
    case FOURCC('a', 'u', 'x', 'v'):
    case FOURCC('p', 'i', 'c', 't'):
    case FOURCC('t', 'm', 'c', 'd'):
    case FOURCC('h', 'i', 'n', 't'):
    case FOURCC('o', 'd', 's', 'm'):
    case FOURCC('s', 'd', 's', 'm'): return true;
    case FOURCC('t', 'e', 'x', 't'):
    case FOURCC('s', 'b', 't', 'l'):
    case FOURCC('s', 'u', 'b', 't'):
    case FOURCC('s', 'u', 'b', 'p'):
    case FOURCC('c', 'l', 'c', 'p'): return !subtitles_name_a_place(file, media);
    default: return false;
    }
}

static void cannot_be_cleaned(struct image_info *info)
{
    info->cleans = false;
    image_add_trace(info, TRACE_UNREAD);
}

static void read_track(str file, str track, int *looked_at, struct image_info *info)
{
    struct isobox box;
    for (ptrdiff_t at = 0; isobox_next(track, &at, &box);) {
        if (box.type != FOURCC('m', 'd', 'i', 'a')) continue;
        if (++*looked_at > TRACKS_LOOKED_AT || !is_shown(file, box.data)) cannot_be_cleaned(info);
    }
}

bool movie_probe(struct image_source *source)
{
    struct image_info *info = &source->info;
    struct isobox top, box;
    int tracks = 0;
    info->frames = 2; /* more than one */
    isobox_each_private(source->bytes, true, notes_read, info);
    for (ptrdiff_t at = 0; isobox_next(source->bytes, &at, &top);) {
        if (top.type != FOURCC('m', 'o', 'o', 'v')) continue;
        for (ptrdiff_t inner = 0; isobox_next(top.data, &inner, &box);) {
            if (box.type == FOURCC('t', 'r', 'a', 'k')) read_track(source->bytes, box.data, &tracks, info);
            if (box.type == FOURCC('c', 'm', 'o', 'v')) cannot_be_cleaned(info); /* its notes are packed */
        }
    }
    return true;
}
