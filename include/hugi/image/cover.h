/* cover.h - what stands for a picture where a post has none: a drawing that follows from its event
 * and title alone. */
#ifndef HUGI_IMAGE_COVER_H
#define HUGI_IMAGE_COVER_H

#include "base/buf.h"

struct cover {
    str family;             /* decides colour and pattern: the event, so that its posts look alike */
    str title;              /* decides where the pattern's shapes lie */
    str mark, label;        /* drawn: "2023", "AWS re:Invent"; may be empty */
};

/* The colour of a family as 0xRRGGBB: white on it has a contrast of 6:1 and more.  "" has the theme's own. */
uint32_t cover_color(str family);

/* An <svg> of 3:2 for HTML, under 2 KB, in the page's font; it has no ids and says nothing to screen readers. */
void cover_svg(struct buf *out, const struct cover *cover);

#endif
