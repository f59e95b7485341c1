/* iptc.c - what agencies and photo managers write beside EXIF: by-line and place (IPTC IIM 4.2, record 2).
 *
 * It lies among Photoshop's image resources: "8BIM", number, name padded to an even length, size, data padded
 * likewise.  The data sets in it: 0x1c, record, number, size. */
#include "exif.h"
#include "image_bytes.h"

enum { RESOURCE_IPTC = 0x0404, RECORD_APPLICATION = 2, DATASET_HEADER = 5 };

static const struct { unsigned char number; enum image_trace trace; } datasets[] = {
    {26, TRACE_LOCATION}, /* content location code, */
    {27, TRACE_LOCATION}, /* its name */
    {80, TRACE_OWNER}, /* by-line, */
    {85, TRACE_OWNER}, /* its title */
    {90, TRACE_LOCATION}, /* city */
    {92, TRACE_LOCATION}, /* part of it */
    {95, TRACE_LOCATION}, /* province */
    {100, TRACE_LOCATION}, /* country code, */
    {101, TRACE_LOCATION}, /* its name */
    {110, TRACE_OWNER}, /* credit */
    {116, TRACE_OWNER}, /* copyright */
    {118, TRACE_OWNER}, /* contact */
    {122, TRACE_OWNER}, /* writer */
};

static void read_dataset(uint32_t number, struct image_info *info)
{
    for (size_t i = 0; i < sizeof datasets / sizeof *datasets; i++)
        if (datasets[i].number == number) image_add_trace(info, datasets[i].trace);
}

static void read_datasets(str data, struct image_info *info)
{
    for (ptrdiff_t at = 0; at + DATASET_HEADER <= data.len && byte_at(data, at) == 0x1c;) {
        uint32_t size = be16(data, at + 3);
        if (size & 0x8000) return; /* a size of its own length: a preview, say */
        if (byte_at(data, at + 1) == RECORD_APPLICATION && size > 0) read_dataset(byte_at(data, at + 2), info);
        at += DATASET_HEADER + (ptrdiff_t)size;
    }
}

void iptc_read(str resources, struct image_info *info)
{
    for (ptrdiff_t at = 0; be32(resources, at) == FOURCC('8', 'B', 'I', 'M');) {
        ptrdiff_t name = byte_at(resources, at + 6) + 1, data = at + 6 + name + name % 2 + 4;
        ptrdiff_t size = (ptrdiff_t)be32(resources, data - 4);
        if (be16(resources, at + 4) == RESOURCE_IPTC) read_datasets(str_slice(resources, data, data + size), info);
        at = data + size + size % 2;
    }
}
