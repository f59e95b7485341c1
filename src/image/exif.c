/* exif.c - orientation, time and "is there a location" out of EXIF.
 *
 * EXIF is TIFF: a header, then directories (IFD) of 12-byte entries; entries of
 * the first one point to the Exif and GPS directories.  Only those three are
 * looked at, each once, so that no loop in a hostile file can matter. */
#include "exif.h"

#include "base/date.h"
#include "image_bytes.h"

struct tiff {
    str bytes;
    bool big; /* "MM": big-endian */
};

enum tiff_tag {
    TAG_WIDTH = 0x100,
    TAG_HEIGHT = 0x101,
    TAG_ORIENTATION = 0x112,
    TAG_EXIF = 0x8769,
    TAG_GPS = 0x8825,
    TAG_TIME_ORIGINAL = 0x9003,
    TAG_TIME_DIGITIZED = 0x9004,
    TAG_OFFSET = 0x9010,
    TAG_OFFSET_ORIGINAL = 0x9011,
    TAG_OFFSET_DIGITIZED = 0x9012,
    TAG_GPS_LATITUDE = 2,
    TAG_GPS_LONGITUDE = 4,
    TAG_GPS_DESTINATION_LATITUDE = 0x14,
    TAG_GPS_AREA = 0x1c,
};

struct tiff_entry {
    uint32_t tag, type, count;
    ptrdiff_t value; /* where the entry's four bytes of value or offset lie */
};

static uint32_t tiff16(const struct tiff *tiff, ptrdiff_t at)
{
    return tiff->big ? be16(tiff->bytes, at) : le16(tiff->bytes, at);
}
static uint32_t tiff32(const struct tiff *tiff, ptrdiff_t at)
{
    return tiff->big ? be32(tiff->bytes, at) : le32(tiff->bytes, at);
}

/* SHORT (3) or LONG (4); 0 for other types. */
static uint32_t entry_number(const struct tiff *tiff, const struct tiff_entry *entry)
{
    if (entry->type == 3) return tiff16(tiff, entry->value);
    return entry->type == 4 ? tiff32(tiff, entry->value) : 0;
}

/* Entry i of the directory at `start`; false behind the last. */
static bool tiff_entry(const struct tiff *tiff, uint32_t start, uint32_t i, struct tiff_entry *entry)
{
    if (start == 0 || i >= tiff16(tiff, start)) return false;
    ptrdiff_t at = (ptrdiff_t)start + 2 + (ptrdiff_t)i * 12;
    if (at + 12 > tiff->bytes.len) return false;
    *entry = (struct tiff_entry){tiff16(tiff, at), tiff16(tiff, at + 2), tiff32(tiff, at + 4), at + 8};
    return true;
}

/* `count` digits, or -1. */
static int digits(str s, ptrdiff_t at, int count)
{
    int n = 0;
    for (int i = 0; i < count; i++) {
        int digit = (int)byte_at(s, at + i) - '0';
        if (digit < 0 || digit > 9) return -1;
        n = n * 10 + digit;
    }
    return n;
}

/* "2023:11:29 18:04:05" */
static bool read_time(str text, int64_t *out)
{
    int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (year < 1800 || !date_is_valid(year, month, day)) return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
    *out = date_days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    return true;
}

/* "+09:00"; a camera that does not know leaves blanks. */
static bool read_offset(str text, int *minutes)
{
    int hour = digits(text, 1, 2), minute = digits(text, 4, 2);
    uint32_t sign = byte_at(text, 0);
    if ((sign != '+' && sign != '-') || byte_at(text, 3) != ':' || hour < 0 || hour > 14 || minute < 0 || minute > 59) return false;
    *minutes = (hour * 60 + minute) * (sign == '-' ? -1 : 1);
    return true;
}

/* A text of at least `size` bytes, which is more than an entry holds itself. */
static str entry_text(const struct tiff *tiff, const struct tiff_entry *entry, uint32_t size)
{
    if (entry->type != 2 || entry->count < size) return (str){0};
    ptrdiff_t at = (ptrdiff_t)tiff32(tiff, entry->value);
    return str_slice(tiff->bytes, at, at + (ptrdiff_t)size);
}

static void add_traces(const struct tiff_entry *entry, struct image_info *info)
{
    static const struct { uint32_t tag; enum image_trace trace; } told[] = {
        {0x010f, TRACE_CAMERA}, {0x0110, TRACE_CAMERA}, {0x013b, TRACE_OWNER}, {0x8298, TRACE_OWNER},
        {0x9c9d, TRACE_OWNER}, {0x927c, TRACE_MAKER_NOTE}, {0xa430, TRACE_OWNER}, {0xa431, TRACE_SERIAL},
        {0xa435, TRACE_SERIAL}, {0xc62f, TRACE_SERIAL}, {0x0201, TRACE_THUMBNAIL},
    };
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (told[i].tag == entry->tag) image_add_trace(info, told[i].trace);
}

