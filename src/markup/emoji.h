/* emoji.h - :names: of emoji, as GitHub spells them. */
#ifndef HUGI_MARKUP_EMOJI_H
#define HUGI_MARKUP_EMOJI_H

#include "base/str.h"

str emoji_find(str name);       /* the sign, or "" */

#endif
