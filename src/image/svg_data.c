/* svg_data.c - pictures inside an SVG, "data:image/jpeg;base64,...": unpacked, cleaned like any other
 * picture, and packed again. */
#include "svg_data.h"

#include "base/escape.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Blanks between digits are common; '=' ends them. */
static bool unpack(struct arena *arena, str text, str *out)
{
    struct buf bytes = buf_in(arena);
    uint32_t bits = 0;
    int count = 0;
    buf_reserve(&bytes, text.len / 4 * 3 + 4);
    for (ptrdiff_t i = 0; i < text.len && text.p[i] != '='; i++) {
        if (char_is_space(text.p[i])) continue;
        int digit = digit_of(text.p[i]);
        if (digit < 0) return false;
        bits = bits << 6 | (uint32_t)digit;
        if (++count % 4 == 1) continue;
        int left = 6 - 2 * ((count - 1) % 4);   /* bits of this digit that belong to the next byte */
        buf_char(&bytes, (char)(bits >> left & 0xff));
    }
    *out = buf_str(&bytes);
    return true;
}

static void pack(struct buf *out, str bytes)
{
    for (ptrdiff_t i = 0; i < bytes.len; i += 3) {
        uint32_t bits = byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2);
        for (int d = 0; d < 4; d++) buf_char(out, i + d > bytes.len ? '=' : alphabet[bits >> (18 - 6 * d) & 63]);
    }
}

static bool is_inside_kind(enum image_kind kind)
{
    return kind == IMAGE_JPEG || kind == IMAGE_PNG || kind == IMAGE_GIF || kind == IMAGE_WEBP || kind == IMAGE_AVIF;
}

static bool may_turn(const struct image_source *source, str bytes, int64_t *turnable)
{
    struct image_info info;
    str error;
    if (!image_probe(bytes, source->limits, source->arena, &info, &error)) return false;
    if (info.orientation > 1) *turnable -= (int64_t)info.width * info.height;
    return *turnable >= 0 || info.orientation == 1;
}

bool svg_data_clean(const struct image_source *source, str value, int64_t *turnable, str *out)
{
    str bytes, clean, error;
    value = str_trim(value);
    ptrdiff_t comma = str_find_char(value, ',');
    if (!url_is_picture(value) || comma < 0) return false;
    if (!str_ends(str_trim(str_slice(value, 0, comma)), S(";base64"))) return false;
    if (!unpack(source->arena, str_from(value, comma + 1), &bytes) || !is_inside_kind(image_sniff(str_slice(bytes, 0, 4096)))) return false;
    if (!may_turn(source, bytes, turnable)) return false;
    if (!image_clean(bytes, source->limits, source->arena, &clean, &error)) return false;
    *out = value;
    if (clean.p == bytes.p) return true;
    struct buf packed = buf_in(source->arena);
    buf_printf(&packed, "data:%s;base64,", image_kind_info(image_sniff(str_slice(bytes, 0, 4096)))->media_type);
    pack(&packed, clean);
    *out = buf_str(&packed);
    return true;
}
