/* stb_read.c - decoding GIF (its first frame) and BMP by stb_image. */
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_GIF
#define STBI_ONLY_BMP
#define STBI_NO_STDIO
#define STBI_NO_HDR
#define STBI_NO_LINEAR
#define STBI_NO_FAILURE_STRINGS
#define STBI_MAX_DIMENSIONS (1 << 16)
/* Of stb's many static functions few are used; GCC says so at the end of the file. */
#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb/stb_image.h>

#include <limits.h>

#include "image_format.h"

/* stb keeps a canvas, a background, a history and the result of a GIF. */
enum { BYTES_A_PIXEL = 13 };

bool stb_read(struct image_source *source, const struct pixels_want *want, struct pixels *out)
{
    (void)want;
    const struct image_info *info = &source->info;
    if ((int64_t)info->width * info->height > PIXELS_MEMORY_MAX / BYTES_A_PIXEL)
        return image_fail(source, "%d x %d pixels do not fit into memory", info->width, info->height);
    if (source->bytes.len > INT_MAX) return image_fail(source, "too many bytes");
    out->data = stbi_load_from_memory((const unsigned char *)source->bytes.p, (int)source->bytes.len, &out->width, &out->height,
                                      &out->channels, 0);
    if (!out->data) return image_fail(source, "a %s whose data is damaged or cut off", image_kind_info(info->kind)->name);
    return true;
}
