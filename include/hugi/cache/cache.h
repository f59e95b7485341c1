/* cache.h - what the last build into a destination found out, in one file of .hugi/.
 *
 * For each page: who the file was, its front matter, and what markup made of
 * its body.  For each output: who its bytes were.  For both: what they read of
 * the site (facts), with the value each fact had.  Long texts (bodies as HTML)
 * lie in the file and are read when they are wanted; all else is the index,
 * read whole.
 *
 * The file is a header, texts, and an index, which is mapped and not copied.  A
 * build appends texts, then what has changed in the index (its delta; the next
 * one replaces it) or, when that is much, a new index, and rewrites the header
 * last: killed at any moment, it leaves the old state.  Header, index and delta
 * carry hashes, and each text has one in the index; a file that is old, damaged
 * or not there is an empty cache.
 *
 * This folder keeps and finds; it decides nothing.  Threads: cache_append,
 * cache_text and the cache_find_ functions any; the others serial. */
#ifndef HUGI_CACHE_CACHE_H
#define HUGI_CACHE_CACHE_H

#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "view/reads.h"

struct cache;

/* Where a long text lies. */
struct cache_place {
    int64_t at, len;
    hash128 hash;
};

struct cached_page {
    str path;
    int64_t size, mtime_ns;
    uint64_t identity;              /* struct file_stat; 0: too young when it was read to be trusted */
    hash128 source;                 /* the file's bytes */
    str head;                       /* packed by the build: front matter and what follows from the file alone */
    str head_facts;                 /* a list of facts, as all `facts` here: their numbers as packed bytes */
    bool marked;                    /* the rest is there */
    str light;                      /* packed by the build: what lists need of the content */
    struct cache_place body;
    str facts;
    str targets;                    /* packed by the build: what its links and pictures name, and where that led */
};

struct cached_asset {
    str path;
    int64_t size, mtime_ns;
    uint64_t identity;
    str info;                       /* packed by the build */
};

struct cached_output {
    str path;
    uint64_t own;                   /* digest of what it is, reads aside */
    hash128 hash;
    int64_t size;
    str facts;
};

enum { CACHE_NOUNS = 4 };           /* READ_SITE .. READ_EVENT */

/* Numbers by the hash of a text, open addressing: number + 1, 0 is free. */
struct cache_slots {
    const uint32_t *slots;
    ptrdiff_t count;                /* a power of two, or 0 */
};

/* Facts, their names and what they speak of.  A fact's number is its place. */
struct cache_facts {
    str *names;
    ptrdiff_t name_count;
    const uint64_t *nouns[CACHE_NOUNS];     /* identities by index, in the build that made it */
    ptrdiff_t noun_counts[CACHE_NOUNS];
    const read_key *keys;           /* their indexes are of `nouns`, their names of `names` */
    const uint64_t *digests;        /* their values */
    ptrdiff_t count;
    /* Those a delta put behind them. */
    const read_key *later_keys;
    const uint64_t *later_digests;
    ptrdiff_t later_count;
};

/* All that a cache holds but the texts. */
struct cache_index {
    struct cached_page *pages;
    ptrdiff_t page_count;
    struct cached_asset *assets;
    ptrdiff_t asset_count;
    struct cached_output *outputs;
    ptrdiff_t output_count;
    struct cache_facts facts;
    int64_t now;                    /* of that build, seconds */
    ptrdiff_t numbered;             /* facts when they were last numbered anew; later ones stand behind */
    /* For finding things, and for the next delta: which rows the last one brought. */
    struct cache_slots page_slots, asset_slots, output_slots, name_slots;
    ptrdiff_t packed_names;         /* names before the delta's */
    struct map later_names;         /* the delta's -> number + 1 */
    bool *later_pages, *later_assets, *later_outputs;
};

/* Facts that lie together. */
struct cache_piece {
    const read_key *keys;
    const uint64_t *digests;
    ptrdiff_t count;
};

