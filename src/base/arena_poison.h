/* arena_poison.h - inside base/: what the address sanitizer is told of arenas; without it, nothing. */
#ifndef HUGI_BASE_ARENA_POISON_H
#define HUGI_BASE_ARENA_POISON_H

#if defined(__SANITIZE_ADDRESS__)       /* gcc */
#define ARENA_POISONS
#elif defined(__has_feature)            /* clang */
#if __has_feature(address_sanitizer)
#define ARENA_POISONS
#endif
#endif
#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
enum { GAP = 16 };
#else
#define ASAN_POISON_MEMORY_REGION(p, size) ((void)(p), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(p, size) ((void)(p), (void)(size))
enum { GAP = 0 };
#endif

#endif
