/* avi.c - AVI without notes.
 *
 * A tree of chunks, found by offsets from an index: those that are not needed to play become "JUNK" of the same size.
 * Cameras write EXIF into "strd" and INFO lists, drive recorders places between the samples. */
#include "image_format.h"
#include "notes.h"
#include "riff.h"

static bool is_list(uint32_t type) { return type == FOURCC('L', 'I', 'S', 'T') || type == FOURCC('R', 'I', 'F', 'F'); }

/* "01wb", "00dc": the number of the stream, and what of it. */
static bool is_sample(uint32_t type)
{
    uint32_t tens = type >> 24, ones = type >> 16 & 0xff;
    return tens >= '0' && tens <= '9' && ones >= '0' && ones <= '9';
}

static bool is_needed_list(uint32_t type)
{
    switch (type) {
    case FOURCC('A', 'V', 'I', ' '):
    case FOURCC('A', 'V', 'I', 'X'):
    case FOURCC('h', 'd', 'r', 'l'):
    case FOURCC('s', 't', 'r', 'l'):
    case FOURCC('o', 'd', 'm', 'l'):
    case FOURCC('m', 'o', 'v', 'i'):
    case FOURCC('r', 'e', 'c', ' '): return true;
    default: return false;
    }
}

static bool is_needed_chunk(uint32_t type)
{
    switch (type) {
    case FOURCC('a', 'v', 'i', 'h'):
    case FOURCC('s', 't', 'r', 'h'):
    case FOURCC('s', 't', 'r', 'f'):
    case FOURCC('i', 'n', 'd', 'x'):
    case FOURCC('v', 'p', 'r', 'p'):
    case FOURCC('d', 'm', 'l', 'h'):
    case FOURCC('i', 'd', 'x', '1'): return true;
    default: return type >> 16 == ('i' << 8 | 'x') || is_sample(type);
    }
}

/* Subtitles of drive recorders are places, second by second. */
static bool is_stream_of_notes(const struct riff_chunk *chunk)
{
    uint32_t kind = be32(chunk->data, 0);
    return chunk->type == FOURCC('s', 't', 'r', 'h') && kind != FOURCC('v', 'i', 'd', 's') &&
           kind != FOURCC('a', 'u', 'd', 's') && kind != FOURCC('i', 'a', 'v', 's');
}

/* AVI, hdrl, strl; AVI, movi, rec: real files are not deeper. */
enum { DEPTH_MAX = 4 };

/* False: there is a stream of notes. */
static bool walk(str chunks, int depth, notes_found *found, void *to)
{
    struct riff_chunk chunk;
    bool plays = true;
    ptrdiff_t at = 0;
    while (at < chunks.len && riff_chunk_next(chunks, &at, &chunk)) {
        bool list = is_list(chunk.type) && depth < DEPTH_MAX && is_needed_list(be32(chunk.data, 0));
        bool blank = chunk.type == FOURCC('J', 'U', 'N', 'K') && notes_blank(chunk.data);
        if (is_stream_of_notes(&chunk)) plays = false;
        if (list)
            plays &= walk(str_from(chunk.data, 4), depth + 1, found, to);
        else if (!is_needed_chunk(chunk.type) && !blank)
            found(to, chunk.all);
    }
    if (at < chunks.len && !notes_blank(str_from(chunks, at))) found(to, str_from(chunks, at));
    return plays;
}

/* A recorder that was switched off has left the whole without a length. */
static bool has_length(str file) { return le32(file, 4) >= 12; }

bool avi_probe(struct image_source *source)
{
    struct image_info *info = &source->info;
    info->frames = 2; /* more than one */
    if (has_length(source->bytes) && walk(source->bytes, 0, notes_read, info)) return true;
    info->cleans = false;
    image_add_trace(info, TRACE_UNREAD);
    return true;
}

static void blank(void *copy, str part)
{
    char *to = notes_copy_at(copy, part);
    ptrdiff_t head = part.len < 8 ? 0 : 8;
    memset(to + head, 0, (size_t)(part.len - head));
    if (head) memcpy(to, "JUNK", 4);
}

bool avi_clean(struct image_source *source, str *out)
{
    str file = source->bytes;
    if (!source->info.cleans) return image_fail(source, "a film with a stream of notes, which cannot be taken out");
    struct notes_copy copy = {file, arena_copy(source->arena, file.p, (size_t)file.len)};
    walk(file, 0, blank, &copy);
    *out = str_of(copy.clean, file.len);
    if (str_equal(*out, file)) *out = file;
    return true;
}
