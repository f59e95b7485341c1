/* jpeg_clean.c - a JPEG without metadata, pixels untouched.
 *
 * First every segment that is not needed to show the picture is dropped; what follows
 * the end (a second picture, a motion photo's film) too.  Then, where EXIF said
 * "turned", libjpeg-turbo moves the DCT blocks: lossless, and possible where the sides
 * are whole blocks and all blocks fit into memory.  Elsewhere the orientation stays as an EXIF of one entry. */
#include <turbojpeg.h>

#include "exif.h"
#include "image_format.h"
#include "jpeg_segments.h"

/* JFIF says the density; its thumbnail, if any, does not stay. */
static bool is_plain_jfif(const struct jpeg_segment *segment)
{
    return segment->marker == JPEG_APP0 && str_starts(segment->data, S("JFIF\0")) && segment->data.len >= 14;
}

static bool is_adobe(const struct jpeg_segment *segment)
{
    return segment->marker == JPEG_APP14 && str_starts(segment->data, S("Adobe"));
}

static bool is_metadata(const struct jpeg_segment *segment)
{
    if (segment->marker == JPEG_COM) return true;
    if (segment->marker < JPEG_APP0 || segment->marker > JPEG_APP15) return segment->cut_off;
    return !is_plain_jfif(segment) && !is_adobe(segment) && !jpeg_segment_is_profile(segment);
}

static void add_segment(struct buf *out, int marker, str data)
{
    buf_char(out, (char)0xff);
    buf_char(out, (char)marker);
    buf_be16(out, (uint32_t)data.len + 2);
    buf_add(out, data);
}

static void add_orientation(struct buf *out, int orientation, struct arena *arena)
{
    struct buf exif = buf_in(arena);
    buf_add(&exif, S("Exif\0\0"));
    buf_exif_orientation(&exif, orientation);
    add_segment(out, JPEG_APP1, buf_str(&exif));
}

/* The picture's own segments.  `orientation` above 1 is written behind JFIF. */
static str drop_segments(struct image_source *source, int orientation)
{
    struct buf out = buf_in(source->arena);
    buf_reserve(&out, source->bytes.len + 64);
    buf_add(&out, S("\xff\xd8"));
    struct jpeg_segment segment;
    bool pending = orientation > 1;
    for (ptrdiff_t at = 2; jpeg_segment_next(source->bytes, &at, &segment);) {
        if (pending && segment.marker != JPEG_APP0) {
            add_orientation(&out, orientation, source->arena);
            pending = false;
        }
        if (is_plain_jfif(&segment) && segment.data.len > 14) {
            add_segment(&out, JPEG_APP0, str_concat(source->arena, str_slice(segment.data, 0, 12), S("\0\0")));
        } else if (!is_metadata(&segment)) {
            buf_add(&out, segment.all);
        }
        if (segment.marker == JPEG_EOI) break;
    }
    return buf_str(&out);
}

/* Indexed by EXIF orientation. */
static const int transform_of[9] = {
    TJXOP_NONE,      TJXOP_NONE,  TJXOP_HFLIP,      TJXOP_ROT180, TJXOP_VFLIP,
    TJXOP_TRANSPOSE, TJXOP_ROT90, TJXOP_TRANSVERSE, TJXOP_ROT270,
};

/* Bytes that turning takes: two for each coefficient as it is and as it becomes (all components, whole
 * blocks of the largest one), and the file, which grows by doubling and is copied.  A frame header: precision,
 * height, width, components; of each a number, its sampling factors, its table. */
static int64_t turning_memory(str bytes)
{
    struct jpeg_segment frame = {0};
    for (ptrdiff_t at = 2; jpeg_segment_next(bytes, &at, &frame) && !jpeg_segment_is_frame(&frame);) continue;
    if (!jpeg_segment_is_frame(&frame)) return INT64_MAX;
    int64_t across = 1, down = 1, samples = 0;
    uint32_t components = byte_at(frame.data, 5);
    for (uint32_t i = 0; i < components; i++) {
        uint32_t factors = byte_at(frame.data, 7 + (ptrdiff_t)i * 3);
        if (factors >> 4 > across) across = factors >> 4;
        if ((factors & 15) > down) down = factors & 15;
        samples += (factors >> 4) * (factors & 15);
    }
    int64_t columns = (be16(frame.data, 3) + 8 * across - 1) / (8 * across), rows = (be16(frame.data, 1) + 8 * down - 1) / (8 * down);
    return columns * rows * samples * 64 * 2 * 2 + 4 * bytes.len;
}

static bool has_few_scans(const struct image_source *source, str bytes)
{
    struct jpeg_segment segment;
    int scans = 0;
    for (ptrdiff_t at = 2; jpeg_segment_next(bytes, &at, &segment);)
        if (segment.marker == JPEG_SOS) scans++;
    return scans <= jpeg_scans_max((int64_t)source->info.width * source->info.height);
}

/* False where it would lose an edge or take too much time or memory, or the file is damaged. */
static bool turn_lossless(struct image_source *source, str bytes, int orientation, str *out)
{
    if (turning_memory(bytes) > PIXELS_MEMORY_MAX || !has_few_scans(source, bytes)) return false;
    tjhandle handle = tjInitTransform();
    if (!handle) return false;
    tjtransform transform = {.op = transform_of[orientation], .options = TJXOPT_PERFECT};
    unsigned char *turned = NULL;
    unsigned long size = 0;
    bool ok = tjTransform(handle, (const unsigned char *)bytes.p, (unsigned long)bytes.len, 1, &turned, &size, &transform,
                          TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS) == 0;
    if (ok) *out = str_copy(source->arena, str_of((const char *)turned, (ptrdiff_t)size));
    tjFree(turned);
    tjDestroy(handle);
    return ok;
}

bool jpeg_clean(struct image_source *source, str *out)
{
    int orientation = source->info.orientation;
    str upright = drop_segments(source, 1);
    if (orientation == 1)
        *out = upright;
    else if (!turn_lossless(source, upright, orientation, out))
        *out = drop_segments(source, orientation);
    if (str_equal(*out, source->bytes)) *out = source->bytes;
    return true;
}
