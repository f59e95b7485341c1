/* webp_write.c - encoding WebP by libwebp: method 4; lossless for quality 100. */
#include <webp/encode.h>

#include "image_format.h"

static int add_bytes(const uint8_t *bytes, size_t size, const WebPPicture *picture)
{
    buf_add(picture->custom_ptr, str_of((const char *)bytes, (ptrdiff_t)size));
    return 1;
}

static void configure(WebPConfig *config, int quality)
{
    WebPConfigPreset(config, WEBP_PRESET_DEFAULT, (float)quality);
    config->method = 4;
    if (quality < 100) return;
    config->lossless = 1;
    config->quality = 75; /* of a lossless file this is the effort */
}

/* libwebp takes RGB and RGBA. */
static bool widen(const struct pixels *gray, struct pixels *rgb)
{
    if (!pixels_alloc(rgb, gray->width, gray->height, gray->channels + 2)) return false;
    size_t count = (size_t)gray->width * (size_t)gray->height;
    const unsigned char *in = gray->data;
    unsigned char *out = rgb->data;
    for (size_t i = 0; i < count; i++, in += gray->channels, out += rgb->channels) {
        out[0] = out[1] = out[2] = in[0];
        if (gray->channels == 2) out[3] = in[1];
    }
    return true;
}

static bool encode(struct image_source *source, const struct pixels *pixels, int quality, struct buf *out)
{
    WebPConfig config;
    WebPPicture picture;
    configure(&config, quality);
    if (!WebPPictureInit(&picture)) return image_fail(source, "libwebp does not start");
    picture.use_argb = config.lossless;
    picture.width = pixels->width;
    picture.height = pixels->height;
    picture.writer = add_bytes;
    picture.custom_ptr = out;
    int stride = pixels->width * pixels->channels;
    bool ok = (pixels->channels == 4 ? WebPPictureImportRGBA(&picture, pixels->data, stride)
                                     : WebPPictureImportRGB(&picture, pixels->data, stride)) &&
              WebPEncode(&config, &picture);
    int code = picture.error_code;
    WebPPictureFree(&picture);
    return ok || image_fail(source, "libwebp gave up (error %d)", code);
}

bool webp_write(struct image_source *source, const struct pixels *pixels, int quality, str *out)
{
    struct buf bytes = buf_in(source->arena);
    struct pixels rgb = *pixels;
    if (pixels->width > WEBP_MAX_DIMENSION || pixels->height > WEBP_MAX_DIMENSION)
        return image_fail(source, "%d x %d pixels: a side of a WebP is at most %d", pixels->width, pixels->height,
                          WEBP_MAX_DIMENSION);
    bool gray = pixels->channels < 3;
    if (gray && !widen(pixels, &rgb)) return image_fail(source, "too many pixels for memory");
    buf_reserve(&bytes, (ptrdiff_t)pixels->width * pixels->height / 8 + 1024);
    bool ok = encode(source, &rgb, quality, &bytes);
    if (gray) pixels_free(&rgb);
    *out = buf_str(&bytes);
    return ok;
}
