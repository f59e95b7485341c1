/* diag.h - what hugi tells the author: diagnostics with a place and a way out.
 *
 * Rule: a function that returns false has reported exactly one error.  A task
 * reports into its own struct diags; lists are merged in item order, so that
 * -j1 and -j8 print the same.  Message: one line, impersonal, names the thing,
 * the place and what would be right.  Hint: how to mend it.
 *
 *     content/posts/deview.md:3:7: error: 'date' is not a date: "어제" (want YYYY-MM-DD)
 *       date: 어제
 *             ^~~~
 *
 * Carets are padded in terminal cells, so that they stand under the right
 * Hangul syllable. */
#ifndef HUGI_BASE_DIAG_H
#define HUGI_BASE_DIAG_H

#include <stdio.h>

#include "base/buf.h"
#include "base/span.h"

/* A file hugi has read.  `text` is what spans point into: the repaired bytes. */
struct source {
    str path;           /* relative to the site, or <builtin>/..., or the name of a filter's input */
    str text;
};

/* All files of a run, numbered from 1.  sources_add is called by serial steps
 * only (scan, theme, hooks); a worker may then fill the text of its own. */
struct sources {
    struct source *items;
    ptrdiff_t count, capacity;
    struct arena *arena;
};

uint32_t sources_add(struct sources *sources, str path, str text);
const struct source *sources_get(const struct sources *sources, uint32_t file);  /* NULL for 0 */

enum diag_severity { DIAG_NOTICE, DIAG_WARNING, DIAG_ERROR };

/* One table: identifier, text form (in --json and in docs), severity.
 * diag_codes.h holds the rows DIAG_CODE(NAME, "text-form", SEVERITY, "one line of help"). */
enum diag_code {
#define DIAG_CODE(name, text, severity, help) DIAG_##name,
#include "base/diag_codes.h"
#undef DIAG_CODE
    DIAG_CODE_COUNT
};

struct diag_related {
    span at;
    str text;           /* "included from here", "the other page" */
};

struct diag {
    enum diag_code code;
    enum diag_severity severity;
    span at;            /* at.file 0: `path` names the file, or there is none */
    str path;           /* for files that are not text (pictures) */
    str message;
    str hint;           /* may be empty */
    struct diag_related *related;
    ptrdiff_t related_count, related_capacity;
};

struct diags {
    struct diag *items;
    ptrdiff_t count, capacity;
    ptrdiff_t errors, warnings;
    struct arena *arena;        /* where messages live */
};

static inline struct diags diags_in(struct arena *arena) { return (struct diags){.arena = arena}; }

/* Reports.  Severity comes from the table.  The result may be given a hint and
 * related places, and is valid until the next report. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
struct diag *diag_report(struct diags *diags, enum diag_code code, span at, const char *format, ...);
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void diag_hint(struct diags *diags, struct diag *diag, const char *format, ...);
void diag_relate(struct diags *diags, struct diag *diag, span at, str text);

/* Appends all of `from`; texts are copied into to->arena. */
void diags_merge(struct diags *to, const struct diags *from);
/* In the order of their places in one file; those without a place stay where they are. */
void diags_sort(struct diags *diags);
/* A mistake of a layout is met on every page: the same code, place and text is told once.  Of files
 * that could not be written, for a disk that is full, the first is named and the others are counted. */
void diags_unite(struct diags *diags);
/* Warnings become errors (--strict). */
void diags_promote(struct diags *diags);

const char *diag_code_text(enum diag_code code);
const char *diag_severity_text(enum diag_severity severity);

/* Line and column (both from 1; columns count characters) of a span. */
struct place { str path; int line, column; };
struct place diag_place(const struct sources *sources, span at);

/* For people: place, message, source line, caret, hint, related.  `color` adds
 * terminal colours. */
void diag_print(struct buf *out, const struct sources *sources, const struct diag *diag, bool color);
/* One JSON object and a newline, as product.md fixes it. */
void diag_print_json(struct buf *out, const struct sources *sources, const struct diag *diag);

#endif
