/* content_pack.h - inside build/: a page's content as bytes, in two parts: what
 * lists need of it (light), and what only the page itself needs (the body). */
#ifndef HUGI_BUILD_CONTENT_PACK_H
#define HUGI_BUILD_CONTENT_PACK_H

#include "base/pack.h"
#include "model/site.h"

void pack_light(struct buf *out, const struct content *content);
void pack_body(struct buf *out, const struct content *content);
/* Texts borrow the bytes.  False: they make no sense; *out may be half filled. */
bool unpack_light(str bytes, const struct site *site, uint32_t file, struct arena *arena, struct content *out);
bool unpack_body(str bytes, struct arena *arena, struct content *out);

#endif
