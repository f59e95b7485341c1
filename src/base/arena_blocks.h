/* arena_blocks.h - inside base/: the memory arenas are made of.
 *
 * Blocks of 32 KiB to 4 MiB are cut from chunks of whole huge pages, where the system has
 * them: a fault for each 4 KiB costs more than what is done with them, and a huge page of its
 * own for each arena would be cleared for the little that most arenas hold.  What is given
 * back is handed out again, to whatever arena asks; the system gets back only larger ones.
 * Under the address sanitizer nobody may touch what was given back.
 *
 * Threads: any.  Errors: none; see arena.h. */
#ifndef HUGI_BASE_ARENA_BLOCKS_H
#define HUGI_BASE_ARENA_BLOCKS_H

#include <stddef.h>

enum { SMALLEST_BLOCK = 32 * 1024 };

/* At least *size bytes, which may hold anything; *size then says how many. */
void *blocks_take(size_t *size);
/* `size`: as blocks_take said. */
void blocks_give(void *block, size_t size);

_Noreturn void out_of_memory(void);

#endif
