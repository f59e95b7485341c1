/* inline_more.h - what hugi's dialect reads beyond Markdown.  Each is called at
 * its first character and gives false, having moved nothing, when what stands
 * there is no such thing or the feature is off. */
#ifndef HUGI_MARKUP_INLINE_MORE_H
#define HUGI_MARKUP_INLINE_MORE_H

#include "inlines.h"

bool more_wiki(struct inline_parser *parser);       /* [[page|text]] */
/* Brackets with a backslash may just be brackets: \[참고\], \[1\], \(주\). */
bool math_is_meant(str text);
bool more_embed(struct inline_parser *parser);      /* ![[picture.png|300]] */
bool more_math(struct inline_parser *parser);       /* $$x$$, $x$, \(x\), \[x\] */
bool more_emoji(struct inline_parser *parser);      /* :tada: */
bool more_extension(struct inline_parser *parser);  /* {::comment}x{:/}, {::nomarkdown}x{:/}, {::options /} */
/* At a start tag of `tag` bytes: with markdown="0" the length of its whole element, else `tag`. */
ptrdiff_t more_raw_element(struct inline_parser *parser, ptrdiff_t tag);
bool more_smart(struct inline_parser *parser);      /* ... -- --- */

#endif
