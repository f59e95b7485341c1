/* cache.c - the file: header, texts, index, delta.  The header is written last. */
#include "cache/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cache_index.h"

enum { FORMAT = 5, ALIGNMENT = 8 };
static const char magic[16] = "hugi cache file";

/* A delta of no bytes is none. */
struct header {
    char magic[16];
    uint64_t format;
    hash128 key;
    struct cache_place index, delta;
    int64_t has_summary;
    struct cache_summary summary;
    hash128 header_hash;
};

struct mapped {
    void *p;
    size_t size;
};

struct cache {
    struct arena *arena;
    str path;
    int file;                       /* -1: it could not be opened; nothing is kept then */
    hash128 key;
    struct header header;           /* as it stands in the file */
    struct cache_index index;
    struct mapped index_bytes, delta_bytes;
    _Atomic int64_t end;            /* where the next text goes */
    int64_t began;                  /* texts from here on are this build's own */
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
    if (!same(header->key, key)) return S("hugi, a setting that all rests on, or what hooks there are has changed");
    return (str){0};
}

static void unmap(struct mapped *mapped)
{
    if (mapped->p) munmap(mapped->p, mapped->size);
    *mapped = (struct mapped){0};
}

/* Where a part of the file lies in memory, checked; false: it is not what was written. */
static bool map_part(struct cache *cache, struct cache_place place, int64_t file_size, struct mapped *mapped, str *out)
{
    int64_t page = sysconf(_SC_PAGESIZE), before = place.at % page;
    if (place.at < (int64_t)sizeof(struct header) || place.at % ALIGNMENT || place.len <= 0 || place.at > file_size || place.len > file_size - place.at)
        return false;
    int flags = MAP_PRIVATE;
#ifdef MAP_POPULATE
    flags |= MAP_POPULATE;      /* all of it is looked at now */
#endif
    size_t size = (size_t)(before + place.len);
    void *p = mmap(NULL, size, PROT_READ, flags, cache->file, (off_t)(place.at - before));
    if (p == MAP_FAILED) return false;
    *mapped = (struct mapped){p, size};
    *out = str_of((const char *)p + before, (ptrdiff_t)place.len);
    return same(place.hash, hash_bytes(out->p, (size_t)out->len));
}

static int64_t end_of(struct cache_place place) { return place.at + place.len; }

static str load(struct cache *cache)
{
    off_t size = lseek(cache->file, 0, SEEK_END);
    if (size == 0) return S("there is no cache yet");
    if (!read_at(cache->file, &cache->header, sizeof cache->header, 0)) return S("the cache is damaged");
    str why = check_header(&cache->header, cache->key), bytes;
    if (why.len) return why;
    struct cache_place index = cache->header.index, delta = cache->header.delta;
    if (!map_part(cache, index, size, &cache->index_bytes, &bytes) || !index_unpack(bytes, cache->arena, &cache->index))
        return S("the cache is damaged");
    if (delta.len && (!map_part(cache, delta, size, &cache->delta_bytes, &bytes) || !delta_unpack(bytes, cache->arena, &cache->index)))
        return S("the cache is damaged");
    cache->end = delta.len ? end_of(delta) : end_of(index);
    return (str){0};
}

/* What is there is of no use, and texts are about to be written over it. */
static void begin_empty(struct cache *cache)
{
    unmap(&cache->index_bytes);
    unmap(&cache->delta_bytes);
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
    cache->began = cache->end;
    return cache;
}

void cache_close(struct cache *cache)
{
    if (!cache) return;
    unmap(&cache->index_bytes);
    unmap(&cache->delta_bytes);
    if (cache->file >= 0) close(cache->file);
}

void cache_forget(struct cache *cache) { file_remove(cache->path); }

const struct cache_index *cache_index_of(const struct cache *cache) { return &cache->index; }
const struct cached_page *cache_find_page(const struct cache *cache, str path) { return cache_find_page_in(&cache->index, path); }
const struct cached_asset *cache_find_asset(const struct cache *cache, str path) { return cache_find_asset_in(&cache->index, path); }
const struct cached_output *cache_find_output(const struct cache *cache, str path) { return cache_find_output_in(&cache->index, path); }

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
    char *bytes = arena_room(arena, (size_t)place.len);
    *out = str_of(bytes, (ptrdiff_t)place.len);
    if (read_at(cache->file, bytes, (size_t)place.len, place.at) &&
        (place.at >= cache->began || same(place.hash, hash_bytes(bytes, (size_t)place.len))))
        return true;
    cache->damaged = true;
    return false;
}

