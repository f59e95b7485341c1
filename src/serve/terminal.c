/* terminal.c - what the author's terminal shows, and the browser that is opened. */
#include "terminal.h"

#include <qrencode.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/library.h"

#define QRENCODE(X) X(QRcode_encodeString) X(QRcode_free)
static struct { QRENCODE(LIBRARY_FIELD) } qrencode;
static struct library qrencode_library = LIBRARY(LIBRARY_QRENCODE, QRENCODE, qrencode);

extern char **environ;

/* --- a line for each build ---------------------------------------------------- */

static void count(struct buf *out, int64_t number, const char *one, const char *many)
{
    buf_printf(out, ", %lld %s", (long long)number, number == 1 ? one : many);
}

/* "content/posts/a.md" or "content/posts/a.md and 499 more". */
static void add_changes(struct buf *out, const struct changes *changes, str source)
{
    ptrdiff_t more;
    buf_add(out, changes_name(changes, source, &more));
    if (more) buf_printf(out, " and %td more", more);
}

void terminal_build(const struct terminal_line *told)
{
    const struct serve_build *build = told->build;
    struct arena arena = {0};
    struct buf line = buf_in(&arena);
    if (told->changes) add_changes(&line, told->changes, told->source);
    else buf_add(&line, S("first build"));
    buf_printf(&line, ": %lld ms", (long long)told->milliseconds);
    if (build->ok) {
        count(&line, build->written, "file written", "files written");
        if (build->removed) count(&line, build->removed, "removed", "removed");
    } else {
        count(&line, build->errors, "error", "errors");
    }
    if (build->warnings) count(&line, build->warnings, "warning", "warnings");
    if (!build->ok) buf_add(&line, told->has_site ? S("; the last good site stays") : S("; there is no good site to show"));
    printf("%" STR_F "\n", STR_A(buf_str(&line)));
    fflush(stdout);
    arena_free(&arena);
}

/* --- a square to point a phone at ------------------------------------------------- */

/* Two modules a cell, light on dark and with a margin, whatever the terminal's colours are. */
static void print_square(const QRcode *code)
{
    static const char *const cells[] = {" ", "\xe2\x96\x84", "\xe2\x96\x80", "\xe2\x96\x88"};
    enum { MARGIN = 2 };
    for (int y = -MARGIN; y < code->width + MARGIN; y += 2) {
        fputs("\033[40;97m", stdout);
        for (int x = -MARGIN; x < code->width + MARGIN; x++) {
            int light = 0;
            for (int half = 0; half < 2; half++) {
                int row = y + half;
                bool inside = x >= 0 && x < code->width && row >= 0 && row < code->width;
                bool dark = inside && (code->data[row * code->width + x] & 1);
                light = light * 2 + !dark;
            }
            fputs(cells[light], stdout);
        }
        fputs("\033[0m\n", stdout);
    }
}

void terminal_qr(str address)
{
    if (address.len == 0 || !isatty(STDOUT_FILENO)) return;
    struct arena arena = {0};
    str why;
    if (library_find(&qrencode_library, &arena, &why)) {
        QRcode *code = qrencode.QRcode_encodeString(str_z(&arena, address), 0, QR_ECLEVEL_L, QR_MODE_8, 1);
        if (code) print_square(code);
        qrencode.QRcode_free(code);
    } else {
        fprintf(stderr, "hugi: %" STR_F "\n", STR_A(why));
    }
    arena_free(&arena);
}

/* --- the browser ---------------------------------------------------------------------- */

/* Interrupts and broken pipes are as usual there; it ends when it likes. */
void terminal_open(const char *address)
{
#ifdef __APPLE__
    const char *program = "open";
#else
    const char *program = "xdg-open";
#endif
    sigset_t none, all;
    posix_spawnattr_t attributes;
    pid_t child;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    char *arguments[] = {(char *)(uintptr_t)program, (char *)(uintptr_t)address, NULL};
    if (posix_spawnp(&child, program, NULL, &attributes, arguments, environ) != 0)
        fprintf(stderr, "hugi: no browser was opened: %s is not there\n", program);
    posix_spawnattr_destroy(&attributes);
}
