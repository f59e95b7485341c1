/* manifest.c - the list of what hugi wrote into one destination.
 *
 * A text file in .hugi/: a heading with the hash of what follows, and one line
 * each: fingerprint, size, time, path.  A list that is damaged is none.  It is
 * saved before anything is renamed into place (with all that is about to be)
 * and again where removing or a slow file system changed it, so that a killed build leaves no
 * file unaccounted for. */
#include "publish/publish.h"

#include "base/path.h"

static const char heading[] = "hugi outputs 2 ";
enum { HEADING = sizeof heading - 1 + 32 + 1 };     /* with the hash and the end of the line */

struct entry {
    str path;
    hash128 hash;
    int64_t size, mtime_ns;
    bool dropped;
};

struct manifest {
    struct arena *arena;
    str file;
    struct map entries;
    bool changed;               /* since it was read or saved */
    bool missing;               /* there was none, or a damaged one */
};

static bool parse_hex(str digits, uint64_t *out)
{
    *out = 0;
    for (ptrdiff_t i = 0; i < digits.len; i++) {
        char c = char_lower(digits.p[i]);
        int digit = char_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) return false;
        *out = *out << 4 | (uint64_t)digit;
    }
    return digits.len == 16;
}

static void read_line(struct manifest *manifest, str line)
{
    struct entry entry = {0};
    str rest = line, hash, size, time;
    if (!str_split(&rest, ' ', &hash) || !str_split(&rest, ' ', &size) || !str_split(&rest, ' ', &time)) return;
    if (hash.len != 32 || !parse_hex(str_slice(hash, 0, 16), &entry.hash.high) ||
        !parse_hex(str_from(hash, 16), &entry.hash.low) || !str_to_int(size, &entry.size) ||
        !str_to_int(time, &entry.mtime_ns) || rest.len == 0)
        return;
    if (!path_is_normal(rest)) return;      /* a damaged file must not lead outside the destination */
    entry.path = rest;
    struct entry *kept = ARENA_NEW(manifest->arena, struct entry);
    *kept = entry;
    map_put(manifest->arena, &manifest->entries, rest, kept);
}

static void add_hex(struct buf *out, uint64_t number)
{
    for (int shift = 60; shift >= 0; shift -= 4) buf_char(out, "0123456789abcdef"[number >> shift & 15]);
}

static void add_heading(struct buf *out, str lines)
{
    hash128 hash = hash_bytes(lines.p, (size_t)lines.len);
    buf_add(out, str_c(heading));
    add_hex(out, hash.high);
    add_hex(out, hash.low);
    buf_char(out, '\n');
}

/* Takes the heading off; false: this is not what hugi wrote. */
static bool check_heading(struct arena *arena, str *text)
{
    struct buf wanted = buf_in(arena);
    if (text->len < HEADING) return false;
    add_heading(&wanted, str_from(*text, HEADING));
    if (!str_starts(*text, buf_str(&wanted))) return false;
    *text = str_from(*text, HEADING);
    return true;
}

struct manifest *manifest_load(struct arena *arena, str cache, str name)
{
    struct manifest *manifest = ARENA_NEW(arena, struct manifest);
    str digits = hash_hex(arena, hash_bytes(name.p, (size_t)name.len), 16);
    manifest->arena = arena;
    manifest->file = str_format(arena, "%" STR_F "/outputs-%" STR_F, STR_A(cache), STR_A(digits));
    manifest->missing = true;
    struct diags unheard = diags_in(arena);
    str text, line;
    if (!file_exists(manifest->file) || !file_read(arena, manifest->file, &text, &unheard) || !check_heading(arena, &text)) return manifest;
    manifest->missing = false;
    map_reserve(arena, &manifest->entries, str_count(text, '\n'));
    while (str_line(&text, &line)) read_line(manifest, line);
    return manifest;
}

bool manifest_is_missing(const struct manifest *manifest) { return manifest->missing; }

static struct entry *find(const struct manifest *manifest, str path)
{
    struct entry *entry = map_get(&manifest->entries, path);
    return entry && !entry->dropped ? entry : NULL;
}

bool manifest_knows(const struct manifest *manifest, str path) { return find(manifest, path) != NULL; }

static bool stands(const struct entry *entry, const struct file_stat *now)
{
    return entry->mtime_ns != 0 && entry->size == now->size && entry->mtime_ns == now->mtime_ns;
}

bool manifest_stands(const struct manifest *manifest, str path, const struct file_stat *now)
{
    const struct entry *entry = find(manifest, path);
    return entry && stands(entry, now);
}

bool manifest_matches(const struct manifest *manifest, str path, hash128 hash, const struct file_stat *now)
{
    const struct entry *entry = find(manifest, path);
    return entry && entry->hash.low == hash.low && entry->hash.high == hash.high && stands(entry, now);
}

void manifest_expect(struct manifest *manifest, ptrdiff_t count) { map_reserve(manifest->arena, &manifest->entries, count); }

void manifest_set(struct manifest *manifest, str path, hash128 hash, int64_t size, int64_t mtime_ns)
{
    struct entry *entry = map_get(&manifest->entries, path);
    if (!entry) {
        entry = ARENA_NEW(manifest->arena, struct entry);
        entry->path = path;
        map_put(manifest->arena, &manifest->entries, path, entry);
    }
    entry->hash = hash;
    entry->size = size;
    entry->mtime_ns = mtime_ns;
    entry->dropped = false;
    manifest->changed = true;
}

void manifest_drop(struct manifest *manifest, str path)
{
    struct entry *entry = find(manifest, path);
    if (!entry) return;
    entry->dropped = manifest->changed = true;
}

ptrdiff_t manifest_paths(const struct manifest *manifest, struct arena *arena, str **out)
{
    ptrdiff_t count = 0;
    *out = ARENA_NEWS(arena, str, manifest->entries.count);
    for (ptrdiff_t i = 0; i < manifest->entries.count; i++) {
        const struct entry *entry = manifest->entries.entries[i].value;
        if (!entry->dropped) (*out)[count++] = entry->path;
    }
    return count;
}

bool manifest_save(struct manifest *manifest, struct diags *diags)
{
    struct buf out = buf_in(manifest->arena), head = buf_in(manifest->arena);
    if (!manifest->changed) return true;
    manifest->changed = false;
    buf_reserve(&out, HEADING + manifest->entries.count * 128);
    buf_repeat(&out, ' ', HEADING);
    for (ptrdiff_t i = 0; i < manifest->entries.count; i++) {
        const struct entry *entry = manifest->entries.entries[i].value;
        if (entry->dropped) continue;
        add_hex(&out, entry->hash.high);
        add_hex(&out, entry->hash.low);
        buf_char(&out, ' ');
        buf_int(&out, entry->size);
        buf_char(&out, ' ');
        buf_int(&out, entry->mtime_ns);
        buf_char(&out, ' ');
        buf_add(&out, entry->path);
        buf_char(&out, '\n');
    }
    /* One name for the new text, so that a killed build leaves nothing that the next does not take over. */
    str next = str_concat(manifest->arena, manifest->file, S(".new"));
    add_heading(&head, str_from(buf_str(&out), HEADING));
    memcpy(out.p, head.p, HEADING);
    return file_write_new(next, buf_str(&out), NULL, diags) && file_rename(next, manifest->file, diags);
}
