/* cache.c - the file: header, texts, index.  The header is written last. */
#include "cache/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

#include "cache_index.h"

enum { FORMAT = 2 };
static const char magic[16] = "hugi cache file";

struct header {
    char magic[16];
    uint64_t format;
    hash128 key;
    int64_t index_at, index_len;
    int64_t has_summary;
    struct cache_summary summary;
    hash128 index_hash, header_hash;
};

struct cache {
    struct arena *arena;
    str path;
    int file;                       /* -1: it could not be opened; nothing is kept then */
    hash128 key;
    struct header header;           /* as it stands in the file */
    struct cache_index index;
    struct map pages, assets, outputs;
    _Atomic int64_t end;            /* where the next text goes */
    _Atomic bool failed;            /* a text could not be written ... */
    _Atomic bool damaged;           /* ... or read */
};

/* --- whole reads and writes --------------------------------------------- */

static bool read_at(int file, void *bytes, size_t size, int64_t at)
{
    for (char *p = bytes; size > 0;) {
        ssize_t got = pread(file, p, size, (off_t)at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        p += got, at += got, size -= (size_t)got;
    }
    return true;
}

static bool write_at(int file, const void *bytes, size_t size, int64_t at)
{
    for (const char *p = bytes; size > 0;) {
        ssize_t put = pwrite(file, p, size, (off_t)at);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        p += put, at += put, size -= (size_t)put;
    }
    return true;
}

/* --- opening ------------------------------------------------------------ */

static hash128 header_hash(const struct header *header) { return hash_bytes(header, offsetof(struct header, header_hash)); }

static bool same(hash128 a, hash128 b) { return a.low == b.low && a.high == b.high; }

static str check_header(const struct header *header, hash128 key)
{
    if (header->magic[0] == '\0') return S("there is no cache yet");      /* begun by a build that failed */
    if (memcmp(header->magic, magic, sizeof magic) != 0 || !same(header->header_hash, header_hash(header))) return S("the cache is damaged");
    if (header->format != FORMAT) return S("the cache is of another version");
    if (!same(header->key, key)) return S("hugi, its settings or the hooks have changed");
    return (str){0};
}

static void find_by_path(struct cache *cache)
{
    struct cache_index *index = &cache->index;
    for (ptrdiff_t i = 0; i < index->page_count; i++) map_put(cache->arena, &cache->pages, index->pages[i].path, &index->pages[i]);
    for (ptrdiff_t i = 0; i < index->asset_count; i++) map_put(cache->arena, &cache->assets, index->assets[i].path, &index->assets[i]);
    for (ptrdiff_t i = 0; i < index->output_count; i++) map_put(cache->arena, &cache->outputs, index->outputs[i].path, &index->outputs[i]);
}

static str load(struct cache *cache)
{
    off_t size = lseek(cache->file, 0, SEEK_END);
    if (size == 0) return S("there is no cache yet");
    if (!read_at(cache->file, &cache->header, sizeof cache->header, 0)) return S("the cache is damaged");
    str why = check_header(&cache->header, cache->key);
    if (why.len) return why;
    const struct header header = cache->header;
    if (header.index_at < (int64_t)sizeof header || header.index_len < 0 || header.index_at > size ||
        header.index_len > size - header.index_at)
        return S("the cache is damaged");
    char *bytes = arena_alloc(cache->arena, (size_t)header.index_len);
    if (!read_at(cache->file, bytes, (size_t)header.index_len, header.index_at) ||
        !same(header.index_hash, hash_bytes(bytes, (size_t)header.index_len)) ||
        !index_unpack(str_of(bytes, (ptrdiff_t)header.index_len), cache->arena, &cache->index))
        return S("the cache is damaged");
    cache->end = header.index_at + header.index_len;
    return (str){0};
}

/* What is there is of no use, and texts are about to be written over it. */
static void begin_empty(struct cache *cache)
{
    cache->index = (struct cache_index){0};
    cache->header = (struct header){0};
    if (cache->file >= 0 && ftruncate(cache->file, 0) != 0) cache->failed = true;
}

struct cache *cache_open(struct arena *arena, str path, hash128 key, str *why)
{
    struct cache *cache = ARENA_NEW(arena, struct cache);
    cache->arena = arena;
    cache->path = path;
    cache->key = key;
    cache->end = (int64_t)sizeof(struct header);
    cache->file = open(str_z(arena, path), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    *why = cache->file < 0 ? S("the cache cannot be opened") : load(cache);
    if (why->len) begin_empty(cache);
    else find_by_path(cache);
    return cache;
}

void cache_close(struct cache *cache)
{
    if (cache && cache->file >= 0) close(cache->file);
}

void cache_forget(struct cache *cache) { file_remove(cache->path); }

const struct cache_index *cache_index_of(const struct cache *cache) { return &cache->index; }
const struct cached_page *cache_find_page(const struct cache *cache, str path) { return map_get(&cache->pages, path); }
const struct cached_asset *cache_find_asset(const struct cache *cache, str path) { return map_get(&cache->assets, path); }
const struct cached_output *cache_find_output(const struct cache *cache, str path) { return map_get(&cache->outputs, path); }

/* --- summaries ---------------------------------------------------------- */

bool cache_peek(str path, hash128 key, struct cache_summary *out)
{
    struct arena arena = {0};
    struct header header;
    int file = open(str_z(&arena, path), O_RDONLY | O_CLOEXEC);
    arena_free(&arena);
    bool fine = file >= 0 && read_at(file, &header, sizeof header, 0) && check_header(&header, key).len == 0 && header.has_summary;
    if (file >= 0) close(file);
    if (fine) *out = header.summary;
    return fine;
}

void cache_note(struct cache *cache, const struct cache_summary *summary)
{
    struct header *header = &cache->header;
    bool same = summary ? header->has_summary && memcmp(&header->summary, summary, sizeof *summary) == 0 : !header->has_summary;
    if (same || cache->file < 0 || memcmp(header->magic, magic, sizeof magic) != 0) return;
    header->has_summary = summary != NULL;
    header->summary = summary ? *summary : (struct cache_summary){0};
    header->header_hash = header_hash(header);
    write_at(cache->file, header, sizeof *header, 0);
}

/* --- texts -------------------------------------------------------------- */

bool cache_append(struct cache *cache, str text, struct cache_place *out)
{
    *out = (struct cache_place){atomic_fetch_add(&cache->end, text.len), text.len, hash_bytes(text.p, (size_t)text.len)};
    if (cache->file >= 0 && write_at(cache->file, text.p, (size_t)text.len, out->at)) return true;
    cache->failed = true;
    return false;
}

bool cache_text(struct cache *cache, struct cache_place place, struct arena *arena, str *out)
{
    char *bytes = arena_alloc(arena, (size_t)place.len);
    *out = str_of(bytes, (ptrdiff_t)place.len);
    if (read_at(cache->file, bytes, (size_t)place.len, place.at) && same(place.hash, hash_bytes(bytes, (size_t)place.len))) return true;
    cache->damaged = true;
    return false;
}

void cache_call_damaged(struct cache *cache) { cache->damaged = true; }
bool cache_is_damaged(const struct cache *cache) { return cache->damaged; }

/* --- saving ------------------------------------------------------------- */

static int64_t texts_in_use(const struct cache_index *index)
{
    int64_t sum = 0;
    for (ptrdiff_t i = 0; i < index->page_count; i++)
        if (index->pages[i].marked) sum += index->pages[i].body.len;
    return sum;
}

static bool write_index(struct cache *cache, int file, const struct cache_index *next, int64_t at)
{
    struct buf packed = buf_in(cache->arena);
    index_pack(&packed, next);
    struct header header = {
        .format = FORMAT, .key = cache->key, .index_at = at, .index_len = packed.len,
        .index_hash = hash_bytes(packed.p, (size_t)packed.len),
    };
    memcpy(header.magic, magic, sizeof magic);
    header.header_hash = header_hash(&header);
    cache->header = header;
    return write_at(file, packed.p, (size_t)packed.len, at) && write_at(file, &header, sizeof header, 0) &&
           ftruncate(file, (off_t)(at + packed.len)) == 0;
}

/* Half of the file is of no use any more: the texts in use go to a new one. */
static bool write_anew(struct cache *cache, const struct cache_index *next)
{
    str path = str_concat(cache->arena, cache->path, S(".new"));
    int file = open(str_z(cache->arena, path), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return false;
    struct cache_index moved = *next;
    moved.pages = arena_copy(cache->arena, next->pages, (size_t)next->page_count * sizeof *next->pages);
    int64_t at = (int64_t)sizeof(struct header);
    bool ok = true;
    for (ptrdiff_t i = 0; ok && i < moved.page_count; i++) {
        struct cache_place *body = &moved.pages[i].body;
        if (!moved.pages[i].marked) continue;
        struct arena_mark mark = arena_mark(cache->arena);
        str text;
        ok = cache_text(cache, *body, cache->arena, &text) && write_at(file, text.p, (size_t)text.len, at);
        arena_rewind(cache->arena, mark);
        body->at = at;
        at += body->len;
    }
    struct diags unheard = diags_in(cache->arena);
    ok = ok && write_index(cache, file, &moved, at) && file_rename(path, cache->path, &unheard);
    if (!ok) file_remove(path);
    close(ok ? cache->file : file);
    if (ok) cache->file = file;
    return ok;
}

bool cache_save(struct cache *cache, const struct cache_index *next, struct diags *diags)
{
    int64_t used = texts_in_use(next), size = cache->end;
    bool wasteful = size > 1 << 20 && used < size / 2;
    bool ok = cache->file >= 0 && !cache->failed &&
              (wasteful ? write_anew(cache, next) : write_index(cache, cache->file, next, size));
    if (ok) return true;
    diag_hint(diags, diag_report(diags, DIAG_CACHE, (span){0}, "what was made could not be remembered"),
              "the next build makes everything again; is the disk full?");
    return false;
}
