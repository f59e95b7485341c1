/* byte_range.c - "bytes=0-99", "bytes=100-", "bytes=-100". */
#include "byte_range.h"

/* Digits alone; a number no file has is the largest there is. */
static bool read_number(str text, int64_t *out)
{
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (!char_is_digit(text.p[i])) return false;
    if (text.len && !str_to_int(text, out)) *out = INT64_MAX;
    return text.len > 0;
}

enum byte_range byte_range_read(const char *header, int64_t size, int64_t *from, int64_t *count)
{
    str text = str_c(header);
    if (!str_starts(text, S("bytes="))) return RANGE_NONE;
    text = str_trim(str_from(text, 6));
    ptrdiff_t dash = str_find_char(text, '-');
    if (dash < 0) return RANGE_NONE;
    str left = str_slice(text, 0, dash), right = str_from(text, dash + 1);
    int64_t first = 0, last = INT64_MAX;
    bool has_first = read_number(left, &first), has_last = read_number(right, &last);
    if ((left.len && !has_first) || (right.len && !has_last) || (!has_first && !has_last)) return RANGE_NONE;
    if (!has_first) {                   /* the last bytes */
        first = last >= size ? 0 : size - last;
        last = last > 0 ? size - 1 : -1;
    } else if (last < first) {
        return RANGE_NONE;
    }
    if (last >= size) last = size - 1;
    *from = first;
    *count = last - first + 1;
    return *count > 0 ? RANGE_PART : RANGE_OUTSIDE;
}
