/* span.h - a place in a known file.
 *
 * Files are numbered by struct sources (diag.h); number 0 means "no file".
 * Offsets are bytes in the file as it is on disk after its repair (BOM off,
 * CRLF folded); line, column and caret are computed only when printed. */
#ifndef HUGI_BASE_SPAN_H
#define HUGI_BASE_SPAN_H

#include <stdint.h>

typedef struct {
    uint32_t file;
    uint32_t start;
    uint32_t len;
} span;

#endif
