/* front_matter.h - what stands between the `---` lines of a page.
 *
 * Three steps, in this order: split finds it, read parses it into page->meta
 * under canonical names (then the page_read hook may change page->meta), apply
 * makes typed fields of it.  Events and sessions have their own two functions,
 * because their times need the event's zone.
 *
 * Field names, types and synonyms are the tables of read/front_matter_fields.c.
 *
 * Needs: page->arena, page->below, page->path, page->file; page->site where
 * numbers are to become text as they were written.
 * Threads: a page belongs to one worker.  All that is wrong with a page is
 * reported, not only the first thing; false means at least one error was. */
#ifndef HUGI_READ_FRONT_MATTER_H
#define HUGI_READ_FRONT_MATTER_H

#include "model/page.h"

/* `text` is the whole repaired file.  Front matter begins with `---` at byte 0
 * and ends with a line `---` or `...`; offsets are bytes of the file.  Without
 * any, *yaml has p NULL and *body is `text`: so it is too when the `---` is a
 * thematic break, that is when no `key:` line follows it. */
bool front_matter_split(str text, str *yaml, uint32_t *yaml_offset, str *body, uint32_t *body_offset,
                        uint32_t file, struct diags *diags);

/* Sets page->meta, a map also when `yaml` is empty or broken.  Synonyms come
 * under the canonical name; where two are given, the canonical one wins, then
 * the one first in the table.  Texts and terms that YAML reads as numbers or
 * booleans (`title: 2024`) become text as written.  Other fields stay as they are. */
bool front_matter_read(struct page *page, const struct config *config, str yaml, uint32_t yaml_offset,
                       struct diags *diags);

/* page->meta -> the typed fields of struct page, title to at[], but event and
 * sessions.  What the front matter is silent about is left as it was. */
bool front_matter_apply(struct page *page, const struct config *config, struct diags *diags);

/* The terms a page gives for a taxonomy: of a list its items; of a string, tags,
 * categories and keywords are split at commas, else at blanks; `series` is one
 * name; all others are split at commas.  For "authors" also the names of maps. */
struct str_list front_matter_terms(const struct page *page, str taxonomy, struct arena *arena);

/* What a path below content/ says: "posts/2024-05-18-late.en.md" is late, in
 * English, of 18 May 2024 in the site's zone; "posts/late/index.md" is late.
 * Only languages of the site count. */
struct page_name {
    bool has_date;
    instant date;
    str name;                   /* "late"; of content/index.md "index" */
    str language;               /* "en", or "" */
    str twin_key;               /* "posts/2024-05-18-late": equal for translations of one page */
};
void front_matter_name(str below, const struct config *config, struct arena *arena, struct page_name *out);

/* `v` is what `sessions:` says.  Times without a zone are in `zone`, all are
 * shown there.  Items in error are left out. */
bool front_matter_sessions(struct page *page, value v, const struct zone *zone, struct session **out,
                           ptrdiff_t *count, struct diags *diags);

/* `v` is the map of `event:`, or page->meta of a page in content/events/, where
 * fields that every page has are passed over.  Fills id (the file's name, or the
 * slug of the label), label, zone, sessions; not index, page and reports. */
bool front_matter_event(struct page *page, value v, const struct config *config, struct event *out,
                        struct diags *diags);

/* The table of fields, for docs and tests; `synonyms` with blanks between. */
struct front_matter_help { str name, synonyms, help; };
ptrdiff_t front_matter_table(struct arena *arena, const struct front_matter_help **rows);

#endif
