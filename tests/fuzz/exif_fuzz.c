/* exif_fuzz.c - a TIFF structure of any bytes, as cameras put it into every kind of picture; XMP; and IPTC.
 *
 * fuzz-seeds: images/exif-samples images/metadata
 */
#include <stdlib.h>

#include "../../src/image/exif.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct image_info info = {.orientation = 1};
    str text = str_of((const char *)bytes, (ptrdiff_t)size);
    ptrdiff_t exif = str_find(text, S("Exif\0\0"));     /* of a whole photo its EXIF */
    exif_read(exif < 0 ? text : str_from(text, exif), &info, true);
    if (info.orientation < 0 || info.orientation > 8) abort();
    xmp_read(text, &info);
    ptrdiff_t iptc = str_find(text, S("8BIM"));
    iptc_read(iptc < 0 ? text : str_from(text, iptc), &info);
    return 0;
}
