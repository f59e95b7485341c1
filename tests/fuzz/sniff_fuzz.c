/* sniff_fuzz.c - a file of any bytes: what it is, what it tells, and it without that.
 *
 * Headers are read and segments moved; what stands on its side and cannot be turned without loss is decoded, and the
 * codecs have fuzzers of their own.  A clean file tells nothing.
 * fuzz-seeds: images fuzz/images
 */
#include <stdlib.h>

#include "image/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct image_limits limits = {.pixels = 1 << 20, .bytes = 1 << 20, .max_side = 4096};
    struct arena arena = {0};
    struct image_info before, after;
    str file = str_of((const char *)bytes, (ptrdiff_t)size), clean = {0}, error = {0};
    bool known = image_probe(file, &limits, &arena, &before, &error);
    if (known == (error.len > 0)) abort();
    if (known && before.kind != IMAGE_SVG && image_clean(file, &limits, &arena, &clean, &error)) {
        if (!image_probe(clean, &limits, &arena, &after, &error)) abort();
        if (after.traces || after.has_time || after.kind != before.kind) abort();
        if (after.width != before.width || after.height != before.height) abort();
    }
    arena_free(&arena);
    return 0;
}
