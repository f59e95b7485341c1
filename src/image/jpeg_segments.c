/* jpeg_segments.c - see the header.  Reads nothing beyond what a segment says. */
#include "jpeg_segments.h"

static bool has_no_length(int marker) { return marker == 0x01 || (marker >= JPEG_RST0 && marker <= JPEG_EOI); }

/* Where the next marker other than RSTn stands: the end of entropy-coded data. */
static ptrdiff_t scan_end(str bytes, ptrdiff_t from)
{
    ptrdiff_t at = from;
    while (at + 1 < bytes.len) {
        const char *found = memchr(bytes.p + at, 0xff, (size_t)(bytes.len - 1 - at));
        if (!found) break;
        at = found - bytes.p;
        int next = (int)byte_at(bytes, at + 1);
        if (next != 0 && next != 0xff && !(next >= JPEG_RST0 && next <= JPEG_RST7)) return at;
        at += next == 0xff ? 1 : 2;
    }
    return bytes.len;
}

bool jpeg_segment_next(str bytes, ptrdiff_t *at, struct jpeg_segment *out)
{
    ptrdiff_t start = *at;
    /* Decoders skip anything up to the next marker; fill bytes (0xFF) are common. */
    while (start < bytes.len && byte_at(bytes, start) != 0xff) start++;
    while (start + 1 < bytes.len && byte_at(bytes, start + 1) == 0xff) start++;
    if (start + 1 >= bytes.len) return false;
    *out = (struct jpeg_segment){.marker = (int)byte_at(bytes, start + 1)};
    ptrdiff_t end = start + 2;
    if (!has_no_length(out->marker)) {
        ptrdiff_t length = (ptrdiff_t)be16(bytes, start + 2);
        end = start + 2 + (length < 2 ? 2 : length);
        out->cut_off = end > bytes.len;
        out->data = str_slice(bytes, start + 4, end);
        if (out->marker == JPEG_SOS) end = scan_end(bytes, end);
    }
    out->all = str_slice(bytes, start, end);
    *at = end;
    return true;
}

bool jpeg_segment_is_frame(const struct jpeg_segment *segment)
{
    int m = segment->marker;
    return m >= JPEG_SOF0 && m <= JPEG_SOF15 && m != JPEG_DHT && m != JPEG_JPG && m != JPEG_DAC;
}

bool jpeg_segment_is_exif(const struct jpeg_segment *segment)
{
    return segment->marker == JPEG_APP1 && str_starts(segment->data, S("Exif\0"));
}

bool jpeg_segment_is_xmp(const struct jpeg_segment *segment)
{
    return segment->marker == JPEG_APP1 &&
           (str_starts(segment->data, S("http://ns.adobe.com/")) || str_starts(segment->data, S("XMP\0")));
}

bool jpeg_segment_is_profile(const struct jpeg_segment *segment)
{
    return segment->marker == JPEG_APP2 && str_starts(segment->data, S("ICC_PROFILE\0"));
}

int jpeg_scans_max(int64_t pixels)
{
    enum { SCANS_MIN = 16, SCANS_MAX = 100 };
    const int64_t work = (int64_t)1600 * 1000 * 1000;   /* pixels of all scans together: 2 s */
    int64_t scans = pixels > 0 ? work / pixels : SCANS_MAX;
    return scans > SCANS_MAX ? SCANS_MAX : scans < SCANS_MIN ? SCANS_MIN : (int)scans;
}
