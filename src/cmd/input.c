/* input.c - reading a file or standard input whole. */
#include "input.h"

#include <unistd.h>

#include "base/file.h"

static void read_stream(struct arena *arena, FILE *stream, str *out)
{
    struct buf buf = buf_in(arena);
    char chunk[65536];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, stream)) > 0;) buf_add(&buf, str_of(chunk, (ptrdiff_t)got));
    *out = buf.p ? buf_str(&buf) : S("");
}

/* A shell's <(command) is a pipe. */
static FILE *open_pipe(const char *name)
{
    struct file_stat stat;
    bool is_pipe = file_stat(str_c(name), &stat) && !stat.is_file && !stat.is_dir;
    return is_pipe ? fopen(name, "rb") : NULL;
}

bool input_read(struct arena *arena, const char *name, str *out, struct diags *diags)
{
    bool named = name && strcmp(name, "-") != 0;
    FILE *stream = named ? open_pipe(name) : stdin;
    if (!stream) return file_read(arena, str_c(name), out, diags);
    read_stream(arena, stream, out);
    if (named) fclose(stream);
    return true;
}

void input_print_diags(const struct sources *sources, const struct diags *diags)
{
    struct buf out = buf_in(diags->arena);
    for (ptrdiff_t i = 0; i < diags->count; i++) diag_print(&out, sources, &diags->items[i], isatty(2));
    if (out.len) fwrite(out.p, 1, (size_t)out.len, stderr);
}
