/* embedded.h - files that are part of the program; tools/embed.sh writes them as C. */
#ifndef HUGI_BASE_EMBEDDED_H
#define HUGI_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file { const char *path; const unsigned char *bytes; ptrdiff_t size; };

/* themes/default */
extern const struct embedded_file embedded_files[];
extern const ptrdiff_t embedded_file_count;

/* src/highlight/definitions */
extern const struct embedded_file embedded_definitions[];
extern const ptrdiff_t embedded_definition_count;

/* src/serve/client: what the preview adds to pages */
extern const struct embedded_file embedded_client[];
extern const ptrdiff_t embedded_client_count;

#endif
