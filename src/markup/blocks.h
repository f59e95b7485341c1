/* blocks.h - setting up cmark.  Once, before any thread. */
#ifndef HUGI_MARKUP_BLOCKS_H
#define HUGI_MARKUP_BLOCKS_H

void blocks_start(void);

#endif
