/* pack.h - plain values to bytes and back, for files hugi alone reads.
 *
 * Numbers are little-endian with 7 bits a byte (LEB128), texts are their
 * length and their bytes.  Reading never goes past the end: the first thing
 * that does not fit sets `failed`, and from then on everything is zero or
 * empty, so that a reader looks once, at its end.  Texts that are read borrow
 * the bytes.  Pure; one thread each. */
#ifndef HUGI_BASE_PACK_H
#define HUGI_BASE_PACK_H

#include "base/buf.h"
#include "base/hash.h"
#include "base/value.h"

void pack_number(struct buf *out, uint64_t number);
void pack_signed(struct buf *out, int64_t number);      /* small ones of either sign are short */
void pack_str(struct buf *out, str text);
void pack_bool(struct buf *out, bool flag);
void pack_hash(struct buf *out, hash128 hash);
/* Everything but drops, with places; `file` is not kept (see unpack_value). */
void pack_value(struct buf *out, value v);

struct unpack {
    str bytes;                  /* what is left */
    bool failed;
};

uint64_t unpack_number(struct unpack *in);
int64_t unpack_signed(struct unpack *in);
str unpack_str(struct unpack *in);
bool unpack_bool(struct unpack *in);
hash128 unpack_hash(struct unpack *in);
/* Its places are in `file`.  Lists and maps are made in `arena`. */
value unpack_value(struct unpack *in, uint32_t file, struct arena *arena);
/* A count of things that take at least a byte each; more than can be left fails. */
ptrdiff_t unpack_count(struct unpack *in);

#endif
