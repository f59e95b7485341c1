/* inline_more.h - what hugi's dialect reads beyond Markdown.  Each is called at
 * its first character and gives false, having moved nothing, when what stands
 * there is no such thing or the feature is off. */
#ifndef HUGI_MARKUP_INLINE_MORE_H
#define HUGI_MARKUP_INLINE_MORE_H

#include "inlines.h"

bool more_wiki(struct inline_parser *parser);       /* [[page|text]] */
bool more_math(struct inline_parser *parser);       /* $$x$$, $x$, \(x\), \[x\] */
bool more_emoji(struct inline_parser *parser);      /* :tada: */
bool more_smart(struct inline_parser *parser);      /* ... -- --- */

#endif
