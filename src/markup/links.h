/* links.h - where links and pictures lead: the pass that asks the site. */
#ifndef HUGI_MARKUP_LINKS_H
#define HUGI_MARKUP_LINKS_H

#include "document.h"

/* node.level of a NODE_IMAGE after links_resolve; node.number is its picture + 1. */
enum image_state { IMAGE_PLAIN, IMAGE_SLOT, IMAGE_FIRST, IMAGE_LATER, IMAGE_LOST /* its text is left */ };

/* Resolves every destination of the tree and of raw HTML in it, in document
 * order; fills content.pictures and content.links. */
void links_resolve(struct document *document);

/* loading, decoding, referrerpolicy of a finished picture. */
void links_image_attributes(struct buf *out, const struct node *image);

/* Registers a picture; gives its number. */
ptrdiff_t links_add_picture(struct document *document, struct picture_ref picture);

/* Destination as the site has it; false when it stays as it is (reported when it is missing). */
bool links_ask(struct document *document, str destination, bool picture, span at,
               struct markup_target *target);
void links_add_link(struct document *document, const struct markup_target *target, span at);

/* A destination that would run a script: never written by the dialect. */
bool links_is_script(str url);
/* YouTube links without si=, utm_* and feature=; the same text for others. */
str links_cut_tracking(struct arena *arena, str url);

#endif
