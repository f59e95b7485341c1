/* webp_read.c - decoding WebP by libwebp; of an animation the first frame.
 *
 * What the headers call WebPGetFeatures and WebPDemux are macros or inline; the functions behind them are loaded. */
#include <webp/decode.h>
#include <webp/demux.h>

#include "image_format.h"
#include "riff.h"

#define WEBP(X) X(WebPGetFeaturesInternal) X(WebPDecodeRGBInto) X(WebPDecodeRGBAInto)
static struct { WEBP(LIBRARY_FIELD) } libwebp;
static struct library libwebp_library = LIBRARY(LIBRARY_WEBP, WEBP, libwebp);

#define WEBPDEMUX(X) X(WebPDemuxInternal) X(WebPDemuxDelete) X(WebPDemuxGetFrame) X(WebPDemuxReleaseIterator)
static struct { WEBPDEMUX(LIBRARY_FIELD) } libwebpdemux;
static struct library libwebpdemux_library = LIBRARY(LIBRARY_WEBPDEMUX, WEBPDEMUX, libwebpdemux);

static str find_profile(struct image_source *source)
{
    struct riff_chunk chunk;
    for (ptrdiff_t at = 12; riff_chunk_next(source->bytes, &at, &chunk);)
        if (chunk.type == FOURCC('I', 'C', 'C', 'P')) return chunk.data;
    return S("");
}

static bool decode_failed(struct image_source *source)
{
    struct riff_chunk chunk;
    for (ptrdiff_t at = 12; riff_chunk_next(source->bytes, &at, &chunk);)
        if (chunk.cut_off) return image_fail(source, "WebP: the file is cut off");
    return image_fail(source, "WebP: the picture's data is damaged");
}

static bool decode_into(struct image_source *source, const unsigned char *bytes, size_t size, struct pixels *out, int x, int y)
{
    size_t stride = (size_t)out->width * (size_t)out->channels;
    size_t skip = (size_t)y * stride + (size_t)x * (size_t)out->channels;
    size_t room = (size_t)out->height * stride - skip;
    unsigned char *to = out->data + skip;
    unsigned char *done = out->channels == 4 ? libwebp.WebPDecodeRGBAInto(bytes, size, to, room, (int)stride)
                                             : libwebp.WebPDecodeRGBInto(bytes, size, to, room, (int)stride);
    return done || decode_failed(source);
}

/* The first frame on its canvas, transparent around it. */
static bool decode_animation(struct image_source *source, WebPDemuxer *demuxer, struct pixels *out)
{
    WebPIterator frame;
    if (!demuxer || !libwebpdemux.WebPDemuxGetFrame(demuxer, 1, &frame)) return decode_failed(source);
    bool inside = frame.x_offset >= 0 && frame.y_offset >= 0 && frame.x_offset + frame.width <= out->width &&
                  frame.y_offset + frame.height <= out->height;
    memset(out->data, 0, (size_t)out->width * (size_t)out->height * 4);
    bool ok = inside ? decode_into(source, frame.fragment.bytes, frame.fragment.size, out, frame.x_offset, frame.y_offset)
                     : decode_failed(source);
    libwebpdemux.WebPDemuxReleaseIterator(&frame);
    return ok;
}

bool webp_read(struct image_source *source, const struct pixels_want *want, struct pixels *out)
{
    (void)want;
    if (!image_library(source, &libwebp_library)) return false;
    const unsigned char *bytes = (const unsigned char *)source->bytes.p;
    size_t size = (size_t)source->bytes.len;
    WebPBitstreamFeatures features;
    if (libwebp.WebPGetFeaturesInternal(bytes, size, &features, WEBP_DECODER_ABI_VERSION) != VP8_STATUS_OK) return decode_failed(source);
    int channels = features.has_animation || features.has_alpha ? 4 : 3;
    if (!pixels_alloc(out, features.width, features.height, channels))
        return image_fail(source, "%d x %d pixels do not fit into memory", features.width, features.height);
    if (source->info.has_profile) out->profile = find_profile(source);
    if (!features.has_animation) return decode_into(source, bytes, size, out, 0, 0);
    if (!image_library(source, &libwebpdemux_library)) return false;
    WebPData data = {bytes, size};
    WebPDemuxer *demuxer = libwebpdemux.WebPDemuxInternal(&data, 0, NULL, WEBP_DEMUX_ABI_VERSION);
    bool ok = decode_animation(source, demuxer, out);
    libwebpdemux.WebPDemuxDelete(demuxer);
    return ok;
}
