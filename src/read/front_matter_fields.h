/* front_matter_fields.h - the tables of front matter and what their users share (read/ only). */
#ifndef HUGI_READ_FRONT_MATTER_FIELDS_H
#define HUGI_READ_FRONT_MATTER_FIELDS_H

#include "read/front_matter.h"

enum front_type {
    FRONT_TEXT,
    FRONT_DATE,
    FRONT_BOOL,
    FRONT_INT,
    FRONT_TERMS,        /* list, or a string split at commas, else at blanks */
    FRONT_NAMES,        /* list, or a string split at commas */
    FRONT_NAME,         /* list, or a string that is one name */
    FRONT_ADDRESS,
    FRONT_ADDRESSES,
    FRONT_IMAGE,
    FRONT_LANGUAGE,
    FRONT_ANY,          /* typed elsewhere, or by the theme */
    FRONT_TYPE_COUNT
};

struct front_field {
    str name;
    enum front_type type;
    size_t offset;              /* in struct page; 0: no field of its own */
    size_t given;               /* of a bool that says it is there, or 0 */
    size_t at;                  /* of a span, or 0 */
    str help;
};
extern const struct front_field front_fields[];
extern const ptrdiff_t front_field_count;
enum { FRONT_FIELDS_MOST = 64 };    /* rows there may be */

enum {
    SYNONYM_WEAK = 1,           /* may differ from the canonical field without a warning */
    SYNONYM_INVERTED = 2,       /* publish: false is draft: true */
    SYNONYM_OR_DATE = 4,        /* a date is meant for `date` */
    SYNONYM_NOT_EVENTS = 8      /* means something else in an event's or author's page */
};
struct front_synonym {
    str name, field;            /* "header.image" is `image` in the map `header` */
    unsigned flags;
};
extern const struct front_synonym front_synonyms[];
extern const ptrdiff_t front_synonym_count;

/* By name, A-Z equal to a-z; NULL when there is none. */
const struct front_field *front_field_find(str name);
const struct front_synonym *front_synonym_find(str name);

/* Is the page an event's or an author's, where `url` is an address elsewhere? */
bool front_is_about_others(const struct page *page);

/* The texts of a list, or of a string split as `type` says; exact repeats count
 * once.  Items that are no names are put into `bad`, unless it is NULL. */
struct value_bag { value *items; ptrdiff_t count, capacity; };
struct str_list front_collect(struct arena *arena, value v, enum front_type type, struct value_bag *bad);

/* The bytes of the file a value was read from; empty when it was computed. */
str front_written(const struct page *page, value v);
/* A scalar as it was written (2024, 1.10), else as it prints. */
str front_text(const struct page *page, value v);
bool front_is_scalar(value v);
/* True and false, also as the words of YAML 1.1, numbers (Hexo's `sticky: 100`)
 * and maps of further options (`toc: {sidebar: left}`).  False when it is none. */
bool front_bool(value v, bool *out);

/* "어제" in quotes, 12, "a list": what a message shows of a wrong value. */
str front_shown(const struct page *page, value v);
/* Where to point for `v`: its own place, else the start of the page's file. */
span front_place(const struct page *page, value v);
/* "'NAME' is not WANT: VALUE"; always false. */
bool front_bad(const struct page *page, struct diags *diags, str name, value v, const char *want);
/* The items of `list` that are in `bad`: "'NAME' holds an item that is no name: VALUE".  True when there are none. */
bool front_bad_items(const struct page *page, struct diags *diags, str name, value list, const struct value_bag *bad);
/* A date of `zone`, or a DIAG_DATE error. */
bool front_date(const struct page *page, struct diags *diags, str name, value v, const struct zone *zone,
                instant *out);

#endif
