/* hash.c - XXH3 behind a few functions. */
#include "base/hash.h"

#include <stdlib.h>

#include "base/arena.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_str(str s) { return XXH3_64bits(s.p, (size_t)s.len); }

hash128 hash_bytes(const void *bytes, size_t size)
{
    XXH128_hash_t h = XXH3_128bits(bytes, size);
    return (hash128){h.low64, h.high64};
}

struct hash_stream {
    XXH3_state_t *state;
};

struct hash_stream *hash_begin(void)
{
    struct hash_stream *stream = memory_alloc(sizeof *stream);
    stream->state = XXH3_createState();
    if (!stream->state || XXH3_128bits_reset(stream->state) != XXH_OK) abort();
    return stream;
}

void hash_add(struct hash_stream *stream, str piece) { XXH3_128bits_update(stream->state, piece.p, (size_t)piece.len); }

hash128 hash_end(struct hash_stream *stream)
{
    XXH128_hash_t h = XXH3_128bits_digest(stream->state);
    XXH3_freeState(stream->state);
    memory_free(stream);
    return (hash128){h.low64, h.high64};
}

str hash_hex(struct arena *arena, hash128 hash, int digits)
{
    str hex = str_format(arena, "%016llx%016llx", (unsigned long long)hash.high,
                         (unsigned long long)hash.low);
    return str_slice(hex, 0, digits);
}
