/* hash.h - content hashes (XXH3, 64 and 128 bit).  Not for secrets.  Pure. */
#ifndef HUGI_BASE_HASH_H
#define HUGI_BASE_HASH_H

#include "base/str.h"

typedef struct {
    uint64_t low, high;
} hash128;

uint64_t hash_str(str s);
hash128 hash_bytes(const void *bytes, size_t size);
/* The same of bytes that come in pieces. */
struct hash_stream;
struct hash_stream *hash_begin(void);
void hash_add(struct hash_stream *stream, str piece);
hash128 hash_end(struct hash_stream *stream);       /* and frees it */
/* First `digits` (at most 32) hex digits, for fingerprints in file names. */
str hash_hex(struct arena *arena, hash128 hash, int digits);

#endif
