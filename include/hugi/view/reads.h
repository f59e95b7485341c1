/* reads.h - what was read of the site while one thing (a page's body, an
 * output) was made, so that it is made again exactly when one of these values
 * has changed.
 *
 * A read is one field of one noun, a name that was looked up, or the time: 64
 * bits.  Reads that found nothing count too.  Nouns are site, page, term and
 * event; all else that a field gives (sessions, pictures, lists, maps) is part
 * of that field's value.  Pages, terms and events within a value count by who
 * they are, not by what they hold: their own fields are reads of their own.
 *
 * Threads: a struct reads belongs to one worker.  Everything takes NULL for
 * "nobody wants to know". */
#ifndef HUGI_VIEW_READS_H
#define HUGI_VIEW_READS_H

#include "base/map.h"

struct view;

/* From the high end: kind 8 bits, early 1, field or name 23, index 32. */
typedef uint64_t read_key;

enum read_kind {
    READ_SITE, READ_PAGE, READ_TERM, READ_EVENT,    /* index: the noun's; field: a row of its table, or a name */
    READ_TEMPLATE,                                  /* a layout or partial, by name */
    READ_STRING,                                    /* an interface string, by key; index: the language's */
    READ_ASSET,                                     /* a theme's asset, by name */
    READ_FILE,                                      /* a file of the site, by path: hugi.read */
    READ_NOW,                                       /* the time of the build */
    READ_HOOKS,                                     /* a function of a hook ran: all scripts, and what they see of hugi.yaml */
    READ_KIND_COUNT
};

struct read_list {
    read_key *keys;             /* each once, in the order of the first reads */
    ptrdiff_t count;
};

struct read_names {
    struct map numbers;
    str *items;
    ptrdiff_t count, capacity;
    struct arena *arena;
};

struct reads;
struct reads *reads_new(struct arena *arena);

/* What is read from here on belongs to one thing, until reads_end gives its list.
 * `early`: before publish_plan, when some fields are still nil. */
void reads_begin(struct reads *reads, bool early);
struct read_list reads_end(struct reads *reads, struct arena *arena);

/* Within a thing: what is kept for several of them (hugi.once).  Reads from reads_inner_begin
 * on belong to both; reads_inner_end, told what that gave, gives their list, which lasts as
 * long as `reads`.  reads_add makes a list part of a later thing's. */
int reads_inner_begin(struct reads *reads);
struct read_list reads_inner_end(struct reads *reads, int depth);
void reads_add(struct reads *reads, struct read_list list);

void reads_note(struct reads *reads, enum read_kind kind, ptrdiff_t index, ptrdiff_t row);
void reads_note_name(struct reads *reads, enum read_kind kind, ptrdiff_t index, str name);

/* The names that keys of this worker speak of. */
const struct read_names *reads_names(const struct reads *reads);
ptrdiff_t read_name_number(struct read_names *names, str name);     /* added when it is new */

/* Parts of a key. */
enum { READ_FIRST_NAME = 4096 };        /* smaller ones are rows */
static inline enum read_kind read_kind_of(read_key key) { return (enum read_kind)(key >> 56); }
static inline bool read_is_early(read_key key) { return key >> 55 & 1; }
static inline uint32_t read_field_of(read_key key) { return (uint32_t)(key >> 32 & 0x7fffff); }
static inline uint32_t read_index_of(read_key key) { return (uint32_t)key; }
static inline read_key read_key_make(enum read_kind kind, bool early, uint32_t field, uint32_t index)
{
    return (uint64_t)kind << 56 | (uint64_t)early << 55 | (uint64_t)field << 32 | index;
}

/* The value of a noun's field as a number: equal numbers, equal values.  `name` is the
 * field's when it is no row.  0 for a noun that is not there (index beyond the last). */
uint64_t view_field_digest(const struct view *view, read_key key, str name, struct arena *scratch);
/* The field a key speaks of, as templates call it: "posts", "title". */
str view_field_name(read_key key, str name);
/* Who a noun is, the same in every build; 0 for one that is not there. */
uint64_t view_noun_identity(const struct view *view, enum read_kind kind, ptrdiff_t index);
ptrdiff_t view_noun_count(const struct view *view, enum read_kind kind);

#endif