/* What a build wants to be found next time. */
struct cache_next {
    struct cached_page *pages;      /* what has not changed is a copy of the last index's, with its very pointers */
    ptrdiff_t page_count;
    struct cached_asset *assets;
    ptrdiff_t asset_count;
    struct cached_output *outputs;
    ptrdiff_t output_count;
    bool go_on;                     /* the nouns are the last index's, and `facts` holds only what goes behind its names and facts */
    struct cache_facts facts;       /* names, nouns, and how many facts there are; they themselves are in `pieces` */
    struct cache_piece *pieces;
    ptrdiff_t piece_count;
    int64_t now;
};

/* A build in short: while `inputs` are the same, the time lies between
 * `now_from` and `now_until` and the destination holds its files, the next one has nothing to do. */
struct cache_summary {
    hash128 inputs;
    int64_t now_from, now_until;    /* seconds; the latter not included */
    int64_t counts[8];              /* the build's own ... */
    hash128 told;                   /* ... and a hash of what it had to tell; zero: nothing */
};

/* False: none was noted, or it is of another key. */
bool cache_peek(str path, hash128 key, struct cache_summary *out);
void cache_note(struct cache *cache, const struct cache_summary *summary);     /* NULL: takes it back */

/* `key`: everything that makes all of it void when it changes.  Never NULL.  `why` tells in a
 * few words why it starts empty, or is "". */
struct cache *cache_open(struct arena *arena, str path, hash128 key, str *why);
void cache_close(struct cache *cache);
void cache_forget(struct cache *cache);         /* the next cache_open finds nothing */

const struct cache_index *cache_index_of(const struct cache *cache);
/* The number of a name among facts.names, or -1. */
ptrdiff_t cache_find_name(const struct cache_index *index, str name);
const struct cached_page *cache_find_page(const struct cache *cache, str path);
const struct cached_asset *cache_find_asset(const struct cache *cache, str path);
const struct cached_output *cache_find_output(const struct cache *cache, str path);

/* Adds a text; false (no report) when the disk is full or the like. */
bool cache_append(struct cache *cache, str text, struct cache_place *out);
/* False: it is damaged, and cache_is_damaged says so from then on. */
bool cache_text(struct cache *cache, struct cache_place place, struct arena *arena, str *out);

void cache_call_damaged(struct cache *cache);    /* by who read a text that makes no sense */
bool cache_is_damaged(const struct cache *cache);

/* Makes `next` what the next cache_open finds.  Texts that no page of it names are given up. */
bool cache_save(struct cache *cache, const struct cache_next *next, struct diags *diags);

/* A fact by its number. */
static inline ptrdiff_t cache_fact_count(const struct cache_facts *facts) { return facts->count + facts->later_count; }
static inline read_key cache_fact_key(const struct cache_facts *facts, ptrdiff_t number)
{
    return number < facts->count ? facts->keys[number] : facts->later_keys[number - facts->count];
}
static inline uint64_t cache_fact_digest(const struct cache_facts *facts, ptrdiff_t number)
{
    return number < facts->count ? facts->digests[number] : facts->later_digests[number - facts->count];
}

/* Lists of facts. */
void cache_pack_fact(struct buf *out, uint32_t number, uint32_t *last);     /* *last is 0 before the first */
/* The next number of a packed list from *rest (*number is 0 before the first); false at its end. */
static inline bool cache_next_fact(str *rest, uint32_t *number)
{
    uint64_t bits = 0;
    for (int shift = 0; rest->len > 0 && shift < 35; shift += 7) {
        unsigned char byte = (unsigned char)*rest->p;
        *rest = str_of(rest->p + 1, rest->len - 1);
        bits |= (uint64_t)(byte & 0x7f) << shift;
        if (byte >= 0x80) continue;
        *number += (uint32_t)(bits >> 1) ^ -(uint32_t)(bits & 1);
        return true;
    }
    return false;
}

#endif