void cache_call_damaged(struct cache *cache) { cache->damaged = true; }
bool cache_is_damaged(const struct cache *cache) { return cache->damaged; }

/* --- saving ------------------------------------------------------------- */

static int64_t texts_in_use(const struct cache_next *next)
{
    int64_t sum = 0;
    for (ptrdiff_t i = 0; i < next->page_count; i++)
        if (next->pages[i].marked) sum += next->pages[i].body.len;
    return sum;
}

static bool write_header(struct cache *cache, int file, struct cache_place index, struct cache_place delta)
{
    struct header header = {.format = FORMAT, .key = cache->key, .index = index, .delta = delta};
    memcpy(header.magic, magic, sizeof magic);
    header.header_hash = header_hash(&header);
    cache->header = header;
    return write_at(file, &header, sizeof header, 0) && ftruncate(file, (off_t)end_of(delta.len ? delta : index)) == 0;
}

static bool write_part(int file, const struct buf *packed, int64_t at, struct cache_place *out)
{
    *out = (struct cache_place){(at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, packed->len, hash_bytes(packed->p, (size_t)packed->len)};
    return write_at(file, packed->p, (size_t)packed->len, out->at);
}

/* The index on its way into the file. */
struct stream {
    int file;
    int64_t at;
    struct hash_stream *hash;
    ptrdiff_t enough;               /* bytes that are worth a write */
    bool failed;
};

static void write_front(void *context, struct buf *out)
{
    struct stream *stream = context;
    if (out->len < stream->enough) return;
    ptrdiff_t taken = stream->enough > 0 ? out->len - out->len % ALIGNMENT : out->len;
    hash_add(stream->hash, str_of(out->p, taken));
    stream->failed = stream->failed || !write_at(stream->file, out->p, (size_t)taken, stream->at);
    stream->at += taken;
    out->len -= taken;
    memmove(out->p, out->p + taken, (size_t)out->len);
}

static bool write_index(struct cache *cache, int file, const struct cache_next *next, int64_t at)
{
    struct buf packed = buf_in(cache->arena);
    struct cache_place place = {.at = (at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT};
    struct stream stream = {file, place.at, hash_begin(), 1 << 20, false};
    buf_reserve(&packed, 2 << 20);
    index_pack(&packed, next, &cache->index, write_front, &stream);
    stream.enough = 0;
    write_front(&stream, &packed);
    place.len = stream.at - place.at;
    place.hash = hash_end(stream.hash);
    return !stream.failed && write_header(cache, file, place, (struct cache_place){0});
}

/* False where it would be no gain; then nothing was written. */
static bool write_delta(struct cache *cache, const struct cache_next *next)
{
    struct buf packed = buf_in(cache->arena);
    struct cache_place index = cache->header.index, place;
    if (!cache->index_bytes.p || !delta_fits(next, &cache->index)) return false;
    delta_pack(&packed, next, &cache->index);
    return packed.len < index.len / 8 && write_part(cache->file, &packed, cache->end, &place) &&
           write_header(cache, cache->file, index, place);
}

/* Half of the file is of no use any more: the texts in use go to a new one. */
static bool write_anew(struct cache *cache, const struct cache_next *next)
{
    str path = str_concat(cache->arena, cache->path, S(".new"));
    int file = open(str_z(cache->arena, path), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return false;
    struct cache_next moved = *next;
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

bool cache_save(struct cache *cache, const struct cache_next *next, struct diags *diags)
{
    int64_t used = texts_in_use(next) + cache->header.index.len, size = cache->end;
    bool wasteful = size > 1 << 20 && used < size / 2;
    bool ok = cache->file >= 0 && !cache->failed &&
              (wasteful ? write_anew(cache, next) : write_delta(cache, next) || write_index(cache, cache->file, next, size));
    if (ok) return true;
    diag_hint(diags, diag_report(diags, DIAG_CACHE, (span){0}, "what was made could not be remembered"),
              "the next build makes everything again; is the disk full?");
    return false;
}
