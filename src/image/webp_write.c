/* webp_write.c - encoding WebP by libwebp: method 4; lossless for quality 100.
 *
 * Of drawn pictures (screenshots) both kinds are made, and the smaller is kept. */
#include <webp/encode.h>

#include "image_format.h"

#define WEBP(X)                                                                                                    \
    X(WebPConfigInitInternal) X(WebPPictureInitInternal) X(WebPPictureImportRGB) X(WebPPictureImportRGBA)          \
    X(WebPEncode) X(WebPPictureFree) X(WebPGetEncoderVersion)
static struct { WEBP(LIBRARY_FIELD) } libwebp;
static struct library libwebp_library = LIBRARY(LIBRARY_WEBP, WEBP, libwebp);

static int add_bytes(const uint8_t *bytes, size_t size, const WebPPicture *picture)
{
    buf_add(picture->custom_ptr, str_of((const char *)bytes, (ptrdiff_t)size));
    return 1;
}

enum { LOSSLESS = 100 };

/* Of 0 to 7: the smoothing of block edges spares what differs more.  At equal bytes 0.8 % closer to the
 * original (by SSIM) than 0 at 960 and 1600 pixels, for no time; above 5 it is the same. */
enum { FILTER_SHARPNESS = 5 };

static void configure(WebPConfig *config, int quality, bool drawn)
{
    libwebp.WebPConfigInitInternal(config, WEBP_PRESET_DEFAULT, (float)quality, WEBP_ENCODER_ABI_VERSION);
    config->method = 4;
    config->use_sharp_yuv = drawn;
    config->filter_sharpness = FILTER_SHARPNESS;
    if (quality < LOSSLESS) return;
    config->lossless = 1;
    config->quality = 75; /* of a lossless file this is the effort */
}

static bool encode(struct image_source *source, const struct pixels *pixels, int quality, bool drawn, struct buf *out)
{
    WebPConfig config;
    WebPPicture picture;
    configure(&config, quality, drawn);
    if (!libwebp.WebPPictureInitInternal(&picture, WEBP_ENCODER_ABI_VERSION)) return image_fail(source, "libwebp does not start");
    picture.use_argb = config.lossless;
    picture.width = pixels->width;
    picture.height = pixels->height;
    picture.writer = add_bytes;
    picture.custom_ptr = out;
    int stride = pixels->width * pixels->channels;
    bool ok = (pixels->channels == 4 ? libwebp.WebPPictureImportRGBA(&picture, pixels->data, stride)
                                     : libwebp.WebPPictureImportRGB(&picture, pixels->data, stride)) &&
              libwebp.WebPEncode(&config, &picture);
    int code = picture.error_code;
    libwebp.WebPPictureFree(&picture);
    return ok || image_fail(source, "libwebp gave up (error %d)", code);
}

bool webp_write(struct image_source *source, const struct pixels *pixels, int quality, str *out)
{
    struct buf bytes = buf_in(source->arena);
    struct pixels rgb = *pixels;
    if (pixels->width > WEBP_MAX_DIMENSION || pixels->height > WEBP_MAX_DIMENSION)
        return image_fail(source, "%d x %d pixels: a side of a WebP is at most %d", pixels->width, pixels->height,
                          WEBP_MAX_DIMENSION);
    if (!image_library(source, &libwebp_library)) return false;
    bool gray = pixels->channels < 3;
    if (gray && !pixels_widen(pixels, &rgb)) return image_fail(source, "too many pixels for memory");
    bool drawn = pixels_drawn(pixels);
    buf_reserve(&bytes, (ptrdiff_t)pixels->width * pixels->height / 8 + 1024);
    bool ok = encode(source, &rgb, quality, drawn, &bytes);
    if (ok && drawn && quality < LOSSLESS) {
        struct buf lossless = buf_in(source->arena);
        ok = encode(source, &rgb, LOSSLESS, drawn, &lossless);
        if (lossless.len <= bytes.len) bytes = lossless;
    }
    if (gray) pixels_free(&rgb);
    *out = buf_str(&bytes);
    return ok;
}

uint32_t webp_encoder(void)
{
    struct arena arena = {0};
    str why;
    bool found = library_find(&libwebp_library, &arena, &why);
    arena_free(&arena);
    return found ? (uint32_t)libwebp.WebPGetEncoderVersion() : 0;
}
