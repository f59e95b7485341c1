/* hash.c - XXH3 behind two functions. */
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash_str(str s) { return XXH3_64bits(s.p, (size_t)s.len); }

hash128 hash_bytes(const void *bytes, size_t size)
{
    XXH128_hash_t h = XXH3_128bits(bytes, size);
    return (hash128){h.low64, h.high64};
}

str hash_hex(struct arena *arena, hash128 hash, int digits)
{
    str hex = str_format(arena, "%016llx%016llx", (unsigned long long)hash.high,
                         (unsigned long long)hash.low);
    return str_slice(hex, 0, digits);
}