/* When it was taken; else when it was digitised.  The offset is that time's own, else the one a camera has for all. */
static void read_exif_directory(const struct tiff *tiff, uint32_t start, struct image_info *info)
{
    struct tiff_entry entry;
    str original = {0}, digitized = {0}, offset = {0}, offset_original = {0}, offset_digitized = {0};
    for (uint32_t i = 0; tiff_entry(tiff, start, i, &entry); i++) {
        switch (entry.tag) {
        case TAG_TIME_ORIGINAL: original = entry_text(tiff, &entry, 19); break;
        case TAG_TIME_DIGITIZED: digitized = entry_text(tiff, &entry, 19); break;
        case TAG_OFFSET: offset = entry_text(tiff, &entry, 6); break;
        case TAG_OFFSET_ORIGINAL: offset_original = entry_text(tiff, &entry, 6); break;
        case TAG_OFFSET_DIGITIZED: offset_digitized = entry_text(tiff, &entry, 6); break;
        default: add_traces(&entry, info); break;
        }
    }
    bool taken = read_time(original, &info->taken);
    if (!taken && !read_time(digitized, &info->taken)) return;
    info->has_time = true;
    info->has_offset = read_offset(taken ? offset_original : offset_digitized, &info->offset) || read_offset(offset, &info->offset);
}

static void read_gps_directory(const struct tiff *tiff, uint32_t start, struct image_info *info)
{
    struct tiff_entry entry;
    for (uint32_t i = 0; tiff_entry(tiff, start, i, &entry); i++)
        if (entry.tag == TAG_GPS_LATITUDE || entry.tag == TAG_GPS_LONGITUDE || entry.tag == TAG_GPS_DESTINATION_LATITUDE ||
            entry.tag == TAG_GPS_AREA)
            image_add_trace(info, TRACE_LOCATION);
}

/* The directory behind the first one's entries is that of the thumbnail. */
static void read_thumbnail_directory(const struct tiff *tiff, struct image_info *info)
{
    struct tiff_entry entry;
    uint32_t first = tiff32(tiff, 4);
    uint32_t next = tiff32(tiff, (ptrdiff_t)first + 2 + (ptrdiff_t)tiff16(tiff, first) * 12);
    if (next == first) return;
    for (uint32_t i = 0; tiff_entry(tiff, next, i, &entry); i++) add_traces(&entry, info);
}

void exif_read(str tiff_bytes, struct image_info *info, bool size_too)
{
    if (str_starts(tiff_bytes, S("Exif\0\0"))) tiff_bytes = str_from(tiff_bytes, 6);
    struct tiff tiff = {tiff_bytes, str_starts(tiff_bytes, S("MM"))};
    if (!tiff.big && !str_starts(tiff_bytes, S("II"))) return;
    struct tiff_entry entry;
    bool exif_seen = false, gps_seen = false;
    for (uint32_t i = 0; tiff_entry(&tiff, tiff32(&tiff, 4), i, &entry); i++) {
        uint32_t number = entry_number(&tiff, &entry);
        add_traces(&entry, info);
        switch (entry.tag) {
        case TAG_ORIENTATION: info->orientation = number <= 8 ? (int)number : 1; break;
        case TAG_EXIF:
            if (!exif_seen) read_exif_directory(&tiff, number, info);
            exif_seen = true;
            break;
        case TAG_GPS:
            if (!gps_seen) read_gps_directory(&tiff, number, info);
            gps_seen = true;
            break;
        case TAG_WIDTH:
            if (size_too) info->width = (int)(number & 0x7fffffff);
            break;
        case TAG_HEIGHT:
            if (size_too) info->height = (int)(number & 0x7fffffff);
            break;
        default: break;
        }
    }
    read_thumbnail_directory(&tiff, info);
}

void xmp_read(str packet, struct image_info *info)
{
    static const str places[] = {STR_INIT("GPSLatitude"), STR_INIT("GPSLongitude"), STR_INIT("GPSPosition"),
                                 STR_INIT("LocationShown"), STR_INIT("LocationCreated"), STR_INIT("photoshop:City"),
                                 STR_INIT("photoshop:State"), STR_INIT("photoshop:Country"), STR_INIT("Iptc4xmpCore:Location")};
    info->has_metadata = true;
    image_add_trace(info, TRACE_XMP);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (str_contains(packet, places[i])) image_add_trace(info, TRACE_LOCATION);
    if (str_contains(packet, S("SerialNumber"))) image_add_trace(info, TRACE_SERIAL);
    if (str_contains(packet, S("OwnerName")) || str_contains(packet, S("dc:creator"))) image_add_trace(info, TRACE_OWNER);
}

void buf_exif_orientation(struct buf *out, int orientation)
{
    buf_add(out, S("MM\0*\0\0\0\x08"));
    buf_be16(out, 1); /* one entry: */
    buf_be16(out, TAG_ORIENTATION);
    buf_be16(out, 3); /* of one SHORT */
    buf_be32(out, 1);
    buf_be16(out, (uint32_t)orientation); /* in the upper half of its four bytes */
    buf_be16(out, 0);
    buf_be32(out, 0); /* no further directory */
}
