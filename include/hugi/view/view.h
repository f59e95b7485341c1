/* view.h - the ONLY place that decides what a theme, a post's Liquid and a
 * hook see of pages and site.
 *
 * Everything is a drop (base/value.h): fields are looked up when they are
 * read, by one table per class (view/fields.c), so that what a template reads
 * is traceable.  Before publish_plan there is no plan: fields that need it
 * (content, image variants, term urls) are null then. */
#ifndef HUGI_VIEW_VIEW_H
#define HUGI_VIEW_VIEW_H

#include "base/buf.h"
#include "model/output.h"
#include "model/theme.h"

struct view;

struct reads;

/* `plan` may be NULL (expand, hooks before publish_plan).  What is read through the view is
 * noted in `reads`, which may be NULL; then and only then several workers may share it. */
struct view *view_make(struct arena *arena, const struct site *site, const struct plan *plan, struct reads *reads);
struct reads *view_reads(const struct view *view);
ptrdiff_t view_language_index(const struct view *view, str code);       /* in the settings; 0 for another */

value view_site(const struct view *view, const struct locale *locale);
value view_page(const struct view *view, const struct page *page);
value view_term(const struct view *view, const struct term *term);
value view_event(const struct view *view, const struct event *event);

/* The names an output's layout may use: site, page, paginator, term, theme,
 * hugi, params.  A map in `arena`. */
value view_globals(const struct view *view, const struct output *output, struct arena *arena);
/* The names a post's own Liquid may use: site, page, hugi (and no content). */
value view_post_globals(const struct view *view, const struct page *page, struct arena *arena);

/* Of what an output is, and of the list it shows; what its layout reads besides is noted as it
 * is read.  A feed's covers all it tells of its posts.  Never 0. */
uint64_t view_output_digest(const struct view *view, const struct output *output, struct arena *scratch);

/* The layout of `page` is rendered next, with what it reads in `arena`; NULL: the render is over.
 * Only for views that have `reads`; to others nothing is told. */
void view_show(const struct view *view, const struct page *page, struct arena *arena);

/* A page's HTML with its picture slots filled. */
str view_content(const struct view *view, const struct page *page, struct arena *arena);
/* How a template wants a picture; what is empty is the author's, or goes by the use. */
struct image_options {
    str use;                /* "card" */
    str class_, alt, sizes;
    bool silent;            /* alt="": what stands beside it says the same */
    bool eager;             /* seen before scrolling */
};
/* <picture> or <img> of a value a template holds: a page (its cover) or a picture;
 * nothing where there is none.  False when the value is neither. */
bool view_image_html(const struct view *view, value thing, const struct image_options *options, struct arena *arena,
                     struct buf *out);

/* How wide a window of 760 pixels and more shows a picture of a body, alone or in its gallery. */
int view_figure_pixels(const struct picture_ref *ref);

/* Names of a class's fields, with a line of help each: for docs, "did you mean" and tests. */
struct view_field_help { str class_, name, help; };
ptrdiff_t view_field_table(struct arena *arena, const struct view_field_help **rows);

#endif
