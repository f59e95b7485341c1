/* read.h - steps 4 to 6: what lies in content/, static/ and data/.
 *
 * read_scan, called by one thread, reads of files only those in data/; asset_probe and page_read
 * run on all workers, one item each. */
#ifndef HUGI_READ_READ_H
#define HUGI_READ_READ_H

#include "base/job.h"
#include "model/site.h"

/* Fills site->pages, site->assets (sorted by path) and site->data. */
bool read_scan(struct site *site, struct job_pool *pool, struct diags *diags);
/* Is a file of data/ a part of site.data, by its name? */
bool read_is_data(str path);

/* The file's bytes, into page->arena.  These report into page->diags; this and the next set page->failed. */
bool page_load(struct page *page, str *bytes);

/* The bytes, repaired (BOM, CRLF) or refused with a place; front matter
 * to page->meta; the body's slice; title and byline of text files. */
bool page_read(struct page *page, const struct config *config, struct sources *sources, str bytes);

/* Only the body of a page whose front matter is known already, by page->body_offset. Any step. */
bool page_load_body(struct page *page, struct sources *sources);

/* After the page_read hook: typed fields, then what is still missing from
 * name and body (title, date, language). */
bool page_type(struct page *page, const struct config *config);

/* Kind by content, size, EXIF.  `scratch` holds the file's bytes meanwhile.  False: it cannot be read. */
bool asset_probe(struct asset *asset, const struct config *config, str root,
                 struct arena *arena, struct arena *scratch, struct diags *diags);

/* What is to be said about a file that was probed, in this build or in an earlier one. */
void asset_notice(struct asset *asset, const struct config *config, struct diags *diags);

#endif
