/* movie_probe.c - MP4 and QuickTime: does the film say where it was taken?
 *
 * Phones write the place into "udta" or "meta" boxes of the film or of a track, which
 * isobox_clean.c blanks.  Action cameras and some phones keep a track of notes (places,
 * second by second) among the samples: that cannot be taken out without writing the film anew. */
#include "image_format.h"
#include "isobox.h"

/* Of a box as a whole: its kind may be the word looked for. */
static bool says_place(str notes)
{
    static const str words[] = {STR_INIT("\xa9xyz"), STR_INIT("loci"), STR_INIT("location.ISO6709"), STR_INIT("GPSLatitude")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_contains(notes, words[i])) return true;
    return false;
}

static void read_notes(const struct isobox *box, struct image_info *info)
{
    bool notes = box->type == FOURCC('u', 'd', 't', 'a') || box->type == FOURCC('m', 'e', 't', 'a') ||
                 box->type == FOURCC('u', 'u', 'i', 'd');
    if (!notes || box->data.len == 0) return;
    info->has_metadata = true;
    if (says_place(box->data)) image_add_trace(info, TRACE_LOCATION);
}

static void read_track(str track, struct image_info *info)
{
    struct isobox box;
    for (ptrdiff_t at = 0; isobox_next(track, &at, &box);) {
        read_notes(&box, info);
        if (box.type != FOURCC('m', 'd', 'i', 'a')) continue;
        str handler = isobox_find(box.data, FOURCC('h', 'd', 'l', 'r'));
        if (be32(handler, 8) == FOURCC('m', 'e', 't', 'a')) info->cleans = false;
    }
}

bool movie_probe(struct image_source *source)
{
    struct image_info *info = &source->info;
    struct isobox top, box;
    info->frames = 2; /* more than one */
    for (ptrdiff_t at = 0; isobox_next(source->bytes, &at, &top);) {
        read_notes(&top, info);
        if (top.type != FOURCC('m', 'o', 'o', 'v')) continue;
        for (ptrdiff_t inner = 0; isobox_next(top.data, &inner, &box);) {
            read_notes(&box, info);
            if (box.type == FOURCC('t', 'r', 'a', 'k')) read_track(box.data, info);
            if (box.type == FOURCC('c', 'm', 'o', 'v')) info->cleans = false; /* its notes are packed */
        }
    }
    return true;
}
