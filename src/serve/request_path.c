/* request_path.c - the path of a request as names.
 *
 * Each name is decoded on its own, after the path was taken apart at its
 * slashes: an encoded slash is a character no name can have, and never a
 * second way to say "the folder below". */
#include "request_path.h"

#include "base/buf.h"
#include "base/escape.h"
#include "base/utf8.h"

static int hex_digit(char c)
{
    if (char_is_digit(c)) return c - '0';
    c = char_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* False for a '%' without its two digits. */
static bool decode(struct arena *arena, str text, str *out)
{
    struct buf buf = buf_in(arena);
    for (ptrdiff_t i = 0; i < text.len; i++) {
        if (text.p[i] != '%') {
            buf_char(&buf, text.p[i]);
            continue;
        }
        bool whole = text.len - i > 2;
        int high = whole ? hex_digit(text.p[i + 1]) : -1, low = whole ? hex_digit(text.p[i + 2]) : -1;
        if (high < 0 || low < 0) return false;
        buf_char(&buf, (char)(high * 16 + low));
        i += 2;
    }
    *out = buf_str(&buf);
    return true;
}

static bool is_name(str name)
{
    if (name.len == 0 || str_equal(name, S(".")) || str_equal(name, S(".."))) return false;
    for (ptrdiff_t i = 0; i < name.len; i++)
        if ((unsigned char)name.p[i] < ' ' || name.p[i] == 127 || name.p[i] == '/') return false;
    return true;
}

/* Files are published under composed names; a Mac asks for decomposed ones. */
bool request_path_read(struct arena *arena, str url, struct request_path *out)
{
    *out = (struct request_path){0};
    if (!str_starts(url, S("/"))) return false;
    out->folder = str_ends(url, S("/"));
    str rest = str_slice(url, 1, out->folder ? url.len - 1 : url.len), part;
    if (rest.len == 0) return url.len == 1;
    while (str_split(&rest, '/', &part)) {
        str name;
        if (out->count == MOST_PATH_PARTS || !decode(arena, part, &name) || !is_name(name)) return false;
        out->parts[out->count++] = utf8_nfc(arena, name);
    }
    return true;
}

bool request_path_below(struct request_path *path, const struct request_path *base)
{
    if (path->count < base->count) return false;
    for (int i = 0; i < base->count; i++)
        if (!str_equal(path->parts[i], base->parts[i])) return false;
    path->count -= base->count;
    memmove(path->parts, path->parts + base->count, (size_t)path->count * sizeof *path->parts);
    return true;
}

str request_path_folder(struct arena *arena, const struct request_path *path)
{
    struct buf out = buf_in(arena);
    buf_char(&out, '/');
    for (int i = 0; i < path->count; i++) {
        buf_url_part(&out, path->parts[i]);
        buf_char(&out, '/');
    }
    return buf_str(&out);
}
