/* jpeg_probe.c - a JPEG's headers: everything before its first scan. */
#include "exif.h"
#include "image_format.h"
#include "jpeg_segments.h"

static void read_frame(const struct jpeg_segment *segment, struct image_info *info)
{
    if (info->width > 0 || segment->cut_off) return; /* the first frame header counts */
    info->height = (int)be16(segment->data, 1);
    info->width = (int)be16(segment->data, 3);
    info->inks = byte_at(segment->data, 5) == 4;
}

static void read_segment(const struct jpeg_segment *segment, struct image_info *info, bool *exif_seen)
{
    if (jpeg_segment_is_frame(segment)) {
        read_frame(segment, info);
    } else if (jpeg_segment_is_exif(segment)) {
        info->has_metadata = true;
        if (!*exif_seen) exif_read(segment->data, info, false);
        *exif_seen = true;
    } else if (jpeg_segment_is_xmp(segment)) {
        xmp_read(segment->data, info);
    } else if (segment->marker == JPEG_APP13) {
        info->has_metadata = true;
        if (str_starts(segment->data, S("Photoshop 3.0\0"))) iptc_read(str_from(segment->data, 14), info);
    } else if (jpeg_segment_is_profile(segment)) {
        info->has_profile = true;
    } else if (segment->marker == JPEG_COM ||
               (segment->marker > JPEG_APP0 && segment->marker <= JPEG_APP15 && segment->marker != JPEG_APP14)) {
        info->has_metadata = true;
    }
}

bool jpeg_probe(struct image_source *source)
{
    struct jpeg_segment segment;
    bool exif_seen = false;
    ptrdiff_t at = 2;
    while (jpeg_segment_next(source->bytes, &at, &segment)) {
        if (segment.marker == JPEG_SOS || segment.marker == JPEG_EOI) break;
        read_segment(&segment, &source->info, &exif_seen);
    }
    if (source->info.width > 0 && source->info.height > 0) return true;
    return image_fail(source, "a JPEG without a size: %s", source->info.width > 0 ? "its height is 0" : "no frame header");
}
