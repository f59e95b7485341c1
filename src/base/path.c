/* path.c - file names as text. */
#include "base/path.h"

#include "base/buf.h"
#include "base/hash.h"

str path_join(struct arena *arena, str a, str b)
{
    if (a.len == 0) return b;
    if (b.len == 0) return a;
    while (b.len && b.p[0] == '/') b = str_from(b, 1);
    return a.p[a.len - 1] == '/' ? str_concat(arena, a, b) : str_concat3(arena, a, S("/"), b);
}

str path_dir(str path)
{
    ptrdiff_t at = str_find_last(path, '/');
    return at < 0 ? (str){"", 0} : str_of(path.p, at);
}

str path_name(str path) { return str_from(path, str_find_last(path, '/') + 1); }

str path_stem(str path)
{
    str name = path_name(path);
    ptrdiff_t at = str_find_last(name, '.');
    return at <= 0 ? name : str_of(name.p, at);
}

str path_extension(str path)
{
    str name = path_name(path);
    ptrdiff_t at = str_find_last(name, '.');
    return at <= 0 ? (str){"", 0} : str_from(name, at + 1);
}

bool path_normalize(struct arena *arena, str path, str *out)
{
    struct buf buf = buf_in(arena);
    str part;
    buf_reserve(&buf, path.len);
    for (str rest = path; str_split(&rest, '/', &part);) {
        if (part.len == 0 || str_equal(part, S("."))) continue;
        if (str_equal(part, S(".."))) {
            if (buf.len == 0) return false;
            ptrdiff_t slash = str_find_last(buf_str(&buf), '/');
            buf.len = slash < 0 ? 0 : slash;
            continue;
        }
        if (buf.len) buf_char(&buf, '/');
        buf_add(&buf, part);
    }
    *out = buf.len ? buf_str(&buf) : (str){"", 0};
    return true;
}

bool path_is_normal(str path)
{
    str part;
    for (str rest = path; str_split(&rest, '/', &part);)
        if (part.len == 0 || str_equal(part, S(".")) || str_equal(part, S(".."))) return false;
    return true;
}

bool path_is_inside(str root, str path)
{
    if (!str_starts(path, root)) return false;
    return path.len == root.len || root.len == 0 || root.p[root.len - 1] == '/' || path.p[root.len] == '/';
}

str path_below(str root, str path)
{
    bool below = path.len > root.len && path_is_inside(root, path);
    return below ? str_trim_char(str_from(path, root.len), '/') : path;
}

/* File systems end names at 255 bytes; something is often added to them. */
enum { LONGEST_PART = 180 };

str path_fit_part(struct arena *arena, str name)
{
    if (name.len <= LONGEST_PART) return name;
    ptrdiff_t end = LONGEST_PART;
    while (end > 0 && ((unsigned char)name.p[end] & 0xC0) == 0x80) end--;
    str digits = hash_hex(arena, hash_bytes(name.p, (size_t)name.len), 8);
    return str_concat3(arena, str_slice(name, 0, end), S("-"), digits);
}
