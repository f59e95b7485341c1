/* json.h - JSON (RFC 8259) to values with places, and back. */
#ifndef HUGI_BASE_JSON_H
#define HUGI_BASE_JSON_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/value.h"

/* Strict, at most 200 deep.  Whole numbers beyond 64 bits become floats; of two
 * equal keys the last wins.  Text without escapes borrows from `text`, which
 * lives as long as the values. */
bool json_parse(struct arena *arena, str text, uint32_t file, struct diags *diags, value *out);

/* Compact when indent is 0.  Text as buf_json writes it, times as RFC 3339, NaN
 * and infinities as null.  A drop is written with its fields; a drop within a
 * drop as its text, since pages lead to one another without end. */
void buf_json_value(struct buf *buf, value v, int indent, struct arena *arena);

#endif
