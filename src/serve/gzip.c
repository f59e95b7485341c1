/* gzip.c - text made smaller for a browser that takes it.
 *
 * On one machine it saves nothing; over a phone's radio it does, and a preview
 * that answers as the published site will shows what only happens there. */
#include "gzip.h"

#include <zlib.h>

enum { FAST = 1, GZIP_WINDOW = 15 + 16 };

/* "gzip;q=0" is a no. */
static bool is_refused(str parameters)
{
    ptrdiff_t q = str_find(parameters, S("q="));
    double weight = 1;
    return q >= 0 && str_to_float(str_trim(str_from(parameters, q + 2)), &weight) && weight <= 0;
}

bool gzip_is_taken(const char *accept)
{
    str rest = str_c(accept), item;
    while (str_split(&rest, ',', &item)) {
        ptrdiff_t semicolon = str_find_char(item, ';');
        str name = str_trim(str_slice(item, 0, semicolon < 0 ? item.len : semicolon));
        if (str_equal_ascii_case(name, S("gzip"))) return semicolon < 0 || !is_refused(str_from(item, semicolon));
    }
    return false;
}

bool gzip_pack(struct arena *arena, str bytes, str *out)
{
    z_stream stream = {0};
    if (bytes.len > 1 << 30) return false;
    if (deflateInit2(&stream, FAST, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK) return false;
    uLong room = deflateBound(&stream, (uLong)bytes.len);
    unsigned char *packed = arena_room(arena, room);
    stream.next_in = (z_const Bytef *)(uintptr_t)bytes.p;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = packed;
    stream.avail_out = (uInt)room;
    bool ok = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    *out = str_of((const char *)packed, (ptrdiff_t)stream.total_out);
    deflateEnd(&stream);
    return ok;
}
