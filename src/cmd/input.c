/* input.c - reading a file or standard input whole. */
#include "input.h"

#include <unistd.h>

#include "base/file.h"

bool input_read(struct arena *arena, const char *name, str *out, struct diags *diags)
{
    if (name && strcmp(name, "-") != 0) return file_read(arena, str_c(name), out, diags);
    struct buf buf = buf_in(arena);
    char chunk[65536];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, stdin)) > 0;) buf_add(&buf, str_of(chunk, (ptrdiff_t)got));
    *out = buf.p ? buf_str(&buf) : S("");
    return true;
}

void input_print_diags(const struct sources *sources, const struct diags *diags)
{
    struct buf out = buf_in(diags->arena);
    for (ptrdiff_t i = 0; i < diags->count; i++) diag_print(&out, sources, &diags->items[i], isatty(2));
    if (out.len) fwrite(out.p, 1, (size_t)out.len, stderr);
}
